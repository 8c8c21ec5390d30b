"""Edits of a preference, asked of a recommender whose answers are known."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("skia", reason="planted themes are named by train.sample (extra: train)")

from core.records import Dataset, Item
from train.evolution import _distance, _ratio
from train.scrutability import check_edits

THEMES = ("racing", "farming", "basketball", "dragon-quests")
TEXT = "The user appears to have a preference for games on topics such as racing and farming."
Reads = Callable[[str], list[float]]


def obeys(text: str) -> list[float]:
    """Yes to a theme that the text names."""
    return [1.0 if theme.replace("-", " ") in text else -1.0 for theme in THEMES]


def defies(text: str) -> list[float]:
    return [-margin for margin in obeys(text)]


@pytest.fixture
def found(tmp_path: Path) -> Callable[[Reads], dict[str, Any]]:
    """What edits do to the ranking of a user who likes two of four themes."""
    items = {theme: {"theme": theme, "style": "pixel-art"} for theme in THEMES}
    (tmp_path / "truth.json").write_text(json.dumps({"items": items, "users": {}}))

    def checked(reads: Reads) -> dict[str, Any]:
        user: Any = SimpleNamespace(
            bench=SimpleNamespace(dataset=Dataset("games", "amazon", tmp_path)),
            case=SimpleNamespace(
                history=SimpleNamespace(user_id="ann"),
                candidates=[Item(theme, f"A game of {theme}") for theme in THEMES],
            ),
            text=TEXT,
            margins=reads(TEXT),
            rescored=reads,
        )
        return check_edits([user], seed=1)

    return checked


def of(found: dict[str, Any], figure: str) -> Sequence[float]:
    return [found[edit][figure]["mean"] for edit in ("flip", "add", "delete")]


def test_a_recommender_that_does_as_it_is_told_passes_every_edit(found: Any) -> None:
    told = found(obeys)
    assert of(told, "success") == [1, 1, 1]
    assert of(told, "effect") == [2, 2, 2]
    assert of(told, "others") == [0, 0, 0]
    assert told["paraphrase"]["drift"]["mean"] == 0
    assert told["paraphrase"]["relative_to_deletion"]["mean"] == 0


def test_one_that_does_the_opposite_passes_none(found: Any) -> None:
    told = found(defies)
    assert of(told, "success") == [0, 0, 0]
    assert of(told, "effect") == [-2, -2, -2]


def test_a_flip_has_to_move_both_themes(found: Any) -> None:
    def deaf_to_what_is_gone(text: str) -> list[float]:
        return obeys(text + TEXT)

    told = found(deaf_to_what_is_gone)
    assert of(told, "success") == [0, 1, 0]
    assert of(told, "effect") == [1, 2, 0]
    assert told["paraphrase"]["relative_to_deletion"] is None


def test_words_that_change_nothing_are_held_against_a_deletion(found: Any) -> None:
    def startled(text: str) -> list[float]:
        moved = 0.5 if text.startswith("This user") else 0.0
        return [margin + moved for margin in obeys(text)]

    told = found(startled)["paraphrase"]
    assert told["drift"]["mean"] == 0.5
    assert told["relative_to_deletion"]["mean"] == 0.25


def test_distance_and_noise_by_hand() -> None:
    assert _distance(frozenset("ab"), frozenset("bc")) == pytest.approx(2 / 3)
    assert _distance(frozenset(), frozenset()) == 0
    assert _ratio([0.6, 0.8], [0.2, 0.5]) == pytest.approx(2)
