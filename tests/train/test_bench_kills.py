"""Kills at random: counted, and what they change is told."""

from pathlib import Path

import pytest

from core.errors import MsrError
from core.settings import Settings
from core.store import Store
from tests.core.test_store import fill
from train.bench import kills as bench_kills
from train.bench.kills import compared, rows_of, run_killed, without_answers

SLOW = "tests.train.slow_job"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with forty users, some of whom something was said about."""
    monkeypatch.setenv("TASTELINE_HOME", str(tmp_path))
    monkeypatch.delenv("TASTELINE_DATABASE_URL", raising=False)
    monkeypatch.setattr(bench_kills, "JOB", (SLOW,))
    store = Store(Settings.from_environment().database_url)
    fill(store, {f"u{n:02}": ["1", "2", "3"] for n in range(40)})
    run_killed([SLOW, "2"], tmp_path / "tasteline.db", ())
    return tmp_path / "tasteline.db"


def test_a_job_that_goes_on_where_it_was_ends_with_the_same_rows(file: Path) -> None:
    found = bench_kills.bench_kills("clips", 40, 3)
    assert found.pop("seconds").keys() == {"alone", "killed"}
    assert found.pop("kills") <= 3
    assert found == {"rows": 40, "lost": 0, "more": 0, "other": 0}
    assert len(rows_of(file)) == 2  # the store itself is left as it was


def test_a_job_that_was_left_alone_before_is_not_run_again(file: Path, tmp_path: Path) -> None:
    run_killed([SLOW, "40"], without_answers(file, tmp_path / "before.db"), ())
    found = bench_kills.bench_kills("clips", 40, 3, tmp_path / "before.db")
    assert found["seconds"]["alone"] > 40 * 0.02
    assert (found["rows"], found["lost"], found["more"], found["other"]) == (40, 0, 0, 0)


def test_what_another_job_left_is_refused(file: Path, tmp_path: Path) -> None:
    with pytest.raises(
        MsrError, match=r"tasteline\.db is not of this job: .*--users 40 wrote more"
    ):
        bench_kills.bench_kills("clips", 40, 3, file)
    with pytest.raises(MsrError, match=r"other\.db is no database with texts"):
        bench_kills.bench_kills("clips", 40, 3, tmp_path / "other.db")


def test_a_job_is_killed_as_often_as_there_are_moments(file: Path, tmp_path: Path) -> None:
    copy = without_answers(file, tmp_path / "copy.db")
    assert rows_of(copy) == {}
    _, kills = run_killed([SLOW, "100"], copy, [0.3, 0.3])
    assert (kills, len(rows_of(copy))) == (2, 100)


def test_a_job_that_has_ended_is_not_killed(file: Path, tmp_path: Path) -> None:
    _, kills = run_killed([SLOW, "1"], without_answers(file, tmp_path / "copy.db"), [60, 60])
    assert kills == 0


def test_every_kind_of_difference_is_counted() -> None:
    alone = {"a": "one", "b": "two", "c": "three"}
    killed = {"b": "two", "c": "3", "d": "four"}
    assert compared(alone, killed) == {"rows": 3, "lost": 1, "more": 1, "other": 1}


def test_a_job_that_fails_says_why(file: Path) -> None:
    with pytest.raises(MsrError, match="The job failed: error: broken"):
        run_killed([SLOW, "broken"], file, ())


@pytest.mark.parametrize(
    ("url", "users", "message"),
    [("postgresql://x/y", 1, "this one is a server's"), (None, 41, "has 40 users; the bench")],
)
def test_what_cannot_be_measured_ends_in_one_line(
    file: Path, monkeypatch: pytest.MonkeyPatch, url: str | None, users: int, message: str
) -> None:
    if url:
        monkeypatch.setenv("TASTELINE_DATABASE_URL", url)
    with pytest.raises(MsrError, match=message):
        bench_kills.bench_kills("clips", users, 1)
