import pytest

from core.crowd import FADING, co_occurrence


def test_a_candidate_is_as_alike_as_the_users_it_shares_and_newer_items_count_more() -> None:
    takers = {"a": 4, "b": 9, "x": 1, "y": 4}
    together = {("a", "x"): 1, ("b", "y"): 3}
    x, y, z = co_occurrence(["a", "b"], ["x", "y", "z"], takers, together)
    assert x == pytest.approx(FADING * 1 / 2)
    assert y == pytest.approx(3 / 6)
    assert z == 0.0
