from dataclasses import replace

import pytest
from PIL import Image

from core.mllm_msr import Models, Progress, recommend
from core.records import History, Item, Variant
from tests.fakes import FakeModel

CANDIDATES = tuple(Item(str(i), f"Candidate {'x' * i}") for i in range(8, 20))


def models(model: FakeModel) -> Models:
    return Models(model, model, model, "preference-first", "test")


def story(history: History, model: FakeModel, variant: Variant = "recurrent") -> list[Progress]:
    return list(recommend(history, CANDIDATES, models(model), variant))


def test_story_has_a_preference_and_scores_for_every_block(
    history: History, fake_model: FakeModel
) -> None:
    run = story(history, fake_model)[-1].run
    assert [p.block.index for p in run.preferences] == [1, 2, 3]
    assert [len(p.block.items) for p in run.preferences] == [3, 3, 1]
    assert len(run.summaries) == 7
    assert [len(scores) for scores in run.scores] == [12, 12, 12]
    assert run.next_item_id == "8"
    assert set(run.seconds) == {"item_summary", "preference", "recommender", "total"}


def test_story_grows_and_streams(history: History, fake_model: FakeModel) -> None:
    steps = story(history, fake_model)
    sizes = [(len(s.run.summaries), len(s.run.preferences), len(s.run.scores)) for s in steps]
    assert sizes == sorted(sizes)
    writing = [step.writing for step in steps if step.note.startswith("Writing")]
    assert len(set(writing)) >= 6
    assert steps[0].note == "Reading items 1 to 3 of 7"
    assert steps[-1].note == "Block 3 of 3 done"


def test_items_are_read_block_by_block_so_the_first_preference_comes_early(
    history: History, fake_model: FakeModel
) -> None:
    story(history, fake_model)
    kinds = [prompt.kind for prompt in fake_model.asked]
    assert kinds == [*["text_summary"] * 3, "preference"] * 2 + ["text_summary", "preference"]


def test_direct_reads_the_whole_history_in_one_prompt(
    history: History, fake_model: FakeModel
) -> None:
    run = story(history, fake_model, "direct")[-1].run
    assert len(run.preferences) == 1
    assert len(run.preferences[0].block.items) == 7
    assert "Previous Preference" not in run.preferences[0].written.prompt


def test_only_the_last_block_is_scored_on_request(history: History, fake_model: FakeModel) -> None:
    *_, last = recommend(history, CANDIDATES, models(fake_model), score_every_block=False)
    assert len(last.run.scores) == 1
    assert len(fake_model.scored) == 12


@pytest.mark.parametrize(("variant", "pictures"), [("recurrent", 2), ("text-only", 0)])
def test_text_only_shows_no_picture_to_any_stage(
    history: History, variant: Variant, pictures: int
) -> None:
    Image.new("RGB", (9, 9)).save(history.dataset.root / "1.png")
    model = FakeModel(sees_images=True)
    items = (replace(history.items[0], cover="1.png"), *history.items[1:3])
    candidates = (replace(CANDIDATES[0], cover="1.png"), replace(CANDIDATES[1], cover="1.png"))
    seen = replace(history, items=items)
    *_, last = recommend(seen, candidates, models(model), variant)
    assert sum(prompt.cover is not None for prompt in model.scored) == pictures
    assert (last.run.summaries[0].image_description is not None) == (variant == "recurrent")


def test_closing_a_live_run_stops_the_model(history: History, fake_model: FakeModel) -> None:
    run = recommend(history, CANDIDATES, models(fake_model))
    for progress in run:
        if progress.writing.endswith("preference"):  # the second word of three
            break
    run.close()
    assert fake_model.closed == 1
    assert not fake_model.scored


def test_note_of_a_block_of_one_names_one_item(history: History, fake_model: FakeModel) -> None:
    notes = {step.note for step in story(history, fake_model)}
    assert {"Reading items 4 to 6 of 7", "Reading item 7 of 7"} <= notes
