"""A language model that remembers its answers in the store.

The key of an answer is everything it was made from: prompt, picture, checkpoint and decoding.
A changed prompt, picture or checkpoint has another key, so an old text can never stand in.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from core.errors import StoreError
from core.language_model import Checkpoint, Decoding, Generation, LanguageModel, Margin
from core.prompts import Prompt


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text that is to be remembered, and all that it was made from."""

    prompt: Prompt
    checkpoint: Checkpoint
    decoding: Decoding
    generation: Generation


class Memory(Protocol):
    """The part of the store that answers are kept in."""

    def find_texts(self, keys: Sequence[str]) -> dict[str, Generation]:
        """Return the remembered texts among these keys."""

    def keep_texts(self, answers: Mapping[str, KeptText]) -> None:
        """Remember texts with their provenance, all or none."""

    def find_margins(self, keys: Sequence[str]) -> dict[str, Margin]:
        """Return the remembered margins among these keys."""

    def keep_margins(
        self, checkpoint: Checkpoint, prompts: dict[str, Prompt], margins: dict[str, Margin]
    ) -> None:
        """Remember margins with their provenance."""


logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")

# Raise it when an engine reads or cuts answers in another way: labels, stops, precision.
ENGINE_VERSION = 4


def content_key(prompt: Prompt, checkpoint: Checkpoint, decoding: str) -> str:
    """SHA-256 over everything an answer depends on."""
    parts = [
        ENGINE_VERSION,
        prompt.kind,
        prompt.before,
        prompt.cover.sha256 if prompt.cover else None,
        prompt.after,
        prompt.answer_start,
        checkpoint.sha,
        decoding,
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def text_key(prompt: Prompt, checkpoint: Checkpoint, decoding: Decoding) -> str:
    """Key of a text: its seed is part of how it was chosen."""
    return content_key(prompt, checkpoint, f"{decoding} seed {decoding.seed}")


class RememberingModel:
    """Wraps a model: asks the store first, keeps every finished answer."""

    def __init__(self, model: LanguageModel, memory: Memory, *, must_keep: bool = False) -> None:
        """Take a model and what remembers for it.

        Args:
            model: to ask.
            memory: where answers are kept.
            must_keep: whether an answer that cannot be kept is an error. A visitor is better off
                with an answer that will be forgotten, a job that writes ahead is not.
        """
        self.model = model  # which remembers nothing
        self._memory = memory
        self._must_keep = must_keep

    @property
    def checkpoint(self) -> Checkpoint:
        """As the wrapped model's."""
        return self.model.checkpoint

    @property
    def batch_size(self) -> int:
        """As the wrapped model's."""
        return self.model.batch_size

    @property
    def sees_images(self) -> bool:
        """As the wrapped model's."""
        return self.model.sees_images

    def generate(self, prompt: Prompt, decoding: Decoding) -> Generator[str, None, Generation]:
        """As `TextGenerator.generate`; a remembered text comes in one piece.

        Raises:
            StoreError: if it cannot be kept and must be.
        """
        key = text_key(prompt, self.checkpoint, decoding)
        known = self._found(self._memory.find_texts, [key]).get(key)
        if known is not None:
            yield known.text
            return known
        generation = yield from self.model.generate(prompt, decoding)
        with self._rather_forgotten_than_lost():
            self._memory.keep_texts({key: KeptText(prompt, self.checkpoint, decoding, generation)})
        return generation

    def generate_batch(
        self, prompts: Sequence[Prompt], decoding: Decoding
    ) -> tuple[Generation, ...]:
        """As `LanguageModel.generate_batch`; only the unknown prompts reach the model.

        What is new is kept at once: in 16 bit a text may depend on what it shared its batch with,
        so a job that is killed and goes on must find a batch whole, or not at all.

        Raises:
            StoreError: if they cannot be kept and must be.
        """
        keys = [text_key(prompt, self.checkpoint, decoding) for prompt in prompts]
        known = self._found(self._memory.find_texts, keys)
        new = {key: p for key, p in zip(keys, prompts, strict=True) if key not in known}
        if new:
            texts = self.model.generate_batch(list(new.values()), decoding)
            fresh = dict(zip(new, texts, strict=True))
            kept = {k: KeptText(p, self.checkpoint, decoding, fresh[k]) for k, p in new.items()}
            with self._rather_forgotten_than_lost():
                self._memory.keep_texts(kept)
            known |= fresh
        return tuple(known[key] for key in keys)

    def margins(self, prompts: Sequence[Prompt]) -> tuple[Margin, ...]:
        """As `YesNoScorer.margins`; only the unknown prompts reach the model, in one batch.

        Raises:
            StoreError: if they cannot be kept and must be.
        """
        keys = [content_key(prompt, self.checkpoint, "margin") for prompt in prompts]
        known = self._found(self._memory.find_margins, keys)
        new = {key: p for key, p in zip(keys, prompts, strict=True) if key not in known}
        if new:
            fresh = dict(zip(new, self.model.margins(list(new.values())), strict=True))
            with self._rather_forgotten_than_lost():
                self._memory.keep_margins(self.checkpoint, new, fresh)
            known |= fresh
        return tuple(known[key] for key in keys)

    def _found(
        self, find: Callable[[Sequence[str]], dict[str, Answer]], keys: Sequence[str]
    ) -> dict[str, Answer]:
        """What is remembered; nothing where a run can go on without the database."""
        try:
            return find(keys)
        except StoreError as error:
            if self._must_keep:
                raise
            logger.warning("Nothing is remembered for now: %s", error)
            return {}

    @contextmanager
    def _rather_forgotten_than_lost(self) -> Generator[None, None, None]:
        """Let a run go on with an answer that a full or busy database could not keep."""
        try:
            yield
        except StoreError as error:
            if self._must_keep:
                raise
            logger.warning("An answer is not remembered: %s", error)
