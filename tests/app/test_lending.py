"""Two Tastelines: one lends its models, the other has none and asks."""

import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from huggingface_hub import SpaceRuntime
from PIL import Image

from app.handlers import Explore
from app.library import Library
from app.ui import build_demo, launch_options
from core.covers import Cover
from core.errors import DataError, MsrError, RemoteError
from core.language_model import Checkpoint, Decoding
from core.mllm_msr import Models
from core.models import load_models
from core.profiles import find_profile
from core.prompts import Prompt
from core.settings import Settings
from core.space_model import MOST_PROMPTS, SpaceModel, packed, unpacked
from core.store import Store
from core.streams import drain
from tests.app.world import FakeModel, World

ROLES = find_profile("embedded").roles
PICTURE = Image.effect_noise((40, 30), 80).convert("RGB")
SEEN = Prompt("score", "v", "They like <b>trains</b>.\n", Cover(PICTURE, "of a file"), "Yes?")
GREEDY = Decoding(12)
SHA = "5ea1" * 8
TEXT = packed(Prompt("score", "v", after="x"))
LONG = TEXT | {"after": "x" * 99_999}


class Signed(FakeModel):
    """A fake that is signed as a role of the embedded profile, and keeps what it was asked."""

    def __init__(self, name: str, *, sees: bool) -> None:
        super().__init__()
        self.name, self.sees = name, sees
        self.asked: list[Prompt] = []
        self.left = threading.Event()

    @property
    def checkpoint(self) -> Checkpoint:
        return Checkpoint(self.name, SHA)

    @property
    def sees_images(self) -> bool:
        return self.sees

    def generate(self, prompt: Prompt, decoding: Decoding) -> Any:
        self.asked.append(prompt)
        if prompt.after == "Fail":
            raise MsrError("The model failed <i>here</i>.")
        named = prompt if '"' in prompt.after else replace(prompt, after='"A cover"')
        try:
            return (yield from super().generate(named, decoding))
        except GeneratorExit:
            self.left.set()
            raise

    def margins(self, prompts: Any) -> Any:
        self.asked += prompts
        return super().margins(prompts)


class Lender:
    """A Tasteline that lends, on a free port."""

    def __init__(self, world: World) -> None:
        self.models = {
            role.name: Signed(role.name, sees="LLaVA" in role.checkpoint) for role in ROLES
        }
        explore = world.explore()
        explore._models[True] = Models(
            *(self.models[role.name] for role in ROLES), "preference-first", "embedded"
        )
        self.url, self.demo = launched(explore, world, lend=True)


def launched(explore: Explore, world: World, *, lend: bool) -> tuple[str, Any]:
    demo = build_demo(explore, world.picture, lend=lend)
    options = launch_options(world.settings, world.picture)
    options |= {"server_name": "127.0.0.1", "server_port": None}
    _, url, _ = demo.launch(**options, prevent_thread_lock=True, quiet=True)
    return url, demo


@pytest.fixture(scope="module")
def lender(world: World) -> Iterator[Lender]:
    lending = Lender(world)
    yield lending
    lending.demo.close()


@pytest.fixture
def model(lender: Lender) -> SpaceModel:
    return SpaceModel.connect(lender.url, ROLES[2].name)


def test_prompt_and_picture_arrive_as_they_were(lender: Lender, model: SpaceModel) -> None:
    (margin,) = model.margins([SEEN])
    asked = lender.models[ROLES[2].name].asked[-1]
    assert replace(asked, cover=None) == replace(SEEN, cover=None)
    assert asked.cover
    assert asked.cover.image.tobytes() == PICTURE.tobytes()
    assert [margin] == list(lender.models[ROLES[2].name].margins([SEEN]))
    assert model.checkpoint.name == ROLES[2].name
    assert model.checkpoint.sha.startswith("space-")  # a lender's word is no hash of weights here
    assert model.sees_images


def test_text_comes_in_pieces_and_ends_whole(model: SpaceModel) -> None:
    prompt = Prompt("fusion", "v", after='Two notes about "Trains"')
    stream, pieces = model.generate(prompt, GREEDY), []
    try:
        while True:
            pieces.append(next(stream))
    except StopIteration as end:
        whole = end.value
    assert "".join(pieces) == whole.text
    assert whole == model.generate_batch([prompt], GREEDY)[0]


def test_whoever_walks_away_stops_the_model_there(lender: Lender, model: SpaceModel) -> None:
    fake = lender.models[ROLES[2].name]
    fake.before_token = lambda: time.sleep(0.1)
    stream = model.generate(Prompt("preference", "v", after="Who?"), GREEDY)
    next(stream)
    stream.close()
    assert fake.left.wait(20)
    fake.before_token = lambda: None


