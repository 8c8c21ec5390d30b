"""What a visitor comes back to: the address, the keyboard's place, links to a view."""

import re
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from PIL import Image
from playwright.sync_api import Page, expect

from tests.app.browsing import needs_chromium, open_unrecorded

pytestmark = needs_chromium


def test_back_and_reload_open_what_was_on_screen(page: Page) -> None:
    page.get_by_role("radio", name=re.compile("Jonas")).check()
    expect(page.locator(".tl-controls")).to_have_attribute("data-link", re.compile("u=u0001"))
    page.get_by_role("button", name="Previous block").click()
    expect(page).to_have_url(re.compile(r"u=u0001&b=3"))
    page.get_by_role("link", name="Evidence").click()
    expect(page.locator(".tl-contents")).to_be_visible()
    page.go_back()
    expect(page.locator(".tl-person input:checked")).to_have_value("u0001")
    expect(page.locator(".tl-where")).to_have_text("Block 3 of 4")
    page.reload()
    expect(page.locator(".tl-where")).to_have_text("Block 3 of 4")


def test_the_address_names_the_tab_and_what_is_chosen_in_it(page: Page) -> None:
    page.get_by_role("tab", name="Compare").click()
    expect(page).to_have_url(re.compile("tab=compare"))
    page.get_by_label("This system").select_option("popularity")
    expect(page).to_have_url(re.compile("l=popularity"))
    page.reload()
    expect(page.get_by_label("This system")).to_have_value("popularity")
    expect(page).to_have_url(re.compile("tab=compare.*l=popularity|l=popularity.*tab=compare"))
    page.get_by_role("tab", name="Story").click()
    expect(page).not_to_have_url(re.compile("tab="))


def test_a_tab_chosen_as_soon_as_a_link_has_opened_is_the_address(page: Page) -> None:
    page.get_by_role("tab", name="Compare").click()
    expect(page).to_have_url(re.compile("tab=compare"))
    page.reload()
    page.evaluate(
        """() => new Promise((done) => {
          const look = () => {
            const there = document.querySelector("#tl-left")?.offsetParent;
            if (!there) return requestAnimationFrame(look);
            document.querySelector("[role=tab]").click(); // Story, the first
            done();
          };
          look();
        })"""
    )
    expect(page).not_to_have_url(re.compile("tab="))


def test_a_copied_link_goes_with_its_view(page: Page) -> None:
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".tl-link")).to_be_visible()
    page.get_by_role("button", name="Previous block").click()
    expect(page.locator(".tl-link")).to_be_hidden()


def test_the_menu_is_closed_by_escape_and_by_going_elsewhere(page: Page) -> None:
    menu, summary = page.locator(".tl-menu"), page.locator(".tl-menu summary")
    summary.click()
    page.get_by_role("button", name="Scores as CSV").focus()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", re.compile(""))
    expect(summary).to_be_focused()
    for elsewhere in (
        lambda: page.get_by_role("heading", name="Tasteline").click(),
        lambda: page.get_by_label("Find a user by id").focus(),
    ):
        summary.click()
        expect(menu).to_have_attribute("open", "")
        elsewhere()
        expect(menu).not_to_have_attribute("open", re.compile(""))


def test_a_theme_that_the_address_names_is_switched_and_stays(page: Page) -> None:
    page.goto(f"{page.url.partition('?')[0]}?__theme=dark")
    expect(page.locator("body.dark")).to_be_attached()
    page.get_by_role("button", name="Switch between light and dark").click()
    expect(page).to_have_url(re.compile("__theme=light"))
    page.reload()
    page.wait_for_selector(".tl-masthead")
    expect(page.locator("body.dark")).to_have_count(0)


def test_who_opens_is_told_by_name(page: Page) -> None:
    page.get_by_role("radio", name=re.compile("Jonas")).check()
    expect(page.locator("#tl-now [role=status]")).to_have_text(re.compile(r"^Jonas\. Block 4 of 4"))
    expect(page.locator("body.tl-opening")).to_have_count(0)


def test_the_keyboard_goes_on_where_a_pressed_control_was(page: Page) -> None:
    open_unrecorded(page)
    expect(page.locator(".tl-person input:checked")).to_be_focused()


def test_arrows_on_a_tab_go_to_the_next_tab(page: Page) -> None:
    page.get_by_role("tab", name="Story").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Why this score")).to_be_focused()
    expect(page.get_by_role("heading", name="Why this score")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="Story")).to_be_focused()
    expect(page.locator(".tl-where")).to_have_text("Block 4 of 4")


def test_a_link_to_a_comparison_names_its_systems(page: Page) -> None:
    page.get_by_role("tab", name="Compare").click()
    page.get_by_label("This system").select_option("popularity")
    expect(page.locator(".tl-compare")).to_have_attribute("data-link", re.compile("l=popularity"))
    page.get_by_label("against").select_option("co-occurrence")
    link = page.locator(".tl-compare[data-link*=co-occurrence]")
    expect(link).to_be_attached()
    page.goto(re.sub(r"\?.*", "", page.url) + str(link.get_attribute("data-link")))
    expect(page.get_by_label("This system")).to_have_value("popularity")
    expect(page.get_by_label("against")).to_have_value("co-occurrence")


def test_a_link_that_names_no_system_opens_its_history_all_the_same(page: Page) -> None:
    page.goto(
        f"{re.sub('[?].*', '', page.url)}?v=1&d=videos&u=u0001&tab=compare&l=<b>oracle&r=popularity"
    )
    expect(page.locator(".toast-body")).to_contain_text("There is no system '<b>oracle'")
    expect(page.locator(".tl-person input:checked")).to_have_value("u0001")
    expect(page.get_by_label("against")).to_have_value("popularity")


def test_a_photograph_is_made_small_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    Image.effect_noise((3000, 2400), 90).convert("RGB").save(tmp_path / "big.png")
    assert (tmp_path / "big.png").stat().st_size > 7e6
    page.get_by_role("tab", name="What if").click()
    page.get_by_label("Title", exact=True).fill("A rover of my own")
    page.get_by_label("Picture").set_input_files(tmp_path / "big.png")
    page.get_by_role("button", name="Rank it").click()
    expect(page.locator(".is-own img")).to_be_visible()


def test_what_is_no_picture_is_said_to_be_none(page: Page, tmp_path: Path) -> None:
    (tmp_path / "notes.jpg").write_text("not a picture")
    page.get_by_role("tab", name="What if").click()
    page.get_by_label("Title", exact=True).fill("A rover of my own")
    page.get_by_label("Picture").set_input_files(tmp_path / "notes.jpg")
    page.get_by_role("button", name="Rank it").click()
    expect(page.get_by_text(re.compile("not a readable JPEG, PNG or WebP")).first).to_be_visible()
