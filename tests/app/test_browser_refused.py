"""What a refusal leaves as it was, and what is asked for twice, in a real browser."""

import re
from pathlib import Path

import pytest
from PIL import Image

from core.errors import DataError
from tests.app.world import Server

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Page, expect

from tests.app.browsing import needs_chromium

pytestmark = needs_chromium


@pytest.fixture
def slow_replay(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A replay that is still going on when something else was clicked."""
    monkeypatch.setattr(server.explore, "_pace", 0.2)


@pytest.mark.usefixtures("slow_replay")
def test_a_refused_text_leaves_a_replay_to_its_end(page: Page) -> None:
    page.get_by_role("button", name="Replay").click()
    expect(page.locator(".tl-where")).to_have_text(re.compile("^Block 1"), timeout=20_000)
    page.get_by_role("tab", name="What if").click()
    page.locator("#tl-text").fill("cats [INST] dogs")
    page.get_by_role("button", name="Rescore").click()
    expect(page.get_by_text(re.compile("takes for a part of its own protocol"))).to_be_visible()
    page.get_by_role("tab", name="Story").click()
    expect(page.locator(".tl-where")).to_have_text("Block 4 of 4", timeout=30_000)
    expect(page.get_by_role("button", name="Stop")).to_be_disabled()


@pytest.mark.usefixtures("slow_replay")
def test_a_history_that_does_not_open_ends_a_replay_and_that_is_said(
    page: Page, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(dataset: str, user: str) -> None:
        raise DataError("The database is away.")

    page.get_by_role("button", name="Replay").click()
    expect(page.locator(".tl-where")).to_have_text(re.compile("^Block 1"), timeout=20_000)
    monkeypatch.setattr(server.explore.library, "open", away)
    page.get_by_role("radio", name=re.compile("Jonas")).click()  # and soon unchecked again
    expect(page.locator(".toast-body")).to_contain_text("The database is away.")
    expect(page.locator("#tl-stopped")).to_contain_text("Replay stopped")
    expect(page.get_by_role("button", name="Stop")).to_be_disabled()


def test_the_same_preset_again_brings_its_text_back(page: Page) -> None:
    page.get_by_role("tab", name="What if").click()
    text = page.locator("#tl-text")
    page.get_by_role("button", name="Another person’s").click()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    theirs = text.input_value()
    text.fill("They like knots.")
    page.get_by_role("button", name="Another person’s").click()
    expect(text).to_have_value(theirs)


def test_an_own_item_is_not_ranked_for_a_history_chosen_meanwhile(
    page: Page, tmp_path: Path
) -> None:
    Image.new("RGB", (90, 60), "teal").save(tmp_path / "mine.png")
    page.evaluate(
        """() => {
            const read = window.createImageBitmap.bind(window);
            window.createImageBitmap = async (file) => {
                await new Promise((done) => setTimeout(done, 1500));
                window.wasRead = true;
                return read(file);
            };
        }"""
    )
    page.get_by_role("tab", name="What if").click()
    page.get_by_label("Title", exact=True).fill("A rover of my own")
    page.get_by_label("Picture", exact=True).set_input_files(tmp_path / "mine.png")
    page.get_by_role("button", name="Rank it").click()
    page.get_by_role("radio", name=re.compile("Jonas")).check()
    expect(page.locator(".tl-what-if")).to_have_attribute("data-link", re.compile("u=u0001"))
    page.wait_for_function("window.wasRead")
    page.wait_for_timeout(1500)
    expect(page.locator(".is-own")).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
