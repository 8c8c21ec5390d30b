"""The embedded profile on tiny random checkpoints."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.prompts import PREFERENCE_FIRST
from core.scorer_card import ScorerCard
from core.settings import Settings
from tests.tiny_checkpoints import write_tiny_adapter, write_tiny_llama, write_tiny_llava_next


def tiny_card(**changes: object) -> ScorerCard:
    """A scorer card for its recommender."""
    known = ScorerCard(
        base="LLaVA-NeXT-SmolLM2-135M", base_sha="0",
        prompt_version=PREFERENCE_FIRST, order="preference-first",
        yes_id=1, no_id=2, preference_characters=1500, tiles=[[28, 28]], loss="answer",
        scale=1.0, shift=0.0, transformers="5",
    )  # fmt: skip
    return replace(known, **changes)  # type: ignore[arg-type]


def tiny_profile(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Write checkpoints, adapters and card to a folder, and let the profile find them."""
    text = write_tiny_llama(folder / "text")
    eyes = write_tiny_llava_next(folder / "eyes")
    assets = folder / "assets"
    for name, base in (("item-summarizer", eyes), ("user-summarizer", text), ("recommender", eyes)):
        write_tiny_adapter(base, assets / "embedded" / name)
    tiny_card().write(assets / "embedded" / "recommender")
    monkeypatch.setattr("core.weights.embedded_checkpoint", lambda home, on_progress: text)
    monkeypatch.setattr("core.weights.vision_checkpoint", lambda home, parts, on_progress: eyes)
    given = Settings.from_environment({"TASTELINE_HOME": str(folder)})
    return replace(given, assets=assets)
