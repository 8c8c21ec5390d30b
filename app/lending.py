"""Endpoints for another Tasteline without a GPU; on with ``TASTELINE_LEND=1``, else not there.

Whoever can reach the page can then have the models write, within the limits below: put a private
Space or a proxy in front of it. What is asked and answered is not kept here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, cast

import gradio as gr
from pydantic import TypeAdapter, ValidationError

from app.handlers import Explore, one_clear_line
from core.errors import DataError
from core.language_model import Decoding, LanguageModel
from core.memory import RememberingModel
from core.prompts import PREFERENCE_CHARACTERS, SUMMARY_CHARACTERS, Prompt
from core.space_model import MOST_PROMPTS, unpacked
from core.store import HISTORY_LIMIT
from core.streams import Stream

# The longest of our own prompts: a whole history at once.
MOST_CHARACTERS = HISTORY_LIMIT * SUMMARY_CHARACTERS + PREFERENCE_CHARACTERS + 2000
MOST_TOKENS = 512  # a text
_DECODING, _SENT = TypeAdapter(Decoding), TypeAdapter(list[dict[str, Any]])


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
        self, name: str, sha: str, prompt: dict[str, Any], decoding: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        """Write one text, piece by piece."""
        with one_clear_line(str):
            model, (asked,) = self._model(name, sha), _prompts([prompt])
            stream, shown = Stream(model.generate(asked, _decoding(decoding))), ""
            for piece in stream:
                shown += piece
                yield {"text": shown, "ended": None}
            yield {"text": shown, "ended": asdict(stream.value)}

    def lent_texts(
        self, name: str, sha: str, prompts: list[dict[str, Any]], decoding: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Write several texts."""
        with one_clear_line(str):
            asked = _prompts(prompts)
            if len({prompt.cover is None for prompt in asked}) > 1:
                raise DataError("Prompts with and without a picture came; send them apart.")
            found = self._model(name, sha).generate_batch(asked, _decoding(decoding))
            return [asdict(text) for text in found]

    def lent_margins(
        self, name: str, sha: str, prompts: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """Score several prompts."""
        with one_clear_line(str):
            return [asdict(margin) for margin in self._model(name, sha).margins(_prompts(prompts))]

    def _lent(self) -> Mapping[str, LanguageModel]:
        models = self._explore.models()
        roles = (models.item_summarizer, models.user_summarizer, models.recommender)
        bare = [role.model if isinstance(role, RememberingModel) else role for role in roles]
        return {model.checkpoint.name: cast(LanguageModel, model) for model in bare}

    def _model(self, name: str, sha: str) -> LanguageModel:
        """The model of this name, if its weights are those that the other one keeps answers of."""
        lent = self._lent()
        if name not in lent:
            raise DataError(f"There is no model {name!r} here, only {', '.join(lent)}.")
        if lent[name].checkpoint.sha != sha:
            raise DataError(f"{name} has other weights here than those that were asked for.")
        return lent[name]


def _prompts(given: Any) -> list[Prompt]:
    try:
        sent = _SENT.validate_python(given)
    except ValidationError as error:
        raise DataError("Those are no prompts: a list of objects is expected.") from error
    if not 0 < len(sent) <= MOST_PROMPTS:
        raise DataError(f"{len(sent)} prompts came; a call has 1 to {MOST_PROMPTS}.")
    prompts = [unpacked(one) for one in sent]
    longest = max(len(prompt.shown) for prompt in prompts)
    if longest > MOST_CHARACTERS:
        raise DataError(f"A prompt has {longest} characters; at most {MOST_CHARACTERS}.")
    return prompts


def _decoding(sent: Any) -> Decoding:
    try:
        decoding = _DECODING.validate_python(sent)
    except ValidationError as error:
        raise DataError("That is no decoding: see core/language_model.py.") from error
    within = (
        0 < decoding.max_new_tokens <= MOST_TOKENS
        # far below, logits become infinite, and a draw from NaN ends a GPU's process
        and (decoding.temperature == 0 or 0.01 <= decoding.temperature <= 2)
        and 0 < decoding.top_p <= 1
        and 0.5 <= decoding.repetition_penalty <= 2
        and 0 <= decoding.seed < 2**31
    )
    if not within:
        raise DataError(
            f"A text has 1 to {MOST_TOKENS} tokens, a temperature of 0 or of 0.01 to 2, top-p "
            "above 0 to 1, a repetition penalty of 0.5 to 2 and a seed of 31 bits."
        )
    return decoding
