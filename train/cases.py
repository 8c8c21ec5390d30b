"""Who is tested on what: test users by data set and fold, with what their methods share."""

import argparse
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from itertools import islice
from random import Random

from core.candidates import NEGATIVES, draw_candidates
from core.errors import DataError
from core.mllm_msr import Models
from core.preference import BLOCK_SIZE, DECODING
from core.records import Dataset, History, Item, ItemSummary, Preference
from core.settings import Settings
from core.store import Store, readable
from train.baselines.interactions import Interactions
from train.features import Features
from train.hard import hard_candidates
from train.metrics import Scored, scored_case
from train.pipeline import infer_preferences, summarize_items
from train.splits import COLD_SHARE, SEED, Split, cold_items, split_users

NEGATIVE_SETS = {
    "uniform": f"{NEGATIVES} uniform",
    "hard": "hard: old taste, right theme in the wrong style",
    "cold": f"{NEGATIVES} uniform, all candidates among {COLD_SHARE:.0%} of the items that nothing "
    "has learnt from",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One test user: what may be read, and what is to be ranked."""

    history: History
    candidates: tuple[Item, ...]


@dataclass
class Bench:
    """One data set under evaluation, with what its methods share.

    Attributes:
        dataset: of the users.
        fold: whose users are tested.
        split: of all users.
        interactions: of all users.
        cases: test users.
        cold: items that nothing may be learnt from; empty unless the table of cold items is made.
        items: of the whole catalogue, by id.
        features: of the same, in the catalogue's order.
        settings: where weights and finished fits are kept.
        tuned: the fine-tuned models; loaded when first needed.
        base: the same checkpoints without their adapters for users and scores.
        seed: of what is random.
        draw: a user's case, by the same rules; None for a user who has none.
    """

    dataset: Dataset
    fold: int
    split: Split
    interactions: Interactions
    cases: Sequence[Case]
    cold: frozenset[str]
    items: Mapping[str, Item]
    features: Features
    settings: Settings
    tuned: Callable[[], Models]
    base: Callable[[], Models]
    seed: int
    draw: Callable[[str], Case | None]

    def of_validation(self, most: int) -> "Bench":
        """The same fold with validation users in the place of test users, the first so many.

        Raises:
            DataError: if none has a case.
        """
        drawn = (self.draw(user) for user in self.split.validation)
        cases = list(islice(filter(None, drawn), most))
        if not cases:
            raise DataError(
                f"{self.dataset.name}: no validation user has such candidates, so that nothing can "
                "be weighed on them."
            )
        return replace(self, cases=cases, _summaries={}, _preferences={})

    def scored(self, margins: Sequence[Sequence[float]]) -> list[Scored]:
        """Every case with the scores of its candidates."""
        return [
            scored_case(case.history.next_item.item_id, [i.item_id for i in case.candidates], row)
            for case, row in zip(self.cases, margins, strict=True)
        ]

    @cached_property  # asked for user by user
    def learnable(self) -> Interactions:
        """The same users, as if nobody had ever met the cold items."""
        if not self.cold:
            return self.interactions
        left = {
            user: tuple(item for item in items if item not in self.cold)
            for user, items in self.interactions.sequences.items()
        }
        return replace(self.interactions, sequences=left)

    _summaries: dict[bool, dict[str, ItemSummary]] = field(default_factory=dict)
    _preferences: dict[tuple[object, ...], list[tuple[Preference, ...]]] = field(
        default_factory=dict
    )

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
        models: Models,
        *,
        read_image: bool = True,
        block_size: int | None = BLOCK_SIZE,
        max_new_tokens: int = DECODING.max_new_tokens,
        repetition_penalty: float = 1.0,
    ) -> list[tuple[Preference, ...]]:
        """Stage 2 for every test user; written once."""
        writer = models.user_summarizer.checkpoint
        key = (writer, read_image, block_size, max_new_tokens, repetition_penalty)
        if key not in self._preferences:
            self._preferences[key] = infer_preferences(
                [case.history.items for case in self.cases],
                self.summaries(read_image=read_image),
                self.dataset,
                models.user_summarizer,
                block_size=block_size,
                max_new_tokens=max_new_tokens,
                repetition_penalty=repetition_penalty,
            )
        return self._preferences[key]


def open_benches(
    arguments: argparse.Namespace,
    settings: Settings,
    store: Store,
    tuned: Callable[[], Models],
    base: Callable[[], Models],
) -> list[Bench]:
    """One bench a data set and fold, with its share of the test users.

    Args:
        arguments: ``dataset`` (names, with commas), ``folds``, ``users``, ``seed`` and
            ``negatives``.
        settings: where weights, features and finished fits are kept.
        store: where the data sets are.
        tuned: loads the fine-tuned models.
        base: loads them without their adapters.
    """
    names = arguments.dataset.split(",")
    if len(set(names)) < len(names):  # every user twice would make an interval too narrow
        raise DataError(f"{arguments.dataset} names a data set twice.")
    datasets = {name: store.dataset(name) for name in names}
    known = {name: Interactions.of(store, name) for name in names}
    people = {name: store.user_ids(name, shortest=3) for name in names}
    splits = {
        name: [split_users(people[name], fold) for fold in range(arguments.folds)] for name in names
    }
    tested = _tested(splits, arguments.users)
    benches = []
    for name in names:
        asked, catalogue = tested[name], _Catalogue(store, datasets[name], known[name])
        rules = {"uniform": catalogue.uniform, "hard": catalogue.hard, "cold": catalogue.cold}
        draw = partial(rules[arguments.negatives], seed=arguments.seed)
        describe = cache(partial(_described, datasets[name], catalogue.items, tuned))
        features = Features(datasets[name], catalogue.items, settings.home, describe)
        for fold, split in enumerate(splits[name]):
            drawn = (draw(user) for user in split.test if user in asked)
            cases = [case for case in drawn if case]
            if cases:
                benches.append(
                    Bench(
                        dataset=datasets[name],
                        fold=fold,
                        split=split,
                        interactions=known[name],
                        cases=cases,
                        cold=catalogue.withheld if arguments.negatives == "cold" else frozenset(),
                        items=catalogue.by_id,
                        features=features,
                        settings=settings,
                        tuned=tuned,
                        base=base,
                        seed=arguments.seed,
                        draw=draw,
                    )
                )
    if not benches:
        raise DataError(f"{arguments.dataset}: no test user has {arguments.negatives} candidates.")
    return benches


def _tested(splits: Mapping[str, Sequence[Split]], most: int | None) -> dict[str, set[str]]:
    """Who is tested, by data set: all test users of its folds, or as even a share of so many."""
    test = {name: [user for fold in folds for user in fold.test] for name, folds in splits.items()}
    shares = [len(users) for users in test.values()]
    if most:
        shares = shared_out(most, shares)
    return {
        name: set(Random(f"{SEED}/{name}/test").sample(sorted(users), share))
        for (name, users), share in zip(test.items(), shares, strict=True)
    }


def cases_hash(benches: Sequence[Bench]) -> str:
    """Tells who is tested on what: a data set that was prepared anew may have as many others."""
    told = [
        [
            case.history.user_id,
            [item.item_id for item in case.history.items],
            [item.item_id for item in case.candidates],
        ]
        for bench in benches
        for case in bench.cases
    ]
    return hashlib.sha256(json.dumps(sorted(told)).encode()).hexdigest()[:12]


def _described(
    dataset: Dataset, items: Sequence[Item], models: Callable[[], Models]
) -> dict[str, str]:
    """What stage 1 says of the items' images, of those that have one, by item id."""
    seen = [item for item in items if item.cover]
    if not seen:  # no model is loaded to say nothing
        return {}
    summaries = summarize_items(seen, dataset, models().item_summarizer)
    said = {item_id: summary.image_description for item_id, summary in summaries.items()}
    return {item_id: text.text for item_id, text in said.items() if text}


def no_models() -> Models:
    """For benches whose methods ask no model.

    Raises:
        AssertionError: when called.
    """
    raise AssertionError("No method of this command asks a model.")


def shared_out(total: int, available: Sequence[int]) -> list[int]:
    """Part a number as evenly as what is available allows, at most all of it."""
    shares = [0] * len(available)
    for done, part in enumerate(sorted(range(len(available)), key=available.__getitem__)):
        shares[part] = min(available[part], (total - sum(shares)) // (len(available) - done))
    return shares


class _Catalogue:
    """Draws users' candidates out of a catalogue that is read once, not for each user."""

    def __init__(self, store: Store, dataset: Dataset, known: Interactions) -> None:
        self._dataset, self._known = dataset, known
        self.items = store.items(dataset.name, known.item_ids)
        self.by_id = {item.item_id: item for item in self.items}
        self.withheld = cold_items(dataset.name, known.item_ids)
        self._cold_ids = sorted(self.withheld)

    def uniform(self, user: str, seed: int) -> Case:
        """The last item among items that the user never touched."""
        touched = self._known.sequences[user]
        drawn = draw_candidates(touched[-1], touched, self._known.item_ids, user, seed=seed)
        return Case(self._history(user, touched), self._found(drawn))

    def hard(self, user: str, seed: int) -> Case:
        """See `train.hard`."""
        touched = self._known.sequences[user]
        history = self._history(user, touched)
        drawn = hard_candidates(history, touched, self._known.item_ids, seed)
        return Case(history, self._found(drawn))

    def cold(self, user: str, seed: int) -> Case | None:
        """The user's last cold item among untouched cold items, after what came before it.

        None for a user without one, or with less than two items before it.
        """
        touched = self._known.sequences[user]
        last = next((n for n in range(len(touched) - 1, 1, -1) if touched[n] in self.withheld), 0)
        if not last:
            return None
        met = [item for item in touched if item in self.withheld]
        drawn = draw_candidates(touched[last], met, self._cold_ids, user, seed=seed)
        return Case(self._history(user, touched[: last + 1]), self._found(drawn))

    def _history(self, user: str, touched: Sequence[str]) -> History:
        *read, last = self._found(readable(touched))
        return History(self._dataset, user, tuple(read), last)

    def _found(self, item_ids: Sequence[str]) -> tuple[Item, ...]:
        return tuple(self.by_id[item_id] for item_id in item_ids)
