"""Which candidates a user meets: recorded runs and tables stand on it."""

import pytest

from core.candidates import draw_candidates
from core.errors import DataError

CATALOGUE = [f"i{n:02}" for n in range(40)]
DRAWN = {
    "ann": "i19 i38 i28 i05 i07 i06",
    "cleo": "i07 i14 i10 i30 i18 i09",
}


@pytest.mark.parametrize("user", DRAWN)
def test_a_user_meets_the_same_candidates_in_every_release(user: str) -> None:
    drawn = draw_candidates("i07", ["i03", "i07"], CATALOGUE, user, negatives=5)
    assert " ".join(drawn) == DRAWN[user]


def test_what_a_user_touched_is_no_negative() -> None:
    drawn = draw_candidates("i39", CATALOGUE[19:], CATALOGUE, "ann", negatives=19)
    assert sorted(drawn) == sorted([*CATALOGUE[:19], "i39"])
    with pytest.raises(
        DataError, match=r"19 items untouched; 20 negatives are needed\. Take another"
    ):
        draw_candidates("i39", CATALOGUE[19:], CATALOGUE, "ann", negatives=20)
