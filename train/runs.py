"""A run folder: what was trained, with what, on what, and how the loss went."""

import hashlib
import json
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any

from core.errors import MsrError
from core.files import write_json
from train.learners import ScoreExample, TextExample
from train.result_files import precision

PACKAGES = ("accelerate", "peft", "tasteline", "torch", "transformers")
FILE = "run.json"
BEGUN = "begun.json"
CLOCK = "clock.json"
FINGERPRINTED = 16  # micro-batches


def fingerprint(*phases: Callable[[int], Any]) -> str:
    """SHA-256 over what the first 16 micro-batches of phases ask and answer, with pictures."""
    digest = hashlib.sha256()
    for batch, index in product(phases, range(FINGERPRINTED)):
        given = batch(index)
        if isinstance(given, tuple):  # tensors of the vision stage
            for part in given:
                digest.update(part.contiguous().numpy().tobytes())
            continue
        for example in given:
            digest.update(_content(example).encode())
    return digest.hexdigest()


def _content(example: TextExample | ScoreExample) -> str:
    if isinstance(example, TextExample):
        return json.dumps([example.prompt.shown, _sha(example.prompt), example.answer])
    return json.dumps([[p.shown, _sha(p)] for p in example.prompts] + [list(example.labels)])


def _sha(prompt: Any) -> str | None:
    return prompt.cover.sha256 if prompt.cover else None


def write_run(
    folder: Path, config: Mapping[str, Any], losses: Sequence[float], data: str, started: float
) -> None:
    """Write ``run.json`` and ``loss.svg``.

    Args:
        folder: of the run.
        config: every setting that the stage was given.
        losses: of every step.
        data: fingerprint of what was learnt from.
        started: of `start_clock`.
    """
    run = {
        "config": dict(config),
        "data_sha256": data,
        "steps": len(losses),
        "loss": {
            "first_ten": _mean(losses[:10]),
            "last_ten": _mean(losses[-10:]),
        },
        "seconds": round(time.time() - started, 1),
        "machine": platform.machine(),
        "precision": precision(),
        "versions": {name: version(name) for name in PACKAGES},
        "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    plot(losses, folder / "loss.svg")
    write_json(folder / FILE, run)


def begun(folder: Path, config: Mapping[str, Any]) -> dict[str, Any]:
    """What an unfinished stage was begun with; this, if it begins now or nothing was learnt yet.

    Raises:
        MsrError: if the folder's ``begun.json`` is damaged.
    """
    file, known = folder / BEGUN, _begun_with(folder)
    holds = known and any(path.name not in (BEGUN, CLOCK) for path in folder.iterdir())
    if holds or known == config:
        return known
    folder.mkdir(parents=True, exist_ok=True)
    write_json(file, dict(config))
    return dict(config)


def _begun_with(folder: Path) -> dict[str, Any]:
    file = folder / BEGUN
    try:
        known: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    except ValueError as error:
        raise MsrError(f"{file} is damaged; remove {folder} to train that stage anew.") from error
    return known


def start_clock(folder: Path) -> float:
    """When a stage began, in seconds since 1970, as if its parts had come one after the other.

    A part that was killed lasted until the last thing that it wrote here. What it learnt after that
    is learnt again; texts are not written again, and those before the first checkpoint count
    nothing.
    """
    now, file = time.time(), folder / CLOCK
    with suppress(FileNotFoundError, ValueError, TypeError, KeyError):  # begins now, then
        files = (path for path in folder.rglob("*") if path.is_file() and path.name != BEGUN)
        written = max(path.stat().st_mtime for path in files)  # BEGUN may be of just now
        now -= max(0.0, written - json.loads(file.read_text("utf-8"))["began"])
    write_json(file, {"began": now})
    return now


def stage_of(folder: Path) -> Path:
    """The folder of the stage that one of its trainings, rounds or phases lies in; else itself."""
    return next((one for one in (folder, *folder.parents[:2]) if (one / BEGUN).exists()), folder)


def config_of(folder: Path) -> dict[str, Any] | None:
    """What a finished stage was given; None where none is finished.

    Raises:
        MsrError: if its ``run.json`` is damaged.
    """
    file = folder / FILE
    try:
        config: dict[str, Any] = json.loads(file.read_text("utf-8"))["config"]
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise MsrError(f"{file} is damaged; train the stage {folder.name} again.") from error
    return config


def refuse_outdated(folder: Path, earlier: Sequence[Path]) -> None:
    """See that a stage has met those before it as they are now.

    Args:
        folder: of a stage, finished or not.
        earlier: folders of those before it.

    Raises:
        MsrError: if one of them was finished after this one had begun.
    """
    finished = {stage: _finished_at(stage) for stage in [folder, *earlier]}
    mark = folder / BEGUN
    began = mark.stat().st_mtime if mark.exists() else finished[folder]
    for stage in earlier:
        if began is not None and (finished[stage] or 0.0) > began:
            raise MsrError(
                f"{stage} was trained anew after {folder} had begun with what was there before; "
                f"remove {folder} to train it anew, too."
            )


def _finished_at(folder: Path) -> float | None:
    # of what is damaged `config_of` says what is wrong
    with suppress(FileNotFoundError, ValueError, KeyError, TypeError):
        when = json.loads((folder / FILE).read_text("utf-8"))["finished_at"]
        return datetime.fromisoformat(when).timestamp()
    return None


def learnt_with(adapter: Path) -> dict[str, Any]:
    """What the stage was given that an adapter is of: the last one, one of a round, or a half-done.

    Returns:
        Nothing where no run is beside it; whoever copies an adapter should copy that, too.

    Raises:
        MsrError: if what says so is damaged.
    """
    for folder in adapter.resolve().parents[:2]:
        if config := config_of(folder) or _begun_with(folder):
            return config
    return {}


def _mean(losses: Sequence[float]) -> float:
    return round(sum(losses) / max(1, len(losses)), 4)


def plot(losses: Sequence[float], file: Path) -> None:
    """Draw the loss of every step, and its running mean, as SVG."""
    import matplotlib  # noqa: PLC0415  (an extra, needed only here)

    matplotlib.use("svg")
    from matplotlib import pyplot  # noqa: PLC0415

    window = max(1, len(losses) // 25)
    means = [_mean(losses[max(0, n - window) : n + 1]) for n in range(len(losses))]
    figure, axes = pyplot.subplots(figsize=(6, 3), layout="constrained")
    axes.plot(losses, color="0.8", linewidth=0.8, label="step")
    axes.plot(means, color="#0f766e", linewidth=1.6, label=f"mean of {window + 1}")
    axes.set(xlabel="step", ylabel="loss")
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)
