"""Whose word is the last: what a visitor asks for now ends what they asked for before."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from typing import TypeVar

Step = TypeVar("Step")

MOST_TURNS = 5_000  # visitors whose last click is known


class Turn:
    """A click's; when it is lost, its stream is woken, whatever it waits for."""

    def __init__(self) -> None:
        """A click that streams begins in the loop; one that answers at once may be in a thread."""
        self.is_lost = self.streams = False
        self.losing = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        with suppress(RuntimeError):
            self._loop = asyncio.get_running_loop()

    def lose(self) -> None:
        """End its stream, from whatever thread."""
        self.is_lost = True
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.losing.set)


class Turns:
    """The last click of every visitor.

    Gradio's `cancels` alone misses a stream that the page has asked for and not heard of yet.
    """

    def __init__(self) -> None:
        self._last: dict[str, Turn] = {}

    def of(self, session: str) -> Turn | None:
        """Whose turn it is."""
        return self._last.get(session)

    def take(self, session: str) -> Turn:
        """Let what is asked for now have the last word: streams that began before end."""
        self.forget(session)
        return self._keep(session, Turn())

    def _keep(self, session: str, turn: Turn) -> Turn:
        self._last[session] = turn
        while len(self._last) > MOST_TURNS:  # not every visitor who leaves is seen to
            self.forget(next(iter(self._last)))
        return turn

    def forget(self, session: str) -> None:
        """End what streams for a visitor, and drop what is kept of them."""
        if turn := self._last.pop(session, None):
            turn.lose()

    async def followed(
        self, session: str, ask: Callable[[], AsyncGenerator[Step, None]]
    ) -> AsyncGenerator[Step, None]:
        """Give what is asked for, step by step, until something else is asked for.

        With its first step it ends what streamed before. What is refused before it has one ends
        nothing.
        """
        before = self._last.pop(session, None)
        turn = self._keep(session, Turn())
        turn.streams = True
        begun = False
        try:
            async with aclosing(ask()) as asked, aclosing(_until_lost(turn, asked)) as steps:
                async for step in steps:
                    if before and not begun:
                        before.lose()
                    begun = True
                    yield step
        finally:
            turn.streams = False
            if not begun and self.of(session) is turn:
                self._give_back(session, before)
            elif before:
                before.lose()  # whoever overtook this knows it alone

    def _give_back(self, session: str, before: Turn | None) -> None:
        del self._last[session]
        if before:
            self._keep(session, before)


async def _until_lost(turn: Turn, steps: AsyncGenerator[Step, None]) -> AsyncGenerator[Step, None]:
    """What a stream gives; a step that is waited for when the turn is lost is given up."""
    losing = asyncio.ensure_future(turn.losing.wait())
    try:
        while not turn.is_lost:
            coming = asyncio.ensure_future(anext(steps))
            try:
                await asyncio.wait({coming, losing}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                if not coming.done():  # and only then can the stream be closed
                    coming.cancel()
                    await asyncio.wait({coming})
            if turn.is_lost or coming.cancelled():
                with suppress(Exception, asyncio.CancelledError):
                    coming.result()  # what it failed by is nobody's concern any more
                return
            try:
                step = coming.result()
            except StopAsyncIteration:
                return
            yield step
    finally:
        losing.cancel()
