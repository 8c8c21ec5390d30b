"""Worlds that the tests of the app share."""

import pytest

from tests.app.world import HOSTILE, World, make_world


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world with kind texts."""
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="session")
def hostile_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world in which every title, summary and name carries markup."""
    return make_world(tmp_path_factory.mktemp("hostile"), f" {HOSTILE}")
