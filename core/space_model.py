"""A model of another Tasteline: a page on a small machine asks one that has a GPU (ours).

Space to Space: the other one, started with ``TASTELINE_LEND=1``, publishes four endpoints
(`app/lending.py`), and gradio_client asks them. Prompts travel as JSON with the picture inside;
texts and margins come back.
"""

import base64
import hashlib
import logging
import math
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as TookTooLongError
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import Any, cast, get_args

from gradio_client import Client
from gradio_client.exceptions import AppError
from httpx import Timeout
from huggingface_hub import get_space_runtime
from pydantic import TypeAdapter, ValidationError

from core.covers import MAX_BYTES, as_png, decode_cover
from core.errors import DataError, RemoteError, first_line, without_secrets
from core.language_model import LONGEST, MOST_COUNTED, Checkpoint, Decoding, Generation, Margin
from core.prompts import MARKERS, Prompt
from core.records import TextKind

MOST_PROMPTS = 64  # a call
TIMEOUT_S = 300.0  # for an answer, or between two pieces of one: a Space may be waking up
CONNECT_S = 10.0
LOOK_S = 0.05  # between two looks at a text that is being written
DOWN = "NO_APP_FILE CONFIG_ERROR BUILDING BUILD_ERROR RUNTIME_ERROR STOPPED PAUSED".split()
KINDS = (*get_args(TextKind), "score")

logger = logging.getLogger(__name__)

_FIELDS = ("kind", "version", "before", "after", "answer_start")
_TEXTS = TypeAdapter(dict[str, str])
_GENERATION = TypeAdapter(Generation)
_MARGIN = TypeAdapter(Margin)


def packed(prompt: Prompt) -> dict[str, Any]:
    """A prompt as JSON; its picture as base64 of a PNG."""
    sent = {name: getattr(prompt, name) for name in _FIELDS}
    if prompt.cover is None:
        return sent
    return sent | {"cover": as_png(prompt.cover)}


def unpacked(sent: Mapping[str, Any]) -> Prompt:
    """A prompt out of JSON that anyone may have written.

    Raises:
        DataError: if it is none.
        CoverError: if its picture is none.
    """
    encoded = sent.get("cover") or ""
    try:
        texts = _TEXTS.validate_python({name: sent.get(name, "") for name in _FIELDS})
        if texts["kind"] not in KINDS or len(texts["version"]) > 64 or len(encoded) > 2 * MAX_BYTES:
            raise ValueError
        picture = base64.b64decode(encoded, validate=True)
    except (ValidationError, ValueError, TypeError) as error:
        raise DataError(
            "That is no prompt: see core/space_model.py for how one is sent."
        ) from error
    for text in texts.values():
        if marker := MARKERS.search(text):
            raise DataError(f"A prompt has the marker {marker[0]!r}; leave it out.")
    return Prompt(**cast(Any, texts), cover=decode_cover(picture) if picture else None)


