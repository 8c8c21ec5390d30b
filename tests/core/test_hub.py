"""What is said before a profile from the Hub is loaded, and that nothing is loaded to say it."""

import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from huggingface_hub.errors import GatedRepoError

from core import hub
from core.errors import WeightsError
from core.profiles import PROFILES, Profile

PAPER = PROFILES["paper"]
LLAMA = PAPER.user_summarizer.checkpoint


def gated(checkpoint: str) -> None:
    response = httpx.Response(403, request=httpx.Request("GET", "https://hub"))
    if checkpoint == LLAMA:
        raise GatedRepoError("Access is restricted.", response=response)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What is said on a machine of this kind."""

    def say(
        *, gpu: bool = True, token: str | None = "hf_x", cached: bool = False,
        ask: Callable[[str], None] = lambda _: None, profile: Profile = PAPER,
    ) -> str:  # fmt: skip
        monkeypatch.setattr(hub, "driver_is_here", lambda: gpu)
        monkeypatch.setattr(hub, "get_token", lambda: token)
        monkeypatch.setattr(
            hub, "try_to_load_from_cache", lambda *_, **__: "/a/file" if cached else None
        )
        monkeypatch.setattr(hub, "auth_check", ask)
        return " ".join(hub.what_is_missing(profile))

    return say


def unreachable(_: str) -> None:
    raise httpx.ConnectError("[Errno -2] Name or service not known")


def test_everything_that_is_missing_stands_in_one_line(machine: Callable[..., str]) -> None:
    said = machine(gpu=False, token=None, ask=unreachable)
    assert "no GPU; no HF_TOKEN is set; the Hub cannot be reached. Recorded stories" in said
    assert said.count("cannot be reached") == 1
    assert "\n" not in said


def test_gated_model_is_named(machine: Callable[..., str]) -> None:
    said = machine(ask=gated)
    assert f"{LLAMA}: its licence has to be accepted" in said
    assert "llava" not in said
    assert "GPU" not in said


def test_nothing_is_said_of_a_machine_that_has_all(machine: Callable[..., str]) -> None:
    assert machine() == ""
    assert machine(token=None) == ""  # whatever the Hub gives to anybody needs none


def test_weights_in_the_cache_need_neither_token_nor_hub(machine: Callable[..., str]) -> None:
    assert machine(cached=True, token=None, ask=unreachable) == ""
    assert "no GPU. Recorded" in machine(gpu=False, cached=True, token=None, ask=unreachable)


def test_embedded_profile_needs_nothing(machine: Callable[..., str]) -> None:
    embedded = PROFILES["embedded"]
    assert machine(gpu=False, token=None, ask=unreachable, profile=embedded) == ""


def test_hub_that_does_not_answer_holds_nobody_up(
    machine: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "ANSWERS_WITHIN", 0.05)
    waiting = threading.Event()
    said = machine(ask=lambda _: waiting.wait(10))
    waiting.set()
    assert "does not answer" in said


def test_driver_is_looked_for_without_loading_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(hub, "DRIVERS", (str(tmp_path / "nvidiactl"),))
    assert not hub.driver_is_here()
    (tmp_path / "nvidiactl").touch()
    assert hub.driver_is_here()


def test_error_of_a_library_is_one_line_and_ours_stay() -> None:
    with pytest.raises(WeightsError, match=r"^It failed: 'first'$"), hub.or_one_line("It failed"):
        raise KeyError("first")  # a KeyError says its text in quotes
