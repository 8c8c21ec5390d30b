"""Profiles: which checkpoint plays which role."""

from dataclasses import dataclass

from core.errors import MsrError
from core.prompts import PromptOrder
from core.records import Variant

EMBEDDED_CHECKPOINT = "SmolLM2-135M-Instruct"


@dataclass(frozen=True, slots=True)
class Profile:
    """One configuration of the method.

    Attributes:
        name: ``embedded`` or ``paper``.
        item_summarizer: Hub name of the stage 1 model, or `EMBEDDED_CHECKPOINT`.
        user_summarizer: of the stage 2 model.
        recommender: of the stage 3 model.
        order: prompt order of the recommender.
        exact_scores: whether the recommender runs in float32 whatever the machine does best.
        variant: what is run when nothing else is asked for.
    """

    name: str
    item_summarizer: str
    user_summarizer: str
    recommender: str
    order: PromptOrder
    exact_scores: bool
    variant: Variant


PROFILES = {
    profile.name: profile
    for profile in (
        # One small text model in all three roles: it cannot see, so it runs text-only.
        Profile(
            name="embedded",
            item_summarizer=EMBEDDED_CHECKPOINT,
            user_summarizer=EMBEDDED_CHECKPOINT,
            recommender=EMBEDDED_CHECKPOINT,
            order="preference-first",
            exact_scores=True,
            variant="text-only",
        ),
        Profile(
            name="paper",
            item_summarizer="llava-hf/llava-v1.6-mistral-7b-hf",
            user_summarizer="meta-llama/Meta-Llama-3-8B-Instruct",
            recommender="llava-hf/llava-v1.6-mistral-7b-hf",
            order="image-first",
            exact_scores=False,
            variant="recurrent",
        ),
    )
}


def find_profile(name: str) -> Profile:
    """Look a profile up by name.

    Raises:
        MsrError: naming the profiles there are.
    """
    if name not in PROFILES:
        raise MsrError(f"There is no profile {name!r}; choose one of {', '.join(PROFILES)}.")
    return PROFILES[name]
