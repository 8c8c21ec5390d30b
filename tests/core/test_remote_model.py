"""A server that speaks OpenAI's protocol, and the many ways in which one does not."""

import json
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from PIL import Image

pytest.importorskip("openai", reason="the client comes with the extra remote")

from core import models, remote_model
from core.covers import Cover
from core.errors import RemoteError
from core.language_model import Decoding
from core.prompts import PREFERENCE_FIRST, Prompt
from core.remote_model import RemoteModel
from core.settings import Settings
from core.store import Store
from core.streams import drain

YES, NO = 10407, 4607
GREEDY = Decoding(max_new_tokens=20)


@dataclass
class Server:
    """What the server does, and what it was asked."""

    url: str = ""
    served: tuple[str, ...] = ("base", "recommender")
    ids: dict[str, list[int]] = field(default_factory=lambda: {"yes": [YES], "no": [NO]})
    broken: str = ""
    fails: int = 0  # so many requests before it answers
    sends: dict[str, Any] = field(default_factory=dict)  # instead, by models, tokenize, chat, chunk
    asked: list[dict[str, Any]] = field(default_factory=list)

    def logprobs(self, text: str) -> dict[int, float]:
        """By token, as far as this server tells; the margin is the length of the text in 1/10."""
        margin = len(text) / 10 - 3 + 0.013
        mass = 0.99 if self.broken == "renormalised" else 0.4
        if self.broken == "coarse":
            margin = round(margin * 16) / 16
        if self.broken == "not finite":
            margin = math.nan
        yes = math.log(mass / (1 + math.exp(-margin)))
        found = {YES: yes, NO: yes - margin}
        if self.broken == "other ids":
            return {token + 1: value for token, value in found.items()}
        return {} if self.broken == "no label" else found


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(remote_model, "TIMEOUT", 10.0)
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def do_GET(self) -> None:
            if state.broken == "silent at first":
                time.sleep(1.0)
            if state.broken in ("locked", "forbidden"):
                self.reply({"error": {"message": "no"}}, 401 if state.broken == "locked" else 403)
                return
            known = {"data": [{"id": name, "object": "model"} for name in state.served]}
            self.reply(state.sends.get("models", known))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            if state.fails:
                state.fails -= 1
                self.reply({"error": {"message": "busy"}}, 503)
            elif self.path == "/tokenize":
                said = body["messages"][1]["content"] if len(body["messages"]) > 1 else None
                known = {"tokens": [1, 2, 3, *(state.ids[said] if said else [])]}
                self.reply(state.sends.get("tokenize", known))
            elif "chat" in state.sends and not body.get("stream"):
                self.reply(state.sends["chat"])
            elif state.broken == "html":
                self.reply("<html>Welcome to the proxy</html>", kind="text/html")
            elif state.broken == "bad gateway":
                self.reply("<html>Bad gateway</html>", 502, kind="text/html")
            elif state.broken == "silent":
                time.sleep(1.0)
            else:
                state.asked.append(body)
                self.answer(body)

        def answer(self, body: dict[str, Any]) -> None:
            usage = {"prompt_tokens": 12, "completion_tokens": 5, "total_tokens": 17}
            if body.get("stream"):
                self.stream(usage)
                return
            content = body["messages"][0]["content"]
            choice: dict[str, Any] = {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": "A text.\n\nMore."},
            }
            if body.get("logprobs") and state.broken != "no log-probabilities":
                found = state.logprobs(content if isinstance(content, str) else content[-1]["text"])
                tops = [
                    {"token": f"token_id:{token}", "logprob": value, "bytes": None}
                    for token, value in found.items()
                ]
                first = {"token": "token_id:5", "logprob": -1.0, "bytes": None}
                choice["logprobs"] = {"content": [first | {"top_logprobs": tops}]}
            about = {"id": "1", "object": "chat.completion", "usage": usage}
            self.reply(about | {"choices": [choice]})

        def stream(self, usage: dict[str, int]) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            words = ["They ", "like ", "tests."]
            if state.broken == "goes away":
                words = words[:1]
            if "chunk" in state.sends:
                self.wfile.write(b"data: " + json.dumps(state.sends["chunk"]).encode() + b"\n\n")
            for word in words:
                self.event({"choices": [{"index": 0, "delta": {"content": word}}]})
            if state.broken == "goes away":
                return
            self.event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
            self.event({"choices": [], "usage": usage})
            self.wfile.write(b"data: [DONE]\n\n")

        def event(self, chunk: dict[str, Any]) -> None:
            about = {"id": "1", "object": "chat.completion.chunk"}
            self.wfile.write(b"data: " + json.dumps(about | chunk).encode() + b"\n\n")

        def reply(self, answer: Any, status: int = 200, kind: str = "application/json") -> None:
            data = (answer if isinstance(answer, str) else json.dumps(answer)).encode()
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        Thread(target=listening.serve_forever, daemon=True).start()
        state.url = f"http://127.0.0.1:{listening.server_address[1]}/v1"
        yield state
        listening.shutdown()


