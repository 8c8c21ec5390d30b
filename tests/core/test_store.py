from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from core.errors import DataError, StoreError
from core.store import HISTORY_LIMIT, Store
from core.store.tables import MIGRATIONS, DatasetRow, InteractionRow, ItemRow, UserRow


@pytest.fixture
def store(new_database: Callable[[], str]) -> Store:
    """On both databases."""
    return Store(new_database())


def fill(store: Store, users: dict[str, list[str]], name: str = "clips") -> None:
    items = sorted({item for history in users.values() for item in history} | {"x1", "x2", "x3"})
    with store.session() as session:
        session.add(DatasetRow(name=name, layout="microlens", root=".", source="", ready=True,
                               items=len(items)))  # fmt: skip
        session.add_all(ItemRow(dataset=name, item_id=i, title=f"T{i}", description="")
                        for i in items)  # fmt: skip
        for user, history in users.items():
            session.add(UserRow(dataset=name, user_id=user, length=len(history)))
            session.add_all(
                InteractionRow(dataset=name, user_id=user, item_id=item, at=at, seq=0)
                for at, item in enumerate(history)
            )


# --- opening -----------------------------------------------------------------------------------


def test_sqlite_runs_in_wal_mode(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 'store.db'}").session() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_empty_database_is_migrated_once_and_reopened(new_database: Callable[[], str]) -> None:
    url = new_database()
    fill(Store(url), {"ann": ["1", "2"]})
    again = Store(url)
    assert [dataset.name for dataset in again.datasets()] == ["clips"]
    with again.session() as session:
        rows = session.execute(text("SELECT version FROM schema_version ORDER BY version"))
        assert [row.version for row in rows] == list(range(1, len(MIGRATIONS) + 1))


def test_items_are_found_however_many_are_asked_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.database.ASKED_AT_ONCE", 2)
    fill(store, {"ann": ["1", "2", "3", "4", "5"]})
    asked = ["5", "nowhere", "3", "1", "2"]
    assert [item.item_id for item in store.items("clips", asked)] == ["5", "3", "1", "2"]


def test_folder_of_a_database_is_made(tmp_path: Path) -> None:
    Store(f"sqlite:///{tmp_path / 'deep' / 'store.db'}")
    assert (tmp_path / "deep" / "store.db").exists()


def test_database_of_an_older_version_runs_only_the_newer_migrations(
    new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = new_database()
    fill(Store(url), {"ann": ["1", "2"]})
    ran: list[str] = []
    newer = (*[lambda _: ran.append("older")] * len(MIGRATIONS), lambda _: ran.append("newest"))
    monkeypatch.setattr("core.store.tables.MIGRATIONS", newer)
    monkeypatch.setattr("core.store.connection.MIGRATIONS", newer)
    assert [dataset.name for dataset in Store(url).datasets()] == ["clips"]
    assert ran == ["newest"]


def test_database_of_a_newer_version_is_refused_in_one_line(
    new_database: Callable[[], str],
) -> None:
    url = new_database()
    with Store(url).session() as session:
        session.execute(text("INSERT INTO schema_version VALUES (99)"))
    with pytest.raises(StoreError, match=r"schema version 99; this Tasteline knows \d") as error:
        Store(url)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////proc/nowhere/store.db", "odbc://x"])
def test_unusable_url_gives_one_clear_line(url: str) -> None:
    with pytest.raises(StoreError) as error:
        Store(url)
    assert url in str(error.value)
    assert "\n" not in str(error.value)


def test_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("This is a letter, not a database. " * 40)
    with pytest.raises(StoreError, match="not a database"):
        Store(f"sqlite:///{tmp_path / 'store.db'}")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://bob:hunter2@host/db", "SQLite or PostgreSQL"),
        ("mysql://bob:hun/hunter2@host/db", "SQLite or PostgreSQL"),
        ("postgresql+pg8000://bob:hunter2@host/db", "SQLite or PostgreSQL"),
        ("postgresql://bob:hunter2@host:abc/db", "invalid literal"),
        ("nosuchdb://bob:hunter2@host/db", "SQLite or PostgreSQL"),
        ("mysql://host/db?user=bob&password=hunter2", "SQLite or PostgreSQL"),
    ],
)
def test_other_databases_are_refused_in_one_line_without_a_password(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as error:
        Store(url)
    assert "hunter2" not in str(error.value)
    assert "\n" not in str(error.value)


def test_server_that_is_not_there_is_told_in_one_line_and_named_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("psycopg", reason="the driver comes with the extra postgres")
    waited: list[float] = []
    monkeypatch.setattr("core.store.connection.time.sleep", waited.append)
    with pytest.raises(StoreError, match="could not be used; the log says why") as error:
        Store("postgresql://bob:hunter2@127.0.0.1:9/db")
    assert "127.0.0.1" not in str(error.value)
    assert "\n" not in str(error.value)
    assert "bob:***@127.0.0.1:9/db" in caplog.text
    assert "hunter2" not in caplog.text
    assert len(waited) == 2  # a server that starts gets the time to


def test_server_that_restarts_is_reached_again(store: Store) -> None:
    if store._engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no server")
    fill(store, {"ann": ["1", "2"]})
    other = create_engine(store._url)
    with other.connect() as connection:  # what a restart does to everybody connected
        connection.execute(text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ))  # fmt: skip
    other.dispose()
    assert store.touched("clips", "ann") == ("1", "2")


