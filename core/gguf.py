"""From a GGUF file to a checkpoint that transformers can load, once."""

from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.utils import logging as transformers_logging

from core.errors import WeightsError

transformers_logging.disable_progress_bar()


def convert_gguf(gguf: Path, folder: Path) -> None:
    """Write a GGUF checkpoint as bfloat16 safetensors with its tokenizer.

    A model loaded from GGUF keeps its packing and cannot be saved; its values in a fresh model
    can. Values are unpacked to float32 first and rounded once.
    """
    packed = AutoModelForCausalLM.from_pretrained(
        gguf.parent, gguf_file=gguf.name, dtype=torch.float32
    )
    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    config = packed.config
    if hasattr(config, "quantization_config"):
        del config.quantization_config
    plain = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    plain.load_state_dict(packed.state_dict(), strict=True)
    if not all(bool(value.isfinite().all()) for value in plain.state_dict().values()):
        raise WeightsError("The GGUF file unpacked to values that are not finite.")
    plain.to(torch.bfloat16).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
