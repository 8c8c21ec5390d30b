import json
from pathlib import Path
from typing import Any

import pytest

from core.datasets.sources import ensure_sample
from core.errors import MsrError
from core.settings import REPOSITORY, Settings
from core.store import Store
from tests.tiny_checkpoints import write_tiny_llama
from train.bench import __main__ as bench
from train.bench import paper as bench_paper
from train.bench import paper_shapes
from train.bench.paper_shapes import Shape
from train.bench.timing import Row, summary, timed

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


@pytest.mark.parametrize("given", ["--rounds", "--users", "--kills"])
def test_none_of_what_is_timed_is_refused(capsys: pytest.CaptureFixture[str], given: str) -> None:
    with pytest.raises(SystemExit):
        bench.main(["story", given, "0"])
    assert f"{given}: invalid positive value: '0'" in capsys.readouterr().err


def test_shipped_figures_have_the_agreed_keys() -> None:
    path: Path = REPOSITORY / "assets" / "results" / "bench_story.json"
    result = json.loads(path.read_text("utf-8"))
    assert set(result) >= KEYS
    assert all(set(row) == set(Row.__slots__) for row in result["rows"])
    assert set(result["provenance"]) == {"command", "date", "seed", "versions"}
    assert set(result["agreement"]) == {"kendall_tau", "top1"}


def test_models_of_the_papers_shapes_are_timed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_paper, "embedded_checkpoint", lambda _: write_tiny_llama(tmp_path))
    monkeypatch.setattr(paper_shapes, "SIDE", 28)
    monkeypatch.setattr(paper_shapes, "GRIDS", [[28, 28], [28, 56]])
    settings = Settings.from_environment({"TASTELINE_HOME": str(tmp_path)})
    store = Store(settings.database_url)
    ensure_sample(store, settings.assets)
    shape = Shape(64, 128, layers=2, heads=4, groups=2, vocabulary=600, eyes=64, tower=3)
    found = bench_paper.bench_paper(settings, store, 1, shape, bench_paper.Load(2, 2, 2))
    assert len(found.pop("rows")) == 2 + 2 * 5
    for bits in ("16 bit", "4 bit"):
        agreed = found[f"agreement with transformers' own passes, {bits}"]
        assert agreed["kendall_tau"] > 0.99
        assert agreed["spread_of_margins"] > 0
        assert found[f"bytes kept of 21 pictures, {bits}"] > 0
