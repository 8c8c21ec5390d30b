"""What the stages ask of a model. No torch here: a fake, a local model or a server fits."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.prompts import Prompt

LABELS = ("yes", "no")  # of stage 3, in this order
LONGEST = 20_000  # characters of an answer that another machine may have taken for a text
MOST_COUNTED = 2**31  # tokens, fewer than this: what every database keeps
PARAGRAPH_END = "\n\n"  # every text is one paragraph; a small model would go on for ever


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Which weights answer: a name for people; a hash (or revision) and precision for machines."""

    name: str
    sha: str


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a text is chosen; greedy unless a temperature is given."""

    max_new_tokens: int
    temperature: float = 0.0
    top_p: float = 1.0
    repetition_penalty: float = 1.0
    seed: int = 0

    def __str__(self) -> str:
        """Name the decoding as it is shown and remembered."""
        penalty = (
            f", repetition penalty {self.repetition_penalty:g}"
            if self.repetition_penalty != 1
            else ""
        )
        if self.temperature == 0:
            return f"greedy{penalty}, up to {self.max_new_tokens} tokens"
        return (
            f"sample T={self.temperature:g} top-p={self.top_p:g}{penalty}, "
            f"up to {self.max_new_tokens} tokens"
        )


@dataclass(frozen=True, slots=True)
class Generation:
    """A finished text, without the words it was started with."""

    text: str
    tokens: int
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Margin:
    """Stage 3's raw answer for one prompt.

    Attributes:
        margin: logit(yes) - logit(no) of the first answer token, nats, computed in float32.
        label_mass: p(yes) + p(no) under the whole vocabulary, 0 to 1.
        tokens: prompt tokens, image tokens included.
        milliseconds: this prompt's share of the batch's wall time.
    """

    margin: float
    label_mass: float
    tokens: int
    milliseconds: float


class TextGenerator(Protocol):
    """Writes text (stages 1 and 2)."""

    @property
    def checkpoint(self) -> Checkpoint:
        """Which weights answer."""

    @property
    def sees_images(self) -> bool:
        """Whether a prompt may hold a picture."""

    def generate(self, prompt: Prompt, decoding: Decoding) -> Generator[str, None, Generation]:
        """Yield pieces of the answer as they are written and return the whole.

        Closing the generator stops the model.
        """


class YesNoScorer(Protocol):
    """Answers yes or no (stage 3)."""

    @property
    def checkpoint(self) -> Checkpoint:
        """Which weights answer."""

    @property
    def sees_images(self) -> bool:
        """Whether a prompt may hold a picture."""

    def margins(self, prompts: Sequence[Prompt]) -> tuple[Margin, ...]:
        """Score prompts in their given order; what they share at the front is computed once."""


class LanguageModel(TextGenerator, YesNoScorer, Protocol):
    """A model that can do both, and write many texts at once where nobody watches."""

    @property
    def batch_size(self) -> int:
        """Prompts that `generate_batch` is handed at once, if there are so many."""

    def generate_batch(
        self, prompts: Sequence[Prompt], decoding: Decoding
    ) -> tuple[Generation, ...]:
        """Answer several prompts in one batch: all of them with a picture, or none."""