def test_server_that_vanishes_without_a_word_counts_as_gone_soon(store: Store) -> None:
    if store._engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no server")
    with store._engine.connect() as connection:
        used = connection.connection.driver_connection.info.get_parameters()  # type: ignore[union-attr]
    assert int(used["tcp_user_timeout"]) <= 30_000
    seconds = int(used["keepalives_idle"]) + 3 * int(used["keepalives_interval"])
    assert seconds <= 60


def fail_after_writing(store: Store) -> None:
    with store.session() as session:
        session.add(DatasetRow(name="a", layout="microlens", root="", source="", ready=True))
        session.flush()
        session.execute(text("SELECT * FROM absent"))


def test_failed_session_rolls_back_and_raises_store_error(store: Store) -> None:
    with pytest.raises(StoreError, match="could not be used"):
        fail_after_writing(store)
    assert store.datasets() == ()


# --- reading -----------------------------------------------------------------------------------


def test_history_is_all_but_the_last_item(store: Store) -> None:
    fill(store, {"ann": ["3", "1", "2"]})
    history = store.history("clips", "ann")
    assert [item.item_id for item in history.items] == ["3", "1"]
    assert history.next_item.item_id == "2"


def test_long_history_loses_whole_blocks_at_its_start(store: Store) -> None:
    fill(store, {"ann": [str(i) for i in range(40)]})
    history = store.history("clips", "ann")
    assert len(history.items) <= HISTORY_LIMIT
    assert int(history.items[0].item_id) % 3 == 0
    assert [item.item_id for item in history.items] == [str(i) for i in range(9, 39)]


@pytest.mark.parametrize(
    ("dataset", "user", "message"),
    [
        ("nope", "ann", "no data set 'nope'; prepared are: clips"),
        ("clips", "bob", "no user 'bob'"),
        ("clips", "", "no user ''"),
        ("clips", "one", "1 interaction; a story needs at least 2"),
    ],
)
def test_unknown_or_short_history_gives_one_clear_line(
    store: Store, dataset: str, user: str, message: str
) -> None:
    fill(store, {"ann": ["1", "2"], "one": ["1"]})
    with pytest.raises(DataError, match=message) as error:
        store.history(dataset, user)
    assert "\n" not in str(error.value)


