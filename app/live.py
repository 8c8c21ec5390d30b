"""Runs a model in one background thread, so that a page can watch it and walk away from it."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import TypeVar

from core.errors import MsrError

Report = TypeVar("Report")

SECONDS_BETWEEN_REPORTS = 0.25  # a browser repaints the story in well under this
MOST_JOBS = 12  # running and waiting; who comes later is told so, and not after half an hour


class _WatcherLeftError(Exception):
    """Unwinds a job whose watcher has left."""


class Stage:
    """One thread for all live runs: a model is not shared, and a second run waits its turn."""

    def __init__(self, pause: float = SECONDS_BETWEEN_REPORTS) -> None:
        """Start no thread yet; `pause` is the shortest time between two reports."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live-run")
        self._pause = pause
        self._going: set[Future[None]] = set()

    def watch(
        self, job: Callable[[Callable[[Report], None]], None]
    ) -> AsyncGenerator[Report | str, None]:
        """Run a job and yield its newest report, at most one per pause; the last is never lost.

        Where jobs of others come before it, a line that says so comes first. Leaving the iterator
        stops the job at its next report. What the job raises is raised there.

        Args:
            job: called in the thread with a function that takes reports.

        Raises:
            MsrError: at once, if too many jobs wait already.
        """
        waiting = len(self._going)
        if waiting >= MOST_JOBS:
            raise MsrError(
                f"{waiting} questions wait for the model already; ask again in a minute."
            )
        return self._watched(job)

    async def _watched(
        self, job: Callable[[Callable[[Report], None]], None]
    ) -> AsyncGenerator[Report | str, None]:
        ahead = len(self._going)
        loop = asyncio.get_running_loop()
        news = asyncio.Event()
        newest: list[Report] = []
        left = threading.Event()

        def deliver(report: Report) -> None:
            newest[:] = [report]
            news.set()

        def report_to_loop(report: Report) -> None:
            if left.is_set():
                raise _WatcherLeftError
            loop.call_soon_threadsafe(deliver, report)

        def work() -> None:
            with suppress(_WatcherLeftError):
                job(report_to_loop)

        visitor = copy_context()  # ZeroGPU finds in it whose share of GPU time is used
        running = self._thread.submit(visitor.run, work)
        self._going.add(running)
        running.add_done_callback(self._going.discard)
        done = asyncio.wrap_future(running)
        done.add_done_callback(lambda _: news.set())
        # What goes wrong after the watcher has left is nobody's to hear of.
        done.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        try:
            if ahead:
                yield _waiting(ahead)
            while newest or not done.done():
                await news.wait()
                news.clear()
                while newest:
                    yield newest.pop()
                    if not done.done():
                        await asyncio.sleep(self._pause)
            done.result()
        finally:
            left.set()
            running.cancel()


def _waiting(ahead: int) -> str:
    others = "another question is" if ahead == 1 else f"{ahead} other questions are"
    return f"Waiting for the model: {others} ahead of this one"
