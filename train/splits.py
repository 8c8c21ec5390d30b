"""Folds of users, alike for every method and every command."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from core.errors import DataError
from core.store import Store

FOLDS = 5
SEED = 7
TESTED = 1 / FOLDS  # of all users, in each fold
TRAINED = (1 - TESTED) * 7 / 8
COLD_SHARE = 0.2  # of the items, for the table of cold items


@dataclass(frozen=True, slots=True)
class Split:
    """Users of one fold; a test user's history is input only, its next item is never learnt."""

    train: tuple[str, ...]
    validation: tuple[str, ...]
    test: tuple[str, ...]


def split_users(users: Sequence[str], fold: int = 0) -> Split:
    """Split users into one fold to test, and an eighth of the rest to validate.

    Args:
        users: in any order.
        fold: which of the five is tested.

    Raises:
        DataError: if there are too few users for five folds.
    """
    if len(users) < 2 * FOLDS:
        raise DataError(f"{len(users)} users are too few for {FOLDS} folds.")
    order = sorted(users)
    Random(f"{SEED}/folds").shuffle(order)
    test = order[fold::FOLDS]
    rest = [user for number, user in enumerate(order) if number % FOLDS != fold]
    return Split(tuple(rest[len(rest) // 8 :]), tuple(rest[: len(rest) // 8]), tuple(test))


def population(users: Sequence[str], items: Sequence[str]) -> str:
    """SHA-256 of who and what a data set holds: cold items follow from it."""
    return hashlib.sha256(json.dumps([sorted(users), sorted(items)]).encode()).hexdigest()


def content_of(store: Store, dataset: str) -> str:
    """SHA-256 of what there is to learn from a data set: who took what, and what items show."""
    items = store.items(dataset, store.item_ids(dataset))
    shown = [(item.item_id, item.title, item.description, bool(item.cover)) for item in items]
    taken = sorted(store.sequences(dataset).items())
    return hashlib.sha256(json.dumps([shown, taken]).encode()).hexdigest()


def cold_items(dataset: str, item_ids: Sequence[str]) -> frozenset[str]:
    """The items that nothing may learn from where cold items are ranked.

    Args:
        dataset: its name.
        item_ids: of the whole catalogue, in its order.
    """
    count = round(COLD_SHARE * len(item_ids))
    return frozenset(Random(f"{SEED}/{dataset}/cold").sample(item_ids, count))
