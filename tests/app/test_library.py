"""What can be opened, and what the picker offers."""

from dataclasses import replace

import pytest

from app.library import Library, open_store
from app.views.page import picker
from core.datasets.sources import SAMPLE
from core.errors import DataError, StoreError
from core.personas import Persona, read_personas
from core.settings import Settings
from tests.app.world import World


@pytest.fixture
def library(world: World) -> Library:
    return world.explore().library


def test_picker_offers_data_sets_with_personas_first(library: Library) -> None:
    assert [d.name for d in library.picker(library.first()).datasets] == ["videos", "clips"]


def test_picker_measures_ranks_and_misses_from_the_runs(library: Library) -> None:
    mira, jonas = library.picker(library.first()).people
    assert (mira.items, mira.candidates, jonas.candidates) == (12, 21, 21)
    assert mira.rank
    assert not mira.is_miss
    assert jonas.rank == 21
    assert jonas.is_miss


def test_picker_searches_only_when_asked(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    first = library.first()
    assert library.picker(first).found == ()
    assert library.picker(first, "u000").found[0] == ("u0000", 5)  # the sixth comes next
    assert not library.picker(first, "u000").more
    monkeypatch.setattr("app.library.MOST_FOUND", 2)
    state = library.picker(first, "u000")
    assert (len(state.found), state.more) == (2, True)
    assert "The first 2 users whose id starts with “u000”" in picker(state)
    assert library.picker(first, "%").found == ()


def test_user_without_a_recording_opens_as_a_history_nobody_ran(library: Library) -> None:
    screen = library.open("videos", "u0005")
    assert (len(screen.run.history), screen.block, screen.recording) == (5, 0, None)


def test_data_set_without_personas_opens_at_some_user(library: Library) -> None:
    screen = library.open_dataset("clips")
    assert screen.run.dataset == "clips"
    assert not screen.is_run


@pytest.mark.parametrize(
    ("dataset", "user"), [("videos", "nobody"), ("none", "mira"), ("videos", "short")]
)
def test_unknown_and_short_histories_are_one_clear_line(
    library: Library, dataset: str, user: str
) -> None:
    with pytest.raises(DataError):
        library.open(dataset, user)


def test_a_data_set_that_is_not_there_is_named_beside_those_that_are(library: Library) -> None:
    with pytest.raises(DataError, match=r"vidoes.*videos"):
        library.open_dataset("vidoes")


def test_persona_whose_recording_was_refused_stays_and_says_so(world: World) -> None:
    lost = Persona("videos", "u0002", "Ada", "Her file was altered")
    library = Library(world.store, [lost], [], ["The recorded run was altered."])
    state = library.picker(library.first())
    assert [(p.name, p.rank) for p in state.people] == [("Ada", None)]
    assert state.notes == ("The recorded run was altered.",)


def test_first_story_skips_a_persona_without_a_recording(world: World) -> None:
    unrecorded = Persona("videos", "u0002", "Ada", "")
    recorded = Persona("videos", "u0001", "Jonas", "")
    library = Library(world.store, [unrecorded, recorded], world.recordings)
    assert library.first().run.user_id == "u0001"


def test_sample_personas_are_read_in_order() -> None:
    sample = Settings.from_environment({}).assets / "sample"
    personas = read_personas(sample)
    assert list(dict.fromkeys(p.dataset for p in personas)) == list(SAMPLE)


def test_recorded_runs_go_on_when_the_database_is_gone(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise StoreError("The server is gone.")

    before = library.picker(library.first())
    monkeypatch.setattr(world.store, "datasets", gone)
    assert library.picker(library.first()) == before
    monkeypatch.setattr(world.store, "history", gone)
    with pytest.raises(StoreError, match="gone"):
        library.open("videos", "u0005")


def test_a_server_that_is_not_there_leaves_the_sample_and_one_line(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("psycopg", reason="the driver comes with the extra postgres")
    monkeypatch.setattr("core.store.connection.WAITS", ())
    url = "postgresql://bob:hunter2@127.0.0.1:9/db"
    store, (line,) = open_store(replace(world.settings, database_url=url))
    assert store.datasets() == ()
    assert line.startswith("The database could not be opened")
    assert "127.0.0.1" not in line
    assert "127.0.0.1:9" in caplog.text
    assert "hunter2" not in caplog.text
    with pytest.raises(StoreError):  # a file is not stood in for
        open_store(replace(world.settings, database_url="sqlite:////proc/nowhere/store.db"))
