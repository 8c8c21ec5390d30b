"""Loads the models of a profile. The first call imports torch; nothing before it does."""

import functools
from collections.abc import Callable
from importlib import import_module

from core import weights
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
    sources = {
        name: weights.embedded_checkpoint(settings.home, on_progress)
        if name == EMBEDDED_CHECKPOINT
        else name
        for name in (profile.item_summarizer, profile.user_summarizer, profile.recommender)
    }
    on_progress(f"Loading {', '.join(sources)}")
    engine = import_module("core.transformers_model")  # torch: seconds, so only here

    @functools.cache  # roles that share a checkpoint and a precision share a model
    def load(name: str, dtype: object) -> RememberingModel:
        model = engine.TransformersModel.load(
            sources[name], name=name, quantize=settings.quantize, dtype=dtype
        )
        return RememberingModel(model, memory)

    fast, precise = engine.best_dtype(), engine.best_dtype(exact=profile.exact_scores)
    return Models(
        item_summarizer=load(profile.item_summarizer, fast),
        user_summarizer=load(profile.user_summarizer, fast),
        recommender=load(profile.recommender, precise),
        order=profile.order,
        profile=profile.name,
        variant=profile.variant,
    )
