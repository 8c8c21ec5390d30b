"""`python tests/space_check.py`: build what a Space builds, start it, and ask every route.

A fresh environment gets requirements.txt and then the Space's own Gradio; the tracked files alone
are copied beside it and started as a Space starts them. Nothing may be written but under the cache.
"""

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import yaml

REPOSITORY = Path(__file__).resolve().parent.parent
MOST_SECONDS = 60  # until the first answer
MOST_BYTES = 16e9  # of a free Space
ROUTES = ("", "evidence", "about", "config", "gradio_api/info", "gradio_api/mcp/schema")
ASK = """
import sys
from gradio_client import Client
client = Client(sys.argv[1], verbose=False)
known = client.predict("videos", "mira", api_name="/score_candidates")
again = client.predict("videos", "mira", "They like cats.", api_name="/rescore_with_preference")
print(len(known), len(again))
"""


def main() -> int:
    """Run the check and print a page; 1 if anything is not as it should be."""
    front = yaml.safe_load((REPOSITORY / "README.md").read_text("utf-8").split("---")[1])
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        copied = copy(folder / "repo")
        python = environment(folder / "venv", folder / "repo", front["sdk_version"])
        with started(python, folder / "repo", folder / "home", front["app_file"]) as (url, process):
            seconds = answered(url, process)
            print(f"answers after {seconds:.1f} s")
            for route in ROUTES:
                with urlopen(url + route) as answer:
                    print(f"{answer.status} /{route} {len(answer.read()):,} bytes")
            page = urlopen(url).read().decode()
            cover = re.search(r"covers/[\w./-]+", page)
            assert cover, "The first page shows no cover."
            with urlopen(url + cover.group()) as answer:
                print(f"{answer.status} {answer.headers['content-type']} a cover")
            asked = [str(python), "-c", ASK, url]
            print("candidates, recorded and live:", subprocess.check_output(asked, text=True))
            most = peak_bytes(process.pid)
            print(f"memory at most {most / 1e9:.2f} GB")
        assert seconds < MOST_SECONDS, f"It took {seconds:.0f} s to answer."
        assert most < MOST_BYTES, f"It took {most / 1e9:.1f} GB."
        left = {path for path in files(folder / "repo") if "__pycache__" not in path.parts}
        assert left == copied, f"Written beside the code: {sorted(map(str, left - copied))[:5]}"
    print("The Space would start.")
    return 0


def copy(target: Path) -> set[Path]:
    """Copy what git tracks, as it is in the working tree."""
    listed = subprocess.check_output(["git", "ls-files", "-z"], cwd=REPOSITORY, text=True)
    for name in filter(None, listed.split("\0")):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(REPOSITORY / name, target / name)
    return files(target)


def files(folder: Path) -> set[Path]:
    """Every file under a folder, relative to it."""
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def environment(folder: Path, repo: Path, gradio: str) -> Path:
    """A fresh environment as a Space makes one; its interpreter."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    brought = [f"gradio[oauth,mcp]=={gradio}", "uvicorn>=0.14.0", "websockets>=10.4", "spaces"]
    subprocess.run([*install, "-r", repo / "requirements.txt", *brought], check=True)
    return python


@contextmanager
def started(
    python: Path, repo: Path, home: Path, app: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The app as it runs on a Space, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home.mkdir()
    given = {"PATH": "/usr/bin:/bin", "HOME": str(home), "TASTELINE_PORT": str(port)}
    given |= {"GRADIO_SERVER_NAME": "0.0.0.0", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen([python, app], cwd=repo, env=given)
    try:
        yield f"http://127.0.0.1:{port}/", process
    finally:
        process.terminate()
        process.wait(30)


def answered(url: str, process: subprocess.Popen[bytes]) -> float:
    """Wait for the first page; seconds it took."""
    began = time.monotonic()
    while time.monotonic() - began < 2 * MOST_SECONDS:
        assert process.poll() is None, f"app.py ended with {process.returncode}."
        try:
            urlopen(url).close()
        except URLError:
            time.sleep(0.2)
        else:
            return time.monotonic() - began
    raise AssertionError("app.py does not answer.")


def peak_bytes(pid: int) -> float:
    """The most memory that a process ever held."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return 1024.0 * int(found.group(1))


if __name__ == "__main__":
    sys.exit(main())
