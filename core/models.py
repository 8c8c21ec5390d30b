"""Loads the models of a profile. The first call imports torch; nothing before it does."""

import functools
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from core import weights
from core.memory import Memory, RememberingModel
from core.mllm_msr import Models
from core.profiles import TEXT_CHECKPOINT, VISION_CHECKPOINT, Role, find_profile
from core.prompts import PREFERENCE_FIRST
from core.scorer_card import ScorerCard
from core.settings import Settings


def load_models(
    settings: Settings,
    memory: Memory,
    on_progress: Callable[[str], None] = lambda note: None,
    profile_name: str | None = None,
    *,
    adapters: bool = True,
    recommender: Path | None = None,
) -> Models:
    """Load each checkpoint of a profile once and give it its roles.

    Args:
        settings: profile, cache folder, 4-bit or not.
        memory: where answers are kept.
        on_progress: receives one line of status at a time.
        profile_name: another profile than the settings'.
        adapters: False leaves users and candidates to the models as they were published; covers
            are still described by the model that has learnt to see.
        recommender: folder of an adapter to score with instead of the profile's.

    Raises:
        MsrError: for an unknown profile.
        WeightsError: one clear line when a checkpoint cannot be had.
    """
    profile = find_profile(profile_name or settings.profile)
    if not adapters:
        profile = replace(
            profile,
            user_summarizer=replace(profile.user_summarizer, adapter=None),
            recommender=replace(profile.recommender, adapter=None),
        )
    if recommender is not None:
        tuned = replace(profile.recommender, adapter=str(recommender.resolve()))
        profile = replace(profile, recommender=tuned)
    elif profile.recommender.adapter:
        card = ScorerCard.read(settings.assets / "embedded" / profile.recommender.adapter)
        card.check(order=profile.order, prompt_version=PREFERENCE_FIRST)
    roles = (profile.item_summarizer, profile.user_summarizer, profile.recommender)
    sources = {
        role.checkpoint: checkpoint_source(role.checkpoint, settings, on_progress) for role in roles
    }
    on_progress(f"Loading {', '.join(sources)}")
    engine = import_module("core.transformers_model")  # torch: seconds, so only here
    best_dtype = import_module("core.checkpoints").best_dtype

    @functools.cache  # roles that share weights and a precision share a model
    def load(role: Role, dtype: object) -> RememberingModel:
        model = engine.TransformersModel.load(
            sources[role.checkpoint],
            name=role.name,
            adapter=settings.assets / "embedded" / role.adapter if role.adapter else None,
            quantize=settings.quantize,
            dtype=dtype,
        )
        return RememberingModel(model, memory)

    fast, precise = best_dtype(), best_dtype(exact=profile.exact_scores)
    return Models(
        item_summarizer=load(profile.item_summarizer, fast),
        user_summarizer=load(profile.user_summarizer, fast),
        recommender=load(profile.recommender, precise),
        order=profile.order,
        profile=profile.name,
        variant=profile.variant,
    )


def checkpoint_source(
    checkpoint: str, settings: Settings, on_progress: Callable[[str], None]
) -> str | Path:
    """The folder of an embedded checkpoint, or a Hub name as it is."""
    if checkpoint == TEXT_CHECKPOINT:
        return weights.embedded_checkpoint(settings.home, on_progress)
    if checkpoint == VISION_CHECKPOINT:
        parts = settings.assets / "embedded" / "parts.safetensors"
        return weights.vision_checkpoint(settings.home, parts, on_progress)
    return checkpoint
