"""The protocol's figures: pooled AUC; hit rate, reciprocal rank and NDCG among the first five."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats
from sklearn.metrics import roc_auc_score

RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Scored:
    """One user's scores: of the item that came next, and of the negatives."""

    positive: float
    negatives: tuple[float, ...]

    @property
    def rank(self) -> int:
        """From 1; a tie counts against the positive."""
        return 1 + sum(negative >= self.positive for negative in self.negatives)


def scored_case(wanted: str, item_ids: Sequence[str], margins: Sequence[float]) -> Scored:
    """Part one user's margins into that of the wanted item and those of the others."""
    pairs = list(zip(item_ids, margins, strict=True))
    positive = next(margin for item_id, margin in pairs if item_id == wanted)
    return Scored(positive, tuple(margin for item_id, margin in pairs if item_id != wanted))


def auc(users: Sequence[Scored]) -> float:
    """Area under the ROC curve over all users' candidates together; a tie counts half."""
    scores = [score for user in users for score in (user.positive, *user.negatives)]
    labels = [label for user in users for label in (1, *(0 for _ in user.negatives))]
    return float(roc_auc_score(labels, scores))


def hit_rate_at_k(users: Sequence[Scored], k: int = 5) -> float:
    """Share of users whose next item is among the first k."""
    return float(np.mean([user.rank <= k for user in users]))


def mrr_at_k(users: Sequence[Scored], k: int = 5) -> float:
    """Mean reciprocal rank of the next item; 0 beyond k."""
    return float(np.mean([1 / user.rank if user.rank <= k else 0.0 for user in users]))


def ndcg_at_k(users: Sequence[Scored], k: int = 5) -> float:
    """Mean normalised discounted cumulative gain of one relevant item; 0 beyond k."""
    return float(np.mean([1 / np.log2(1 + user.rank) if user.rank <= k else 0.0 for user in users]))


METRICS: dict[str, Callable[[Sequence[Scored]], float]] = {
    "auc": auc,
    "hr@5": hit_rate_at_k,
    "mrr@5": mrr_at_k,
    "ndcg@5": ndcg_at_k,
}


def with_interval(
    metric: Callable[[Sequence[Scored]], float], users: Sequence[Scored], seed: int
) -> dict[str, object]:
    """A metric's value with its 95% bootstrap interval over users."""
    spread = bootstrap(lambda rows: metric([users[row] for row in rows]), len(users), seed)
    return {"mean": round(metric(users), 4), "ci95": spread}


def over_fits(values: Sequence[float]) -> dict[str, object]:
    """The mean over fits (folds and seeds) with its 95% t interval.

    Raises:
        ValueError: if there is only one fit.
    """
    if len(values) < 2:
        raise ValueError("An interval over fits needs at least two of them.")
    array = np.asarray(values, dtype=float)
    reach = float(stats.t.ppf(0.975, len(array) - 1) * stats.sem(array))
    mean = float(array.mean())
    return {"mean": round(mean, 4), "ci95": (round(mean - reach, 4), round(mean + reach, 4))}


def difference_with_interval(
    metric: Callable[[Sequence[Scored]], float],
    ours: Sequence[Scored],
    theirs: Sequence[Scored],
    seed: int,
) -> dict[str, object]:
    """How far one method is above another, with its 95% interval.

    Paired: both are resampled together, so what makes a user hard for either cancels out.
    """

    def difference(rows: Iterable[int]) -> float:
        picked = list(rows)
        return metric([ours[row] for row in picked]) - metric([theirs[row] for row in picked])

    spread = bootstrap(difference, len(ours), seed)
    return {"mean": round(difference(range(len(ours))), 4), "ci95": spread}


def mean_with_interval(values: Sequence[float], seed: int) -> dict[str, object]:
    """A mean with its 95% bootstrap interval."""
    array = np.asarray(values, dtype=float)
    spread = bootstrap(lambda rows: float(array[rows].mean()), len(array), seed)
    return {"mean": round(float(array.mean()), 4), "ci95": spread, "count": len(array)}


def bootstrap(
    statistic: Callable[[np.ndarray], float], count: int, seed: int
) -> tuple[float, float]:
    """The middle 95% of a statistic over resampled rows."""
    rng = np.random.default_rng(seed)
    found = [statistic(rng.integers(0, count, count)) for _ in range(RESAMPLES)]
    low, high = np.percentile(found, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)
