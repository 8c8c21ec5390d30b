"""Stages 1 to 3 with a fake model: what is asked, in which order, and what comes of it."""

import math
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.covers import cover_path
from core.item_summary import BLIND, SILENT, TEXT_ONLY, calibrate, summarize_item
from core.language_model import Generation
from core.preference import infer_preference, split_blocks
from core.recommender import p_yes, rank_margins, score_candidates
from core.records import Dataset, Item, ItemSummary
from core.streams import drain
from core.writing import whole_sentences
from tests.fakes import FakeModel

# --- stage 1 -----------------------------------------------------------------------------------


def test_summary_reads_text_and_picture_and_fuses_them(dataset: Dataset) -> None:
    Image.new("RGB", (9, 9)).save(dataset.root / "1.png")
    model = FakeModel(sees_images=True)
    summary = summarize_item(Item("1", "Mango", cover="1.png"), dataset, model)
    assert [p.kind for p in model.asked] == ["text_summary", "image_description", "fusion"]
    assert summary.image_description is not None
    assert summary.image_description.text in model.asked[2].shown
    assert summary.fused.text == "fusion number 3."
    assert summary.no_image == ""


def test_blind_model_is_never_shown_a_picture(dataset: Dataset) -> None:
    Image.new("RGB", (9, 9)).save(dataset.root / "1.png")
    model = FakeModel()
    summary = summarize_item(Item("1", "Mango", cover="1.png"), dataset, model)
    assert [p.kind for p in model.asked] == ["text_summary"]
    assert summary.image_description is None
    assert summary.no_image == BLIND == "This model does not see images."
    assert summary.fused == summary.text_summary


def test_text_only_leaves_the_picture_out(dataset: Dataset) -> None:
    Image.new("RGB", (9, 9)).save(dataset.root / "1.png")
    model = FakeModel(sees_images=True)
    summary = summarize_item(Item("1", "M", cover="1.png"), dataset, model, read_image=False)
    assert summary.no_image == TEXT_ONLY
    assert summary.image_description is None


@pytest.mark.parametrize(
    ("cover", "reason"),
    [(None, "has no cover"), ("gone.jpg", "missing"), ("text.jpg", "not a readable")],
)
def test_unusable_cover_costs_the_description_and_says_why(
    dataset: Dataset, cover: str | None, reason: str
) -> None:
    (dataset.root / "text.jpg").write_text("not a picture")
    model = FakeModel(sees_images=True)
    summary = summarize_item(Item("1", "Mango", cover=cover), dataset, model)
    assert summary.image_description is None
    assert reason in summary.no_image
    assert summary.fused == summary.text_summary


def test_a_picture_of_which_nothing_is_said_shortens_no_text(dataset: Dataset) -> None:
    class Silent(FakeModel):
        def generate(self, prompt, decoding):  # type: ignore[no-untyped-def]
            if prompt.kind == "image_description":
                yield from ()
                return Generation("", 0, 1.0)
            return (yield from super().generate(prompt, decoding))

    Image.new("RGB", (9, 9)).save(dataset.root / "1.png")
    model = Silent(sees_images=True)
    summary = summarize_item(Item("1", "M", cover="1.png"), dataset, model)
    assert summary.fused == summary.text_summary
    assert summary.no_image == SILENT
    assert [prompt.kind for prompt in model.asked] == ["text_summary"]


def test_an_item_whose_notes_are_not_fused_keeps_its_text(dataset: Dataset) -> None:
    class Silent(FakeModel):
        def generate(self, prompt, decoding):  # type: ignore[no-untyped-def]
            if prompt.kind == "fusion":
                yield from ()
                return Generation("", 0, 1.0)
            return (yield from super().generate(prompt, decoding))

    Image.new("RGB", (9, 9)).save(dataset.root / "1.png")
    summary = summarize_item(Item("1", "M", cover="1.png"), dataset, Silent(sees_images=True))
    assert summary.image_description
    assert summary.fused == summary.text_summary


def test_text_keeps_the_words_it_was_started_with(dataset: Dataset, fake_model: FakeModel) -> None:
    summary = summarize_item(Item("1", "Mango"), dataset, fake_model)
    assert summary.text_summary.text.startswith("This video is about text_summary")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("One. Two. Thr", "One. Two."),
        ("Only an unfinished", "Only an unfinished"),
        ("One. Two!", "One. Two!"),
        ("他喜欢。 然后", "他喜欢。"),
        ("他喜欢猫。他也喜欢狗！然后他", "他喜欢猫。 他也喜欢狗！"),
        ("她说「好。」然后她走了。", "她说「好。」然后她走了。"),
        (
            "They like Dr. Strangelove and Kill Bill: Vol. 1. Lat",
            "They like Dr. Strangelove and Kill Bill: Vol. 1.",
        ),
        ("They like cats. Lately also Mr.", "They like cats."),
        ("First. Then they", "First."),
    ],
)
def test_unfinished_last_sentence_is_dropped(text: str, kept: str) -> None:
    assert whole_sentences(text) == kept


