"""What hosts read: a Space the README's front matter and requirements.txt, Docker its own files."""

import json
import os
import re
import socket
import subprocess
import sys
import tomllib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

import core.settings
from core.profiles import PROFILES, TEXT_CHECKPOINT
from core.settings import REPOSITORY, Settings

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


def test_pydantic_is_one_that_the_space_can_install(project: dict[str, Any]) -> None:
    (asked,) = [one for one in project["dependencies"] if one.startswith("pydantic")]
    newest = "2.12.5"  # that a Space takes, which installs gradio[mcp]
    assert Requirement(asked).specifier.contains(newest)


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


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((REPOSITORY / "compose.yaml").read_text())["services"]
    return found


def test_the_container_runs_the_python_of_the_space(front: dict[str, Any]) -> None:
    lines = (REPOSITORY / "Dockerfile").read_text().splitlines()
    assert f"FROM python:{front['python_version']}-slim" in lines


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (500, False)])
def test_the_image_is_healthy_while_its_page_answers(status: int, healthy: bool) -> None:
    asked: list[str] = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Tests have a log of their own."""

    docker = (REPOSITORY / "Dockerfile").read_text()
    check = re.search(r"HEALTHCHECK [^\[]*CMD (\[.*\])", docker)
    assert check
    _, *arguments = json.loads(check[1])
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        environment = os.environ | {"TASTELINE_PORT": str(server.server_port)}
        done = subprocess.run([sys.executable, *arguments], env=environment, stderr=subprocess.PIPE)
        server.shutdown()
    assert (done.returncode == 0) is healthy
    assert asked == ["/about"]


def test_the_image_holds_what_is_tracked_and_needed() -> None:
    ignored = (REPOSITORY / ".dockerignore").read_text().splitlines()
    for name in ("app", "core", "train", "assets", "app.py", "pyproject.toml"):
        assert f"!{name}" in ignored


def test_the_page_of_compose_waits_for_its_database(services: dict[str, Any]) -> None:
    shell, flag, command = services["page"]["command"]
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))  # takes a port, and does not listen yet
        command = command.replace('"store", 5432', f'"127.0.0.1", {server.getsockname()[1]}')
        command = command.replace("exec python app.py", "echo started")
        with subprocess.Popen([shell, flag, command], stdout=subprocess.PIPE) as page:
            try:
                with pytest.raises(subprocess.TimeoutExpired):
                    page.wait(1.5)
                server.listen()
                assert page.communicate(timeout=30)[0] == b"started\n"
            finally:
                page.kill()


def test_compose_knows_the_settings_and_serves_the_models_of_the_paper(
    services: dict[str, Any],
) -> None:
    page = services["page"]["environment"]
    given = {name: value.replace("${POSTGRES_PASSWORD}", "a") for name, value in page.items()}
    settings = Settings.from_environment(given)
    assert set(page) <= set(re.findall(r"TASTELINE_\w+", Path(core.settings.__file__).read_text()))
    hosts = {url.split("/")[2].split(":")[0] for url in settings.remote_urls}
    served = set()
    for host in hosts:
        flags = dict(argument[2:].split("=", 1) for argument in services[host]["command"]
                     if "=" in argument)  # fmt: skip
        served.add((flags["model"], flags["revision"]))
    assert served == {(r.checkpoint, r.revision) for r in PROFILES[settings.profile].roles}
    assert settings.database_url.split("@")[1].split("/")[0] in services
    assert set(services["page"]["depends_on"]) == {"store"}  # a model that fails hides no story
