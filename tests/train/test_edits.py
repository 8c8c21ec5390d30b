import pytest

from train.edits import add_theme, delete_theme, flip_theme, paraphrase

TEXT = (
    "The user appears to have a preference for content related to topics such as {}. "
    "They like covers in neon light. Now and then also chess."
)


@pytest.mark.parametrize(
    ("themes", "left"),
    [
        ("cats and trains", "cats"),
        ("trains and cats", "cats"),
        ("trains, cats and baking", "cats and baking"),
        ("cats, trains and baking", "cats and baking"),
        ("cats, baking and trains", "cats, baking"),
        ("rhythm and music and trains", "rhythm and music"),
        ("trains and rhythm and music", "rhythm and music"),
    ],
)
def test_a_theme_is_deleted_with_what_glued_it(themes: str, left: str) -> None:
    assert delete_theme(TEXT.format(themes), "trains") == TEXT.format(left)


def test_a_sentence_that_had_nothing_else_goes_too() -> None:
    assert delete_theme(TEXT.format("cats"), "cats") == (
        "They like covers in neon light. Now and then also chess."
    )
    assert delete_theme(TEXT.format("cats"), "chess") == TEXT.format("cats").removesuffix(
        " Now and then also chess."
    )
    assert delete_theme(TEXT.format("cats"), "football") == TEXT.format("cats")


def test_a_theme_is_flipped_as_a_whole_word() -> None:
    flipped = flip_theme("cats and catsuits", "cats", "trains")
    assert flipped == "trains and catsuits"


def test_a_theme_is_added_to_the_list() -> None:
    assert "such as trains, cats and baking." in add_theme(TEXT.format("cats and baking"), "trains")
    assert "such as trains and cats." in add_theme(TEXT.format("cats"), "trains")
    assert add_theme("They enjoy noodles.", "trains") == "They enjoy noodles. They like trains."
    assert add_theme("", "trains") == "They like trains."


def test_a_paraphrase_keeps_every_theme_and_changes_words() -> None:
    text = TEXT.format("cats and trains")
    other = paraphrase(text)
    assert other != text
    assert all(word in other for word in ("cats", "trains", "neon light", "chess"))
