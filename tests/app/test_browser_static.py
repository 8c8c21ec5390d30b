"""The recorded runs as files: a browser can walk them."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

from playwright.sync_api import Browser, Page, expect  # noqa: E402

from tests.app.browsing import needs_chromium, visit  # noqa: E402

pytestmark = needs_chromium


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
    copy.get_by_role("tab", name="Story").click()
    where = copy.locator(".tl-where").inner_text()
    copy.get_by_role("button", name="Previous block").click()  # a choice holds nothing up
    expect(copy.locator(".tl-where")).not_to_have_text(where)
    expect(copy.get_by_role("button", name="Run live")).to_have_count(0)


def test_a_link_opens_its_view_and_pages_lead_to_each_other(copy: Page, address: str) -> None:
    visit(copy, f"{address}?v=1&d=videos&u=u0001&b=2&tab=compare")
    expect(copy.get_by_role("tab", name="Compare")).to_have_attribute("aria-selected", "true")
    expect(copy.locator(".tl-person input:checked")).to_have_value("u0001")
    expect(copy.locator("#tl-compare-title")).to_be_visible()
    copy.wait_for_timeout(300)  # the address is written a moment later
    assert "b=2" in copy.url
    copy.get_by_role("tab", name="Story").click()
    copy.get_by_role("button", name="Previous block").click()
    expect(copy.locator(".tl-where")).to_contain_text("Block 1 of")
    copy.get_by_role("link", name="Evidence").click()
    expect(copy).to_have_url(f"{address}evidence.html")
    copy.get_by_role("link", name="Explore").click()
    expect(copy.locator(".tl-masthead")).to_be_visible()


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


def test_copy_has_no_accessibility_violations(copy: Page) -> None:
    assert axe.Axe().run(copy).response["violations"] == []
