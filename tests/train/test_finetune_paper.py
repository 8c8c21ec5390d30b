"""The paper's config on a prepared data set, end to end in 4 bits, with tiny random checkpoints."""

import csv
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from PIL import Image
from safetensors.torch import load_file

pytest.importorskip("skia", reason="train.finetune can draw worlds (extra: train)")
pytest.importorskip("matplotlib", reason="losses are drawn with matplotlib (extra: train)")

from core.datasets.sources import microlens_source
from core.language_model import Decoding
from core.models import load_models
from core.scorer_card import ScorerCard
from core.settings import REPOSITORY, Settings
from core.store import Store
from core.store.importer import import_dataset
from tests.tiny_checkpoints import write_tiny_llama, write_tiny_llava_next
from train import finetune, language

CONFIG = REPOSITORY / "train" / "configs" / "paper.toml"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    llava, llama = write_tiny_llava_next(tmp_path / "llava"), write_tiny_llama(tmp_path / "llama")

    def source(checkpoint: str, *_: object) -> Path:
        return llava if "llava" in checkpoint else llama

    monkeypatch.setattr("core.models.checkpoint_source", source)
    monkeypatch.setattr("core.checkpoints.has_gpu", lambda: True)  # the tiny ones need none
    monkeypatch.setattr(finetune, "checkpoint_source", source)
    short = Decoding(max_new_tokens=4)
    monkeypatch.setattr("core.item_summary.DECODING", short)
    monkeypatch.setattr("train.pipeline.DECODING", short)
    monkeypatch.setenv("TASTELINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TASTELINE_4BIT", "1")
    rng, root = Random(1), tmp_path / "clips"
    (root / "clips_covers").mkdir(parents=True)
    with (root / "clips_titles.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("item", "title"))
        for item in range(1, 31):
            rows.writerow((item, f"Clip {item}"))
            Image.new("RGB", (40, 28), (8 * item, 90, 10)).save(root / f"clips_covers/{item}.jpg")
    pairs = (
        f"u{user}\t{' '.join(map(str, rng.sample(range(1, 31), 5)))}\n" for user in range(1, 25)
    )
    (root / "clips_pairs.tsv").write_text("".join(pairs))
    store = Store(f"sqlite:///{tmp_path / 'home' / 'tasteline.db'}")
    import_dataset(store, microlens_source(root, "microlens"))
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
    adapter = json.loads((out / "recommender/adapter/adapter_config.json").read_text())
    assert adapter["r"] == 8
    card = ScorerCard.read(out / "recommender/adapter")
    assert (card.base, card.order) == ("llava-hf/llava-v1.6-mistral-7b-hf", "image-first")
    settings = replace(Settings.from_environment(), adapter=str(out / "recommender/adapter"))
    tuned = load_models(settings, Store(settings.database_url), profile_name="paper")
    assert tuned.recommender.checkpoint.name == f"{card.base} + adapter"


SCRIPT = """
import sys
from pathlib import Path
root, home = sys.argv[1:3]
sys.path.insert(0, root)
import core.checkpoints, core.item_summary, core.models, train.pipeline
from core.language_model import Decoding
from train import finetune
def source(checkpoint, *_):
    return Path(home) / ("llava" if "llava" in checkpoint else "llama")
core.models.checkpoint_source = finetune.checkpoint_source = source
core.checkpoints.has_gpu = lambda: True
core.item_summary.DECODING = train.pipeline.DECODING = Decoding(max_new_tokens=4)
sys.exit(finetune.main(sys.argv[3:]))
"""


def test_two_processes_go_through_the_same_epochs_together(home: Path) -> None:
    text = CONFIG.read_text().replace("accumulation = 8", "accumulation = 1")
    (home / "short.toml").write_text(text.replace("epochs = 10", "epochs = 1\nusers = 4"))
    (home / "run.py").write_text(SCRIPT)
    environment = {
        **os.environ, "ACCELERATE_USE_CPU": "1", "OMP_NUM_THREADS": "1", "TASTELINE_4BIT": "0"
    }  # fmt: skip
    steps = []
    for processes in (1, 2):
        out = home / f"out-{processes}"
        command = [
            sys.executable, "-m", "torch.distributed.run", "--nproc_per_node", str(processes),
            "--standalone", str(home / "run.py"), str(REPOSITORY), str(home),
            "--config", str(home / "short.toml"), "--out", str(out),
        ]  # fmt: skip
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=REPOSITORY, env=environment, timeout=600
        )
        assert done.returncode == 0, done.stderr[-2000:]
        steps.append(json.loads((out / "recommender/run.json").read_text())["steps"])
        adapter = out / "recommender/adapter"
        assert load_file(adapter / "adapter_model.safetensors")
        assert ScorerCard.read(adapter).order == "image-first"
    assert steps == [8, 4]  # four users of two blocks each


def test_more_steps_than_the_epochs_have_are_not_taken(home: Path) -> None:
    text = CONFIG.read_text().replace("accumulation = 8", "accumulation = 1")
    config, out = home / "few.toml", home / "few"
    config.write_text(text.replace("epochs = 10", "epochs = 1\nusers = 2"))
    given = ["--config", str(config), "--out", str(out), "--max-steps", "50"]
    assert finetune.main(given) == 0
    assert json.loads((out / "recommender/run.json").read_text())["steps"] == 4


def test_choices_of_training_users_never_hold_a_test_users_next_item(home: Path) -> None:
    store = Store(f"sqlite:///{home / 'home' / 'tasteline.db'}")
    split = finetune.split_users(store.user_ids("microlens", shortest=3))
    assert not set(split.train) & set(split.test)
    models = load_models(Settings.from_environment(), store, profile_name="paper")
    users = split.train[:3]
    choices = language.real_choices({"dataset": "microlens"}, store, models, users, seed=1)
    assert len(choices) == 3 * 2  # two blocks of four read items
    for number, user in enumerate(users):
        touched = store.touched("microlens", user)
        first, last = choices[2 * number : 2 * number + 2]
        assert [item.item_id for item in first.taken] == list(touched[3:4])
        assert [item.item_id for item in last.taken] == [touched[4]]
        for choice in (first, last):
            assert not {item.item_id for item in choice.left} & set(touched)
            assert len(choice.left) == 3


def test_where_cold_items_are_withheld_no_choice_holds_one(home: Path) -> None:
    store = Store(f"sqlite:///{home / 'home' / 'tasteline.db'}")
    models = load_models(Settings.from_environment(), store, profile_name="paper")
    cold = language.cold_items("microlens", store.item_ids("microlens"))
    users = finetune.split_users(store.user_ids("microlens", shortest=3)).train
    assert any(cold & set(store.touched("microlens", user)) for user in users)
    config = {"dataset": "microlens", "cold": True}
    choices = language.real_choices(config, store, models, users, seed=1)
    assert choices
    for choice in choices:
        assert choice.taken
        assert not {item.item_id for item in (*choice.taken, *choice.left)} & cold
