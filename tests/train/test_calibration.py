import numpy as np
import pytest

from train.calibration import fit_platt
from train.metrics import Scored


def test_scaling_is_found_again() -> None:
    rng = np.random.default_rng(0)
    users = []
    while len(users) < 4000:
        margins = rng.normal(0, 2, size=6)
        taken = rng.random(6) < 1 / (1 + np.exp(-(0.8 * margins - 1.5)))
        if taken.sum() == 1:
            positive = float(margins[taken][0])
            users.append(Scored(positive, tuple(float(m) for m in margins[~taken])))
    scale, shift = fit_platt(users)
    assert scale > 0.5
    assert shift < -1
    probabilities = [
        1 / (1 + np.exp(-(scale * m + shift)))
        for user in users
        for m in (user.positive, *user.negatives)
    ]
    assert np.mean(probabilities) == pytest.approx(1 / 6, abs=0.005)
