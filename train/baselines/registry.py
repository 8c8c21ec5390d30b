"""Every baseline by its name, and how it is fitted to the training users of one fold."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import torch
from torch import Tensor

from core.errors import MsrError
from core.store import HISTORY_LIMIT
from train.baselines.cooccurrence import Cooccurrence
from train.baselines.fit import Fitted, Plan, fit
from train.baselines.gru4rec import GRU4Rec
from train.baselines.interactions import padded, trimmed
from train.baselines.item_table import ItemTable
from train.baselines.mgat import MGAT
from train.baselines.mmgcn import MMGCN
from train.baselines.mmsr import MMSR
from train.baselines.neighbours import nearest, together
from train.baselines.sasrec import SASRec
from train.baselines.sequential import NextItemModel
from train.baselines.trans2d import Trans2D

SIZE = 64  # of an item's vector
SCORED = 2048  # users in one batch of scores


class Scorer(Protocol):
    """What is left of a baseline once it is fitted."""

    def score(self, histories: Tensor, candidates: Tensor) -> Tensor:
        """Score candidates, as `train.baselines.sequential.NextItemModel.score`."""


@dataclass(frozen=True)
class Asked:
    """Users and what is to be ranked for them.

    Attributes:
        histories: item numbers, int64, ``(users, length)``, padded on the right.
        candidates: item numbers, int64, ``(users, candidates)``, padded on the right.
    """

    histories: Tensor
    candidates: Tensor


@dataclass(frozen=True)
class Task:
    """What a baseline may learn from.

    Attributes:
        items: in the catalogue.
        sequences: of training users, item numbers, oldest first.
        validation: users to stop by; of their candidates the first is the next item.
        seed: of the fit.
        features: of the modalities that it is asked for, float32, ``(items, any)``, as far as the
            catalogue has them.
        cold: numbers of items that are in no sequence on purpose, int64.
        plan: of a fit.
    """

    items: int
    sequences: Sequence[Sequence[int]]
    validation: Asked
    seed: int
    features: Callable[[Sequence[str]], Mapping[str, Tensor]] = lambda _: {}
    cold: Tensor = field(default_factory=lambda: torch.zeros(0, dtype=torch.int64))
    plan: Plan = field(default_factory=Plan)


class Popularity:
    """How many training users took an item."""

    def __init__(self, sequences: Sequence[Sequence[int]], items: int) -> None:
        """Count."""
        every = torch.tensor([item for sequence in sequences for item in sequence])
        self._counts = torch.bincount(every, minlength=items + 1).float()

    def score(self, _: Tensor, candidates: Tensor) -> Tensor:
        """As `NextItemModel.score`."""
        return self._counts[candidates]


@dataclass(frozen=True, slots=True)
class Baseline:
    """How one is made.

    Attributes:
        build: from a task, a table and a share to drop.
        reads: modalities that it uses.
        names: whether it knows items by their ids too.
    """

    build: Callable[[Task, ItemTable, float], NextItemModel]
    reads: Sequence[str] = ()
    names: bool = True


def _graph(task: Task) -> tuple[Tensor, Tensor]:
    return nearest(together(task.sequences, task.items))


def _gru4rec(_: Task, table: ItemTable, dropout: float) -> NextItemModel:
    return GRU4Rec(table, dropout=dropout)


def _sasrec(_: Task, table: ItemTable, dropout: float) -> NextItemModel:
    return SASRec(table, dropout=dropout)


BOTH = ("text", "image")
NEURAL: dict[str, Baseline] = {
    "gru4rec": Baseline(_gru4rec),
    "sasrec": Baseline(_sasrec),
    "mmgcn": Baseline(lambda t, table, drop: MMGCN(table, _graph(t), dropout=drop), BOTH),
    "mgat": Baseline(lambda t, table, drop: MGAT(table, _graph(t), dropout=drop), BOTH),
    "gru4rec-f": Baseline(_gru4rec, BOTH),
    "sasrec-f": Baseline(_sasrec, BOTH),
    "mmsr": Baseline(lambda _, table, drop: MMSR(table, dropout=drop), BOTH),
    "trans2d": Baseline(lambda _, table, drop: Trans2D(table, dropout=drop), BOTH),
    "gru4rec-image": Baseline(_gru4rec, ("image",), names=False),  # table 1
    "gru4rec-summary": Baseline(_gru4rec, ("summary",), names=False),
}
COUNTED: dict[str, Callable[[Sequence[Sequence[int]], int], Scorer]] = {
    "popularity": Popularity,
    "co-occurrence": Cooccurrence,
}
BASELINES = (*COUNTED, *NEURAL)


def fitted(name: str, task: Task) -> tuple[Scorer, Fitted]:
    """Fit a baseline by its name."""
    if name in COUNTED:
        started = time.perf_counter()
        scorer = COUNTED[name](task.sequences, task.items)
        seconds = time.perf_counter() - started
        return scorer, Fitted(0, auc_of_each(scorer, task.validation), seconds, 0)
    model = unfitted(name, task)
    how = fit(
        model,
        padded(task.sequences, HISTORY_LIMIT + 1),  # the last item is told, and none before it lost
        lambda fitting: auc_of_each(fitting, task.validation),
        task.plan,
        task.seed,
        name,
    )
    model.table.forget(task.cold)
    return model, how


def restored(name: str, task: Task, state: Mapping[str, Tensor]) -> NextItemModel:
    """A baseline as an earlier fit to the same task left it."""
    model = unfitted(name, task)
    model.load_state_dict(state)
    model.table.forget(task.cold)
    return model.eval()


def unfitted(name: str, task: Task) -> NextItemModel:
    """One that learns, before it does.

    Raises:
        MsrError: if it reads what no item has.
    """
    baseline = NEURAL[name]
    torch.manual_seed(task.seed)
    features = task.features(baseline.reads)
    if not (baseline.names or features):
        raise MsrError(
            f"{name} reads {baseline.reads[0]} alone, and no item of this data set has any."
        )
    table = ItemTable(task.items, SIZE, features)
    if not baseline.names:
        table.forget(torch.arange(task.items + 1))
        table.own.requires_grad_(False)
        table.bias.requires_grad_(False)
    model = baseline.build(task, table, task.plan.dropout)
    model.keep_from(task.cold)
    return model


def scores(scorer: Scorer, asked: Asked) -> Tensor:
    """Scores of all users, in batches, float32, ``(users, candidates)``."""
    starts = range(0, len(asked.histories), SCORED)
    with torch.inference_mode():
        return torch.cat(
            [
                scorer.score(
                    trimmed(asked.histories[start : start + SCORED]),
                    asked.candidates[start : start + SCORED],
                )
                for start in starts
            ]
        )


def auc_of_each(scorer: Scorer, asked: Asked) -> float:
    """Share of the negatives below the next item, a tie as half, mean over users.

    Args:
        scorer: fitted.
        asked: users whose first candidate is the next item.
    """
    found = scores(scorer, asked)
    right, wrong = found[:, :1], found[:, 1:]
    return float(((right > wrong).float() + 0.5 * (right == wrong).float()).mean())
