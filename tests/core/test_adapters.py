import json
import time
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from core import prompts
from core.adapters import WEIGHTS, find_adapter
from core.errors import WeightsError
from core.language_model import Decoding
from core.streams import drain
from core.transformers_model import TransformersModel
from tests.core.questions import asked, margins, picture
from tests.tiny_checkpoints import write_tiny_adapter


def test_adapter_changes_scores_and_the_identity(
    tiny_llava_checkpoint: Path, llava: TransformersModel, tmp_path: Path
) -> None:
    adapter = write_tiny_adapter(tiny_llava_checkpoint, tmp_path / "adapter")
    load = partial(TransformersModel.load, tiny_llava_checkpoint, dtype=torch.float32)
    tuned, four_bit = load(name="t", adapter=adapter), load(name="q", quantize=True)
    batch = asked("preference-first", covers=True)
    base, merged = margins(llava, batch), margins(tuned, batch)
    assert max(abs(a - b) for a, b in zip(base, merged, strict=True)) > 1e-2
    assert margins(four_bit.beside(adapter, "t"), batch) != margins(four_bit, batch)
    assert tuned.checkpoint.sha != llava.checkpoint.sha


@pytest.mark.parametrize(("source", "commit"), [("me/mine", None), ("me/mine@4f2a91c", "4f2a91c")])
def test_an_adapter_of_the_hub_is_asked_for_by_its_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, commit: str | None
) -> None:
    asked_for: list[tuple[str, str | None]] = []

    def download(name: str, *, revision: str | None, allow_patterns: list[str]) -> str:
        assert not any(fnmatch("adapter_model.bin", pattern) for pattern in allow_patterns)
        asked_for.append((name, revision))
        (tmp_path / WEIGHTS).touch()
        return str(tmp_path)

    monkeypatch.setattr("core.adapters.snapshot_download", download)
    assert find_adapter(source) == tmp_path
    assert asked_for == [("me/mine", commit)]


def test_a_model_answers_one_question_at_a_time(
    tiny_llava_checkpoint: Path, tmp_path: Path
) -> None:
    """Those beside each other share their weights, and an adapter is switched in them."""
    base = TransformersModel.load(tiny_llava_checkpoint, name="base", dtype=torch.float32)
    tuned = base.beside(write_tiny_adapter(tiny_llava_checkpoint, tmp_path / "adapter"), "t")
    layer = base._model.model.language_model.layers[0]
    layer.register_forward_pre_hook(lambda *_: time.sleep(0.002))  # so that others get their turn
    models, batch = (base, tuned), asked("preference-first", covers=False)
    alone = [margins(model, batch) for model in models]
    assert alone[0] != alone[1]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda n: margins(models[n % 2], batch), range(32)))
    for number, answers in enumerate(found):
        assert answers == pytest.approx(alone[number % 2], abs=1e-5)


def test_adapters_beside_the_weights_answer_in_turn_with_the_base_model(
    tiny_llava_checkpoint: Path, llava: TransformersModel, tmp_path: Path
) -> None:
    load = partial(TransformersModel.load, tiny_llava_checkpoint, dtype=torch.float32)
    folders = [
        write_tiny_adapter(tiny_llava_checkpoint, tmp_path / f"v1.{n}", seed=n) for n in (4, 5)
    ]
    base = load(name="base")
    beside = [base.beside(folder, "t") for folder in folders]
    assert base.beside(folders[0], "again").checkpoint.sha == beside[0].checkpoint.sha
    batch = asked("preference-first", covers=True)
    for _ in range(2):  # whoever answered before
        assert margins(base, batch) == margins(llava, batch)
        for model, folder in zip(beside, folders, strict=True):
            merged = margins(load(name="t", adapter=folder), batch)
            # One adds to the weights, the other to what they give: by CPU, 1e-5 apart. An adapter
            # itself moves a margin by more than 1e-2, see above.
            assert margins(model, batch) == pytest.approx(merged, abs=5e-5)
    described = [
        drain(model.generate(prompts.image_description(picture(9), "video"), Decoding(12))).text
        for model in (llava, base, load(name="t", adapter=folders[0]), beside[0])
    ]
    assert described[0] == described[1] != described[2] == described[3]
    assert len({m.checkpoint.sha for m in (base, *beside)}) == 3
    assert "-beside-float32" in beside[0].checkpoint.sha


