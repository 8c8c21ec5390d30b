import gzip
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text

from core.datasets.sources import amazon_source, microlens_source
from core.errors import DataError, StoreError
from core.store import Store
from core.store.importer import import_dataset
from core.store.tables import DatasetRow, ImportRow, ItemRow, UserRow


@pytest.fixture
def store(new_database: Callable[[], str]) -> Store:
    """On both databases."""
    return Store(new_database())


def microlens(root: Path, titles: str, pairs: str, covers: tuple[str, ...] = ()) -> Path:
    root.mkdir(exist_ok=True)
    (root / "m_titles.csv").write_text(titles, encoding="utf-8")
    (root / "m_pairs.tsv").write_text(pairs, encoding="utf-8")
    if covers:
        (root / "m_covers").mkdir()
        for cover in covers:
            (root / "m_covers" / cover).write_bytes(b"")
    return root


def amazon(root: Path, reviews: list[Any], meta: list[Any], suffix: str = ".jsonl") -> Any:
    paths = []
    for name, rows in (("reviews", reviews), ("meta", meta)):
        lines = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
        path = root / f"{name}{suffix}"
        data = lines.encode()
        path.write_bytes(gzip.compress(data) if suffix.endswith(".gz") else data)
        paths.append(path)
    return amazon_source(paths[0], paths[1], None, "shop")


def review(user: str, item: str, at: Any) -> dict[str, Any]:
    return {"user_id": user, "parent_asin": item, "asin": item, "timestamp": at, "rating": 5.0}


TITLES = 'item,title\n1,"Duck, chili, and rice #food"\n2,辣椒炒肉 🌶️\n3,"Say ""hi"""\n'


def test_microlens_titles_keep_commas_hashtags_emoji_and_chinese(
    store: Store, tmp_path: Path
) -> None:
    root = microlens(tmp_path / "m", TITLES, "7\t1 2 3\n8\t3 1\n", covers=("1.jpg", "3.webp"))
    imported = import_dataset(store, microlens_source(root, "m"))
    assert (imported.users, imported.items, imported.interactions) == (2, 3, 5)
    assert imported.skipped == {}
    history = store.history("m", "7")
    assert [item.title for item in history.items] == ["Duck, chili, and rice #food", "辣椒炒肉 🌶️"]
    assert [item.cover for item in history.items] == ["m_covers/1.jpg", None]
    assert history.next_item.title == 'Say "hi"'


def test_malformed_lines_are_skipped_and_counted_by_reason(store: Store, tmp_path: Path) -> None:
    root = microlens(
        tmp_path / "m",
        "item,title\n1,One\nonly one column\n2,\n3,Three,extra\n1,One again\n4,Four\n",
        "ann\t1 4\nno tab here\n\t1 2\nbob\t\nann\t4 99\neve\t1\t4\n\nzoe\t4 1\n",
    )
    imported = import_dataset(store, microlens_source(root, "m"))
    assert imported.skipped == {
        "malformed line": 2 + 4,
        "item without title": 1,
        "duplicate item": 1,
        "duplicate interaction": 1,
        "interaction with an unknown item": 1,
    }
    assert (imported.users, imported.items, imported.interactions) == (2, 2, 4)


def test_ids_that_are_no_names_are_skipped(store: Store, tmp_path: Path) -> None:
    long = "9" * 201
    titles = f"item,title\n1,One\n2,Two\n3,Three\n{long},Long\n"
    root = microlens(tmp_path / "m", titles, f"ann\t1 2 {long} 3\n{long}\t1 2\n")
    imported = import_dataset(store, microlens_source(root, "m"))
    assert imported.skipped == {"id too long": 1 + 1 + 2}
    assert (imported.users, imported.items, imported.interactions) == (1, 3, 3)


