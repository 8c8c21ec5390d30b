"""`python -m train.evaluate explanations`: do the explanations say what moves the scores?

Every user's first-ranked candidate is explained; the checks are those of `core.faithfulness`, with
intervals by bootstrap over users.
"""

from collections.abc import Sequence
from typing import Any, get_args

import numpy as np
from scipy.stats import kendalltau

from core.errors import MsrError
from core.explanation import (
    MOST_EXACT,
    Attribution,
    Game,
    Removal,
    leave_one_out,
    modality_game,
    noise_floor,
    sentence_game,
    shapley,
)
from core.faithfulness import (
    Deletion,
    area,
    check_deletion,
    comprehensiveness,
    greedy_order,
    headline,
    insertion_curve,
    sufficiency,
)
from core.scorer_card import ScorerCard
from core.settings import Settings
from core.themes import find_support, find_themes, stems_of
from train.calibration import calibration
from train.cases import Bench
from train.evolution import check_evolution
from train.explained import Explained, explained_users
from train.metrics import mean_with_interval, resampled, scored_case, share_with_interval
from train.planted import PlantedTruth
from train.progress import progress
from train.scrutability import check_edits
from train.targets import mentioned_themes


def check_explanations(benches: Sequence[Bench], seed: int) -> dict[str, Any]:
    """Measure faithfulness, what-if, use of the preference, grounding and evolution."""
    for bench in benches:  # what would be refused after hours is refused now
        PlantedTruth(bench.dataset)
        if len(bench.cases) < 2:
            raise MsrError(
                f"Nobody of {bench.dataset.name} is a stranger to its only user here; take more "
                "--users."
            )
    by_bench = [explained_users(bench) for bench in benches]
    users = [user for own in by_bench for user in own]
    strangers = [user for own in by_bench for user in (*own[1:], own[0])]
    return {
        **_sentences(users, strangers, seed),
        "modalities": _modalities(users, seed),
        "scrutability": check_edits(users, seed),
        **_use(users, strangers, seed),
        "grounding": _grounding(users, seed),
        "calibration": _calibration(users, seed),
        **check_evolution(benches, seed),
    }


def attribute(game: Game) -> Attribution:
    """Exact Shapley values where there are few enough units, else leave one out."""
    return (shapley if len(game.units) <= MOST_EXACT else leave_one_out)(game)


def _sentences(
    users: Sequence[Explained], strangers: Sequence[Explained], seed: int
) -> dict[str, Any]:
    """Deletion, insertion, comprehensiveness and sufficiency under every removal style."""
    found: dict[str, Any] = {}
    for removal in get_args(Removal):
        checks, rows, noise = [], [], []
        pairs = list(zip(users, strangers, strict=True))
        for user, stranger in progress(pairs, desc=f"sentences, {removal}", unit="user"):
            item = user.first
            cover = user.covers.get(item.item_id)
            game = sentence_game(user.text, item, cover, user.scorer, removal, stranger.text)
            order = attribute(game).order
            checks.append(check_deletion(game, order))
            rows.append(_figures(game, order, checks[-1]))
            noise.append(noise_floor(user.text, item, cover, user.scorer))
        found[removal] = {
            "headline": _headline(checks, seed),
            **{
                name: {
                    kind: mean_with_interval([row[name][kind] for row in rows], seed)
                    for kind in ("method", "random", "oracle")
                }
                for name in rows[0]
            },
            "curves": _curves(checks),
            "noise_floor": mean_with_interval(noise, seed),
        }
    return {"headline": found["delete"]["headline"], "sentences": found}


def _figures(game: Game, order: Sequence[int], check: Deletion) -> dict[str, dict[str, float]]:
    """Three figures, each for the explanation's order, for random ones and for the greedy one."""
    deletions = {"method": check.method, "random": check.random, "oracle": check.oracle}
    insertions = {
        "method": insertion_curve(game, order),
        "random": check.random[::-1],
        "oracle": insertion_curve(game, greedy_order(game)),
    }
    return {
        "comprehensiveness": {kind: comprehensiveness(c) for kind, c in deletions.items()},
        "sufficiency": {kind: sufficiency(curve) for kind, curve in insertions.items()},
        "insertion_auc": {kind: area(curve) for kind, curve in insertions.items()},
    }


