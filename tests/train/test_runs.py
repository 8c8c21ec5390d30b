"""What is known of a run beside its weights."""

import json
import os
import re
import time
from pathlib import Path

import pytest

from core.errors import MsrError
from train.runs import BEGUN, CLOCK, FILE, begun, refuse_outdated, stage_of, start_clock


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

    anew = re.escape(f"{first} was trained anew after {second} had begun")
    refuse_outdated(second, [first])  # nothing is there
    finish(first, "20")
    refuse_outdated(second, [first])
    finish(second, "21")
    refuse_outdated(second, [first])
    finish(first, "22")
    with pytest.raises(MsrError, match=anew):
        refuse_outdated(second, [first])
    (second / FILE).unlink()  # half done: its mark says when it began
    mark = second / BEGUN
    mark.write_text("{}")
    refuse_outdated(second, [first])
    os.utime(mark, (0, 0))
    with pytest.raises(MsrError, match=anew):
        refuse_outdated(second, [first])
    (first / FILE).write_text('{"finished')  # the stage itself says that it is damaged
    refuse_outdated(second, [first])


def test_a_phase_is_of_its_stage(tmp_path: Path) -> None:
    phase = tmp_path / "recommender" / "training-1" / "phase-2"
    phase.mkdir(parents=True)
    assert stage_of(phase) == phase  # nothing has begun as a stage
    begun(tmp_path / "recommender", {"steps": 1})
    assert stage_of(phase) == tmp_path / "recommender"
    assert stage_of(phase.parent) == tmp_path / "recommender"
