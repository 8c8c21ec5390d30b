"""Pictures that lie beside a data set's files, and are found again when they are to be opened."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from core.covers import open_cover
from core.datasets.sources import amazon_source, microlens_source
from core.store import Store
from core.store.importer import import_dataset
from tests.core.test_datasets import amazon, microlens, review

META_A, META_B = ({"parent_asin": i, "title": f"Item {i}"} for i in "AB")


@pytest.fixture
def store(new_database: Callable[[], str]) -> Store:
    """On both databases."""
    return Store(new_database())


def test_pictures_that_are_links_are_opened(store: Store, tmp_path: Path) -> None:
    elsewhere = tmp_path / "another disk"
    elsewhere.mkdir()
    Image.new("RGB", (8, 8)).save(elsewhere / "1.png")
    root = microlens(tmp_path / "m", "item,title\n1,One\n2,Two\n", "ann\t1 2\n")
    (root / "m_covers").mkdir()
    (root / "m_covers" / "1.png").symlink_to(elsewhere / "1.png")
    import_dataset(store, microlens_source(root, "m"))
    (item,) = store.history("m", "ann").items
    assert open_cover(store.dataset("m"), item).image.size == (8, 8)


def test_pictures_of_the_folder_one_is_in_are_opened(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    amazon(tmp_path, [review("u", "A", 1), review("u", "B", 2)], [META_A, META_B])
    Image.new("RGB", (8, 8)).save(tmp_path / "A.png")
    monkeypatch.chdir(tmp_path)
    here = Path()
    import_dataset(store, amazon_source(here / "reviews.jsonl", here / "meta.jsonl", here, "shop"))
    (item,) = store.history("shop", "u").items
    assert open_cover(store.dataset("shop"), item).image.size == (8, 8)


def test_import_that_is_gone_on_with_pictures_begins_anew(store: Store, tmp_path: Path) -> None:
    amazon(tmp_path, [review("u", "A", 1), review("u", "B", 2)], [META_A, META_B])
    (tmp_path / "images").mkdir()
    Image.new("RGB", (8, 8)).save(tmp_path / "images" / "A.png")
    given = (tmp_path / "reviews.jsonl", tmp_path / "meta.jsonl")

    def killed(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_dataset(store, amazon_source(*given, None, "shop"), on_progress=killed)
    import_dataset(store, amazon_source(*given, tmp_path / "images", "shop"))
    assert store.history("shop", "u").items[0].cover == "images/A.png"


def test_ids_that_leave_the_folder_get_no_cover(store: Store, tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"x")
    root = microlens(tmp_path / "m", "item,title\n../../secret,A\n..,B\n", "u\t../../secret ..\n",
                     covers=("1.jpg",))  # fmt: skip
    import_dataset(store, microlens_source(root, "m"))
    assert {item.cover for item in store.items("m", ["../../secret", ".."])} == {None}
