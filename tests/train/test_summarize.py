"""Summaries of a whole data set: complete, once each, and whatever interrupts them."""

import hashlib
import re
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from core.errors import StoreError
from core.language_model import Checkpoint, Decoding, Generation, Margin
from core.memory import Memory, RememberingModel
from core.mllm_msr import Models
from core.prompts import Prompt
from core.store import Store
from core.streams import drain
from tests.core.test_store import fill
from train.prepare import main
from train.summarize import summarize

USERS = {f"u{n:02}": [str((n * 3 + k) % 17) for k in range(3 + n % 6)] for n in range(14)}


class Killed(BaseException):
    """What a power cut is to Python: nothing catches it."""


class Writer:
    """Writes what depends on the prompt alone, and is killed after so many batches."""

    batch_size = 2
    checkpoint = Checkpoint("writer", "1")
    sees_images = False

    def __init__(self, batches: int = 10**9) -> None:
        self.left, self.written = batches, 0

    def generate(self, prompt: Prompt, _: Decoding) -> Generator[str, None, Generation]:
        self.written += 1
        said = hashlib.sha256(prompt.shown.encode()).hexdigest()[:12]
        yield said
        return Generation(f" {said}.", 2, 1.0)

    def generate_batch(
        self, prompts: Sequence[Prompt], decoding: Decoding
    ) -> tuple[Generation, ...]:
        self.left -= 1
        if self.left < 0:
            raise Killed
        return tuple(drain(self.generate(prompt, decoding)) for prompt in prompts)

    def margins(self, prompts: Sequence[Prompt]) -> tuple[Margin, ...]:
        raise AssertionError("Nothing is scored.")


class Neighbourly(Writer):
    """Writes what depends on the whole batch, as 16-bit arithmetic does."""

    def generate_batch(
        self, prompts: Sequence[Prompt], decoding: Decoding
    ) -> tuple[Generation, ...]:
        beside = hashlib.sha256("".join(prompt.shown for prompt in prompts).encode()).hexdigest()
        return tuple(
            replace(written, text=f"{written.text} {beside[:8]}")
            for written in super().generate_batch(prompts, decoding)
        )


def store_at(url: str) -> Store:
    store = Store(url)
    fill(store, USERS)
    return store


def models(writer: Writer, store: Memory) -> Models:
    model = RememberingModel(writer, store, must_keep=True)
    return Models(model, model, model, "preference-first", "test")


def rows(store: Store) -> list[tuple[str, str]]:
    with store.session() as session:
        found = session.execute(text("select key, text from texts order by key"))
        return [(row[0], row[1]) for row in found]


def test_every_item_and_block_is_written_once(new_database: Callable[[], str]) -> None:
    store, writer = store_at(new_database()), Writer()
    done = summarize("clips", store, models(writer, store))
    histories = [items[:-1] for items in USERS.values()]
    assert done.users == len(USERS)
    assert done.items == len({item for items in histories for item in items})
    assert done.preferences == sum(-(-len(items) // 3) for items in histories)
    assert writer.written == done.items + done.preferences
    assert len(rows(store)) == writer.written


def test_bars_know_how_much_there_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("train.pipeline.AT_ONCE", 5)
    store = store_at("sqlite://")
    summarize("clips", store, models(Writer(), store))
    shown = re.split(r"[\r\n]+", capsys.readouterr().err.strip())
    for name in ("users", "item summaries", "preferences"):  # items of this catalogue have no cover
        last = [line for line in shown if line.startswith(f"{name} of clips")][-1]
        assert ": 100%|" in last


def test_killed_twenty_times_it_ends_with_the_same_rows(
    new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("train.pipeline.AT_ONCE", 5)
    undisturbed = store_at(new_database())
    whole = Neighbourly()
    summarize("clips", undisturbed, models(whole, undisturbed))
    store, written, kills, rng = store_at(new_database()), 0, 0, Random(3)
    while True:
        writer = Neighbourly(rng.randint(0, 2) if kills < 20 else 10**9)
        try:
            summarize("clips", store, models(writer, store))
        except Killed:
            kills += 1
        else:
            break
        finally:
            written += writer.written
    assert kills == 20
    assert written == whole.written  # nothing was written twice
    assert rows(store) == rows(undisturbed)


def test_a_database_that_keeps_nothing_ends_the_job(
    new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("The disk is full.")

    store = store_at(new_database())
    monkeypatch.setattr(store, "keep_texts", fail)
    with pytest.raises(StoreError, match="disk is full"):
        summarize("clips", store, models(Writer(), store))


def test_command_names_an_unknown_data_set_before_it_loads_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TASTELINE_HOME", str(tmp_path))
    monkeypatch.setattr("train.prepare.load_models", lambda *_: pytest.fail("models were loaded"))
    assert main(["summarize", "--dataset", "nothing"]) == 1
    assert "nothing" in capsys.readouterr().err
