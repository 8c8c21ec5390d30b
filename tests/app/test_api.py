"""The public endpoints, called as a program would."""

import asyncio
from collections.abc import Iterator
from typing import Any

import gradio as gr
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from app.api import NAMES, Api
from tests.app.world import Server, World


@pytest.fixture(scope="module")
def client(world: World) -> Iterator[Client]:
    served = Server(world)
    yield Client(served.url, verbose=False)
    served.demo.close()


def ask(client: Client, name: str, *given: str) -> Any:
    return client.predict(*given, api_name=f"/{name}")


def test_every_endpoint_is_documented_with_its_parameters(client: Client) -> None:
    found = client.view_api(return_format="dict")["named_endpoints"]
    assert set(found) == {f"/{name}" for name in NAMES}
    for name in NAMES:
        assert getattr(Api, name).__doc__
        assert all(
            parameter["type"]["type"] == "string" for parameter in found[f"/{name}"]["parameters"]
        )


def test_programs_take_no_place_in_the_queue_of_the_page(world: World) -> None:
    with gr.Blocks() as demo:
        Api(world.explore()).publish()
    assert [wired.concurrency_limit for wired in demo.fns.values()] == [None] * len(NAMES)


def test_programs_leave_places_of_the_models_to_the_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.api.MOST_ASKING", 0)
    api = Api(world.explore())
    assert asyncio.run(api.explain_viewer("videos", "mira"))["recorded"] is True
    with pytest.raises(gr.Error, match="programs ask the models already; ask again in a minute"):
        asyncio.run(api.rescore_with_preference("videos", "mira", "Likes clay."))


def test_viewers_are_the_named_ones_and_those_searched_for(client: Client) -> None:
    users = ask(client, "list_viewers", "videos", "")
    assert users[0] == {
        "user_id": "mira", "name": "Mira", "about": "Cooks, then discovers space", "items": 12,
    }  # fmt: skip
    found = ask(client, "list_viewers", "videos", "u000")
    assert len(found) >= 10
    assert all(user["user_id"].startswith("u000") for user in found)


def test_story_of_a_recorded_user_comes_with_the_items_behind_each_theme(client: Client) -> None:
    story = ask(client, "explain_viewer", "videos", "mira")
    assert story["recorded"] is True
    assert [block["index"] for block in story["blocks"]] == [1, 2, 3, 4]
    themes = story["blocks"][0]["themes"]
    assert any(theme["supported_by"] for theme in themes)
    assert {theme["fate"] for theme in themes} == {"gained"}


def test_anyone_else_is_run_first(client: Client) -> None:
    rows = ask(client, "score_candidates", "videos", "u0007")
    assert [row["rank"] for row in rows] == sorted(row["rank"] for row in rows)
    assert len(rows) == 21
    assert sum(row["is_next"] for row in rows) == 1


def test_effects_of_the_first_and_of_a_named_candidate(client: Client) -> None:
    found = ask(client, "attribute", "videos", "mira", "")
    assert len(found["history"]) == 12
    assert found["verdict"]
    other = ask(client, "score_candidates", "videos", "mira")[5]
    named = ask(client, "attribute", "videos", "mira", other["item_id"])
    assert named["item_id"] == other["item_id"]
    assert named["margin"] == pytest.approx(other["margin"])


def test_another_preference_is_scored_beside_what_was(client: Client) -> None:
    rows = ask(client, "rescore_with_preference", "videos", "mira", "They like knots.")
    known = {r["item_id"]: r for r in ask(client, "score_candidates", "videos", "mira")}
    for row in rows:
        before = known[row["item_id"]]
        assert (row["rank_before"], row["margin_before"]) == (before["rank"], before["margin"])
    assert any(row["margin"] != row["margin_before"] for row in rows)
    assert [row["rank"] for row in rows] == list(range(1, 22))
    assert [row["margin"] for row in rows] == sorted((row["margin"] for row in rows), reverse=True)


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("list_viewers", ("nothing", ""), "nothing"),
        (
            "explain_viewer",
            ("videos", "nobody"),
            "no user 'nobody'",
        ),  # as it is: no browser reads it
        ("attribute", ("videos", "mira", "x"), "no candidate"),
        ("rescore_with_preference", ("videos", "mira", ""), "is empty"),
        ("rescore_with_preference", ("videos", "mira", "x" * 1501), "at most 1,500"),
        ("rescore_with_preference", ("videos", "mira", "<image>"), "take it out"),
    ],
)
def test_bad_input_gets_the_same_clear_line_as_on_the_page(
    world: World, name: str, given: tuple[str, ...], message: str
) -> None:
    endpoint = getattr(Api(world.explore()), name)

    def called() -> Any:
        answer = endpoint(*given)
        return asyncio.run(answer) if asyncio.iscoroutine(answer) else answer

    with pytest.raises(gr.Error, match=message) as caught:
        called()
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("sent", [None, 7])
def test_what_is_no_text_is_told_in_one_line(client: Client, sent: object) -> None:
    with pytest.raises(AppError, match=f"{sent} came where a text is expected"):
        client.predict("videos", sent, api_name="/list_viewers")
