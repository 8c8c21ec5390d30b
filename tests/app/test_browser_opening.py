"""What a visitor asks for while another history opens, on a server that takes its time."""

import re
import time

import pytest

from app.experiments import Experiments
from app.screen import Screen
from core.errors import DataError
from tests.app.world import Server

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Page, expect

from tests.app.browsing import needs_chromium

pytestmark = needs_chromium


@pytest.fixture
def slow_opening(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that takes its time to open a history."""
    library, opened = server.explore.library, server.explore.library.open

    def open_slowly(dataset: str, user: str) -> Screen:
        time.sleep(1.5)
        return opened(dataset, user)

    monkeypatch.setattr(library, "open", open_slowly)


@pytest.mark.usefixtures("slow_opening")
def test_what_is_asked_while_a_history_opens_is_meant_for_it(page: Page) -> None:
    page.get_by_role("radio", name=re.compile("Jonas")).check()
    page.get_by_role("button", name="Run live").click()
    expect(page.locator(".tl-badge summary")).to_contain_text("Live run", timeout=20_000)
    expect(page.locator(".tl-controls")).to_have_attribute("data-link", re.compile("u=u0001"))


@pytest.mark.usefixtures("slow_opening")
def test_of_two_histories_picked_at_once_the_last_one_opens(page: Page) -> None:
    page.get_by_role("radio", name=re.compile("Jonas")).check()
    page.get_by_role("radio", name=re.compile("Mira")).check()
    for user in ("u0001", "mira"):  # the first one is shown, and then the last one
        expect(page.locator(".tl-controls")).to_have_attribute("data-link", re.compile(f"u={user}"))
    page.wait_for_timeout(1000)
    expect(page.locator(".tl-controls")).to_have_attribute("data-link", re.compile("u=mira"))


def test_a_history_that_cannot_be_opened_does_not_hold_up_what_follows(
    page: Page, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(dataset: str, user: str) -> Screen:
        raise DataError("It is gone.")

    with monkeypatch.context() as patched:
        patched.setattr(server.explore.library, "open", fail)
        page.get_by_role("radio", name=re.compile("Jonas")).click()  # and soon unchecked again
        expect(page.get_by_text("It is gone.").first).to_be_visible()
    page.get_by_role("button", name="Previous block").click()
    expect(page.locator(".tl-where")).to_have_text("Block 3 of 4")


@pytest.fixture
def slow_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that takes its time to find what another system says, as counting in SQL does."""
    choose = Experiments.choose

    def choose_slowly(self: Experiments, screen: Screen, side: str, system: str) -> Screen:
        time.sleep(1.5)
        return choose(self, screen, side, system)

    monkeypatch.setattr(Experiments, "choose", choose_slowly)


@pytest.mark.usefixtures("slow_choice")
def test_a_history_opens_past_a_slow_comparison_and_stays(page: Page) -> None:
    page.get_by_role("tab", name="Compare").click()
    page.get_by_label("against").select_option("popularity")
    page.wait_for_timeout(300)  # it has been asked for
    page.get_by_role("radio", name=re.compile("Jonas")).check()
    page.wait_for_timeout(2500)  # and it has been answered
    for part in (".tl-controls", ".tl-compare"):
        expect(page.locator(part)).to_have_attribute("data-link", re.compile("u=u0001"))


@pytest.mark.usefixtures("slow_choice")
def test_what_is_pressed_after_a_slow_comparison_leaves_it(page: Page) -> None:
    page.get_by_role("tab", name="Compare").click()
    page.get_by_label("against").select_option("popularity")
    page.wait_for_timeout(300)
    page.get_by_role("tab", name="Story").click()
    page.get_by_role("button", name="Previous block").click()
    expect(page.locator(".tl-where")).to_have_text("Block 3 of 4")
    page.get_by_role("tab", name="Compare").click()
    expect(page.get_by_text("writes nothing about a user")).to_be_visible()
    expect(page.locator(".tl-compare")).to_have_attribute("data-link", re.compile("b=3"))


@pytest.mark.usefixtures("slow_opening")
def test_what_is_pressed_before_a_link_has_opened_is_meant_for_its_history(
    page: Page, server: Server
) -> None:
    page.goto(f"{server.url}?v=1&d=videos&u=u0001&b=3&view=recurrent")
    page.get_by_role("button", name="Previous block").click()
    bar = page.locator(".tl-controls")
    expect(bar).to_have_attribute("data-link", re.compile("u=u0001.*b=2"))
    expect(page.locator("body")).not_to_have_class(re.compile("tl-opening"))
