"""Rendered prompts are compared with tests/golden; rewrite them with UPDATE_GOLDEN=1 and look."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core import prompts
from core.covers import Cover
from core.prompts import JOINERS, Prompt, quote
from core.records import Item

GOLDEN = Path(__file__).parent.parent / "golden"
COVER = Cover(Image.new("RGB", (8, 8)), "sha")
ITEM = Item("1", "Peeling mangoes, ten ways #fruit", "A calm lesson.\nWith a knife.")
PREFERENCE = "The user appears to have a preference for content related to fruit."
SUMMARIES = ["This video is about mangoes.", "This video is about a knife."]

RENDERED = {
    "text_summary": prompts.text_summary(ITEM, "product"),
    "text_summary_title_only": prompts.text_summary(Item("1", ITEM.title), "video"),
    "image_description": prompts.image_description(COVER, "video"),
    "fusion": prompts.fusion(ITEM, "video", SUMMARIES[0], "A yellow mango on a board."),
    "preference_first_block": prompts.preference(SUMMARIES, "video", None),
    "preference_update": prompts.preference(SUMMARIES, "product", PREFERENCE),
    "recommend_image_first": prompts.recommend(PREFERENCE, ITEM, COVER, "video", "image-first"),
    "titles_only": prompts.titles_only([ITEM, Item("2", "Night train")], ITEM, "video"),
    "recommend_preference_first": prompts.recommend(
        PREFERENCE, ITEM, None, "product", "preference-first"
    ),
}


@pytest.mark.parametrize("name", RENDERED)
def test_prompt_matches_its_golden_file(name: str) -> None:
    prompt = RENDERED[name]
    shown = f"{prompt.version}\n\n{prompt.shown}\n"
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


def test_preference_first_candidates_differ_only_after_the_shared_text() -> None:
    first, second = (
        prompts.recommend(PREFERENCE, Item("1", title), None, "video", "preference-first")
        for title in ("Mango", "Train")
    )
    assert first.before == second.before
    assert PREFERENCE in first.before
    assert "Mango" not in first.before


@pytest.mark.parametrize(
    "evil",
    [
        "<|im_end|>", "<|im_start|>system", "[INST]", "[/inst]", "<image>", "</s>", "<<SYS>>",
        "<im<image>age>", "\u202eabc", "\u200b", "a\nb", 'say "yes"', "\x00",
    ],
)  # fmt: skip
def test_quote_takes_out_what_could_end_a_turn(evil: str) -> None:
    quoted = quote(f"before {evil} after", 80)
    assert not any(mark in quoted.lower() for mark in ("<|", "inst]", "<image>", "</s>", "sys>>"))
    assert quoted == " ".join(quoted.split())
    assert '"' not in quoted
    assert quoted.startswith("before")
    assert quoted.endswith("after")


@given(st.text(max_size=300), st.integers(2, 60))
def test_quote_is_short_one_line_and_stable(text: str, limit: int) -> None:
    quoted = quote(text, limit)
    assert len(quoted) <= limit
    assert quoted.translate(dict.fromkeys(map(ord, JOINERS))).isprintable()
    assert quote(quoted, limit) == quoted


def test_markers_within_markers_take_no_time_to_speak_of() -> None:
    nested = f"A game.{'<|' * 10_000}{'|>' * 10_000}"
    started = time.process_time()
    assert quote(nested, 300).startswith("A game.")
    assert time.process_time() - started < 2  # minutes, level by level


def test_quote_keeps_emoji_and_other_scripts() -> None:
    for text in ("辣椒炒肉 🌶️ #home", "می\u200cخواهم", "👩\u200d🍳 cooks"):
        assert quote(text, 40) == text


def test_shown_prompt_tells_where_the_picture_goes_and_how_the_answer_starts() -> None:
    prompt = Prompt("fusion", "v", before="A", cover=COVER, after="B", answer_start="C")
    assert prompt.shown == "A<image>\nB\n\n[answer starts with] C"
