"""A model behind a server that speaks OpenAI's protocol, as vLLM does: the same two questions.

A server that answers is not yet one whose log-probabilities can be trusted: some fall back to the
first letters of a label, renormalise over what is allowed, or round so far that candidates tie.
`RemoteModel.connect` finds that out before anything is scored.
"""

import hashlib
import logging
import math
import time
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAI

from core.covers import as_png
from core.errors import RemoteError, first_line, without_secrets
from core.language_model import (
    LABELS,
    LONGEST,
    MOST_COUNTED,
    PARAGRAPH_END,
    Checkpoint,
    Decoding,
    Generation,
    Margin,
)
from core.prompts import Prompt

PARALLEL = 16  # requests at once; the server batches them
RETRIES = 3  # of a request, with growing, jittered waits
TIMEOUT = 60.0  # seconds for an answer, or between two pieces of a streamed one
FIRST_TIMEOUT = 10.0  # for what a server knows without a model; asked twice, while somebody waits
OPEN_MASS = 0.9  # more than this on yes and no, where neither is asked for, is not a raw answer
STEP = 1 / 64  # of margins, at least, where a server computes its head in bfloat16
PROBES = (  # neither yes nor no is a likely answer to these
    "Name the capital of France in one word.",
    "Count from one to five.",
    "Which month follows March?",
    "Complete: the quick brown fox jumps over the lazy",
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Labels:
    """Token ids of yes and no, as the server's own template and tokenizer write them."""

    yes: int
    no: int


class RemoteModel:
    """One model of a server, by its name; an adapter is a model of its own there."""

    batch_size = 4 * PARALLEL  # more than go out at once, so that none waits for all

    def __init__(
        self, client: OpenAI, name: str, root: str, labels: Labels, signed: str, sees_images: bool
    ) -> None:
        """Take what `connect` has found out; root is where the server has the weights from."""
        self._client, self._name, self._labels = client, name, labels
        self.sees_images = sees_images
        sha = hashlib.sha256(f"{client.base_url} {name} {root}".encode()).hexdigest()[:32]
        self.checkpoint = Checkpoint(signed, f"remote-{sha}")

    @classmethod
    def connect(
        cls, url: str, name: str, *, key: str = "", signed: str = "", sees_images: bool = False
    ) -> "RemoteModel":
        """Reach a server and make sure that its answers can be used.

        Args:
            url: of the API, such as ``http://host:8000/v1``.
            name: of the model or of a LoRA adapter that the server has loaded.
            key: for servers that want one.
            signed: what its answers are signed with, if not with that name.
            sees_images: whether the model takes pictures.

        Raises:
            RemoteError: one clear line, if it cannot be reached, has no such model, or if its
                log-probabilities cannot be trusted.
        """
        with _one_line(url):
            client = OpenAI(
                base_url=url, api_key=key or "none", timeout=TIMEOUT, max_retries=RETRIES
            )
            asking = client.with_options(timeout=FIRST_TIMEOUT, max_retries=1)
            served = {model.id: getattr(model, "root", None) for model in asking.models.list()}
            if name not in served:
                raise RemoteError(f"there is no model {name!r}, only {', '.join(served)}")
            labels = _labels(asking, url, name)
            model = cls(client, name, served[name] or name, labels, signed or name, sees_images)
            model._refuse_what_cannot_be_trusted()
        return model

    def generate(self, prompt: Prompt, decoding: Decoding) -> Generator[str, None, Generation]:
        """As `TextGenerator.generate`; closing it closes the connection, which stops the server.

        Raises:
            RemoteError: if the server fails, or goes away in the middle of a text.
        """
        began, text, tokens = time.perf_counter(), "", 0
        with _one_line(str(self._client.base_url)):
            stream = self._client.chat.completions.create(
                stream=True,
                stream_options={"include_usage": True},
                **self._asked(prompt, decoding),
            )
            ended = False
            with stream:
                for chunk in stream:
                    tokens = _counted(chunk.usage.completion_tokens) if chunk.usage else tokens
                    for choice in chunk.choices:
                        ended = ended or choice.finish_reason is not None
                        if piece := _valid(choice.delta.content or ""):
                            text += piece
                            _refuse_endless(text)
                            yield piece
            if not ended:
                raise RemoteError("the server went away in the middle of a text")
        text = text.split(PARAGRAPH_END)[0]
        return Generation(text, tokens, (time.perf_counter() - began) * 1000)

    def generate_batch(
        self, prompts: Sequence[Prompt], decoding: Decoding
    ) -> tuple[Generation, ...]:
        """As `LanguageModel.generate_batch`, in parallel requests."""

        def answered(prompt: Prompt) -> Generation:
            began = time.perf_counter()
            asked = self._asked(prompt, decoding)
            with _one_line(str(self._client.base_url)):
                answer = _checked(self._client.chat.completions.create(**asked))
                text = _valid(answer.choices[0].message.content or "")
                _refuse_endless(text)
                text = text.split(PARAGRAPH_END)[0]
                tokens = _counted(answer.usage.completion_tokens)
            return Generation(text, tokens, (time.perf_counter() - began) * 1000)

        with ThreadPoolExecutor(PARALLEL) as pool:
            return tuple(pool.map(answered, prompts))

    def margins(self, prompts: Sequence[Prompt]) -> tuple[Margin, ...]:
        """As `YesNoScorer.margins`, in parallel requests; the server shares prefixes itself."""
        with ThreadPoolExecutor(PARALLEL) as pool:
            return tuple(pool.map(self._margin, prompts))

    def _margin(self, prompt: Prompt) -> Margin:
        began = time.perf_counter()
        ids = (self._labels.yes, self._labels.no)
        with _one_line(str(self._client.base_url)):
            answer = _checked(
                self._client.chat.completions.create(
                    model=self._name,
                    messages=_messages(prompt),
                    max_tokens=1,
                    temperature=0,
                    logprobs=True,
                    extra_body={
                        "logprob_token_ids": list(ids),
                        "return_tokens_as_token_ids": True,
                    },
                )
            )
            logprobs = answer.choices[0].logprobs
            if not (logprobs and logprobs.content):
                raise RemoteError("the server gives no log-probabilities")
            found = {one.token: one.logprob for one in logprobs.content[0].top_logprobs}
            try:
                yes, no = (float(found[f"token_id:{label}"]) for label in ids)
            except KeyError as missing:
                raise RemoteError(
                    f"the server gives no log-probability of {missing.args[0]}; it is asked by "
                    "logprob_token_ids, which older vLLM servers do not have"
                ) from missing
            if not math.isfinite(yes - no):
                raise RemoteError(f"log-probabilities of {self._name} are not finite")
            mass = min(1.0, math.exp(yes) + math.exp(no))  # rounded, the two may be more than all
            tokens = _counted(answer.usage.prompt_tokens)
        return Margin(yes - no, mass, tokens, (time.perf_counter() - began) * 1000)

    def _asked(self, prompt: Prompt, decoding: Decoding) -> dict[str, Any]:
        extra: dict[str, Any] = {"repetition_penalty": decoding.repetition_penalty}
        if prompt.answer_start:
            extra |= {"continue_final_message": True, "add_generation_prompt": False}
        return {
            "model": self._name,
            "messages": _messages(prompt),
            "max_tokens": decoding.max_new_tokens,
            "temperature": decoding.temperature,
            "top_p": decoding.top_p,
            "seed": decoding.seed,
            "stop": [PARAGRAPH_END],
            "extra_body": extra,
        }

    def _refuse_what_cannot_be_trusted(self) -> None:
        found = [self._margin(Prompt("score", "probe", after=text)) for text in PROBES]
        values = [one.margin for one in found]
        if all(one.label_mass > OPEN_MASS for one in found):
            raise RemoteError(
                f"log-probabilities of {self._name} are renormalised over the labels: yes and no "
                "take up everything where neither was asked for"
            )
        if all(abs(value / STEP - round(value / STEP)) < 1e-3 for value in values):
            raise RemoteError(
                f"margins of {self._name} come in coarse steps, so that candidates tie; start "
                'vLLM with --hf-overrides \'{"head_dtype":"float32"}\', for a model that sees '
                'with {"text_config":{"head_dtype":"float32"}}'
            )


def _labels(client: OpenAI, url: str, name: str) -> Labels:
    """Have the server's own tokenizer write both labels behind a prompt."""
    root = url.rstrip("/").removesuffix("/v1")
    question = {"role": "user", "content": "?"}

    def ids(messages: list[dict[str, str]], **options: bool) -> list[int]:
        body = {"model": name, "messages": messages} | options
        answer = client.post(f"{root}/tokenize", body=body, cast_to=object)
        if not isinstance(answer, dict) or "tokens" not in answer:
            raise RemoteError("the server has no /tokenize, so the ids of yes and no are unknown")
        return [int(token) for token in answer["tokens"]]

    before = ids([question], add_generation_prompt=True)
    found = []
    for label in LABELS:
        said = [question, {"role": "assistant", "content": label}]
        whole = ids(said, add_generation_prompt=False, continue_final_message=True)
        if whole[: len(before)] != before or len(whole) != len(before) + 1:
            raise RemoteError(f"the server does not write {label!r} as one token after a prompt")
        found.append(whole[-1])
    return Labels(*found)


def _messages(prompt: Prompt) -> Any:
    content: Any = prompt.before + prompt.after
    if prompt.cover is not None:
        url = f"data:image/png;base64,{as_png(prompt.cover)}"
        picture = {"type": "image_url", "image_url": {"url": url}}
        before = [{"type": "text", "text": prompt.before}] if prompt.before else []
        content = [*before, picture, {"type": "text", "text": prompt.after}]
    started = {"role": "assistant", "content": prompt.answer_start}
    return [{"role": "user", "content": content}, *([started] if prompt.answer_start else [])]


def _valid(text: str) -> str:
    """A text without halves of characters, which JSON can hold but nobody can keep or show."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _counted(tokens: Any) -> int:
    if not 0 <= int(tokens) < MOST_COUNTED:
        raise RemoteError("the server's count of tokens is none")
    return int(tokens)


def _refuse_endless(text: str) -> None:
    if len(text) > LONGEST:
        raise RemoteError("its text does not end")


def _checked(answer: Any) -> Any:
    """The answer, if it is one: a proxy's page is handed through as a text."""
    if not getattr(answer, "choices", None) or answer.usage is None:
        raise RemoteError("the answer is no completion: is that the address of the API?")
    return answer


@contextmanager
def _one_line(url: str) -> Iterator[None]:
    """Say in one line what a server did wrong, and which; a password in its address stays here."""
    url = without_secrets(url)
    try:
        yield
    except RemoteError as error:
        said = str(error)
        raise RemoteError(said if url in said else f"{url}: {said}.") from error
    except APITimeoutError as error:
        raise RemoteError(f"{url} did not answer in time.") from error
    except (APIConnectionError, httpx2.TransportError) as error:
        raise RemoteError(f"{url} cannot be reached, or has gone away.") from error
    except APIStatusError as error:
        if error.status_code in (401, 403):
            raise RemoteError(f"{url} wants a key: set TASTELINE_REMOTE_KEY.") from error
        said = first_line(error.message)
        raise RemoteError(f"{url} answers {error.status_code}: {said}") from error
    except Exception as error:  # whatever comes of taking a stranger's JSON for an answer
        logger.info("%s: %r", url, error)
        raise RemoteError(f"{url} sends what is no answer; is that the API's address?") from error
