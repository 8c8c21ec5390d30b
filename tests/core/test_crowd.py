import pytest

from core.crowd import FADING, TIES, co_occurrence


def test_a_candidate_is_as_alike_as_the_users_it_shares_and_newer_items_count_more() -> None:
    takers = {"a": 4, "b": 9, "x": 1, "y": 4}
    together = {("a", "x"): 1, ("b", "y"): 3}
    x, y, z = co_occurrence(["a", "b"], ["x", "y", "z"], takers, together)
    assert x == pytest.approx(FADING * 1 / 2, abs=2 * TIES)
    assert y == pytest.approx(3 / 6, abs=2 * TIES)
    assert z == 0.0


def test_what_nobody_took_together_is_told_by_popularity() -> None:
    x, y, z = co_occurrence(["a"], ["x", "y", "z"], {"a": 2, "x": 1, "y": 4}, {})
    assert (x, y, z) == pytest.approx((TIES / 4, TIES, 0.0))
