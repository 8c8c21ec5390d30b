from pathlib import Path
from random import Random

import pytest

pytest.importorskip("skia", reason="worlds are drawn with skia-python (extra: train)")

from core.records import Dataset, ItemSummary, ModelText, Provenance
from core.records import Item as Stored
from train import preference_examples
from train.preference_examples import PreferenceBatches, live, target_preferences
from train.targets import mentioned_themes
from train.worlds import build_worlds

WORLD = build_worlds(1001, users=12)[0]
DATASET = Dataset("videos", "microlens", Path())


def test_planted_preference_names_what_is_believed() -> None:
    user = WORLD.users[0]
    items = [Stored(item.item_id, item.title) for item in user.items[:-1]]
    life = live(DATASET, user, items, {}, seed=1)
    texts = target_preferences(life, Random(1))
    assert len(texts) == len(life.blocks)
    for text, belief in zip(texts, life.beliefs, strict=True):
        assert text.startswith("The user appears to have a preference")
        assert set(mentioned_themes(text, "videos")[0]) == set(belief.themes)


def test_no_life_is_read_at_once() -> None:
    lives = [live(DATASET, user, user.items[:-1], {}, seed=1) for user in WORLD.users]
    assert {len(block.items) for life in lives for block in life.blocks} <= {1, 2, 3, 4, 5, 6}


def test_an_epoch_has_every_block_once_and_like_sizes_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(preference_examples, "SIZES", {1: 0.5, 6: 0.5})
    lives = []
    for user in WORLD.users:
        items = [Stored(item.item_id, f"{user.user_id} {item.title}") for item in user.items[:-1]]
        texts = {item.item_id: summary(item.title) for item in items}
        lives.append(live(DATASET, user, items, texts, seed=1))
    blocks = sum(len(life.blocks) for life in lives)
    count = blocks // 4
    batches = PreferenceBatches(lives, [[] for _ in lives], 4, seed=1)
    shown = [[example.prompt.shown for example in batches(index)] for index in range(count)]
    assert len({text for batch in shown for text in batch}) == 4 * count
    spread = [max(map(len, batch)) / min(map(len, batch)) for batch in shown]
    assert sum(ratio < 2 for ratio in spread) > count / 2


def summary(text: str) -> ItemSummary:
    written = ModelText(text, "", Provenance("fake", "", "", "greedy", 0, 0, 0.0))
    return ItemSummary("", written, None, written)
