"""The sample catalogue as it is shipped; drawing it again is tested in test_sample.py."""

import json
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select

from core.covers import cover_path
from core.datasets.sources import SAMPLE, ensure_sample
from core.personas import read_personas
from core.settings import REPOSITORY
from core.store import Store
from core.store.tables import UserRow

ASSETS = REPOSITORY / "assets"
ITEMS = {"videos": 240, "baby": 180, "games": 180}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('sample') / 'store.db'}")
    ensure_sample(store, ASSETS)
    return store


@pytest.mark.parametrize("name", SAMPLE)
def test_sample_has_its_items_and_users_of_the_promised_length(sample: Store, name: str) -> None:
    dataset = sample.dataset(name)
    assert dataset.items == ITEMS[name]
    assert dataset.users >= 400
    with sample.session() as session:
        lengths = select(func.min(UserRow.length), func.max(UserRow.length))
        assert session.execute(lengths.where(UserRow.dataset == name)).one() == (9, 18)


@pytest.mark.parametrize("name", SAMPLE)
def test_every_item_has_a_small_cover_that_opens(sample: Store, name: str) -> None:
    dataset = sample.dataset(name)
    truth = json.loads((ASSETS / "sample" / name / "truth.json").read_text("utf-8"))
    items = sample.items(name, list(truth["items"]))
    assert len(items) == ITEMS[name]
    for item in items:
        path = cover_path(dataset, item)
        assert path is not None
        assert path.stat().st_size <= 15_000
        with Image.open(path) as picture:
            picture.load()
            assert picture.format == "WEBP"
            assert picture.size == ((320, 180) if name == "videos" else (240, 240))
    assert len(list(path.parent.iterdir())) == len(items)  # and no stray one


@pytest.mark.parametrize("name", SAMPLE)
def test_six_personas_can_be_opened(sample: Store, name: str) -> None:
    personas = [one for one in read_personas(ASSETS / "sample") if one.dataset == name]
    assert len(personas) == 6
    for persona in personas:
        history = sample.history(name, persona.user_id)
        assert len(sample.candidates(history)) == 21


def test_no_part_of_the_method_or_the_page_reads_the_planted_truth() -> None:
    sources = [*REPOSITORY.glob("core/**/*.py"), *REPOSITORY.glob("app/**/*.py")]
    assert sources
    assert not [path for path in sources if "truth" in Path(path).read_text("utf-8")]


def test_unchanged_sample_is_not_imported_again(sample: Store) -> None:
    before = sample.dataset_source("baby")
    ensure_sample(sample, ASSETS)
    assert sample.dataset_source("baby") == before
