"""Loads models on this machine: each checkpoint once, whoever asks for it."""

import functools
import gc
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from core import checkpoints, weights
from core.errors import WeightsError
from core.hub import driver_is_here
from core.profiles import TEXT_CHECKPOINT, VISION_CHECKPOINT, Profile, Role
from core.scorer_card import FILE as CARD
from core.scorer_card import ScorerCard
from core.settings import Settings
from core.transformers_model import TransformersModel


def local_models(
    profile: Profile, settings: Settings, on_progress: Callable[[str], None]
) -> Callable[[Role], TransformersModel]:
    """Load roles on this machine; those that share weights and a precision share a model.

    Args:
        profile: whose roles they are.
        settings: cache folder, 4-bit or not, how much of a picture is read.
        on_progress: receives one line of status at a time.

    Returns:
        What loads a role.

    Raises:
        WeightsError: one clear line when a checkpoint cannot be had.
    """
    sources = {
        role.checkpoint: checkpoint_source(role.checkpoint, settings, on_progress)
        for role in profile.roles
    }
    on_progress(f"Loading {', '.join(sources)}")
    if not checkpoints.has_gpu():
        _without_gpu(profile, on_progress)
    quantize = settings.quantize
    if quantize is None and checkpoints.must_quantize(profile.gigabytes):
        quantize = True
        on_progress(
            f"Loading {', '.join(sources)} in 4 bit: {profile.gigabytes:g} GB of 16-bit weights do "
            "not fit this GPU"
        )

    def precise(role: Role) -> bool:
        return profile.exact_scores and role == profile.recommender

    how = _How(
        profile.merges and not quantize,
        bool(quantize),
        settings.image_tokens,
        settings.picture_bytes,
    )

    def load(role: Role) -> TransformersModel:
        adapter = settings.assets / "embedded" / role.adapter if role.adapter else None
        dtype = checkpoints.best_dtype(exact=precise(role))
        return _loaded(sources[role.checkpoint], role, adapter, dtype, how)

    return load


def _without_gpu(profile: Profile, on_progress: Callable[[str], None]) -> None:
    """Refuse what a CPU cannot do, and say so where there is a GPU that torch cannot use."""
    unused = ""
    if driver_is_here():
        why = "is built for CPUs"
        if torch.version.cuda:
            why = f"brings CUDA {torch.version.cuda}, which wants a newer driver"
        unused = f"torch {torch.__version__} cannot use the GPU here: it {why}."
    if profile.needs_gpu:
        raise WeightsError(
            f"The {profile.name} profile has {profile.gigabytes:g} GB of weights. {unused} No "
            "model was fetched; set TASTELINE_REMOTE_URL to use one elsewhere."
            if unused
            else f"The {profile.name} profile has {profile.gigabytes:g} GB of weights and this "
            "machine no GPU; no model was fetched. Take one that has, or set TASTELINE_REMOTE_URL."
        )
    if unused:
        on_progress(f"{unused} Models run on the CPU")


def release_models() -> None:
    """Let go of loaded models: the next ones may need their memory."""
    _loaded.cache_clear()
    gc.collect()  # weights in 4 bit and their layers hold each other


@dataclass(frozen=True, slots=True)
class _How:
    """What all models of a profile are loaded with, see `TransformersModel.load`."""

    merge: bool
    quantize: bool
    image_tokens: int | None
    picture_bytes: int | None


@functools.lru_cache(maxsize=8)
def _loaded(
    source: str | Path, role: Role, adapter: Path | None, dtype: torch.dtype, how: _How
) -> TransformersModel:
    """Load a model once: weights that two sets of models need are held once."""
    if adapter and (adapter / CARD).exists():
        _see_to_base(ScorerCard.read(adapter), source, role)
    if adapter and not how.merge:
        base = _loaded(source, replace(role, adapter=None, signed=""), None, dtype, how)
        return base.beside(adapter, role.name)
    return TransformersModel.load(
        source,
        name=role.name,
        adapter=adapter,
        quantize=how.quantize,
        dtype=dtype,
        revision=role.revision,
        image_tokens=how.image_tokens,
        picture_bytes=how.picture_bytes,
    )


def _see_to_base(card: ScorerCard, source: str | Path, role: Role) -> None:
    """Refuse an adapter that was trained on other weights of its checkpoint: it would fit, too."""
    if card.base_weights:
        sha = checkpoints.fingerprint(source, role.revision, weights_only=True)
        card.check(base_weights=sha)


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
