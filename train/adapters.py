"""LoRA adapters: where they go, and how they are kept."""

import json
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file, save_file

ADAPTER = "adapter"  # its folder in that of a stage
WEIGHTS, CONFIG = "adapter_model.safetensors", "adapter_config.json"
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

    Args:
        tuned: a PEFT model.
        folder: to write; weights in bfloat16, and a config that names the checkpoint, no folder.
        base: the checkpoint's name.
    """
    tuned.save_pretrained(folder, save_embedding_layers=False)
    (folder / "README.md").unlink(missing_ok=True)  # an empty model card
    weights = load_file(folder / WEIGHTS)
    rounded = {key: value.to(torch.bfloat16).contiguous() for key, value in weights.items()}
    save_file(rounded, folder / WEIGHTS)
    config: dict[str, Any] = json.loads((folder / CONFIG).read_text("utf-8"))
    config |= {"base_model_name_or_path": base, "inference_mode": True}
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", "utf-8")