def test_search_finds_by_prefix_shortest_first_and_treats_wildcards_as_text(store: Store) -> None:
    several = {name: ["1", "2"] for name in ("12", "1", "123", "2", "a%b", "a_c")}
    fill(store, several | {"11": ["1"]})  # no story can be told of one item
    assert [user.user_id for user in store.search_users("clips", " 1 ")] == ["1", "12", "123"]
    assert [user.user_id for user in store.search_users("clips", "a%")] == ["a%b"]
    assert [user.user_id for user in store.search_users("clips", "a_")] == ["a_c"]
    assert store.search_users("clips", "zz") == ()
    assert len(store.search_users("clips", "", limit=2)) == 2


def test_random_user_is_any_with_a_story_to_tell(store: Store) -> None:
    fill(store, {"ann": ["1", "2"], "bob": ["1", "3"], "one": ["1"]})
    found = {user.user_id for user in (store.random_user("clips") for _ in range(60)) if user}
    assert found == {"ann", "bob"}
    assert store.random_user("nope") is None


def test_ids_are_sorted_by_code_point_and_zero_characters_are_dropped(store: Store) -> None:
    names = ["B", "a", "a B", "aB", "z", "é", "日", "\U0001f600"]
    fill(store, {name: ["1", "2"] for name in names[::-1]})
    assert list(store.user_ids("clips")) == names
    assert [user.user_id for user in store.search_users("clips", "a")] == ["a", "aB", "a B"]
    assert store.touched("clips", "a\0") == ("1", "2")


def test_candidates_are_the_next_item_and_untouched_ones_and_stay_the_same(store: Store) -> None:
    fill(store, {"ann": ["1", "2", "3"], "bob": [f"i{i:02}" for i in range(40)]})
    history = store.history("clips", "ann")
    ids = [item.item_id for item in store.candidates(history)]
    assert len(ids) == len(set(ids)) == 21
    assert "3" in ids
    assert not {"1", "2"} & set(ids)
    assert ids == [item.item_id for item in store.candidates(history)]


def test_candidates_of_a_history_that_is_no_more_are_refused(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, {"ann": ["1", "2", "3"], "bob": [f"i{i:02}" for i in range(40)]})
    history = store.history("clips", "ann")
    with monkeypatch.context() as patch:
        patch.setattr(store, "touched", lambda *_: ("1", "2"))
        with pytest.raises(DataError, match="is being prepared anew"):
            store.candidates(history)
    with monkeypatch.context() as patch:
        patch.setattr(store, "items", lambda *_: history.items)
        with pytest.raises(DataError, match="is being prepared anew"):
            store.candidates(history)


def test_sequences_are_everybodys_items_in_their_order(store: Store) -> None:
    fill(store, {"ben": ["2", "1"], "ann": ["1", "3"]})
    fill(store, {"cleo": ["9"]}, name="other")
    assert store.sequences("clips") == {"ann": ("1", "3"), "ben": ("2", "1")}
    assert store.sequences("nowhere") == {}


def test_popularity_counts_what_others_took(store: Store) -> None:
    fill(store, {"ann": ["1", "2", "3"], "bob": ["2", "3"], "eve": ["3", "9"]})
    fill(store, {"ann": ["1", "1x"]}, name="other")
    assert store.popularity("clips", ["3", "1", "9", "77"], without="ann") == (2, 0, 1, 0)
    assert store.popularity("clips", ["1", "3"], without="") == (1, 3)


def test_pairs_are_counted_by_the_others_who_took_both(store: Store) -> None:
    fill(store, {"ann": ["1", "2"], "ben": ["1", "2"], "cleo": ["2", "1", "3"], "dan": ["3"]})
    fill(store, {"eve": ["1", "2"]}, name="other")
    found = store.together("clips", ["1", "3"], ["2", "9"], without="ann")
    assert found == {("1", "2"): 2, ("3", "2"): 1}


def test_too_few_untouched_items_gives_one_clear_line(store: Store) -> None:
    fill(store, {"ann": ["1", "2"]})
    with pytest.raises(DataError, match="only 3 items untouched; 20 negatives"):
        store.candidates(store.history("clips", "ann"))
