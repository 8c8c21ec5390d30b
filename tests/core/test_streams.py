from collections.abc import Generator

import pytest

from core.streams import Stream, drain


def _counting(closed: list[bool]) -> Generator[int, None, str]:
    try:
        yield from (1, 2, 3)
    finally:
        closed.append(True)
    return "done"


def test_a_loop_sees_every_piece_and_then_the_value() -> None:
    stream = Stream(_counting([]))
    assert list(stream) == [1, 2, 3]
    assert stream.value == "done"
    assert drain(_counting([])) == "done"


def test_a_loop_that_is_left_has_no_value() -> None:
    closed: list[bool] = []
    stream = Stream(_counting(closed))
    for _ in stream:
        break
    assert closed
    with pytest.raises(AttributeError):
        _ = stream.value


def test_whoever_closes_the_loop_closes_the_generator() -> None:
    closed: list[bool] = []

    def shown() -> Generator[int, None, None]:
        for piece in Stream(_counting(closed)):  # noqa: UP028  (as those who use it write it)
            yield piece

    pieces = shown()
    assert next(pieces) == 1
    assert not closed
    pieces.close()
    assert closed
