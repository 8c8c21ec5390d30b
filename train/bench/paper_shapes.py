"""Models of the paper's shapes with random weights, for whoever is not at the Hub (ours).

What a pass costs does not depend on the weights' values; what random ones write means nothing. They
speak with the tokenizer at hand, whose vocabulary LLaVA-NeXT's takes here: 49 k words, not 32 k.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from transformers import (
    AutoTokenizer,
    LlamaConfig,
    LlamaForCausalLM,
    LlavaNextConfig,
    LlavaNextForConditionalGeneration,
    LlavaNextImageProcessorPil,
    LlavaNextProcessor,
)

from core.adapters import WEIGHTS, SharedWeights
from core.checkpoints import best_dtype
from core.language_model import Checkpoint
from core.llava_assembly import llava_processor
from core.transformers_model import TransformersModel
from train.lora import CONFIG

SIDE, PATCH = 336, 14  # pixels of LLaVA-NeXT's tiles and patches
GRIDS = [[336, 672], [672, 336], [672, 672], [1008, 336], [336, 1008]]


@dataclass(frozen=True, slots=True)
class Shape:
    """Of Mistral 7B and Llama 3 8B, which differ in their vocabulary, and of CLIP's tower.

    Attributes:
        hidden: width.
        inner: width of the perceptron.
        layers: how many.
        heads: of queries.
        groups: of keys and values.
        vocabulary: tokens of Llama; the other model has those of the tokenizer at hand.
        eyes: width of the tower.
        tower: its layers.
    """

    hidden: int = 4096
    inner: int = 14336
    layers: int = 32
    heads: int = 32
    groups: int = 8
    vocabulary: int = 128_256
    eyes: int = 1024
    tower: int = 24

    @property
    def text(self) -> dict[str, Any]:
        """What either language model's configuration says of it."""
        return {
            "hidden_size": self.hidden,
            "intermediate_size": self.inner,
            "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads,
            "num_key_value_heads": self.groups,
        }


def text_model(shape: Shape, text: Path) -> TransformersModel:
    """A model of the shape of Llama 3 8B that speaks with the tokenizer of the folder `text`."""
    longest = 8192
    config = LlamaConfig(
        vocab_size=shape.vocabulary, rope_theta=5e5, max_position_embeddings=longest, **shape.text
    )
    torch.manual_seed(0)
    with _on_device():
        model = LlamaForCausalLM._from_config(config, dtype=best_dtype())
    tokenizer = AutoTokenizer.from_pretrained(text)
    with torch.no_grad():  # what the tokenizer has no word for is never written
        model.lm_head.weight[len(tokenizer) :] = 0
    return TransformersModel(SharedWeights(model.eval()), tokenizer, Checkpoint("Llama", "random"))


def write_llava(shape: Shape, text: Path, folder: Path) -> Path:
    """Write a checkpoint of the shape of LLaVA-v1.6-Mistral-7B with its processor's settings."""
    small = llava_processor(text)
    eyes = {
        "model_type": "clip_vision_model",
        "hidden_size": shape.eyes,
        "intermediate_size": 4 * shape.eyes,
        "num_hidden_layers": shape.tower,
        "num_attention_heads": shape.eyes // 64,
        "image_size": SIDE,
        "patch_size": PATCH,
        "projection_dim": 768,
    }
    words = {
        "model_type": "mistral",
        "vocab_size": max(small.tokenizer.get_vocab().values()) + 1,
        "rope_theta": 1e6,
        "max_position_embeddings": 32_768,
        "sliding_window": None,
    }
    config = LlavaNextConfig(
        vision_config=eyes,
        text_config=words | shape.text,
        image_token_index=small.tokenizer.convert_tokens_to_ids(small.image_token),
        image_grid_pinpoints=GRIDS,
    )
    torch.manual_seed(0)
    with _on_device():
        model = LlavaNextForConditionalGeneration._from_config(config, dtype=best_dtype())
    model.save_pretrained(folder)
    pictures = LlavaNextImageProcessorPil(
        size={"shortest_edge": SIDE},
        crop_size={"height": SIDE, "width": SIDE},
        image_grid_pinpoints=GRIDS,
    )
    LlavaNextProcessor(
        pictures,
        small.tokenizer,
        patch_size=PATCH,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=small.tokenizer.chat_template,
    ).save_pretrained(folder)
    return folder


def write_adapter(shape: Shape, folder: Path, assets: Path) -> Path:
    """Write a random LoRA adapter with the configuration of the shipped recommender's."""
    config = json.loads((assets / "embedded" / "recommender" / CONFIG).read_text("utf-8"))
    key = shape.hidden // shape.heads * shape.groups
    sizes = {
        "self_attn.q_proj": (shape.hidden, shape.hidden),
        "self_attn.k_proj": (shape.hidden, key),
        "self_attn.v_proj": (shape.hidden, key),
        "self_attn.o_proj": (shape.hidden, shape.hidden),
        "mlp.gate_proj": (shape.hidden, shape.inner),
        "mlp.up_proj": (shape.hidden, shape.inner),
        "mlp.down_proj": (shape.inner, shape.hidden),
    }
    torch.manual_seed(0)
    weights = {}
    for layer in range(shape.layers):
        for name, (given, found) in sizes.items():
            prefix = f"base_model.model.model.language_model.layers.{layer}.{name}"
            weights[f"{prefix}.lora_A.weight"] = 0.01 * torch.randn(config["r"], given)
            weights[f"{prefix}.lora_B.weight"] = 0.01 * torch.randn(found, config["r"])
    folder.mkdir()
    save_file(weights, folder / WEIGHTS)
    (folder / CONFIG).write_text(json.dumps(config), "utf-8")
    return folder


def _on_device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
