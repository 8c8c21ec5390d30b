"""Lines of a data set's files that are odd, broken or too long: what becomes of each."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.datasets.sources import microlens_source
from core.errors import DataError
from core.store import Store
from core.store.importer import import_dataset
from tests.core.test_datasets import amazon, microlens, review


@pytest.fixture
def store(new_database: Callable[[], str]) -> Store:
    """On both databases."""
    return Store(new_database())


def test_open_quote_costs_its_own_line_only(store: Store, tmp_path: Path) -> None:
    root = microlens(tmp_path / "m", 'item,title\n1,"One\n2,Two\n3,Three\n', "7\t2 3\n")
    imported = import_dataset(store, microlens_source(root, "m"))
    assert imported.skipped == {"malformed line": 1}
    assert [item.title for item in store.items("m", ["2", "3"])] == ["Two", "Three"]


def test_byte_order_mark_and_windows_lines_are_read(store: Store, tmp_path: Path) -> None:
    root = microlens(tmp_path / "m", "\ufeffitem,title\r\n1,One\r\n2,Two\r\n", "\ufeff7\t1 2\r\n")
    assert import_dataset(store, microlens_source(root, "m")).skipped == {}
    assert store.history("m", "7").next_item.title == "Two"


def test_half_a_character_is_replaced(store: Store, tmp_path: Path) -> None:
    meta = ['{"parent_asin": "A", "title": "half \\ud83d emoji\\u0000"}',
            {"parent_asin": "B", "title": "B"}]  # fmt: skip
    import_dataset(store, amazon(tmp_path, [review("u", "A", 1), review("u", "B", 2)], meta))
    assert store.item("shop", "A").title == "half ? emoji"
    with pytest.raises(DataError, match="not valid Unicode"):
        store.history("shop", "\udcff")


def test_a_line_that_is_too_long_is_left_out_and_a_title_is_cut(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.datasets.rows.MOST_LINE", 3000)
    long = {"parent_asin": "C", "title": "x" * 20_000}
    meta = [long, {"parent_asin": "A", "title": "y" * 1500}, {"parent_asin": "B", "title": "B"}]
    given = amazon(tmp_path, [review("u", "A", 1), review("u", "B", 2)], meta, ".jsonl.gz")
    assert import_dataset(store, given).skipped == {"line too long": 1}
    assert store.item("shop", "A").title == "y" * 1000
    titles = f"item,title\n1,One\n2,{'z' * 9000}\n3,{'w' * 1500}\n"
    root = microlens(tmp_path / "m", titles, f"7\t1 3\n8\t{'3 ' * 4000}\n9\0\t3 1\n")
    imported = import_dataset(store, microlens_source(root, "m"))
    assert imported.skipped == {"line too long": 2}
    assert store.user_ids("m", shortest=2) == ("7", "9")
    assert store.item("m", "3").title == "w" * 1000
