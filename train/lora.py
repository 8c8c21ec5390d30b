"""LoRA adapters: where they go, and how they are kept."""

import json
import shutil
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from accelerate import PartialState
from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file, save_file

from core.adapters import WEIGHTS
from core.prompts import PREFERENCE_CHARACTERS, QUESTIONS
from core.scorer_card import ScorerCard

ADAPTER = "adapter"  # its folder in that of a stage
CONFIG = "adapter_config.json"
# Anchored at the language model's layers: "q_proj" alone would also match the vision tower's.
TARGETS = (
    r".*(?:language_model|^model|\.model)\.layers\.\d+\."
    r"(?:self_attn\.[qkvo]_proj|mlp\.(?:gate|up|down)_proj)"
)


def add_lora(model: Any, rank: int, alpha: int, dropout: float) -> Any:
    """Put a LoRA adapter into the language model's layers; nothing else of the model learns.

    Adapter weights are float32 whatever the model's precision: small steps would round to nothing.
    """
    config = LoraConfig(
        r=rank,
        lora_alpha=alpha,
        lora_dropout=dropout,
        target_modules=TARGETS,
        task_type="CAUSAL_LM",
    )
    return get_peft_model(model, config)


def save_adapter(tuned: Any, folder: Path, base: str) -> None:
    """Keep an adapter as it will be shipped, so that what is measured is what is shipped.

    Of several processes the first one writes, and the others wait for it.

    Args:
        tuned: a PEFT model.
        folder: to write; weights in bfloat16, and a config that names the checkpoint, no folder.
        base: the checkpoint's name.
    """
    processes = PartialState()
    if processes.is_main_process:
        _write(tuned, folder, base)
    processes.wait_for_everyone()


def _write(tuned: Any, folder: Path, base: str) -> None:
    """Whole, or not at all: a killed training must not leave what looks like an adapter."""
    scratch = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(scratch, ignore_errors=True)
    tuned.save_pretrained(scratch, save_embedding_layers=False)
    (scratch / "README.md").unlink(missing_ok=True)  # an empty model card
    weights = load_file(scratch / WEIGHTS)
    rounded = {key: value.to(torch.bfloat16).contiguous() for key, value in weights.items()}
    save_file(rounded, scratch / WEIGHTS)
    config: dict[str, Any] = json.loads((scratch / CONFIG).read_text("utf-8"))
    config |= {"base_model_name_or_path": base, "inference_mode": True}
    (scratch / CONFIG).write_text(json.dumps(config, indent=1) + "\n", "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    scratch.rename(folder)


def write_card(
    adapter: Path,
    *,
    base: str,
    base_sha: str,
    base_weights: str,
    labels: Sequence[int],
    tiles: Sequence[Sequence[int]],
    config: Mapping[str, Any],
    platt: tuple[float, float] = (1.0, 0.0),
) -> None:
    """Write ``scorer_card.json`` beside a recommender's adapter.

    Args:
        adapter: its folder.
        base: name of the checkpoint it was trained on.
        base_sha: of all of that checkpoint's files.
        base_weights: of its weights.
        labels: token ids of yes and no.
        tiles: picture sizes of that checkpoint's processor.
        config: that it was trained with: its order and loss.
        platt: scale and shift; as they stand, P(yes) is not calibrated.
    """
    yes, no = labels
    scale, shift = platt
    ScorerCard(
        base=base,
        base_sha=base_sha,
        base_weights=base_weights,
        prompt_version=QUESTIONS[config["order"]],
        order=config["order"],
        yes_id=yes,
        no_id=no,
        preference_characters=PREFERENCE_CHARACTERS,
        tiles=[list(tile) for tile in tiles],
        loss=config["loss"],
        scale=round(scale, 4),
        shift=round(shift, 4),
        transformers=version("transformers"),
    ).write(adapter)
