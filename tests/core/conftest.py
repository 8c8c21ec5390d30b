"""A store, a history and a fake model for the engine's tests."""

from pathlib import Path

import pytest

from core.records import Dataset, History, Item
from core.store import Store
from tests.fakes import FakeModel


@pytest.fixture
def fake_model() -> FakeModel:
    return FakeModel()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'store.db'}")


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return Dataset("clips", "microlens", tmp_path)


@pytest.fixture
def history(dataset: Dataset) -> History:
    items = tuple(Item(str(i), f"Title {i}") for i in range(1, 9))
    return History(dataset, "ann", items[:-1], items[-1])