@pytest.mark.parametrize(
    ("titles", "message"),
    [
        ("id,name\n1,One\n", "columns id, name; expected item, title"),
        ("", r"columns \(none\); expected item, title"),
    ],
)
def test_wrong_columns_end_the_import_in_one_line(
    store: Store, tmp_path: Path, titles: str, message: str
) -> None:
    root = microlens(tmp_path / "m", titles, "u\t1\n")
    with pytest.raises(DataError, match=message):
        import_dataset(store, microlens_source(root, "m"))
    assert store.datasets() == ()


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nothing matching \*_titles.csv"):
        microlens_source(tmp_path, "m")
    with pytest.raises(DataError, match="no file"):
        amazon_source(tmp_path / "a", tmp_path / "b", None, "a")


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz"])
def test_amazon_orders_by_time_and_takes_titles_and_descriptions(
    store: Store, tmp_path: Path, suffix: str
) -> None:
    reviews = [review("u", "B", 30), review("u", "A", 10), review("u", "C", 20),
               review("v", "A", 5), review("v", "B", 5)]  # fmt: skip
    meta = [
        {"parent_asin": "A", "title": "Rattle", "description": ["Soft.", "Round."], "images": []},
        {"parent_asin": "B", "title": "Pram", "images": [{"large": "http://example.com/x.jpg"}]},
        {"parent_asin": "C", "title": "Cot", "description": None},
        {"parent_asin": "D", "title": "Nobody bought this"},
    ]
    imported = import_dataset(store, amazon(tmp_path, reviews, meta, suffix))
    assert imported.skipped == {"item that nobody touched": 1}
    history = store.history("shop", "u")
    assert [item.item_id for item in (*history.items, history.next_item)] == ["A", "C", "B"]
    assert history.items[0].description == "Soft. Round."
    assert history.items[0].cover is None
    assert [i.item_id for i in store.history("shop", "v").items] == ["A"]


def test_amazon_skips_what_cannot_be_used(store: Store, tmp_path: Path) -> None:
    reviews = [
        review("u", "A", 1), review("u", "A", 2), review("u", "B", 3), "{broken", "[1, 2]", "",
        {"user_id": "u", "timestamp": 4}, review("u", "A", "yesterday"), review(" ", "A", 1),
        review("u", "Z", 9), review("u", "A", 10**30), '{"a":' * 100_000,
    ]  # fmt: skip
    meta = [{"parent_asin": "A", "title": "Rattle"}, {"parent_asin": "B", "title": "Pram"},
            {"parent_asin": "E", "title": ""}]  # fmt: skip
    imported = import_dataset(store, amazon(tmp_path, reviews, meta))
    assert imported.skipped == {
        "duplicate interaction": 1,
        "malformed line": 3,
        "no parent_asin": 1,
        "timestamp is not a whole number": 2,
        "empty user or item id": 1,
        "interaction with an unknown item": 1,
        "item without title": 1,
    }
    assert imported.interactions == 2


def test_amazon_wrong_keys_end_the_import_in_one_line(store: Store, tmp_path: Path) -> None:
    source = amazon(tmp_path, [{"reviewerID": "u", "asin": "A"}], [{"parent_asin": "A"}])
    with pytest.raises(DataError, match=r"has the keys parent_asin; .* needs parent_asin, title"):
        import_dataset(store, source)