class SpaceModel:
    """One model that another Tasteline lends, by its name."""

    batch_size = 16  # the other side may be a GPU that is lent for a short time

    def __init__(self, client: Client, address: str, name: str) -> None:
        """Take what `connect` has reached.

        Raises:
            RemoteError: if it lends no such model.
        """
        self._client, self._address, self._name = client, address, name
        self._look()

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
            _refuse_one_that_is_down(address, key)
            client = Client(
                address,
                token=cast(Any, key or False),  # None would send this machine's own token
                verbose=False,
                httpx_kwargs={"timeout": Timeout(TIMEOUT_S, connect=CONNECT_S)},
                download_files=False,  # else an answer could have any address fetched
            )
            offered = client.view_api(print_info=False, return_format="dict")
            if "/lent_models" not in offered["named_endpoints"]:
                raise RemoteError("it lends no models: start it with TASTELINE_LEND=1")
            return cls(client, address, name)

    @property
    def checkpoint(self) -> Checkpoint:
        """Which weights answer, as far as the other one tells, and where: its word is not ours."""
        sha = hashlib.sha256(f"{self._address} {self._sha}".encode()).hexdigest()[:32]
        return Checkpoint(self._name, f"space-{sha}")

    def generate(self, prompt: Prompt, decoding: Decoding) -> Generator[str, None, Generation]:
        """As `TextGenerator.generate`; closing it cancels the job over there.

        Raises:
            RemoteError: if the other side fails, or goes away in the middle of a text.
        """
        with _one_line(self._client.src):
            job = self._submit("/lent_text", packed(prompt), asdict(decoding))
            shown, last = "", None
            with self._of_these_weights(job):
                for last in _pieces(job):
                    if len(last["text"]) > LONGEST:
                        raise RemoteError("its text does not end")
                    if last["text"] != shown:
                        piece, shown = last["text"][len(shown) :], last["text"]
                        yield piece
            if last is None or not last["ended"]:
                raise RemoteError("it went away in the middle of a text")
            return _text(last["ended"])

    def generate_batch(
        self, prompts: Sequence[Prompt], decoding: Decoding
    ) -> tuple[Generation, ...]:
        """As `LanguageModel.generate_batch`."""
        with _one_line(self._client.src):
            return tuple(_text(one) for one in self._asked("/lent_texts", prompts, decoding))

    def margins(self, prompts: Sequence[Prompt]) -> tuple[Margin, ...]:
        """As `YesNoScorer.margins`."""
        with _one_line(self._client.src):
            return tuple(_margin(one) for one in self._asked("/lent_margins", prompts))

    def _asked(self, endpoint: str, prompts: Sequence[Prompt], *more: Decoding) -> Iterator[Any]:
        """Answers to prompts, in as many calls as they need."""
        rest = [asdict(decoding) for decoding in more]
        for start in range(0, len(prompts), MOST_PROMPTS):
            sent = [packed(prompt) for prompt in prompts[start : start + MOST_PROMPTS]]
            job = self._submit(endpoint, sent, *rest)
            with self._of_these_weights(job):
                found = job.result(timeout=TIMEOUT_S)
            if not isinstance(found, list) or len(found) != len(sent):
                raise RemoteError("its answer is none")
            yield from found

    def _submit(self, endpoint: str, *asked: Any) -> Any:
        return self._client.submit(self._name, self._sha, *asked, api_name=endpoint)

    @contextmanager
    def _of_these_weights(self, job: Any) -> Iterator[None]:
        """Wait for an answer; a lender refuses where its weights are others since we looked."""
        try:
            yield
        except AppError:
            before = self._sha
            self._look()
            if self._sha != before:
                raise RemoteError("its model has other weights now: ask again") from None
            raise
        finally:
            if not job.done():  # or it would be computed for nobody
                threading.Thread(target=_cancel, args=(job,), daemon=True).start()

    def _look(self) -> None:
        """Ask which weights the other one has, and whether they see."""
        job = self._client.submit(api_name="/lent_models")
        lent = {one["name"]: one for one in job.result(timeout=TIMEOUT_S)}
        if self._name not in lent:
            raise RemoteError(f"it lends no model {self._name!r}, only {', '.join(lent) or 'none'}")
        found = lent[self._name]
        self._sha, self.sees_images = str(found["sha"]), bool(found["sees_images"])


def _cancel(job: Any) -> None:
    """Tell the other side; one that has fallen silent may not answer this either."""
    with suppress(Exception):
        job.cancel()


def _refuse_one_that_is_down(address: str, key: str) -> None:
    """Say how a Space is that will not answer; its client waits for one that is being built."""
    if address.startswith(("http://", "https://")):
        return
    stage = get_space_runtime(address, token=key or False).stage
    if stage in DOWN:
        raise RemoteError(f"this Space is not running, its stage is {stage}")


def _pieces(job: Any) -> Iterator[Any]:
    """What a job has said so far, until it ends; its own iterator would wait for ever."""
    seen, news = 0, time.monotonic()
    while True:
        ended = job.done()  # before its outputs: what came in between is not lost
        for piece in job.outputs()[seen:]:
            seen, news = seen + 1, time.monotonic()
            yield piece
        if ended:
            job.result(timeout=0)  # raises what went wrong there
            return
        if time.monotonic() - news > TIMEOUT_S:
            raise TookTooLongError
        time.sleep(LOOK_S)


def _text(said: Any) -> Generation:
    found = _GENERATION.validate_python(said)
    known = math.isfinite(found.milliseconds) and 0 <= found.tokens < MOST_COUNTED
    if len(found.text) > LONGEST or not known:
        raise RemoteError("its answer is none")
    return found


def _margin(said: Any) -> Margin:
    found = _MARGIN.validate_python(said)
    known = all(map(math.isfinite, (found.margin, found.milliseconds)))
    if not (known and 0 <= found.label_mass <= 1 and 0 <= found.tokens < MOST_COUNTED):
        raise RemoteError("its answer is none")
    return found


@contextmanager
def _one_line(address: str) -> Iterator[None]:
    """Say in one line what went wrong on the other side, and where; a password stays here."""
    address = without_secrets(address)
    try:
        yield
    except RemoteError as error:
        said = str(error)
        raise RemoteError(said if address in said else f"{address}: {said}.") from error
    except AppError as error:
        raise RemoteError(f"{address} says: {first_line(error)}") from error
    except (TookTooLongError, TimeoutError, CancelledError) as error:
        raise RemoteError(f"{address} did not answer in time.") from error
    except Exception as error:  # whatever its client makes of an answer that is none
        logger.info("%s: %r", address, error)
        raise RemoteError(
            f"{address} cannot be reached, or is no Tasteline that lends its models."
        ) from error
