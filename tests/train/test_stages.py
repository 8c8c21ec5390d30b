"""What is read out of preferences, on lives that are written by hand."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("skia", reason="planted themes are named by train.sample (extra: train)")

from core.records import Block, Dataset, Item
from train.stages import _life

RACING, FARMING, PUZZLES = "racing", "farming", "block-puzzles"


@pytest.fixture
def bench(tmp_path: Path) -> Any:
    """Ann's second theme drifts with her second block, Bob's look does."""
    first, later = {"themes": [RACING, FARMING]}, {"themes": [RACING, PUZZLES]}
    pixels, water = {"style": "pixel-art"}, {"style": "watercolour"}
    themes = [RACING, FARMING, RACING, PUZZLES, PUZZLES, RACING]
    truth = {
        "items": {str(n): {"theme": theme, "style": "pixel-art"} for n, theme in enumerate(themes)},
        "users": {
            "ann": {
                "tastes": [{"from": 0} | first | pixels, {"from": 3} | later | pixels],
                "drift_at": 3,
                "drift": "theme",
            },
            "bob": {
                "tastes": [{"from": 0} | first | pixels, {"from": 3} | first | water],
                "drift_at": 3,
                "drift": "style",
            },
        },
    }
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    return SimpleNamespace(dataset=Dataset("games", "amazon", tmp_path))


def written(*texts: str) -> Any:
    """A preference after each block of three items."""
    items = [Item(str(n), f"Title {n}") for n in range(3 * len(texts))]
    return [
        SimpleNamespace(
            block=Block(number, tuple(items[3 * number - 3 : 3 * number])),
            written=SimpleNamespace(text=text),
        )
        for number, text in enumerate(texts, 1)
    ]


def test_a_drift_that_is_followed_and_a_theme_let_go_of(bench: Any) -> None:
    told = written(
        "They like racing and farming, in pixel art.",
        "They like racing and block puzzles, in pixel art. Their interest in farming has faded.",
    )
    assert _life(bench, "ann", told) == {
        "theme_f1": 1.0, "style": 1.0, "drift_liked": 1.0, "drift_named": 1.0, "faded_dropped": 1.0,
    }  # fmt: skip


def test_a_drift_in_passing_is_named_and_not_liked_and_a_theme_that_stays_is_kept(
    bench: Any,
) -> None:
    told = written(
        "They like racing, in watercolour.",
        "They like racing and farming, in pixel art. Now and then also block puzzles.",
    )
    found = _life(bench, "ann", told)
    assert (found["drift_named"], found["drift_liked"], found["faded_dropped"]) == (1.0, 0.0, 0.0)
    assert found["style"] == 0.5
    assert found["theme_f1"] == pytest.approx((2 / 3 + 1 / 2) / 2)


def test_a_drift_that_nothing_says_is_missed(bench: Any) -> None:
    told = written("They like racing and farming.", "They like racing and farming.")
    found = _life(bench, "ann", told)
    assert (found["drift_named"], found["drift_liked"], found["faded_dropped"]) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(("last", "liked"), [("watercolour", 1.0), ("pixel art", 0.0)])
def test_a_drift_of_the_look_is_looked_for_in_looks(bench: Any, last: str, liked: float) -> None:
    told = written("They like racing and farming, in pixel art.", f"They like racing, in {last}.")
    found = _life(bench, "bob", told)
    assert (found["drift_liked"], found["style"]) == (liked, (1.0 + liked) / 2)
    assert "faded_dropped" not in found
