"""Themes of a preference and what supports them, on texts as rambling as a small model's."""

from core.themes import compare_themes, find_support, find_themes, stems_of

PREFERENCE = (
    "The user appears to have a preference for content related to topics such as street food, "
    "cooking, and night markets."
)


def phrases(text: str) -> list[str]:
    return [theme.phrase for theme in find_themes(text)]


def test_themes_are_short_runs_of_content_words() -> None:
    text = "The user appears to have a preference for street food, and for night market stalls."
    assert phrases(text) == ["street food", "night market stalls"]


def test_themes_leave_out_what_every_preference_says() -> None:
    assert phrases("The user enjoys watching videos that are engaging and informative.") == []


def test_themes_name_a_repeated_phrase_once() -> None:
    assert phrases("They like noodles. Also hand-pulled noodles, and Noodles.") == ["noodles"]


def test_themes_of_an_empty_text_are_none() -> None:
    assert find_themes("") == ()


def test_compare_sorts_themes_into_gained_kept_and_lost() -> None:
    changes = compare_themes(
        "They like street food and chess.", "They like street foods and rockets."
    )
    assert [t.phrase for t in changes.gained] == ["rockets"]
    assert [t.phrase for t in changes.kept] == ["street foods"]
    assert [t.phrase for t in changes.lost] == ["chess"]


def test_compare_gains_everything_when_there_was_nothing_before() -> None:
    changes = compare_themes("", PREFERENCE)
    assert changes.gained
    assert not changes.kept
    assert not changes.lost


def test_support_needs_at_least_half_of_a_theme() -> None:
    (theme,) = find_themes("night market stalls")
    texts = ["A night at the market", "Football at night", "Guitar lessons"]
    assert find_support(theme, [stems_of(text) for text in texts]) == (0,)


def test_support_looks_past_word_endings() -> None:
    (theme,) = find_themes("cooking")
    assert find_support(theme, [stems_of("How I cook rice")]) == (0,)


def test_theme_that_the_text_says_has_gone_is_lost() -> None:
    before = "topics such as street food and chess. They like covers in neon light."
    after = "topics such as street food. They like covers in neon light. No longer chess."
    changes = compare_themes(before, after)
    assert [theme.phrase for theme in changes.lost] == ["chess"]
    assert [theme.phrase for theme in changes.kept] == ["street food", "neon light"]
    assert changes.gained == ()
    assert compare_themes(before, "street food. The liking for chess has faded.").lost


def test_what_has_gone_ends_with_its_sentence_and_a_long_text_is_read_at_once() -> None:
    text = "Cats. They no longer watch trains! Boats have faded. Dogs"
    assert [theme.phrase for theme in find_themes(text)] == ["cats", "dogs"]
    endless = "boats and trains " * 1000
    assert find_themes(endless + "no longer matter. Cats") != find_themes(endless)


def test_a_name_with_a_full_stop_does_not_end_the_sentence_of_what_has_gone() -> None:
    text = "They like cats. No longer Dr. Strangelove and chess. Super Mario Bros. 3 has faded."
    assert [theme.phrase for theme in find_themes(text)] == ["cats"]


def test_the_name_of_an_item_is_one_theme_and_no_other_items() -> None:
    names = ("Star Wars", "Star Wars: Episode IV - A New Hope", "Harold and Maude", "Monsters, Inc")
    before = "topics such as Harold and Maude and chess. Lately also Star Wars."
    after = "topics such as Harold and Maude, Monsters, Inc and chess. Lately also "
    after += "Star Wars: Episode IV - A New Hope."
    assert [theme.phrase for theme in find_themes(after, names)] == [
        "Harold and Maude", "Monsters, Inc", "chess", "Star Wars: Episode IV - A New Hope"
    ]  # fmt: skip
    changes = compare_themes(before, after, names)
    assert [t.phrase for t in changes.kept] == ["Harold and Maude", "chess"]
    assert [t.phrase for t in changes.lost] == ["Star Wars"]
    assert {t.phrase for t in changes.gained} == {names[1], names[3]}


def test_a_name_counts_as_it_is_written_and_as_a_whole() -> None:
    names = ("Cats", "Scream (1996")  # a bracket of a title is no pattern
    assert [t.phrase for t in find_themes("They like cats and CatsEye.", names)] == [
        "cats",
        "catseye",
    ]
    assert [t.phrase for t in find_themes("They like Cats.", names)] == ["Cats"]


def test_a_name_may_be_a_number() -> None:
    assert [t.phrase for t in find_themes("They like 1917.", ("1917",))] == ["1917"]
    assert find_themes("They like 1917.") == ()
