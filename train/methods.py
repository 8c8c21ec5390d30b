"""The methods that are evaluated: each scores the same candidates of the same users."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from core.mllm_msr import Models
from core.records import Dataset, History, Item, ItemSummary, Preference
from core.results import BLOCK_SIZES, LENGTHS
from core.rivals import UNTRAINED_PENALTY
from core.store import Store
from train.pipeline import infer_preferences, margins_of, summarize_items
from train.planted import PlantedTaste, PlantedTruth


@dataclass(frozen=True, slots=True)
class Case:
    """One test user: what may be read, and what is to be ranked."""

    history: History
    candidates: tuple[Item, ...]


@dataclass
class Bench:
    """One data set under evaluation, with what its methods share.

    Attributes:
        store: where the data set is.
        dataset: of the users.
        fold: whose users are tested.
        cases: test users.
        popularity: interactions of training users, by item id.
        tuned: the fine-tuned models; loaded when first needed.
        base: the same checkpoints without their adapters for users and scores.
        seed: of what is random.
    """

    store: Store
    dataset: Dataset
    fold: int
    cases: Sequence[Case]
    popularity: Mapping[str, int]
    tuned: Callable[[], Models]
    base: Callable[[], Models]
    seed: int
    _summaries: dict[bool, dict[str, ItemSummary]] = field(default_factory=dict)
    _preferences: dict[str, list[tuple[Preference, ...]]] = field(default_factory=dict)

    def summaries(self, *, read_image: bool = True) -> dict[str, ItemSummary]:
        """Stage 1 for every item of the test users' histories."""
        if read_image not in self._summaries:
            items = [item for case in self.cases for item in case.history.items]
            model = self.tuned().item_summarizer
            self._summaries[read_image] = summarize_items(
                items, self.dataset, model, read_image=read_image
            )
        return self._summaries[read_image]

    def preferences(
        self,
        name: str,
        *,
        models: Models,
        read_image: bool = True,
        block_size: int | None = 3,
        max_new_tokens: int = 96,
        repetition_penalty: float = 1.0,
    ) -> list[tuple[Preference, ...]]:
        """Stage 2 for every test user; written once under each name."""
        if name not in self._preferences:
            self._preferences[name] = infer_preferences(
                [case.history.items for case in self.cases],
                self.summaries(read_image=read_image),
                self.dataset,
                models.user_summarizer,
                block_size=block_size,
                max_new_tokens=max_new_tokens,
                repetition_penalty=repetition_penalty,
            )
        return self._preferences[name]


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


def _popularity(bench: Bench) -> list[tuple[float, ...]]:
    return [
        tuple(float(bench.popularity.get(item.item_id, 0)) for item in case.candidates)
        for case in bench.cases
    ]


def _recurrent(
    name: str = "mllm-msr",
    *,
    block_size: int | None = 3,
    max_new_tokens: int = 96,
    summaries_see: bool = True,
    scores_see: bool = True,
) -> Method:
    """A variant of the method with the fine-tuned models."""

    def run(bench: Bench) -> list[tuple[float, ...]]:
        models = bench.tuned()
        preferences = bench.preferences(
            name,
            models=models,
            read_image=summaries_see,
            block_size=block_size,
            max_new_tokens=max_new_tokens,
        )
        return _scored(bench, models, preferences, scores_see)

    return run


def _zero_shot(bench: Bench) -> list[tuple[float, ...]]:
    """The same item summaries; users and candidates by the models as they were published."""
    models = bench.base()
    preferences = bench.preferences(
        "zero-shot", models=models, repetition_penalty=UNTRAINED_PENALTY
    )
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
    "popularity": _popularity,
    "mllm-msr": _recurrent(),
    "zero-shot": _zero_shot,
    "direct": _recurrent("direct", block_size=None),
    "text-only": _recurrent("text-only", summaries_see=False, scores_see=False),
    "no-image-summary": _recurrent("text-only", summaries_see=False),
    **{f"block-{n}": _recurrent(f"block-{n}", block_size=n) for n in BLOCK_SIZES if n != 3},
    "block-3": _recurrent(),
    **{f"length-{n}": _recurrent(f"length-{n}", max_new_tokens=n) for n in LENGTHS if n != 96},
    "length-96": _recurrent(),
}


def count_popularity(store: Store, dataset: str, users: Sequence[str]) -> Counter[str]:
    """How often these users took each item."""
    return Counter(item for user in users for item in store.touched(dataset, user))
