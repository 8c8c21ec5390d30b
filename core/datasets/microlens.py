"""The MicroLens layout: ``*_pairs.tsv``, ``*_titles.csv`` and the folder ``*_covers``.

A line of the pairs is a user, a tab, and item ids separated by spaces, oldest first.
"""

import csv
from pathlib import Path

from core.datasets.rows import (
    MOST_LINE,
    MOST_TITLE,
    InteractionRead,
    ItemRead,
    Records,
    Skipped,
    lines_of,
)
from core.errors import DataError

COLUMNS = ["item", "title"]
MOST_ITEMS = 100_000  # of a user; a line of MOST_LINE could hold millions


def find_file(root: Path, pattern: str) -> Path:
    """Find the one file or folder of a pattern.

    Raises:
        DataError: if there is none, or more than one.
    """
    found = sorted(root.glob(pattern)) if root.is_dir() else []
    if len(found) != 1:
        names = ", ".join(path.name for path in found) or "nothing"
        raise DataError(
            f"{root} holds {names} matching {pattern}; the MicroLens layout has one "
            "*_pairs.tsv, one *_titles.csv and, for pictures, one *_covers folder."
        )
    return found[0]


def read_titles(path: Path, covers: Path | None) -> Records:
    """Read items and look their covers up.

    Raises:
        DataError: if the columns are not ``item,title``.
    """
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        header = [name.strip().lower() for name in _row(file.readline(MOST_LINE)) or []]
        if header != COLUMNS:
            raise DataError(
                f"{path.name} has the columns {', '.join(header) or '(none)'}; expected "
                f"{', '.join(COLUMNS)}."
            )
        for line in lines_of(file):
            if isinstance(line, Skipped):
                yield (line,)
                continue
            if not line.strip():
                continue
            row = _row(line)
            if row is None or len(row) != 2 or not row[0].strip():
                yield (Skipped("malformed line"),)
            elif not row[1].strip():
                yield (Skipped("item without title"),)
            else:
                item_id = row[0].strip()
                title = row[1].strip()[:MOST_TITLE]
                yield (ItemRead(item_id, title, cover=find_cover(covers, item_id)),)


def _row(line: str) -> list[str] | None:
    """Parse one line; None where a quote is left open, which would swallow the lines after it."""
    try:
        return next(csv.reader([line.replace("\0", "")], strict=True), [])
    except csv.Error:
        return None


def read_pairs(path: Path) -> Records:
    """Read interactions; their place in the line is their order."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(lines_of(file)):
            if isinstance(line, Skipped):
                yield (line,)
                continue
            if not line.strip():
                continue
            user_id, tab, listed = line.rstrip("\n").replace("\0", "").partition("\t")
            items = listed.split()
            if not tab or not user_id.strip() or not items or "\t" in listed:
                yield (Skipped("malformed line"),)
                continue
            if len(items) > MOST_ITEMS:
                yield (Skipped("user with too many items"),)
                continue
            yield tuple(
                # a user's second line, if there is one, comes after the first
                InteractionRead(user_id.strip(), item_id, (number << 24) + place)
                for place, item_id in enumerate(items)
            )


def find_cover(folder: Path | None, item_id: str) -> str | None:
    """Name the picture of an item relative to the data set's root, if there is one."""
    if folder is None or "/" in item_id or "\\" in item_id or item_id in {".", ".."}:
        return None
    for suffix in (".jpg", ".webp", ".png", ".jpeg"):
        try:
            if (folder / f"{item_id}{suffix}").is_file():
                return f"{folder.name}/{item_id}{suffix}"
        except (OSError, ValueError):  # an id that cannot be a file name
            return None
    return None
