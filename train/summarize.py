"""Item summaries and preferences of a whole data set, into the store (paper, stages 1 and 2).

Blocks of many users are read in step, in batches (`core.waves`). Every text is kept under the
content it was made from as soon as its batch is written, so a killed job goes on where it was and
keeps nothing twice; a job that comes to its end has found every text there.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from core.mllm_msr import Models
from core.records import Dataset
from core.store import Store, readable
from train.pipeline import infer_preferences, parts, summarize_items
from train.progress import progress


@dataclass(frozen=True, slots=True)
class Summarized:
    """What a job went through, remembered texts included."""

    items: int
    users: int
    preferences: int
    seconds: float


def summarize(dataset: str, store: Store, models: Models, most: int | None = None) -> Summarized:
    """Write the item summaries and preferences of a data set's users.

    Args:
        dataset: name of a prepared data set.
        store: where its histories are.
        models: remember what they write.
        most: users, the first so many by id; all of them when None.

    Raises:
        DataError: for an unknown data set.
    """
    began = time.perf_counter()
    known = store.dataset(dataset)
    users = store.user_ids(dataset, shortest=2)[:most]
    preferences = 0
    with progress(total=len(users), desc=f"users of {dataset}", unit="user") as bar:
        for part in parts(users):
            preferences += write_preferences(part, known, store, models)
            bar.update(len(part))
    items = len(items_of(dataset, users, store))
    return Summarized(items, len(users), preferences, round(time.perf_counter() - began, 1))


def items_of(dataset: str, users: Sequence[str], store: Store) -> list[str]:
    """The ids of what these users' histories hold, each once, by one query for all of them."""
    known = store.sequences(dataset)
    return list(dict.fromkeys(item for user in users for item in readable(known[user])[:-1]))


def write_preferences(users: Sequence[str], dataset: Dataset, store: Store, models: Models) -> int:
    """Stages 1 and 2 of users, as far as they are not remembered; counts the preferences."""
    histories = [store.history(dataset.name, user).items for user in users]
    items = {item.item_id: item for history in histories for item in history}
    summaries = summarize_items(list(items.values()), dataset, models.item_summarizer)
    written = infer_preferences(histories, summaries, dataset, models.user_summarizer)
    return sum(map(len, written))
