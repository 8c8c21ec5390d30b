import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from transformers import LlamaForCausalLM

from core.transformers_model import TransformersModel
from tests.tiny_checkpoints import write_tiny_llama
from train import lora
from train.lora import add_lora, save_adapter


def test_kept_adapter_is_rounded_names_no_folder_and_loads(tmp_path: Path) -> None:
    text = write_tiny_llama(tmp_path / "text")
    tuned = add_lora(LlamaForCausalLM.from_pretrained(text), 8, 16, 0.0)
    save_adapter(tuned, tmp_path / "adapter", "SmolLM2-135M-Instruct")
    assert sorted(file.name for file in (tmp_path / "adapter").iterdir()) == [
        "adapter_config.json", "adapter_model.safetensors",
    ]  # fmt: skip
    config = (tmp_path / "adapter" / "adapter_config.json").read_text()
    assert json.loads(config)["base_model_name_or_path"] == "SmolLM2-135M-Instruct"
    assert str(tmp_path) not in config
    weights = load_file(tmp_path / "adapter" / "adapter_model.safetensors")
    assert {value.dtype for value in weights.values()} == {torch.bfloat16}
    assert TransformersModel.load(text, name="t", adapter=tmp_path / "adapter")


def test_an_adapter_is_kept_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = write_tiny_llama(tmp_path / "text")
    tuned = add_lora(LlamaForCausalLM.from_pretrained(text), 8, 16, 0.0)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(lora, "save_file", killed)
        with pytest.raises(KeyboardInterrupt):
            save_adapter(tuned, tmp_path / "adapter", "SmolLM2-135M-Instruct")
    assert not (tmp_path / "adapter").exists()
    save_adapter(tuned, tmp_path / "adapter", "SmolLM2-135M-Instruct")
    assert [file.name for file in tmp_path.glob("adapter*")] == ["adapter"]
