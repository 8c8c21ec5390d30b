"""What Gradio is given for a click."""

import asyncio
from collections.abc import AsyncIterator, Callable

import gradio as gr
import pytest

import app.clicks
from app.clicks import Clicks, Painted
from app.paint import Panel
from app.screen import Screen
from tests.app.world import World

STREAMS: dict[str, Callable[[Clicks, Screen], AsyncIterator[Painted]]] = {
    "replay": lambda clicks, screen: clicks.replay(screen, by()),
    "run_live": lambda clicks, screen: clicks.run_live(screen, by()),
    "explain": lambda clicks, screen: clicks.explain(screen, by()),
    "rescore": lambda clicks, screen: clicks.rescore(screen, sent(text="They like knots."), by()),
    "flip": lambda clicks, screen: clicks.flip(screen, sent(text="They like knots."), by()),
}


def sent(**values: str) -> gr.EventData:
    return gr.EventData(None, values)


def by(session: str = "ann") -> gr.Request:
    return gr.Request(session_hash=session)


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
        async for _ in clicks.rescore(explore.library.first(), sent(text=" "), by()):
            pass

    with pytest.raises(gr.Error, match="preference"):
        asyncio.run(told())


@pytest.mark.parametrize("name", STREAMS)
def test_stream_ends_where_something_else_has_the_last_word(world: World, name: str) -> None:
    explore = world.explore()
    clicks = Clicks(explore, "", world.picture)
    first = explore.library.first()

    async def told() -> list[Painted]:
        steps = []
        async for step in STREAMS[name](clicks, first):
            steps.append(step)
            if len(steps) == 1:
                clicks.choose(first, sent(user="u0003"), by("ben"))  # another visitor
            if len(steps) == 2:
                clicks.choose(first, sent(user="u0001"), by())
        return steps

    *shown, end = asyncio.run(told())
    assert len(shown) == 2
    assert end == (gr.skip(),) * len(shown[0])


def test_what_is_kept_of_a_visitor_is_dropped(world: World) -> None:
    explore = world.explore()
    clicks = Clicks(explore, "", world.picture)
    clicks.stop(explore.library.first(), by())
    clicks.forget("ann")
    assert clicks._turns == {}


def test_no_more_visitors_are_known_than_can_be_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.clicks.MOST_TURNS", 3)
    explore = world.explore()
    clicks = Clicks(explore, "", world.picture)
    first = explore.library.first()
    for session in ("ann", "bob", "ann", "x" * 5000, "cy"):
        clicks.stop(first, by(session))
    assert list(clicks._turns) == ["ann", "x" * 64, "cy"]
    clicks.forget("x" * 5000)
    assert list(clicks._turns) == ["ann", "cy"]


def test_panels_of_a_run_that_ended_are_not_painted_over_a_newer_click(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    explore = world.explore()
    clicks = Clicks(explore, "", world.picture)
    first = explore.library.first()
    assert gr.skip() not in clicks.paint_panels(first, by())
    paint = app.clicks.paint_compare

    def meanwhile(screen: Screen) -> Panel:
        clicks.stop(first, by())
        return paint(screen)

    monkeypatch.setattr("app.clicks.paint_compare", meanwhile)
    assert clicks.paint_panels(first, by()) == (gr.skip(),) * 3
