"""Endpoints for another Tasteline without a GPU; on with ``TASTELINE_LEND=1``, else not there.

Whoever can reach the page can then have the models write, within the limits below: put a private
Space or a proxy in front of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, cast

import gradio as gr
from pydantic import TypeAdapter, ValidationError

from app.handlers import Explore, one_clear_line
from core.errors import DataError
from core.language_model import Decoding, LanguageModel
from core.prompts import Prompt
from core.space_model import unpacked

MOST_PROMPTS = 64  # a call
MOST_CHARACTERS = 8000  # a prompt
MOST_TOKENS = 512  # a text
DECODING = TypeAdapter(Decoding)


class Lending:
    """The endpoints, over the models that the page runs with."""

    def __init__(self, explore: Explore) -> None:
        """Share the page's models."""
        self._explore = explore

    def publish(self) -> None:
        """Make every endpoint of the blocks that are being built."""
        for endpoint in (self.lent_models, self.lent_text, self.lent_texts, self.lent_margins):
            gr.api(endpoint, api_name=endpoint.__name__, concurrency_limit=4)

    def lent_models(self) -> list[dict[str, Any]]:
        """Name the models that are lent."""
        with one_clear_line(str):
            return [
                {"name": name, "sha": model.checkpoint.sha, "sees_images": model.sees_images}
                for name, model in self._lent().items()
            ]

    def lent_text(
        self, name: str, prompt: dict[str, Any], decoding: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        """Write one text, piece by piece."""
        with one_clear_line(str):
            model, (asked,) = self._model(name), _prompts([prompt])
            stream, shown = model.generate(asked, _decoding(decoding)), ""
            while True:
                try:
                    shown += next(stream)
                except StopIteration as end:
                    yield {"text": shown, "ended": asdict(end.value)}
                    return
                yield {"text": shown, "ended": None}

    def lent_texts(
        self, name: str, prompts: list[dict[str, Any]], decoding: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Write several texts."""
        with one_clear_line(str):
            found = self._model(name).generate_batch(_prompts(prompts), _decoding(decoding))
            return [asdict(text) for text in found]

    def lent_margins(self, name: str, prompts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Score several prompts."""
        with one_clear_line(str):
            return [asdict(margin) for margin in self._model(name).margins(_prompts(prompts))]

    def _lent(self) -> Mapping[str, LanguageModel]:
        models = self._explore.models()
        roles = (models.item_summarizer, models.user_summarizer, models.recommender)
        return {model.checkpoint.name: cast(LanguageModel, model) for model in roles}

    def _model(self, name: str) -> LanguageModel:
        lent = self._lent()
        if name not in lent:
            raise DataError(f"There is no model {name!r} here, only {', '.join(lent)}.")
        return lent[name]


def _prompts(sent: Sequence[Mapping[str, Any]]) -> list[Prompt]:
    if not 0 < len(sent) <= MOST_PROMPTS:
        raise DataError(f"{len(sent)} prompts came; a call has 1 to {MOST_PROMPTS}.")
    prompts = [unpacked(one) for one in sent]
    longest = max(len(prompt.shown) for prompt in prompts)
    if longest > MOST_CHARACTERS:
        raise DataError(f"A prompt has {longest} characters; at most {MOST_CHARACTERS}.")
    return prompts


def _decoding(sent: Mapping[str, Any]) -> Decoding:
    try:
        decoding = DECODING.validate_python(sent)
    except ValidationError as error:
        raise DataError("That is no decoding: see core/language_model.py.") from error
    if not 0 < decoding.max_new_tokens <= MOST_TOKENS:
        raise DataError(f"A text has 1 to {MOST_TOKENS} tokens.")
    return decoding
