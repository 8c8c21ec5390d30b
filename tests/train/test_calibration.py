import numpy as np
import pytest

from train.calibration import calibration, fit_platt
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


def test_calibration_of_hand_worked_chances() -> None:
    # sure and right, sure and wrong: P is 1 or 0 for all that matters
    right = Scored(50.0, (-50.0, -50.0, -50.0))
    wrong = Scored(-50.0, (50.0, -50.0, -50.0))
    perfect = calibration([right] * 4, 1.0, 0.0, seed=1)
    assert (perfect["brier"]["mean"], perfect["ece"]["mean"]) == (0.0, 0.0)
    half = calibration([right, wrong], 1.0, 0.0, seed=1)
    assert half["brier"]["mean"] == 0.25  # two of eight are wholly wrong
    low, high = half["bins"]
    assert (low["predicted"], low["taken"], low["count"]) == (0.0, round(1 / 6, 6), 6)
    assert (high["predicted"], high["taken"], high["count"]) == (1.0, 0.5, 2)
    assert half["ece"]["mean"] == 0.25  # (6 * 1/6 + 2 * 1/2) / 8


def test_platt_scaling_can_only_help_on_its_own_users() -> None:
    rng = np.random.default_rng(1)
    users = [Scored(rng.normal(1), tuple(rng.normal(-1, 1, 20))) for _ in range(60)]
    scale, shift = fit_platt(users)
    raw = calibration(users, 1.0, 0.0, seed=1)
    platt = calibration(users, scale, shift, seed=1)
    assert platt["brier"]["mean"] < raw["brier"]["mean"]
    assert platt["ece"]["mean"] < raw["ece"]["mean"]
