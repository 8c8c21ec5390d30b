import json
from pathlib import Path
from typing import Any

import pytest

import train.bench as bench
from core.errors import MsrError
from core.settings import REPOSITORY
from train.timing import Row, summary, timed

KEYS = {"bench", "machine", "rounds", "rows", "floor_s", "over_floor", "agreement"}


def test_ratio_is_a_rivals_median_over_ours() -> None:
    ours = summary("ours", [1.0, 2.0, 4.0])
    rival = summary("rival", [5.0, 6.0, 9.0], ours)
    assert (ours.median_s, ours.spread_s, ours.ratio) == (2.0, 3.0, None)
    assert (rival.median_s, rival.spread_s, rival.ratio) == (6.0, 4.0, 3.0)


def test_timed_rounds_leave_the_warm_up_out() -> None:
    calls: list[int] = []
    timed("x", 3, lambda: calls.append(1))
    assert len(calls) == 4


def test_bad_input_exits_with_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: Any) -> None:
        raise MsrError("The weights are not there.")

    monkeypatch.setattr(bench, "bench_story", fail)
    assert bench.main(["story", "--json"]) == 1
    assert capsys.readouterr().err == "error: The weights are not there.\n"


def test_shipped_figures_have_the_agreed_keys() -> None:
    path: Path = REPOSITORY / "assets" / "results" / "bench_story.json"
    result = json.loads(path.read_text("utf-8"))
    assert set(result) >= KEYS
    assert all(set(row) == set(Row.__slots__) for row in result["rows"])
    assert set(result["provenance"]) == {"command", "date", "seed", "versions"}
    assert set(result["agreement"]) == {"kendall_tau", "top1"}
