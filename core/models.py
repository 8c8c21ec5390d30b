"""Loads the models of a profile. The first call imports torch; nothing before it does."""

import functools
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from core import weights
from core.errors import MsrError, RemoteError
from core.language_model import LanguageModel
from core.memory import Memory, RememberingModel
from core.mllm_msr import Models
from core.profiles import TEXT_CHECKPOINT, VISION_CHECKPOINT, Profile, Role, find_profile
from core.prompts import PREFERENCE_FIRST
from core.scorer_card import ScorerCard
from core.settings import SPACE, Settings


def load_models(
    settings: Settings,
    memory: Memory,
    on_progress: Callable[[str], None] = lambda note: None,
    profile_name: str | None = None,
    *,
    adapters: bool = True,
    recommender: Path | None = None,
    hosted: Callable[[LanguageModel], LanguageModel] = lambda model: model,
) -> Models:
    """Load each checkpoint of a profile once and give it its roles.

    Args:
        settings: profile, cache folder, 4-bit or not; servers that hold the models instead.
        memory: where answers are kept.
        on_progress: receives one line of status at a time.
        profile_name: another profile than the settings'.
        adapters: False leaves users and candidates to the models as they were published; covers
            are still described by the model that has learnt to see.
        recommender: folder of an adapter to score with instead of the profile's.
        hosted: gives what stands for a model that was loaded here, where it is not asked directly.

    Raises:
        MsrError: for an unknown profile.
        WeightsError: one clear line when a checkpoint cannot be had.
        RemoteError: the same for a server.
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
    load = (
        _remote(profile, settings)
        if settings.remote_urls
        else _local(profile, settings, on_progress)
    )

    @functools.cache
    def remembering(role: Role) -> RememberingModel:
        model = load(role)
        return RememberingModel(model if settings.remote_urls else hosted(model), memory)

    return Models(
        item_summarizer=remembering(profile.item_summarizer),
        user_summarizer=remembering(profile.user_summarizer),
        recommender=remembering(profile.recommender),
        order=profile.order,
        profile=profile.name,
        variant=profile.variant,
    )


def _local(
    profile: Profile, settings: Settings, on_progress: Callable[[str], None]
) -> Callable[[Role], LanguageModel]:
    """Load roles on this machine; those that share weights and a precision share a model."""
    sources = {
        role.checkpoint: checkpoint_source(role.checkpoint, settings, on_progress)
        for role in profile.roles
    }
    on_progress(f"Loading {', '.join(sources)}")
    engine = import_module("core.transformers_model")  # torch: seconds, so only here
    best_dtype = import_module("core.checkpoints").best_dtype

    @functools.cache
    def load(role: Role, dtype: object) -> LanguageModel:
        model: LanguageModel = engine.TransformersModel.load(
            sources[role.checkpoint],
            name=role.name,
            adapter=settings.assets / "embedded" / role.adapter if role.adapter else None,
            quantize=settings.quantize,
            dtype=dtype,
        )
        return model

    def precise(role: Role) -> bool:
        return profile.exact_scores and role == profile.recommender

    return lambda role: load(role, best_dtype(exact=precise(role)))


def _remote(profile: Profile, settings: Settings) -> Callable[[Role], LanguageModel]:
    """Find roles elsewhere.

    Another Tasteline knows them by the names that they are signed with, a server knows an adapter
    by its folder's and a checkpoint by its own.
    """
    lent = settings.remote_urls[0].startswith(SPACE)
    try:
        client = import_module("core.space_model" if lent else "core.remote_model")
    except ModuleNotFoundError as missing:
        raise MsrError(
            f"TASTELINE_REMOTE_URL needs the package {missing.name}: pip install '.[remote]'"
        ) from missing

    def connect_to(url: str, role: Role) -> LanguageModel:
        if lent:
            there: LanguageModel = client.SpaceModel.connect(
                url.removeprefix(SPACE), role.name, key=settings.remote_key
            )
            return there
        name = Path(role.adapter).name if role.adapter else role.checkpoint
        sees = role != profile.user_summarizer
        served: LanguageModel = client.RemoteModel.connect(
            url, name, key=settings.remote_key, sees_images=sees
        )
        return served

    @functools.cache
    def connect(role: Role) -> LanguageModel:
        said = []
        for url in settings.remote_urls:
            try:
                return connect_to(url, role)
            except RemoteError as error:
                said.append(str(error))
        raise RemoteError(" ".join(said))

    return connect


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
