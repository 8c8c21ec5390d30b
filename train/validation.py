"""`python -m train.validation`: the losses compared, on users that no stage has learnt from.

Those users live in the worlds of training, so that a loss can be chosen without the sample.
"""

import argparse
import sys
from pathlib import Path
from typing import Any, get_args

import torch

from core.commands import command
from core.errors import MsrError
from core.language_model import YesNoScorer
from core.memory import RememberingModel
from core.prompts import PromptOrder
from core.settings import Settings, sqlite_url
from core.store import Store
from core.transformers_model import TransformersModel
from core.weights import embedded_checkpoint, vision_checkpoint
from train.arguments import positive
from train.language import VALIDATION
from train.learners import Loss
from train.lora import ADAPTER
from train.metrics import METRICS, Scored, scored_case, with_interval
from train.pipeline import infer_preferences, margins_of, summarize_items
from train.result_files import check_out, of_shipped, provenance_of, write
from train.runs import config_of, refuse_outdated
from train.vision import PARTS_FILE

LOSSES: tuple[Loss, ...] = get_args(Loss)


class Validation:
    """A run's validation users with their preferences, ready for any of its recommenders."""

    def __init__(self, run: Path, settings: Settings, count: int) -> None:
        """Write the preferences with the run's models.

        Args:
            run: folder of train.finetune.
            settings: where weights are kept.
            count: users of each data set.
        """
        self.run = run
        config = self.config("recommender")
        self.store = Store(sqlite_url((run / "training.db").resolve()))
        self.eyes = vision_checkpoint(settings.home, run / "tower" / PARTS_FILE)
        reader = self._model(self.eyes, "item-summarizer")
        writer = self._model(embedded_checkpoint(settings.home), "user-summarizer")
        worlds = [str(seed) for seed in config["phases"][-1]["worlds"]]
        self.parts = []
        for dataset in self.store.datasets():
            if dataset.name.split("-")[1] not in worlds:
                continue
            people = sorted(self.store.user_ids(dataset.name))[config["users"] :][:count]
            histories = [self.store.history(dataset.name, user) for user in people]
            items = [item for history in histories for item in history.items]
            summaries = summarize_items(items, dataset, reader)
            written = infer_preferences([h.items for h in histories], summaries, dataset, writer)
            texts = [preferences[-1].written.text for preferences in written]
            self.parts.append((dataset, histories, texts))
        if not self.parts:
            raise MsrError(
                f"{run / 'training.db'} holds none of the worlds {', '.join(worlds)} that the "
                "recommender learnt in; train it here, or bring that file along with the run."
            )

    def config(self, stage: str) -> dict[str, Any]:
        """What a stage was told.

        Raises:
            MsrError: if it is not finished, or has met other summarisers than are there.
        """
        config = config_of(self.run / stage)
        if config is None:
            raise MsrError(f"The stage {stage} of {self.run} is not finished.")
        earlier = [self.run / before for before in ("tower", "item-summarizer", "user-summarizer")]
        refuse_outdated(self.run / stage, earlier)
        return config

    def scorer(self, stage: str) -> TransformersModel:
        """A recommender of the run."""
        adapter = self.run / stage / ADAPTER
        return TransformersModel.load(self.eyes, name=stage, adapter=adapter, dtype=torch.float32)

    def scored(self, scorer: YesNoScorer, order: PromptOrder) -> list[Scored]:
        """Score every validation user's next item among uniform negatives."""
        users = []
        for dataset, histories, texts in self.parts:
            candidates = [self.store.candidates(history) for history in histories]
            margins = margins_of(texts, candidates, dataset, scorer, order)
            for history, drawn, row in zip(histories, candidates, margins, strict=True):
                ids = [item.item_id for item in drawn]
                users.append(scored_case(history.next_item.item_id, ids, row))
        return users

    def _model(self, source: Path, stage: str) -> RememberingModel:
        adapter = self.run / stage / ADAPTER
        model = TransformersModel.load(source, name=stage, adapter=adapter)
        return RememberingModel(model, self.store)


def compared(validation: Validation, stage: str) -> dict[str, Any]:
    """One recommender's steps, and its figures with their intervals."""
    config = validation.config(stage)
    users = validation.scored(validation.scorer(stage), config["order"])
    found = {n: with_interval(metric, [users], config["seed"]) for n, metric in METRICS.items()}
    return {"steps": config["steps"], "users": len(users), **found}


@command
def main(argv: list[str]) -> None:
    """Compare the recommenders that `train.finetune --loss ...` has trained."""
    parser = argparse.ArgumentParser(prog="python -m train.validation", description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="folder of train.finetune")
    parser.add_argument("--users", type=positive, default=VALIDATION, help="of each data set")
    parser.add_argument("--out", type=Path, required=True, help="JSON file to write")
    arguments = parser.parse_args(argv)
    check_out(arguments.out, "losses")
    validation = Validation(arguments.run, Settings.from_environment(), arguments.users)
    rows = {loss: compared(validation, f"recommender-{loss}") for loss in LOSSES}
    result = {"losses": rows, "provenance": provenance_of("train.validation", argv)}
    write(arguments.out, of_shipped() | result)


if __name__ == "__main__":
    sys.exit(main())
