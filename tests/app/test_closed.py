"""What a stranger may send to the server, and what answers."""

import urllib.error
import urllib.request

import pytest

from app.closed import MOST_SENT, Heard
from app.ui import MOST_EVENTS, MOST_REPLAYS, launch_options
from tests.app.world import Server, World


def status(server: Server, path: str, sent: bytes | None = None) -> tuple[int, str]:
    kind = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{server.url}gradio_api/{path}", sent, kind)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.parametrize(
    "path",
    [
        "file=http://127.0.0.1:9/x.png",
        "file=/etc/hostname",
        "file/etc/hostname",
        "proxy=http://127.0.0.1:9/",
        "deep_link?session_hash=abc",
        "upload_progress?upload_id=1",
    ],
)
def test_nothing_is_fetched_or_kept_for_a_stranger(server: Server, path: str) -> None:
    assert status(server, path) == (404, "This page has no such address.")


@pytest.mark.parametrize("path", ["upload", "process_recording", "component_server"])
def test_nothing_can_be_left_on_the_server(server: Server, path: str) -> None:
    assert status(server, path, b"{}") == (404, "This page has no such address.")


def test_a_request_that_is_too_long_is_not_read_to_its_end(server: Server) -> None:
    assert status(server, "info")[0] == 200
    code, said = status(server, "queue/join", b"[" + b" " * MOST_SENT)
    assert code == 413
    assert "at most 16,000,000 bytes" in said


def test_who_listens_keeps_what_waits_for_them() -> None:
    waiting = Heard(2)
    waiting["first"], waiting["second"] = "a", "b"
    assert waiting.get("first") == "a"  # fetched
    waiting["third"] = "c"
    assert [*waiting] == ["first", "third"]
    assert waiting["first"] == "a"
    assert waiting.get("second") is None


def test_replays_leave_places_for_clicks(world: World, server: Server) -> None:
    replays = [fn for fn in server.demo.fns.values() if fn.name == "replay"]
    assert [fn.concurrency_limit for fn in replays] == [MOST_REPLAYS]
    assert launch_options(world.settings, world.picture)["max_threads"] == MOST_EVENTS
    assert MOST_REPLAYS < MOST_EVENTS
