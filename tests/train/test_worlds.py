from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

pytest.importorskip("skia", reason="worlds are drawn with skia-python (extra: train)")

from core.errors import MsrError
from core.settings import REPOSITORY
from core.store import Store
from tests.plain_pictures import draw_plainly
from train import targets
from train.pictures import cover_bytes, draw_worlds
from train.sample.__main__ import DEFAULT_SEED
from train.sample.catalogue import DATASETS, catalogue
from train.worlds import World, build_worlds, place_world, refuse_shipped, shipped_texts

WORLDS = build_worlds(1001, users=4)
SHIPPED = {dataset.key: catalogue(dataset, DEFAULT_SEED) for dataset in DATASETS}


def test_worlds_have_nothing_of_the_shipped_sample() -> None:
    for world in WORLDS:
        refuse_shipped(world.items)
        assert {user.user_id for user in world.users} == {"u0001", "u0002", "u0003", "u0004"}
        touched = {item.item_id for user in world.users for item in user.items}
        assert touched <= {item.item_id for item in world.items}


@pytest.mark.parametrize(
    ("key", "field"),
    [
        (key, field)
        for key in SHIPPED
        for field in ("seed", "title", "description")
        if (key, field) != ("videos", "description")  # videos have none
    ],
)
def test_shipped_seed_or_text_among_what_is_learnt_is_refused(key: str, field: str) -> None:
    shipped = next(item for item in SHIPPED[key] if getattr(item, field))
    innocent = next(world for world in WORLDS if world.dataset.key == key).items[0]
    guilty = replace(innocent, **{field: getattr(shipped, field)})
    with pytest.raises(ValueError, match="shipped item's"):
        refuse_shipped([innocent, guilty])


def test_no_picture_that_is_learnt_from_is_a_shipped_one() -> None:
    for world in WORLDS:
        key = world.dataset.key
        folder = REPOSITORY / "assets" / "sample" / key
        shipped = {file.read_bytes() for file in folder.glob("**/*.webp")}
        assert len(shipped) == len(SHIPPED[key])
        assert cover_bytes(SHIPPED[key][0]) in shipped  # or nothing could be found among them
        assert not shipped & {cover_bytes(item) for item in world.items[:: len(world.items) // 9]}


def test_shipped_seed_builds_no_world() -> None:
    with pytest.raises(MsrError, match="is the shipped sample, from which nothing may learn"):
        build_worlds(DEFAULT_SEED)


def test_every_shipped_title_is_known() -> None:
    for key, items in SHIPPED.items():
        assert {item.title for item in items} <= shipped_texts(key)


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.dataset.key)
def test_every_target_tells_its_theme_and_its_look_and_nothing_else(world: World) -> None:
    rng = Random(5)
    for item in world.items:
        key = world.dataset.key
        text = targets.image_description(item, rng)
        assert targets.mentioned_styles(text) == ([item.style.key], [])
        assert targets.mentioned_themes(text, key)[0] == [item.theme.key]
        fused = targets.fused_summary(item, "video", rng)
        assert targets.mentioned_styles(fused)[0] == [item.style.key]
        assert item.theme.words in fused
        assert item.theme.words in targets.text_summary(item, rng)
        beginning = targets.motif(item, rng)
        assert item.theme.words in beginning
        assert targets.mentioned_styles(beginning) == ([], [])


def test_a_world_that_was_drawn_otherwise_is_not_taken_for_this_one(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'store.db'}")
    world = build_worlds(1001, 4, 72)[0]
    assert place_world(world, tmp_path, store) == place_world(world, tmp_path, store)
    fewer = replace(world, users=world.users[:3])
    with pytest.raises(MsrError, match=r"world-1001-videos was drawn with other users"):
        place_world(fewer, tmp_path, store)
    retitled = replace(world.items[0], title="Another title")
    with pytest.raises(MsrError, match=r"videos_titles\.csv differs"):
        place_world(replace(world, items=(retitled, *world.items[1:])), tmp_path, store)


def test_pictures_that_other_code_drew_are_not_taken_for_these(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw_plainly(monkeypatch)
    store = Store(f"sqlite:///{tmp_path / 'store.db'}")
    world = build_worlds(1001, 4, 72)[0]
    place_world(world, tmp_path, store)
    (seen,) = draw_worlds([1001], tmp_path / "seen", 72)
    monkeypatch.setattr("train.worlds.drawing_code", lambda: "f" * 64)
    with pytest.raises(MsrError, match=r"or pictures than are asked for now: drawn_by\.sha256"):
        place_world(world, tmp_path, store)
    (file,) = (tmp_path / "seen").iterdir()
    file.rename(file.with_name(f"world-1001-72-{'f' * 12}.npy"))
    (again,) = draw_worlds([1001], tmp_path / "seen", 72)
    assert np.array_equal(seen, again)
    assert len(list((tmp_path / "seen").iterdir())) == 2  # drawn anew beside what others drew