def connected(server: Server, name: str = "recommender") -> RemoteModel:
    return RemoteModel.connect(server.url, name, sees_images=True)


def test_margins_come_from_the_servers_own_label_ids_in_the_order_of_the_prompts(
    server: Server,
) -> None:
    model = connected(server)
    prompts = [Prompt("score", "v", after="x" * length) for length in (40, 5, 22)]
    found = model.margins(prompts)
    assert [one.margin for one in found] == pytest.approx([1.013, -2.487, -0.787])
    assert all(one.label_mass == pytest.approx(0.4) for one in found)
    assert {one.tokens for one in found} == {12}
    (asked,) = [body for body in server.asked if body["messages"][0]["content"] == "x" * 40]
    assert asked["logprob_token_ids"] == [YES, NO]
    assert (asked["model"], asked["max_tokens"], asked["temperature"]) == ("recommender", 1, 0)


def test_a_text_is_streamed_and_its_first_words_are_given(server: Server) -> None:
    model = connected(server)
    prompt = Prompt("preference", "v", after="Who?", answer_start="The user")
    stream = model.generate(prompt, GREEDY)
    assert next(stream) == "They "
    done = drain(stream)
    assert (done.text, done.tokens) == ("They like tests.", 5)
    asked = server.asked[-1]
    assert asked["messages"][-1] == {"role": "assistant", "content": "The user"}
    assert asked["continue_final_message"] is True
    assert asked["stop"] == ["\n\n"]


def test_a_batch_is_answered_in_order_and_one_paragraph_each(server: Server) -> None:
    found = connected(server).generate_batch([Prompt("preference", "v", after="a")] * 3, GREEDY)
    assert [one.text for one in found] == ["A text."] * 3


def test_a_picture_is_sent_with_the_prompt_and_never_as_an_address(server: Server) -> None:
    cover = Cover(Image.new("RGB", (4, 4), "red"), "0" * 64)
    connected(server).margins([Prompt("score", "v", before="This: ", cover=cover, after="Yes?")])
    kinds = [part["type"] for part in server.asked[-1]["messages"][0]["content"]]
    assert kinds == ["text", "image_url", "text"]
    address = server.asked[-1]["messages"][0]["content"][1]["image_url"]["url"]
    assert address.startswith("data:image/png;base64,")


def test_a_password_in_an_address_is_not_shown(server: Server) -> None:
    hidden = server.url.replace("//", "//ann:hunter2@")
    with pytest.raises(RemoteError, match="only base, recommender") as refusal:
        RemoteModel.connect(hidden, "llava")
    assert "hunter2" not in str(refusal.value)


def test_a_server_that_is_silent_from_the_start_is_not_waited_for(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_model, "TIMEOUT", 60.0)
    monkeypatch.setattr(remote_model, "FIRST_TIMEOUT", 0.1)
    server.broken = "silent at first"
    with pytest.raises(RemoteError, match="did not answer in time"):
        connected(server)


def test_a_busy_server_is_asked_again(server: Server) -> None:
    model = connected(server)
    server.fails = 2
    assert model.margins([Prompt("score", "v", after="Again?")])


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("no log-probabilities", "gives no log-probabilities"),
        ("no label", "no log-probability of token_id:10407"),
        ("renormalised", "renormalised over the labels"),
        ("coarse", r"come in coarse steps.*head_dtype"),
        ("not finite", "are not finite"),
        ("html", "no completion: is that the address of the API"),
        ("silent", "did not answer in time"),
        ("locked", "wants a key: set TASTELINE_REMOTE_KEY"),
        ("forbidden", "wants a key: set TASTELINE_REMOTE_KEY"),
        ("bad gateway", "answers 502"),
        ("other ids", "no log-probability of token_id"),
    ],
)
def test_a_server_that_cannot_be_trusted_is_refused_in_one_line(
    server: Server, broken: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_model, "RETRIES", 0)
    if broken == "silent":
        monkeypatch.setattr(remote_model, "TIMEOUT", 0.5)
    server.broken = broken
    with pytest.raises(RemoteError, match=said) as refusal:
        connected(server)
    assert str(refusal.value).startswith(server.url)
    assert "\n" not in str(refusal.value)


USAGE = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}


def told(**logprobs: float) -> dict[str, Any]:
    """An answer with these log-probabilities of yes and no."""
    ids = {"yes": YES, "no": NO}
    tops = [
        {"token": f"token_id:{ids[k]}", "logprob": v, "bytes": None} for k, v in logprobs.items()
    ]
    first = {"token": "token_id:5", "logprob": -1.0, "bytes": None, "top_logprobs": tops}
    return {"choices": [{"index": 0, "logprobs": {"content": [first]}}], "usage": USAGE}


