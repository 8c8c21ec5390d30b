"""What browser tests share: chromium, and how it is started."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

import pytest

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, Page, expect  # noqa: E402

expect.set_options(timeout=20_000)  # a busy machine takes its time; what fails, fails later

CHROMIUM = Path(which("chromium") or "/usr/bin/chromium")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()

needs_chromium = pytest.mark.skipif(
    not CHROMIUM.exists(), reason="Debian's chromium is not installed: apt-get install chromium"
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's chromium, headless."""
    with playwright_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


def open_unrecorded(page: Page, query: str = "u0005") -> None:
    """Search for the user u0005, whom nobody has run yet, and open them."""
    page.get_by_label("Find a user by id").fill(query)
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("User u0005")).click()
    expect(page.locator(".tl-badge summary")).to_contain_text("Not run yet")


def visit(page: Page, url: str) -> None:
    """Open the page and wait for its story."""
    page.goto(url)
    page.wait_for_selector(".tl-masthead")
