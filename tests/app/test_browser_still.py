"""What stays where it is while a story goes by: the page under a press, the steps on a phone."""

import pytest

from tests.app.world import Server

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, Page, expect

from tests.app.browsing import needs_chromium, visit

pytestmark = needs_chromium


def test_the_page_stays_under_a_press_while_the_story_goes_on(page: Page) -> None:
    page.get_by_role("button", name="Replay").click()
    expect(page.locator(".tl-where")).to_have_text("Block 1 of 4", timeout=20_000)
    page.mouse.down()
    pressed_at = page.evaluate("scrollY")
    expect(page.locator(".tl-where")).to_have_text("Block 3 of 4", timeout=20_000)
    assert page.evaluate("scrollY") == pressed_at
    page.mouse.up()


def test_the_steps_stay_on_a_phones_screen_and_say_where_the_next_item_stands(
    browser: Browser, server: Server
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    visit(page, server.url)
    page.locator("#tl-block-4").scroll_into_view_if_needed()
    expect(page.locator(".tl-place")).to_be_in_viewport()
    expect(page.locator(".tl-standing")).to_have_text("next video: rank 1 of 21")
    page.get_by_role("button", name="Previous block").click()
    expect(page.locator(".tl-where")).to_have_text("Block 3 of 4")
    expect(page.locator(".tl-place")).to_be_in_viewport()
    context.close()
