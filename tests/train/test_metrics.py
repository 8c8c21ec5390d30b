import numpy as np
import pytest
from sklearn.metrics import ndcg_score, roc_auc_score

from core.errors import MsrError
from train.metrics import (
    METRICS,
    Scored,
    auc,
    difference_with_interval,
    discounted_gain,
    hit,
    mean_of,
    mean_with_interval,
    of_each,
    over_folds,
    reciprocal,
    resampled,
    share_with_interval,
    with_interval,
)

FIRST = Scored(3.0, (2.0, 1.0, 0.0))
SECOND = Scored(1.0, (2.0, 0.5, 0.0))
LAST = Scored(-1.0, (2.0, 1.0, 0.0))
first = of_each(hit, 1)
TIED = Scored(2.0, (2.0, 2.0, 0.0))


@pytest.mark.parametrize(("user", "rank"), [(FIRST, 1), (SECOND, 2), (LAST, 4), (TIED, 3)])
def test_rank_counts_ties_against_the_positive(user: Scored, rank: int) -> None:
    assert user.rank == rank


def test_figures_equal_hand_worked_fractions() -> None:
    users = [FIRST, SECOND, LAST, TIED]
    assert of_each(hit, 2)(users) == 2 / 4
    assert of_each(reciprocal, 3)(users) == pytest.approx((1 + 1 / 2 + 0 + 1 / 3) / 4)
    assert of_each(discounted_gain, 3)(users) == pytest.approx((1 + 1 / np.log2(3) + 0 + 1 / 2) / 4)
    # pairs of a positive with the 12 negatives: 3 beats all; 1 beats 5, ties 2; 2 beats 7, ties 5
    assert auc(users) == pytest.approx((12 + (5 + 2 / 2) + 0 + (7 + 5 / 2)) / 48)
    # among one's own three: all, two, none, one and two ties
    assert METRICS["auc of each"](users) == pytest.approx((3 + 2 + 0 + (1 + 2 / 2)) / 12)


def test_what_is_added_to_all_scores_of_a_user_moves_the_pooled_auc_alone() -> None:
    moved = [Scored(SECOND.positive + 9, tuple(n + 9 for n in SECOND.negatives)), FIRST, TIED]
    for name, metric in METRICS.items():
        same = metric(moved) == pytest.approx(metric([SECOND, FIRST, TIED]))
        assert same is (name != "auc")


def test_figures_equal_scikit_learn() -> None:
    rng = np.random.default_rng(3)
    table = rng.normal(size=(40, 21)).round(1)
    users = [Scored(float(row[0]), tuple(map(float, row[1:]))) for row in table]
    labels = np.zeros_like(table)
    labels[:, 0] = 1
    assert auc(users) == pytest.approx(roc_auc_score(labels.ravel(), table.ravel()))
    apart = table + np.arange(21) * -1e-6  # ties broken against the positive
    apart[:, 0] -= 1
    apart[:, 0] += 1 - 1e-3
    assert of_each(discounted_gain, 5)(users) == pytest.approx(ndcg_score(labels, apart, k=5))


def test_a_user_drawn_twice_counts_twice() -> None:
    users = [FIRST, SECOND, LAST, TIED]
    rows = np.array([0, 2, 2, 3])
    picked = [users[row] for row in rows]
    for metric in METRICS.values():
        assert metric.prepare(users)(rows) == pytest.approx(metric(picked))


def test_interval_holds_the_mean_and_narrows_with_more_users() -> None:
    few, many = [FIRST, SECOND, LAST, TIED] * 5, [FIRST, SECOND, LAST, TIED] * 80
    widths = []
    for users in (few, many):
        row = with_interval(of_each(reciprocal), [users], seed=1)
        low, high = row["ci95"]
        assert low < row["mean"] < high
        widths.append(high - low)
    assert widths[1] < widths[0] / 2


def test_bootstrap_repeats_itself() -> None:
    values = np.arange(30.0)
    once, again = (resampled(lambda rows: float(values[rows].mean()), 30, seed=5) for _ in "ab")
    assert once == again


def test_an_interval_over_folds_counts_what_their_fits_share() -> None:
    # deviation 0.1, variance times (1/3 + 0.2/0.7) for fifths of users tested, t(0.975, 2) = 4.3027
    row = over_folds([0.7, 0.8, 0.9])
    assert row["mean"] == 0.8
    assert row["ci95"] == pytest.approx((0.4615, 1.1385), abs=1e-4)
    assert over_folds([0.5, 0.5])["ci95"] == (0.5, 0.5)
    with pytest.raises(ValueError, match="at least two"):
        over_folds([0.5])


def test_fits_of_the_same_users_are_averaged_and_make_no_users_of_their_own() -> None:
    users = [FIRST, SECOND, LAST, TIED] * 20
    other = [LAST, TIED, FIRST, SECOND] * 20
    metric = of_each(reciprocal)
    once = with_interval(metric, [users], seed=1)
    assert with_interval(metric, [users, users, users], seed=1) == once
    both = with_interval(metric, [users, other], seed=1)
    assert both["mean"] == pytest.approx((metric(users) + metric(other)) / 2, abs=1e-4)
    assert both["mean"] == round(mean_of(metric, [users, other]), 4)


def test_a_difference_is_paired() -> None:
    rng = np.random.default_rng(3)
    hard = rng.random(80)  # what makes a user hard does so for both
    ours = [Scored(3 - h, (0.0, 2.0)) for h in 2 * hard]
    theirs = [Scored(2.9 - h, (0.0, 2.0)) for h in 2 * hard]
    found = difference_with_interval(first, [ours], [theirs], seed=1)
    low, high = found["ci95"]  # type: ignore[misc]
    apart = first(ours) - first(theirs)
    assert found["mean"] == pytest.approx(apart, abs=1e-4)
    assert low <= apart <= high
    one = with_interval(first, [ours], seed=1)["ci95"]
    assert high - low < one[1] - one[0]  # type: ignore[index]
    both = difference_with_interval(first, [ours], [theirs, ours], seed=1)
    assert both["mean"] == pytest.approx(apart / 2, abs=1e-4)


def test_a_mean_of_nobody_is_refused() -> None:
    with pytest.raises(MsrError, match="more --users"):
        mean_with_interval([], seed=1)
    assert mean_with_interval([0.5], seed=1) == {"mean": 0.5, "ci95": (0.5, 0.5), "count": 1}


def test_where_nothing_varies_the_interval_of_a_share_is_exact() -> None:
    # three in a hundred may be missed with a chance of 5% that none of the hundred was
    assert share_with_interval([1.0] * 100, seed=1)["ci95"] == (0.9638, 1.0)
    assert share_with_interval([0.0] * 100, seed=1)["ci95"] == (0.0, 0.0362)
    assert mean_with_interval([0.0] * 100, seed=1)["ci95"] == (0.0, 0.0)  # of nats, say
