"""The sample catalogue: what it promises, and that it can be rebuilt."""

import csv
import io
import json
import platform
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat

pytest.importorskip("skia", reason="the sample catalogue is drawn with skia-python (extra: sample)")

from train.sample.__main__ import DEFAULT_SEED
from train.sample.catalogue import DATASETS, Dataset, Item, catalogue, draw_item
from train.sample.cover import compose, encode_webp
from train.sample.motifs import shapes
from train.sample.personas import PERSONAS
from train.sample.styles import STYLES
from train.sample.users import BLOCK, LONGEST, SHORTEST, User, simulate
from train.sample.writer import data_files, picture_path

ROOT = Path(__file__).parents[2] / "assets" / "sample"
SIZES = {"videos": 240, "baby": 180, "games": 180}
STYLE_WORDS = re.compile(
    r"\b(pixel\w*|8-bit|16-bit|water-?colou?r\w*|neon|blueprint\w*|pastel\w*|flat-design|monochrome"
    r"|black[- ]and[- ]white|greyscale|grayscale|sepia|vintage|colou?rful|glowing|photograph\w*)\b",
    re.IGNORECASE,
)

# The engine rounds differently where processors multiply and add in other steps.
SAME_ARITHMETIC = sys.platform == "linux" and platform.machine() == "x86_64"

each_dataset = pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.key)


@cache
def items_of(dataset: Dataset) -> tuple[Item, ...]:
    return tuple(catalogue(dataset, DEFAULT_SEED))


@cache
def users_of(dataset: Dataset) -> tuple[User, ...]:
    return tuple(simulate(dataset, items_of(dataset), DEFAULT_SEED))


def committed(dataset: Dataset, name: str) -> bytes:
    return (ROOT / dataset.key / name).read_bytes()