def test_adapter_of_another_model_is_refused(
    tiny_llava_checkpoint: Path, tiny_text_checkpoint: Path, tmp_path: Path
) -> None:
    adapter = write_tiny_adapter(tiny_text_checkpoint, tmp_path / "adapter")
    weights = load_file(adapter / "adapter_model.safetensors")
    weights.pop(next(iter(weights)))
    save_file(weights, adapter / "adapter_model.safetensors")
    with pytest.raises(WeightsError, match="does not fit its model: 1 weights differ"):
        TransformersModel.load(tiny_text_checkpoint, name="t", adapter=adapter)
    with pytest.raises(WeightsError, match="could not be loaded"):
        TransformersModel.load(tiny_text_checkpoint, name="t", adapter=tmp_path / "nothing")
    base = TransformersModel.load(tiny_text_checkpoint, name="t", dtype=torch.float32)
    batch = asked("preference-first", covers=False)
    before = margins(base, batch)
    for _ in range(2):  # asking again does not let it in
        with pytest.raises(WeightsError, match="does not fit its model: 1 weights differ"):
            base.beside(adapter, "t")
        assert margins(base, batch) == before
    shape = write_tiny_adapter(tiny_text_checkpoint, tmp_path / "shape", rank=4)
    config = json.loads((shape / "adapter_config.json").read_text())
    (shape / "adapter_config.json").write_text(json.dumps(config | {"r": 8}))
    with pytest.raises(WeightsError, match="could not be loaded"):
        base.beside(shape, "t")
    assert margins(base, batch) == before
    good = write_tiny_adapter(tiny_text_checkpoint, tmp_path / "good")
    tuned = margins(base.beside(good, "t"), batch)
    with pytest.raises(WeightsError, match="does not fit its model"):
        base.beside(adapter, "t")
    assert margins(base, batch) == before
    assert margins(base.beside(good, "t"), batch) == tuned != before


def test_adapter_that_came_only_in_part_is_refused_in_one_line(
    tiny_text_checkpoint: Path, tmp_path: Path
) -> None:
    adapter = write_tiny_adapter(tiny_text_checkpoint, tmp_path / "adapter")
    file = adapter / "adapter_model.safetensors"
    file.write_bytes(file.read_bytes()[:-100])
    load = partial(TransformersModel.load, tiny_text_checkpoint, name="t", dtype=torch.float32)
    with pytest.raises(WeightsError, match=r"^The adapter \S+ could not be loaded: .+$"):
        load(adapter=adapter)
    with pytest.raises(WeightsError, match=r"^The adapter \S+ could not be loaded: .+$"):
        load().beside(adapter, "t")


@pytest.mark.parametrize(
    "config",
    [
        [],
        {"peft_type": "WARP"},
        {"r": "8"},
        {"lora_alpha": None},
        {"target_modules": "(("},
        {"rank_pattern": [1]},
    ],
)
def test_adapter_with_a_damaged_configuration_is_refused_and_leaves_no_trace(
    tiny_text_checkpoint: Path, tmp_path: Path, config: dict[str, object] | list[object]
) -> None:
    adapter = write_tiny_adapter(tiny_text_checkpoint, tmp_path / "adapter")
    good = write_tiny_adapter(tiny_text_checkpoint, tmp_path / "good")
    file = adapter / "adapter_config.json"
    whole = json.loads(file.read_text())
    file.write_text(json.dumps(whole | config if isinstance(config, dict) else config))
    load = partial(TransformersModel.load, tiny_text_checkpoint, name="t", dtype=torch.float32)
    batch = asked("preference-first", covers=False)
    with pytest.raises(WeightsError):
        load(adapter=adapter)
    base = load()
    before, tuned = margins(base, batch), margins(load(adapter=good), batch)
    for _ in range(2):  # before there is an adapter beside the weights, and after
        for _ in range(2):  # asking again does not let it in
            with pytest.raises(WeightsError):
                base.beside(adapter, "t")
        assert margins(base, batch) == before
        assert margins(base.beside(good, "t"), batch) == pytest.approx(tuned, abs=1e-5)


@pytest.mark.parametrize(
    "change",
    [
        {"bias": "lora_only"},
        {"init_lora_weights": "olora"},
        {"init_lora_weights": False},
        {"layer_replication": [[0, 2], [0, 2]]},
        {"modules_to_save": ["lm_head"]},
        {"trainable_token_indices": [1]},
    ],
)
def test_adapter_that_would_change_the_base_model_does_not_stand_beside_it(
    tiny_text_checkpoint: Path, tmp_path: Path, change: dict[str, object]
) -> None:
    adapter = write_tiny_adapter(tiny_text_checkpoint, tmp_path / "adapter")
    config = json.loads((adapter / "adapter_config.json").read_text())
    (adapter / "adapter_config.json").write_text(json.dumps(config | change))
    base = TransformersModel.load(tiny_text_checkpoint, name="t", dtype=torch.float32)
    batch = asked("preference-first", covers=False)
    before = margins(base, batch)
    with pytest.raises(WeightsError, match="cannot stand beside"):
        base.beside(adapter, "t")
    assert margins(base, batch) == before
