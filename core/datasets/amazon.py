"""The Amazon Reviews 2023 layout: reviews and item metadata as jsonl or jsonl.gz.

Picture URLs in the metadata are not fetched; pictures come from a folder of
``<parent_asin>.jpg`` (or webp, png, jpeg) files.
"""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.datasets.microlens import find_cover
from core.datasets.rows import (
    MOST_DESCRIPTION,
    MOST_TITLE,
    InteractionRead,
    ItemRead,
    Records,
    Skipped,
    lines_of,
)
from core.errors import DataError


def read_reviews(path: Path) -> Records:
    """Read interactions; every review counts, whatever its rating."""
    for record in _records(path, ("user_id", "parent_asin", "timestamp")):
        if isinstance(record, Skipped):
            yield (record,)
            continue
        user_id, item_id, at = record["user_id"], record["parent_asin"], record["timestamp"]
        if not isinstance(at, int) or isinstance(at, bool) or not -(2**63) <= at < 2**63:
            yield (Skipped("timestamp is not a whole number"),)
        elif not _is_id(user_id) or not _is_id(item_id):
            yield (Skipped("empty user or item id"),)
        else:
            yield (InteractionRead(valid(user_id), valid(item_id), at),)


def read_meta(path: Path, images: Path | None) -> Records:
    """Read items; a missing description or picture is fine, a missing title is not."""
    for record in _records(path, ("parent_asin", "title")):
        if isinstance(record, Skipped):
            yield (record,)
            continue
        item_id, title = record["parent_asin"], record["title"]
        if not _is_id(item_id):
            yield (Skipped("empty user or item id"),)
        elif not isinstance(title, str) or not valid(title):
            yield (Skipped("item without title"),)
        else:
            described = record.get("description")
            parts = described if isinstance(described, list) else [described]
            text = " ".join(part.strip() for part in parts if isinstance(part, str))
            item_id = valid(item_id)
            title, text = valid(title)[:MOST_TITLE], valid(text)[:MOST_DESCRIPTION]
            yield (ItemRead(item_id, title, text, find_cover(images, item_id)),)


def _records(path: Path, needed: tuple[str, ...]) -> Iterator[dict[str, Any] | Skipped]:
    """Parse line by line; wrong column names in the first record end the import."""
    first = True
    for line in _lines(path):
        if isinstance(line, Skipped):
            yield line
            continue
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            yield Skipped("malformed line")
            continue
        if not isinstance(record, dict):
            yield Skipped("malformed line")
        elif missing := [name for name in needed if name not in record]:
            if first:
                raise DataError(
                    f"{path.name} has the keys {', '.join(list(record)[:12])}; the Amazon 2023 "
                    f"layout needs {', '.join(needed)}."
                )
            yield Skipped(f"no {missing[0]}")
        else:
            first = False
            yield record


def _lines(path: Path) -> Iterator[str | Skipped]:
    try:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8-sig", errors="replace") as file:
            yield from lines_of(file)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DataError(
            f"{path.name} is not a whole gzip file ({error}). Download it again and rerun."
        ) from error


def valid(text: str) -> str:
    """Strip a text of spaces, and of what JSON can hold but a database cannot."""
    return text.replace("\0", "").strip().encode("utf-8", "replace").decode()


def _is_id(value: object) -> bool:
    return isinstance(value, str) and bool(valid(value))
