"""Loops over generators that yield what is seen meanwhile and return what came of it."""

from collections.abc import Generator, Iterator
from typing import Generic, TypeVar

Piece = TypeVar("Piece")
Value = TypeVar("Value")


class Stream(Generic[Piece, Value]):
    """A generator for a ``for`` loop, which would throw away what it returns.

    Attributes:
        value: what it returned, once the loop has come to its end.
    """

    value: Value

    def __init__(self, pieces: Generator[Piece, None, Value]) -> None:
        """Take a generator; it is closed with the loop, when that has been left or closed."""
        self._pieces = pieces

    def __iter__(self) -> Iterator[Piece]:
        """Yield its pieces, and keep what it returns."""
        self.value = yield from self._pieces


def drain(pieces: Generator[object, None, Value]) -> Value:
    """Run a generator to its end and return its value, for callers that do not show the pieces."""
    stream = Stream(pieces)
    for _ in stream:
        pass
    return stream.value
