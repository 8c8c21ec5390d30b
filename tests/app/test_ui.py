"""How the page is served: light, closed where it should be, readable in both themes."""

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import gradio as gr
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from app.api import NAMES
from app.paint import paint_story
from app.ui import ASSETS, build_demo, cover_route, launch_options
from core.datasets.sources import microlens_source
from core.errors import StoreError
from core.settings import REPOSITORY
from core.store.importer import _forget, import_dataset
from tests.app.world import World

START = """
import runpy, sys
import gradio
gradio.Blocks.launch = lambda self, **options: None
runpy.run_path("app.py", run_name="__main__")
assert "app.ui" in sys.modules
heavy = [name for name in ("torch", "transformers", "peft", "sklearn") if name in sys.modules]
assert not heavy, heavy
"""


SERVED = """
import runpy
import gradio
gradio.Blocks.launch = lambda self, **options: print(self.get_config_file())
runpy.run_path("app.py", run_name="__main__")
"""
ZERO = """
from types import SimpleNamespace
config = SimpleNamespace(Config=SimpleNamespace(zero_gpu=True))
def GPU(task, duration):
    return task
"""


def paper_profile(tmp_path: Path) -> str:
    """The page of `app.py` with the paper profile: no GPU of its own, no token, no Hub."""
    path = os.pathsep.join([str(REPOSITORY), str(tmp_path)])
    here = {"TASTELINE_HOME": tmp_path, "HF_HOME": tmp_path, "PYTHONPATH": path}
    environment = {name: value for name, value in os.environ.items() if name != "HF_TOKEN"}
    environment |= {name: str(value) for name, value in here.items()}
    environment |= {"TASTELINE_PROFILE": "paper", "HF_HUB_OFFLINE": "1"}
    command = [sys.executable, "-c", SERVED]
    return subprocess.run(
        command, check=True, cwd=REPOSITORY, env=environment, capture_output=True, text=True
    ).stdout


def test_paper_profile_without_gpu_token_or_hub_is_a_page_that_says_so(tmp_path: Path) -> None:
    page = paper_profile(tmp_path)
    (said,) = set(re.findall(r"The paper profile cannot run live here: [^<]*", page))
    assert "no HF_TOKEN is set; the Hub cannot be reached. Recorded stories go on" in said
    assert "What the model wrote" in page  # the first recorded story is there


def test_paper_profile_on_zero_gpu_without_its_models_is_a_page_that_says_so(
    tmp_path: Path,
) -> None:
    (tmp_path / "spaces.py").write_text(ZERO)
    page = paper_profile(tmp_path)
    assert re.search(r"No live runs: [^<]*(Hub|GPU)", page)
    assert "cannot run live here" not in page  # a GPU is lent later
    assert "What the model wrote" in page


def test_nothing_that_the_first_paint_needs_imports_torch(tmp_path: Path) -> None:
    environment = {**os.environ, "TASTELINE_HOME": str(tmp_path), "PYTHONPATH": str(REPOSITORY)}
    subprocess.run([sys.executable, "-c", START], check=True, cwd=REPOSITORY, env=environment)


@pytest.fixture
def late_data_set(tmp_path: Path, world: World) -> Iterator[Callable[[], None]]:
    """Prepares another data set when it is called; it is gone after the test."""

    def prepare() -> None:
        (tmp_path / "late_titles.csv").write_text("item,title\n1,One\n2,Two\n")
        (tmp_path / "late_pairs.tsv").write_text("ann\t1 2\n")
        import_dataset(world.store, microlens_source(tmp_path, "late"))

    yield prepare
    with world.store.session() as session:
        _forget(session, "late")


def load(demo: gr.Blocks, query: str = "") -> list[object]:
    """What a page load changes: the values it paints, without those it leaves alone."""
    restore = next(fn.fn for fn in demo.fns.values() if fn.name == "restore")
    scope = {"type": "http", "query_string": query.encode(), "headers": []}
    return [one for one in restore(gr.Request(Request(scope))) if one != gr.skip()]


def test_plain_visit_repaints_nothing(world: World) -> None:
    assert load(build_demo(world.explore(), world.picture)) == []


def test_data_set_prepared_while_the_page_is_up_is_offered_at_the_next_visit(
    world: World, late_data_set: Callable[[], None]
) -> None:
    demo = build_demo(world.explore(), world.picture)
    late_data_set()
    (picker,) = load(demo)
    assert 'name="tl-dataset" value="late"' in str(picker)
    assert len(load(demo, "v=1&d=videos&u=mira")) > 9  # a link paints everything as ever


def test_first_story_is_in_the_components_themselves(world: World) -> None:
    config = str(build_demo(world.explore(), world.picture).get_config_file())
    assert "Night market noodles" in config
    assert len(config) < 200_000


def test_five_endpoints_are_public_and_those_of_the_page_are_not(world: World) -> None:
    demo = build_demo(world.explore(), world.picture)
    assert set(demo.get_api_info()["named_endpoints"]) == {f"/{name}" for name in NAMES}
    assert not demo.get_api_info()["unnamed_endpoints"]


