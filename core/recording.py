"""Recorded runs: a whole run as one JSON file that proves it was not altered."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from core.errors import RecordingError
from core.explanation import MODALITIES
from core.files import write_json
from core.fusion import PARTS
from core.records import Run, Score
from core.rivals import Answer
from core.why import Explanation

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Recording:
    """A recorded run and what a reader needs to trust and repeat it.

    Attributes:
        run: as it was when it was live.
        persona: name shown in the picker.
        line: one line about the persona.
        recorded_at: UTC, ISO 8601.
        command: what made it.
        versions: package name -> version.
        explanations: of some candidates' last scores.
        rivals: what other systems make of the same user and candidates.
        checksum: SHA-256 over everything else in the file.
        format: of the file.
    """

    run: Run
    persona: str
    line: str
    recorded_at: str
    command: str
    versions: Mapping[str, str]
    explanations: tuple[Explanation, ...] = ()
    rivals: tuple[Answer, ...] = ()
    checksum: str = ""
    format: int = FORMAT


_ADAPTER = TypeAdapter(Recording)


def write_recording(recording: Recording, folder: Path) -> Path:
    """Write ``<dataset>/<user>.json`` with its checksum; replaces an older one in one step."""
    content = _ADAPTER.dump_python(recording, mode="json")
    content["checksum"] = _checksum(content)
    path = folder / recording.run.dataset / f"{recording.run.user_id}.json"
    write_json(path, content)
    return path


def read_recording(path: Path) -> Recording:
    """Read and verify a recorded run.

    Raises:
        RecordingError: one clear line if the file is missing, altered or of another format.
    """
    again = "Record it again with `python -m train.record`."
    name = f"{path.parent.name}/{path.name}"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        stated = content["checksum"]
        found = _checksum(content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RecordingError(f"The recorded run {name} cannot be read. {again}") from error
    if stated != found:
        raise RecordingError(
            f"The recorded run {name} was altered: its checksum is {found[:12]}…, the file says "
            f"{str(stated)[:12]}…. {again}"
        )
    if content.get("format") != FORMAT:
        raise RecordingError(
            f"The recorded run {name} has format {content.get('format')!r}; this Tasteline reads "
            f"{FORMAT}. {again}"
        )
    try:
        recording = _ADAPTER.validate_python(content)
    except ValidationError as error:
        raise RecordingError(
            f"The recorded run {name} is incomplete: {error.errors()[0]['msg']}. {again}"
        ) from error
    _check(recording.run, name, again)
    if not all(_belongs(explanation, recording.run) for explanation in recording.explanations):
        raise RecordingError(f"The recorded run {name} explains what is not in it. {again}")
    if not all(_compares(rival, len(recording.run.candidates)) for rival in recording.rivals):
        raise RecordingError(f"The recorded run {name} compares other candidates. {again}")
    return recording


def load_recordings(folder: Path) -> tuple[tuple[Recording, ...], tuple[str, ...]]:
    """Read every recorded run below a folder.

    Returns:
        The runs that verified, by data set and user, and one line for each refused file.
    """
    recordings, refused = [], []
    for path in sorted(folder.glob("*/*.json")):
        try:
            recordings.append(read_recording(path))
        except RecordingError as error:
            refused.append(str(error))
    return tuple(recordings), tuple(refused)


def _checksum(content: Mapping[str, object]) -> str:
    rest = {key: value for key, value in content.items() if key != "checksum"}
    canonical = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plausible(score: Score) -> bool:
    return abs(score.margin) < 1e6 and 0 <= score.p_yes <= 1 and 0 <= score.label_mass <= 1


def _compares(answer: Answer, candidates: int) -> bool:
    """Say whether an answer is of so many candidates, with every part of it."""
    rows = [answer.values, *answer.parts.values()]
    return (not answer.parts or answer.parts.keys() == PARTS.keys()) and all(
        len(row) == candidates and all(map(isfinite, row)) for row in rows
    )


def _belongs(explanation: Explanation, run: Run) -> bool:
    """Say whether an explanation is of a score of this run, with an effect for every unit."""
    history = explanation.history
    parts = [explanation.modalities, explanation.sentences, *([history] if history else [])]
    deleted = explanation.deletion
    curves = (deleted.method, deleted.random, deleted.oracle) if deleted else ()
    return (
        0 < explanation.block <= len(run.preferences)
        and any(item.item_id == explanation.item_id for item in run.candidates)
        and all(len(part.units) == len(part.effects) for part in parts)
        and {*explanation.modalities.units} <= {*MODALITIES}
        and len(explanation.modalities.units) > 0
        and all(isfinite(effect) for part in parts for effect in part.effects)
        and all(len(e) == len(explanation.sentences.units) for e in explanation.removals.values())
        and all(len(curve) == len(explanation.sentences.units) + 1 > 1 for curve in curves)
        and (history is None or 0 < len(history.units) <= len(run.history))
    )


def _check(run: Run, name: str, again: str) -> None:
    """Refuse a run that the story could not be told from, whatever its checksum says."""
    candidates = {item.item_id for item in run.candidates}
    whole = (
        len(run.preferences) == len(run.scores) == len(run.score_prompts) > 0
        and run.history
        and [p.block.index for p in run.preferences] == list(range(1, len(run.preferences) + 1))
        and tuple(i for p in run.preferences for i in p.block.items) == run.history
        and all(p.block.items and len(p.written.text) <= 10_000 for p in run.preferences)
        and len(candidates) == len(run.candidates)
        and all(len(block) == len(candidates) for block in run.scores)
        and run.next_item_id in candidates
        and all({score.item_id for score in block} == candidates for block in run.scores)
        and all(_plausible(score) for block in run.scores for score in block)
        and {item.item_id for item in run.history} == {s.item_id for s in run.summaries}
    )
    if not whole:
        raise RecordingError(f"The recorded run {name} is not a whole story. {again}")
