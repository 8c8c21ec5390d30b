"""Seconds of a thing that is done some times over."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One timed thing.

    Attributes:
        name: what.
        median_s: median wall seconds over the rounds.
        spread_s: slowest minus fastest round.
        ratio: its median over ours, for a rival; None for ours and for things without one.
    """

    name: str
    median_s: float
    spread_s: float
    ratio: float | None = None


def timed(name: str, rounds: int, run: Callable[[], object], ours: Row | None = None) -> Row:
    """Do it once to warm up, then time every round."""
    run()  # warm up
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - started)
    return summary(name, seconds, ours)


def summary(name: str, seconds: Sequence[float], ours: Row | None = None) -> Row:
    """Median and spread of seconds; the ratio too where there is one of ours."""
    median = statistics.median(seconds)
    return Row(
        name,
        round(median, 4),
        round(max(seconds) - min(seconds), 4),
        round(median / ours.median_s, 2) if ours else None,
    )