def test_what_fails_there_is_one_line_here(model: SpaceModel) -> None:
    failing = Prompt("fusion", "v", after="Fail")
    for ask in (lambda: drain(model.generate(failing, GREEDY)),
                lambda: model.generate_batch([failing], GREEDY)):  # fmt: skip
        with pytest.raises(RemoteError, match="says: The model failed <i>here</i>") as error:
            ask()
        assert "\n" not in str(error.value)


def test_many_prompts_are_sent_in_several_calls(lender: Lender, model: SpaceModel) -> None:
    asked = [Prompt("score", "v", after=f"Number {n}?") for n in range(MOST_PROMPTS + 5)]
    assert model.margins(asked) == lender.models[ROLES[2].name].margins(asked)


@pytest.mark.parametrize(
    "answer",
    [[{}], [], "x", 7, None, [{"margin": "nan", "label_mass": 1, "tokens": 1, "milliseconds": 1}]],
)
def test_answers_that_are_none_are_one_line(
    model: SpaceModel, monkeypatch: pytest.MonkeyPatch, answer: Any
) -> None:
    job = SimpleNamespace(result=lambda timeout: answer, done=lambda: True)
    monkeypatch.setattr(model._client, "submit", lambda *_, **__: job)
    with pytest.raises(RemoteError, match=r"its answer is none|cannot be reached") as error:
        model.margins([SEEN])
    assert "\n" not in str(error.value)


