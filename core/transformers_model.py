"""A local Hugging Face model as `TextGenerator` and `YesNoScorer`.

The same class holds a 135M text model and LLaVA-NeXT 7B: what differs is the checkpoint.
"""

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from core.adapters import SharedWeights, merged
from core.checkpoints import best_dtype, fingerprint, load_frozen, made_fast
from core.clock import Clock
from core.decoding import decode
from core.encoding import PromptEncoder
from core.errors import MsrError, first_line
from core.gpu_memory import in_halves, make_room
from core.hub import or_one_line
from core.image_budget import keep_within
from core.kept_pictures import Layers, tokens_of
from core.language_model import PARAGRAPH_END, Checkpoint, Decoding, Generation, Margin
from core.last_states import BATCH_TOKENS, in_batches, up_to_picture
from core.prompts import Prompt

UNSETTLED = "\n\ufffd"  # a paragraph may end here, or half of a character's bytes be written
GPU_BATCHES = 2  # times as many tokens are read at once there: 2 GB of a 7B's keys and values


class TransformersModel:
    """One loaded checkpoint. Calls are serialised: a model answers one question at a time."""

    batch_size = 64  # a step takes little longer for many texts than for one

    def __init__(
        self,
        weights: SharedWeights,
        processor: Any,
        checkpoint: Checkpoint,
        adapter: str | None = None,
    ) -> None:
        """Take what several models may share.

        Args:
            weights: of the base model.
            processor: of the same (LLaVA-NeXT), or its tokenizer (text).
            checkpoint: what answers are signed with.
            adapter: which of those beside the weights answers; None for the base model.
        """
        self._weights = weights
        self._model = weights.model
        self._processor = processor
        self._encoder = PromptEncoder(processor, checkpoint.name)
        self._tokenizer = self._encoder.tokenizer
        self.checkpoint = checkpoint
        self.sees_images = self._encoder.sees_images
        self.label_ids = self._encoder.label_ids
        self._adapter = adapter

    @classmethod
    def load(
        cls,
        source: str | Path,
        *,
        name: str,
        adapter: Path | None = None,
        quantize: bool = False,
        dtype: torch.dtype | None = None,
        revision: str | None = None,
        image_tokens: int | None = None,
        picture_bytes: int | None = None,
    ) -> "TransformersModel":
        """Load a folder or a Hub name; safetensors only, no remote code.

        Args:
            source: folder, or ``owner/name`` on the Hugging Face Hub.
            name: for people.
            adapter: folder of a LoRA adapter to merge into the weights.
            quantize: 4-bit NF4 weights for the language layers.
            dtype: of the weights; the machine's best when None.
            revision: commit on the Hub; the newest when None.
            image_tokens: of one picture at most, see `core.image_budget`.
            picture_bytes: to keep of pictures, see `core.kept_pictures`.

        Raises:
            WeightsError: one clear line when the checkpoint cannot be had, or the adapter is not
                one for it.
        """
        dtype = dtype or best_dtype()
        if adapter is not None and quantize:
            raise ValueError("Nothing can be merged into 4-bit weights; see `beside`.")
        first = torch.float32 if adapter else dtype  # sums are taken before anything is rounded
        with or_one_line(f"The model {name} could not be loaded from {source}"):
            model, processor = load_frozen(
                source, quantize=quantize, dtype=first, revision=revision
            )
            identity = fingerprint(source, revision)
            if adapter is not None:
                model = merged(model, adapter)
                identity = f"{identity[:32]}-{fingerprint(adapter)[:32]}"
            if image_tokens is not None and hasattr(processor, "image_processor"):
                keep_within(model, processor, image_tokens)
                identity = f"{identity}-{image_tokens}t"
            if adapter is not None:
                model = model.to(model.device, dtype)
            precision = "4bit-" * quantize + str(dtype).removeprefix("torch.")
            signed = Checkpoint(name, f"{identity}-{precision}")
            weights = SharedWeights(made_fast(model).eval(), picture_bytes)
            return cls(weights, processor, signed)

    def beside(self, adapter: Path, name: str) -> "TransformersModel":
        """The same weights, held once, with a LoRA adapter beside them; slower than a merged one.

        Args:
            adapter: its folder.
            name: for people.

        Raises:
            WeightsError: if it is not one for this model.
        """
        added = self._weights.add(adapter)
        identity, *how = self.checkpoint.sha.split("-")
        sha = "-".join([identity[:32], added[:32], "beside", *how])
        return TransformersModel(self._weights, self._processor, Checkpoint(name, sha), added)

    def generate(self, prompt: Prompt, decoding: Decoding) -> Generator[str, None, Generation]:
        """As `TextGenerator.generate`; nothing is computed until the next piece is asked for."""
        clock, done = Clock(), None
        with self._weights.answering(self._adapter):
            try:
                done = yield from clock.timed("writing", self._pieces(prompt, decoding))
            except torch.OutOfMemoryError:
                pass  # its traceback holds what was computed, so room is made behind it
        if done is None:
            raise make_room(self._weights.forget_pictures)
        text, shown, tokens = done
        if text != shown:
            yield text[len(shown) :]
        return Generation(text, tokens, clock.seconds["writing"] * 1000)

    def _pieces(
        self, prompt: Prompt, decoding: Decoding
    ) -> Generator[str, None, tuple[str, str, int]]:
        """Yield what more is settled of a text; return it, what was yielded and its tokens."""
        shown, text, tokens = "", "", 0
        with self._failing("writing"):
            for ids in self._decode(self._encode([prompt]), decoding):
                (text,), tokens = self._texts(ids), len(ids[0])
                settled = text.rstrip(UNSETTLED)
                if len(settled) > len(shown):
                    yield settled[len(shown) :]
                    shown = settled
        return text, shown, tokens

    @torch.inference_mode()
    def generate_batch(
        self, prompts: Sequence[Prompt], decoding: Decoding
    ) -> tuple[Generation, ...]:
        """As `LanguageModel.generate_batch`, see `core.decoding`."""
        return in_halves(
            partial(self._generated, decoding=decoding), prompts, self._weights.forget_pictures
        )

    def _generated(self, prompts: Sequence[Prompt], decoding: Decoding) -> tuple[Generation, ...]:
        with self._weights.answering(self._adapter), self._failing("writing"):
            inputs = self._encode(prompts)
            most = 1 if self._model.device.type == "cpu" else GPU_BATCHES
            rows = max(1, most * BATCH_TOKENS // inputs["input_ids"].shape[1])
            parts = [slice(start, start + rows) for start in range(0, len(prompts), rows)]
            return tuple(
                generation
                for part in parts
                for generation in self._written({k: v[part] for k, v in inputs.items()}, decoding)
            )

    @contextmanager
    def _failing(self, doing: str) -> Generator[None, None, None]:
        """Say in one line what went wrong; what lacks memory is tried again in parts."""
        try:
            yield
        except (MsrError, torch.OutOfMemoryError):
            raise
        except Exception as error:
            name = self.checkpoint.name
            raise MsrError(f"{name} failed while {doing}: {first_line(error)}") from error

    def _written(self, inputs: dict[str, Tensor], decoding: Decoding) -> list[Generation]:
        started = time.perf_counter()
        *_, ids = self._decode(inputs, decoding)
        spent = (time.perf_counter() - started) * 1000 / len(ids)
        written = zip(self._texts(ids), ids, strict=True)
        return [Generation(text, len(tokens), spent) for text, tokens in written]

    def _decode(self, inputs: dict[str, Tensor], decoding: Decoding) -> Iterator[list[list[int]]]:
        """As `core.decoding.decode`; a text ends with its turn or its paragraph."""
        ends = set(self._end_ids())

        def ended(ids: list[int]) -> bool:
            return ids[-1] in ends or PARAGRAPH_END in self._tokenizer.decode(ids[-2:])

        return decode(self._model, inputs, self._encoder.image_id, decoding, ended)

    def _texts(self, ids: list[list[int]]) -> list[str]:
        texts = self._tokenizer.batch_decode(ids, skip_special_tokens=True)
        return [text.split(PARAGRAPH_END)[0] for text in texts]

    @torch.inference_mode()
    def margins(self, prompts: Sequence[Prompt]) -> tuple[Margin, ...]:
        """As `YesNoScorer.margins`; what prompts begin with in common is computed once (ours).

        Only each prompt's last position is read, and the two label rows of the head are applied in
        float32 (bfloat16 logits step by 0.125).
        """
        with_picture = [n for n, prompt in enumerate(prompts) if prompt.cover is not None]
        without = [n for n, prompt in enumerate(prompts) if prompt.cover is None]
        answers: dict[int, Margin] = {}
        forget = self._weights.forget_pictures
        for group in (with_picture, without):  # pixels go with their prompts, row by row
            if group:
                batch = in_halves(self._margins, [prompts[n] for n in group], forget)
                answers |= dict(zip(group, batch, strict=True))
        return tuple(answers[n] for n in range(len(prompts)))

    def _margins(self, prompts: Sequence[Prompt]) -> tuple[Margin, ...]:
        begin_with_picture = all(prompt.cover and not prompt.before for prompt in prompts)
        with self._weights.answering(self._adapter), self._failing("scoring"):
            started = time.perf_counter()
            if begin_with_picture:
                hidden, counts = self._after_pictures(prompts)
            else:
                inputs = self._encode(prompts)
                counts = inputs["attention_mask"].sum(1).tolist()
                hidden = in_batches(self._model, inputs, self._encoder.image_id)
            margin, mass = self._read_labels(hidden)
            spent = (time.perf_counter() - started) * 1000 / len(prompts)
        if not torch.isfinite(margin).all():  # it would win the ranking
            raise MsrError(
                f"{self.checkpoint.name} answers with what is no number; its weights are damaged, "
                f"or too large for {str(self._model.dtype).removeprefix('torch.')}."
            )
        found = zip(margin.tolist(), mass.tolist(), counts, strict=True)
        return tuple(Margin(margin, mass, count, spent) for margin, mass, count in found)

    def _after_pictures(self, prompts: Sequence[Prompt]) -> tuple[Tensor, list[int]]:
        """Last hidden states, ``(rows, hidden)``, and tokens of prompts that begin with a picture.

        A picture is opened and read unless its keys and values are kept. What follows is read for
        many pictures at once; those that cannot be kept wait for that a batch's tokens long.
        """
        rows_of: dict[str, list[int]] = {}
        for row, prompt in enumerate(prompts):
            assert prompt.cover is not None
            rows_of.setdefault(prompt.cover.sha256, []).append(row)
        kept = self._weights.pictures
        kept.begin([(self._adapter, picture) for picture in rows_of])
        after = self._on_device(self._encoder.after_picture(prompts))
        counts = after["attention_mask"].sum(1).tolist()
        states: dict[int, Tensor] = {}
        waiting: dict[int, Layers] = {}
        unkept = 0
        for picture, rows in rows_of.items():
            key = (self._adapter, picture)
            layers = kept.get(key, partial(self._read_picture, prompts[rows[0]]))
            waiting |= dict.fromkeys(rows, layers)
            unkept += 0 if key in kept else tokens_of(layers)
            if unkept >= BATCH_TOKENS:
                states |= self._read_on(after, waiting)
                waiting, unkept = {}, 0
            for row in rows:
                counts[row] += tokens_of(layers)
        states |= self._read_on(after, waiting)
        return torch.stack([states[row] for row in range(len(prompts))]), counts

    def _read_picture(self, prompt: Prompt) -> Layers:
        return up_to_picture(self._model, self._encode([prompt]), self._encoder.image_id)

    def _read_on(self, after: dict[str, Tensor], pasts: dict[int, Layers]) -> dict[int, Tensor]:
        """Last hidden states of these rows, each behind its past."""
        if not pasts:
            return {}
        given = {name: value[list(pasts)] for name, value in after.items()}
        found = in_batches(self._model, given, None, list(pasts.values()))
        return dict(zip(pasts, found, strict=True))

    @torch.inference_mode()
    def plain_margins(self, prompts: Sequence[Prompt]) -> tuple[float, ...]:
        """The same margins as transformers gives them: one prompt, one pass, nothing shared."""
        with self._weights.answering(self._adapter):
            passes = (self._model.model(**self._encode([prompt])) for prompt in prompts)
            states = torch.cat([passed.last_hidden_state[:, -1] for passed in passes])
            return tuple(self._read_labels(states)[0].tolist())

    def _read_labels(self, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """Margins in float32 and the labels' share of the vocabulary, both ``(rows,)``."""
        head = self._model.lm_head
        yes, no = (head.weight[i].float() for i in self._encoder.label_ids)
        state = hidden.float()
        z_yes, z_no = state @ yes, state @ no
        total = head(hidden).float().logsumexp(-1)
        mass = (z_yes - total).exp() + (z_no - total).exp()
        return (z_yes - z_no).cpu(), mass.clamp(max=1.0).cpu()

    def _encode(self, prompts: Sequence[Prompt]) -> dict[str, Tensor]:
        batch = self._encoder.encode(prompts)
        if "pixel_values" in batch:
            batch["pixel_values"] = batch["pixel_values"].to(self._model.dtype)
        return self._on_device(batch)

    def _on_device(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        return {name: value.to(self._model.device) for name, value in batch.items()}

    def _end_ids(self) -> list[int]:
        """End-of-turn ids: the tokenizer's and those of the checkpoint's generation config."""
        configured = self._model.generation_config.eos_token_id
        ids = configured if isinstance(configured, list) else [configured]
        return sorted({self._tokenizer.eos_token_id, *(i for i in ids if i is not None)})
