"""Word-level diffs, on texts as rambling as a small model's."""

from hypothesis import given
from hypothesis import strategies as st

from app.diffs import Stretch, diff_words
from tests.app.world import PREFERENCES


def joined(stretches: tuple[Stretch, ...], without: str) -> str:
    return "".join(s.text for s in stretches if s.change != without)


@given(st.text(max_size=60), st.text(max_size=60))
def test_diff_gives_both_texts_back(before: str, after: str) -> None:
    stretches = diff_words(before, after)
    assert joined(stretches, "removed") == after
    assert joined(stretches, "added").casefold() == before.casefold()


def test_diff_marks_whole_words_only() -> None:
    assert diff_words("They like calm cooking and all", "They like calm baking and all") == (
        Stretch("same", "They like calm "),
        Stretch("removed", "cooking"),
        Stretch("added", "baking"),
        Stretch("same", " and all"),
    )


def test_diff_folds_short_islands_into_the_change_around_them() -> None:
    stretches = diff_words("one red fox and one blue hen ran", "two old cats and six new dogs ran")
    assert [s.change for s in stretches] == ["removed", "added", "same"]


def test_diff_of_equal_texts_is_one_stretch() -> None:
    assert diff_words(PREFERENCES[0], PREFERENCES[0]) == (Stretch("same", PREFERENCES[0]),)


def test_diff_overlooks_case() -> None:
    assert diff_words("They like Chess", "they like chess") == (Stretch("same", "they like chess"),)


def test_diff_compares_chinese_by_character() -> None:
    changes = {s.text for s in diff_words("用户喜欢广州早茶的视频", "用户喜欢北京早茶的视频")}
    assert {"广州", "北京"} <= changes
