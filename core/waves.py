"""Runs a stage for several items or users at once, in batches where it runs them one by one.

A stage is run against a model that knows some answers and stops it at the first that it does not.
The questions that stopped all jobs are then answered together, and the jobs run again. Whatever a
stage asks for, and in which order, stays written down in the stage alone.
"""

from collections.abc import Callable, Generator, Iterable, Sequence
from itertools import groupby
from typing import TypeVar

from core.language_model import Checkpoint, Decoding, Generation, LanguageModel, TextGenerator
from core.memory import text_key
from core.prompts import Prompt

Result = TypeVar("Result")


class _UnknownError(Exception):
    """A question without an answer yet."""

    def __init__(self, prompt: Prompt, decoding: Decoding) -> None:
        super().__init__()
        self.prompt, self.decoding = prompt, decoding


class _Answers:
    """A `TextGenerator` that has only the answers that were put into it."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._known: dict[str, Generation] = {}

    @property
    def checkpoint(self) -> Checkpoint:
        return self._model.checkpoint

    @property
    def sees_images(self) -> bool:
        return self._model.sees_images

    def generate(self, prompt: Prompt, decoding: Decoding) -> Generator[str, None, Generation]:
        known = self._known.get(text_key(prompt, self.checkpoint, decoding))
        if known is None:
            raise _UnknownError(prompt, decoding)
        yield known.text
        return known

    def learn(self, unknown: Sequence[_UnknownError]) -> Generator[int, None, None]:
        """Ask the model, similar lengths together, pictures and plain texts apart.

        Yields:
            The size of every batch that was answered.
        """
        questions = {text_key(u.prompt, self.checkpoint, u.decoding): u for u in unknown}
        order = sorted(
            questions.items(),
            key=lambda q: (q[1].prompt.cover is None, str(q[1].decoding), len(q[1].prompt.shown)),
        )
        for batch in _batches(order, self._model.batch_size):
            prompts, decoding = [u.prompt for _, u in batch], batch[0][1].decoding
            answers = self._model.generate_batch(prompts, decoding)
            self._known |= dict(zip((key for key, _ in batch), answers, strict=True))
            yield len(batch)


def in_waves(
    jobs: Sequence[Callable[[TextGenerator], Result]], model: LanguageModel
) -> Generator[int, None, list[Result]]:
    """Run jobs that each ask a model one thing after the other, all of them in step.

    Args:
        jobs: called with the model to ask, several times, and without side effects until they
            return.
        model: who answers, in batches; a remembering one makes a killed run resume.

    Yields:
        How many texts were written, after every batch.

    Returns:
        What the jobs returned, in their order.
    """
    answers = _Answers(model)
    results: dict[int, Result] = {}
    while len(results) < len(jobs):
        unknown = []
        for number, job in enumerate(jobs):
            if number in results:
                continue
            try:
                results[number] = job(answers)
            except _UnknownError as question:
                unknown.append(question.with_traceback(None))  # which holds every opened picture
        yield from answers.learn(unknown)
    return [results[number] for number in range(len(jobs))]


Question = tuple[str, _UnknownError]


def _batches(order: Iterable[Question], most: int) -> Generator[list[Question], None, None]:
    """Cut questions into batches of at most so many, of one decoding, with pictures or without."""

    def kind(asked: Question) -> tuple[bool, Decoding]:
        return asked[1].prompt.cover is None, asked[1].decoding

    for _, alike in groupby(order, key=kind):
        group = list(alike)
        yield from (group[start : start + most] for start in range(0, len(group), most))