@pytest.mark.parametrize(
    ("where", "sent"),
    [
        ("models", "<html>Another app</html>"),
        ("models", [1]),
        ("models", {"data": [1]}),
        ("models", {"data": [{"id": None}]}),
        ("tokenize", {"tokens": None}),
        ("chat", {"choices": ["x"], "usage": USAGE}),
        ("chat", {"choices": {"a": 1}, "usage": USAGE}),
        ("chat", told(yes=-1.0, no=-2.0) | {"usage": "x"}),
        ("chat", told(yes=-1.0, no=-2.0) | {"usage": USAGE | {"prompt_tokens": 10**20}}),
        ("chat", told(yes=-math.inf, no=-math.inf)),
        ("chat", told(yes=math.nan, no=-1.0)),
        ("chat", told(yes=1e6, no=-1.0)),
    ],
)
def test_an_answer_of_another_shape_is_one_line(server: Server, where: str, sent: Any) -> None:
    server.sends[where] = sent
    with pytest.raises(RemoteError) as refusal:
        connected(server)
    assert str(refusal.value).startswith(server.url)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "chunk", [[1], {"choices": None}, {"choices": [{"delta": {"content": 5}}]}]
)
def test_a_piece_of_another_shape_is_one_line(server: Server, chunk: Any) -> None:
    model = connected(server)
    server.sends["chunk"] = chunk
    with pytest.raises(RemoteError, match="sends what is no answer"):
        drain(model.generate(Prompt("preference", "v", after="Who?"), GREEDY))


def test_a_text_without_an_end_is_one_line(server: Server) -> None:
    model = connected(server)
    prompt = Prompt("preference", "v", after="Who?")
    message = {"role": "assistant", "content": "x" * 20_001}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    server.sends["chat"] = {"choices": [choice], "usage": usage}
    server.sends["chunk"] = {"choices": [{"index": 0, "delta": {"content": "x" * 20_001}}]}
    with pytest.raises(RemoteError, match="its text does not end"):
        model.generate_batch([prompt], GREEDY)
    with pytest.raises(RemoteError, match="its text does not end"):
        drain(model.generate(prompt, GREEDY))


def test_an_address_that_is_none_is_one_line() -> None:
    with pytest.raises(RemoteError, match=r"^http://host:80a/v1 sends what is no answer"):
        RemoteModel.connect("http://host:80a/v1", "base")


@pytest.mark.parametrize("ids", [{"yes": [YES, 9], "no": [NO]}, {"yes": [], "no": [NO]}])
def test_labels_of_more_than_one_token_are_refused(server: Server, ids: Any) -> None:
    server.ids = ids
    with pytest.raises(RemoteError, match="does not write 'yes' as one token"):
        connected(server)


def test_a_model_that_is_not_served_is_named_with_those_that_are(server: Server) -> None:
    with pytest.raises(RemoteError, match="no model 'llava', only base, recommender"):
        connected(server, "llava")


def test_a_server_that_is_not_there_or_goes_away_is_one_line(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_model, "RETRIES", 0)
    with pytest.raises(RemoteError, match="cannot be reached"):
        RemoteModel.connect("http://127.0.0.1:9/v1", "base")
    model = connected(server)
    server.broken = "goes away"
    with pytest.raises(RemoteError, match="went away in the middle of a text"):
        drain(model.generate(Prompt("preference", "v", after="Who?"), GREEDY))


def test_profile_on_servers_takes_adapters_and_checkpoints_by_name(
    server: Server, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.served = ("item-summarizer", "user-summarizer", "recommender")
    given = Settings.from_environment({"TASTELINE_HOME": str(tmp_path)})
    settings = replace(given, remote_urls=("http://127.0.0.1:9/v1", server.url))
    monkeypatch.setattr(remote_model, "RETRIES", 0)
    notes: list[str] = []
    loaded = models.load_models(settings, store, notes.append)
    assert len(notes) == 3
    assert all("on another machine" in note for note in notes)
    assert loaded.recommender.sees_images
    assert not loaded.user_summarizer.sees_images
    assert loaded.user_summarizer.checkpoint.name == "SmolLM2-135M-Instruct + user-summarizer"
    assert loaded.recommender.checkpoint.sha != loaded.user_summarizer.checkpoint.sha
    prompt = Prompt("score", PREFERENCE_FIRST, after="x" * 40)
    assert loaded.recommender.margins([prompt])[0].margin == pytest.approx(1.013)
    server.served = ("item-summarizer", "me/writer", "me/tuned")
    own = replace(settings, adapter="me/tuned", user_adapter="me/writer")
    assert models.load_models(own, store).recommender.checkpoint.name.endswith("+ tuned")
    server.served = ("base",)
    said = r"127\.0\.0\.1:9/v1 cannot be reached.*no model 'item-summarizer', only base"
    with pytest.raises(RemoteError, match=said):
        models.load_models(settings, store)
