"""`python -m train.ship`: a finished run becomes what the embedded profile loads.

Copies tower, projector and adapters in bfloat16, the stages' logs, and writes the scorer card with
Platt scaling fitted on users of a training world that no stage has learnt from.
"""

import argparse
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from core.checkpoints import fingerprint
from core.commands import command
from core.errors import MsrError
from core.llava_assembly import TILES
from core.profiles import VISION_CHECKPOINT
from core.scorer_card import FILE as CARD
from core.settings import Settings
from train.arguments import positive
from train.calibration import fit_platt
from train.config import STAGES
from train.language import VALIDATION
from train.lora import ADAPTER, write_card
from train.runs import FILE, refuse_outdated
from train.validation import Validation
from train.vision import PARTS_FILE

ADAPTED = STAGES[1:]
LOGS = (FILE, "losses.jsonl", "loss.svg", "held_out.json")
MOST_MB = 40


@command
def main(argv: list[str]) -> None:
    """Ship a run."""
    parser = argparse.ArgumentParser(prog="python -m train.ship", description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="folder of train.finetune")
    parser.add_argument(
        "--back", action="store_true", help="make the run folder out of what is shipped, instead"
    )
    parser.add_argument(
        "--validation", type=positive, default=15, help=f"users of each world, at most {VALIDATION}"
    )
    arguments = parser.parse_args(argv)
    settings = Settings.from_environment()
    if arguments.back:
        unship(arguments.run, settings)
        return
    refuse_unfinished(arguments.run)
    card = calibrated_card(arguments.run, settings, arguments.validation)  # tries the weights
    ship(arguments.run, settings)
    card(settings.assets / "embedded" / "recommender")


def refuse_unfinished(run: Path) -> None:
    """See that a run can be shipped.

    Raises:
        MsrError: if a stage is not finished or has met others than are there, or the whole is too
            large.
    """
    missing = [stage for stage in STAGES if not (run / stage / FILE).exists()]
    if missing:
        raise MsrError(f"The stage {missing[0]} of {run} is not finished.")
    folders = [run / stage for stage in STAGES]
    for number, folder in enumerate(folders):
        refuse_outdated(folder, folders[:number])
    weights = [run / "tower" / PARTS_FILE]
    weights += [file for stage in ADAPTED for file in (run / stage / ADAPTER).iterdir()]
    size = sum(file.stat().st_size for file in weights) / 1e6
    if size > MOST_MB:
        raise MsrError(f"The weights of {run} have {size:.0f} MB; at most {MOST_MB} are shipped.")


def ship(run: Path, settings: Settings) -> None:
    """Copy weights to ``assets/embedded`` and logs to ``assets/results/training``.

    Raises:
        MsrError: as `refuse_unfinished` says; nothing is copied then.
    """
    refuse_unfinished(run)
    out = settings.assets / "embedded"
    out.mkdir(parents=True, exist_ok=True)
    shutil.copy(run / "tower" / PARTS_FILE, out / PARTS_FILE)
    # A kill before the new card is written leaves weights without one, which nobody loads.
    (out / "recommender" / CARD).unlink(missing_ok=True)
    for stage in ADAPTED:
        shutil.copytree(run / stage / ADAPTER, out / stage, dirs_exist_ok=True)
    for stage in STAGES:
        logs = settings.assets / "results" / "training" / stage
        if not _is_trained(run / stage):  # made out of what is shipped, whose logs these are
            continue
        shutil.rmtree(logs, ignore_errors=True)  # another run may have had other rounds
        logs.mkdir(parents=True)
        for source in (run / stage).rglob("*"):
            if source.name in LOGS:  # a stage of several rounds has a log for each
                name = "-".join(source.relative_to(run / stage).parts)
                shutil.copy(source, logs / name)


def _is_trained(stage: Path) -> bool:
    return any(path.name in LOGS[1:] for path in stage.rglob("*"))


def unship(run: Path, settings: Settings) -> None:
    """Lay out what is shipped as a finished run: losses can be compared without training it anew.

    Raises:
        MsrError: if the folder is there already.
    """
    if run.exists():
        raise MsrError(f"{run} exists; name a folder that does not, so that no run is lost.")
    shipped, logs = settings.assets / "embedded", settings.assets / "results" / "training"
    for stage in STAGES:
        (run / stage).mkdir(parents=True)
        shutil.copy(logs / stage / FILE, run / stage / FILE)
    shutil.copy(shipped / PARTS_FILE, run / "tower" / PARTS_FILE)
    for stage in ADAPTED:
        shutil.copytree(shipped / stage, run / stage / ADAPTER, ignore=shutil.ignore_patterns(CARD))


def calibrated_card(run: Path, settings: Settings, count: int) -> Callable[[Path], None]:
    """Score validation users with the run's models; what it gives writes ``scorer_card.json``."""
    validation = Validation(run, settings, count)
    scorer, learnt = validation.scorer("recommender"), validation.config("recommender")
    platt = fit_platt(validation.scored(scorer, learnt["order"]))
    return partial(
        write_card,
        base=VISION_CHECKPOINT,
        base_sha=fingerprint(validation.eyes),
        base_weights=fingerprint(validation.eyes, weights_only=True),
        labels=scorer.label_ids,
        tiles=TILES,
        config=learnt,
        platt=platt,
    )


if __name__ == "__main__":
    sys.exit(main())
