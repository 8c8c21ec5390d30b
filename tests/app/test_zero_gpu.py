"""Models on ZeroGPU, against a `spaces` that enforces its rules: forked workers, pickled arguments
and answers, plain functions, one call at a time, a quota of seconds."""

import asyncio
import importlib
import inspect
import multiprocessing
import pickle
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from types import ModuleType, SimpleNamespace
from typing import Any

import gradio as gr
import pytest

import app
from app.live import Stage
from core.errors import MsrError
from core.language_model import Decoding, Margin
from core.prompts import Prompt
from core.streams import drain
from tests.fakes import FakeModel

GREEDY = Decoding(max_new_tokens=20)
LONGEST_S = 30.0


class Lender:
    """What a fake GPU lender has left, and what it was asked for."""

    def __init__(self) -> None:
        self.seconds_left = 1000.0
        self.asked: list[float] = []
        self.title = ""  # of an error to raise whatever is asked
        self._one = threading.Lock()

    def GPU(self, task: Callable[..., Any], duration: Callable[..., float]) -> Callable[..., Any]:  # noqa: N802
        if inspect.iscoroutinefunction(task) or inspect.isgeneratorfunction(task):
            raise NotImplementedError

        def wrapped(*given: Any) -> Any:
            seconds = duration(*given)
            self.asked.append(seconds)
            if self.title:
                raise gr.Error("<b>Technical words</b>", title=self.title)
            if seconds > LONGEST_S:
                raise gr.Error("too long", title="ZeroGPU illegal duration")
            if seconds > self.seconds_left:
                raise gr.Error("no more", title="ZeroGPU quota exceeded")
            if not self._one.acquire(blocking=False):
                raise AssertionError("Two calls at once.")
            try:
                self.seconds_left -= seconds
                return self._forked(task, pickle.dumps(given))
            finally:
                self._one.release()

        return wrapped

    @staticmethod
    def _forked(task: Callable[..., Any], given: bytes) -> Any:
        forking = multiprocessing.get_context("fork")
        ours, theirs = forking.Pipe()

        def work() -> None:
            try:
                theirs.send_bytes(pickle.dumps((task(*pickle.loads(given)), None)))
            except BaseException as error:
                theirs.send_bytes(pickle.dumps((None, type(error).__name__)))

        worker = forking.Process(target=work)
        worker.start()
        theirs.close()  # or a worker that dies would be waited for
        assert ours.poll(60)
        answer, failed = pickle.loads(ours.recv_bytes())
        worker.join(60)
        if failed:
            raise gr.Error(failed, title="ZeroGPU worker error")
        return answer


@pytest.fixture
def lender() -> Lender:
    return Lender()


@pytest.fixture
def zero(lender: Lender, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The module as a ZeroGPU Space imports it."""
    config = SimpleNamespace(Config=SimpleNamespace(zero_gpu=True))
    monkeypatch.setitem(sys.modules, "spaces", SimpleNamespace(GPU=lender.GPU, config=config))
    yield imported()
    forgotten()


def imported() -> ModuleType:
    forgotten()
    return importlib.import_module("app.zero_gpu")


def forgotten() -> None:
    sys.modules.pop("app.zero_gpu", None)
    vars(app).pop("zero_gpu", None)


def asked(count: int) -> list[Prompt]:
    return [Prompt("score", "v", after="x" * n) for n in range(count)]


def test_answers_are_those_of_the_held_model_and_the_worker_changes_nothing_here(
    zero: ModuleType,
) -> None:
    model = FakeModel(sees_images=True)
    stands = zero.hosted(model)
    assert zero.is_here()
    assert stands.checkpoint == model.checkpoint
    assert stands.sees_images
    prompts = asked(3)
    assert stands.margins(prompts) == FakeModel().margins(prompts)
    assert drain(stands.generate(prompts[0], GREEDY)).text == " score number 1."
    assert not model.scored  # it was another process that asked


def test_seconds_grow_with_what_is_asked(zero: ModuleType, lender: Lender) -> None:
    stands = zero.hosted(FakeModel())
    for count in (1, 21, 60):
        stands.margins(asked(count))
    one, candidates, variants = lender.asked
    assert one < candidates < LONGEST_S
    assert variants < 60 / 21 * candidates  # variants share most of their prompt


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("ZeroGPU quota exceeded", "Your share of GPU time is used up"),
        ("ZeroGPU illegal duration", "longer than ZeroGPU lends"),
        ("ZeroGPU queue timeout", "No GPU became free"),
        ("ZeroGPU client error", "No GPU can be had"),
        ("Something new", "The GPU could not be used"),
    ],
)
def test_no_gpu_is_one_plain_line(zero: ModuleType, lender: Lender, title: str, said: str) -> None:
    lender.title = title
    with pytest.raises(MsrError, match=said) as refusal:
        zero.hosted(FakeModel()).margins(asked(2))
    assert "Recorded stories go on without one." in str(refusal.value)
    assert "Technical" not in str(refusal.value)


def test_a_quota_runs_out_and_too_much_at_once_is_refused(zero: ModuleType, lender: Lender) -> None:
    stands = zero.hosted(FakeModel())
    with pytest.raises(MsrError, match="longer than ZeroGPU lends"):
        stands.generate_batch(asked(2), Decoding(max_new_tokens=2000))
    lender.seconds_left = 10.0
    stands.margins(asked(2))
    with pytest.raises(MsrError, match="used up"):
        stands.margins(asked(21))


def test_many_variants_are_asked_in_several_calls_that_are_short_enough(
    zero: ModuleType, lender: Lender
) -> None:
    prompts = asked(256)  # of eight sentences
    assert zero.hosted(FakeModel()).margins(prompts) == FakeModel().margins(prompts)
    assert len(lender.asked) == 4
    assert max(lender.asked) <= 20


@pytest.mark.parametrize("error", [RuntimeError("<!doctype html>"), OSError("reset")])
def test_whatever_the_lender_raises_is_one_plain_line(
    zero: ModuleType, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(*_: object) -> None:
        raise error

    stands = zero.hosted(FakeModel())
    monkeypatch.setattr(zero, "answer", broken)
    with pytest.raises(MsrError, match=r"The GPU could not be used\. Recorded stories go on"):
        stands.margins(asked(2))


class Broken(FakeModel):
    def margins(self, prompts: Sequence[Prompt]) -> tuple[Margin, ...]:
        raise MsrError("The picture is broken.") if prompts[0].after else ValueError("inside")


def test_an_error_of_ours_keeps_its_words_and_another_is_said_plainly(zero: ModuleType) -> None:
    stands = zero.hosted(Broken())
    with pytest.raises(MsrError, match=r"^The picture is broken\.$"):
        stands.margins([Prompt("score", "v", after="?")])
    with pytest.raises(MsrError, match="taken away in the middle"):
        stands.margins([Prompt("score", "v")])


def test_elsewhere_nothing_is_lent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spaces", None)
    plain = imported()
    assert not plain.is_here()
    assert plain.hosted(FakeModel()).margins(asked(2)) == FakeModel().margins(asked(2))
    forgotten()


def test_a_job_knows_who_asked_for_it() -> None:
    visitor: ContextVar[str] = ContextVar("visitor", default="nobody")

    async def watch() -> list[str]:
        visitor.set("ann")
        return [said async for said in Stage().watch(lambda say: say(visitor.get()))]

    assert asyncio.run(watch()) == ["ann"]
