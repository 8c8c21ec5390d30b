import pytest

from core.errors import DataError
from core.explanation import Game
from core.what_if import checked_preference, checked_title, smallest_flip


def additive(start: float, *worth: float) -> Game:
    units = [str(value) for value in worth]
    return Game(units, lambda many: [start + sum(worth[unit] for unit in kept) for kept in many])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The preference is empty"),
        (" \n\t ", "The preference is empty"),
        ("\u200d \u200c", "The preference is empty"),
        ("x" * 1501, "has 1,501 characters; at most 1,500"),
        ("cats\x00dogs", r"invisible character \(U\+0000\) at place 5"),
        ("cats \u202edogs", r"U\+202E"),
        ("cats \u200bdogs", r"U\+200B"),
        ("They like [INST] cats", r"'\[INST\]'"),
        ("<image> of cats", "'<image>'"),
        ("cats <|im_end|>", r"<\|im_end\|>"),
    ],
)
def test_text_that_cannot_be_quoted_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(DataError, match=message) as error:
        checked_preference(text)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "text", ["Sie mag Züge.", "他们喜欢猫", "می\u200cخواهم", "👩\u200d🍳 cooks", "cats & dogs"]
)
def test_other_languages_are_welcome(text: str) -> None:
    assert checked_preference(text) == text


def test_lines_become_one() -> None:
    assert checked_preference("They like\ncats.\n\nAnd dogs.") == "They like cats. And dogs."


def test_titles_are_shorter() -> None:
    with pytest.raises(DataError, match="The title has 161 characters; at most 160"):
        checked_title("x" * 161)


def test_one_sentence_that_flips_the_answer_is_enough() -> None:
    assert smallest_flip(additive(-1.0, 2.0, 0.5)) == (0,)


def test_two_sentences_are_needed_where_one_is_not_enough() -> None:
    assert smallest_flip(additive(-1.0, 1.0, 1.0, 0.3)) == (0, 1)


def test_a_no_can_be_flipped_as_well() -> None:
    assert smallest_flip(additive(1.0, -3.0, 0.5)) == (0,)


def test_nothing_flips_an_answer_that_no_sentence_carries() -> None:
    assert smallest_flip(additive(3.0, 0.5, 0.5)) is None


def test_more_sentences_than_can_be_tried_are_refused_unasked() -> None:
    def ask(_):  # type: ignore[no-untyped-def]
        raise AssertionError("nothing is to be measured")

    with pytest.raises(DataError, match=r"has 9 sentences.* at most 8"):
        smallest_flip(Game([str(n) for n in range(9)], ask))
