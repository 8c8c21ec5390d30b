"""The page in a real browser: what a visitor can do without ever meeting an error."""

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest

from core.errors import WeightsError
from tests.app.world import HOSTILE, Server, World

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, Page, expect  # noqa: E402

from tests.app.browsing import needs_chromium, open_unrecorded, visit  # noqa: E402

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def hostile_server(hostile_world: World) -> Iterator[Server]:
    served = Server(hostile_world, f" {HOSTILE}")
    yield served
    served.demo.close()


def wait_for_covers(page: Page) -> None:
    page.wait_for_function(
        "[...document.querySelectorAll('.tl-mosaic img')].every((i) => i.complete)"
    )


def where(page: Page) -> str:
    return page.locator(".tl-where").inner_text()


def test_first_paint_shows_the_whole_recorded_story_without_a_click(page: Page) -> None:
    expect(page.locator(".tl-badge summary")).to_contain_text("Recorded run")
    expect(page.locator(".tl-badge summary")).to_contain_text("unaltered")
    expect(page.locator(".tl-preference:visible")).to_have_count(4)
    expect(page.locator(".tl-ranking tbody tr")).to_have_count(21)
    expect(page.locator(".tl-ranking .is-next")).to_contain_text("watched next")
    assert where(page) == "Block 4 of 4"


def test_covers_above_the_fold_are_loaded(page: Page) -> None:
    wait_for_covers(page)
    broken = page.evaluate(
        "[...document.querySelectorAll('.tl-mosaic img')].filter((i) => !i.naturalWidth).length"
    )
    assert page.locator(".tl-mosaic img").count() == 11  # the twelfth item has no cover
    assert broken == 0


def test_picking_a_persona_opens_their_story(page: Page) -> None:
    page.get_by_role("radio", name=re.compile("Jonas")).check()
    expect(page.locator(".tl-person input:checked")).to_have_value("u0001")
    expect(page.locator(".tl-controls")).to_have_attribute("data-link", re.compile("u=u0001"))
    expect(page.locator(".tl-status").first).to_contain_text("ranked")


def test_personas_are_one_radio_group_for_the_keyboard(page: Page) -> None:
    page.locator(".tl-person input:checked").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".tl-person input:checked")).to_have_value("u0001")
    assert where(page) == "Block 4 of 4"  # the arrow moved the choice, not the story


def test_replay_stop_and_replay_again(page: Page) -> None:
    page.get_by_role("button", name="Replay").click()
    expect(page.locator(".tl-where")).to_have_text("Block 1 of 4")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text(re.compile("stopped after block [12] of 4"))).to_be_visible()
    stopped = where(page)
    page.wait_for_timeout(1000)
    assert where(page) == stopped
    expect(page.get_by_text(re.compile("stopped after block [12] of 4"))).to_be_visible()
    page.get_by_role("radio", name="Clean text").check()
    expect(page.locator(".tl-story ins")).to_have_count(0)
    assert where(page) == stopped  # the server stopped there, too
    page.get_by_role("button", name="Replay").click()
    expect(page.locator(".tl-where")).to_have_text("Block 4 of 4", timeout=20_000)
    expect(page.get_by_text("stopped after")).to_have_count(0)
    expect(page.locator(".tl-preference:visible")).to_have_count(4)
    expect(page.locator("text=/^Error$/")).to_have_count(0)


def test_arrow_keys_step_through_the_blocks(page: Page) -> None:
    page.locator("h1").click()
    for key, expected in (
        ("ArrowLeft", 3), ("ArrowLeft", 2), ("ArrowRight", 3), ("ArrowRight", 4), ("ArrowRight", 4),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(page.locator(".tl-where")).to_have_text(f"Block {expected} of 4")
    expect(page.locator("[aria-current=step]")).to_have_attribute("id", "tl-block-4")


def test_arrow_keys_pressed_fast_are_not_lost(page: Page) -> None:
    page.locator("h1").click()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(page.locator(".tl-where")).to_have_text("Block 1 of 4")


def test_an_answer_that_was_lost_is_not_waited_for_for_ever(page: Page) -> None:
    page.evaluate("window.tasteline.opening = true")  # asked for, and nothing came
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("window.tasteline.waiting.length") == 1
    page.evaluate("window.tasteline.held = 0")  # since long ago
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".tl-where")).to_have_text("Block 2 of 4")


