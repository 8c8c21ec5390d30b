"""Summaries of many users in step, against one user, and one text, at a time.

Every way keeps its texts in a database of its own. What is counted is read from there: seconds are
those that the texts took to write. So a bench that was killed goes on where it was.
"""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from transformers import AutoTokenizer

from core.errors import DataError
from core.item_summary import summarize_item
from core.mllm_msr import Models
from core.models import load_models
from core.preference import infer_preference, split_blocks
from core.prompts import ANSWER_STARTS, PICTURE
from core.records import Dataset, Preference
from core.settings import Settings, sqlite_url
from core.store import Store
from core.streams import drain
from core.weights import embedded_checkpoint
from train.progress import progress
from train.summarize import summarize, write_preferences

RIVALS_SHARE = 20  # of the users, one in so many is also read in the slower ways,
MOST_RIVALS = 50  # but not more than about so many; half of those text by text

Way = Callable[[Models], object]


@dataclass(frozen=True, slots=True)
class Written:
    """Texts of one kind that one way has written.

    Attributes:
        texts: how many.
        seconds: that they took.
        tokens: of one of them, on average.
        prompts: what each was asked, as a person reads it.
    """

    texts: int
    seconds: float
    tokens: float
    prompts: tuple[str, ...]


Kinds = Mapping[str, Written]


def bench_summaries(
    dataset: str, most: int, folder: Path
) -> tuple[dict[str, Kinds], dict[str, Any]]:
    """Read users in each way.

    Args:
        dataset: of the users.
        most: users.
        folder: for a database of each way; what is there already is not written again.

    Returns:
        What each way wrote, by name, ours first; and what ours asked and kept: users, calls by
        kind with their mean tokens, bytes a text.

    Raises:
        DataError: for an unknown data set or too few users.
    """
    settings = Settings.from_environment()
    store = Store(settings.database_url)
    known = store.dataset(dataset)
    users = store.user_ids(dataset, shortest=2)[:most]
    few = users[:: max(RIVALS_SHARE, most // MOST_RIVALS)]
    if len(users) < most or len(few) < 2:
        raise DataError(
            f"{dataset!r} has {len(users)} users; the bench needs {most}, more than {RIVALS_SHARE}."
        )

    def one_user(models: Models) -> None:
        for user in progress(few, desc="one user at a time", unit="user"):
            write_preferences([user], known, store, models)

    def one_text(models: Models) -> None:
        for user in progress(few[::2], desc="one text at a time", unit="user"):
            read_alone(user, known, store, models)

    folder.mkdir(parents=True, exist_ok=True)
    ways: dict[str, Way] = {
        "users in step (ours)": lambda models: summarize(dataset, store, models, most),
        "one user at a time": one_user,
        "one text at a time": one_text,
    }
    found: dict[str, Kinds] = {}
    sizes = []
    for number, (name, way) in enumerate(ways.items()):
        file = folder / f"{dataset}-{most}-{number}.db"
        way(load_models(settings, Store(sqlite_url(file))))
        found[name] = written(file)
        sizes.append(file.stat().st_size)
    ours = next(iter(found.values()))
    return found, {
        "users": {"ours": len(users), "rivals": len(few)},
        "calls": _calls(ours, settings),
        "bytes_a_text": round(sizes[0] / sum(kind.texts for kind in ours.values())),
    }


def read_alone(user: str, dataset: Dataset, store: Store, models: Models) -> None:
    """Stages 1 and 2 of a user, every text by itself."""
    history = store.history(dataset.name, user).items
    summaries = {
        item.item_id: summarize_item(item, dataset, models.item_summarizer) for item in history
    }
    written: Preference | None = None
    for block in split_blocks(history):
        written = drain(
            infer_preference(block, summaries, written, dataset.noun, models.user_summarizer)
        )


def written(file: Path) -> dict[str, Written]:
    """What a way's database holds, by kind; its log goes into the file itself."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        rows = connection.execute("SELECT kind, milliseconds, tokens, prompt FROM texts").fetchall()
    found = {}
    for kind in sorted({row[0] for row in rows}):
        spent, tokens, prompts = zip(*(row[1:] for row in rows if row[0] == kind), strict=True)
        found[kind] = Written(len(prompts), sum(spent) / 1000, fmean(tokens), prompts)
    return found


def seconds_a_text(way: Kinds, ours: Kinds) -> float:
    """Seconds that a way takes for a text, kinds in the shares that they have in ours.

    Users in step share items, so that fewer of their texts are summaries, which are short work.
    """
    texts = sum(kind.texts for kind in ours.values())
    return sum(
        kind.texts / texts * way[name].seconds / way[name].texts for name, kind in ours.items()
    )


def _calls(ours: Kinds, settings: Settings) -> dict[str, dict[str, float]]:
    """How often each kind of text was asked for, with its mean tokens; a picture counts as none."""
    tokenizer = AutoTokenizer.from_pretrained(embedded_checkpoint(settings.home))
    found: dict[str, dict[str, float]] = {}
    for name, kind in ours.items():
        asked = [shown.replace(PICTURE, "").split(ANSWER_STARTS)[0] for shown in kind.prompts]
        read = [len(tokenizer(prompt).input_ids) for prompt in asked]
        found[name] = {
            "texts": kind.texts,
            "prompt_tokens": round(fmean(read), 1),
            "tokens": round(kind.tokens, 1),
        }
    return found
