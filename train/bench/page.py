"""How fast the page is: `python app.py`, a cold browser, and the import of a MicroLens folder."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from core.errors import MsrError
from core.settings import REPOSITORY, sqlite_url
from core.store import Store
from train.bench.timing import Row, summary, timed

CHROMIUM = "/usr/bin/chromium"
LIMIT_S = 60  # until the demo answers
CHROMIUM_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


def open_page(rounds: int) -> tuple[list[Row], dict[str, int]]:
    """Start `python app.py` as a visitor would and wait for the port, then for the story."""
    answers, stories, sizes = [], [], {}
    for _ in range(rounds):
        port = _free_port()
        started = time.perf_counter()
        with _demo(port) as url:
            html = _wait_for(url)
            answers.append(time.perf_counter() - started)
            sizes = {"page_bytes": len(html)}
            if Path(CHROMIUM).exists() and find_spec("playwright"):
                seconds, covers = _open_browser(url)
                stories.append(seconds)
                sizes |= {"cover_bytes": covers}
    rows = [summary("server answers after python app.py", answers)]
    if stories:
        rows.append(summary("story in the browser after that", stories))
    return rows, sizes


@contextlib.contextmanager
def _demo(port: int) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=REPOSITORY,
        env={**os.environ, "TASTELINE_PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(url: str) -> bytes:
    deadline = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                body: bytes = response.read()
                return body
        except OSError:
            time.sleep(0.02)
    raise MsrError(f"The demo did not answer at {url} within {LIMIT_S} s.")


def _open_browser(url: str) -> tuple[float, int]:
    """Seconds until a cold browser shows the story, and bytes of covers it loaded."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # an extra, not needed else

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS))
        page = browser.new_page()
        started = time.perf_counter()
        page.goto(url, wait_until="commit")
        page.locator(".tl-story .tl-preference").first.wait_for()
        seconds = time.perf_counter() - started
        page.wait_for_function(
            "[...document.images].filter((i) => i.getBoundingClientRect().top < innerHeight)"
            ".every((i) => i.complete)"
        )
        covers = page.evaluate(
            "performance.getEntriesByType('resource')"
            ".filter((e) => e.name.includes('/covers/'))"
            ".reduce((sum, e) => sum + e.encodedBodySize, 0)"
        )
        browser.close()
    return seconds, int(covers)


def prepare_microlens(folder: Path) -> tuple[list[Row], dict[str, int]]:
    """Import a MicroLens folder into a new store and search its users."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "train.prepare", "microlens", "--root", str(folder)]
        started = time.perf_counter()
        process = subprocess.Popen(
            [*command, "--name", "bench"],
            cwd=REPOSITORY,
            env={**os.environ, "TASTELINE_HOME": home, "TASTELINE_DATABASE_URL": ""},
            stdout=subprocess.DEVNULL,
        )
        peak_kb = 0
        while process.poll() is None:
            with contextlib.suppress(OSError, IndexError):  # not Linux, or just gone
                status = Path(f"/proc/{process.pid}/status").read_text()
                peak_kb = int(status.partition("VmHWM:")[2].split()[0])
            time.sleep(0.01)
        if process.returncode:
            raise MsrError(f"The import of {folder} failed; run it by itself to see why.")
        prepared = summary("prepare the MicroLens folder", [time.perf_counter() - started])
        store = Store(sqlite_url(Path(home) / "tasteline.db"))
        search = timed("search its users", 20, lambda: store.search_users("bench", "49"))
    return [prepared, search], {"prepare_peak_mb": peak_kb // 1024}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
