"""`python -m train.ship`: a finished run becomes what the embedded profile loads.

Copies tower, projector and adapters in bfloat16, the stages' logs, and writes the scorer card with
Platt scaling fitted on users of a training world that no stage has learnt from.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from core.errors import MsrError
from core.llava_assembly import TILES
from core.memory import RememberingModel
from core.profiles import TEXT_CHECKPOINT, VISION_CHECKPOINT
from core.prompts import PREFERENCE_CHARACTERS, PREFERENCE_FIRST
from core.scorer_card import ScorerCard
from core.settings import Settings
from core.store import Store
from core.transformers_model import TransformersModel, best_dtype, fingerprint
from core.weights import embedded_checkpoint, vision_checkpoint
from train.calibration import fit_platt
from train.finetune import STAGES
from train.language import ADAPTER
from train.metrics import Scored, scored_case
from train.pipeline import infer_preferences, margins_of, summarize_items
from train.runs import FILE
from train.vision import PARTS

BASES = {
    "item-summarizer": VISION_CHECKPOINT,
    "user-summarizer": TEXT_CHECKPOINT,
    "recommender": VISION_CHECKPOINT,
}
LOGS = (FILE, "losses.jsonl", "loss.svg", "held_out.json")
MOST_MB = 40


def main(argv: Sequence[str] | None = None) -> int:
    """Ship a run."""
    parser = argparse.ArgumentParser(prog="python -m train.ship", description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="folder of train.finetune")
    parser.add_argument("--validation", type=int, default=15, help="users of each data set")
    arguments = parser.parse_args(argv)
    try:
        settings = Settings.from_environment()
        ship(arguments.run, settings)
        write_card(arguments.run, settings, arguments.validation)
    except (MsrError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def ship(run: Path, settings: Settings) -> None:
    """Copy weights to ``assets/embedded`` and logs to ``assets/results/training``.

    Raises:
        MsrError: if a stage is not finished, or the whole is too large.
    """
    missing = [stage for stage in STAGES if not (run / stage / FILE).exists()]
    if missing:
        raise MsrError(f"The stage {missing[0]} of {run} is not finished.")
    out = settings.assets / "embedded"
    out.mkdir(parents=True, exist_ok=True)
    shutil.copy(run / "item-summarizer" / PARTS, out / PARTS)
    for stage, base in BASES.items():
        copy_adapter(run / stage / ADAPTER, out / stage, base)
    for stage in STAGES:
        logs = settings.assets / "results" / "training" / stage
        logs.mkdir(parents=True, exist_ok=True)
        for source in (run / stage).rglob("*"):
            if source.name in LOGS:  # a stage of several rounds has a log for each
                name = "-".join(source.relative_to(run / stage).parts)
                shutil.copy(source, logs / name)
    size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file()) / 1e6
    if size > MOST_MB:
        raise MsrError(f"{out} has {size:.0f} MB; at most {MOST_MB} are shipped.")


def copy_adapter(source: Path, target: Path, base: str) -> None:
    """Copy a LoRA adapter as bfloat16; its config names the checkpoint, not a folder."""
    target.mkdir(parents=True, exist_ok=True)
    weights = load_file(source / "adapter_model.safetensors")
    rounded = {key: value.to(torch.bfloat16).contiguous() for key, value in weights.items()}
    save_file(rounded, target / "adapter_model.safetensors")
    config: dict[str, Any] = json.loads((source / "adapter_config.json").read_text("utf-8"))
    config |= {"base_model_name_or_path": base, "inference_mode": True}
    (target / "adapter_config.json").write_text(json.dumps(config, indent=1) + "\n", "utf-8")


def write_card(run: Path, settings: Settings, count: int) -> None:
    """Score validation users with the shipped models and write ``scorer_card.json``."""
    store = Store(f"sqlite:///{(run / 'training.db').resolve()}")
    shipped = settings.assets / "embedded"
    eyes = vision_checkpoint(settings.home, shipped / PARTS)
    text = embedded_checkpoint(settings.home)
    reader = _load(eyes, shipped / "item-summarizer", store)
    writer = _load(text, shipped / "user-summarizer", store)
    scorer = TransformersModel.load(
        eyes, name="recommender", adapter=shipped / "recommender", dtype=best_dtype(exact=True)
    )
    learnt: dict[str, Any] = json.loads((run / "recommender" / FILE).read_text("utf-8"))["config"]
    users: list[Scored] = []
    for dataset in store.datasets():
        if dataset.name.split("-")[1] not in map(str, learnt["worlds"]):
            continue
        people = sorted(store.user_ids(dataset.name))[learnt["users"] :][:count]
        histories = [store.history(dataset.name, user) for user in people]
        items = [item for history in histories for item in history.items]
        summaries = summarize_items(items, dataset, reader)
        written = infer_preferences([h.items for h in histories], summaries, dataset, writer)
        candidates = [store.candidates(history) for history in histories]
        margins = margins_of(
            [preferences[-1].written.text for preferences in written],
            candidates, dataset, scorer, learnt["order"],
        )  # fmt: skip
        for history, drawn, row in zip(histories, candidates, margins, strict=True):
            ids = [item.item_id for item in drawn]
            users.append(scored_case(history.next_item.item_id, ids, row))
    scale, shift = fit_platt(users)
    yes, no = scorer.label_ids
    ScorerCard(
        base=VISION_CHECKPOINT,
        base_sha=fingerprint(eyes),
        prompt_version=PREFERENCE_FIRST,
        order=learnt["order"],
        yes_id=yes,
        no_id=no,
        preference_characters=PREFERENCE_CHARACTERS,
        tiles=TILES,
        loss=learnt["loss"],
        scale=round(scale, 4),
        shift=round(shift, 4),
        transformers=version("transformers"),
    ).write(shipped / "recommender")


def _load(source: Path, adapter: Path, store: Store) -> RememberingModel:
    model = TransformersModel.load(source, name=adapter.name, adapter=adapter)
    return RememberingModel(model, store)


if __name__ == "__main__":
    sys.exit(main())