def test_truncated_gzip_is_said_to_be_one(store: Store, tmp_path: Path) -> None:
    rows = [review(f"u{i}", "A", i) for i in range(5000)]
    source = amazon(tmp_path, rows, [{"parent_asin": "A", "title": "R"}], ".jsonl.gz")
    whole = (tmp_path / "reviews.jsonl.gz").read_bytes()
    (tmp_path / "reviews.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match="not a whole gzip file"):
        import_dataset(store, source)
    assert store.datasets() == ()


def test_k_core_keeps_only_what_is_frequent_enough(store: Store, tmp_path: Path) -> None:
    pairs = "a\t1 2\nb\t1 2\nc\t1 3\nd\t3\n"
    root = microlens(tmp_path / "m", "item,title\n1,A\n2,B\n3,C\n", pairs)
    imported = import_dataset(store, microlens_source(root, "m"), k_core=2)
    # d falls first, then 3, then c
    assert (imported.users, imported.items, imported.interactions) == (2, 2, 4)
    assert imported.skipped == {"outside the 2-core": 3, "item that nobody touched": 1}


class Killed(BaseException):
    """Stands for a kill: nothing may catch it."""


def test_killed_import_goes_on_where_it_stopped_without_duplicates(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.importer.BATCH_RECORDS", 10)
    titles = "item,title\n" + "".join(f"{i},Title {i}\n" for i in range(40))
    pairs = "".join(f"u{i}\t{i % 40} {(i + 1) % 40}\n" for i in range(95)) + "broken\n"
    source = microlens_source(microlens(tmp_path / "m", titles, pairs), "m")
    reports = []

    def die(progress: Any) -> None:
        reports.append(progress)
        if progress.file == "m_pairs.tsv" and progress.records == 50:
            raise Killed

    with pytest.raises(Killed):
        import_dataset(store, source, on_progress=die)
    assert store.datasets() == ()
    resumed: list[Any] = []
    imported = import_dataset(store, source, on_progress=resumed.append)
    assert [progress.records for progress in resumed] == [60, 70, 80, 90, 96]
    assert (imported.users, imported.interactions) == (95, 190)
    assert imported.skipped == {"malformed line": 1}


def test_long_histories_are_written_in_parts_and_endless_ones_skipped(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.importer.BATCH_READS", 40)
    monkeypatch.setattr("core.datasets.microlens.MOST_ITEMS", 30)
    titles = "item,title\n" + "".join(f"{i},Title {i}\n" for i in range(30))
    long = " ".join(str(i) for i in range(30))
    pairs = "".join(f"u{i}\t{long}\n" for i in range(4)) + f"v\t{long} 31\n"
    source = microlens_source(microlens(tmp_path / "m", titles, pairs), "m")
    reports: list[Any] = []
    imported = import_dataset(store, source, on_progress=reports.append)
    assert [one.records for one in reports if one.file == "m_pairs.tsv"] == [2, 4, 5]
    assert (imported.users, imported.interactions) == (4, 120)
    assert imported.skipped == {"user with too many items": 1}


def test_full_disk_gives_one_clear_line_and_a_rerun_finishes(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'store.db'}")
    titles = "item,title\n" + "".join(f"{i},{'long ' * 60}{i}\n" for i in range(900))
    source = microlens_source(microlens(tmp_path / "m", titles, "u\t1 2 3\n"), "m")
    with store.session() as session:
        used = session.execute(text("PRAGMA page_count")).scalar()
    store._engine.dispose()

    def small(connection: Any, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count={used + 8}")

    event.listen(store._engine, "connect", small)
    with pytest.raises(StoreError, match="full") as error:
        import_dataset(store, source)
    assert "\n" not in str(error.value)
    event.remove(store._engine, "connect", small)
    store._engine.dispose()
    assert import_dataset(store, source).interactions == 3


def test_importing_twice_adds_nothing(store: Store, tmp_path: Path) -> None:
    source = microlens_source(microlens(tmp_path / "m", TITLES, "7\t1 2 3\n"), "m")
    first, second = import_dataset(store, source), import_dataset(store, source)
    assert (first.users, first.items, first.interactions) == (1, 3, 3)
    assert (second.users, second.items, second.interactions) == (1, 3, 3)


def test_name_of_another_data_set_is_kept_unless_replaced(store: Store, tmp_path: Path) -> None:
    one = microlens_source(microlens(tmp_path / "one", TITLES, "7\t1 2 3\n"), "m")
    two = microlens_source(microlens(tmp_path / "two", TITLES, "9\t1 2\n"), "m")
    import_dataset(store, one)
    with pytest.raises(DataError, match="exists already"):
        import_dataset(store, two)
    assert store.history("m", "7")
    assert import_dataset(store, two, replace=True).interactions == 2


def test_import_needs_no_more_memory_for_a_longer_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.importer.BATCH_RECORDS", 500)

    def peak(users: int) -> int:
        pairs = "".join(f"u{i}\t1 2 3 1 2 3\n" for i in range(users))
        root = microlens(tmp_path / f"m{users}", TITLES, pairs)
        tracemalloc.start()
        import_dataset(store, microlens_source(root, f"m{users}"))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(100)  # imports and caches
    assert peak(6_000) < 1.3 * peak(1_500)


def test_bad_file_costs_nothing_of_the_data_set_it_would_renew(
    store: Store, tmp_path: Path
) -> None:
    root = microlens(tmp_path / "m", TITLES, "7\t1 2 3\n")
    import_dataset(store, microlens_source(root, "m"))
    (root / "m_titles.csv").write_text("id,name\n1,One\n")
    with pytest.raises(DataError, match="expected item, title"):
        import_dataset(store, microlens_source(root, "m"))
    assert [dataset.name for dataset in store.datasets()] == ["m"]
    assert store.history("m", "7").next_item.item_id == "3"


def test_files_without_a_usable_line_make_no_data_set(store: Store, tmp_path: Path) -> None:
    source = microlens_source(microlens(tmp_path / "m", TITLES, "7,1,2,3\n"), "m")
    with pytest.raises(DataError, match="Nothing in the files of 'm' can be used"):
        import_dataset(store, source)
    assert store.datasets() == ()
    for table in (ItemRow, UserRow, ImportRow, DatasetRow):
        with store.session() as session:
            assert session.scalars(select(table)).all() == []


def test_second_line_of_a_user_comes_after_the_first(store: Store, tmp_path: Path) -> None:
    root = microlens(tmp_path / "m", TITLES, "7\t2 1\n8\t1 2\n7\t3\n")
    import_dataset(store, microlens_source(root, "m"))
    assert store.touched("m", "7") == ("2", "1", "3")


def test_earliest_of_a_repeated_review_counts(store: Store, tmp_path: Path) -> None:
    reviews = [review("u", "A", 30), review("u", "B", 20), review("u", "A", 10)]
    meta = [{"parent_asin": "A", "title": "A"}, {"parent_asin": "B", "title": "B"}]
    assert import_dataset(store, amazon(tmp_path, reviews, meta)).interactions == 2
    assert store.touched("shop", "u") == ("A", "B")


def test_reviews_and_meta_of_the_same_name_are_both_read(store: Store, tmp_path: Path) -> None:
    paths = []
    for folder, row in (("r", review("u", "A", 1)), ("m", {"parent_asin": "A", "title": "A"})):
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "games.jsonl")
        paths[-1].write_text(json.dumps(row))
    assert import_dataset(store, amazon_source(paths[0], paths[1], None, "g")).interactions == 1


def test_other_files_of_the_same_folder_need_replace(store: Store, tmp_path: Path) -> None:
    row = [review("u", "A", 1)], [{"parent_asin": "A", "title": "A"}]
    import_dataset(store, amazon(tmp_path, *row))
    other = amazon(tmp_path, *row, suffix=".jsonl.gz")
    with pytest.raises(DataError, match="made from other files"):
        import_dataset(store, other)


def test_candidates_come_from_the_renewed_catalogue(store: Store, tmp_path: Path) -> None:
    for prefix in ("a", "b"):
        titles = "item,title\n" + "".join(f"{prefix}{i},T\n" for i in range(30))
        pairs = "u\t" + " ".join(f"{prefix}{i}" for i in range(3)) + "\n"
        pairs += "v\t" + " ".join(f"{prefix}{i}" for i in range(30)) + "\n"
        import_dataset(store, microlens_source(microlens(tmp_path / "m", titles, pairs), "m"))
        candidates = store.candidates(store.history("m", "u"))
        assert len(candidates) == 21
        assert all(item.item_id.startswith(prefix) for item in candidates)


def test_candidates_come_from_what_a_smaller_core_has_left(store: Store, tmp_path: Path) -> None:
    titles = "item,title\n" + "".join(f"{n},T{n}\n" for n in range(40))
    both, once = " ".join(map(str, range(8))), " ".join(map(str, range(40)))
    root = microlens(tmp_path / "m", titles, f"1\t{both}\n2\t{once}\n")
    import_dataset(store, microlens_source(root, "m"))
    assert len(store.item_ids("m")) == 40
    import_dataset(store, microlens_source(root, "m"), k_core=2)
    assert store.item_ids("m") == tuple(map(str, range(8)))
