"""A language model without weights."""

from collections.abc import Generator, Sequence

from core.language_model import Checkpoint, Decoding, Generation, Margin
from core.prompts import Prompt
from core.streams import drain


class FakeModel:
    """Answers with the prompt's kind and a counter, scores by title length; records the calls."""

    batch_size = 16

    def __init__(self, *, sees_images: bool = False, sha: str = "fake") -> None:
        self.checkpoint = Checkpoint("fake", sha)
        self.sees_images = sees_images
        self.asked: list[Prompt] = []
        self.scored: list[Prompt] = []
        self.batches: list[int] = []
        self.closed = 0

    def generate(self, prompt: Prompt, decoding: Decoding) -> Generator[str, None, Generation]:
        self.asked.append(prompt)
        words = f" {prompt.kind} number {len(self.asked)}.".split(" ")
        try:
            for word in words[1:]:
                yield f" {word}"
        except GeneratorExit:
            self.closed += 1
            raise
        return Generation(" ".join(words), len(words) - 1, 1.0)

    def generate_batch(
        self, prompts: Sequence[Prompt], decoding: Decoding
    ) -> tuple[Generation, ...]:
        self.batches.append(len(prompts))
        return tuple(drain(self.generate(prompt, decoding)) for prompt in prompts)

    def margins(self, prompts: Sequence[Prompt]) -> tuple[Margin, ...]:
        self.scored.extend(prompts)
        return tuple(Margin(len(p.shown) / 100, 0.9, len(p.shown), 1.0) for p in prompts)