@each_dataset
def test_every_theme_comes_in_every_style_about_equally_often(dataset: Dataset) -> None:
    items = items_of(dataset)
    assert len(items) == SIZES[dataset.key]
    pairs = Counter((item.theme.key, item.style.key) for item in items)
    assert len(pairs) == 12 * 6
    assert max(pairs.values()) - min(pairs.values()) <= 1
    assert set(Counter(item.style.key for item in items).values()) == {len(items) // 6}
    assert set(Counter(item.theme.key for item in items).values()) == {len(items) // 12}


@each_dataset
def test_themes_are_well_furnished(dataset: Dataset) -> None:
    assert len({theme.key for theme in dataset.themes}) == 12
    for theme in dataset.themes:
        assert len(theme.drawings) >= 3, theme.key
        assert len(set(theme.titles)) == len(theme.titles) >= 26, theme.key
        assert dataset.wide or len(theme.descriptions) >= 8, theme.key


@each_dataset
def test_titles_are_unique_and_tell_no_style(dataset: Dataset) -> None:
    items = items_of(dataset)
    assert len({item.title for item in items}) == len(items)
    for theme in dataset.themes:
        for text in (*theme.titles, *theme.descriptions):
            assert not STYLE_WORDS.search(text), text


@each_dataset
def test_users_follow_the_rules(dataset: Dataset) -> None:
    users = users_of(dataset)
    assert len(users) == dataset.users >= 400
    assert len({user.user_id for user in users}) == len(users)
    for user in users:
        count = len(user.items)
        assert SHORTEST <= count <= LONGEST
        assert len({item.item_id for item in user.items}) == count
        assert (user.drift is None) == (user.drift_at is None) == (len(user.tastes) == 1)
        if user.drift_at is not None:
            assert user.drift_at % BLOCK == 0
            assert count / 4 <= user.drift_at <= count * 3 / 4
            before, after = user.tastes
            changed = len(set(after.themes) - set(before.themes)), after.style != before.style
            assert changed == ((1, False) if user.drift == "theme" else (0, True))
        last, taste = user.items[-1], user.taste_at(count - 1)
        on_taste = taste.covers(last) and last.style.key == taste.style
        assert on_taste != user.miss
    drifting = sum(user.drift is not None for user in users) / len(users)
    assert 0.52 < drifting < 0.68


@each_dataset
def test_picks_follow_the_taste_most_of_the_time(dataset: Dataset) -> None:
    in_theme = in_style = total = 0
    for user in users_of(dataset):
        for index, item in enumerate(user.items[:-1]):
            taste = user.taste_at(index)
            total += 1
            in_theme += taste.covers(item)
            in_style += item.style.key == taste.style
    assert 0.82 < in_theme / total < 0.92  # 85%, and some of the noise hits by chance
    assert 0.33 < in_style / total < 0.75  # by chance it would be one in six


@each_dataset
def test_personas_suit_the_picker(dataset: Dataset) -> None:
    personas = PERSONAS[dataset.key]
    users = {user.user_id: user for user in users_of(dataset)}
    chosen = [users[persona.user_id] for persona in personas]
    told = [{"user_id": p.user_id, "name": p.name, "line": p.line} for p in personas]
    assert json.loads(committed(dataset, "personas.json")) == told
    assert len(personas) == 6
    assert sum(user.miss for user in chosen) == 1
    assert sum(user.drift is not None and not user.miss for user in chosen) >= 3
    assert all(9 <= len(user.items) - 1 <= 15 for user in chosen)
    for persona in personas:
        assert not STYLE_WORDS.search(persona.line), persona.line


@each_dataset
def test_a_second_build_is_the_same_and_another_seed_is_not(dataset: Dataset) -> None:
    def build(seed: int) -> dict[str, bytes]:
        items = catalogue(dataset, seed)
        return data_files(dataset, items, simulate(dataset, items, seed), seed)

    first = build(DEFAULT_SEED)
    assert first == build(DEFAULT_SEED)
    other = build(DEFAULT_SEED + 1)
    for name, data in first.items():
        assert committed(dataset, name) == data, f"{name} is not what the command writes"
        assert other[name] != data


@each_dataset
def test_covers_can_be_drawn_again(dataset: Dataset) -> None:
    for item in items_of(dataset)[:: len(items_of(dataset)) // 12]:
        drawn = encode_webp(draw_item(item))
        assert drawn == encode_webp(draw_item(item))
        before = committed(dataset, picture_path(dataset, item))
        if SAME_ARITHMETIC:
            assert drawn == before, f"{item.item_id}: run python -m train.sample"
        assert _apart(Image.open(io.BytesIO(drawn)), Image.open(io.BytesIO(before))) < 4


@each_dataset
def test_another_seed_draws_another_picture(dataset: Dataset) -> None:
    first = items_of(dataset)[0]
    twin = next(
        item
        for item in catalogue(dataset, DEFAULT_SEED + 1)
        if (item.theme, item.style) == (first.theme, first.style)
    )
    assert _apart(draw_item(first), draw_item(twin)) > 4


def test_every_drawing_stays_in_its_box() -> None:
    for dataset in DATASETS:
        for theme in dataset.themes:
            for number, drawing in enumerate(theme.drawings):
                parts = drawing(Random(3))
                assert len(parts) >= 5, (theme.key, number)
                for part in parts:
                    box = part.path.computeTightBounds()
                    low, high = min(box.left(), box.top()), max(box.right(), box.bottom())
                    assert -0.12 <= low, (theme.key, number)
                    assert high <= 1.12, (theme.key, number)


def test_shapes_survive_in_the_unit_box() -> None:
    small, large = shapes.circle(0.55, 0.33, 0.06), shapes.circle(0.47, 0.24, 0.1)
    outside, shared = (0.58, 0.35), (0.53, 0.31)
    assert shapes.join(small, large).contains(*outside)
    assert shapes.cut(small, large).contains(*outside)  # the bare engine leaves nothing of it
    assert not shapes.cut(small, large).contains(*shared)
    assert shapes.clip(small, large).contains(*shared)
    assert not shapes.clip(small, large).contains(*outside)


def test_a_full_turn_is_a_ring() -> None:
    for sweep in (360, -360, 400):
        round_box = shapes.arc(0.5, 0.5, 0.2, 0.1, 30, sweep).computeTightBounds()
        assert round_box.width() == pytest.approx(0.4, abs=1e-3)
        assert round_box.height() == pytest.approx(0.2, abs=1e-3)


def test_products_among_stars_stand_on_no_ground() -> None:
    for style in STYLES:
        scenes = [
            compose(
                theme.drawings[0], style.layout, wide=False, setting=theme.setting, rng=Random(5)
            )
            for dataset in DATASETS
            for theme in dataset.themes
            if not dataset.wide
        ]
        assert [scene.open_space for scene in scenes] == [
            scene.setting == "sky" for scene in scenes
        ]
        assert sum(scene.open_space for scene in scenes) == 1


@each_dataset
def test_motifs_fill_the_cover(dataset: Dataset) -> None:
    for item in items_of(dataset):
        scene = compose(
            item.theme.drawings[item.drawing],
            item.style.layout,
            wide=item.wide,
            setting=item.theme.setting,
            rng=Random(item.seed),
        )
        box = scene.hero.box
        tall, broad = box.height() / scene.height, box.width() / scene.width
        assert tall >= 0.5 or broad >= 0.78, (item.item_id, item.style.key, tall, broad)


def test_layouts_and_truth_agree() -> None:
    rows = list(csv.DictReader(io.StringIO((ROOT / "videos/videos_titles.csv").read_text("utf-8"))))
    titles = {row["item"]: row["title"] for row in rows}
    truth = json.loads((ROOT / "videos/truth.json").read_text("utf-8"))
    assert titles.keys() == truth["items"].keys()
    for line in (ROOT / "videos/videos_pairs.tsv").read_text("utf-8").splitlines():
        user_id, chosen = line.split("\t")
        assert set(chosen.split()) <= titles.keys()
        assert user_id in truth["users"]
    for key in ("baby", "games"):
        meta = _lines(ROOT / key / f"meta_{key}.jsonl")
        known = {row["parent_asin"] for row in meta}
        assert all((ROOT / key / row["images"][0]["large"]).is_file() for row in meta)
        latest: dict[str, int] = {}
        for row in _lines(ROOT / key / f"{key}.jsonl"):
            assert row["parent_asin"] in known
            assert row["timestamp"] > latest.get(row["user_id"], 0)
            latest[row["user_id"]] = row["timestamp"]


def test_the_catalogue_stays_small() -> None:
    size = sum(path.stat().st_size for path in ROOT.rglob("*") if path.is_file())
    assert size < 9 * 1024 * 1024


def _apart(one: Image.Image, two: Image.Image) -> float:
    """The mean difference of the most different channel, in grey levels."""
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), two.convert("RGB"))).mean)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
