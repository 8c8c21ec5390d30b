"""Random checkpoints of real classes, written by the tests that need them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import (
    AutoConfig,
    LlamaConfig,
    LlamaForCausalLM,
    LlavaNextConfig,
    LlavaNextForConditionalGeneration,
    LlavaNextImageProcessorPil,
    LlavaNextProcessor,
    PreTrainedTokenizerFast,
)

from train.lora import add_lora

TEMPLATE = (
    "{% for m in messages %}[{{ m['role'] }}]\n{% if m['content'] is string %}{{ m['content'] }}"
    "{% else %}{% for c in m['content'] %}{% if c['type'] == 'image' %}<image>\n{% else %}"
    "{{ c['text'] }}{% endif %}{% endfor %}{% endif %}"
    "{% if m['role'] == 'assistant' %}</s>{% endif %}\n{% endfor %}"
    "{% if add_generation_prompt %}[assistant]\n{% endif %}"
)

# As the paper's two models write their turns: LLaVA-v1.6-Mistral-7B, whose pictures always come
# first, and Llama 3, which has a second id to end a turn with.
MISTRAL = (
    "{% for m in messages %}{% if m['role'] == 'user' %}[INST] "
    "{% for c in m['content'] if c['type'] == 'image' %}<image>\n{% endfor %}"
    "{% for c in m['content'] if c['type'] == 'text' %}{{ c['text'] }}{% endfor %} [/INST]"
    "{% else %} {{ m['content'][0]['text'] }}</s>{% endif %}{% endfor %}"
)
LLAMA_3 = (
    "{% for m in messages %}{{ '<s>' if loop.first }}<|start_header_id|>{{ m['role'] }}"
    "<|end_header_id|>\n\n{{ m['content'] | trim }}<|eot_id|>{% endfor %}"
    "{% if add_generation_prompt %}<|start_header_id|>assistant<|end_header_id|>\n\n{% endif %}"
)
LLAMA_3_MARKS = ("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>")
GRIDS = ((28, 28), (28, 56), (56, 28))
GRIDS_7B = ((336, 672), (672, 336), (672, 672), (1008, 336), (336, 1008))  # of tiles of 336 pixels


def _tokenizer(template: str = TEMPLATE) -> Any:
    marks = LLAMA_3_MARKS if template == LLAMA_3 else ()
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=401,
        special_tokens=["<s>", "</s>", "<image>", "<empty_output>", *marks],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(
        [f"{turn}{word}" for turn in ("[assistant]\n", "") for word in ("yes", "no")] * 50
        if template != MISTRAL
        else ["[/INST] yes", "[/INST] no"] * 50,
        trainer,
    )
    if marks:  # it begins every text by itself
        begin = ("<s>", tokenizer.token_to_id("<s>"))
        tokenizer.post_processor = processors.TemplateProcessing("<s> $A", special_tokens=[begin])
    wrapped = PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>")
    wrapped.chat_template = template
    return wrapped


_TEXT = {
    "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "max_position_embeddings": 4096, "initializer_range": 0.2,
}  # fmt: skip


def write_tiny_llama(folder: Path, template: str = TEMPLATE, seed: int = 0) -> Path:
    """Write a random Llama of some ten thousand parameters."""
    tokenizer = _tokenizer(template)
    torch.manual_seed(seed)
    model = LlamaForCausalLM(LlamaConfig(vocab_size=len(tokenizer), **_TEXT))
    if template == LLAMA_3:
        ends = [tokenizer.eos_token_id, tokenizer.convert_tokens_to_ids("<|eot_id|>")]
        model.generation_config.eos_token_id = ends
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def write_tiny_adapter(checkpoint: Path, folder: Path, rank: int = 8, seed: int = 1) -> Path:
    """Write a random LoRA adapter for a tiny checkpoint."""
    config = AutoConfig.from_pretrained(checkpoint)
    eyes = config.model_type == "llava_next"
    kind = LlavaNextForConditionalGeneration if eyes else LlamaForCausalLM
    torch.manual_seed(seed)
    tuned = add_lora(kind.from_pretrained(checkpoint), rank, 2 * rank, 0.0)
    for name, parameter in tuned.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.3)
    tuned.save_pretrained(folder, save_embedding_layers=False)
    return folder


def write_tiny_llava_next(
    folder: Path,
    side: int = 28,
    grids: Sequence[tuple[int, int]] = GRIDS,
    template: str = TEMPLATE,
) -> Path:
    """Write a random LLaVA-NeXT of some ten thousand parameters, with tiles of so many pixels."""
    tokenizer = _tokenizer(template)
    offered = [list(grid) for grid in grids]
    config = LlavaNextConfig(
        vision_config={
            "model_type": "clip_vision_model", "hidden_size": 32, "intermediate_size": 48,
            "num_hidden_layers": 2, "num_attention_heads": 4, "image_size": side, "patch_size": 14,
            "initializer_range": 0.2,
        },
        text_config={"model_type": "mistral", "vocab_size": len(tokenizer), **_TEXT},
        image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
        image_grid_pinpoints=offered,
    )  # fmt: skip
    torch.manual_seed(0)
    LlavaNextForConditionalGeneration(config).save_pretrained(folder)
    LlavaNextProcessor(
        LlavaNextImageProcessorPil(
            size={"shortest_edge": side},
            crop_size={"height": side, "width": side},
            image_grid_pinpoints=offered,
        ),
        tokenizer,
        patch_size=14,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=template,
    ).save_pretrained(folder)
    return folder
