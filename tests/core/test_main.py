"""The command line with fake models and a small data set of its own."""

import json
from pathlib import Path

import pytest

import core.__main__ as command
from core.datasets.sources import microlens_source
from core.mllm_msr import Models
from core.store import Store
from core.store.importer import import_dataset
from tests.core.test_datasets import microlens
from tests.fakes import FakeModel

KEYS = {"dataset", "user", "profile", "blocks", "candidates", "seconds"}
CANDIDATE_KEYS = {"item_id", "title", "margin", "p_yes", "rank", "is_next"}


@pytest.fixture(autouse=True)
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TASTELINE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TASTELINE_DATABASE_URL", raising=False)
    titles = "item,title\n" + "".join(f"{i},Title {i} <b>\n" for i in range(40))
    pairs = "ann\t" + " ".join(str(i) for i in range(9)) + "\nbob\t1\n"
    pairs += "all\t" + " ".join(str(i) for i in range(40)) + "\n"
    root = microlens(tmp_path / "m", titles, pairs)
    store = Store(f"sqlite:///{tmp_path / 'home' / 'tasteline.db'}")
    import_dataset(store, microlens_source(root, "clips"))
    monkeypatch.setattr(command, "ensure_sample", lambda store, assets: None)
    model = FakeModel()
    monkeypatch.setattr(
        command, "load_models",
        lambda *_: Models(model, model, model, "preference-first", "embedded"),
    )  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = command.main(["recommend", *words])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_json_has_the_agreed_keys(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--dataset", "clips", "--user", "ann", "--json")
    result = json.loads(out)
    assert status == 0
    assert set(result) == KEYS
    assert (result["dataset"], result["user"], result["profile"]) == ("clips", "ann", "embedded")
    assert [block["index"] for block in result["blocks"]] == [1, 2, 3]
    assert all(set(block) == {"index", "item_ids", "preference"} for block in result["blocks"])
    assert len(result["candidates"]) == 21
    assert all(set(candidate) == CANDIDATE_KEYS for candidate in result["candidates"])
    assert [c["item_id"] for c in result["candidates"] if c["is_next"]] == ["8"]
    ranks = [candidate["rank"] for candidate in result["candidates"]]
    assert ranks == sorted(ranks)


def test_number_of_candidates_and_variant_are_followed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ("--dataset", "clips", "--user", "ann", "--candidates", "5", "--variant", "direct")
    _, out, _ = run(capsys, *words, "--json")
    assert len(json.loads(out)["candidates"]) == 5
    assert len(json.loads(out)["blocks"]) == 1


def test_text_output_marks_the_next_item(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--dataset", "clips", "--user", "ann")
    assert status == 0
    assert "Block 3 (6, 7)" in out
    assert out.count("<- came next") == 1


def test_what_a_model_or_a_data_set_wrote_cannot_drive_the_terminal() -> None:
    block = {"index": 1, "item_ids": ["1", "\x1b[2J"], "preference": "likes\x1b[31m cats"}
    scored = {"rank": 1, "p_yes": 0.5, "margin": 0.0, "title": "\x1b]0;owned\x07", "is_next": True}
    shown = command._text({"blocks": [block], "candidates": [scored]})
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "likes [31m cats" in shown


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--dataset", "nope", "--user", "ann"), "no data set 'nope'; prepared are: clips"),
        (("--dataset", "clips", "--user", "eve"), "no user 'eve'"),
        (("--dataset", "clips", "--user", "bob"), "1 interaction"),
        (("--dataset", "clips", "--user", "all"), "only 0 items untouched"),
    ],
)
def test_bad_input_exits_with_one_clear_line(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    status, out, err = run(capsys, *words)
    assert status == 1
    assert out == ""
    assert message in err
    assert err.strip().count("\n") == 0


@pytest.mark.parametrize("candidates", ["1", "0", "-3", "many", "99999"])
def test_impossible_number_of_candidates_is_refused(
    capsys: pytest.CaptureFixture[str], candidates: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(capsys, "--dataset", "clips", "--user", "ann", "--candidates", candidates)
    assert stopped.value.code == 2
    assert "not a number from 2 to 1000" in capsys.readouterr().err
