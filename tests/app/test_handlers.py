"""What a click does, without a browser or a component."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from app.handlers import REPLAYS_AT_PACE, Explore, one_clear_line
from app.screen import Screen
from core.errors import DataError, MsrError, RemoteError, WeightsError
from core.language_model import Decoding
from core.memory import RememberingModel
from core.mllm_msr import Models
from core.prompts import Prompt
from core.store import Store
from tests.app.world import FakeModel, World, fake_models


@pytest.fixture
def explore(world: World) -> Explore:
    return world.explore()


def collect(screens: AsyncIterator[Screen]) -> list[Screen]:
    async def gather() -> list[Screen]:
        return [screen async for screen in screens]

    return asyncio.run(gather())


def test_first_screen_is_the_first_persona_whole(explore: Explore) -> None:
    first = explore.library.first()
    assert (first.run.user_id, first.block) == ("mira", 4)
    assert first.recording


@pytest.mark.parametrize(
    ("asked", "shown"), [("prompt", "prompt"), ("clean", "clean"), ("x", "diff")]
)
def test_change_view_knows_its_views(explore: Explore, asked: str, shown: str) -> None:
    assert explore.change_view(explore.library.first(), asked).view == shown


def test_change_view_leaves_no_block_half_written(explore: Explore) -> None:
    writing = replace(explore.library.first(), block=1, writing="The user", note="Replaying")
    changed = explore.change_view(writing, "clean")
    assert (changed.block, changed.writing, changed.note) == (1, None, "")


def test_link_restores_user_block_and_view(explore: Explore) -> None:
    found = explore.follow_link({"v": "1", "d": "videos", "u": "u0001", "b": "2", "view": "clean"})
    assert (found.run.user_id, found.block, found.view) == ("u0001", 2, "clean")


@pytest.mark.parametrize("block", ["", "x", "-1", "99999999999", "²"])
def test_link_with_an_odd_block_still_opens_the_user(explore: Explore, block: str) -> None:
    found = explore.follow_link({"v": "1", "d": "videos", "u": "mira", "b": block})
    assert found.run.user_id == "mira"


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"v": "1"},
        {"v": "2", "d": "videos", "u": "mira"},
        {"v": "1", "d": "videos", "u": "nobody"},
        {"v": "1", "d": "<img>", "u": "mira"},
        {"v": "1", "d": "videos", "u": "short"},
    ],
)
def test_link_to_nothing_is_one_clear_line(explore: Explore, params: dict[str, str]) -> None:
    with pytest.raises(DataError, match="Showing the default story instead"):
        explore.follow_link(params)


def test_replay_tells_every_block_and_ends_where_the_run_ended(explore: Explore) -> None:
    first = explore.library.first()
    told = collect(explore.replay(first))
    assert [s.block for s in told if s.writing is None] == [1, 2, 3, 4]
    assert told[-1] == first.at(4)
    texts = [p.written.text for p in first.run.preferences]
    assert all(texts[s.block].startswith(s.writing) for s in told if s.writing is not None)


def test_many_replays_at_once_are_told_slower(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    explore = world.explore(pace=1.0)
    waits: list[float] = []

    async def count(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("app.handlers.asyncio.sleep", count)
    collect(explore.replay(explore.library.first()))
    assert set(waits) == {1.0, 5.0}
    waits.clear()
    explore._replays = 2 * REPLAYS_AT_PACE - 1
    collect(explore.replay(explore.library.first()))
    assert set(waits) == {2.0, 10.0}
    assert explore._replays == 2 * REPLAYS_AT_PACE - 1


def test_replay_of_a_run_that_wrote_nothing_yet_says_so(explore: Explore) -> None:
    opened = explore.library.open("videos", "u0005")
    (told,) = collect(explore.replay(replace(opened, writing="")))
    assert told.writing is None
    assert told.note == "Nothing to replay yet: no preference is written"


def test_live_run_grows_to_a_whole_story(explore: Explore) -> None:
    told = collect(explore.run_live(explore.library.open("videos", "u0005")))
    assert told[0].note == "Waiting for the model"
    assert told[-1].note.startswith("Live run finished")
    assert (told[-1].block, len(told[-1].run.scores), told[-1].recording) == (2, 2, None)


def test_live_run_of_a_persona_keeps_the_way_back_to_the_recorded_one(explore: Explore) -> None:
    first = explore.library.first()
    told = collect(explore.run_live(first))
    assert told[-1].recording is first.recording
    assert first.is_recorded
    assert not told[-1].is_recorded


def test_stop_keeps_the_blocks_that_were_read(explore: Explore) -> None:
    halfway = replace(
        explore.library.first(), block=2, writing="The user", running="Replay", note="Replaying"
    )
    stopped, said = explore.stop(halfway)
    assert (stopped.block, stopped.writing, stopped.running, stopped.note) == (2, None, "", "")
    assert said == "Replay stopped after block 2 of 4"
    assert explore.stop(stopped) == (stopped, "")  # nothing is going on any more
    begun = replace(halfway, block=0, running="Live run")
    assert explore.stop(begun)[1] == "Live run stopped in its first block"
    asked = collect(explore.run_live(stopped))[0]
    assert asked.run is stopped.run  # nothing of the new one is there
    assert explore.stop(asked)[1] == "Live run stopped before it began"


def test_half_a_measurement_does_not_hide_the_recorded_one(explore: Explore) -> None:
    screen = explore.library.first()
    known = screen.explanation
    assert known
    half = replace(known, history=None)
    measuring = replace(screen, measured=half, picked=known.item_id)
    assert measuring.explanation is half
    assert measuring.halted.explanation is known
    assert replace(screen, measured=known).halted.is_measured_live
    other = replace(half, item_id="another")  # nothing else is known of it
    assert replace(screen, measured=other).halted.measured is other


def test_what_is_going_on_is_known_until_it_ends(explore: Explore) -> None:
    replayed = collect(explore.replay(explore.library.first()))
    assert {screen.running for screen in replayed[:-1]} == {"Replay"}
    assert replayed[-1].running == ""
    run = collect(explore.run_live(explore.library.open("videos", "u0005")))
    going = dict.fromkeys(screen.running for screen in run[:-1])
    assert [*going] == ["Live run, not begun", "Live run"]
    assert run[-1].running == ""


def test_what_goes_wrong_beyond_our_errors_does_not_leave_the_page_waiting(
    explore: Explore,
) -> None:
    def fail(say: Callable[[str], None]) -> None:
        say("Loading models")
        raise RuntimeError("CUDA out of memory")

    explore._load[True] = fail  # type: ignore[assignment]
    told = []

    async def watch() -> None:
        async for screen in explore.run_live(explore.library.first()):
            told.append(screen)

    with pytest.raises(RuntimeError, match="out of memory"):
        asyncio.run(watch())
    assert told[-1].note == "Stopped: something went wrong"
    assert (told[-1].writing, told[-1].running) == (None, "")


def test_live_run_loads_the_models_once(world: World) -> None:
    explore = world.explore()
    loads, load = [], explore._load[True]
    explore._load[True] = lambda say: (loads.append(1), say("Loading"), load(say))[-1]
    for _ in range(2):
        collect(explore.run_live(explore.library.open("videos", "u0005")))
    assert loads == [1]


@pytest.mark.parametrize(("once", "loads"), [(True, 1), (False, 2)])
def test_what_could_not_be_loaded_ahead_is_said_and_tried_again_where_it_can_be(
    world: World, once: bool, loads: int
) -> None:
    explore, tried = world.explore(), []

    def fail(_: object) -> Models:
        tried.append(1)
        raise WeightsError("The Hub cannot be reached.")

    explore._load[True] = fail
    explore.load_ahead(lambda _: None, once=once)
    screen = explore.library.open("videos", "u0005")
    assert "No live runs: The Hub cannot be reached." in explore.library.picker(screen).notes
    with pytest.raises(MsrError, match=r"^The Hub cannot be reached\.$"):
        collect(explore.run_live(screen))
    assert len(tried) == loads


def test_what_was_missing_is_not_said_any_more_once_models_are_loaded(world: World) -> None:
    explore = world.explore()
    explore.library.no_models = ("The paper profile cannot run live here: the Hub is silent.",)
    screen = explore.library.open("videos", "u0005")
    assert explore.library.picker(screen).notes == explore.library.no_models
    collect(explore.run_live(screen))
    assert explore.library.picker(screen).notes == ()


def test_where_models_on_another_machine_are_stays_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(gr.Error) as shown, one_clear_line():
        raise RemoteError("http://sees:8000/v1 did not answer in time.")
    assert "sees:8000" not in str(shown.value)
    assert "the log says why" in str(shown.value)
    assert "http://sees:8000/v1 did not answer in time." in caplog.text


def test_live_run_that_fails_keeps_the_recorded_story_and_says_why(explore: Explore) -> None:
    def fail(say: object) -> None:
        raise WeightsError("No weights here.")

    explore._load[True] = fail  # type: ignore[assignment]
    first = explore.library.first()
    told = []

    async def watch() -> None:
        async for screen in explore.run_live(first):
            told.append(screen)

    with pytest.raises(WeightsError):
        asyncio.run(watch())
    assert told[-1] == replace(first, note="Stopped: No weights here.")


def test_live_run_outlives_the_database_that_it_would_be_kept_in(
    world: World, tmp_path: Path
) -> None:
    memory = tmp_path / "memory.db"

    def lose() -> None:
        with closing(sqlite3.connect(memory)) as database:
            database.execute("DROP TABLE IF EXISTS texts")

    model = RememberingModel(FakeModel(before_token=lose), Store(f"sqlite:///{memory}"))
    models = replace(fake_models(FakeModel()), user_summarizer=model)
    explore = world.explore()
    explore._load[True] = lambda _: models
    told = collect(explore.run_live(explore.library.open("videos", "u0005")))
    assert told[-1].run.scores
    assert "finished" in told[-1].note


def test_live_run_whose_model_fails_keeps_what_was_read_and_says_so(world: World) -> None:
    written: list[Prompt] = []

    class Failing(FakeModel):
        def generate(self, prompt: Prompt, decoding: Decoding) -> Any:
            written.extend([prompt] if prompt.kind == "preference" else [])
            if len(written) > 1:
                raise MsrError("It is gone.")
            return super().generate(prompt, decoding)

    explore, told = world.explore(Failing()), []

    async def watch() -> None:
        async for screen in explore.run_live(explore.library.open("videos", "u0005")):
            told.append(screen)

    with pytest.raises(MsrError, match="It is gone"):
        asyncio.run(watch())
    assert "It is gone" in told[-1].note
    assert len(told[-1].run.preferences) == 1
    assert (told[-1].writing, told[-1].running) == (None, "")


def test_live_run_stops_when_its_watcher_leaves(world: World) -> None:
    go_on = threading.Event()
    words: list[int] = []

    def wait() -> None:
        words.append(1)
        if len(words) == 80:  # in the midst of the first preference
            go_on.wait(20)

    explore = world.explore(FakeModel(before_token=wait))

    async def watch_a_little() -> None:
        steps = explore.run_live(explore.library.open("videos", "u0006"))
        async for screen in steps:
            if screen.writing:
                break
        await steps.aclose()
        go_on.set()
        await asyncio.wrap_future(explore._stage._thread.submit(int))  # when it has stopped

    asyncio.run(watch_a_little())
    left = len(words)
    assert left <= 81  # as it reports the next one
    assert collect(explore.run_live(explore.library.open("videos", "u0006")))[-1].run.scores
    assert len(words) - left > left


def test_our_errors_become_one_escaped_line() -> None:
    with pytest.raises(gr.Error) as caught, one_clear_line():
        raise DataError("There is no user <b>x</b>.")
    assert caught.value.message == "There is no user &lt;b&gt;x&lt;/b&gt;."


def test_other_errors_show_no_inner_detail(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(gr.Error) as caught, one_clear_line():
        raise KeyError("secret/path")
    assert "secret" not in caught.value.message
    assert "secret/path" in caplog.text
