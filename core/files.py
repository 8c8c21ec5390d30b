"""Files that are whole or not there: half a one would be taken for a finished one."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def whole(file: Path) -> Iterator[Path]:
    """Write a file in one step, in the place of what was there; others may write it, too.

    Yields:
        Where to write it meanwhile, with its name in another folder, which is made where needed.

    Raises:
        OSError: if it cannot be written; what was there is as it was.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent, prefix="partial-") as folder:
        partial = Path(folder) / file.name
        yield partial
        partial.replace(file)


def write_json(file: Path, content: Any) -> None:
    """Write what can be written as JSON, as `whole` does."""
    with whole(file) as partial:
        partial.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
