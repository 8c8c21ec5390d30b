"""Summaries of many users in step, against one user, and one text, at a time."""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from statistics import fmean
from typing import Any

from transformers import AutoTokenizer

from core.errors import DataError
from core.item_summary import summarize_item
from core.language_model import Generation, drain
from core.memory import KeptText
from core.mllm_msr import Models
from core.models import load_models
from core.preference import infer_preference, split_blocks
from core.prompts import Prompt
from core.records import Dataset, Preference
from core.settings import Settings
from core.store import Store
from core.weights import embedded_checkpoint
from train.progress import progress
from train.summarize import summarize, write_preferences

RIVALS_SHARE = 20  # of the users, one in so many is also read in the slower ways,
MOST_RIVALS = 50  # but not more than about so many; half of those text by text

Way = Callable[[Models], object]


class Counting(Store):
    """A memory that knows what was written into it."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.written: list[tuple[Prompt, Generation]] = []

    def keep_texts(self, answers: Mapping[str, KeptText]) -> None:
        """As `Store.keep_texts`."""
        super().keep_texts(answers)
        self.written += [(answer.prompt, answer.generation) for answer in answers.values()]


def bench_summaries(dataset: str, most: int) -> tuple[list[tuple[str, float, int]], dict[str, Any]]:
    """Read users in each way; every way starts with an empty memory.

    Returns:
        Name, seconds and texts of each way, ours first; and what ours asked and kept: users,
        calls by kind with their mean tokens, bytes a text.

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

    rows: list[tuple[str, float, int]] = []
    facts: dict[str, Any] = {}
    for name, way in (
        ("users in step (ours)", lambda models: summarize(dataset, store, models, most)),
        ("one user at a time", one_user),
        ("one text at a time", one_text),
    ):
        seconds, written, size = _timed(settings, way)
        rows.append((name, seconds, len(written)))
        facts = facts or {
            "users": {"ours": len(users), "rivals": len(few)},
            "calls": _calls(written, settings),
            "bytes_a_text": round(size / len(written)),
        }
    return rows, facts


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


def _timed(settings: Settings, way: Way) -> tuple[float, list[tuple[Prompt, Generation]], int]:
    """Seconds that a way takes, models loaded; what it wrote; and bytes of the database."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "memory.db"
        memory = Counting(f"sqlite:///{file}")
        models = load_models(settings, memory)
        began = time.perf_counter()
        way(models)
        seconds = time.perf_counter() - began
        with closing(sqlite3.connect(file)) as connection:  # from its log into the file itself
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return seconds, memory.written, file.stat().st_size


def _calls(
    written: Sequence[tuple[Prompt, Generation]], settings: Settings
) -> dict[str, dict[str, float]]:
    """How often each kind of text was asked for, with its mean tokens; a picture counts as none."""
    tokenizer = AutoTokenizer.from_pretrained(embedded_checkpoint(settings.home))
    found: dict[str, dict[str, float]] = {}
    for kind in sorted({prompt.kind for prompt, _ in written}):
        read = [len(tokenizer(p.before + p.after).input_ids) for p, _ in written if p.kind == kind]
        wrote = [g.tokens for p, g in written if p.kind == kind]
        found[kind] = {
            "texts": len(read),
            "prompt_tokens": round(fmean(read), 1),
            "tokens": round(fmean(wrote), 1),
        }
    return found
