"""The protocol's figures: AUC, pooled and of each user; hit rate, reciprocal rank, NDCG at five."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite, log2, sqrt

import numpy as np
from scipy import stats

from core.errors import MsrError
from train.splits import TESTED, TRAINED

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
    """Part one user's margins into that of the wanted item and those of the others.

    Raises:
        MsrError: for a margin that is no number, which would rank first everywhere.
    """
    pairs = list(zip(item_ids, margins, strict=True))
    for item_id, margin in pairs:
        if not isfinite(margin):
            raise MsrError(f"The score of item {item_id} is {margin}: the model broke down.")
    positive = next(margin for item_id, margin in pairs if item_id == wanted)
    return Scored(positive, tuple(margin for item_id, margin in pairs if item_id != wanted))


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure over users, fast enough to be resampled.

    Attributes:
        prepare: from users to a function from their row numbers, int64, in which one may stand
            several times, to the figure.
    """

    prepare: Callable[[Sequence[Scored]], Callable[[np.ndarray], float]]

    def __call__(self, users: Sequence[Scored]) -> float:
        """The figure over every user once."""
        return self.prepare(users)(np.arange(len(users)))


def _pooled_auc(users: Sequence[Scored]) -> Callable[[np.ndarray], float]:
    """Over all users' candidates together; a tie counts half."""
    scores = np.array([score for user in users for score in (user.positive, *user.negatives)])
    sizes = np.array([1 + len(user.negatives) for user in users])
    is_positive = np.zeros(len(scores), dtype=bool)
    is_positive[np.cumsum(sizes) - sizes] = True
    order = np.argsort(scores, kind="stable")
    owner, is_positive = np.repeat(np.arange(len(users)), sizes)[order], is_positive[order]
    groups = np.flatnonzero(np.diff(scores[order], prepend=-np.inf))  # where another score begins

    def over(rows: np.ndarray) -> float:
        counts = np.bincount(rows, minlength=len(users))[owner].astype(float)
        right = np.add.reduceat(counts * is_positive, groups)
        wrong = np.add.reduceat(counts * ~is_positive, groups)
        below = np.cumsum(wrong) - wrong / 2
        return float((right * below).sum() / (right.sum() * wrong.sum()))

    return over


def _own_auc(users: Sequence[Scored]) -> Callable[[np.ndarray], float]:
    """The mean over users of the AUC among one's own candidates; a tie counts half.

    Scores that mean something within a user alone, such as logits of a softmax, lose nothing here.
    """
    values = np.array(
        [
            np.mean(
                [(one < user.positive) + 0.5 * (one == user.positive) for one in user.negatives]
            )
            for user in users
        ]
    )
    return lambda rows: float(values[rows].mean())


def of_each(value: Callable[[int], float], k: int = 5) -> Metric:
    """The mean over users of a value of their next item's rank; 0 beyond k."""

    def prepare(users: Sequence[Scored]) -> Callable[[np.ndarray], float]:
        values = np.array([value(rank) if rank <= k else 0.0 for rank in (u.rank for u in users)])
        return lambda rows: float(values[rows].mean())

    return Metric(prepare)


def hit(_: int) -> float:
    """1 whatever the rank: their mean is the hit rate."""
    return 1.0


def reciprocal(rank: int) -> float:
    """Of the rank."""
    return 1.0 / rank


def discounted_gain(rank: int) -> float:
    """Of one relevant item, normalised: the best there is has rank 1."""
    return 1.0 / log2(1 + rank)


auc = Metric(_pooled_auc)
METRICS = {
    "auc": auc,
    "hr@5": of_each(hit),
    "mrr@5": of_each(reciprocal),
    "ndcg@5": of_each(discounted_gain),
    "auc of each": Metric(_own_auc),
}


def mean_of(metric: Metric, fits: Sequence[Sequence[Scored]]) -> float:
    """A metric's mean over fits that scored the same users."""
    return float(np.mean([metric(users) for users in fits]))


def with_interval(metric: Metric, fits: Sequence[Sequence[Scored]], seed: int) -> dict[str, object]:
    """A metric's mean over fits that scored the same users, with its 95% bootstrap interval."""
    return resampled(_mean_over(metric, fits), len(fits[0]), seed)


def _mean_over(metric: Metric, fits: Sequence[Sequence[Scored]]) -> Callable[[np.ndarray], float]:
    each = [metric.prepare(users) for users in fits]
    return lambda rows: float(np.mean([one(rows) for one in each]))


def over_folds(values: Sequence[float]) -> dict[str, object]:
    """The mean over folds with its 95% t interval, corrected (Nadeau and Bengio, 2003).

    Fits of two folds share most of their training users, so that they vary less than fits to other
    users would.

    Raises:
        ValueError: if there is only one fold.
    """
    if len(values) < 2:
        raise ValueError("An interval over folds needs at least two of them.")
    array = np.asarray(values, dtype=float)
    spread = array.std(ddof=1) * sqrt(1 / len(array) + TESTED / TRAINED)
    reach = float(stats.t.ppf(0.975, len(array) - 1) * spread)
    mean = float(array.mean())
    return {"mean": round(mean, 4), "ci95": (round(mean - reach, 4), round(mean + reach, 4))}


def difference_with_interval(
    metric: Metric,
    ours: Sequence[Sequence[Scored]],
    theirs: Sequence[Sequence[Scored]],
    seed: int,
) -> dict[str, object]:
    """How far one method is above another, means over the fits of each, with its 95% interval.

    Paired: both are resampled together, so what makes a user hard for either cancels out.
    """
    one, other = _mean_over(metric, ours), _mean_over(metric, theirs)
    return resampled(lambda rows: one(rows) - other(rows), len(ours[0]), seed)


def share_with_interval(values: Sequence[float], seed: int) -> dict[str, object]:
    """A mean of values from 0 to 1, with its 95% bootstrap interval.

    Where all are 1, or all are 0, nothing varies that could be resampled, and the interval is that
    of a binomial share (Clopper and Pearson, 1934): exact for outcomes that are 0 or 1, wide enough
    for others.

    Raises:
        MsrError: as `mean_with_interval`.
    """
    found = mean_with_interval(values, seed)
    if set(values) in ({0}, {1}):
        exact = stats.binomtest(round(sum(values)), len(values)).proportion_ci(method="exact")
        found["ci95"] = (round(float(exact.low), 4), round(float(exact.high), 4))
    return found


def mean_with_interval(values: Sequence[float], seed: int) -> dict[str, object]:
    """A mean with its 95% bootstrap interval.

    Raises:
        MsrError: if there is nothing to take the mean of.
    """
    if not values:
        raise MsrError(
            "One of the checks concerns none of these users (nobody drifts, say), so that it has no"
            " mean. Take more --users; what was written for these is kept."
        )
    array = np.asarray(values, dtype=float)
    found = resampled(lambda rows: float(array[rows].mean()), len(array), seed)
    return found | {"count": len(array)}


def resampled(statistic: Callable[[np.ndarray], float], count: int, seed: int) -> dict[str, object]:
    """A statistic of all rows, from 0 to count - 1, and its middle 95% over resampled ones."""
    rows = np.arange(count)
    mean = round(statistic(rows), 4)
    if count == 1:  # nothing else can be drawn, which scipy refuses
        return {"mean": mean, "ci95": (mean, mean)}
    low, high = stats.bootstrap(
        (rows,),
        statistic,
        vectorized=False,
        method="percentile",
        n_resamples=RESAMPLES,
        batch=50,  # held in memory at once
        rng=seed,
    ).confidence_interval
    return {"mean": mean, "ci95": (round(float(low), 4), round(float(high), 4))}
