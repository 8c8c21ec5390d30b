"""What the evaluation command refuses, in one line, before anything is computed."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

pytest.importorskip("skia", reason="planted themes are named by train.sample (extra: train)")

from core.errors import MsrError
from core.records import Dataset, Item
from train import evaluate
from train.cases import Bench, _described, no_models
from train.explanations import check_explanations
from train.runs import begun


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (["--folds", "2"], "learnt from users of games who are tested in other folds"),
        (["--cold"], "learnt from the cold items of games too"),
        (["explanations"], "explanations are of the shipped adapters"),
    ],
)
@pytest.mark.parametrize("role", ["--recommender", "--user-summarizer"])
@pytest.mark.parametrize("adapter", ["adapter", "round-1/adapter", "half-done/adapter"])
def test_an_adapter_is_not_tested_on_what_it_learnt_from(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    adapter: str,
    role: str,
    asked: list[str],
    line: str,
) -> None:
    if adapter.startswith("half"):
        begun(tmp_path / "half-done", {"dataset": "games"})
        (tmp_path / "half-done" / "adapter").mkdir()
    else:
        (tmp_path / "run.json").write_text(json.dumps({"config": {"dataset": "games"}}))
    given = [*asked, "--dataset", "videos,games", role, str(tmp_path / adapter)]
    assert evaluate.main([*given, "--out", str(tmp_path / "out.json")]) == 1
    assert line in capsys.readouterr().err


@pytest.mark.parametrize("given", [["--profile", "paper"], []])
def test_explanations_of_another_profile_are_refused(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    given: list[str],
) -> None:
    monkeypatch.setenv("TASTELINE_PROFILE", "paper")
    out = ["--dataset", "games", "--out", str(tmp_path / "out.json")]
    assert evaluate.main(["explanations", *out, *given]) == 1
    assert "explanations are of the shipped adapters and the profile" in capsys.readouterr().err


@pytest.mark.parametrize("told", ["population", "content"])
def test_an_adapter_of_a_data_set_that_was_prepared_anew_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], told: str
) -> None:
    config = {"dataset": "games", told: "of another day"}
    (tmp_path / "run.json").write_text(json.dumps({"config": config}))
    given = ["--dataset", "games", "--recommender", str(tmp_path / "adapter")]
    assert evaluate.main([*given, "--out", str(tmp_path / "out.json")]) == 1
    assert "learnt from another games: it was prepared anew since" in capsys.readouterr().err


def test_explanations_without_planted_truth_are_refused_before_any_model_is_asked(
    tmp_path: Path,
) -> None:
    two = SimpleNamespace(dataset=Dataset("mine", "microlens", tmp_path), cases=["", ""])
    with pytest.raises(MsrError, match="'mine' has no planted truth; only the sample has"):
        check_explanations([cast(Bench, two)], 7)


def test_no_model_is_loaded_to_say_what_is_on_no_cover(tmp_path: Path) -> None:
    bare = [Item("1", "Night train", "to the coast", None)]
    assert _described(Dataset("mine", "microlens", tmp_path), bare, no_models) == {}


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (["--dataset", "videos", "--methods", "magic"], "There is no method 'magic'"),
        (["--dataset", "nowhere"], "There is no data set 'nowhere'"),
        (["--dataset", "games,games"], "names a data set twice"),
    ],
)
def test_bad_input_gives_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    given: list[str], line: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("TASTELINE_HOME", str(tmp_path))
    assert evaluate.main([*given, "--out", str(tmp_path / "o.json")]) == 1
    assert line in capsys.readouterr().err


@pytest.mark.parametrize("there", ["", "[]", '{"methods"', '{"stages": {}}', None])
def test_results_that_could_not_be_written_are_not_computed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], there: str | None
) -> None:
    out = tmp_path / "o.json"
    if there is None:
        out.mkdir()
    else:
        out.write_text(there)
    assert evaluate.main(["--dataset", "games", "--methods", "random", "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert str(out) in said
    assert there is None or out.read_text() == there


@pytest.mark.parametrize("users", ["-1", "0"])
def test_no_users_are_refused(capsys: pytest.CaptureFixture[str], users: str) -> None:
    with pytest.raises(SystemExit):
        evaluate.main(["--dataset", "games", "--users", users, "--out", "o.json"])
    assert f"--users: invalid positive value: '{users}'" in capsys.readouterr().err


def test_an_adapter_of_the_page_is_not_evaluated_under_the_shipped_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TASTELINE_HOME", str(tmp_path))
    monkeypatch.setenv("TASTELINE_ADAPTER", "owner/name")
    given = ["--dataset", "games", "--methods", "random", "--out", str(tmp_path / "out.json")]
    assert evaluate.main(given) == 1
    assert "--recommender" in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()