def _headline(checks: Sequence[Deletion], seed: int) -> dict[str, Any]:
    def of(rows: Sequence[Deletion]) -> float:
        return headline(rows) or 0.0

    found = resampled(lambda rows: of([checks[row] for row in rows]), len(checks), seed)
    areas = {
        kind: mean_with_interval([area(getattr(check, kind)) for check in checks], seed)
        for kind in ("method", "random", "oracle")
    }
    return found | {"deletion_auc": areas}


def _curves(checks: Sequence[Deletion]) -> dict[str, list[float]]:
    """Mean deletion curves at shares of 0, 1/4, 1/2, 3/4 and 1 of the sentences."""
    return {
        kind: [
            round(sum(_at(getattr(check, kind), share) for check in checks) / len(checks), 4)
            for share in (0.0, 0.25, 0.5, 0.75, 1.0)
        ]
        for kind in ("method", "random", "oracle")
    }


def _at(curve: Sequence[float], share: float) -> float:
    """A curve's value between its points."""
    return float(np.interp(share, np.linspace(0, 1, len(curve)), curve))


def _modalities(users: Sequence[Explained], seed: int) -> dict[str, Any]:
    """Shapley values of image, title and preference for the first-ranked candidate."""
    effects: dict[str, list[float]] = {}
    for user in progress(users, desc="modalities", unit="user"):
        item = user.first
        game = modality_game(user.text, item, user.covers.get(item.item_id), user.scorer)
        found = shapley(game)
        for unit, effect in zip(found.units, found.effects, strict=True):
            effects.setdefault(unit, []).append(effect)
    return {unit: mean_with_interval(values, seed) for unit, values in effects.items()}


def _use(users: Sequence[Explained], strangers: Sequence[Explained], seed: int) -> dict[str, Any]:
    """Kendall tau of a user's ranking with that under a stranger's preference, and under none."""
    taus: dict[str, list[float]] = {"stranger_tau": [], "empty_tau": []}
    pairs = list(zip(users, strangers, strict=True))
    for user, stranger in progress(pairs, desc="strangers", unit="user"):
        for name, text in (("stranger_tau", stranger.text), ("empty_tau", "")):
            tau = kendalltau(user.margins, user.rescored(text)).statistic
            taus[name].append(float(tau))
    return {name: mean_with_interval(values, seed) for name, values in taus.items()}


def _calibration(users: Sequence[Explained], seed: int) -> dict[str, Any]:
    """Probabilities as the model has them, and after the scorer card's Platt scaling."""
    scored = [
        scored_case(
            user.case.history.next_item.item_id,
            [item.item_id for item in user.case.candidates],
            user.margins,
        )
        for user in users
    ]
    card = ScorerCard.read(Settings.from_environment().assets / "embedded" / "recommender")
    return {
        "raw": calibration(scored, 1.0, 0.0, seed),
        "platt": calibration(scored, card.scale, card.shift, seed),
    }


def _grounding(users: Sequence[Explained], seed: int) -> dict[str, Any]:
    """Claims of the last preference that an item summary supports, and that are true."""
    supported, precise = [], []
    for user in users:
        summaries = user.bench.summaries()
        items = user.case.history.items
        stems = [stems_of(f"{i.title} {summaries[i.item_id].fused.text}") for i in items]
        themes = find_themes(user.text)
        held = [bool(find_support(theme, stems)) for theme in themes]
        supported.append(sum(held) / len(held) if held else 0.0)
        truth = PlantedTruth(user.bench.dataset)
        met = {truth.theme(item.item_id) for item in items}
        liked, passing, _ = mentioned_themes(user.text, user.bench.dataset.name)
        named = [*liked, *passing]
        precise.append(sum(key in met for key in named) / len(named) if named else 0.0)
    return {
        "claims_supported": share_with_interval(supported, seed),
        "themes_in_history": share_with_interval(precise, seed),
    }
