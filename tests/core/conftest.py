"""A store, a history and a fake model for the engine's tests."""

from pathlib import Path

import pytest
import torch

from core.records import Dataset, History, Item
from core.store import Store
from core.transformers_model import TransformersModel
from tests.fakes import FakeModel
from tests.tiny_checkpoints import write_tiny_llama, write_tiny_llava_next


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


@pytest.fixture(scope="module")
def tiny_text_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_llama(tmp_path_factory.mktemp("llama"))


@pytest.fixture(scope="module")
def tiny_llava_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_llava_next(tmp_path_factory.mktemp("llava-next"))


@pytest.fixture(scope="module")
def text_model(tiny_text_checkpoint: Path) -> TransformersModel:
    return TransformersModel.load(tiny_text_checkpoint, name="tiny", dtype=torch.float32)


@pytest.fixture(scope="module")
def llava(tiny_llava_checkpoint: Path) -> TransformersModel:
    return TransformersModel.load(tiny_llava_checkpoint, name="tiny-llava", dtype=torch.float32)
