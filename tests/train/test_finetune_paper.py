"""The paper's config on a prepared data set, end to end in 4 bits, with tiny random checkpoints."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from safetensors.torch import load_file

pytest.importorskip("skia", reason="train.finetune can draw worlds (extra: train)")
pytest.importorskip("matplotlib", reason="losses are drawn with matplotlib (extra: train)")

from core.language_model import Decoding
from core.models import load_models
from core.scorer_card import ScorerCard
from core.settings import REPOSITORY, Settings
from core.store import Store
from tests.clips import import_clips
from tests.tiny_checkpoints import write_tiny_llama, write_tiny_llava_next
from train import finetune

CONFIG = REPOSITORY / "train" / "configs" / "paper.toml"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    llava, llama = write_tiny_llava_next(tmp_path / "llava"), write_tiny_llama(tmp_path / "llama")

    def source(checkpoint: str, *_: object) -> Path:
        return llava if "llava" in checkpoint else llama

    monkeypatch.setattr("core.local_models.checkpoint_source", source)
    monkeypatch.setattr("core.checkpoints.has_gpu", lambda: True)  # the tiny ones need none
    monkeypatch.setattr(finetune, "checkpoint_source", source)
    short = Decoding(max_new_tokens=4)
    monkeypatch.setattr("core.item_summary.DECODING", short)
    monkeypatch.setattr("train.pipeline.DECODING", short)
    monkeypatch.setenv("TASTELINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TASTELINE_4BIT", "1")
    import_clips(Store(f"sqlite:///{tmp_path / 'home' / 'tasteline.db'}"), tmp_path / "clips")
    return tmp_path


def test_paper_config_fine_tunes_a_recommender_in_four_bits(home: Path) -> None:
    out = home / "out"
    given = ["--config", str(CONFIG), "--max-steps", "2", "--out", str(out)]
    assert finetune.main(given) == 0
    run = json.loads((out / "recommender" / "run.json").read_text())
    config = run["config"]
    assert (config["rank"], config["learning_rate"], config["accumulation"]) == (8, 2e-5, 8)
    assert (config["batch"], config["epochs"], config["loss"]) == (1, 10, "full")
    assert run["steps"] == 2
    assert (config["quantize"], config["image_tokens"]) == (True, None)
    assert config["shipped"] is None  # nothing of ours enters: new weights change nothing
    adapter = json.loads((out / "recommender/adapter/adapter_config.json").read_text())
    assert adapter["r"] == 8
    card = ScorerCard.read(out / "recommender/adapter")
    assert (card.base, card.order) == ("llava-hf/llava-v1.6-mistral-7b-hf", "image-first")
    settings = replace(Settings.from_environment(), adapter=str(out / "recommender/adapter"))
    tuned = load_models(settings, Store(settings.database_url), profile_name="paper")
    assert tuned.recommender.checkpoint.name == f"{card.base} + adapter"


def test_adapters_that_begin_as_strangers_are_not_averaged(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = home / "config.toml"
    config.write_text(CONFIG.read_text().replace("[recommender]", "[recommender]\naveraged = 3"))
    given = ["--config", str(config), "--max-steps", "2", "--out", str(home / "out")]
    assert finetune.main(given) == 1
    assert "the profile paper has none; leave out `averaged`" in capsys.readouterr().err


SCRIPT = """
import sys
from pathlib import Path
root, home = sys.argv[1:3]
sys.path.insert(0, root)
import core.checkpoints, core.item_summary, core.local_models, train.pipeline
from core.language_model import Decoding
from train import finetune
def source(checkpoint, *_):
    return Path(home) / ("llava" if "llava" in checkpoint else "llama")
core.local_models.checkpoint_source = finetune.checkpoint_source = source
core.checkpoints.has_gpu = lambda: True
core.item_summary.DECODING = train.pipeline.DECODING = Decoding(max_new_tokens=4)
sys.exit(finetune.main(sys.argv[3:]))
"""


def test_two_processes_go_through_the_same_epochs_together(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = CONFIG.read_text().replace("accumulation = 8", "accumulation = 1")
    (home / "short.toml").write_text(text.replace("epochs = 10", "epochs = 1\nusers = 4"))
    (home / "run.py").write_text(SCRIPT)
    monkeypatch.setenv("TASTELINE_4BIT", "0")
    given = ["--config", str(home / "short.toml"), "--out"]
    assert finetune.main([*given, str(home / "alone")]) == 0
    command = [
        sys.executable, "-m", "torch.distributed.run", "--nproc_per_node", "2", "--standalone",
        str(home / "run.py"), str(REPOSITORY), str(home), *given, str(home / "together"),
    ]  # fmt: skip
    environment = {**os.environ, "ACCELERATE_USE_CPU": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=REPOSITORY, env=environment, timeout=600
    )
    assert done.returncode == 0, done.stderr[-2000:]
    for out, steps in (("alone", 8), ("together", 4)):  # four users of two blocks each
        adapter = home / out / "recommender" / "adapter"
        assert json.loads(adapter.with_name("run.json").read_text())["steps"] == steps
        assert load_file(adapter / "adapter_model.safetensors")
        assert ScorerCard.read(adapter).order == "image-first"


def test_more_steps_than_the_epochs_have_are_not_taken(home: Path) -> None:
    text = CONFIG.read_text().replace("accumulation = 8", "accumulation = 1")
    config, out = home / "few.toml", home / "few"
    config.write_text(text.replace("epochs = 10", "epochs = 1\nusers = 2"))
    given = ["--config", str(config), "--out", str(out), "--max-steps", "50"]
    assert finetune.main(given) == 0
    assert json.loads((out / "recommender/run.json").read_text())["steps"] == 4
