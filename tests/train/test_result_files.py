"""What a result says of what made it, and what stays when more is written."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import pytest

from core.errors import MsrError
from train.result_files import check_out, commit_of, provenance_of, versions_in, write


def git(folder: Path, *command: str) -> None:
    name = ("-c", "user.name=n", "-c", "user.email=e@example.org")
    subprocess.run(["git", *name, *command], cwd=folder, check=True, capture_output=True)


def test_a_result_tells_which_code_made_it_and_whether_it_was_edited_since(tmp_path: Path) -> None:
    git(tmp_path, "init")
    (tmp_path / "code.py").write_text("one")
    results = tmp_path / "assets" / "results"
    results.mkdir(parents=True)
    for name in ("fold0.json", "tuning_games.json"):
        (results / name).write_text("{}")
    git(tmp_path, "add", "code.py", "assets")
    git(tmp_path, "commit", "--message", "one")
    git(tmp_path, "tag", "--annotate", "v1", "--message", "a name is no commit")
    commit = commit_of(tmp_path)
    assert commit
    assert len(commit) == 12
    assert int(commit, 16)
    (results / "fold0.json").write_text("[]")
    assert commit_of(tmp_path) == commit  # what was measured before changes no code
    (results / "tuning_games.json").write_text("[]")
    assert commit_of(tmp_path) == f"{commit}-dirty"
    git(tmp_path, "commit", "--all", "--amend", "--message", "one")
    commit = commit_of(tmp_path)
    (tmp_path / "code.py").write_text("two")
    assert commit_of(tmp_path) == f"{commit}-dirty"


def test_code_that_lies_in_the_checkout_of_another_project_has_no_commit(tmp_path: Path) -> None:
    git(tmp_path, "init")
    (tmp_path / "installed").mkdir()
    assert commit_of(tmp_path / "installed") is None


def test_a_result_tells_the_precision_of_the_machine() -> None:
    told = provenance_of("train.evaluate", ["--seed", "1"])
    assert told["precision"] in ("bfloat16", "float16", "float32")
    assert told["command"] == "python -m train.evaluate --seed 1"


def test_a_kept_row_is_not_paired_with_what_is_measured_again(tmp_path: Path) -> None:
    file, pair = tmp_path / "f.json", {"auc": {"mean": 0.1, "ci95": [0.0, 0.2]}}
    kept = {"behind": {"mllm-msr": pair, "mllm-msr+": pair}}
    write(file, {"protocol": {"folds": 1}, "methods": {"sasrec": kept, "popularity": {}}})
    write(file, {"protocol": {"folds": 1}, "methods": {"mllm-msr+": {}}})
    methods = json.loads(file.read_text())["methods"]
    assert methods["sasrec"]["behind"] == {"mllm-msr": pair}
    assert {*methods} == {"sasrec", "popularity", "mllm-msr+"}


def test_what_no_weight_of_ours_enters_is_added_to_a_file_of_any_weights(tmp_path: Path) -> None:
    file, theirs = tmp_path / "f.json", {"folds": 1, "weights": "a", "shipped": "b"}
    write(file, {"protocol": theirs, "methods": {"mllm-msr": {}, "sasrec": {"seconds": 1}}})
    write(file, {"protocol": theirs | {"weights": "c"}, "methods": {"sasrec": {"seconds": 2}}})
    kept = json.loads(file.read_text())
    assert kept["protocol"] == theirs
    assert kept["methods"] == {"mllm-msr": {}, "sasrec": {"seconds": 2}}
    write(file, {"protocol": theirs | {"folds": 5}, "methods": {"sasrec": {"seconds": 3}}})
    assert [*json.loads(file.read_text())["methods"]] == ["sasrec"]


@pytest.mark.parametrize("told", ["cases", "content"])
def test_rows_of_other_users_or_items_are_replaced_though_they_are_as_many(
    tmp_path: Path, told: str
) -> None:
    file, of_old = tmp_path / "f.json", {"folds": 1, "weights": "a"}
    write(file, {"protocol": of_old, "methods": {"sasrec": {}}})  # files of old do not tell
    write(file, {"protocol": of_old | {told: {"games": "1"}}, "methods": {"mmsr": {}}})
    assert {*json.loads(file.read_text())["methods"]} == {"sasrec", "mmsr"}
    write(file, {"protocol": of_old | {told: {"games": "2"}}, "methods": {"mgat": {}}})
    assert {*json.loads(file.read_text())["methods"]} == {"mgat"}


def test_commands_that_write_to_one_file_do_not_lose_rows_of_each_other(tmp_path: Path) -> None:
    file = tmp_path / "f.json"

    def rows(of: str) -> None:
        for number in range(30):
            check_out(file, "methods")
            write(file, {"protocol": {}, "methods": {f"{of}-{number}": {}}})

    with ThreadPoolExecutor() as pool:
        list(pool.map(rows, "ab"))
    assert len(json.loads(file.read_text())["methods"]) == 60


def test_versions_of_another_interpreter_are_told_or_what_it_lacks(tmp_path: Path) -> None:
    assert versions_in(sys.executable, ["tqdm"]) == {"tqdm": version("tqdm")}
    for python, name in ((sys.executable, "no-such-package"), (str(tmp_path / "python"), "tqdm")):
        with pytest.raises(MsrError, match=f"is no interpreter that has {name}"):
            versions_in(python, [name])
