"""A figure with its interval, as tables of the evidence page show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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


def measure(label: str, row: Mapping[str, Any], bar: float | None = None) -> Measure:
    """A figure of a result file; with a bar, it is at least to reach it."""
    low, high = row["ci95"]
    wanted = "" if bar is None else f"at least {bar:g}"
    reached = None if bar is None else row["mean"] >= bar
    return Measure(label, row["mean"], low, high, wanted, reached)
