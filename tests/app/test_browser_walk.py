"""A whole visit, from picking a history to opening its link elsewhere."""

import re
import time

import pytest
from gradio.state_holder import SessionState

from tests.app.world import Server

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, expect

from tests.app.browsing import needs_chromium, visit

pytestmark = needs_chromium


def walk(browser: Browser, url: str) -> None:
    """Pick, replay, stop, run live, ask why, edit, rescore, compare, take away, share."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    page = context.new_page()
    visit(page, url)
    page.get_by_role("radio", name=re.compile("Mira")).check()
    page.get_by_role("button", name="Replay").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text(re.compile("stopped (after block|in its first block)"))).to_be_visible()
    page.get_by_role("button", name="Run live").click()
    expect(page.get_by_text("Live run finished")).to_be_visible(timeout=30_000)
    page.locator(".tl-ranking tbody tr").nth(1).get_by_role("button").click()
    expect(page.get_by_role("tab", name="Why this score")).to_have_attribute(
        "aria-selected", "true"
    )
    page.get_by_role("button", name="Measure").click()
    expect(page.locator(".tl-lens-history li")).to_have_count(12, timeout=60_000)
    page.get_by_role("tab", name="What if").click()
    page.locator("#tl-text").fill("They like knots, sailing and lighthouses.")
    page.get_by_role("button", name="Rescore").click()
    expect(page.get_by_text("Before and after")).to_be_visible()
    page.get_by_role("tab", name="Compare").click()
    page.get_by_label("against", exact=True).select_option("popularity")
    expect(page.get_by_text("writes nothing about a user")).to_be_visible()  # answers at once
    page.get_by_label("against", exact=True).select_option("direct")
    expect(page.get_by_text("Direct has not answered")).to_be_visible()
    page.get_by_role("button", name="Ask it").click()
    expect(page.locator(".tl-compared tbody tr")).to_have_count(21)
    page.get_by_text("Download", exact=True).click()
    with page.expect_download():
        page.get_by_role("button", name="Everything as JSON").click()
    page.get_by_role("button", name="Copy link").click()
    link = page.locator(".tl-link").input_value()
    context.close()

    fresh = browser.new_context().new_page()
    visit(fresh, link)
    expect(fresh.get_by_role("tab", name="Compare")).to_have_attribute("aria-selected", "true")
    expect(fresh.locator(".tl-controls")).to_have_attribute("data-link", re.compile("u=mira"))
    fresh.context.close()


def test_a_whole_visit_meets_no_error(browser: Browser, server: Server) -> None:
    walk(browser, server.url)


def test_paint_is_dropped_when_a_visitor_leaves(browser: Browser, server: Server) -> None:
    def come_and_leave() -> SessionState:
        page = browser.new_context().new_page()
        visit(page, server.url)
        page.get_by_role("radio", name=re.compile("Jonas")).check()  # not who is there already
        expect(page.locator(".tl-controls")).to_have_attribute("data-link", re.compile("u=u0001"))
        *_, session = server.demo.state_holder.session_data.values()
        assert session.config_values
        page.context.close()
        return session

    session = come_and_leave()
    for _ in range(10):
        for _ in range(30):  # a busy machine hears late that nobody is there
            if not session.config_values:
                return
            time.sleep(0.1)
        come_and_leave()  # what was on its way when the first one left goes now
    pytest.fail("what was painted is still kept")