def test_a_click_cancels_before_it_asks(world: World) -> None:
    wired = build_demo(world.explore(), world.picture).config["dependencies"]
    cancelling = [bool(one["cancels"]) for one in wired]
    assert any(cancelling)
    assert cancelling == sorted(cancelling, reverse=True)


def test_page_reaches_no_server_but_its_own(world: World) -> None:
    explore = world.explore()
    pages = "".join(paint_story(explore.library.first()))
    for text in (pages, *(file.read_text() for file in ASSETS.rglob("*.*"))):
        assert not re.findall(r"(?:src|href)=[\"']?https?:|url\(|@import", text)


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    route = cover_route(world.picture)
    with TestClient(Starlette(routes=[route])) as opened:
        yield opened


def test_cover_of_a_known_item_is_a_webp_to_keep_for_a_while(client: TestClient) -> None:
    answer = client.get("/covers/videos/1")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert answer.headers["etag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
    assert answer.content[8:12] == b"WEBP"


@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', "*"])
def test_cover_that_a_browser_has_is_not_sent_again(client: TestClient, known: str) -> None:
    tag = client.get("/covers/videos/1").headers["etag"]
    again = client.get("/covers/videos/1", headers={"If-None-Match": known.format(tag)})
    assert (again.status_code, again.content) == (304, b"")
    assert (again.headers["etag"], again.headers["cache-control"]) == (tag, "public, max-age=300")


def test_covers_that_were_shown_outlive_the_database_which_is_left_alone_for_a_while(
    world: World, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def gone(name: str) -> None:
        asked.append(name)
        raise StoreError("The database has gone.")

    shown, known = client.get("/covers/videos/1"), world.store.dataset
    monkeypatch.setattr(world.store, "dataset", gone)
    again, other = client.get("/covers/videos/1"), client.get("/covers/videos/2")
    assert again.content == shown.content
    assert (other.status_code, other.headers["cache-control"]) == (404, "no-store")
    assert other.headers["content-type"].startswith("image/svg+xml")
    assert asked == ["videos"]  # it takes seconds to find out, once
    monkeypatch.setattr(world.store, "dataset", known)
    monkeypatch.setattr("app.ui.time.monotonic", lambda clock=time.monotonic: clock() + 60)
    assert client.get("/covers/videos/2").status_code == 200


def test_only_the_covers_shown_last_are_known_without_the_database(
    world: World, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.COVERS_KNOWN", 2)
    for item in ("1", "2", "1", "3"):
        assert client.get(f"/covers/videos/{item}").status_code == 200

    def gone(name: str) -> None:
        raise StoreError("The database has gone.")

    monkeypatch.setattr(world.store, "dataset", gone)
    left = {item for item in "123" if client.get(f"/covers/videos/{item}").status_code == 200}
    assert left == {"1", "3"}


def test_cover_that_is_another_one_by_now_is_sent(client: TestClient) -> None:
    tag = client.get("/covers/videos/2").headers["etag"]
    assert client.get("/covers/videos/1", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "videos/4",
        "videos/999",
        "nothing/1",
        "videos/..%2F..%2Fhome%2Ftasteline.db",
        "videos/%3Csvg",
    ],
)
def test_anything_else_is_a_placeholder_and_404(client: TestClient, path: str) -> None:
    answer = client.get(f"/covers/{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["cache-control"] == "no-store"


def test_gradio_keeps_its_side_doors_closed(world: World) -> None:
    options = launch_options(world.settings, world.picture)
    assert options["enable_monitoring"] is False
    assert options["run_history"] is False
    assert "allowed_paths" not in options


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_no_style_is_set_twice_for_the_same_thing() -> None:
    css = re.sub(r"/\*.*?\*/", "", (ASSETS / "page.css").read_text(), flags=re.DOTALL)
    known: set[tuple[str, str]] = set()
    for selector, rules in re.findall(r"^(\.tl [^{}@]*?) \{([^{}]*)\}$", css, re.MULTILINE):
        for rule in filter(str.strip, rules.split(";")):
            what = (selector, rule.split(":")[0].strip())
            assert what not in known, what
            known.add(what)
    assert len(known) > 200


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def palette(theme: str) -> dict[str, str]:
    css = (ASSETS / "page.css").read_text()
    block = re.search(rf"^{re.escape(theme)} \{{(.*?)^\}}", css, re.MULTILINE | re.DOTALL)
    assert block
    return dict(re.findall(r"--tl-([\w-]+): (#[0-9a-f]{6});", block[1]))


TEXT_ON = (
    [(text, ground) for text in ("ink", "soft", "accent", "warn", "cold")
     for ground in ("ground", "paper")]
    + [("ink", "accent-wash"), ("accent", "accent-wash"), ("soft", "sunk"), ("ink", "sunk")]
    + [("on-accent", "accent"), ("accent", "sunk"), ("m-deep", "m4"), ("m-deep", "m-4")]
    + [("m-ink", f"m{step}") for step in (-3, -2, -1, 1, 2, 3)]
)  # fmt: skip


@pytest.mark.parametrize("theme", [":root", ".dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_has_enough_contrast_in_both_themes(theme: str, text: str, ground: str) -> None:
    colours = palette(theme)
    assert contrast(colours[text], colours[ground]) >= 4.5
