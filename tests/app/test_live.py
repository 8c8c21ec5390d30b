"""The background thread: newest report first, clean stops, errors that arrive."""

import asyncio
import threading
import time

import pytest

from app.live import MOST_JOBS, Stage
from core.errors import MsrError


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

    async def watch() -> None:
        stage = Stage()

        async def drain(name: str, seconds: float) -> None:
            async for _ in stage.watch(lambda say: started.append(name) or time.sleep(seconds)):
                pass

        first = asyncio.create_task(drain("first", 0.1))
        second = asyncio.create_task(drain("second", 0))
        await asyncio.sleep(0.03)
        second.cancel()
        await first
        await asyncio.sleep(0.03)

    asyncio.run(watch())
    assert started == ["first"]


def test_a_job_that_is_not_the_next_one_says_how_many_come_before() -> None:
    go_on = threading.Event()

    async def watch_three() -> list[list[str]]:
        stage = Stage(pause=0.01)

        async def one(number: int) -> list[str]:
            await asyncio.sleep(0.05 * number)  # in this order
            job = lambda say: (go_on.wait(5), say("done"))[1]  # noqa: E731
            told = [said async for said in stage.watch(job, lambda ahead: f"{ahead} ahead")]
            return told

        asyncio.get_running_loop().call_later(0.3, go_on.set)
        first, second, third = await asyncio.gather(one(0), one(1), one(2))
        again = [said async for said in stage.watch(lambda say: say("done"), str)]
        return [first, second, third, again]

    assert asyncio.run(watch_three()) == [
        ["done"], ["1 ahead", "done"], ["2 ahead", "done"], ["done"]
    ]  # fmt: skip


def test_no_more_jobs_wait_than_can_be_waited_for() -> None:
    go_on = threading.Event()

    async def crowd() -> list[object]:
        stage = Stage(pause=0.01)

        async def one() -> list[str]:
            return [said async for said in stage.watch(lambda say: (go_on.wait(5), say("done"))[1])]

        asyncio.get_running_loop().call_later(0.2, go_on.set)
        return await asyncio.gather(*(one() for _ in range(MOST_JOBS + 1)), return_exceptions=True)

    *told, refused = asyncio.run(crowd())
    assert told == [["done"]] * MOST_JOBS
    assert isinstance(refused, MsrError)
    assert str(refused) == "12 questions wait for the model already; ask again in a minute."