def test_arrow_keys_are_left_alone_in_a_field(page: Page) -> None:
    page.get_by_label("Find a user by id").fill("u00")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(300)
    assert where(page) == "Block 4 of 4"


def test_stepping_back_hides_what_was_not_read_yet(page: Page) -> None:
    page.get_by_role("button", name="Previous block").click()
    expect(page.locator(".tl-preference:visible")).to_have_count(3)
    expect(page.locator("#tl-block-4")).to_contain_text("Not read yet")
    expect(page.locator(".tl-map .tl-m-none")).to_have_count(21)


def test_views_show_a_diff_clean_text_and_the_prompt(page: Page) -> None:
    expect(page.locator(".tl-story ins").first).to_be_visible()
    expect(page.locator(".tl-story del").first).to_be_visible()
    page.get_by_role("radio", name="Clean text").check()
    expect(page.locator(".tl-story ins, .tl-story del")).to_have_count(0)
    page.get_by_role("radio", name="Prompt sent").check()
    expect(page.locator(".tl-words .tl-prompt").first).to_contain_text("summar")
    expect(page.locator("input[name=tl-view]:checked")).to_have_value("prompt")


def test_copied_link_restores_the_view_in_another_browser(page: Page, browser: Browser) -> None:
    page.get_by_role("radio", name=re.compile("Jonas")).check()
    expect(page.locator(".tl-controls")).to_have_attribute("data-link", re.compile("u=u0001"))
    page.get_by_role("radio", name="Clean text").check()
    expect(page.locator(".tl-story ins")).to_have_count(0)
    page.get_by_role("button", name="Previous block").click()
    expect(page.locator(".tl-where")).to_have_text("Block 3 of 4")
    page.get_by_role("button", name="Copy link").click()
    link = page.get_by_label("Link to this view").input_value()
    context = browser.new_context()
    other = context.new_page()
    visit(other, link)
    expect(other.locator(".tl-where")).to_have_text("Block 3 of 4")
    expect(other.locator(".tl-person input:checked")).to_have_value("u0001")
    expect(other.locator("input[name=tl-view]:checked")).to_have_value("clean")
    context.close()


@pytest.mark.parametrize(
    "query", ["?v=1&d=videos&u=nobody&b=2", "?v=1&d=nothing&u=mira", "?v=2&u=m"]
)
def test_link_to_nothing_says_so_and_shows_the_default(
    page: Page, server: Server, query: str
) -> None:
    visit(page, server.url + query)
    expect(page.get_by_text("Showing the default story instead")).to_be_visible()
    expect(page.locator(".tl-person input:checked")).to_have_value("mira")
    assert where(page) == "Block 4 of 4"


def test_search_finds_a_user_and_opens_their_items_at_once(page: Page) -> None:
    open_unrecorded(page, "u00")
    expect(page.locator(".tl-story .tl-item")).to_have_count(5)
    expect(page.locator(".tl-story")).to_contain_text("Not run yet: press Run live")


def test_found_users_are_reached_by_the_keyboard_and_none_opens_on_the_way(page: Page) -> None:
    page.get_by_label("Find a user by id").fill("u00")
    page.keyboard.press("Enter")
    found = page.locator(".tl-people-found button")
    expect(found.nth(1)).to_be_visible()
    found.first.focus()
    page.keyboard.press("Tab")
    expect(found.nth(1)).to_be_focused()
    user = found.nth(1).get_attribute("data-user")
    page.keyboard.press("Enter")
    expect(page.locator(".tl-controls")).to_have_attribute("data-link", re.compile(f"u={user}"))


