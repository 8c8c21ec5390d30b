"""A figure with its interval, as tables of the evidence page show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.results import Figure

FIGURES = {"auc": "AUC", "hr@5": "HR@5", "mrr@5": "MRR@5", "ndcg@5": "NDCG@5"}


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure with its 95% interval.

    Attributes:
        label: what was measured.
        mean: the figure.
        low: of the interval.
        high: of the interval.
        wanted: the bar in words; empty without one.
        reached: whether it was reached; None without a bar.
    """

    label: str
    mean: float
    low: float
    high: float
    wanted: str = ""
    reached: bool | None = None


def measure(label: str, row: Mapping[str, Any]) -> Measure:
    """A mean of a result file with its interval."""
    return Measure(label, row["mean"], *row["ci95"])


def held(figures: Sequence[Figure], found: Mapping[str, Any]) -> tuple[Measure, ...]:
    """Those figures that a part of a result file has, each held to what was wanted of it."""
    return tuple(
        replace(
            measure(figure.label[:1].upper() + figure.label[1:], row),
            wanted=figure.wanted,
            reached=figure.is_reached(row["mean"]),
        )
        for figure in figures
        if (row := figure.of(found))
    )
