"""The methods that are evaluated: each scores the same candidates of the same users."""

from collections.abc import Callable, Sequence
from random import Random

from core.mllm_msr import Models
from core.preference import BLOCK_SIZE, DECODING
from core.records import Item, Preference
from core.results import BLOCK_SIZES, LENGTHS
from core.rivals import UNTRAINED_PENALTY
from train.baselines.tallrec import tallrec
from train.cases import Bench
from train.pipeline import margins_of
from train.planted import PlantedTaste, PlantedTruth

Method = Callable[[Bench], list[tuple[float, ...]]]


def _oracle(bench: Bench) -> list[tuple[float, ...]]:
    """The planted taste: theme first, then style."""
    truth = PlantedTruth(bench.dataset)
    return [
        tuple(
            agreement(truth, truth.taste(case.history.user_id, len(case.history.items)), item)
            for item in case.candidates
        )
        for case in bench.cases
    ]


def agreement(truth: PlantedTruth, taste: PlantedTaste, item: Item) -> float:
    """How well an item suits a planted taste, from 0 to 3."""
    theme = truth.theme(item.item_id) in taste.themes
    return 2.0 * theme + 1.0 * (truth.style(item.item_id) == taste.style)


def _random(bench: Bench) -> list[tuple[float, ...]]:
    rng = Random(f"{bench.seed}/random")
    return [tuple(rng.random() for _ in case.candidates) for case in bench.cases]


def _recurrent(
    *,
    block_size: int | None = BLOCK_SIZE,
    max_new_tokens: int = DECODING.max_new_tokens,
    summaries_see: bool = True,
    scores_see: bool = True,
) -> Method:
    """A variant of the method with the fine-tuned models."""

    def run(bench: Bench) -> list[tuple[float, ...]]:
        models = bench.tuned()
        preferences = bench.preferences(
            models,
            read_image=summaries_see,
            block_size=block_size,
            max_new_tokens=max_new_tokens,
        )
        return _scored(bench, models, preferences, scores_see)

    return run


def _zero_shot(bench: Bench) -> list[tuple[float, ...]]:
    """The same item summaries; users and candidates by the models as they were published."""
    models = bench.base()
    preferences = bench.preferences(models, repetition_penalty=UNTRAINED_PENALTY)
    return _scored(bench, models, preferences, True)


def _scored(
    bench: Bench, models: Models, preferences: Sequence[tuple[Preference, ...]], see: bool
) -> list[tuple[float, ...]]:
    return margins_of(
        [written[-1].written.text for written in preferences],
        [case.candidates for case in bench.cases],
        bench.dataset,
        models.recommender,
        models.order,
        read_image=see,
    )


METHODS: dict[str, Method] = {
    "oracle": _oracle,
    "random": _random,
    "mllm-msr": _recurrent(),
    "zero-shot": _zero_shot,
    "tallrec": tallrec,
    "direct": _recurrent(block_size=None),
    "text-only": _recurrent(summaries_see=False, scores_see=False),
    "no-image-summary": _recurrent(summaries_see=False),
    **{f"block-{n}": _recurrent(block_size=n) for n in BLOCK_SIZES},
    **{f"length-{n}": _recurrent(max_new_tokens=n) for n in LENGTHS},
}
