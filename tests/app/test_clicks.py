"""What Gradio is given for a click."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import gradio as gr
import pytest

import app.clicks
import app.experiments
from app.clicks import Clicks, Painted
from app.paint import Panel
from app.screen import Screen
from app.what_if import OwnItem
from core.errors import DataError
from tests.app.world import World

STREAMS: dict[str, Callable[[Clicks, Screen], AsyncIterator[Painted]]] = {
    "replay": lambda clicks, screen: clicks.replay(screen, by()),
    "run_live": lambda clicks, screen: clicks.run_live(screen, by()),
    "explain": lambda clicks, screen: clicks.explain(screen, by()),
    "rescore": lambda clicks, screen: clicks.rescore(screen, sent(text="They like knots."), by()),
    "flip": lambda clicks, screen: clicks.flip(screen, sent(text="They like knots."), by()),
    "own": lambda clicks, screen: clicks.own(
        screen, sent(text="They like knots.", title="A knot", picture=""), by()
    ),
}


def sent(**values: str) -> gr.EventData:
    return gr.EventData(None, values)


def by(session: str = "ann") -> gr.Request:
    return gr.Request(session_hash=session)


@pytest.fixture
def clicks(world: World) -> Clicks:
    return Clicks(world.explore(), "", world.picture)


@pytest.fixture
def first(clicks: Clicks) -> Screen:
    return clicks._library.first()


@pytest.mark.parametrize("name", STREAMS)
def test_stream_ends_with_a_step_that_changes_nothing(
    clicks: Clicks, first: Screen, name: str
) -> None:
    async def told() -> list[Painted]:
        return [step async for step in STREAMS[name](clicks, first)]

    *_, shown, end = asyncio.run(told())
    assert isinstance(shown[0], Screen)
    assert end == (gr.skip(),) * len(shown)


def test_who_asks_for_what_is_known_is_shown_it(clicks: Clicks, first: Screen) -> None:
    async def told() -> list[Painted]:
        return [step async for step in clicks.ask(first, by())]

    shown, end = asyncio.run(told())
    assert "Answered" in shown[2]
    assert end == (gr.skip(),) * len(shown)


def test_failed_stream_says_one_line(clicks: Clicks, first: Screen) -> None:
    async def told() -> None:
        async for _ in clicks.rescore(first, sent(text=" "), by()):
            pass

    with pytest.raises(gr.Error, match="preference"):
        asyncio.run(told())


@pytest.mark.parametrize("name", STREAMS)
def test_stream_ends_where_something_else_has_the_last_word(
    clicks: Clicks, first: Screen, name: str
) -> None:

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


def test_a_stream_that_is_overtaken_before_its_first_step_leaves_the_page_as_it_is(
    clicks: Clicks, first: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = app.experiments.own_item

    def slow(title: str, picture: str) -> OwnItem:
        clicks.choose(first, sent(user="u0003"), by())
        return reads(title, picture)

    monkeypatch.setattr("app.experiments.own_item", slow)

    async def told() -> list[Painted]:
        return [step async for step in STREAMS["own"](clicks, first)]

    assert asyncio.run(told()) == [gr.skip()]  # to Gradio no step at all is a blank page


def test_of_two_own_items_the_newer_is_ranked(
    clicks: Clicks, first: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads, go_on = app.experiments.own_item, threading.Event()

    def slow(title: str, picture: str) -> OwnItem:
        if title == "The newer":
            go_on.set()
        assert go_on.wait(20)
        return reads(title, picture)

    monkeypatch.setattr("app.experiments.own_item", slow)

    async def told(title: str) -> list[Painted]:
        given = sent(text="They like knots.", title=title, picture="")
        return [step async for step in clicks.own(first, given, by())]

    async def both() -> list[list[Painted]]:
        older = asyncio.create_task(told("The older"))
        await asyncio.sleep(0)
        return await asyncio.gather(older, told("The newer"))

    _, newer = asyncio.run(both())
    *_, shown, _ = newer
    assert shown[0].tries.now.own.item.title == "The newer"


@pytest.mark.parametrize("name", ["rescore", "own"])
def test_what_is_refused_ends_nothing(clicks: Clicks, first: Screen, name: str) -> None:
    sends = {"rescore": sent(text=" "), "own": sent(text="Likes knots.", title="A", picture="?")}

    async def told() -> list[Painted]:
        steps = []
        async for step in clicks.replay(first, by()):
            steps.append(step)
            if len(steps) == 2:
                with pytest.raises(gr.Error):
                    async for _ in getattr(clicks, name)(first, sends[name], by()):
                        pass
        return steps

    *_, last, _ = asyncio.run(told())
    assert last[0].block == len(first.blocks)
    assert not last[0].running


def test_after_a_refusal_that_ended_a_run_the_page_says_how_far_it_came(
    clicks: Clicks, first: Screen
) -> None:
    halted, *story, said = clicks.halt(replace(first, running="Replay"), by())
    assert not halted.running
    assert gr.skip() not in story
    assert "Replay stopped after block" in said
    assert clicks.halt(first, by()) == gr.skip()


def test_panels_of_a_run_that_ended_are_not_painted_over_a_newer_click(
    clicks: Clicks, first: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gr.skip() not in clicks.paint_panels(first, by())
    paint = app.clicks.paint_compare

    def meanwhile(screen: Screen) -> Panel:
        clicks.stop(first, by())
        return paint(screen)

    monkeypatch.setattr("app.clicks.paint_compare", meanwhile)
    assert clicks.paint_panels(first, by()) == (gr.skip(),) * 3


def test_a_tab_that_is_painted_late_leaves_what_was_asked_for_since(
    clicks: Clicks, first: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert clicks.show_compare(first, by()).view
    paint = app.clicks.paint_compare

    def meanwhile(screen: Screen) -> Panel:
        painted = paint(screen)
        if screen.run.user_id == first.run.user_id:
            clicks.choose(first, sent(user="u0003"), by())
        return painted

    monkeypatch.setattr("app.clicks.paint_compare", meanwhile)
    assert clicks.show_compare(first, by()) == gr.skip()


@pytest.mark.parametrize("refused", [False, True])
def test_a_slow_click_leaves_what_was_asked_for_since(
    clicks: Clicks, first: Screen, monkeypatch: pytest.MonkeyPatch, refused: bool
) -> None:
    chooses = clicks._experiments.choose

    def slow(screen: Screen, side: str, system: str) -> Screen:
        opened.append(clicks.choose(first, sent(user="u0003"), by()))
        if refused:
            raise DataError("There is no such system.")
        return chooses(screen, side, system)

    opened: list[Painted] = []
    monkeypatch.setattr(clicks._experiments, "choose", slow)
    asked = sent(side="left", system="popularity")
    assert clicks.system(first, asked, by()) == gr.skip()
    assert opened[0][0].run.user_id == "u0003"
    turn = clicks._turns.of("ann")
    assert turn
    assert not turn.is_lost  # whoever was opened has the last word
