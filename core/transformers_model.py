"""A local Hugging Face model as `TextGenerator` and `YesNoScorer`; the torch of core.

The same class holds a 135M text model and LLaVA-NeXT 7B: what differs is the checkpoint.
"""

import hashlib
import threading
import time
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoProcessor,
    AutoTokenizer,
    BitsAndBytesConfig,
    DynamicCache,
    LlavaNextForConditionalGeneration,
    StoppingCriteria,
    TextIteratorStreamer,
)
from transformers.utils import cached_file
from transformers.utils import logging as transformers_logging
from transformers.utils.hub import extract_commit_hash

from core.errors import MsrError, WeightsError
from core.language_model import Checkpoint, Decoding, Generation, Margin
from core.prompts import Prompt

transformers_logging.disable_progress_bar()  # progress is reported by whoever waits for it

LABELS = ("yes", "no")
PARAGRAPH_END = "\n\n"  # every text is one paragraph; a small model would go on for ever
BATCH_TOKENS = 8192  # of one scoring forward, padding included

# bitsandbytes quantises whatever is not named in full: the tower, the projector and the head.
KEEP_PRECISION = ["model.vision_tower", "model.multi_modal_projector", "lm_head"]


class TransformersModel:
    """One loaded checkpoint. Calls are serialised: a model answers one question at a time."""

    def __init__(self, model: Any, processor: Any, checkpoint: Checkpoint) -> None:
        """Take a loaded model, its processor (LLaVA-NeXT) or tokenizer (text), and its name."""
        self._model = model.eval()
        self._processor = processor
        self._tokenizer = getattr(processor, "tokenizer", processor)
        if self._tokenizer.pad_token is None:  # Llama 3 has none; padding is masked anyway
            self._tokenizer.pad_token = self._tokenizer.eos_token
        self._checkpoint = checkpoint
        self._sees = hasattr(processor, "image_processor")
        self._image_id = model.config.image_token_id if self._sees else None
        self._lock = threading.Lock()
        self._label_ids = tuple(self._label_id(label) for label in LABELS)

    @classmethod
    def load(
        cls,
        source: str | Path,
        *,
        name: str,
        quantize: bool = False,
        dtype: torch.dtype | None = None,
    ) -> "TransformersModel":
        """Load a folder or a Hub name; safetensors only, no remote code.

        Args:
            source: folder, or ``owner/name`` on the Hugging Face Hub.
            name: for people.
            quantize: 4-bit NF4 weights for the language layers.
            dtype: of the weights; the machine's best when None.

        Raises:
            WeightsError: one clear line when the checkpoint cannot be had.
        """
        device = "cuda" if torch.cuda.is_available() else "cpu"
        dtype = dtype or best_dtype()
        options: dict[str, Any] = {"dtype": dtype, "use_safetensors": True}
        if quantize:
            options["device_map"] = device
            options["quantization_config"] = BitsAndBytesConfig(
                load_in_4bit=True,
                bnb_4bit_quant_type="nf4",
                bnb_4bit_use_double_quant=True,
                bnb_4bit_compute_dtype=dtype,
                llm_int8_skip_modules=KEEP_PRECISION,
            )
        try:
            config = AutoConfig.from_pretrained(source)
            if config.model_type == "llava_next":
                processor = AutoProcessor.from_pretrained(source)
                model = LlavaNextForConditionalGeneration.from_pretrained(source, **options)
            else:
                processor = AutoTokenizer.from_pretrained(source)
                model = AutoModelForCausalLM.from_pretrained(source, **options)
        except (OSError, ValueError) as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else "no reason given"
            raise WeightsError(
                f"The model {name} could not be loaded from {source}: {reason}"
            ) from error
        if not quantize:
            model = model.to(device)
        precision = "4bit-" * quantize + str(dtype).removeprefix("torch.")
        return cls(model, processor, Checkpoint(name, f"{fingerprint(source)}-{precision}"))

    @property
    def checkpoint(self) -> Checkpoint:
        """Which weights answer."""
        return self._checkpoint

    @property
    def sees_images(self) -> bool:
        """Whether the checkpoint has a vision tower."""
        return self._sees

    def generate(self, prompt: Prompt, decoding: Decoding) -> Generator[str, None, Generation]:
        """As `TextGenerator.generate`; transformers decodes in a thread that closing stops."""
        stopped = threading.Event()
        streamer = TextIteratorStreamer(
            self._tokenizer, skip_prompt=True, skip_special_tokens=True, timeout=600
        )
        with self._lock:
            inputs = self._encode([prompt])
            outcome: dict[str, Any] = {}
            started = time.perf_counter()
            worker = threading.Thread(
                target=self._decode, args=(inputs, decoding, streamer, stopped, outcome)
            )
            worker.start()
            pieces: list[str] = []
            try:
                for piece in streamer:
                    if piece:
                        pieces.append(piece)
                        yield piece
            finally:
                stopped.set()
                worker.join()
            if "error" in outcome:
                raise MsrError(
                    f"{self._checkpoint.name} failed while writing: {outcome['error']}"
                ) from outcome["error"]
            spent = (time.perf_counter() - started) * 1000
        return Generation("".join(pieces), outcome["tokens"], spent)

    def _decode(
        self,
        inputs: dict[str, Tensor],
        decoding: Decoding,
        streamer: Any,
        stopped: threading.Event,
        outcome: dict[str, Any],
    ) -> None:
        sampling: dict[str, Any] = {"do_sample": False, "temperature": None, "top_p": None}
        if decoding.temperature > 0:
            sampling = {
                "do_sample": True,
                "temperature": decoding.temperature,
                "top_p": decoding.top_p,
            }
            torch.manual_seed(decoding.seed)
        try:
            with torch.inference_mode():
                ids = self._model.generate(
                    **inputs,
                    **sampling,
                    top_k=None,
                    max_new_tokens=decoding.max_new_tokens,
                    repetition_penalty=decoding.repetition_penalty,
                    suppress_tokens=[self._image_id] if self._sees else None,
                    pad_token_id=self._tokenizer.eos_token_id,
                    eos_token_id=self._end_ids(),
                    stop_strings=[PARAGRAPH_END],
                    tokenizer=self._tokenizer,
                    streamer=streamer,
                    stopping_criteria=[_Stopped(stopped)],
                )
            outcome["tokens"] = ids.shape[1] - inputs["input_ids"].shape[1]
        except Exception as error:  # a thread's error reaches nobody by itself
            outcome["error"] = error
            streamer.end()

    @torch.inference_mode()
    def margins(self, prompts: Sequence[Prompt]) -> tuple[Margin, ...]:
        """As `YesNoScorer.margins`; the longest common prefix is computed once (ours).

        The prefix is found on token ids, so no seam of the tokenizer can shift, and ends before
        the first picture. Rows are padded on the right; only the last prompt position is read,
        and the two label rows of the head are applied in float32 (bfloat16 logits step by 0.125).
        """
        with_picture = [n for n, prompt in enumerate(prompts) if prompt.cover is not None]
        without = [n for n, prompt in enumerate(prompts) if prompt.cover is None]
        answers: dict[int, Margin] = {}
        for group in (with_picture, without):  # a processor takes all or none with pictures
            if group:
                batch = self._margins([prompts[n] for n in group])
                answers |= dict(zip(group, batch, strict=True))
        return tuple(answers[n] for n in range(len(prompts)))

    def _margins(self, prompts: Sequence[Prompt]) -> tuple[Margin, ...]:
        with self._lock:
            started = time.perf_counter()
            inputs = self._encode(prompts)
            lengths = inputs["attention_mask"].sum(1)  # (rows,)
            shared = self._shared_length(inputs["input_ids"], int(lengths.min()))
            prefix = self._prefix_cache(inputs["input_ids"][:1, :shared])
            margins, masses = [], []
            rows_per_batch = max(1, BATCH_TOKENS // int(lengths.max()))
            for start in range(0, len(prompts), rows_per_batch):
                rows = slice(start, start + rows_per_batch)
                hidden = self._last_hidden(inputs, rows, lengths, prefix, shared)
                margin, mass = self._read_labels(hidden)
                margins += margin.tolist()
                masses += mass.tolist()
            spent = (time.perf_counter() - started) * 1000 / len(prompts)
        return tuple(
            Margin(margin, mass, int(length), spent)
            for margin, mass, length in zip(margins, masses, lengths, strict=True)
        )

    def _shared_length(self, ids: Tensor, shortest: int) -> int:
        """Count the leading ids that all rows share, before any picture; one id stays apart."""
        limit = shortest - 1
        agree = (ids[:, :limit] == ids[:1, :limit]).all(0)  # (limit,)
        if self._sees:
            agree &= ids[0, :limit] != self._image_id
        return int(agree.long().cumprod(0).sum())

    def _prefix_cache(self, ids: Tensor) -> Any:
        cache = DynamicCache(config=self._model.config.get_text_config())
        if ids.shape[1]:
            self._model.model(input_ids=ids, past_key_values=cache, use_cache=True)
        return cache

    def _last_hidden(
        self, inputs: dict[str, Tensor], rows: slice, lengths: Tensor, prefix: Any, shared: int
    ) -> Tensor:
        """Hidden state at each row's last prompt position, ``(rows, hidden)``."""
        width = int(lengths[rows].max())
        ids = inputs["input_ids"][rows, shared:width]
        mask = inputs["attention_mask"][rows, :width]
        cache = DynamicCache(config=self._model.config.get_text_config())
        if shared:
            for own, common in zip(cache.layers, prefix.layers, strict=True):
                own.update(
                    common.keys.expand(len(ids), -1, -1, -1),
                    common.values.expand(len(ids), -1, -1, -1),
                )
        pictures = {
            name: inputs[name][rows] for name in ("pixel_values", "image_sizes") if name in inputs
        }
        output = self._model.model(
            input_ids=ids,
            attention_mask=mask,
            position_ids=torch.arange(shared, width, device=ids.device)[None].expand(len(ids), -1),
            past_key_values=cache,
            use_cache=True,
            **pictures,
        )
        last = lengths[rows] - 1 - shared
        hidden: Tensor = output.last_hidden_state[torch.arange(len(ids)), last]
        return hidden

    def _read_labels(self, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """Margins in float32 and the labels' share of the vocabulary, both ``(rows,)``."""
        head = self._model.lm_head
        yes, no = (head.weight[i].float() for i in self._label_ids)
        state = hidden.float()
        z_yes, z_no = state @ yes, state @ no
        total = head(hidden).float().logsumexp(-1)
        mass = (z_yes - total).exp() + (z_no - total).exp()
        return (z_yes - z_no).cpu(), mass.clamp(max=1.0).cpu()

    def _encode(self, prompts: Sequence[Prompt]) -> dict[str, Tensor]:
        """Tokenise prompts, padded on the right; pictures become pixels and image tokens."""
        texts = [self._render(prompt) for prompt in prompts]
        images = [prompt.cover.image for prompt in prompts if prompt.cover is not None]
        options: dict[str, Any] = {
            "return_tensors": "pt",
            "padding": True,
            "padding_side": "right",
            "add_special_tokens": self._adds_bos(texts[0]),
        }
        if images:
            batch = self._processor(text=texts, images=images, **options)
            batch["pixel_values"] = batch["pixel_values"].to(self._model.dtype)
        else:
            batch = self._tokenizer(texts, **options)
        batch.pop("token_type_ids", None)
        return {name: value.to(self._model.device) for name, value in batch.items()}

    def _render(self, prompt: Prompt, answer: str | None = None) -> str:
        """Apply the checkpoint's own chat template; an answer is added as the model's turn."""
        messages: list[dict[str, Any]] = [{"role": "user", "content": self._content(prompt)}]
        if answer is not None:
            said: Any = [{"type": "text", "text": answer}] if self._sees else answer
            messages.append({"role": "assistant", "content": said})
        template = self._processor if self._sees else self._tokenizer
        text: str = template.apply_chat_template(
            messages, tokenize=False, add_generation_prompt=answer is None
        )
        return text + prompt.answer_start

    def _content(self, prompt: Prompt) -> Any:
        if not self._sees:
            if prompt.cover is not None:
                raise MsrError(f"{self._checkpoint.name} does not see images yet.")
            return prompt.before + prompt.after
        parts: list[dict[str, str]] = []
        if prompt.before:
            parts.append({"type": "text", "text": prompt.before})
        if prompt.cover is not None:
            parts.append({"type": "image"})
        return [*parts, {"type": "text", "text": prompt.after}]

    def _label_id(self, label: str) -> int:
        """Find the id that a label starts with in this checkpoint's own answer turn.

        Tokenisers write the same word as different ids in different places (the authors' code
        trains one and reads another), so the id is taken from the rendered conversation.
        """
        prompt = Prompt("score", "", after="?")
        asked, answered = self._render(prompt), self._render(prompt, label)
        options = {"add_special_tokens": self._adds_bos(asked)}
        before = self._tokenizer(asked, **options).input_ids
        whole = self._tokenizer(answered, **options).input_ids
        written = self._tokenizer.decode(whole[len(before) : len(before) + 1]).strip()
        if whole[: len(before)] != before or written != label:
            raise WeightsError(
                f"{self._checkpoint.name} does not write {label!r} as one token after its own "
                "prompt, so its yes/no margin cannot be read."
            )
        return int(whole[len(before)])

    def _adds_bos(self, text: str) -> bool:
        bos = self._tokenizer.bos_token
        return bos is not None and not text.startswith(bos)

    def _end_ids(self) -> list[int]:
        """End-of-turn ids: the tokenizer's and those of the checkpoint's generation config."""
        configured = self._model.generation_config.eos_token_id
        ids = configured if isinstance(configured, list) else [configured]
        return sorted({self._tokenizer.eos_token_id, *(i for i in ids if i is not None)})


class _Stopped(StoppingCriteria):  # type: ignore[misc]  # transformers is not typed
    def __init__(self, stopped: threading.Event) -> None:
        self._stopped = stopped

    def __call__(self, input_ids: Tensor, scores: Tensor, **_: Any) -> Tensor:
        done = self._stopped.is_set()
        return torch.full((len(input_ids),), done, dtype=torch.bool, device=input_ids.device)


def best_dtype(exact: bool = False) -> torch.dtype:
    """bfloat16 where the machine computes in it, else float16 on old GPUs and float32 on CPUs.

    `exact` asks for float32: bfloat16 puts candidates that are close in another order.
    """
    if exact:
        return torch.float32
    if torch.cuda.is_available():
        return torch.bfloat16 if torch.cuda.is_bf16_supported(False) else torch.float16
    capable = torch.cpu.get_capabilities()
    fast = capable.get("avx512_bf16") or capable.get("amx_bf16")
    return torch.bfloat16 if fast else torch.float32


def fingerprint(source: str | Path) -> str:
    """Identify weights: the commit of a Hub checkpoint, or a SHA-256 over a folder's files."""
    folder = Path(source)
    if not folder.is_dir():
        config = cached_file(str(source), "config.json")
        commit = extract_commit_hash(config, None)
        if commit is None:
            raise WeightsError(f"The revision of {source} cannot be told from its cache.")
        return str(commit)
    digest = hashlib.sha256()
    for file in sorted(file for file in folder.iterdir() if file.is_file()):
        digest.update(file.name.encode())
        with file.open("rb") as opened:
            digest.update(hashlib.file_digest(opened, "sha256").digest())
    return digest.hexdigest()
