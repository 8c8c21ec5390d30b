"""Who is tested on what: test users by data set and fold, with what their methods share."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random

from core.candidates import draw_candidates
from core.mllm_msr import Models
from core.records import Dataset, History, Item, ItemSummary, Preference
from core.store import Store, readable
from train.baselines.interactions import Interactions
from train.hard import hard_candidates
from train.pipeline import infer_preferences, summarize_items
from train.splits import SEED, Split, split_users


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
        tuned: the fine-tuned models; loaded when first needed.
        base: the same checkpoints without their adapters for users and scores.
        seed: of what is random.
    """

    dataset: Dataset
    fold: int
    split: Split
    interactions: Interactions
    cases: Sequence[Case]
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


def open_benches(
    arguments: argparse.Namespace,
    store: Store,
    tuned: Callable[[], Models],
    base: Callable[[], Models],
) -> list[Bench]:
    """One bench a data set and fold, with its share of the test users.

    Args:
        arguments: ``dataset`` (names, with commas), ``folds``, ``users``, ``seed`` and ``hard``.
        store: where the data sets are.
        tuned: loads the fine-tuned models.
        base: loads them without their adapters.
    """
    names = arguments.dataset.split(",")
    datasets = {name: store.dataset(name) for name in names}
    known = {name: Interactions.of(store, name) for name in names}
    people = {name: store.user_ids(name, shortest=3) for name in names}
    splits = {
        name: [split_users(people[name], fold) for fold in range(arguments.folds)] for name in names
    }
    test = {name: [user for split in splits[name] for user in split.test] for name in names}
    if arguments.users:
        shares = shared_out(arguments.users, [len(users) for users in test.values()])
        for (name, users), share in zip(test.items(), shares, strict=True):
            test[name] = Random(f"{SEED}/{name}/test").sample(sorted(users), share)
    benches = []
    for name in names:
        asked, dataset = set(test[name]), datasets[name]
        draw = _Drawing(store, dataset, known[name], arguments.seed, hard=arguments.hard)
        for fold, split in enumerate(splits[name]):
            cases = [draw.case(user) for user in split.test if user in asked]
            if cases:
                benches.append(
                    Bench(dataset, fold, split, known[name], cases, tuned, base, arguments.seed)
                )
    return benches


def shared_out(total: int, available: Sequence[int]) -> list[int]:
    """Part a number as evenly as what is available allows, at most all of it."""
    shares = [0] * len(available)
    for done, part in enumerate(sorted(range(len(available)), key=available.__getitem__)):
        shares[part] = min(available[part], (total - sum(shares)) // (len(available) - done))
    return shares


class _Drawing:
    """Draws users' candidates; the catalogue is read once, not for each user."""

    def __init__(
        self, store: Store, dataset: Dataset, known: Interactions, seed: int, *, hard: bool
    ) -> None:
        self._store, self._dataset, self._known = store, dataset, known
        self._seed, self._hard = seed, hard

    @cache  # noqa: B019  # lives as long as one command
    def _items(self) -> Mapping[str, Item]:
        items = self._store.items(self._dataset.name, self._known.item_ids)
        return {item.item_id: item for item in items}

    def case(self, user: str) -> Case:
        touched, items = self._known.sequences[user], self._items()
        read = [items[item_id] for item_id in readable(touched)]
        history = History(self._dataset, user, tuple(read[:-1]), read[-1])
        if self._hard:
            return Case(history, hard_candidates(self._store, history, self._seed))
        drawn = draw_candidates(touched[-1], touched, self._known.item_ids, user, seed=self._seed)
        return Case(history, tuple(items[item_id] for item_id in drawn))
