import pytest

from core.names import name_of


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Shawshank Redemption, The (1994)", "Shawshank Redemption"),
        ("Amelie (Fabuleux destin d'Amélie Poulain, Le) (2001)", "Amelie"),
        ("Dune [PC]", "Dune"),
        ("A day out #vlog # My cat", "A day out My cat"),
        ("Well...", "Well"),
        ("#only", "only"),
        ("word " * 20, "word word word word word word word word word"),
        ("x" * 60, "x" * 48),
        ("(untitled)", "(untitled)"),
    ],
)
def test_an_item_is_named_by_what_its_title_says(title: str, name: str) -> None:
    assert name_of(title) == name
