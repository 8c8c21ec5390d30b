"""What a reader yields, one per record of a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TextIO

MOST_ID = 200  # characters; what is longer names nothing
MOST_TITLE, MOST_DESCRIPTION = 1_000, 20_000  # characters; prompts and pages quote less
MOST_LINE = 5_000_000  # characters: packed, a gigabyte of blanks is a small file


class ItemRead(NamedTuple):
    """An item as its file describes it."""

    item_id: str
    title: str
    description: str = ""
    cover: str | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """Whose names are kept."""
        return (self.item_id,)


class InteractionRead(NamedTuple):
    """A user touched an item at `at`: a time in milliseconds, or a place in the user's order."""

    user_id: str
    item_id: str
    at: int

    @property
    def ids(self) -> tuple[str, ...]:
        """As of an item."""
        return self.user_id, self.item_id


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record, or a part of one, that cannot be used, and why (counted by reason)."""

    reason: str


def lines_of(file: TextIO) -> Iterator[str | Skipped]:
    """The lines of a file; one that is too long to be a record is left without being held."""
    while line := file.readline(MOST_LINE):
        if len(line) < MOST_LINE or line.endswith("\n"):
            yield line
            continue
        while (rest := file.readline(MOST_LINE)) and not rest.endswith("\n"):
            pass
        yield Skipped("line too long")


Read = ItemRead | InteractionRead | Skipped
Records = Iterator[tuple[Read, ...]]
"""One tuple per record of the file: a line may hold many interactions, or nothing usable."""
