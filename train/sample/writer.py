"""Writes the sample data sets in the layouts of MicroLens and of Amazon Reviews 2023."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random

from train.sample.catalogue import Dataset, Item, catalogue, draw_item
from train.sample.cover import encode_webp
from train.sample.personas import PERSONAS
from train.sample.styles import STYLES
from train.sample.users import User, simulate

_README = """# Sample data

Three small data sets that we made up: `videos` in the layout of MicroLens, `baby` and `games` in
the layout of Amazon Reviews 2023. Every picture, title, description and user is ours, drawn and
simulated by

    pip install -e '.[sample]'
    python -m train.sample

and under the licence of this repository, Apache-2.0. No real person, product, maker or film is
shown or named.

`<dataset>/personas.json` names the users that the demo offers first. `<dataset>/truth.json` holds
what was planted: the theme and the style of every item, the taste of every user and where it
drifts. It is for tests and for evaluation; no model and no part of the demo reads it.
"""

_FIRST_REVIEW = 1_640_995_200_000
_DAY = 86_400_000
_REVIEWS = (
    ("Glad I got it", "Does what it says and arrived in good order."),
    ("Just what we wanted", "We use it nearly every day."),
    ("Good value", "Solid for the price, I would buy it again."),
    ("As described", "Matches the description, no complaints so far."),
    ("A hit at our house", "It was unpacked and in use within minutes."),
    ("Nice gift", "Bought it as a present and it went down well."),
    ("Happy with it", "Better made than I expected."),
    ("Fine so far", "Too early to say how long it lasts, but a good start."),
)

Files = dict[str, bytes]
"""File contents by path inside a data set's folder."""


def write_dataset(dataset: Dataset, seed: int, out: Path, advance: Callable[[], object]) -> None:
    """Write one data set; `advance` is told of every picture."""
    items = catalogue(dataset, seed)
    users = simulate(dataset, items, seed)
    people = [
        {"user_id": persona.user_id, "name": persona.name, "line": persona.line}
        for persona in PERSONAS[dataset.key]
    ]
    _write(out / dataset.key / "personas.json", _json(people, indent=2) + b"\n")
    write_world(dataset, items, users, seed, out / dataset.key, advance)


def write_world(
    dataset: Dataset,
    items: Sequence[Item],
    users: Sequence[User],
    seed: int,
    folder: Path,
    advance: Callable[[], object],
) -> None:
    """Write items and users, with their pictures and planted truth."""
    for name, data in data_files(dataset, items, users, seed).items():
        _write(folder / name, data)
    for item in items:
        _write(folder / picture_path(dataset, item), encode_webp(draw_item(item)))
        advance()


def write_readme(out: Path) -> None:
    """Say what the folder is."""
    _write(out / "README.md", _README.encode())


def picture_path(dataset: Dataset, item: Item) -> str:
    """Where an item's picture lies inside its data set's folder."""
    return f"{'videos_covers' if dataset.wide else 'images'}/{item.item_id}.webp"


def data_files(dataset: Dataset, items: Sequence[Item], users: Sequence[User], seed: int) -> Files:
    """Everything but the pictures."""
    layout = _microlens(items, users) if dataset.wide else _amazon(dataset, items, users, seed)
    return layout | {"truth.json": _json(_truth(dataset, items, users)) + b"\n"}


def _microlens(items: Sequence[Item], users: Sequence[User]) -> Files:
    """Pairs of a user and the item ids, and a table of titles."""
    pairs = "".join(f"{u.user_id}\t{' '.join(i.item_id for i in u.items)}\n" for u in users)
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(("item", "title"))
    rows.writerows((item.item_id, item.title) for item in items)
    return {"videos_pairs.tsv": pairs.encode(), "videos_titles.csv": table.getvalue().encode()}


def _amazon(dataset: Dataset, items: Sequence[Item], users: Sequence[User], seed: int) -> Files:
    """One line of JSON for each review and for each product."""
    meta = (
        {
            "parent_asin": item.item_id,
            "title": item.title,
            "description": [item.description] if item.description else [],
            "images": [{"large": picture_path(dataset, item), "variant": "MAIN"}],
        }
        for item in items
    )
    reviews = (
        review
        for user in users
        for review in _reviews(user, Random(f"{seed}/{dataset.key}/{user.user_id}/reviews"))
    )
    return {f"{dataset.key}.jsonl": _lines(reviews), f"meta_{dataset.key}.jsonl": _lines(meta)}


def _reviews(user: User, rng: Random) -> Iterable[dict[str, object]]:
    """What the user wrote about each item, days apart."""
    moment = _FIRST_REVIEW + rng.randrange(500) * _DAY
    for item in user.items:
        moment += rng.randrange(1, 25) * _DAY + rng.randrange(_DAY)
        title, text = rng.choice(_REVIEWS)
        yield {
            "user_id": user.user_id,
            "parent_asin": item.item_id,
            "asin": item.item_id,
            "rating": rng.choice((4.0, 5.0, 5.0)),
            "timestamp": moment,
            "title": title,
            "text": text,
            "images": [],
        }


def _truth(dataset: Dataset, items: Sequence[Item], users: Sequence[User]) -> dict[str, object]:
    """What was planted, for tests and evaluation only."""
    return {
        "themes": [{"key": t.key, "words": t.words, "shows": t.shows} for t in dataset.themes],
        "styles": [
            {
                "key": style.key,
                "words": style.words,
                "palette": style.palette,
                "medium": style.medium,
                "mood": style.mood,
            }
            for style in STYLES
        ],
        "items": {
            item.item_id: {
                "theme": item.theme.key,
                "style": item.style.key,
                "drawing": item.drawing,
            }
            for item in items
        },
        "users": {user.user_id: _user_truth(user) for user in users},
    }


def _user_truth(user: User) -> dict[str, object]:
    """The tastes, each with the index of the interaction from which it holds."""
    starts = (0, user.drift_at)
    tastes = [
        {"from": start, "themes": list(taste.themes), "style": taste.style}
        for start, taste in zip(starts, user.tastes, strict=False)
    ]
    return {
        "tastes": tastes,
        "drift_at": user.drift_at,
        "drift": user.drift,
        "miss": user.miss,
    }


def _json(value: object, indent: int | None = None) -> bytes:
    separators = (",", ":") if indent is None else None
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators).encode()


def _lines(rows: Iterable[object]) -> bytes:
    """One line of JSON for each row."""
    return b"".join(_json(row) + b"\n" for row in rows)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