def test_stepping_away_takes_the_line_of_a_stop_with_it(page: Page) -> None:
    stopped = page.get_by_text(re.compile("Replay stopped (after block|in its first)"))
    with page.expect_response("**/run/**"):
        page.get_by_role("button", name="Stop").click(force=True)  # dimmed: nothing is going on
    page.get_by_role("button", name="Replay").click()
    expect(page.locator(".tl-where")).to_have_text("Block 1 of 4", timeout=20_000)
    expect(stopped).to_have_count(0)
    page.get_by_role("button", name="Next block").click()
    expect(stopped).to_be_visible()  # a step ends a replay, and says so
    page.get_by_role("button", name="Previous block").click()
    expect(stopped).to_have_count(0)
    expect(page.locator("#tl-now")).to_be_visible()


def test_search_for_nobody_says_so(page: Page) -> None:
    page.get_by_label("Find a user by id").fill("zzz<b>")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".tl-found")).to_contain_text("zzz<b>")


def test_user_with_one_item_gets_one_clear_line(page: Page) -> None:
    page.get_by_label("Find a user by id").fill("short")
    page.keyboard.press("Enter")
    expect(page.locator(".tl-found")).to_contain_text("No user of videos with two items or more")
    expect(page.get_by_role("button", name=re.compile("User short"))).to_have_count(0)
    expect(page.locator(".tl-controls")).to_have_attribute("data-link", re.compile("u=mira"))


def test_another_data_set_and_a_random_user_open(page: Page) -> None:
    page.get_by_role("radio", name=re.compile("clips")).check()
    expect(page.locator(".tl-controls")).to_have_attribute("data-link", re.compile("d=clips"))
    expect(page.locator(".tl-people legend")).to_contain_text("No recorded runs")
    before = page.locator(".tl-controls").get_attribute("data-link")
    for _ in range(4):  # it may well draw the one who is there
        page.get_by_role("button", name="Random").click()
        with suppress(AssertionError):
            link = page.locator(".tl-controls")
            expect(link).not_to_have_attribute("data-link", before or "", timeout=5000)
            return
    pytest.fail("Random never opened another user")


def test_live_run_streams_a_story_for_a_user_without_a_recording(page: Page) -> None:
    open_unrecorded(page)
    page.get_by_role("button", name="Run live").click()
    expect(page.locator(".tl-is-writing .tl-preference")).to_contain_text("preference")
    expect(page.get_by_text("Live run finished")).to_be_visible(timeout=20_000)
    expect(page.locator(".tl-badge summary")).to_contain_text("Live run")
    expect(page.locator(".tl-ranking tbody tr")).to_have_count(21)
    assert where(page) == "Block 2 of 2"
    page.get_by_role("button", name="Previous block").click()
    expect(page.locator(".tl-where")).to_have_text("Block 1 of 2")


def test_live_run_can_be_stopped_and_keeps_what_it_wrote(page: Page) -> None:
    page.get_by_role("button", name="Run live").click()
    expect(page.locator(".tl-where")).to_have_text("Block 1 of 4", timeout=20_000)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text(re.compile("stopped (after block|in its first block)"))).to_be_visible()
    stopped = where(page)
    page.wait_for_timeout(800)
    assert where(page) == stopped
    page.get_by_role("button", name="Back to the recorded run").click()
    expect(page.locator(".tl-badge summary")).to_contain_text("Recorded run")
    expect(page.locator(".tl-where")).to_have_text("Block 4 of 4")


def test_replay_and_live_run_take_each_others_place(page: Page) -> None:
    page.get_by_role("button", name="Replay").click()
    expect(page.locator(".tl-where")).to_have_text("Block 1 of 4", timeout=20_000)
    page.mouse.wheel(0, -1)  # as who goes up to the controls does: the story follows no longer
    page.get_by_role("button", name="Run live").click()
    expect(page.locator(".tl-badge summary")).to_contain_text("Live run")
    page.get_by_role("button", name="Replay").click()
    expect(page.locator(".tl-is-writing")).to_have_count(0)
    page.wait_for_timeout(2500)  # longer than the whole run takes
    expect(page.locator(".tl-is-writing")).to_have_count(0)
    expect(page.get_by_text("Live run finished")).to_have_count(0)
    page.get_by_role("button", name="Back to the recorded run").click()
    expect(page.locator(".tl-where")).to_have_text("Block 4 of 4")


