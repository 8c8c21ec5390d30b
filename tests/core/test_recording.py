import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.errors import RecordingError
from core.fusion import PARTS
from core.mllm_msr import Models, recommend
from core.recording import (
    Recording,
    _checksum,
    load_recordings,
    read_recording,
    write_recording,
)
from core.records import History, Item, Provenance
from core.rivals import Answer
from core.why import explain
from tests.fakes import FakeModel


@pytest.fixture
def recording(history: History) -> Recording:
    model = FakeModel()
    models = Models(model, model, model, "preference-first", "test")
    candidates = (history.next_item, Item("90", "猫 <b>${1+1}</b>"))
    *_, last = recommend(history, candidates, models)
    *_, whole = explain(last.run, 3, "90", history.dataset, models, "They like ships.")
    return Recording(
        last.run, "Ann", "reads a lot", "2026-01-01T00:00:00+00:00", "make", {"a": "1"}, (whole,)
    )


def test_recording_comes_back_as_it_was(recording: Recording, tmp_path: Path) -> None:
    path = write_recording(recording, tmp_path)
    assert path == tmp_path / "clips" / "ann.json"
    back = read_recording(path)
    assert replace(back, checksum="") == recording
    assert len(back.checksum) == 64


def test_writing_the_same_run_twice_gives_the_same_bytes(
    recording: Recording, tmp_path: Path
) -> None:
    first = write_recording(recording, tmp_path).read_bytes()
    assert write_recording(recording, tmp_path).read_bytes() == first


@pytest.mark.parametrize(
    "change",
    [
        lambda e: e.update(item_id="77"),
        lambda e: e.update(block=4),
        lambda e: e["sentences"]["effects"].pop(),
        lambda e: e["sentences"]["effects"].__setitem__(0, float("nan")),
        lambda e: e["removals"]["neutral"].pop(),
        lambda e: e.update(deletion={"method": [], "random": [], "oracle": []}),
        lambda e: e.update(deletion={"method": [1.0, 0.5], "random": [1.0], "oracle": [1.0, 0.0]}),
        lambda e: e["history"]["units"].append("one more"),
        lambda e: e["history"].update(units=[], effects=[]),
        lambda e: e["modalities"].update(units=[], effects=[]),
        lambda e: e["modalities"]["units"].__setitem__(0, "smell"),
    ],
)
def test_explanation_of_something_else_is_refused(
    recording: Recording, tmp_path: Path, change: Any
) -> None:
    path = write_recording(recording, tmp_path)
    forge(path, lambda content: change(content["explanations"][0]))
    with pytest.raises(RecordingError, match="explains what is not in it"):
        read_recording(path)


def forge(path: Path, change: Any) -> None:
    """Change a recording and sign it anew."""
    edit(path, change)
    edit(path, lambda content: content.update(checksum=_checksum(content)))


@pytest.mark.parametrize(
    "change",
    [
        lambda a: a["values"].pop(),
        lambda a: a["values"].__setitem__(0, float("inf")),
        lambda a: a.update(parts={"x": a["values"]}),
        lambda a: a.update(parts={name: [0.0] for name in PARTS}),
    ],
)
def test_answer_about_something_else_is_refused(
    recording: Recording, tmp_path: Path, change: Any
) -> None:
    answer = Answer("direct", "Likes cats.", tuple(0.5 for _ in recording.run.candidates))
    path = write_recording(replace(recording, rivals=(answer,)), tmp_path)
    assert read_recording(path).rivals == (answer,)
    forge(path, lambda content: change(content["rivals"][0]))
    with pytest.raises(RecordingError, match="compares other candidates"):
        read_recording(path)


def edit(path: Path, change: Any) -> None:
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), "utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["run"]["preferences"][0]["written"].update(text="Something better."),
        lambda c: c["run"]["scores"][0][0].update(margin=9.0),
        lambda c: c.update(persona="Eve"),
        lambda c: c.update(extra=1),
        lambda c: c.update(checksum="0" * 64),
        lambda c: c.update(checksum=None),
    ],
)
def test_altered_recording_is_refused(recording: Recording, tmp_path: Path, change: Any) -> None:
    path = write_recording(recording, tmp_path)
    edit(path, change)
    with pytest.raises(RecordingError, match=r"clips/ann.json was altered.*Record it again"):
        read_recording(path)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"run": {}}', "[" * 100_000])
def test_unreadable_recording_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "clips" / "ann.json"
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(RecordingError, match="cannot be read") as error:
        read_recording(path)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda r: replace(r, format=99), "has format 99"),
        (lambda r: replace(r, run=replace(r.run, scores=())), "not a whole story"),
        (lambda r: replace(r, run=replace(r.run, next_item_id="404")), "not a whole story"),
        (lambda r: replace(r, run=replace(r.run, variant="guess")), "is incomplete"),
    ],
)
def test_recording_with_a_right_checksum_but_no_story_is_refused(
    recording: Recording, tmp_path: Path, change: Any, message: str
) -> None:
    path = write_recording(change(recording), tmp_path)
    with pytest.raises(RecordingError, match=message):
        read_recording(path)


def test_load_keeps_the_good_ones_and_names_the_bad_ones(
    recording: Recording, tmp_path: Path
) -> None:
    write_recording(recording, tmp_path)
    other = write_recording(replace(recording, run=replace(recording.run, user_id="eve")), tmp_path)
    edit(other, lambda c: c.update(persona="Mallory"))
    good, refused = load_recordings(tmp_path)
    assert [r.run.user_id for r in good] == ["ann"]
    assert len(refused) == 1
    assert "clips/eve.json was altered" in refused[0]
    assert load_recordings(tmp_path / "nowhere") == ((), ())


def test_weights_are_told_in_eight_digits_each_and_how_they_ran() -> None:
    base, adapter = "a1" * 16, "b2" * 16

    def told(sha: str) -> str:
        return Provenance("name", sha, "", "greedy", 0, 0, 0.0).weights

    assert told(f"{base * 2}-bfloat16") == "a1a1a1a1 bfloat16"
    assert told(f"{base}-{adapter}-4bit-float16") == "a1a1a1a1+b2b2b2b2 4bit float16"
