"""Every stage of `train.finetune` on a tiny random language model, by the real command."""

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

pytest.importorskip("skia", reason="worlds are drawn with skia-python (extra: train)")
pytest.importorskip("matplotlib", reason="losses are drawn with matplotlib (extra: train)")

from core.errors import MsrError
from core.settings import Settings
from core.store import Store
from core.transformers_model import TransformersModel
from tests.plain_pictures import draw_plainly
from tests.tiny_checkpoints import write_tiny_llama
from train import finetune, language, validation, vision
from train.config import STAGES
from train.learners import ScoreLearner
from train.loop import Schedule

CONFIG = """
[run]
seed = 1
order = "preference-first"
[tower]
first_world = 1001
worlds = 2
items = 72
batch = 16
steps = 20
learning_rate = 3e-3
[item-summarizer]
worlds = [2001]
items = 72
users = 3
batch = 4
steps = 20
learning_rate = 1e-2
rank = 8
alpha = 16
dropout = 0.0
phases = [{ share = 0.5, weights = [5, 3, 2], short = 0.0 }, { share = 0.5, weights = [7, 1, 2], short = 0.7 }]
[user-summarizer]
worlds = [2001]
items = 72
users = 3
batch = 4
steps = 20
rounds = [0.6, 0.4]
learning_rate = 1e-2
rank = 8
alpha = 16
dropout = 0.0
[recommender]
items = 72
users = 3
batch = 2
candidates = 4
steps = 20
averaged = 2
phases = [{ share = 0.5, preferences = "planted", worlds = [2002], hard = 0.0 }, { share = 0.5, preferences = "own", worlds = [2001], hard = 0.5 }]
loss = "answer"
learning_rate = 1e-2
rank = 8
alpha = 16
dropout = 0.0
"""  # noqa: E501  (TOML lines)


