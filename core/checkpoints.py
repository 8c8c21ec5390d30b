"""Checkpoints from disk or the Hub: loading, precision, identity."""

import hashlib
import json
import threading
import time
from functools import cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoProcessor,
    AutoTokenizer,
    BitsAndBytesConfig,
    LlavaNextForConditionalGeneration,
)
from transformers.utils import cached_file
from transformers.utils import logging as transformers_logging
from transformers.utils.hub import extract_commit_hash

import core.tower  # noqa: F401  (registers the embedded tower)
from core import attention
from core.errors import WeightsError

transformers_logging.disable_progress_bar()  # progress is reported by whoever waits for it

# bitsandbytes quantises whatever is not named in full: the tower, the projector and the head.
KEEP_PRECISION = ["model.vision_tower", "model.multi_modal_projector", "lm_head"]
# Of a configuration; they say nothing of what the weights compute.
CHANCE = frozenset({"_name_or_path", "transformers_version"})
_TIMING = threading.Lock()


def load_frozen(
    source: str | Path,
    *,
    quantize: bool,
    dtype: torch.dtype,
    revision: str | None = None,
) -> tuple[Any, Any]:
    """Load a checkpoint and its processor, or tokenizer, to the device; nothing in it learns.

    Args:
        source: folder, or ``owner/name`` on the Hugging Face Hub.
        quantize: 4-bit NF4 weights for the language layers.
        dtype: of the weights.
        revision: commit on the Hub; the newest when None.

    Raises:
        ValueError: if weights are missing; whatever else transformers and others raise.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"  # of several, the process's own
    options: dict[str, Any] = {"dtype": dtype, "use_safetensors": True, "revision": revision}
    if quantize:
        options["device_map"] = device
        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=dtype,
            llm_int8_skip_modules=KEEP_PRECISION,
        )
    if AutoConfig.from_pretrained(source, revision=revision).model_type == "llava_next":
        # torchvision's resizing rounds otherwise, and nothing that is remembered says whose it was.
        processor = AutoProcessor.from_pretrained(source, revision=revision, backend="pil")
        architecture: Any = LlavaNextForConditionalGeneration
    else:
        processor = AutoTokenizer.from_pretrained(source, revision=revision)
        architecture = AutoModelForCausalLM
    model, told = architecture.from_pretrained(source, output_loading_info=True, **options)
    torch.backends.cudnn.allow_tf32 = False  # float32 is to be float32, of convolutions, too
    if missing := sorted(told["missing_keys"]):  # transformers would draw them at random
        raise ValueError(f"{len(missing)} weights are missing, the first is {missing[0]}.")
    model.requires_grad_(False)
    return model if quantize else model.to(device), processor


def has_gpu() -> bool:
    """Whether torch can use a GPU of this machine."""
    return bool(torch.cuda.is_available())


def must_quantize(gigabytes: float) -> bool:
    """Whether a GPU is here whose memory does not hold so much, with a tenth left to work in."""
    if not torch.cuda.is_available():
        return False
    return bool(torch.cuda.get_device_properties(0).total_memory / 1e9 < 1.1 * gigabytes)


def best_dtype(exact: bool = False) -> torch.dtype:
    """bfloat16 where the machine computes in it, else float16 on old GPUs and float32 on CPUs.

    `exact` asks for float32: bfloat16 puts candidates that are close in another order.
    """
    if exact:
        return torch.float32
    if torch.cuda.is_available():
        return torch.bfloat16 if torch.cuda.is_bf16_supported(False) else torch.float16
    return torch.bfloat16 if _bfloat16_pays() else torch.float32


def _bfloat16_pays() -> bool:
    with _TIMING:  # two at once would set the threads of each other
        return _is_bfloat16_faster()


@cache
def _is_bfloat16_faster() -> bool:
    """Whether this CPU multiplies bfloat16 matrices faster: measured, flags promise too much."""

    def seconds(dtype: torch.dtype) -> float:
        given, weight = torch.ones(256, 576, dtype=dtype), torch.ones(1536, 576, dtype=dtype)
        times = []
        for _ in range(20):  # the first one sets up
            started = time.perf_counter()
            functional.linear(given, weight)
            times.append(time.perf_counter() - started)
        return min(times)

    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # several wait for each other on a busy machine, and so mismeasure
    try:
        return seconds(torch.bfloat16) < 0.8 * seconds(torch.float32)
    finally:
        torch.set_num_threads(threads)


def made_fast(model: Any) -> Any:
    """A model that a CPU computes no slower than it must, in its precision.

    Its attention suits bfloat16, see `core.attention`. And its head is handed the last states of a
    batch in one piece: from a slice, torch multiplies row by row, with a copy of the head for each.
    With a GPU nothing is changed: a model that is not there yet is on its way.
    """
    if torch.cuda.is_available():
        return model
    if model.dtype == torch.bfloat16:
        model.set_attn_implementation(attention.NAME)
    model.lm_head.register_forward_pre_hook(_in_one_piece)
    return model


def _in_one_piece(_: Any, given: tuple[Tensor]) -> tuple[Tensor]:
    return (given[0].contiguous(),)


def fingerprint(
    source: str | Path, revision: str | None = None, *, weights_only: bool = False
) -> str:
    """Identify weights: the commit of a Hub checkpoint, or a SHA-256 over a folder's files.

    The same folder has the same one on every machine: what a library writes about itself and about
    folders beside it in a config is left out. A scorer card beside an adapter counts.

    Args:
        source: folder, or ``owner/name`` on the Hugging Face Hub.
        revision: commit on the Hub.
        weights_only: of a folder, read its safetensors alone; other versions of a library write
            other configurations beside the same weights.
    """
    folder = Path(source)
    if not folder.is_dir():
        config = cached_file(str(source), "config.json", revision=revision)
        commit = extract_commit_hash(config, None)
        if commit is None:
            raise WeightsError(f"The revision of {source} cannot be told from its cache.")
        return str(commit)
    digest = hashlib.sha256()
    pattern = "*.safetensors" if weights_only else "*"
    for file in sorted(file for file in folder.glob(pattern) if file.is_file()):
        digest.update(file.name.encode())
        if file.name.endswith("config.json"):
            config = json.loads(
                file.read_text("utf-8"),
                object_hook=lambda part: {key: part[key] for key in part.keys() - CHANCE},
            )
            content = hashlib.sha256(json.dumps(config, sort_keys=True).encode())
        else:
            with file.open("rb") as opened:
                content = hashlib.file_digest(opened, "sha256")
        digest.update(content.digest())
    return digest.hexdigest()
