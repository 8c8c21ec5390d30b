"""Item summaries and preferences of a whole data set, into the store (paper, stages 1 and 2).

Blocks of many users are read in step, in batches (`core.waves`). Every text is kept under the
content it was made from as soon as it is written, so a killed job goes on where it was and writes
nothing twice; a job that comes to its end has found every text there.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from core.mllm_msr import Models
from core.records import ItemSummary
from core.store import Store
from train.pipeline import infer_preferences, summarize_items

AT_ONCE = 500  # users, or items: what is held in memory

Kind = TypeVar("Kind")


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
    read: set[str] = set()
    preferences = 0
    for part in parts(users):
        histories = [store.history(dataset, user).items for user in part]
        items = {item.item_id: item for history in histories for item in history}
        summaries: dict[str, ItemSummary] = {}
        for ids in parts(list(items)):
            summaries |= summarize_items([items[i] for i in ids], known, models.item_summarizer)
        written = infer_preferences(histories, summaries, known, models.user_summarizer)
        preferences += sum(map(len, written))
        read |= items.keys()
    return Summarized(len(read), len(users), preferences, round(time.perf_counter() - began, 1))


def parts(everything: Sequence[Kind]) -> Iterator[Sequence[Kind]]:
    """Cut into parts that fit into memory."""
    return (everything[at : at + AT_ONCE] for at in range(0, len(everything), AT_ONCE))
