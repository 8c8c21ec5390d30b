"""Why this score, What if and Compare in a real browser."""

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.app.world import Server

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, Page, expect  # noqa: E402

from tests.app.browsing import needs_chromium, open_unrecorded, visit  # noqa: E402

pytestmark = needs_chromium


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def test_recorded_explanation_is_there_at_once(page: Page) -> None:
    open_tab(page, "Why this score")
    expect(page.locator(".tl-why")).to_contain_text("Recorded with the run")
    expect(page.locator(".tl-lens-history li")).to_have_count(12)
    expect(page.get_by_role("img", name=re.compile("Deletion chart"))).to_be_visible()


def test_score_in_the_ranking_leads_to_its_reasons_and_is_measured(page: Page) -> None:
    row = page.locator(".tl-ranking tbody tr").nth(4)
    title = row.locator(".tl-row-title").inner_text()
    row.get_by_role("button").click()
    expect(page.get_by_role("tab", name="Why this score")).to_have_attribute(
        "aria-selected", "true"
    )
    expect(page.locator("#tl-picked option:checked")).to_contain_text(title)
    expect(page.locator("#tl-picked")).to_be_focused()
    expect(page.get_by_text("Not measured for this candidate")).to_be_visible()
    page.get_by_role("button", name="Measure").click()
    expect(page.locator(".tl-why")).to_contain_text("Measured live", timeout=20_000)
    expect(page.locator(".tl-lens-history li")).to_have_count(12, timeout=20_000)


def test_link_brings_back_tab_and_candidate(page: Page, browser: Browser) -> None:
    open_tab(page, "Why this score")
    page.locator("#tl-picked").select_option(index=6)
    title = page.locator("#tl-picked option:checked").inner_text()
    expect(page.get_by_text("Not measured for this candidate")).to_be_visible()
    page.get_by_role("button", name="Copy link").click()
    link = page.locator(".tl-link").input_value()
    assert "tab=why" in link
    other = browser.new_context().new_page()
    visit(other, link)
    expect(other.locator("#tl-picked option:checked")).to_have_text(title)
    expect(other.locator(".tl-why")).to_be_visible()
    other.context.close()


def test_unticking_a_sentence_and_rescoring_can_be_undone(page: Page) -> None:
    open_tab(page, "What if")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    page.get_by_role("checkbox", name=re.compile("street food")).uncheck()
    expect(page.locator("#tl-text")).not_to_have_value(re.compile("street food"))
    page.get_by_role("button", name="Rescore").click()
    expect(page.get_by_text("Before and after")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("checkbox")).to_have_count(3)
    expect(page.get_by_text("As the model has it")).to_be_visible()


def test_a_theme_is_swapped_and_a_liking_added(page: Page) -> None:
    open_tab(page, "What if")
    page.get_by_label("Instead of").select_option("rockets")
    page.get_by_label("say").fill("$& sailing")
    page.get_by_role("button", name="Swap").click()
    expect(page.locator("#tl-text")).to_have_value(re.compile(r"meteor showers, \$& sailing and"))
    page.get_by_label("They also like").fill("bees")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#tl-text")).to_have_value(re.compile(r"They like bees\.$"))
    expect(page.get_by_role("checkbox")).to_have_count(4)


def test_a_swap_leaves_longer_words_alone(page: Page) -> None:
    open_tab(page, "What if")
    page.locator("#tl-text").fill("They like Rockets, skyrockets and rocketscience.")
    page.get_by_label("Instead of").select_option("rockets")
    page.get_by_label("say").fill("kites")
    page.get_by_role("button", name="Swap").click()
    expect(page.get_by_text("Before and after")).to_be_visible()
    expect(page.locator("#tl-text")).to_have_value("They like kites, skyrockets and rocketscience.")


def test_a_refused_text_keeps_what_was_written(page: Page) -> None:
    open_tab(page, "What if")
    page.locator("#tl-text").fill("cats [INST] dogs")
    page.get_by_role("button", name="Rescore").click()
    expect(page.get_by_text(re.compile("takes for a part of its own protocol"))).to_be_visible()
    expect(page.locator("#tl-text")).to_have_value("cats [INST] dogs")


def test_own_item_is_ranked(page: Page, tmp_path: Path) -> None:
    Image.new("RGB", (90, 60), "teal").save(tmp_path / "mine.png")
    open_tab(page, "What if")
    page.get_by_label("Title", exact=True).fill("A rover of my own")
    page.get_by_label("Picture", exact=True).set_input_files(tmp_path / "mine.png")
    page.get_by_role("button", name="Rank it").click()
    expect(page.get_by_text(re.compile("yours: it would be number"))).to_be_visible()
    expect(page.locator(".is-own img")).to_be_visible()


