"""Loads the models of a profile. The first call imports torch; nothing before it does."""

import functools
import gc
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from core import weights
from core.errors import MsrError, RemoteError, WeightsError
from core.language_model import LanguageModel
from core.memory import Memory, RememberingModel
from core.mllm_msr import Models
from core.profiles import TEXT_CHECKPOINT, VISION_CHECKPOINT, Profile, Role, find_profile
from core.prompts import QUESTIONS
from core.scorer_card import FILE as CARD
from core.scorer_card import ScorerCard
from core.settings import SPACE, Settings


def load_models(
    settings: Settings,
    memory: Memory,
    on_progress: Callable[[str], None] = lambda note: None,
    profile_name: str | None = None,
    *,
    adapters: bool = True,
    user_summarizer: Path | None = None,
    recommender: Path | None = None,
    hosted: Callable[[LanguageModel], LanguageModel] = lambda model: model,
    must_keep: bool = False,
) -> Models:
    """Load each checkpoint of a profile once and give it its roles.

    Args:
        settings: profile, cache folder, 4-bit or not; servers that hold the models instead.
        memory: where answers are kept.
        on_progress: receives one line of status at a time.
        profile_name: another profile than the settings'.
        adapters: False leaves users and candidates to the models as they were published; covers
            are still described by the model that has learnt to see.
        user_summarizer: folder of an adapter to write preferences with instead of the profile's.
        recommender: folder of an adapter to score with instead of the profile's.
        hosted: gives what stands for a model that was loaded here, where it is not asked directly.
        must_keep: whether an answer that cannot be kept is an error, see `core.memory`.

    Raises:
        MsrError: for an unknown profile.
        WeightsError: one clear line when a checkpoint cannot be had.
        RemoteError: the same for a server.
    """
    profile = find_profile(profile_name or settings.profile)
    profile = _with_adapters(profile, settings, adapters, user_summarizer, recommender)
    load = (
        _remote(profile, settings, on_progress)
        if settings.remote_urls
        else _local(profile, settings, on_progress)
    )

    @functools.cache
    def remembering(role: Role) -> RememberingModel:
        model = load(role)
        answers = model if settings.remote_urls else hosted(model)
        return RememberingModel(answers, memory, must_keep=must_keep)

    return Models(
        item_summarizer=remembering(profile.item_summarizer),
        user_summarizer=remembering(profile.user_summarizer),
        recommender=remembering(profile.recommender),
        order=profile.order,
        profile=profile.name,
    )


def _with_adapters(
    profile: Profile,
    settings: Settings,
    adapters: bool,
    user_summarizer: Path | None,
    recommender: Path | None,
) -> Profile:
    """The profile with the adapters that are wanted; one that scores must be made for it."""

    def adapted(role: Role, folder: Path | None, own: str) -> Role:
        if folder is not None:
            return replace(role, adapter=str(folder.resolve()))
        if not adapters:
            return replace(role, adapter=None)
        return _own(role, own, settings) if own else role

    writes = adapted(profile.user_summarizer, user_summarizer, settings.user_adapter)
    scores = adapted(profile.recommender, recommender, settings.adapter)
    # A stage of a run has no card before it is shipped: it is judged as it is. Servers show none.
    shows = (recommender / CARD).exists() if recommender else not settings.remote_urls
    if scores.adapter and shows:
        ScorerCard.read(settings.assets / "embedded" / scores.adapter).check(
            base=scores.checkpoint,
            order=profile.order,
            prompt_version=QUESTIONS[profile.order],
        )
    return replace(profile, user_summarizer=writes, recommender=scores)


def _see_to_base(card: ScorerCard, source: str | Path, role: Role) -> None:
    """Refuse an adapter that was trained on other weights of its checkpoint: it would fit, too."""
    if card.base_weights:
        sha = import_module("core.checkpoints").fingerprint(
            source, role.revision, weights_only=True
        )
        card.check(base_weights=sha)


def _own(role: Role, adapter: str, settings: Settings) -> Role:
    """A role with an adapter of one's own; servers know it by its name."""
    if settings.remote_urls:
        return replace(role, adapter=adapter)
    found = import_module("core.adapters").find_adapter(adapter)
    return replace(role, adapter=str(found.resolve()), signed=Path(adapter).name)


def _local(
    profile: Profile, settings: Settings, on_progress: Callable[[str], None]
) -> Callable[[Role], LanguageModel]:
    """Load roles on this machine; those that share weights and a precision share a model."""
    sources = {
        role.checkpoint: checkpoint_source(role.checkpoint, settings, on_progress)
        for role in profile.roles
    }
    on_progress(f"Loading {', '.join(sources)}")
    checkpoints = import_module("core.checkpoints")  # torch: seconds, so only here
    if profile.needs_gpu and not checkpoints.has_gpu():
        raise WeightsError(
            f"The {profile.name} profile has {profile.gigabytes:g} GB of weights and this machine "
            "no GPU; no model was fetched. Take one that has, or set TASTELINE_REMOTE_URL."
        )
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

    def load(role: Role) -> LanguageModel:
        adapter = settings.assets / "embedded" / role.adapter if role.adapter else None
        dtype = checkpoints.best_dtype(exact=precise(role))
        return _loaded(sources[role.checkpoint], role, adapter, dtype, how)

    return load


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
    source: str | Path, role: Role, adapter: Path | None, dtype: object, how: _How
) -> LanguageModel:
    """Load a model once: weights that two sets of models need are held once."""
    if adapter and (adapter / CARD).exists():
        _see_to_base(ScorerCard.read(adapter), source, role)
    if adapter and not how.merge:
        base = _loaded(source, replace(role, adapter=None, signed=""), None, dtype, how)
        beside: LanguageModel = base.beside(adapter, role.name)  # type: ignore[attr-defined]
        return beside
    model: LanguageModel = import_module("core.transformers_model").TransformersModel.load(
        source,
        name=role.name,
        adapter=adapter,
        quantize=how.quantize,
        dtype=dtype,
        revision=role.revision,
        image_tokens=how.image_tokens,
        picture_bytes=how.picture_bytes,
    )
    return model


def _remote(
    profile: Profile, settings: Settings, on_progress: Callable[[str], None]
) -> Callable[[Role], LanguageModel]:
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
            url, name, key=settings.remote_key, signed=role.name, sees_images=sees
        )
        return served

    @functools.cache
    def connect(role: Role) -> LanguageModel:
        said = []
        on_progress(f"Looking for {role.name} on another machine")  # which one is not a visitor's
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