def test_a_lender_that_falls_silent_is_left(
    model: SpaceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.space_model.TIMEOUT_S", 0.3)
    silence = threading.Event()  # it does not answer that it is left, either
    said = [{"text": "a", "ended": None}]
    job = SimpleNamespace(done=lambda: False, outputs=lambda: said, cancel=silence.wait)
    monkeypatch.setattr(model._client, "submit", lambda *_, **__: job)
    stream = model.generate(SEEN, GREEDY)
    assert next(stream) == "a"
    with pytest.raises(RemoteError, match="did not answer in time"):
        next(stream)
    silence.set()


def test_a_lender_with_other_weights_is_asked_anew_and_nothing_is_kept_as_of_the_old(
    lender: Lender, model: SpaceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, other = model.checkpoint, Checkpoint(ROLES[2].name, "07e4" * 8)
    monkeypatch.setattr(Signed, "checkpoint", property(lambda self: replace(other, name=self.name)))
    asks = (
        lambda: model.margins([SEEN]),
        lambda: model.generate_batch([SEEN], GREEDY),
        lambda: drain(model.generate(SEEN, GREEDY)),
    )
    for ask in asks:
        model._sha = SHA
        with pytest.raises(RemoteError, match="other weights now: ask again"):
            ask()
        assert model.checkpoint != before
        ask()


def test_a_lender_whose_text_does_not_end_is_left(
    model: SpaceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = [{"text": "a" * 20_001, "ended": None}]
    job = SimpleNamespace(done=lambda: False, outputs=lambda: pieces, cancel=lambda: None)
    monkeypatch.setattr(model._client, "submit", lambda *_, **__: job)
    with pytest.raises(RemoteError, match="its text does not end"):
        next(model.generate(SEEN, GREEDY))


def test_a_password_or_token_in_a_lenders_address_is_not_shown() -> None:
    with pytest.raises(RemoteError) as refusal:
        SpaceModel.connect("http://bob:hunter2@127.0.0.1:9/?token=sekret", "llava")
    assert str(refusal.value).startswith("http://***@127.0.0.1:9/ cannot be reached")


def test_no_token_of_this_machine_and_no_download_goes_to_a_lender(
    lender: Lender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_of_this_machine")
    client = SpaceModel.connect(lender.url, ROLES[0].name)._client
    assert "hf_of_this_machine" not in str(client.headers)
    assert client.download_files is False
    client = SpaceModel.connect(lender.url, ROLES[0].name, key="given")._client
    assert "given" in str(client.headers)


def test_other_names_and_other_addresses_are_refused_in_one_line(
    lender: Lender, world: World
) -> None:
    with pytest.raises(RemoteError, match="no model 'llava', only LLaVA-NeXT"):
        SpaceModel.connect(lender.url, "llava")
    with pytest.raises(RemoteError, match=r"127\.0\.0\.1:9 cannot be reached"):
        SpaceModel.connect("http://127.0.0.1:9", "llava")
    url, demo = launched(world.explore(), world, lend=False)
    try:
        with pytest.raises(RemoteError, match="TASTELINE_LEND=1"):
            SpaceModel.connect(url, ROLES[0].name)
    finally:
        demo.close()


def test_space_that_is_being_built_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def runtime(name: str, *, token: object) -> SpaceRuntime:
        assert (name, token) == ("somebody/tasteline", False)
        return SpaceRuntime({"stage": "BUILDING", "hardware": {}})

    monkeypatch.setattr("core.space_model.get_space_runtime", runtime)
    with pytest.raises(RemoteError, match=r"somebody/tasteline: .* its stage is BUILDING"):
        SpaceModel.connect("somebody/tasteline", "llava")


@pytest.mark.parametrize(
    ("endpoint", "arguments", "said"),
    [
        ("/lent_margins", ["other", SHA, [packed(SEEN)]], "no model 'other'"),
        ("/lent_margins", [ROLES[2].name, "07e4", [packed(SEEN)]], "has other weights here"),
        ("/lent_margins", [ROLES[2].name, SHA, []], "0 prompts came"),
        ("/lent_margins", [ROLES[2].name, SHA, [{}] * (MOST_PROMPTS + 1)], "65 prompts came"),
        ("/lent_margins", [ROLES[2].name, SHA, [LONG]], "99999 characters"),
        (
            "/lent_margins",
            [ROLES[2].name, SHA, [TEXT | {"kind": "x" * 10**6}]],
            "That is no prompt",
        ),
        (
            "/lent_margins",
            [ROLES[2].name, SHA, [TEXT | {"version": "x" * 65}]],
            "That is no prompt",
        ),
        ("/lent_margins", [ROLES[2].name, SHA, ["abc"]], "a list of objects"),
        ("/lent_margins", [ROLES[2].name, SHA, 5], "a list of objects"),
        ("/lent_margins", [ROLES[2].name, SHA, [TEXT | {"after": 7}]], "That is no prompt"),
        ("/lent_margins", [ROLES[2].name, SHA, [TEXT | {"cover": "AAAA"}]], "not a readable JPEG"),
        ("/lent_margins", [ROLES[2].name, SHA, [TEXT | {"cover": "!"}]], "That is no prompt"),
        ("/lent_margins", [ROLES[2].name, SHA, [TEXT | {"after": "a <image>"}]], "the marker"),
        ("/lent_texts", [ROLES[2].name, SHA, [TEXT], {"max_new_tokens": 10**6}], "1 to 512 tokens"),
        (
            "/lent_texts",
            [ROLES[2].name, SHA, [TEXT], {"max_new_tokens": 5, "seed": 2**40}],
            "31 bits",
        ),
        ("/lent_texts", [ROLES[2].name, SHA, [TEXT], {"tokens": 5}], "That is no decoding"),
        (
            "/lent_texts",  # logits become infinite, and a draw from NaN ends a GPU's process
            [ROLES[2].name, SHA, [TEXT], {"max_new_tokens": 5, "temperature": 1e-38}],
            "a temperature of 0 or of 0.01 to 2",
        ),
        (
            "/lent_texts",
            [ROLES[2].name, SHA, [TEXT, packed(SEEN)], {"max_new_tokens": 5}],
            "send them apart",
        ),
    ],
)
def test_what_anyone_may_send_is_checked(
    lender: Lender, endpoint: str, arguments: list[Any], said: str
) -> None:
    client = Client(lender.url, verbose=False)
    with pytest.raises(AppError, match=said):
        client.predict(*arguments, api_name=endpoint)


def test_nothing_is_lent_unless_asked_for(server: Any) -> None:
    with urllib.request.urlopen(f"{server.url}gradio_api/info") as answer:
        assert "/lent_margins" not in json.load(answer)["named_endpoints"]


def test_prompt_survives_the_way() -> None:
    assert unpacked(json.loads(json.dumps(packed(replace(SEEN, cover=None))))) == replace(
        SEEN, cover=None
    )
    with pytest.raises(DataError, match="no prompt"):
        unpacked({"after": ["a"]})


def test_page_without_models_runs_live_on_those_of_another(
    lender: Lender, world: World, tmp_path: Path
) -> None:
    settings = Settings.from_environment(
        {"TASTELINE_HOME": str(tmp_path), "TASTELINE_REMOTE_URL": f"space:{lender.url}"}
    )
    library = Library(world.store, [], world.recordings)
    memory = Store(settings.database_url)
    explore = Explore(
        library, world.store, lambda say: load_models(settings, memory), lambda say: None, {}
    )  # type: ignore[arg-type, return-value]
    url, demo = launched(explore, world, lend=False)
    try:
        told = Client(url, verbose=False).predict("videos", "u0005", api_name="/explain_viewer")
    finally:
        demo.close()
    assert [block["index"] for block in told["blocks"]] == [1, 2]
    assert not told["recorded"]
    assert all(fake.asked for fake in lender.models.values())
    asked = {prompt.kind for prompt in lender.models[ROLES[1].name].asked}
    assert asked == {"preference"}
