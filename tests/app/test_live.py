"""The background thread: newest report first, clean stops, errors that arrive."""

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from app.live import MOST_JOBS, Stage
from core.errors import MsrError


async def jobs(stage: Stage, number: int) -> None:
    """Wait until a stage has so many."""
    while len(stage._going) < number:
        await asyncio.sleep(0.001)


def test_watch_ends_with_the_last_report() -> None:
    async def watch() -> list[int]:
        stage = Stage(pause=0.01)
        return [n async for n in stage.watch(lambda say: [say(n) for n in range(500)] and None)]

    seen = asyncio.run(watch())
    assert seen[-1] == 499
    assert len(seen) < 500


def test_watch_raises_what_the_job_raised() -> None:
    async def watch() -> None:
        stage = Stage()

        def fail(say: object) -> None:
            raise ValueError("no")

        async for _ in stage.watch(fail):
            pass

    with pytest.raises(ValueError, match="no"):
        asyncio.run(watch())


def test_leaving_stops_a_job_at_its_next_report() -> None:
    go_on, ended = threading.Event(), threading.Event()
    further: list[int] = []

    def job(say: Callable[[int], None]) -> None:
        try:
            say(1)
            go_on.wait(20)
            say(2)
            further.append(1)
        finally:
            ended.set()

    async def watch() -> None:
        steps = Stage(pause=0).watch(job)
        assert await anext(steps) == 1
        await steps.aclose()
        go_on.set()
        assert await asyncio.to_thread(ended.wait, 20)

    asyncio.run(watch())
    assert further == []


def test_second_job_waits_for_the_first() -> None:
    running, most = 0, 0
    lock = threading.Lock()

    def job(say: object) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.05)
        with lock:
            running -= 1

    async def watch_two() -> None:
        stage = Stage()

        async def watch() -> None:
            async for _ in stage.watch(job):
                pass

        await asyncio.gather(watch(), watch())

    asyncio.run(watch_two())
    assert most == 1


def test_job_whose_watcher_left_while_waiting_never_starts() -> None:
    started: list[str] = []
    go_on = threading.Event()

    async def watch() -> None:
        stage = Stage()

        async def drain(name: str) -> None:
            async for _ in stage.watch(lambda say: started.append(name) or go_on.wait(20)):
                pass

        first = asyncio.create_task(drain("first"))
        second = asyncio.create_task(drain("second"))
        await jobs(stage, 2)
        second.cancel()
        with suppress(asyncio.CancelledError):
            await second
        go_on.set()
        await first
        await asyncio.wrap_future(stage._thread.submit(int))  # whatever waited has had its turn

    asyncio.run(watch())
    assert started == ["first"]


def test_a_job_that_is_not_the_next_one_says_how_many_come_before() -> None:
    go_on = threading.Event()

    async def watch_three() -> list[list[str]]:
        stage = Stage(pause=0.01)

        async def one() -> list[str]:
            job = lambda say: (go_on.wait(20), say("done"))[1]  # noqa: E731
            return [said async for said in stage.watch(job)]

        asked = []
        for number in (1, 2, 3):
            asked.append(asyncio.create_task(one()))
            await jobs(stage, number)
        go_on.set()
        first, second, third = await asyncio.gather(*asked)
        again = [said async for said in stage.watch(lambda say: say("done"))]
        return [first, second, third, again]

    assert asyncio.run(watch_three()) == [
        ["done"],
        ["Waiting for the model: another question is ahead of this one", "done"],
        ["Waiting for the model: 2 other questions are ahead of this one", "done"],
        ["done"],
    ]


def test_no_more_jobs_wait_than_can_be_waited_for() -> None:
    go_on = threading.Event()

    async def crowd() -> list[object]:
        stage = Stage(pause=0.01)

        async def one() -> list[str]:
            return [
                said async for said in stage.watch(lambda say: (go_on.wait(20), say("done"))[1])
            ]

        asked = [asyncio.create_task(one()) for _ in range(MOST_JOBS)]
        await jobs(stage, MOST_JOBS)
        with pytest.raises(MsrError) as refused:
            stage.watch(lambda say: say("done"))  # before it is waited for
        go_on.set()
        return [refused.value, *await asyncio.gather(*asked)]

    refused, *told = asyncio.run(crowd())
    assert [said[-1] for said in told] == ["done"] * MOST_JOBS
    assert isinstance(refused, MsrError)
    assert str(refused) == "12 questions wait for the model already; ask again in a minute."
