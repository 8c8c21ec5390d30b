from dataclasses import replace
from pathlib import Path

import pytest

import core.models as models
from core.errors import MsrError, WeightsError
from core.prompts import PREFERENCE_FIRST, Prompt
from core.scorer_card import ScorerCard
from core.settings import Settings
from core.store import Store
from tests.tiny_checkpoints import write_tiny_adapter, write_tiny_llama, write_tiny_llava_next


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    text = write_tiny_llama(tmp_path / "text")
    eyes = write_tiny_llava_next(tmp_path / "eyes")
    assets = tmp_path / "assets"
    for name, base in (("item-summarizer", eyes), ("user-summarizer", text), ("recommender", eyes)):
        write_tiny_adapter(base, assets / "embedded" / name)
    card().write(assets / "embedded" / "recommender")
    monkeypatch.setattr(models.weights, "embedded_checkpoint", lambda home, on_progress: text)
    monkeypatch.setattr(models.weights, "vision_checkpoint", lambda home, parts, on_progress: eyes)
    given = Settings.from_environment({"TASTELINE_HOME": str(tmp_path)})
    return replace(given, assets=assets)


def card(**changes: object) -> ScorerCard:
    known = ScorerCard(
        base="tiny", base_sha="0", prompt_version=PREFERENCE_FIRST, order="preference-first",
        yes_id=1, no_id=2, preference_characters=1500, tiles=[[28, 28]], loss="answer",
        scale=1.0, shift=0.0, transformers="5",
    )  # fmt: skip
    return replace(known, **changes)  # type: ignore[arg-type]


def test_embedded_profile_sees_writes_fast_and_scores_exactly(
    settings: Settings, store: Store
) -> None:
    notes: list[str] = []
    loaded = models.load_models(settings, store, notes.append)
    assert notes == ["Loading LLaVA-NeXT-SmolLM2-135M, SmolLM2-135M-Instruct"]
    assert loaded.recommender.checkpoint.name == "LLaVA-NeXT-SmolLM2-135M + recommender"
    assert loaded.recommender.checkpoint.sha.endswith("-float32")
    assert (loaded.profile, loaded.variant) == ("embedded", "recurrent")
    assert loaded.order == "preference-first"
    assert loaded.recommender.sees_images
    assert loaded.item_summarizer.sees_images
    assert not loaded.user_summarizer.sees_images


def test_models_without_adapters_answer_otherwise(settings: Settings, store: Store) -> None:
    prompt = Prompt("score", "v", after="Again?")
    tuned = models.load_models(settings, store)
    base = models.load_models(settings, store, adapters=False)
    assert base.recommender.checkpoint.name == "LLaVA-NeXT-SmolLM2-135M"
    assert base.item_summarizer.checkpoint == tuned.item_summarizer.checkpoint
    assert base.recommender.margins([prompt]) != tuned.recommender.margins([prompt])


def test_recommender_made_for_another_question_is_refused(settings: Settings, store: Store) -> None:
    card(prompt_version="recommend-0").write(settings.assets / "embedded" / "recommender")
    with pytest.raises(WeightsError, match="fine-tuned with prompt_version 'recommend-0'"):
        models.load_models(settings, store)


def test_recommender_without_its_card_is_refused(settings: Settings, store: Store) -> None:
    (settings.assets / "embedded" / "recommender" / "scorer_card.json").unlink()
    with pytest.raises(WeightsError, match=r"has no scorer_card\.json"):
        models.load_models(settings, store)


def test_loaded_models_remember_in_the_store(settings: Settings, store: Store) -> None:
    prompt = Prompt("score", "v", after="Again?")
    first = models.load_models(settings, store).recommender.margins([prompt])
    again = models.load_models(settings, store).recommender.margins([prompt])
    assert again == first  # to the millisecond: it was not computed again


def test_unknown_profile_is_refused_before_anything_is_loaded(
    settings: Settings, store: Store
) -> None:
    with pytest.raises(MsrError, match="no profile 'huge'"):
        models.load_models(settings, store, profile_name="huge")
