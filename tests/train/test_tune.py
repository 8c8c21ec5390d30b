import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("skia", reason="planted themes are named by train.sample (extra: train)")

from core.settings import REPOSITORY
from train import fits, tune
from train.baselines.fit import Fitted
from train.baselines.registry import NEURAL, Task

RESULTS = REPOSITORY / "assets" / "results"


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, float, float]]:
    """Fits nothing; the second dropout and the first rate are best."""
    monkeypatch.setenv("TASTELINE_HOME", str(tmp_path))
    tried: list[tuple[str, float, float]] = []

    def fitted(name: str, task: Task) -> Any:
        tried.append((name, task.plan.learning_rate, task.plan.dropout))
        reached = 0.8 - abs(task.plan.dropout - 0.3) - task.plan.learning_rate
        return None, Fitted(3, reached, 1.0, 10)

    monkeypatch.setattr(tune, "fitted", fitted)
    return tried


def test_every_baseline_is_searched_once_over_the_same_pairs(
    plans: list[tuple[str, float, float]], tmp_path: Path
) -> None:
    out = tmp_path / "tuning.json"
    given = ["--dataset", "games", "--users", "40", "--out", str(out), "--methods"]
    assert tune.main([*given, "gru4rec"]) == 0
    assert tune.main([*given, "gru4rec,sasrec"]) == 0
    assert [name for name, *_ in plans] == ["gru4rec"] * 6 + ["sasrec"] * 6
    found = json.loads(out.read_text("utf-8"))
    assert found["best"]["gru4rec"] == {"learning_rate": 1e-3, "dropout": 0.3}
    assert len(found["searched"]["sasrec"]) == 6


def test_searches_side_by_side_keep_what_each_other_found(
    plans: list[tuple[str, float, float]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "tuning.json"
    given = ["--dataset", "games", "--users", "40", "--out", str(out), "--methods"]
    search = tune.search

    def beside(*asked: Any) -> Any:
        monkeypatch.setattr(tune, "search", search)
        assert tune.main([*given, "gru4rec"]) == 0  # begins later and ends earlier
        return search(*asked)

    monkeypatch.setattr(tune, "search", beside)
    assert tune.main([*given, "sasrec"]) == 0
    found = json.loads(out.read_text("utf-8"))
    assert [*found["searched"]] == [*found["best"]] == ["gru4rec", "sasrec"]


def test_a_search_of_another_plan_is_not_gone_on_with(
    plans: list[tuple[str, float, float]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "tuning.json"
    given = ["--dataset", "games", "--users", "40", "--out", str(out), "--methods", "gru4rec"]
    assert tune.main(given) == 0
    before = out.read_text("utf-8")
    assert tune.main([*given, "--epochs", "2"]) == 1
    assert f"{out} holds a search with plan = " in capsys.readouterr().err
    assert out.read_text("utf-8") == before


def test_a_search_of_old_that_does_not_tell_its_code_is_not_gone_on_with(
    plans: list[tuple[str, float, float]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "tuning.json"
    given = ["--dataset", "games", "--users", "40", "--out", str(out), "--methods", "gru4rec"]
    assert tune.main(given) == 0
    assert tune.main(given) == 0
    assert "gru4rec is searched: {'learning_rate': 0.001" in capsys.readouterr().err
    found = json.loads(out.read_text("utf-8"))
    del found["code"]
    out.write_text(json.dumps(found))
    assert tune.main(given) == 1
    assert f"{out} holds a search with code = None" in capsys.readouterr().err
    assert len(plans) == 6


@pytest.mark.parametrize(
    ("dataset", "method", "line"),
    [
        ("games", "popularity", "'popularity' is not to be tuned"),
        ("games,baby", "sasrec", "One data set is searched at a time, not games,baby."),
    ],
)
def test_what_cannot_be_searched_is_named(
    plans: list[tuple[str, float, float]], tmp_path: Path, capsys: pytest.CaptureFixture[str],
    dataset: str, method: str, line: str,
) -> None:  # fmt: skip
    given = ["--dataset", dataset, "--out", str(tmp_path / "x.json"), "--methods", method]
    assert tune.main(given) == 1
    assert line in capsys.readouterr().err
    assert plans == []


def test_what_was_found_is_used(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def watched(name: str, task: Task) -> Any:
        used.append((task.plan.learning_rate, task.plan.dropout))
        return real(name, task)

    used: list[tuple[float, float]] = []
    real = fits.fitted
    monkeypatch.setattr(fits, "fitted", watched)
    monkeypatch.setattr(
        fits, "plan_of", lambda bench, name: fits.Plan(epochs=1, learning_rate=3e-3, dropout=0.5)
    )
    run("--dataset", "games", "--users", "5", "--methods", "gru4rec")
    assert used == [(3e-3, 0.5)]


def test_what_was_found_is_read_by_data_set_and_system(tmp_path: Path) -> None:
    bench: Any = SimpleNamespace(
        settings=SimpleNamespace(assets=tmp_path), dataset=SimpleNamespace(name="clips")
    )
    assert fits.plan_of(bench, "sasrec") == fits.Plan()  # nothing was searched
    (tmp_path / "results").mkdir()
    best = {"sasrec": {"learning_rate": 3e-3, "dropout": 0.5}}
    (tmp_path / "results" / "tuning_clips.json").write_text(json.dumps({"best": best}))
    assert fits.plan_of(bench, "sasrec") == fits.Plan(learning_rate=3e-3, dropout=0.5)
    assert fits.plan_of(bench, "gru4rec") == fits.Plan()


@pytest.mark.parametrize("file", sorted(RESULTS.glob("tuning_*.json")), ids=lambda file: file.stem)
def test_every_search_that_is_shipped_is_of_a_system_there_is(file: Path) -> None:
    best = json.loads(file.read_text("utf-8"))["best"]
    assert best.keys() <= NEURAL.keys()
    assert all(fits.Plan(**found).learning_rate < 0.1 for found in best.values())