def test_no_more_sentences_are_kept_than_were_asked_for() -> None:
    assert whole_sentences("One. Two. Three.", most=1) == "One."
    assert whole_sentences("一。二。三。", most=1) == "一。"
    told = "It is about Plants vs. Zombies and Super Mario Bros. 3 (1988). More."
    assert whole_sentences(told, most=1) == told.removesuffix(" More.")


def test_calibrate_brings_both_to_a_similar_length() -> None:
    short = "A mango on a wooden board in the sun."
    long = "A first long sentence about it. A second one goes on. A third one. A fourth one too."
    text, description = calibrate(short, long)
    assert text == short
    assert description == "A first long sentence about it. A second one goes on."
    assert calibrate(long, short) == (description, text)


def test_calibrate_cuts_a_single_long_sentence() -> None:
    _, description = calibrate("A mango.", "word " * 100)
    assert len(description) <= 41


# --- stage 2 -----------------------------------------------------------------------------------


def summaries_of(items: tuple[Item, ...], dataset: Dataset) -> dict[str, ItemSummary]:
    model = FakeModel()
    return {item.item_id: summarize_item(item, dataset, model) for item in items}


@given(st.integers(0, 40), st.integers(1, 6))
def test_blocks_hold_every_item_once_in_order(count: int, size: int) -> None:
    items = [Item(str(i), "t") for i in range(count)]
    blocks = split_blocks(items, size)
    assert [item for block in blocks for item in block.items] == items
    assert [block.index for block in blocks] == list(range(1, len(blocks) + 1))
    assert all(len(block.items) == size for block in blocks[:-1])


def test_appending_an_item_changes_only_the_last_block() -> None:
    items = [Item(str(i), "t") for i in range(8)]
    assert split_blocks(items)[:2] == split_blocks(items[:7])[:2]


def test_preference_carries_the_last_state_into_the_next_block(
    dataset: Dataset, fake_model: FakeModel
) -> None:
    items = tuple(Item(str(i), f"Title {i}") for i in range(6))
    summaries = summaries_of(items, dataset)
    first, second = split_blocks(items)
    one = drain(infer_preference(first, summaries, None, "video", fake_model))
    two = drain(infer_preference(second, summaries, one, "video", fake_model))
    assert "Previous Preference" not in one.written.prompt
    assert one.written.text in two.written.prompt
    assert summaries["4"].fused.text in two.written.prompt
    assert summaries["1"].fused.text not in two.written.prompt


def test_preference_streams_ever_longer_text(dataset: Dataset, fake_model: FakeModel) -> None:
    items = (Item("1", "Mango"),)
    stream = infer_preference(
        split_blocks(items)[0], summaries_of(items, dataset), None, "video", fake_model
    )
    texts = list(stream)
    assert texts[0].startswith("The user appears to have a preference for")
    assert all(later.startswith(earlier) for earlier, later in pairwise(texts))
    assert texts[-1].endswith("number 1.")


def test_closing_a_preference_stops_the_model(dataset: Dataset, fake_model: FakeModel) -> None:
    items = (Item("1", "Mango"),)
    stream = infer_preference(
        split_blocks(items)[0], summaries_of(items, dataset), None, "video", fake_model
    )
    next(stream), next(stream)
    stream.close()
    assert fake_model.closed == 1


# --- stage 3 -----------------------------------------------------------------------------------


def test_scores_keep_the_order_of_the_candidates(fake_model: FakeModel) -> None:
    items = [Item("a", "x" * 30), Item("b", "x"), Item("c", "x" * 60)]
    scores, asked = score_candidates("Likes x.", items, {}, "video", fake_model, "preference-first")
    assert asked.prompt == fake_model.scored[0].shown
    assert asked.provenance.tokens == sum(len(prompt.shown) for prompt in fake_model.scored)
    assert [score.item_id for score in scores] == ["a", "b", "c"]
    assert [score.rank for score in scores] == [2, 3, 1]
    assert all(score.p_yes == p_yes(score.margin) for score in scores)


def test_ties_take_the_worst_rank() -> None:
    assert rank_margins([0.5, 2.0, 0.5, -1.0]) == (3, 1, 3, 4)


@given(st.floats(-1000, 1000))
def test_p_yes_is_a_symmetric_probability(margin: float) -> None:
    assert 0 <= p_yes(margin) <= 1
    assert p_yes(margin) + p_yes(-margin) == pytest.approx(1)


def test_p_yes_is_equation_1() -> None:
    yes, no = 2.0, 0.5
    assert p_yes(yes - no) == pytest.approx(math.exp(yes) / (math.exp(yes) + math.exp(no)))


def test_no_path_leads_out_of_the_data_set(dataset: Dataset, tmp_path: Path) -> None:
    assert cover_path(dataset, Item("1", "t", cover="../secret.jpg")) is None
    assert cover_path(dataset, Item("1", "t", cover="/etc/hostname")) is None
    assert cover_path(dataset, Item("1", "t", cover="a/../../secret.jpg")) is None
    assert cover_path(dataset, Item("1", "t")) is None
    assert cover_path(dataset, Item("1", "t", cover="in.jpg")) == tmp_path / "in.jpg"
