"""What Gradio is given for a click."""

import asyncio
from collections.abc import AsyncIterator, Callable

import gradio as gr
import pytest

from app.clicks import Clicks, Painted
from app.screen import Screen
from tests.app.world import World

STREAMS: dict[str, Callable[[Clicks, Screen], AsyncIterator[Painted]]] = {
    "replay": lambda clicks, screen: clicks.replay(screen),
    "run_live": lambda clicks, screen: clicks.run_live(screen),
    "explain": lambda clicks, screen: clicks.explain(screen),
    "rescore": lambda clicks, screen: clicks.rescore(screen, sent(text="They like knots.")),
    "flip": lambda clicks, screen: clicks.flip(screen),
}


def sent(**values: str) -> gr.EventData:
    return gr.EventData(None, values)


@pytest.mark.parametrize("name", STREAMS)
def test_stream_ends_with_a_step_that_changes_nothing(world: World, name: str) -> None:
    explore = world.explore()
    clicks = Clicks(explore, "", world.picture)

    async def told() -> list[Painted]:
        return [step async for step in STREAMS[name](clicks, explore.library.first())]

    *_, shown, end = asyncio.run(told())
    assert isinstance(shown[0], Screen)
    assert end == (gr.skip(),) * len(shown)


def test_failed_stream_says_one_line(world: World) -> None:
    explore = world.explore()
    clicks = Clicks(explore, "", world.picture)

    async def told() -> None:
        async for _ in clicks.rescore(explore.library.first(), sent(text=" ")):
            pass

    with pytest.raises(gr.Error, match="preference"):
        asyncio.run(told())
