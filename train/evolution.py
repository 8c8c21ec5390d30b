"""Is the evolution of a preference more than noise? Blocks against samples of the same block."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise, product
from typing import Any

from core.errors import MsrError
from core.language_model import TextGenerator
from core.preference import DECODING, infer_preference
from core.records import Preference
from core.streams import drain
from core.themes import find_themes
from core.waves import in_waves
from train.cases import Bench
from train.metrics import resampled, share_with_interval
from train.pipeline import counted

SAMPLES = 5  # texts a block
SAMPLING = replace(DECODING, temperature=0.6, top_p=0.9)  # as the authors decode


def check_evolution(benches: Sequence[Bench], seed: int) -> dict[str, Any]:
    """Compare themes between blocks with themes within one, resampled.

    Returns:
        `evolution_over_noise`: mean distance of two samples of neighbouring blocks over that of
        two samples of one block; `forgetting`: share of the first block's themes that are left,
        by block; `shuffled`: how far the last preference moves if blocks come in another order.
    """
    pairs = [pair for bench in benches for pair in _distances(bench, seed)]
    forgetting: dict[int, list[float]] = {}
    shuffled = []
    for bench in benches:
        written = bench.preferences(bench.tuned())
        for preferences in written:
            first = _themes(preferences[0].written.text)
            for number, preference in enumerate(preferences[1:], 2):
                left = first & _themes(preference.written.text)
                forgetting.setdefault(number, []).append(len(left) / len(first) if first else 1.0)
        shuffled += _shuffled(bench, written)
    if not pairs:
        raise MsrError("No user has two blocks, so that nothing evolves; take more --users.")
    between, within = zip(*pairs, strict=True)
    ratio = resampled(
        lambda rows: _ratio([between[r] for r in rows], [within[r] for r in rows]), len(pairs), seed
    )
    return {
        "evolution_over_noise": {
            **ratio,
            "between": share_with_interval(between, seed),
            "within": share_with_interval(within, seed),
        },
        "forgetting": {str(n): share_with_interval(v, seed) for n, v in sorted(forgetting.items())},
        "shuffled": share_with_interval(shuffled, seed),
    }


def _ratio(between: Sequence[float], within: Sequence[float]) -> float:
    noise = sum(within) / len(within)
    return sum(between) / len(between) / max(noise, 1e-6)


def _distances(bench: Bench, seed: int) -> list[tuple[float, float]]:
    """For every user with two blocks: mean distance between neighbouring blocks, and within one."""
    model = bench.tuned().user_summarizer
    summaries = bench.summaries()
    noun = bench.dataset.noun

    def sampled(
        before: Preference | None, preference: Preference, sample: int, ahead: TextGenerator
    ) -> str:
        decoding = replace(SAMPLING, seed=seed * SAMPLES + sample)
        steps = infer_preference(preference.block, summaries, before, noun, ahead, decoding)
        return drain(steps).written.text

    def job(preferences: tuple[Preference, ...], ahead: TextGenerator) -> list[list[str]]:
        return [
            [sampled(before, preference, sample, ahead) for sample in range(SAMPLES)]
            for before, preference in zip((None, *preferences), preferences, strict=False)
        ]

    written = bench.preferences(bench.tuned())
    jobs = [lambda ahead, p=p: job(p, ahead) for p in written]
    most = SAMPLES * sum(len(preferences) for preferences in written)
    found = counted(in_waves(jobs, model), f"samples of {bench.dataset.name}", most)
    rows = []
    for blocks in found:
        themes = [[_themes(text) for text in texts] for texts in blocks]
        if len(themes) < 2:
            continue
        within = [_distance(a, b) for texts in themes for a, b in combinations(texts, 2)]
        between = [_distance(a, b) for one, two in pairwise(themes) for a, b in product(one, two)]
        rows.append((sum(between) / len(between), sum(within) / len(within)))
    return rows


def _shuffled(bench: Bench, written: Sequence[tuple[Preference, ...]]) -> list[float]:
    """Distance of the last preference from that of the same blocks read backwards."""
    summaries, noun = bench.summaries(), bench.dataset.noun
    known = [preferences for preferences in written if len(preferences) > 1]

    def job(preferences: tuple[Preference, ...], ahead: TextGenerator) -> str:
        before: Preference | None = None
        for preference in reversed(preferences):
            before = drain(infer_preference(preference.block, summaries, before, noun, ahead))
        return before.written.text if before else ""

    jobs = [lambda ahead, p=p: job(p, ahead) for p in known]
    most = sum(len(preferences) for preferences in known)
    model = bench.tuned().user_summarizer
    turned = counted(in_waves(jobs, model), f"blocks of {bench.dataset.name} backwards", most)
    return [
        _distance(_themes(preferences[-1].written.text), _themes(text))
        for preferences, text in zip(known, turned, strict=True)
    ]


def _themes(text: str) -> frozenset[str]:
    return frozenset(theme.phrase for theme in find_themes(text))


def _distance(one: frozenset[str], two: frozenset[str]) -> float:
    """Jaccard distance of two sets of themes; two empty ones are alike."""
    return 1 - len(one & two) / len(one | two) if one | two else 0.0