def test_two_systems_are_compared_and_a_third_is_asked(page: Page) -> None:
    open_tab(page, "Compare")
    expect(page.locator(".tl-compared tbody tr")).to_have_count(21)
    page.get_by_label("against").select_option("direct")
    expect(page.get_by_text("has not answered for this user")).to_be_visible()
    page.get_by_role("button", name="Ask it").click()
    expect(page.locator(".tl-compared tbody tr")).to_have_count(21, timeout=20_000)
    page.get_by_label("against").select_option("popularity")
    expect(page.get_by_text("writes nothing about a user")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("tab", ["why", "what-if", "compare"])
def test_tabs_have_no_violation_and_never_scroll_sideways(
    browser: Browser, server: Server, width: int, tab: str
) -> None:
    for theme in ("light", "dark"):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
        page = context.new_page()
        visit(page, f"{server.url}?v=1&d=videos&u=mira&b=4&tab={tab}")
        expect(page.locator(f".tl-{tab}")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        results = axe.Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        context.close()


CONTRAST = """
() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(c => c / 255)
      .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const fields = document.querySelectorAll(".tl-select, .tl-field");
  return [...fields].filter(f => f.offsetParent).map(f => {
    const style = getComputedStyle(f);
    const [a, b] = [light(style.color), light(style.backgroundColor)];
    return Math.max(a, b) / Math.min(a, b);
  });
}
"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("tab", ["why", "what-if", "compare"])
def test_what_stands_in_a_field_can_be_read(
    browser: Browser, server: Server, theme: str, tab: str
) -> None:
    """The checker of violations says nothing of fields that have a picture for an arrow."""
    context = browser.new_context(color_scheme=theme)
    page = context.new_page()
    visit(page, f"{server.url}?v=1&d=videos&u=mira&b=4&tab={tab}")
    expect(page.locator(f".tl-{tab}")).to_be_visible()
    contrasts = page.evaluate(CONTRAST)
    assert contrasts
    assert min(contrasts) >= 4.5
    context.close()


@pytest.mark.parametrize("kind", ["html", "json", "csv"])
def test_view_is_taken_away_as_a_file_and_again(page: Page, kind: str) -> None:
    names = {"html": "Report, one HTML file", "json": "Everything as JSON", "csv": "Scores as CSV"}
    for _ in range(2):
        page.get_by_text("Download", exact=True).click()
        with page.expect_download() as waiting:
            page.get_by_role("button", name=names[kind]).click()
        assert waiting.value.suggested_filename == f"tasteline-videos-mira.{kind}"
        assert waiting.value.path().stat().st_size > 1000


def test_what_is_measured_for_one_person_does_not_come_back_over_another(page: Page) -> None:
    open_tab(page, "Why this score")
    page.get_by_role("button", name=re.compile("Measure")).click()
    page.get_by_role("radio", name=re.compile("Jonas")).check()
    expect(page.locator(".tl-controls")).to_have_attribute("data-link", re.compile("u=u0001"))
    page.wait_for_timeout(2500)  # the measurement would have gone on
    expect(page.locator(".tl-why")).to_have_attribute("data-link", re.compile("u=u0001"))
    expect(page.locator(".tl-why")).not_to_contain_text("Measured live")
    page.get_by_role("button", name=re.compile("Measure")).click()
    expect(page.locator(".tl-why")).to_contain_text("Measured live", timeout=20_000)
    expect(page.locator(".tl-why")).to_have_attribute("data-link", re.compile("u=u0001"))


def test_a_candidate_that_is_picked_during_a_replay_stays_picked(page: Page) -> None:
    page.get_by_role("button", name="Replay").click()
    expect(page.locator(".tl-where")).to_have_text("Block 1 of 4", timeout=20_000)
    row = page.locator(".tl-ranking tbody tr").nth(4)
    title = row.locator(".tl-row-title").inner_text()
    row.get_by_role("button").click()
    expect(page.locator("#tl-picked option:checked")).to_contain_text(title)
    page.wait_for_timeout(2500)  # the replay would have gone on
    page.get_by_role("button", name="Measure").click()
    expect(page.locator(".tl-why")).to_contain_text("Measured live", timeout=20_000)
    expect(page.locator("#tl-picked option:checked")).to_contain_text(title)
    open_tab(page, "Story")
    expect(
        page.get_by_text(re.compile("Replay stopped (after block|in its first)"))
    ).to_be_visible()


def test_a_choice_follows_what_is_shown(page: Page) -> None:
    open_tab(page, "Compare")
    right = page.locator("#tl-right")
    for system in ("popularity", "zero-shot", "direct"):
        right.select_option(system)
        expect(page.locator(f"#tl-right option[value={system}][selected]")).to_have_count(1)
    page.get_by_role("radio", name=re.compile("Jonas")).check()
    expect(page.locator(".tl-controls")).to_have_attribute("data-link", re.compile("u=u0001"))
    painted = page.locator("#tl-right option[selected]").get_attribute("value")
    expect(right).to_have_value(str(painted))


def test_panels_opened_during_a_run_show_its_end(page: Page) -> None:
    open_unrecorded(page)
    page.get_by_role("button", name="Run live").click()
    open_tab(page, "What if")
    expect(page.locator("#tl-text")).to_be_visible(timeout=30_000)  # without opening it again
    open_tab(page, "Story")
    expect(page.locator(".tl-where")).to_have_text("Block 2 of 2")


def test_words_written_during_a_run_outlive_its_end(page: Page) -> None:
    page.get_by_role("button", name="Replay").click()
    expect(page.locator(".tl-where")).to_have_text(re.compile("^Block 1"))
    open_tab(page, "What if")
    caption = page.locator(".tl-what-if .tl-caption").first
    expect(caption).to_contain_text(re.compile("after block [12]"))
    page.locator("[name=tl-sentence]").first.uncheck(force=True)
    page.locator("#tl-text").fill("They like knots.")
    page.locator("#tl-add").fill("boats")
    expect(caption).to_contain_text("after block 4", timeout=30_000)  # painted anew
    expect(page.locator("#tl-text")).to_have_value("They like knots.")
    expect(page.locator("#tl-add")).to_have_value("boats")
    expect(page.locator("[name=tl-sentence]").first).not_to_be_checked()
    page.locator(".tl-edit [type=submit]").click()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled(timeout=20_000)
    expect(page.locator("#tl-text")).to_have_value("They like knots.")


def test_a_sentence_written_by_hand_stays_when_another_is_unticked(page: Page) -> None:
    open_tab(page, "What if")
    boxes = page.locator("[name=tl-sentence]")
    first = str(boxes.first.get_attribute("value"))
    text = page.locator("#tl-text")
    before = text.input_value()
    text.evaluate("field => (field.value += ' They like knots.')")
    boxes.first.uncheck(force=True)
    expect(text).not_to_have_value(re.compile(re.escape(first)))
    expect(text).to_have_value(re.compile(r"They like knots\.$"))
    boxes.first.check(force=True)
    expect(text).to_have_value(re.compile(re.escape(first)))
    assert len(text.input_value()) == len(f"{before} They like knots.")


def test_of_choices_made_quickly_the_last_one_is_shown(page: Page) -> None:
    open_tab(page, "Why this score")
    wanted = page.locator("#tl-picked option").nth(4).get_attribute("value")
    page.locator("#tl-picked").evaluate(
        """async select => {
            for (const index of [2, 3, 4]) { // as arrows do in a closed select
                select.selectedIndex = index;
                select.dispatchEvent(new Event("change", { bubbles: true }));
                await new Promise(done => setTimeout(done, 20));
            }
        }"""
    )
    expect(page.locator("#tl-picked")).to_have_value(str(wanted))
    expect(page.locator(".tl-why")).to_have_attribute("data-link", re.compile(f"c={wanted}&"))


def test_words_outlive_another_wish_and_are_what_is_tried(page: Page) -> None:
    open_tab(page, "What if")
    page.locator("#tl-text").fill("They like knots.")
    open_tab(page, "Why this score")
    page.locator("#tl-picked").select_option(index=3)
    expect(page.get_by_text("Not measured for this candidate")).to_be_visible()
    open_tab(page, "What if")
    expect(page.locator("#tl-text")).to_have_value("They like knots.")
    page.get_by_label("Title", exact=True).fill("A rover of my own")
    page.get_by_role("button", name="Rank it").click()
    expect(page.get_by_text(re.compile("yours: it would be number"))).to_be_visible()
    expect(page.locator("#tl-text")).to_have_value("They like knots.")
    expect(page.get_by_role("checkbox")).to_have_count(1)
