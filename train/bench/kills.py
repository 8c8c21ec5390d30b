"""A job that is killed again and again, against the same job left alone: are their rows alike?"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from core.candidates import SEED
from core.errors import DataError, MsrError
from core.settings import Settings, sqlite_url
from core.store import Store, file_of
from train.progress import progress

JOB = ("train.prepare", "summarize")

Rows = dict[str, str]  # texts by key, which stands for all that a text was made from


def bench_kills(
    dataset: str, users: int, kills: int, left_alone: Path | None = None
) -> dict[str, Any]:
    """Run `train.prepare summarize` in a database of its own, then kill it at random in another.

    Args:
        dataset: of the users.
        users: how many.
        kills: of the second job.
        left_alone: a database that the same job, left alone, has filled before; it runs first
            without one.

    Returns:
        ``rows`` of the job that was left alone, how many of them the other one has ``lost`` or has
        with ``other`` words, and how many it has ``more``; ``kills`` and ``seconds`` of both, the
        first counted from its texts and a start if it was there before.

    Raises:
        MsrError: for a store that is no file, an unknown data set, a job that fails, or one left
            alone that was another.
    """
    url = Settings.from_environment().database_url
    if not (file := file_of(url)):
        raise MsrError("Kills are measured on copies of an SQLite store; this one is a server's.")
    if (known := len(Store(url).user_ids(dataset))) < users:
        raise DataError(f"{dataset!r} has {known} users; the bench needs {users}.")
    job = [*JOB, "--dataset", dataset, "--users", str(users)]
    with tempfile.TemporaryDirectory() as folder:
        alone, killed = (without_answers(file, Path(folder) / n) for n in ("a.db", "k.db"))
        whole = take_texts(left_alone, alone) if left_alone else run_killed(job, alone, ())[0]
        written = rows_of(alone)
        starting, _ = run_killed(job, alone, ())  # everything is there: it starts and ends
        if left_alone:
            whole += starting
            if rows_of(alone) != written:
                raise MsrError(f"{left_alone} is not of this job: {' '.join(job)} wrote more.")
        share = max(0.0, whole - starting) / (kills + 1)
        rng = Random(SEED)
        # A fifth of the work is left for the end, so that no kill comes too late.
        moments = [starting + share * rng.uniform(0, 1.6) for _ in range(kills)]
        disturbed, done = run_killed(job, killed, progress(moments, desc="kills"))
        return compared(rows_of(alone), rows_of(killed)) | {
            "kills": done,
            "seconds": {"alone": round(whole, 1), "killed": round(disturbed, 1)},
        }


def without_answers(store: Path, copy: Path) -> Path:
    """Copy a store's data sets, and nothing that a model has said."""
    with closing(sqlite3.connect(store)) as given, closing(sqlite3.connect(copy)) as taken:
        given.backup(taken)
        for table in ("texts", "scores"):
            taken.execute(f"DELETE FROM {table}")
        taken.commit()
    return copy


def take_texts(given: Path, database: Path) -> float:
    """Put the texts of one database into another.

    Returns:
        How many seconds they took to write.

    Raises:
        MsrError: if it has none.
    """
    try:
        with closing(sqlite3.connect(database.as_uri(), uri=True)) as connection:
            connection.execute("ATTACH ? AS given", (f"{given.resolve().as_uri()}?mode=ro",))
            connection.execute("INSERT INTO texts SELECT * FROM given.texts")
            connection.commit()
            took = connection.execute("SELECT TOTAL(milliseconds) FROM texts").fetchone()
    except sqlite3.Error as error:
        raise MsrError(f"{given} is no database with texts: {error}.") from error
    return float(took[0]) / 1000


def run_killed(job: Sequence[str], database: Path, moments: Iterable[float]) -> tuple[float, int]:
    """Start a module over and over, kill it after so many seconds each time, then let it end.

    Args:
        job: the module and its arguments.
        database: its store.
        moments: seconds until each kill; one that comes too late kills nothing and is the last.

    Returns:
        Seconds in all, and how often it was killed.

    Raises:
        MsrError: with the last line that it wrote, if it fails.
    """
    began, kills = time.perf_counter(), 0
    environment = os.environ | {"TASTELINE_DATABASE_URL": sqlite_url(database)}
    with tempfile.TemporaryFile("w+") as log:

        def start() -> subprocess.Popen[str]:
            command = [sys.executable, "-m", *job]
            return subprocess.Popen(command, env=environment, stdout=log, stderr=log, text=True)

        for moment in moments:
            process = start()
            try:
                process.wait(moment)
                break
            except subprocess.TimeoutExpired:
                process.kill()  # nothing can be tidied up
                process.wait()
                kills += 1
        else:
            process = start()
        if status := process.wait():
            log.seek(0)
            said = log.read().strip().splitlines() or [f"it said nothing, status {status}"]
            raise MsrError(f"The job failed: {said[-1]}")
    return time.perf_counter() - began, kills


def rows_of(database: Path) -> Rows:
    """Every text of a store."""
    with closing(sqlite3.connect(database)) as connection:
        return dict(connection.execute("SELECT key, text FROM texts"))


def compared(alone: Rows, killed: Rows) -> dict[str, int]:
    """How the rows of a killed job differ from those of one that was left alone."""
    both = alone.keys() & killed.keys()
    return {
        "rows": len(alone),
        "lost": len(alone) - len(both),
        "more": len(killed) - len(both),
        "other": sum(alone[key] != killed[key] for key in both),
    }
