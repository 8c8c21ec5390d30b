"""One database for several processes and machines: who imports, and where files are."""

import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest

from core.datasets.sources import ensure_dataset, microlens_source
from core.store import Store
from core.store.importer import import_dataset
from tests.core.test_datasets import TITLES, microlens


@pytest.fixture
def store(new_database: Callable[[], str]) -> Store:
    """On both databases."""
    return Store(new_database())


def _import(url: str, root: Path) -> None:
    import_dataset(Store(url), microlens_source(root, "m"))


def test_two_processes_that_start_together_both_succeed(
    new_database: Callable[[], str], tmp_path: Path
) -> None:
    pairs = "".join(f"u{i}\t1 2 3\n" for i in range(500))
    root = microlens(tmp_path / "m", TITLES, pairs)
    url = new_database()
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_import, args=(url, root)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert Store(url).dataset("m").interactions == 1500


def test_machines_with_repositories_in_different_folders_share_what_these_hold(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = 0

    def start(machine: str, titles: str = TITLES) -> Path:
        nonlocal changed
        repository = tmp_path / machine
        repository.mkdir(exist_ok=True)
        monkeypatch.setattr("core.store.places.REPOSITORY", repository)
        (repository / "assets").mkdir(exist_ok=True)
        files = microlens(repository / "assets" / "m", titles, "u\t1 2 3\n")
        before = store.dataset_source("m") if changed else None
        ensure_dataset(store, microlens_source(files, "m"))
        changed += store.dataset_source("m") != before
        return store.dataset("m").root

    for machine in ("here", "there", "here"):
        assert start(machine) == tmp_path / machine / "assets" / "m"
    assert changed == 1
    start("there", TITLES.replace("Duck", "Goose"))
    assert changed == 2


def test_files_elsewhere_are_known_by_their_whole_path(store: Store, tmp_path: Path) -> None:
    root = microlens(tmp_path / "m", TITLES, "u\t1 2 3\n")
    ensure_dataset(store, microlens_source(root, "m"))
    assert store.dataset("m").root == root
    assert str(root) in str(store.dataset_source("m"))