def test_live_error_is_one_line_and_the_recorded_story_stays(page: Page, server: Server) -> None:
    server.explore._models.clear()
    server.fail = WeightsError("The weights are <b>not</b> here. Connect once, then try again.")
    try:
        page.get_by_role("button", name="Run live").click()
        expect(page.get_by_text("The weights are <b>not</b> here").first).to_be_visible()
        expect(page.locator(".tl-preference:visible")).to_have_count(4)
        expect(page.locator(".tl-badge summary")).to_contain_text("Recorded run")
    finally:
        server.fail = None


def test_open_summaries_stay_open_when_the_page_is_repainted(page: Page) -> None:
    page.locator("#tl-item-2 summary").click()
    expect(page.locator("#tl-item-2")).to_contain_text("does not see images")
    page.get_by_role("button", name="Previous block").click()
    expect(page.locator(".tl-where")).to_have_text("Block 3 of 4")
    expect(page.locator("#tl-item-2 details")).to_have_attribute("open", "")


def test_chip_leads_to_the_item_that_supports_it(page: Page) -> None:
    link = page.locator(".tl-chip a").first
    target = link.get_attribute("data-jump")
    link.click()
    assert page.evaluate("document.activeElement.id") == target


def test_dark_mode_is_switched_and_remembered(page: Page, server: Server) -> None:
    toggle = page.get_by_role("button", name="Switch between light and dark")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    toggle.click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    visit(page, server.url)
    page.wait_for_timeout(500)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


@pytest.mark.parametrize("view", ["diff", "clean", "prompt"])
def test_phone_page_never_scrolls_sideways(browser: Browser, server: Server, view: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    visit(page, f"{server.url}?v=1&d=videos&u=mira&b=4&view={view}")
    expect(page.locator("input[name=tl-view]:checked")).to_have_value(view)
    sideways = page.evaluate(
        """() => [...document.querySelectorAll('.tl *')].filter((e) =>
          e.getBoundingClientRect().right > 361 &&
          !e.closest('.tl-scroll, .tl-people-grid, .tl-sr, pre')
        ).map((e) => e.className)"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert sideways == []
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", ["diff", "prompt"])
def test_axe_finds_no_violation(browser: Browser, server: Server, theme: str, view: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    visit(page, f"{server.url}?__theme={theme}&v=1&d=videos&u=mira&b=3&view={view}")
    expect(page.locator("input[name=tl-view]:checked")).to_have_value(view)
    page.locator("#tl-item-1 summary").click()
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    context.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_no_violation_while_searching_and_after_a_live_run(
    browser: Browser, server: Server, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    visit(page, server.url)
    open_unrecorded(page, "u000")
    page.get_by_label("Find a user by id").fill("u000")
    page.keyboard.press("Enter")
    expect(page.locator(".tl-found")).to_be_visible()
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.get_by_role("button", name="Run live").click()
    expect(page.get_by_text("Live run finished")).to_be_visible(timeout=20_000)
    page.locator(".tl-badge summary").click()
    page.get_by_role("button", name="Copy link").click()
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    context.close()


@pytest.mark.parametrize("view", ["diff", "clean", "prompt"])
def test_untrusted_text_is_shown_as_text(
    browser: Browser, hostile_server: Server, view: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    visit(page, f"{hostile_server.url}?v=1&d=videos&u=mira&b=4&view={view}")
    expect(page.locator("input[name=tl-view]:checked")).to_have_value(view)
    page.get_by_role("button", name="Run live").click()
    expect(page.get_by_text("Live run finished")).to_be_visible(timeout=30_000)
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src=x]").count() == 0
    text = page.locator(".tl-item-title").first.inner_text()
    for harmless in ("onerror=", "${1+1}", "`tick`", "{{7*7}}", "</script>"):
        assert harmless in text
    context.close()


def test_page_and_its_data_stay_small(page: Page, server: Server) -> None:
    wait_for_covers(page)
    own = page.evaluate(
        """() => performance.getEntriesByType('resource').filter((r) => r.name.includes('/covers/'))
          .reduce((sum, r) => sum + r.decodedBodySize, 0)"""
    )
    html = len(page.request.get(server.url).body())
    assert html + own < 300_000
