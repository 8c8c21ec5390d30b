"""What a reader yields, one per record of a file."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItemRead:
    """An item as its file describes it."""

    item_id: str
    title: str
    description: str = ""
    cover: str | None = None


@dataclass(frozen=True, slots=True)
class InteractionRead:
    """A user touched an item at `at`: a time in milliseconds, or a place in the user's order."""

    user_id: str
    item_id: str
    at: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record, or a part of one, that cannot be used, and why (counted by reason)."""

    reason: str


Read = ItemRead | InteractionRead | Skipped
Records = Iterator[tuple[Read, ...]]
"""One tuple per record of the file: a line may hold many interactions, or nothing usable."""
