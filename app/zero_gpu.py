"""Models on a ZeroGPU Space, where a GPU is lent for single calls.

A Space of that kind forks a worker for each call of a decorated function, hands it a GPU for the
seconds that were asked for, and pickles what goes in and comes out. So the models are held by this
module before the page is launched, the function below is short and plain, and prompts go in and
floats and texts come out. Anywhere else the decorator does nothing and this is not used.

Written after the package `spaces` and tested with one that enforces the same rules; not yet run on
a real Space.
"""

import logging
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from core.errors import MsrError
from core.language_model import Checkpoint, Decoding, Generation, LanguageModel, Margin
from core.mllm_msr import Models
from core.profiles import find_profile
from core.prompts import Prompt
from core.settings import Settings

try:
    import spaces  # before anything touches CUDA, which torch does much later
except ImportError:  # not a Space
    spaces = None

logger = logging.getLogger(__name__)

CANDIDATES = 22  # with an item of the visitor's own; more prompts belong to an explanation
VARIANTS = 75  # a call: some twenty seconds
START_S, GIGABYTE_S = 4.0, 0.3  # until the weights are there; all figures are to be measured there
TOKEN_S, PROMPT_S, VARIANT_S = 0.05, 0.4, 0.2
SAID = {  # by the titles of the package's errors
    "ZeroGPU quota exceeded": "Your share of GPU time is used up for now; signing in to Hugging "
    "Face gives more.",
    "ZeroGPU illegal duration": "This takes longer than ZeroGPU lends a GPU for at once.",
    "ZeroGPU queue timeout": "No GPU became free in time.",
    "ZeroGPU client error": "No GPU can be had at the moment.",
    "ZeroGPU worker error": "The GPU was taken away in the middle of it.",
}
held: dict[str, LanguageModel] = {}  # by the hash of their weights; workers inherit them


@dataclass(frozen=True, slots=True)
class Failed:
    """An error of ours on its way out of a worker, which lets only Gradio's through."""

    said: str


def is_here() -> bool:
    """Whether this is a ZeroGPU Space."""
    return spaces is not None and bool(spaces.config.Config.zero_gpu)


def seconds(_: str, prompts: Sequence[Prompt], decoding: Decoding | None) -> float:
    """How long a GPU is asked for: texts take their tokens, margins their prompts."""
    start = START_S + GIGABYTE_S * find_profile(Settings.from_environment().profile).gigabytes
    if decoding:  # five prompts with the largest pictures fill a batch
        return start + TOKEN_S * decoding.max_new_tokens * ceil(len(prompts) / 5)
    # An explanation's prompts are variants of one question, which share most of it.
    return start + (PROMPT_S if len(prompts) <= CANDIDATES else VARIANT_S) * len(prompts)


# One function for all that is asked: each has workers of its own, with all the weights in each.
def answer(
    key: str, prompts: Sequence[Prompt], decoding: Decoding | None
) -> tuple[Generation, ...] | tuple[Margin, ...] | Failed:
    """Write texts, or score where no decoding is given."""
    try:
        model = held[key]
        return model.generate_batch(prompts, decoding) if decoding else model.margins(prompts)
    except MsrError as error:
        return Failed(str(error))


if spaces:
    answer = spaces.GPU(answer, duration=seconds)


def hosted(model: LanguageModel) -> LanguageModel:
    """Hold a model here and give one that asks it on a lent GPU."""
    held[model.checkpoint.sha] = model
    return ZeroModel(model.checkpoint, model.sees_images)


def not_lent(_: Callable[[str], None]) -> Models:
    """In the place of models that are not loaded ahead here, to hold no weights twice.

    Raises:
        MsrError: always.
    """
    raise MsrError(
        "On ZeroGPU only the fine-tuned models are loaded. What the others answered is there where "
        "it was recorded."
    )


@dataclass(frozen=True, slots=True)
class ZeroModel:
    """A held model, asked through the function above."""

    checkpoint: Checkpoint
    sees_images: bool
    batch_size: int = 16  # a GPU is lent for a short time

    def generate(self, prompt: Prompt, decoding: Decoding) -> Generator[str, None, Generation]:
        """As `TextGenerator.generate`, in one piece: a lent GPU is faster than a reader."""
        (written,) = self.generate_batch([prompt], decoding)
        yield written.text
        return written

    def generate_batch(
        self, prompts: Sequence[Prompt], decoding: Decoding
    ) -> tuple[Generation, ...]:
        """As `LanguageModel.generate_batch`."""
        written: tuple[Generation, ...] = _asked(self.checkpoint.sha, prompts, decoding)
        return written

    def margins(self, prompts: Sequence[Prompt]) -> tuple[Margin, ...]:
        """As `YesNoScorer.margins`."""
        most = CANDIDATES if len(prompts) <= CANDIDATES else VARIANTS
        parts = [prompts[at : at + most] for at in range(0, len(prompts), most)]
        return tuple(margin for part in parts for margin in _asked(self.checkpoint.sha, part))


def _asked(key: str, prompts: Sequence[Prompt], decoding: Decoding | None = None) -> Any:
    """Ask, and say in one plain line why there is no answer; what is on screen stays.

    Raises:
        MsrError: if no GPU was lent, or the model failed.
    """
    try:
        found = answer(key, prompts, decoding)
    except Exception as error:  # Gradio's, of the package, of its connection, of pickling
        logger.warning("No GPU was lent: %r", error)
        reason = SAID.get(getattr(error, "title", ""), "The GPU could not be used.")
        raise MsrError(f"{reason} Recorded stories go on without one.") from error
    if isinstance(found, Failed):
        raise MsrError(found.said)
    return found
