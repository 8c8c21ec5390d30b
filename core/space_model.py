"""A model of another Tasteline: a page on a small machine asks one that has a GPU (ours).

Space to Space: the other one, started with ``TASTELINE_LEND=1``, publishes three endpoints
(`app/lending.py`), and gradio_client asks them. Prompts travel as JSON with the picture inside;
texts and margins come back.
"""

import base64
import io
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import TimeoutError as TookTooLongError
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, cast

from gradio_client import Client
from gradio_client.exceptions import AppError
from httpx import HTTPError
from pydantic import TypeAdapter, ValidationError

from core.covers import decode_cover
from core.errors import DataError, RemoteError, first_line
from core.language_model import Checkpoint, Decoding, Generation, Margin
from core.prompts import Prompt

TIMEOUT_S = 300.0  # for an answer: a Space may be waking up
CONNECT_S = 10.0

_FIELDS = ("kind", "version", "before", "after", "answer_start")
_TEXTS = TypeAdapter(dict[str, str])
_GENERATION = TypeAdapter(Generation)
_GENERATIONS = TypeAdapter(tuple[Generation, ...])
_MARGINS = TypeAdapter(tuple[Margin, ...])


def packed(prompt: Prompt) -> dict[str, Any]:
    """A prompt as JSON; its picture as base64 of a PNG."""
    sent = {name: getattr(prompt, name) for name in _FIELDS}
    if prompt.cover is None:
        return sent
    buffer = io.BytesIO()
    prompt.cover.image.save(buffer, "PNG")
    return sent | {"cover": base64.b64encode(buffer.getvalue()).decode()}


def unpacked(sent: Mapping[str, Any]) -> Prompt:
    """A prompt out of JSON that anyone may have written.

    Raises:
        DataError: if it is none.
        CoverError: if its picture is none.
    """
    try:
        texts = _TEXTS.validate_python({name: sent.get(name, "") for name in _FIELDS})
        picture = base64.b64decode(sent.get("cover") or "", validate=True)
    except (ValidationError, ValueError, TypeError) as error:
        raise DataError(
            "That is no prompt: see core/space_model.py for how one is sent."
        ) from error
    return Prompt(**cast(Any, texts), cover=decode_cover(picture) if picture else None)


class SpaceModel:
    """One model that another Tasteline lends, by its name."""

    def __init__(self, client: Client, checkpoint: Checkpoint, sees_images: bool) -> None:
        """Take what `connect` has found out."""
        self._client, self._checkpoint, self._sees = client, checkpoint, sees_images

    @classmethod
    def connect(cls, address: str, name: str, *, key: str = "") -> "SpaceModel":
        """Reach another Tasteline.

        Args:
            address: ``owner/name`` of a Space, or a URL.
            name: of the model, as a text or a score is signed with it.
            key: Hugging Face token, for a private Space.

        Raises:
            RemoteError: one clear line, if it cannot be reached or does not lend this model.
        """
        with _one_line(address):
            options = {"timeout": CONNECT_S}
            client = Client(address, token=key or None, verbose=False, httpx_kwargs=options)
            offered = client.view_api(print_info=False, return_format="dict")
            if "/lent_models" not in offered["named_endpoints"]:
                raise RemoteError("it lends no models: start it with TASTELINE_LEND=1")
            lent = {
                one["name"]: one
                for one in client.submit(api_name="/lent_models").result(timeout=TIMEOUT_S)
            }
            if name not in lent:
                raise RemoteError(f"it lends no model {name!r}, only {', '.join(lent) or 'none'}")
            found = lent[name]
            return cls(client, Checkpoint(name, found["sha"]), bool(found["sees_images"]))

    @property
    def checkpoint(self) -> Checkpoint:
        """Which weights answer; the same as if they were here."""
        return self._checkpoint

    @property
    def sees_images(self) -> bool:
        """Whether a prompt may hold a picture."""
        return self._sees

    def generate(self, prompt: Prompt, decoding: Decoding) -> Generator[str, None, Generation]:
        """As `TextGenerator.generate`; closing it cancels the job over there.

        Raises:
            RemoteError: if the other side fails, or goes away in the middle of a text.
        """
        shown, last = "", None
        with _one_line(self._client.src):
            job = self._client.submit(
                self._checkpoint.name, packed(prompt), asdict(decoding), api_name="/lent_text"
            )
            try:
                for last in job:
                    if last["text"] != shown:
                        piece, shown = last["text"][len(shown) :], last["text"]
                        yield piece
                job.result(timeout=TIMEOUT_S)  # raises what went wrong there
            finally:
                job.cancel()
            if last is None or not last["ended"]:
                raise RemoteError("it went away in the middle of a text")
            return _GENERATION.validate_python(last["ended"])

    def generate_batch(
        self, prompts: Sequence[Prompt], decoding: Decoding
    ) -> tuple[Generation, ...]:
        """As `LanguageModel.generate_batch`."""
        return _GENERATIONS.validate_python(self._asked("/lent_texts", prompts, asdict(decoding)))

    def margins(self, prompts: Sequence[Prompt]) -> tuple[Margin, ...]:
        """As `YesNoScorer.margins`."""
        return _MARGINS.validate_python(self._asked("/lent_margins", prompts))

    def _asked(self, endpoint: str, prompts: Sequence[Prompt], *more: Any) -> Any:
        sent = [packed(prompt) for prompt in prompts]
        with _one_line(self._client.src):
            job = self._client.submit(self._checkpoint.name, sent, *more, api_name=endpoint)
            found = job.result(timeout=TIMEOUT_S)
            if not isinstance(found, list) or len(found) != len(sent):
                raise RemoteError("its answer is none")
            return found


@contextmanager
def _one_line(address: str) -> Iterator[None]:
    """Say in one line what went wrong on the other side, and where that is."""
    try:
        yield
    except RemoteError as error:
        said = str(error)
        raise RemoteError(said if address in said else f"{address}: {said}.") from error
    except AppError as error:
        raise RemoteError(f"{address} says: {first_line(error)}") from error
    except (TookTooLongError, TimeoutError) as error:
        raise RemoteError(f"{address} did not answer within {TIMEOUT_S:.0f} s.") from error
    except (HTTPError, OSError, ValueError, KeyError, TypeError) as error:
        raise RemoteError(
            f"{address} cannot be reached, or is no Tasteline that lends its models."
        ) from error
