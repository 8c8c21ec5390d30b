"""Where files are, written so that machines which share a database agree about what they share.

Each has a repository, in whichever folder and checked out at whatever time.
"""

import hashlib
from pathlib import Path

from core.settings import REPOSITORY


def place_of(path: Path) -> str:
    """How a path is stored: relative to the repository if it is in there."""
    whole = path.resolve()
    inside = whole.is_relative_to(REPOSITORY)
    return str(whole.relative_to(REPOSITORY) if inside else whole)


def path_of(place: str) -> Path:
    """The path on this machine."""
    return REPOSITORY / place


def state_of(path: Path) -> tuple[int, str | int]:
    """Size and content of a repository's file, which is small; size and time of any other."""
    stat = path.stat()
    if path.resolve().is_relative_to(REPOSITORY):
        return stat.st_size, hashlib.sha256(path.read_bytes()).hexdigest()
    return stat.st_size, stat.st_mtime_ns
