"""One candidate explained, from the first look to the whole."""

from dataclasses import replace

import pytest
from PIL import Image

from core.errors import DataError
from core.mllm_msr import Models, recommend
from core.records import Dataset, History, Item, Run, Variant
from core.why import Explanation, explain, scores_alike
from tests.fakes import FakeModel

CANDIDATES = tuple(Item(str(i), f"Candidate {'x' * i}") for i in range(8, 20))


def models(model: FakeModel) -> Models:
    return Models(model, model, model, "preference-first", "test")


def finished(history: History, model: FakeModel, variant: Variant = "recurrent") -> Run:
    return list(recommend(history, CANDIDATES, models(model), variant))[-1].run


def explained(
    history: History, model: FakeModel, item_id: str = "9", stranger: str = "They like ships."
) -> list[Explanation]:
    run = finished(history, model)
    return list(explain(run, 3, item_id, history.dataset, models(model), stranger))


def test_every_report_knows_more_and_the_last_one_everything(
    history: History, fake_model: FakeModel
) -> None:
    reports = explained(history, fake_model)
    known = [(len(r.removals), r.deletion is not None, r.history is not None) for r in reports]
    assert known == sorted(known)
    whole = reports[-1]
    assert set(whole.removals) == {"delete", "neutral", "stranger"}
    assert whole.history is not None
    assert whole.history.units == tuple(item.title for item in history.items)
    assert whole.sentences.method == "shapley"
    assert whole.sentences.empty is not None
    gained = whole.sentences.whole - whole.sentences.empty
    assert sum(whole.sentences.effects) == pytest.approx(gained)


def test_first_report_asks_for_each_part_once(history: History, fake_model: FakeModel) -> None:
    run = finished(history, fake_model)
    fake_model.scored.clear()
    first = next(explain(run, 3, "9", history.dataset, models(fake_model)))
    sentences = len(first.sentences.units)
    assert len(fake_model.scored) == (1 + sentences) + (1 + len(first.modalities.units))


@pytest.mark.parametrize(("sentences", "method"), [(9, "leave-one-out"), (1, "shapley")])
def test_a_long_preference_is_explained_one_by_one_and_a_single_sentence_has_no_order(
    history: History, fake_model: FakeModel, sentences: int, method: str
) -> None:
    run = finished(history, fake_model)
    text = " ".join(f"They like number {n}." for n in range(sentences))
    last = run.preferences[-1]
    changed = replace(last, written=replace(last.written, text=text))
    run = replace(run, preferences=(*run.preferences[:-1], changed))
    found = list(explain(run, 3, "9", history.dataset, models(fake_model)))[-1]
    assert found.sentences.method == method
    assert len(found.sentences.units) == sentences
    assert (found.deletion is not None) == (sentences > 1)


def test_margin_that_is_explained_is_the_one_of_the_run(
    history: History, fake_model: FakeModel
) -> None:
    run = finished(history, fake_model)
    margin = next(score.margin for score in run.scores[-1] if score.item_id == "9")
    whole = list(explain(run, 3, "9", history.dataset, models(fake_model)))[-1]
    assert whole.sentences.whole == whole.modalities.whole == margin


def test_without_a_stranger_that_removal_is_left_out(
    history: History, fake_model: FakeModel
) -> None:
    assert set(explained(history, fake_model, stranger="")[-1].removals) == {"delete", "neutral"}


def test_an_image_is_a_part_only_where_the_recommender_sees_it(
    history: History, dataset: Dataset
) -> None:
    Image.new("RGB", (9, 9)).save(dataset.root / "c.png")
    model = FakeModel(sees_images=True)
    seen = (Item("8", "with cover", cover="c.png"), *CANDIDATES[1:])
    run = list(recommend(history, seen, models(model)))[-1].run
    first = next(explain(run, 3, "8", dataset, models(model)))
    assert first.modalities.units == ("image", "title", "preference")
    blind = list(recommend(history, seen, models(model), "text-only"))[-1].run
    first = next(explain(blind, 3, "8", dataset, models(model)))
    assert first.modalities.units == ("title", "preference")


def test_unknown_candidate_is_named(history: History, fake_model: FakeModel) -> None:
    with pytest.raises(DataError, match="'77' is not among this user's 12 candidates"):
        explained(history, fake_model, item_id="77")


def test_other_weights_are_told_by_a_margin(history: History, fake_model: FakeModel) -> None:
    run = finished(history, fake_model)
    assert scores_alike(run, history.dataset, models(fake_model))

    class Other(FakeModel):
        def margins(self, prompts):  # type: ignore[no-untyped-def]
            return tuple(replace(m, margin=m.margin + 0.5) for m in super().margins(prompts))

    named_so = Other(sha="another name")
    assert not scores_alike(run, history.dataset, models(named_so))
    assert scores_alike(run, history.dataset, models(FakeModel(sha="another name")))
    assert scores_alike(run, history.dataset, models(Other()))  # 16 bit, in another batch
