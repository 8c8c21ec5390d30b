"""Models on a ZeroGPU Space, where a GPU is lent for single calls.

A Space of that kind forks a worker for each call of a decorated function, hands it a GPU for the
seconds that were asked for, and pickles what goes in and comes out. So the models are held by this
module before the page is launched, the three functions below are short and plain, and prompts go in
and floats and texts come out. Anywhere else the decorator does nothing and this is not used.

Written after the package `spaces` and tested with one that enforces the same rules; not yet run on
a real Space.
"""

import logging
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Any, TypeVar

from core.errors import MsrError
from core.language_model import Checkpoint, Decoding, Generation, LanguageModel, Margin
from core.mllm_msr import Models
from core.prompts import Prompt

try:
    import spaces  # before anything touches CUDA, which torch does much later
except ImportError:  # not a Space
    spaces = None

logger = logging.getLogger(__name__)

Task = TypeVar("Task", bound=Callable[..., Any])
CANDIDATES = 22  # with an item of the visitor's own; more prompts belong to an explanation
VARIANTS = 80  # a call: some twenty seconds
START_S = 4.0  # until the weights are on the GPU; all figures here are to be measured there
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


def lent(duration: Callable[..., float]) -> Callable[[Task], Task]:
    """Decorate a function that needs a GPU, for as many seconds as its arguments ask for."""

    def decorate(task: Task) -> Task:
        decorated: Task = spaces.GPU(task, duration=duration) if spaces else task
        return decorated

    return decorate


def batches(prompts: Sequence[Prompt]) -> int:
    """How often a model writes: five prompts with the largest pictures fill one batch."""
    return ceil(len(prompts) / 5)


@lent(lambda _, prompts, decoding: START_S + TOKEN_S * decoding.max_new_tokens * batches(prompts))
def write_texts(
    key: str, prompts: Sequence[Prompt], decoding: Decoding
) -> tuple[Generation, ...] | Failed:
    """Summarise: the texts of a block."""
    return _told(lambda: held[key].generate_batch(prompts, decoding))


@lent(lambda _, prompts: START_S + PROMPT_S * len(prompts))
def score_candidates(key: str, prompts: Sequence[Prompt]) -> tuple[Margin, ...] | Failed:
    """Score: the candidates of one user."""
    return _told(lambda: held[key].margins(prompts))


@lent(lambda _, prompts: START_S + VARIANT_S * len(prompts))
def attribute(key: str, prompts: Sequence[Prompt]) -> tuple[Margin, ...] | Failed:
    """Explain: variants of one question, which share most of it."""
    return _told(lambda: held[key].margins(prompts))


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


class ZeroModel:
    """A held model, asked through the functions above."""

    def __init__(self, checkpoint: Checkpoint, sees_images: bool) -> None:
        """Take what is asked of a model without a GPU."""
        self._checkpoint, self._sees = checkpoint, sees_images

    @property
    def checkpoint(self) -> Checkpoint:
        """Which weights answer."""
        return self._checkpoint

    @property
    def batch_size(self) -> int:
        """As `LanguageModel.batch_size`; a GPU is lent for a short time."""
        return 16

    @property
    def sees_images(self) -> bool:
        """Whether a prompt may hold a picture."""
        return self._sees

    def generate(self, prompt: Prompt, decoding: Decoding) -> Generator[str, None, Generation]:
        """As `TextGenerator.generate`, in one piece: a lent GPU is faster than a reader."""
        (written,) = self.generate_batch([prompt], decoding)
        yield written.text
        return written

    def generate_batch(
        self, prompts: Sequence[Prompt], decoding: Decoding
    ) -> tuple[Generation, ...]:
        """As `LanguageModel.generate_batch`."""
        return _asked(lambda: write_texts(self._checkpoint.sha, prompts, decoding))

    def margins(self, prompts: Sequence[Prompt]) -> tuple[Margin, ...]:
        """As `YesNoScorer.margins`."""
        if len(prompts) <= CANDIDATES:
            return _asked(lambda: score_candidates(self._checkpoint.sha, prompts))
        parts = [prompts[at : at + VARIANTS] for at in range(0, len(prompts), VARIANTS)]
        return tuple(
            margin
            for part in parts
            for margin in _asked(partial(attribute, self._checkpoint.sha, part))
        )


Answer = TypeVar("Answer")


def _told(task: Callable[[], Answer]) -> Answer | Failed:
    try:
        return task()
    except MsrError as error:
        return Failed(str(error))


def _asked(call: Callable[[], Answer | Failed]) -> Answer:
    """Ask, and say in one plain line why there is no answer; what is on screen stays.

    Raises:
        MsrError: if no GPU was lent, or the model failed.
    """
    try:
        answer = call()
    except Exception as error:  # Gradio's, of the package, of its connection, of pickling
        logger.warning("No GPU was lent: %r", error)
        reason = SAID.get(getattr(error, "title", ""), "The GPU could not be used.")
        raise MsrError(f"{reason} Recorded stories go on without one.") from error
    if isinstance(answer, Failed):
        raise MsrError(answer.said)
    return answer
