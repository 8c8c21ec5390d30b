"""Does an edited preference move the scores as it says? Flips, additions, deletions, paraphrases.

A candidate is of a theme by planted truth. An edit succeeds if the mean margin of the candidates
it is about moves the way it says.
"""

from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np

from train.edits import add_theme, delete_theme, flip_theme, paraphrase
from train.explained import Explained
from train.metrics import mean_with_interval, resampled, share_with_interval
from train.planted import PlantedTruth
from train.progress import progress
from train.sample.catalogue import DATASETS
from train.targets import mentioned_themes

EDITS = ("flip", "add", "delete")


def check_edits(users: Sequence[Explained], seed: int) -> dict[str, Any]:
    """Edit every user's preference once in each way and score again.

    Returns:
        For each edit: `success`, `effect` (mean move of the candidates it is about, nats) and
        `others` (mean move of the others, either way, nats); for the paraphrase its `drift` (mean
        move of all candidates, either way, nats) and that over a deletion's effect.
    """
    rows: dict[str, list[dict[str, float]]] = {edit: [] for edit in EDITS}
    drifts: list[float] = []
    beside: list[tuple[float, float]] = []  # a drift, and the effect of that user's deletion
    for user in progress(users, desc="what-if", unit="user"):
        rng = Random(f"{seed}/{user.case.history.user_id}/edits")
        edited = _edited(user, rng)
        for edit, row in edited.items():
            rows[edit].append(row)
        moved = _moves(user, paraphrase(user.text))
        drifts.append(sum(abs(move) for move in moved) / len(moved))
        if "delete" in edited:
            beside.append((drifts[-1], edited["delete"]["effect"]))
    found: dict[str, Any] = {
        edit: {
            name: of([row[name] for row in rows[edit] if name in row], seed)
            for name, of in (
                ("success", share_with_interval),
                ("effect", mean_with_interval),
                ("others", mean_with_interval),
            )
        }
        for edit in EDITS
        if rows[edit]
    }
    return found | {
        "paraphrase": {
            "drift": mean_with_interval(drifts, seed),
            "relative_to_deletion": _relative(beside, seed),
        }
    }


def _relative(beside: Sequence[tuple[float, float]], seed: int) -> dict[str, Any] | None:
    """Mean drift over mean effect of a deletion, with its interval; None where none moves any."""
    if not any(effect for _, effect in beside):
        return None

    pairs = np.array(beside)

    def ratio(rows: np.ndarray) -> float:
        drift, effect = pairs[rows].mean(0)
        return float(drift / effect)

    return resampled(ratio, len(pairs), seed)


def _edited(user: Explained, rng: Random) -> dict[str, dict[str, float]]:
    """One row an edit that can be made: its theme has to be among the candidates."""
    name = user.bench.dataset.name
    words = {theme.key: theme.words for d in DATASETS if d.key == name for theme in d.themes}
    truth = PlantedTruth(user.bench.dataset)
    offered = [truth.theme(item.item_id) for item in user.case.candidates]
    liked, passing, faded = mentioned_themes(user.text, name)
    named = {*liked, *passing, *faded}
    mine = [theme for theme in liked if theme in offered]
    new = sorted({theme for theme in offered if theme not in named})
    rows = {}
    if mine:
        old = rng.choice(mine)
        moves = _moves(user, delete_theme(user.text, words[old]))
        rows["delete"] = _row(moves, offered, {old: -1})
    if new:
        other = rng.choice(new)
        moves = _moves(user, add_theme(user.text, words[other]))
        rows["add"] = _row(moves, offered, {other: 1})
    if mine and new:
        old, other = rng.choice(mine), rng.choice(new)
        moves = _moves(user, flip_theme(user.text, words[old], words[other]))
        rows["flip"] = _row(moves, offered, {old: -1, other: 1})
    return rows


def _moves(user: Explained, text: str) -> list[float]:
    after = user.rescored(text)
    return [new - old for new, old in zip(after, user.margins, strict=True)]


def _row(
    moves: Sequence[float], offered: Sequence[str], wanted: dict[str, int]
) -> dict[str, float]:
    """Success of an edit that wants themes to rise (1) or fall (-1), its effect, and the rest."""
    pushed = []
    for theme, way in wanted.items():
        mine = [move for move, of in zip(moves, offered, strict=True) if of == theme]
        pushed.append(way * sum(mine) / len(mine))
    rest = [abs(move) for move, of in zip(moves, offered, strict=True) if of not in wanted]
    row = {
        "success": float(all(push > 0 for push in pushed)),
        "effect": sum(pushed) / len(pushed),
    }
    return row | ({"others": sum(rest) / len(rest)} if rest else {})
