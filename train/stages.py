"""Checks of each stage against planted truth: descriptions, preferences, drift."""

from collections.abc import Iterator, Sequence
from typing import Any

from core.records import Preference
from core.rivals import UNTRAINED_PENALTY
from train.cases import Bench
from train.metrics import share_with_interval
from train.planted import PlantedTruth
from train.sample.catalogue import DATASETS
from train.targets import mentioned_styles, mentioned_themes
from train.wording import subject_of


def check_stages(benches: Sequence[Bench], seed: int) -> dict[str, Any]:
    """Measure what the item summariser and the user summariser get right.

    Returns:
        Figures with 95% bootstrap intervals, over items for descriptions, over users for the rest.
    """
    described = {key: row for bench in benches for key, row in _descriptions(bench)}  # once an item
    checks: dict[str, Any] = {
        "descriptions": {
            name: share_with_interval([row[name] for row in described.values()], seed)
            for name in ("motif", "drawing", "style", "fused_theme", "fused_style")
        }
    }
    for method in ("mllm-msr", "zero-shot"):
        lives = [row for bench in benches for row in _lives(bench, method)]
        checks[method] = {
            name: share_with_interval([row[name] for row in lives if name in row], seed)
            for name in ("theme_f1", "style", "drift_named", "drift_liked", "faded_dropped")
        }
    return checks


def _descriptions(bench: Bench) -> Iterator[tuple[tuple[str, str], dict[str, float]]]:
    """For every item of the test users' histories: is its cover described rightly?"""
    truth, name = PlantedTruth(bench.dataset), bench.dataset.name
    themes = {theme.key: theme for d in DATASETS if d.key == name for theme in d.themes}
    for item_id, summary in bench.summaries().items():
        theme, style = truth.theme(item_id), truth.style(item_id)
        if summary.image_description is None:
            continue
        text, fused = summary.image_description.text, summary.fused.text
        subject = subject_of(themes[theme], truth.drawing(item_id))
        yield (
            (name, item_id),
            {
                "motif": float(mentioned_themes(text, name)[0] == [theme]),
                "drawing": float(subject in text),
                "style": float(mentioned_styles(text)[0] == [style]),
                "fused_theme": float(mentioned_themes(fused, name)[0] == [theme]),
                "fused_style": float(mentioned_styles(fused)[0] == [style]),
            },
        )


def _lives(bench: Bench, method: str) -> list[dict[str, float]]:
    """For every test user: are themes, style and drift in the preferences?"""
    if method == "zero-shot":
        written = bench.preferences(bench.base(), repetition_penalty=UNTRAINED_PENALTY)
    else:
        written = bench.preferences(bench.tuned())
    return [
        _life(bench, case.history.user_id, preferences)
        for case, preferences in zip(bench.cases, written, strict=True)
    ]


def _life(bench: Bench, user: str, preferences: Sequence[Preference]) -> dict[str, float]:
    """One user's figures.

    The truth after a block is the taste that drove it, less the themes that no item has shown yet.
    A drift counts as named if the new theme or style is in the preference of its block or the next,
    as a liking or as something that came up lately; `drift_liked` wants it as a liking.
    """
    truth, name = PlantedTruth(bench.dataset), bench.dataset.name
    seen: set[str] = set()
    scores, styles, read = [], [], 0
    starts: list[int] = []
    for preference in preferences:
        starts.append(read)
        seen |= {truth.theme(item.item_id) for item in preference.block.items}
        taste = truth.taste(user, read)
        read += len(preference.block.items)
        liked, _, _ = mentioned_themes(preference.written.text, name)
        scores.append(f1(set(liked), set(taste.themes) & seen))
        styles.append(float(mentioned_styles(preference.written.text)[0][:1] == [taste.style]))
    row = {"theme_f1": sum(scores) / len(scores), "style": sum(styles) / len(styles)}
    drift = truth.drift(user)
    if drift is None or drift[0] not in starts:
        return row
    following = preferences[starts.index(drift[0]) :]
    return row | _drift(truth, user, drift, following, name)


def _drift(
    truth: PlantedTruth,
    user: str,
    drift: tuple[int, str],
    following: Sequence[Preference],
    name: str,
) -> dict[str, float]:
    """Is a drift in the preferences that follow it, and what has faded gone from the last one?"""
    texts = [preference.written.text for preference in following[:2]]
    before, after = truth.taste(user, drift[0] - 1), truth.taste(user, drift[0])
    if drift[1] == "style":
        told = [mentioned_styles(text) for text in texts]
        return {
            "drift_liked": float(any(after.style in liked for liked, _ in told)),
            "drift_named": float(any(after.style in [*a, *b] for a, b in told)),
        }
    gained = set(after.themes) - set(before.themes)
    lost = set(before.themes) - set(after.themes)
    named = [mentioned_themes(text, name) for text in texts]
    last = mentioned_themes(following[-1].written.text, name)[0]
    return {
        "drift_liked": float(any(gained <= set(liked) for liked, _, _ in named)),
        "drift_named": float(any(gained <= {*liked, *passing} for liked, passing, _ in named)),
        "faded_dropped": float(not lost & set(last)),
    }


def f1(found: set[str], wanted: set[str]) -> float:
    """Harmonic mean of precision and recall; two empty sets agree."""
    if not found and not wanted:
        return 1.0
    return 2 * len(found & wanted) / (len(found) + len(wanted))
