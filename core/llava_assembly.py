"""The embedded vision-language model: LLaVA-NeXT's class around SmolLM2-135M and our small tower.

What is shipped is only ours: tower, projector and the row separator. The language model's weights
come from `core.weights`; both are put together once, in the cache, as an ordinary checkpoint that
`core.transformers_model` loads like LLaVA-NeXT 7B.
"""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoTokenizer,
    LlavaNextConfig,
    LlavaNextForConditionalGeneration,
    LlavaNextImageProcessorPil,
    LlavaNextProcessor,
    PreTrainedTokenizerFast,
)

from core.tower import ConvTowerConfig

SIDE, PATCH = 96, 32  # pixels
TILES = [[SIDE, SIDE]]  # one tile beside the base view: 13 to 21 image tokens
# A special token that SmolLM2 never uses; renamed, it keeps the vocabulary and every other id.
SPARE_TOKEN, IMAGE_TOKEN = "<empty_output>", "<image>"
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{% if message['content'] is string %}{{ message['content'] }}{% else %}"
    "{% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}<image>\n{% else %}{{ part['text'] }}{% endif %}"
    "{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
MODULES = ("vision_tower", "multi_modal_projector")  # ours in the model, with image_newline


def assemble(text: Path, parts: Path, folder: Path) -> None:
    """Write the whole checkpoint as bfloat16 safetensors with its processor.

    Args:
        text: folder of the converted language model.
        parts: our tower, projector and row separator (safetensors).
        folder: to write to.

    Raises:
        RuntimeError: if the parts do not fit, naming the first key.
    """
    model = model_with_parts(text, parts)
    model.to(torch.bfloat16).save_pretrained(folder)
    llava_processor(text).save_pretrained(folder)


def model_with_parts(text: Path, parts: Path) -> Any:
    """The language model with our tower and projector, float32.

    Raises:
        RuntimeError: if the parts do not fit, naming the first key.
    """
    model = untrained_model(text)
    load_parts(model, load_file(parts))
    return model


def untrained_model(text: Path) -> Any:
    """The language model with a random tower and projector, float32."""
    language = AutoModelForCausalLM.from_pretrained(text, dtype=torch.float32)
    config = LlavaNextConfig(
        vision_config=ConvTowerConfig(image_size=SIDE, patch_size=PATCH).to_dict(),
        text_config=AutoConfig.from_pretrained(text).to_dict(),
        image_token_index=AutoTokenizer.from_pretrained(text).convert_tokens_to_ids(SPARE_TOKEN),
        image_grid_pinpoints=TILES,
        vision_feature_layer=-1,
        vision_feature_select_strategy="full",  # there is no class token to leave out
        tie_word_embeddings=True,
    )
    model = LlavaNextForConditionalGeneration(config)
    model.model.language_model.load_state_dict(language.model.state_dict(), strict=True)
    model.tie_weights()
    model.generation_config = language.generation_config
    return model


def load_parts(model: Any, parts: dict[str, Tensor]) -> None:
    """Put our parts into a model, in the model's precision.

    Raises:
        RuntimeError: if a key is missing, unexpected or of another shape.
    """
    for name, part in _modules(model):
        prefix = f"{name}."
        state = {k.removeprefix(prefix): v for k, v in parts.items() if k.startswith(prefix)}
        part.load_state_dict(state, strict=True)
    with torch.no_grad():
        model.model.image_newline.copy_(parts["image_newline"])


def save_parts(model: Any, file: Path) -> None:
    """Write our parts as bfloat16 safetensors."""
    state = {
        f"{name}.{key}": value
        for name, part in _modules(model)
        for key, value in part.state_dict().items()
    }
    state["image_newline"] = model.model.image_newline
    save_file({key: v.detach().to(torch.bfloat16).contiguous() for key, v in state.items()}, file)


def _modules(model: Any) -> list[tuple[str, Any]]:
    return [(name, getattr(model.model, name)) for name in MODULES]


def llava_processor(text: Path) -> Any:
    """The processor: the language model's tokenizer, a picture slot, and 96 px views."""
    tokenizer = AutoTokenizer.from_pretrained(text)
    data = json.loads(tokenizer.backend_tokenizer.to_str())
    data["model"]["vocab"][IMAGE_TOKEN] = data["model"]["vocab"].pop(SPARE_TOKEN)
    for token in data["added_tokens"]:
        if token["content"] == SPARE_TOKEN:
            token["content"] = IMAGE_TOKEN
    renamed = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_str(json.dumps(data)),
        bos_token=tokenizer.bos_token,
        eos_token=tokenizer.eos_token,
        pad_token=tokenizer.pad_token,
        chat_template=TEMPLATE,
    )
    return LlavaNextProcessor(
        LlavaNextImageProcessorPil(
            size={"height": SIDE, "width": SIDE},
            crop_size={"height": SIDE, "width": SIDE},
            image_grid_pinpoints=TILES,
            image_mean=[0.5] * 3,
            image_std=[0.5] * 3,
        ),
        renamed,
        patch_size=PATCH,
        vision_feature_select_strategy="full",
        num_additional_image_tokens=0,
        chat_template=TEMPLATE,
    )
