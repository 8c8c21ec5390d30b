"""The recorded runs as files: what is written, and that a browser can walk it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from app import export_static
from app.export_static import write_site
from app.library import Library
from core.errors import MsrError
from tests.app.world import World


def written(world: World, out: Path) -> Path:
    write_site(world.explore(), world.recordings, {}, world.picture, out)
    return out


@pytest.fixture(scope="module")
def site(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(world, tmp_path_factory.mktemp("site"))


def test_every_block_view_candidate_and_pair_of_systems_is_there(site: Path, world: World) -> None:
    run = world.run
    story = json.loads((site / "stories" / run.dataset / f"{run.user_id}.json").read_text())
    assert len(story["shown"]) == len(run.preferences)
    assert all(set(views) == {"diff", "clean", "prompt"} for views in story["shown"])
    assert set(story["why"]) == {item.item_id for item in run.candidates}
    assert set(story["systems"]) > {"mllm-msr", "zero-shot", "popularity"}
    assert len(story["compare"]) == len(story["systems"]) ** 2
    assert all('href="evidence.html#' in painted for painted in story["compare"].values())


def test_only_what_is_recorded_is_offered_and_every_cover_is_a_file(site: Path) -> None:
    index = (site / "index.html").read_text()
    assert "clips" not in index  # a data set without a recorded run
    covers = {part.split('"')[0] for part in index.split('src="')[1:]}
    assert covers
    assert all((site / cover).is_file() for cover in covers)
    assert 'href="evidence.html"' in index
    assert (site / "about.html").is_file()


def test_hostile_words_stay_words(hostile_world: World, tmp_path: Path) -> None:
    site = written(hostile_world, tmp_path / "site")
    for file in site.rglob("*.html"):
        assert "<img src=x" not in file.read_text()
    story = json.loads(next(site.rglob("mira.json")).read_text())
    assert "<img src=x" not in json.dumps(story)


def test_an_earlier_export_is_replaced_and_another_folder_is_not(
    world: World, tmp_path: Path
) -> None:
    written(world, tmp_path / "site")
    written(world, tmp_path / "site")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    with pytest.raises(MsrError, match=r"is not empty and no earlier export\. Choose another"):
        written(world, tmp_path / "mine")
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
    with pytest.raises(MsrError, match="no recorded run to export"):
        write_site(world.explore(), (), {}, world.picture, tmp_path / "other")


def test_nothing_is_written_outside_and_what_is_recorded_no_more_goes(
    world: World, tmp_path: Path
) -> None:
    site = written(world, tmp_path / "site")
    stale = site / "stories" / "videos" / "gone.json"
    stale.write_text("{}")
    written(world, site)
    assert not stale.exists()
    mira = world.recordings[0]
    foreign = replace(mira, run=replace(mira.run, user_id="../../../mira"))
    library = Library(world.store, (), (foreign,))
    explore = world.explore()
    explore.library = library
    with pytest.raises(MsrError, match="would be written outside of"):
        write_site(explore, (foreign,), {}, world.picture, site)


def test_command_says_in_one_line_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TASTELINE_HOME", str(tmp_path / "home"))
    (tmp_path / "note.txt").write_text("mine")
    assert export_static.main(["--out", str(tmp_path)]) == 1
    assert "Choose another --out" in capsys.readouterr().err


playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

from playwright.sync_api import Browser, Page, expect  # noqa: E402

from tests.app.browsing import needs_chromium, visit  # noqa: E402


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture
def copy(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request",
        lambda request: (
            problems.append(request.url) if not request.url.startswith((address, "data:")) else None
        ),
    )
    visit(page, address)
    yield page
    context.close()
    assert not problems


@needs_chromium
def test_a_visitor_steps_through_a_story_and_opens_another(copy: Page) -> None:
    last = copy.locator(".tl-where").inner_text()
    copy.get_by_role("button", name="Previous block").click()
    expect(copy.locator(".tl-where")).not_to_have_text(last)
    copy.keyboard.press("ArrowRight")
    expect(copy.locator(".tl-where")).to_have_text(last)
    expect(copy.locator(".tl-thread ins").first).to_be_visible()
    copy.get_by_role("radio", name="Clean text").check()
    expect(copy.get_by_role("radio", name="Clean text")).to_be_checked()
    expect(copy.locator(".tl-thread ins")).to_have_count(0)
    copy.locator(".tl-person input").nth(1).check()
    expect(copy.locator(".tl-person input:checked")).to_have_value("u0001")
    copy.get_by_role("button", name="Replay").click()
    expect(copy.locator(".tl-where")).to_contain_text("Block 1")
    expect(copy.locator(".tl-where")).to_contain_text("Block 2", timeout=5000)


@needs_chromium
def test_reasons_and_other_systems_are_there_and_what_needs_a_model_is_not(copy: Page) -> None:
    copy.locator(".tl-ranking tbody tr").nth(2).get_by_role("button").click()
    expect(copy.get_by_role("tab", name="Why this score")).to_have_attribute(
        "aria-selected", "true"
    )
    expect(copy.get_by_text("Not measured for this candidate")).to_be_visible()
    expect(copy.get_by_role("button", name="Measure")).to_have_count(0)
    copy.get_by_role("tab", name="Compare").click()
    copy.locator("#tl-right").select_option("popularity")
    expect(copy.locator(".tl-verdict:visible")).to_contain_text("Popularity")
    expect(copy.get_by_role("button", name="Run live")).to_have_count(0)


@needs_chromium
def test_a_link_opens_its_view_and_pages_lead_to_each_other(copy: Page, address: str) -> None:
    visit(copy, f"{address}?v=1&d=videos&u=u0001&b=2&tab=compare")
    expect(copy.get_by_role("tab", name="Compare")).to_have_attribute("aria-selected", "true")
    expect(copy.locator(".tl-person input:checked")).to_have_value("u0001")
    copy.get_by_role("tab", name="Story").click()
    copy.get_by_role("button", name="Previous block").click()
    expect(copy.locator(".tl-where")).to_contain_text("Block 1 of")
    copy.get_by_role("link", name="Evidence").click()
    expect(copy).to_have_url(f"{address}evidence.html")
    copy.get_by_role("link", name="Explore").click()
    expect(copy.locator(".tl-masthead")).to_be_visible()


@needs_chromium
def test_a_replay_can_be_stopped_at_once_and_the_keyboard_keeps_its_place(copy: Page) -> None:
    stop = copy.get_by_role("button", name="Stop")
    expect(stop).to_have_attribute("aria-disabled", "true")
    copy.get_by_role("button", name="Replay").click()
    expect(copy.locator(".tl-where")).to_contain_text("Block 1")
    expect(stop).not_to_have_attribute("aria-disabled", "true")
    third = copy.locator(".tl-timeline summary, .tl-item summary").nth(2)
    third.focus()
    expect(copy.locator(".tl-where")).to_contain_text("Block 2", timeout=5000)
    expect(third).to_be_focused()
    stop.click()
    expect(stop).to_have_attribute("aria-disabled", "true")
    copy.wait_for_timeout(2000)  # longer than a block is shown
    expect(copy.locator(".tl-where")).to_contain_text("Block 2")
    copy.locator(".tl-ranking tbody tr").nth(2).get_by_role("button").click()
    expect(copy.locator("#tl-picked")).to_be_focused()


@needs_chromium
def test_copy_has_no_accessibility_violations(copy: Page) -> None:
    assert axe.Axe().run(copy).response["violations"] == []
