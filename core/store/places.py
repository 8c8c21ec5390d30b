"""Where files are, written so that machines which share a database agree about what they share.

Each has the sample, in a repository in whichever folder and checked out at whatever time.
"""

import hashlib
from pathlib import Path

from core.settings import REPOSITORY


def place_of(path: Path) -> str:
    """How a path is stored: relative to the repository if it ships with it."""
    whole = path.resolve()
    return str(whole.relative_to(REPOSITORY) if _ships(whole) else whole)


def path_of(place: str) -> Path:
    """The path on this machine."""
    return REPOSITORY / place


def state_of(path: Path) -> tuple[int, str | int]:
    """Size and content of a file that ships, which is small; size and time of any other."""
    stat = path.stat()
    if _ships(path.resolve()):
        return stat.st_size, hashlib.sha256(path.read_bytes()).hexdigest()
    return stat.st_size, stat.st_mtime_ns


def _ships(path: Path) -> bool:
    return path.is_relative_to(REPOSITORY / "assets")
