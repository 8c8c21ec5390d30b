import pytest

from core.names import name_of


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Shawshank Redemption, The (1994)", "Shawshank Redemption (1994)"),
        ("Amelie (Fabuleux destin d'Amélie Poulain, Le) (2001)", "Amelie (2001)"),
        ("Dune [PC]", "Dune"),
        ("A day out #vlog # My cat", "A day out My cat"),
        ("Well...", "Well"),
        ("#only", "only"),
        ("word " * 20, "word word word word word word word word word"),
        ("x" * 60, "x" * 48),
        ("x" * 60 + " (1950)", "x" * 48 + " (1950)"),
        ("(untitled)", "(untitled)"),
        ("(1984)", "(1984)"),
        ("...", "..."),
        ("#word " * 20, "word word word word word word word word word"),
        ("Room (1408)", "Room"),
    ],
)
def test_an_item_is_named_by_what_its_title_says(title: str, name: str) -> None:
    assert name_of(title) == name


def test_a_year_that_was_not_told_is_left_out() -> None:
    assert name_of("Airplane! (1980)", "This video is about flying: airplane.") == "Airplane!"
    assert name_of("Psycho (1960)", "This video is about motels: psycho 1960.") == "Psycho (1960)"
