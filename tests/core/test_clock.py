"""Seconds by stage: those of the work, and not of whoever looks at it."""

import time
from collections.abc import Generator

import pytest

from core.clock import Clock


def steps() -> Generator[int, None, str]:
    for number in range(3):
        time.sleep(0.01)
        yield number
    return "done"


def test_the_time_for_which_a_caller_holds_a_report_is_not_counted() -> None:
    clock, seen = Clock(), []

    def watched() -> Generator[int, None, None]:
        seen.append((yield from clock.timed("reading", steps())))

    for _ in watched():
        time.sleep(0.2)
    assert seen == ["done"]
    assert 0.03 <= clock.seconds["reading"] < 0.6
    assert clock.seconds["total"] == clock.seconds["reading"]


def test_steps_end_with_whoever_stops_looking() -> None:
    given = steps()
    watched = Clock().timed("reading", given)
    next(watched)
    watched.close()
    with pytest.raises(StopIteration):
        next(given)
