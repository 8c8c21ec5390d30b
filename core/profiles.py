"""Profiles: which checkpoint plays which role."""

from dataclasses import dataclass
from pathlib import Path

from core.errors import MsrError
from core.prompts import PromptOrder

TEXT_CHECKPOINT = "SmolLM2-135M-Instruct"  # from the Python package index
VISION_CHECKPOINT = "LLaVA-NeXT-SmolLM2-135M"  # the same, with our tower and projector
MOST_ON_CPU = 8.0  # gigabytes


@dataclass(frozen=True, slots=True)
class Role:
    """A checkpoint and what was fine-tuned on it.

    Attributes:
        checkpoint: Hub name, or one of the embedded checkpoints.
        adapter: folder of a LoRA adapter, absolute or under ``assets/embedded``; None for the base
            model.
        revision: commit of a Hub checkpoint, so that it stays the one that was asked for.
        gigabytes: of its weights in 16 bit.
        signed: the adapter's name, where its folder's says nothing.
    """

    checkpoint: str
    adapter: str | None = None
    revision: str | None = None
    gigabytes: float = 0.3
    signed: str = ""

    @property
    def name(self) -> str:
        """What a text or a score is signed with."""
        if not self.adapter:
            return self.checkpoint
        return f"{self.checkpoint} + {self.signed or Path(self.adapter).name}"


@dataclass(frozen=True, slots=True)
class Profile:
    """One configuration of the method.

    Attributes:
        name: ``embedded`` or ``paper``.
        item_summarizer: stage 1.
        user_summarizer: stage 2.
        recommender: stage 3.
        order: prompt order of the recommender.
        exact_scores: whether the recommender runs in float32 whatever the machine does best.
        merges: whether adapters are added to a copy of the weights, which is faster, or stand
            beside weights that are held once for whoever answers without them, as they always do
            in 4 bit.
    """

    name: str
    item_summarizer: Role
    user_summarizer: Role
    recommender: Role
    order: PromptOrder
    exact_scores: bool
    merges: bool

    @property
    def gigabytes(self) -> float:
        """What all weights take in 16 bit while they are loaded; merging is done in 32."""
        if not self.merges:
            return sum({role.checkpoint: role.gigabytes for role in self.roles}.values())
        return sum(role.gigabytes * (2 if role.adapter else 1) for role in set(self.roles))

    @property
    def needs_gpu(self) -> bool:
        """Whether its weights are more than a CPU answers with while somebody waits."""
        return self.gigabytes > MOST_ON_CPU

    @property
    def roles(self) -> tuple[Role, ...]:
        """All three, in the order of the stages."""
        return (self.item_summarizer, self.user_summarizer, self.recommender)


# Commits as public logs name them; nobody has loaded them with this code yet.
_LLAVA = Role(
    "llava-hf/llava-v1.6-mistral-7b-hf",
    revision="52320fb52229c8d942b1dcb8b63b3dc8087bc83b",
    gigabytes=15,
)
PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            name="embedded",
            item_summarizer=Role(VISION_CHECKPOINT, "item-summarizer"),
            user_summarizer=Role(TEXT_CHECKPOINT, "user-summarizer"),
            recommender=Role(VISION_CHECKPOINT, "recommender"),
            order="preference-first",
            exact_scores=True,
            merges=True,
        ),
        Profile(
            name="paper",
            item_summarizer=_LLAVA,
            user_summarizer=Role(
                "meta-llama/Meta-Llama-3-8B-Instruct",
                revision="8afb486c1db24fe5011ec46dfbe5b5dccdb575c2",
                gigabytes=16,
            ),
            recommender=_LLAVA,
            order="image-first",
            exact_scores=False,
            merges=False,
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
