"""What Hugging Face Spaces reads: the README's front matter and requirements.txt."""

import re
import tomllib
from typing import Any

import pytest
import yaml

from core.profiles import PROFILES, TEXT_CHECKPOINT
from core.settings import REPOSITORY

LONGEST_DESCRIPTION = 60  # Spaces cut there


@pytest.fixture(scope="module")
def front() -> dict[str, Any]:
    text = (REPOSITORY / "README.md").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text.split("---")[1])
    return found


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    return found


def test_a_space_installs_what_the_project_asks_for(project: dict[str, Any]) -> None:
    lines = (REPOSITORY / "requirements.txt").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == project["dependencies"]


def test_the_gradio_of_the_space_is_the_one_that_is_pinned(
    front: dict[str, Any], project: dict[str, Any]
) -> None:
    assert f"gradio=={front['sdk_version']}" in project["dependencies"]


def test_the_space_starts_the_app_on_a_python_that_is_supported(
    front: dict[str, Any], project: dict[str, Any]
) -> None:
    assert front["sdk"] == "gradio"
    assert (REPOSITORY / front["app_file"]).is_file()
    least = re.fullmatch(r">=(\d+)\.(\d+)", project["requires-python"])
    assert least
    assert tuple(map(int, front["python_version"].split("."))) >= tuple(map(int, least.groups()))


def test_the_space_says_what_it_is(front: dict[str, Any], project: dict[str, Any]) -> None:
    assert len(front["short_description"]) <= LONGEST_DESCRIPTION
    assert front["license"] == project["license"].lower()
    paper = PROFILES["paper"]
    named = {model.split("/")[-1] for model in front["models"]}
    assert TEXT_CHECKPOINT in named
    for role in (paper.item_summarizer, paper.user_summarizer, paper.recommender):
        assert role.checkpoint in front["models"]
