"""Finds the models of a profile. The first call imports torch; nothing before it does."""

import functools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from core.errors import MsrError, RemoteError
from core.language_model import LanguageModel
from core.memory import Memory, RememberingModel
from core.mllm_msr import Models
from core.profiles import Profile, Role, find_profile
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
    load: Callable[[Role], LanguageModel]
    if settings.remote_urls:
        load = _remote(profile, settings, on_progress)
    else:
        from core.local_models import local_models  # noqa: PLC0415  (torch: seconds)

        load = local_models(profile, settings, on_progress)

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


def _own(role: Role, adapter: str, settings: Settings) -> Role:
    """A role with an adapter of one's own; servers know it by its name."""
    if settings.remote_urls:
        return replace(role, adapter=adapter)
    from core.adapters import find_adapter  # noqa: PLC0415  (torch: seconds)

    return replace(role, adapter=str(find_adapter(adapter).resolve()), signed=Path(adapter).name)


def _remote(
    profile: Profile, settings: Settings, on_progress: Callable[[str], None]
) -> Callable[[Role], LanguageModel]:
    """Find roles elsewhere.

    Another Tasteline knows them by the names that they are signed with; a server knows an adapter
    by its folder's, or the one that was given, and a checkpoint by its own.
    """
    lent = settings.remote_urls[0].startswith(SPACE)
    try:
        if lent:
            from core.space_model import SpaceModel  # noqa: PLC0415  (an extra)
        else:
            from core.remote_model import RemoteModel  # noqa: PLC0415  (an extra)
    except ModuleNotFoundError as missing:
        raise MsrError(
            f"TASTELINE_REMOTE_URL needs the package {missing.name}: pip install '.[remote]'"
        ) from missing

    def connect_to(url: str, role: Role) -> LanguageModel:
        key = settings.remote_key
        if lent:
            return SpaceModel.connect(url.removeprefix(SPACE), role.name, key=key)
        name = role.adapter or role.checkpoint
        if Path(name).is_absolute():
            name = Path(name).name
        sees = role != profile.user_summarizer
        return RemoteModel.connect(url, name, key=key, signed=role.name, sees_images=sees)

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
