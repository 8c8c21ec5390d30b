"""Whose word is the last."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from app.turns import Turns


async def counting(closed: list[str], name: str = "count") -> AsyncGenerator[int, None]:
    try:
        for number in range(3):
            yield number
            await asyncio.sleep(0)
    finally:
        closed.append(name)


async def waiting(closed: list[str]) -> AsyncGenerator[int, None]:
    try:
        yield 0
        await asyncio.sleep(60)
        yield 1
    finally:
        closed.append("wait")


async def refused() -> AsyncGenerator[int, None]:
    raise ValueError("refused")
    yield 0


def test_a_stream_that_waits_is_ended_by_what_is_asked_for_next() -> None:
    closed: list[str] = []

    async def told() -> list[int]:
        turns = Turns()

        async def first() -> list[int]:
            return [step async for step in turns.followed("ann", lambda: waiting(closed))]

        running = asyncio.ensure_future(first())
        await asyncio.sleep(0.01)
        steps = [step async for step in turns.followed("ann", lambda: counting(closed))]
        assert await asyncio.wait_for(running, 5) == [0]
        return steps

    assert asyncio.run(told()) == [0, 1, 2]
    assert sorted(closed) == ["count", "wait"]


def test_a_click_from_a_thread_ends_a_stream_that_waits() -> None:
    closed: list[str] = []

    async def told() -> None:
        turns = Turns()
        async for _ in turns.followed("ann", lambda: waiting(closed)):
            await asyncio.to_thread(turns.take, "bob")  # another visitor
            await asyncio.to_thread(turns.take, "ann")

    asyncio.run(asyncio.wait_for(told(), 5))
    assert closed == ["wait"]


def test_what_is_refused_before_its_first_step_ends_nothing() -> None:
    async def told() -> list[int]:
        turns, steps = Turns(), []
        async for step in turns.followed("ann", lambda: counting([])):
            steps.append(step)
            before = turns.of("ann")
            with pytest.raises(ValueError, match="refused"):
                async for _ in turns.followed("ann", refused):
                    pass
            assert turns.of("ann") is before
        return steps

    assert asyncio.run(told()) == [0, 1, 2]


def test_whoever_overtakes_a_stream_that_has_not_begun_ends_the_one_before_it() -> None:
    closed: list[str] = []

    async def slow() -> AsyncGenerator[int, None]:
        await asyncio.sleep(60)
        yield 0

    async def told() -> None:
        turns = Turns()

        async def first() -> None:
            async for _ in turns.followed("ann", lambda: waiting(closed)):
                pass

        async def second() -> None:
            async for _ in turns.followed("ann", slow):
                pass

        both = [asyncio.ensure_future(one()) for one in (first, second)]
        await asyncio.sleep(0.01)
        turns.take("ann")
        await asyncio.wait_for(asyncio.gather(*both), 5)

    asyncio.run(told())
    assert closed == ["wait"]


def test_what_is_kept_of_a_visitor_is_dropped() -> None:
    turns = Turns()
    turns.take("ann")
    turns.forget("ann")
    turns.forget("ben")
    assert turns.of("ann") is None


def test_no_more_visitors_are_known_than_can_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.turns.MOST_TURNS", 3)
    turns = Turns()
    for session in ("ann", "bob", "ann", "cy", "dan"):
        turns.take(session)
    assert [turns.of(one) is not None for one in ("ann", "bob", "cy", "dan")] == [1, 0, 1, 1]

    async def streamed(session: str) -> None:
        async for _ in turns.followed(session, lambda: counting([])):
            pass

    for session in ("eve", "fay", "gil", "hal"):  # who only ever streams
        asyncio.run(streamed(session))
    known = ("ann", "cy", "dan", "eve", "fay", "gil", "hal")
    assert [one for one in known if turns.of(one)] == ["fay", "gil", "hal"]


def test_it_is_known_whether_an_answer_is_still_on_its_way() -> None:
    async def told() -> list[bool]:
        turns = Turns()
        known = []
        async for _ in turns.followed("a", lambda: counting([])):
            known.append(streams(turns))
        known.append(streams(turns))
        turns.take("a")
        return [*known, streams(turns)]

    def streams(turns: Turns) -> bool:
        turn = turns.of("a")
        assert turn
        return turn.streams

    assert asyncio.run(told()) == [True, True, True, False, False]
