"""What is known of a run beside its weights."""

import json
import os
import time
from pathlib import Path

import pytest

from train.runs import BEGUN, CLOCK, FILE, begun, outdated_by, start_clock


def test_parts_of_a_killed_stage_are_added_up(tmp_path: Path) -> None:
    began = start_clock(tmp_path)
    log = tmp_path / "phase-1" / "losses.jsonl"
    log.parent.mkdir()
    log.write_text("{}")
    os.utime(log, (began + 600, began + 600))  # killed after ten minutes of work
    assert time.time() - start_clock(tmp_path) == pytest.approx(600, abs=30)
    os.utime(log, (began, began))
    assert time.time() - start_clock(tmp_path) == pytest.approx(600, abs=30)  # nothing new since


def test_a_damaged_clock_begins_anew_and_holds_up_no_training(tmp_path: Path) -> None:
    for damaged in ("", "[]", "{}", '{"began": "now"}'):
        (tmp_path / CLOCK).write_text(damaged)
        assert start_clock(tmp_path) == pytest.approx(time.time(), abs=30)


def test_a_clock_alone_is_nothing_learnt(tmp_path: Path) -> None:
    assert begun(tmp_path, {"steps": 1}) == {"steps": 1}
    began = start_clock(tmp_path)
    (tmp_path / CLOCK).write_text(json.dumps({"began": began - 86_400}))
    os.utime(tmp_path / CLOCK, (began - 86_400, began - 86_400))  # a day ago, and ended at once
    assert begun(tmp_path, {"steps": 2}) == {"steps": 2}
    assert start_clock(tmp_path) == pytest.approx(time.time(), abs=30)


def test_a_stage_is_outdated_by_one_that_was_finished_after_it_had_begun(tmp_path: Path) -> None:
    first, second = tmp_path / "tower", tmp_path / "recommender"

    def finish(folder: Path, at: str) -> None:
        folder.mkdir(exist_ok=True)
        (folder / FILE).write_text(json.dumps({"finished_at": f"2026-11-{at}T12:00:00+00:00"}))

    assert outdated_by(second, [first]) is None  # nothing is there
    finish(first, "20")
    assert outdated_by(second, [first]) is None
    finish(second, "21")
    assert outdated_by(second, [first]) is None
    finish(first, "22")
    assert outdated_by(second, [first]) == first
    (second / FILE).unlink()  # half done: its mark says when it began
    mark = second / BEGUN
    mark.write_text("{}")
    assert outdated_by(second, [first]) is None
    os.utime(mark, (0, 0))
    assert outdated_by(second, [first]) == first
    (first / FILE).write_text('{"finished')  # the stage itself says that it is damaged
    assert outdated_by(second, [first]) is None