@pytest.fixture(scope="module", autouse=True)
def plain_pictures() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        draw_plainly(patch)
        yield


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every stage, twenty steps each."""
    folder = tmp_path_factory.mktemp("run")
    text = write_tiny_llama(folder / "text")
    (folder / "config.toml").write_text(CONFIG)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TASTELINE_HOME", str(folder / "home"))
        patch.setattr(finetune, "embedded_checkpoint", lambda home, say: text)
        patch.setattr("core.weights.embedded_checkpoint", lambda home, say: text)
        out = folder / "out"
        assert finetune.main(["--config", str(folder / "config.toml"), "--out", str(out)]) == 0
    return out


@pytest.mark.parametrize("stage", STAGES)
def test_loss_of_every_stage_falls_and_the_run_is_documented(run: Path, stage: str) -> None:
    found = json.loads((run / stage / "run.json").read_text())
    assert found["loss"]["last_ten"] < found["loss"]["first_ten"]
    assert found["steps"] == 20
    assert found["config"]["seed"] == 1
    assert len(found["data_sha256"]) == 64
    assert {"torch", "transformers", "peft"} <= set(found["versions"])
    assert (run / stage / "loss.svg").read_text().lstrip().startswith("<?xml")


def test_adapters_are_of_rank_8_and_leave_the_eyes_alone(run: Path) -> None:
    for stage in ("item-summarizer", "user-summarizer", "recommender"):
        weights = load_file(run / stage / "adapter" / "adapter_model.safetensors")
        assert all("layers" in name and "vision" not in name for name in weights)
        assert {min(value.shape) for value in weights.values()} == {8}


def test_a_recommender_is_the_mean_of_trainings_on_other_batches(run: Path) -> None:
    name = "adapter/adapter_model.safetensors"
    first, second = (load_file(run / "recommender" / f"training-{n}" / name) for n in (1, 2))
    assert any(not torch.equal(first[key], second[key]) for key in first)
    for key, value in load_file(run / "recommender" / name).items():
        mean = (first[key].float() + second[key].float()) / 2
        assert torch.equal(value, mean.to(value.dtype)), key


def test_a_stage_killed_in_its_second_training_ends_as_one_that_was_not(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TASTELINE_HOME", str(run.parent / "home"))
    monkeypatch.setattr(finetune, "embedded_checkpoint", lambda *_: run.parent / "text")
    monkeypatch.setattr("core.weights.embedded_checkpoint", lambda *_: run.parent / "text")
    out = shutil.copytree(run, tmp_path / "out", ignore=lambda *_: {"recommender"})
    given = ["--config", str(run.parent / "config.toml"), "--out", str(out)]
    forward, calls = ScoreLearner.forward, count()

    def killed(*batch: Any) -> Any:
        if next(calls) == 35:  # twenty steps are the first training, ten the first phase
            raise KeyboardInterrupt
        return forward(*batch)

    monkeypatch.setattr(ScoreLearner, "forward", killed)
    with pytest.raises(KeyboardInterrupt):
        finetune.main(given)
    monkeypatch.setattr(ScoreLearner, "forward", forward)
    assert (out / "recommender" / "training-2").exists()
    assert not (out / "recommender" / "run.json").exists()
    assert finetune.main(given) == 0
    name = "recommender/adapter/adapter_model.safetensors"
    whole, resumed = (load_file(folder / name) for folder in (run, out))
    assert all(torch.equal(whole[key], resumed[key]) for key in whole)
    told = [json.loads((folder / "recommender" / "run.json").read_text()) for folder in (run, out)]
    assert told[0]["loss"] == told[1]["loss"]


def test_trained_models_load_and_answer(run: Path) -> None:
    text = run.parent / "text"
    tuned = TransformersModel.load(text, name="t", adapter=run / "user-summarizer" / "adapter")
    base = TransformersModel.load(text, name="b")
    assert tuned.checkpoint.sha != base.checkpoint.sha


def test_losses_are_compared_on_users_that_no_stage_has_learnt_from(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TASTELINE_HOME", str(run.parent / "home"))
    for module in ("train.finetune", "train.validation"):
        monkeypatch.setattr(f"{module}.embedded_checkpoint", lambda *_: run.parent / "text")
    monkeypatch.setattr("core.weights.embedded_checkpoint", lambda *_: run.parent / "text")
    given = ["--config", str(run.parent / "config.toml"), "--out", str(run), "--max-steps", "2"]
    for loss in validation.LOSSES:
        assert finetune.main([*given, "--loss", loss]) == 0
    out = run.parent / "losses.json"
    assert validation.main(["--run", str(run), "--users", "2", "--out", str(out)]) == 0
    found = json.loads(out.read_text())
    assert list(found["losses"]) == ["answer", "full", "listwise"]
    assert {(row["steps"], row["users"]) for row in found["losses"].values()} == {(2, 6)}
    config = json.loads((run / "recommender-full" / "run.json").read_text())["config"]
    assert config["loss"] == "full"
    compared = validation.Validation(run, Settings.from_environment(), 2)
    held = {history.user_id for _, histories, _ in compared.parts for history in histories}
    shared = {"items": 72, "cache": str(run / "worlds")}
    placed = language.place_worlds({"worlds": [2001], "users": 3} | shared, compared.store)
    learnt = {user.user_id for world, _ in placed for user in world.users}
    assert (learnt, held) == ({"u0001", "u0002", "u0003"}, {"u0004", "u0005"})


def test_a_run_without_its_worlds_validates_nothing(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TASTELINE_HOME", str(run.parent / "home"))
    monkeypatch.setattr(validation, "embedded_checkpoint", lambda *_: run.parent / "text")
    monkeypatch.setattr("core.weights.embedded_checkpoint", lambda *_: run.parent / "text")
    out = shutil.copytree(run, tmp_path / "out")
    (out / "training.db").unlink()
    with pytest.raises(MsrError, match=r"training.db holds none of the worlds 2001 that"):
        validation.Validation(out, Settings.from_environment(), 2)


def test_whatever_a_stage_learns_from_is_held_against_what_is_shipped(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(language, "refuse_shipped", asked.append)
    config = {"worlds": [2001], "users": 3, "items": 72, "cache": str(run / "worlds")}
    placed = language.place_worlds(config, Store(f"sqlite:///{tmp_path / 'store.db'}"))
    assert asked == [world.items for world, _ in placed]

    def refuse(items: Any) -> None:
        raise ValueError(f"{len(items)} items are shipped ones")

    monkeypatch.setattr(vision, "refuse_shipped", refuse)
    tower = {"first_world": 1001, "worlds": 2, "items": 72}
    with pytest.raises(ValueError, match="432 items are shipped ones"):
        vision._pictures(tower, Schedule(steps=1, learning_rate=1.0))


def test_finished_stages_are_not_trained_again(
    run: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TASTELINE_HOME", str(run.parent / "home"))
    monkeypatch.setattr(finetune, "embedded_checkpoint", lambda home, say: run.parent / "text")
    before = (run / "recommender" / "run.json").read_bytes()
    config = str(run.parent / "config.toml")
    assert finetune.main(["--config", config, "--out", str(run)]) == 0
    assert capsys.readouterr().err.count("is finished") == 4
    assert (run / "recommender" / "run.json").read_bytes() == before


def test_a_finished_run_does_not_stand_for_another_one(
    run: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TASTELINE_HOME", str(run.parent / "home"))
    monkeypatch.setattr(finetune, "embedded_checkpoint", lambda home, say: run.parent / "text")
    config = str(run.parent / "config.toml")
    assert finetune.main(["--config", config, "--out", str(run), "--max-steps", "2"]) == 1
    line = "tower holds a run with steps = 20, and this one would have 2. Name another --out"
    assert line in capsys.readouterr().err


def test_a_stage_is_not_kept_beside_an_earlier_one_that_was_trained_anew(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TASTELINE_HOME", str(run.parent / "home"))
    monkeypatch.setattr(finetune, "embedded_checkpoint", lambda home, say: run.parent / "text")
    out = tmp_path / "out"
    shutil.copytree(run, out)
    anew = json.loads((out / "user-summarizer" / "run.json").read_text())
    later = {"finished_at": "2999-01-01T00:00:00+00:00"}
    (out / "user-summarizer" / "run.json").write_text(json.dumps(anew | later))
    assert finetune.main(["--config", str(run.parent / "config.toml"), "--out", str(out)]) == 1
    line = f"{out}/user-summarizer was trained anew after {out}/recommender had begun"
    assert line in capsys.readouterr().err


def test_half_a_stage_is_not_gone_on_with_as_another_one(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def killed(_: object, __: object, ___: object, folder: Path) -> None:
        (folder / "phase-1").mkdir(exist_ok=True)
        raise KeyboardInterrupt

    monkeypatch.setenv("TASTELINE_HOME", str(run.parent / "home"))
    monkeypatch.setattr(finetune, "embedded_checkpoint", lambda home, say: run.parent / "text")
    monkeypatch.setattr(finetune.Finetuning, "_recommender", killed)
    config = tmp_path / "config.toml"
    given = ["--config", str(config), "--stage", "recommender", "--out", str(tmp_path / "out")]
    config.write_text(CONFIG)
    for _ in range(2):  # the same may go on
        with pytest.raises(KeyboardInterrupt):
            finetune.main(given)
    with monkeypatch.context() as elsewhere:  # on a machine that learns in other numbers
        elsewhere.setattr(finetune, "precision", lambda: "float8")
        assert finetune.main(given) == 1
    assert "and this one would have 'float8'" in capsys.readouterr().err
    config.write_text(CONFIG.replace("hard = 0.5", "hard = 0.9"))
    assert finetune.main(given) == 1
    assert "recommender holds a run with phases = " in capsys.readouterr().err


def test_an_adapter_of_another_size_is_not_gone_on_from(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TASTELINE_HOME", str(run.parent / "home"))
    monkeypatch.setattr(finetune, "embedded_checkpoint", lambda home, say: run.parent / "text")
    monkeypatch.setattr("core.weights.embedded_checkpoint", lambda *_: run.parent / "text")
    out = shutil.copytree(run, tmp_path / "out")
    shutil.rmtree(out / "recommender")
    head, stage, rest = CONFIG.partition("[recommender]")
    config = tmp_path / "config.toml"
    config.write_text(head + stage + rest.replace("rank = 8", "rank = 4"))
    assert finetune.main(["--config", str(config), "--out", str(out)]) == 1
    assert "rank = 4, and the adapter that it goes on from 8" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[run]\nseed = 1\n[dreamer]\n", "needs [run] and stages"),
        ("seed = \n", "is not TOML"),
        ("[run]\nseed = 1\n", "has no stage [tower]"),
        (None, "cannot be read"),
        ("[run]\nseed = 1\n[tower]\nsteps = 9\n", "has no 'learning_rate' for this stage"),
        ("[run]\nseed = 1\n[tower]\nlearning_rate = 0.1\nepochs = 2\n", "has no 'steps' for"),
        ("[run]\n[tower]\nlearning_rate = 0.1\nsteps = '9'\n", "steps = '9'; for tower it is a"),
        ("run = 'x'\n", "[run] begins a table"),
        ("[run]\n[tower]\nbatch = 0\n", "batch = 0; for tower it is a number from 1"),
        ("[run]\nusers = 2.5\n[tower]\n", "users = 2.5; for tower it is a number from 1"),
        ("[run]\nphases = [{ users = 0 }]\n[tower]\n", "users = 0; for tower it is a number from"),
        ("[run]\ncandidates = 5\n[tower]\n", "candidates = 5; half of them are negatives"),
        ("[run]\n[recommender]\nloss = 'listwize'\n", "loss = 'listwize'; choose of answer"),
        ("[run]\norder = 'prefrence-first'\n", "order = 'prefrence-first'; choose of"),
    ],
)
def test_unusable_config_gives_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: str | None,
    line: str,
) -> None:
    monkeypatch.setattr(finetune, "embedded_checkpoint", lambda *_: tmp_path)
    file = tmp_path / "c.toml"
    if text is not None:
        file.write_text(text)
    given = ["--config", str(file), "--stage", "tower", "--out", str(tmp_path / "out")]
    assert finetune.main(given) == 1
    assert line in capsys.readouterr().err


def test_a_setting_that_a_phase_lacks_is_named(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TASTELINE_HOME", str(run.parent / "home"))
    monkeypatch.setattr(finetune, "embedded_checkpoint", lambda home, say: run.parent / "text")
    config = tmp_path / "config.toml"
    given = ["--config", str(config), "--out", str(tmp_path / "out"), "--stage", "recommender"]
    for gone in ("share = ", "preferences = "):
        assert gone in CONFIG
        config.write_text(CONFIG.replace(gone, f"un{gone}"))
        assert finetune.main(given) == 1
        assert f"has no {gone.split()[0]!r} for this stage" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (["--max-steps", "0"], "--max-steps: invalid positive value: '0'"),
        (["--stage", "tower", "--loss", "full"], "--loss is of the recommender, and --stage names"),
    ],
)
def test_unusable_arguments_give_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: list[str], line: str
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG)
    with suppress(SystemExit):
        assert finetune.main(["--config", str(config), "--out", str(tmp_path / "o"), *given]) == 1
    assert line in capsys.readouterr().err


def test_comparing_losses_that_were_not_trained_ends_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "losses.json"
    assert validation.main(["--run", str(tmp_path), "--out", str(out)]) == 1
    assert "error: The stage recommender of" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("stage", finetune.ALONE)
def test_small_stages_refuse_several_processes_before_anything_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stage: str
) -> None:
    monkeypatch.setattr("train.finetune.embedded_checkpoint", lambda *_: tmp_path)
    monkeypatch.setattr("train.finetune.Accelerator.num_processes", 2)
    (tmp_path / "config.toml").write_text(CONFIG)
    out = tmp_path / "out"
    given = ["--config", str(tmp_path / "config.toml"), "--out", str(out), "--stage", stage]
    assert finetune.main(given) == 1
    assert f"{stage} is trained by one process" in capsys.readouterr().err
    assert not (out / stage).exists()
