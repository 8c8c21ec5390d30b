"""Worlds, servers and pages that the tests of the app share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.app.world import HOSTILE, Server, World, make_world, written_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world with kind texts."""
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="session")
def hostile_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world in which every title, summary and name carries markup."""
    return make_world(tmp_path_factory.mktemp("hostile"), f" {HOSTILE}")


@pytest.fixture(scope="session")
def site(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recorded runs of the world with kind texts, as files."""
    return written_site(world, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def server(world: World) -> Iterator[Server]:
    """The app with that world."""
    served = Server(world)
    yield served
    served.demo.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser of its own for every module: Playwright's loop must not meet another test's."""
    from tests.app.browsing import chromium  # noqa: PLC0415  (Playwright may not be installed)

    with chromium() as launched:
        yield launched


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """The app's page, opened on a desktop."""
    from tests.app.browsing import visit  # noqa: PLC0415

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    opened = context.new_page()
    visit(opened, server.url)
    yield opened
    context.close()
