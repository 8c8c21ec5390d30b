"""Platt scaling: from a margin to a probability, fitted on users that nothing else learnt from."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss

from train.metrics import Scored, resampled

BINS = 10  # of equal width, from 0 to 1


def fit_platt(users: Sequence[Scored]) -> tuple[float, float]:
    """Fit P = sigmoid(scale * margin + shift) to one positive among the negatives of each user.

    Returns:
        Scale and shift, in nats.
    """
    margins = [m for user in users for m in (user.positive, *user.negatives)]
    labels = [label for user in users for label in (1, *(0 for _ in user.negatives))]
    fitted = LogisticRegression(C=np.inf).fit(np.array(margins)[:, None], labels)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def calibration(users: Sequence[Scored], scale: float, shift: float, seed: int) -> dict[str, Any]:
    """How far probabilities are from what happens, among each user's candidates.

    Args:
        users: scored test users.
        scale: of Platt scaling; 1 leaves margins as they are.
        shift: of Platt scaling, nats.
        seed: of the interval, over users.

    Returns:
        `bins` of a reliability diagram (mean P, share that was taken, count), `brier` and `ece`
        (expected calibration error), each with its 95% interval.
    """
    rows = [np.array([user.positive, *user.negatives]) for user in users]
    taken = [np.array([1.0] + [0.0] * len(user.negatives)) for user in users]
    chances = [1 / (1 + np.exp(-(scale * row + shift))) for row in rows]

    def of(picked: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        return (
            np.concatenate([taken[user] for user in picked]),
            np.concatenate([chances[user] for user in picked]),
        )

    def over(figure: Callable[..., float], picked: np.ndarray) -> float:
        return float(figure(*of(picked.tolist())))

    everybody = range(len(users))
    found: dict[str, Any] = {"bins": _bins(*of(everybody))}
    figures = {"brier": brier_score_loss, "ece": expected_error}
    for name, figure in figures.items():
        found[name] = resampled(partial(over, figure), len(users), seed)
    return found


def expected_error(taken: np.ndarray, chances: np.ndarray) -> float:
    """Expected calibration error: distance of P from the share taken, over bins of equal width."""
    return float(
        sum(row["count"] * abs(row["predicted"] - row["taken"]) for row in _bins(taken, chances))
        / len(taken)
    )


def _bins(taken: np.ndarray, chances: np.ndarray) -> list[dict[str, float]]:
    place = np.minimum((chances * BINS).astype(int), BINS - 1)
    return [
        {
            "predicted": round(float(chances[place == number].mean()), 6),
            "taken": round(float(taken[place == number].mean()), 6),
            "count": int((place == number).sum()),
        }
        for number in range(BINS)
        if (place == number).any()
    ]
