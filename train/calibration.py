"""Platt scaling: from a margin to a probability, fitted on users that nothing else learnt from."""

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from train.metrics import Scored


def fit_platt(users: Sequence[Scored]) -> tuple[float, float]:
    """Fit P = sigmoid(scale * margin + shift) to one positive among the negatives of each user.

    Returns:
        Scale and shift, in nats.
    """
    margins = [m for user in users for m in (user.positive, *user.negatives)]
    labels = [label for user in users for label in (1, *(0 for _ in user.negatives))]
    fitted = LogisticRegression(C=np.inf).fit(np.array(margins)[:, None], labels)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
