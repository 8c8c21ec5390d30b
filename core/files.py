"""Files that are whole or not there: half a one would be taken for a finished one."""

import json
from pathlib import Path
from typing import Any


def write_json(file: Path, content: Any) -> None:
    """Write what can be written as JSON in one step, in the place of what was there.

    Raises:
        OSError: if it cannot be written; what was there is as it was.
    """
    scratch = file.with_name(f"{file.name}.part")
    scratch.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    scratch.replace(file)
