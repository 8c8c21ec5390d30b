"""The loop that fits every baseline: AdamW, averaged weights, early stopping, a seed."""

import copy
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import cast

import torch
from torch import Tensor
from torch.optim import AdamW
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from core.errors import MsrError
from train.baselines.interactions import PAD, trimmed
from train.baselines.sequential import NextItemModel
from train.progress import progress

NEAR = 16  # batches among which users are sorted by length
STEPS = 20  # of an epoch, at least, as long as batches do not get too small
SMALLEST_BATCH = 16
AVERAGED = 6  # epochs, about, that an average of weights looks back on


@dataclass(frozen=True, slots=True)
class Plan:
    """What a fit may spend, alike for every baseline, and the two numbers that are searched.

    Attributes:
        epochs: at most.
        patience: epochs without a better validation figure before it stops; counted from where the
            average of weights has little left of the first steps.
        batch: users a step, at most; a small data set has smaller batches, see `STEPS`.
        learning_rate: AdamW's.
        dropout: share of inputs and states that training drops.
        weight_decay: AdamW's.
    """

    epochs: int = 60
    patience: int = 5
    batch: int = 512
    learning_rate: float = 1e-3
    dropout: float = 0.3
    weight_decay: float = 0.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """How a fit went: epochs until its best one, what it reached there, and what it cost."""

    epochs: int
    validation: float
    seconds: float
    parameters: int


def fit(
    model: NextItemModel,
    sequences: Tensor,
    judge: Callable[[NextItemModel], float],
    plan: Plan,
    seed: int,
    name: str,
) -> Fitted:
    """Fit a model and leave it at its best epoch, with weights averaged over the last steps.

    Args:
        model: not fitted yet.
        sequences: of training users, int64, ``(users, length)``, padded on the right.
        judge: the figure of a model on validation users; more is better.
        plan: what may be spent.
        seed: of order, negatives and dropout.
        name: for the progress bar.

    Raises:
        MsrError: if the loss is not a number.
    """
    started = time.perf_counter()
    torch.manual_seed(seed)
    optimizer = AdamW(model.parameters(), lr=plan.learning_rate, weight_decay=plan.weight_decay)
    best, best_epoch, state = float("-inf"), 0, copy.deepcopy(model.state_dict())
    lengths = (sequences != PAD).sum(1)
    size = batch_size(plan, len(sequences))
    kept = 1 - 1 / (AVERAGED * ceil(len(sequences) / size))  # of the average, by every step
    decayed = get_ema_multi_avg_fn(kept)  # type: ignore[no-untyped-call]
    average = AveragedModel(model, multi_avg_fn=decayed)
    for epoch in progress(range(1, plan.epochs + 1), desc=name, unit="epoch"):
        model.train()
        for rows in batches(lengths, size):
            loss = model.loss(trimmed(sequences[rows]))
            if not torch.isfinite(loss):
                raise MsrError(
                    f"{name} broke down in epoch {epoch}: its loss is {loss.item()}. "
                    "Check the features for values that are not numbers."
                )
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            average.update_parameters(model)
        averaged = cast(NextItemModel, average.module.eval())
        figure = judge(averaged)
        if figure > best:
            best, best_epoch, state = figure, epoch, copy.deepcopy(averaged.state_dict())
        elif epoch - max(best_epoch, 2 * AVERAGED) >= plan.patience:
            break
    model.load_state_dict(state)
    model.eval()
    count = sum(p.numel() for p in model.parameters() if p.requires_grad)
    return Fitted(best_epoch, best, time.perf_counter() - started, count)


def batch_size(plan: Plan, users: int) -> int:
    """Users a step: fewer than planned where an epoch would have few steps."""
    return max(SMALLEST_BATCH, min(plan.batch, users // STEPS))


def batches(lengths: Tensor, size: int) -> list[Tensor]:
    """Every row once, in random batches of like lengths: short ones are not padded to long ones.

    Args:
        lengths: of the rows, int64, ``(rows,)``.
        size: of a batch.

    Returns:
        Row numbers, batch by batch.
    """
    order = torch.randperm(len(lengths))
    windows = [order[at : at + NEAR * size] for at in range(0, len(order), NEAR * size)]
    sorted_ = torch.cat([window[lengths[window].argsort()] for window in windows])
    cut = [sorted_[at : at + size] for at in range(0, len(sorted_), size)]
    return [cut[number] for number in torch.randperm(len(cut)).tolist()]
