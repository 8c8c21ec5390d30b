"""Loads the models of a profile. The first call imports torch; nothing before it does."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from core import weights
from core.language_model import LanguageModel
from core.memory import Memory, RememberingModel
from core.mllm_msr import Models
from core.profiles import EMBEDDED_CHECKPOINT, find_profile
from core.settings import Settings


def load_models(
    settings: Settings,
    memory: Memory,
    on_progress: Callable[[str], None] = lambda note: None,
    profile_name: str | None = None,
) -> Models:
    """Load each checkpoint of a profile once and give it its roles.

    Args:
        settings: profile, cache folder, 4-bit or not.
        memory: where answers are kept.
        on_progress: receives one line of status at a time.
        profile_name: another profile than the settings'.

    Raises:
        MsrError: for an unknown profile.
        WeightsError: one clear line when a checkpoint cannot be had.
    """
    profile = find_profile(profile_name or settings.profile)
    loaded: dict[str, RememberingModel] = {}
    for name in (profile.item_summarizer, profile.user_summarizer, profile.recommender):
        if name not in loaded:
            loaded[name] = RememberingModel(_load(name, settings, on_progress), memory)
    return Models(
        item_summarizer=loaded[profile.item_summarizer],
        user_summarizer=loaded[profile.user_summarizer],
        recommender=loaded[profile.recommender],
        order=profile.order,
        profile=profile.name,
        variant=profile.variant,
    )


def _load(name: str, settings: Settings, on_progress: Callable[[str], None]) -> LanguageModel:
    source: str | Path = name
    if name == EMBEDDED_CHECKPOINT:
        source = weights.embedded_checkpoint(settings.home, on_progress)
    on_progress(f"Loading {name}")
    engine = import_module("core.transformers_model")  # torch: seconds, so only here
    model: LanguageModel = engine.TransformersModel.load(
        source, name=name, quantize=settings.quantize
    )
    return model
