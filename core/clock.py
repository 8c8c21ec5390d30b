"""Wall time by stage; the time for which a caller holds a report is not counted."""

import time
from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import TypeVar

Step = TypeVar("Step")
Value = TypeVar("Value")


class Clock:
    """Adds up seconds by stage."""

    def __init__(self) -> None:
        """Begin with none."""
        self._seconds: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what is done meanwhile."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self._seconds[name] += time.perf_counter() - started

    def timed(self, name: str, steps: Generator[Step, None, Value]) -> Generator[Step, None, Value]:
        """Yield a stage's steps, and return what it returns; the time until each step counts."""
        try:
            while True:
                with self.stage(name):
                    step = next(steps)
                yield step
        except StopIteration as end:
            value: Value = end.value
            return value
        finally:
            steps.close()

    @property
    def seconds(self) -> dict[str, float]:
        """By stage, and their total."""
        rounded = {stage: round(spent, 3) for stage, spent in self._seconds.items()}
        return rounded | {"total": round(sum(self._seconds.values()), 3)}
