from pathlib import Path
from random import Random

import pytest
from PIL import Image

pytest.importorskip("skia", reason="worlds are drawn with skia-python (extra: train)")

from core.covers import Cover
from core.prompts import Prompt
from core.records import Dataset
from core.records import Item as Stored
from train.preference_examples import live
from train.score_examples import Choice, Phase, ScoreBatches, planted_choice, resembles, wanted
from train.worlds import build_worlds

WORLD = build_worlds(1001, users=12)[0]
DATASET = Dataset("world", "microlens", Path())
PAIRS = [(Stored(item.item_id, item.title), item) for item in WORLD.items]
PLANTED = {item.item_id: item for item in WORLD.items}


def choices() -> list[tuple[Choice, object]]:
    found = []
    for user in WORLD.users:
        items = [Stored(item.item_id, item.title) for item in user.items[:-1]]
        life = live(DATASET, user, items, {}, seed=1)
        block = len(life.blocks)
        found.append((planted_choice(life, block, "Likes cats.", PAIRS, Random(1), hard=0.5), life))
    return found


def test_taken_items_suit_the_taste_and_left_ones_do_not() -> None:
    for choice, life in choices():
        taste = life.user.taste_at(len(life.items) - 1)  # type: ignore[attr-defined]
        touched = {item.item_id for item in life.items}  # type: ignore[attr-defined]
        assert choice.taken
        assert all(wanted(taste, PLANTED[item.item_id]) for item in choice.taken)
        assert not any(wanted(taste, PLANTED[item.item_id]) for item in choice.left)
        assert not touched & {item.item_id for item in (*choice.taken, *choice.left)}


def test_half_of_the_left_items_or_more_are_hard() -> None:
    for choice, life in choices():
        user = life.user  # type: ignore[attr-defined]
        taste = user.taste_at(len(life.items) - 1)  # type: ignore[attr-defined]
        hard = [resembles(user.tastes, taste, PLANTED[item.item_id]) for item in choice.left]
        assert sum(hard) >= len(hard) // 2


def test_without_hard_negatives_few_left_items_are_alike() -> None:
    shares = {}
    for hard in (0.0, 1.0):
        alike = []
        for user in WORLD.users:
            items = [Stored(item.item_id, item.title) for item in user.items[:-1]]
            life = live(DATASET, user, items, {}, seed=1)
            last = len(life.blocks)
            choice = planted_choice(life, last, "Likes cats.", PAIRS, Random(1), hard=hard)
            taste = user.taste_at(len(items) - 1)
            alike += [resembles(user.tastes, taste, PLANTED[i.item_id]) for i in choice.left]
        shares[hard] = sum(alike) / len(alike)
    assert shares[0.0] < 0.5 < 0.9 < shares[1.0]


def test_nobody_takes_what_no_item_has_hinted_at() -> None:
    for user in WORLD.users:
        items = [Stored(item.item_id, item.title) for item in user.items[:-1]]
        life = live(DATASET, user, items, {}, seed=1)
        shown = {item.theme.key for item in user.items[: life.size]}
        choice = planted_choice(life, 1, "Likes cats.", PAIRS, Random(1), hard=0.5)
        assert {PLANTED[item.item_id].theme.key for item in choice.taken} <= shown


def test_batches_hold_as_many_yes_as_no_and_repeat_themselves() -> None:
    batches = ScoreBatches(
        Phase(1.0, [choice for choice, _ in choices()]), lambda *_: None,
        order="preference-first", users=3, candidates=4, seed=2,
    )  # fmt: skip
    for index in range(8):
        for example in batches(index):
            assert sum(example.labels) * 2 == len(example.labels) <= 4
    assert batches(5) == batches(5) != batches(6)
    epoch = [example.prompts[0].before for index in range(4) for example in batches(index)]
    assert len(epoch) == len(WORLD.users)


def test_a_part_of_the_question_is_left_out_for_some_users_and_nothing_else_changes() -> None:
    cover = Cover(Image.new("RGB", (96, 96)), "a cover")

    def asked(**without: float) -> list[Prompt]:
        batches = ScoreBatches(
            Phase(1.0, [choice for choice, _ in choices()], **without), lambda *_: cover,
            order="preference-first", users=3, candidates=4, seed=2,
        )  # fmt: skip
        return [p for index in range(8) for example in batches(index) for p in example.prompts]

    whole, blind, nameless = asked(), asked(without_image=1.0), asked(without_title=1.0)
    assert all(p.cover is None for p in blind)
    assert [p.after for p in blind] == [p.after for p in whole]
    assert {p.after for p in nameless} == {'Title: ""'}
    assert all(p.cover for p in nameless)
    some = asked(without_image=0.4, without_title=0.2)
    assert 0.2 < sum(p.cover is None for p in some) / len(some) < 0.6
    assert 0.05 < sum(p.after == 'Title: ""' for p in some) / len(some) < 0.4
    assert not any(p.cover is None and p.after == 'Title: ""' for p in some)
