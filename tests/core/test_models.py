from pathlib import Path

import pytest

import core.models as models
from core.errors import MsrError
from core.prompts import Prompt
from core.settings import Settings
from core.store import Store
from tests.tiny_checkpoints import write_tiny_llama


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    tiny = write_tiny_llama(tmp_path / "tiny")
    monkeypatch.setattr(models.weights, "embedded_checkpoint", lambda home, on_progress: tiny)
    return Settings.from_environment({"TASTELINE_HOME": str(tmp_path)})


def test_embedded_profile_writes_fast_and_scores_exactly(settings: Settings, store: Store) -> None:
    notes: list[str] = []
    loaded = models.load_models(settings, store, notes.append)
    assert notes == ["Loading SmolLM2-135M-Instruct"]
    assert loaded.item_summarizer is loaded.user_summarizer
    assert loaded.recommender.checkpoint.sha.endswith("-float32")
    assert (loaded.profile, loaded.variant) == ("embedded", "text-only")
    assert loaded.order == "preference-first"
    assert not loaded.recommender.sees_images


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
