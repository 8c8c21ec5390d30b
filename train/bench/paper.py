"""How fast the paper's models are on this machine: their shapes, with random weights.

Their weights are on the Hub, behind a licence and a network; what a pass costs does not depend on
their values. Everything else is as it is used: prompts of the sample, decoding, scoring, kept
pictures, 4 bit, an adapter beside the weights. What random weights write means nothing and is
thrown away.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from scipy.stats import kendalltau

from core import prompts
from core.kept_pictures import KeptPictures
from core.language_model import Decoding
from core.mllm_msr import candidate_covers
from core.prompts import Prompt
from core.settings import Settings
from core.store import Store
from core.transformers_model import TransformersModel
from core.weights import embedded_checkpoint
from train.bench.paper_shapes import Shape, text_model, write_adapter, write_llava
from train.bench.timing import Row, timed

TASTE = "The user appears to like cats."


@dataclass(frozen=True, slots=True)
class Load:
    """How much is asked: texts in a batch, tokens a text, pictures in a batch."""

    texts: int = 64
    tokens: int = 64
    pictures: int = 16

    @property
    def decoding(self) -> Decoding:
        """Greedy; random weights seldom end by themselves."""
        return Decoding(max_new_tokens=self.tokens)


def bench_paper(
    settings: Settings,
    store: Store,
    rounds: int,
    shape: Shape | None = None,
    load: Load | None = None,
) -> dict[str, Any]:
    """Time texts, pictures and scores on models of this shape, in 16 bit and in 4.

    Args:
        settings: where the tokenizer is.
        store: with the sample.
        rounds: of each thing.
        shape: the paper's when None.
        load: the usual one when None.

    Returns:
        ``rows``, and facts: parameters, gigabytes, tokens, bytes kept and agreement.
    """
    shape, load = shape or Shape(), load or Load()
    text = embedded_checkpoint(settings.home)
    history = store.history("videos", store.user_ids("videos", shortest=7)[0])
    noun, items = history.dataset.noun, store.candidates(history)
    covers = candidate_covers(history.dataset, items)
    scored = [
        prompts.recommend(TASTE, item, covers.get(item.item_id), noun, "image-first")
        for item in items
    ]
    looked = [prompts.image_description(cover, noun) for cover in covers.values()]
    shown = [f"This {noun} is about {item.title}" for item in items]
    updates = [
        prompts.preference([shown[(n + k) % len(shown)] for k in range(3)], noun, TASTE)
        for n in range(load.texts)
    ]
    facts: dict[str, Any] = {"parameters": {}, "gigabytes": {}}
    with tempfile.TemporaryDirectory() as folder:
        writer = text_model(shape, text)
        facts["parameters"]["user summariser"] = _parameters(writer)
        facts["gigabytes"]["user summariser, 16 bit"] = _gigabytes()
        name = "texts by the user summariser"
        row, written = _together(f"{name}, in one batch", writer, updates, load, rounds)
        facts["user summariser, tokens written"] = written
        rows = [row, _one_by_one(f"{name}, one by one", writer, updates[:4], load, rounds)]
        del writer
        checkpoint = write_llava(shape, text, Path(folder) / "llava")
        adapter = write_adapter(shape, Path(folder) / "adapter", settings.assets)
        for bits in (16, 4):
            _empty()
            model = TransformersModel.load(checkpoint, name="LLaVA", quantize=bits == 4)
            facts["gigabytes"][f"LLaVA-NeXT, {bits} bit"] = _gigabytes()
            name = f"pictures described in one batch, {bits} bit"
            row, written = _together(name, model, looked[: load.pictures], load, rounds)
            facts[f"pictures, tokens written, {bits} bit"] = written
            rows.append(row)
            rows += _scoring(model, f"{bits} bit", scored, rounds, facts)
            tuned = model.beside(adapter, "LLaVA + adapter")
            name = f"{len(scored)} candidates, adapter beside the weights, {bits} bit"
            rows.append(timed(name, rounds, _anew(tuned, scored)))
            del model, tuned
    return {"rows": rows, **facts}


def _together(
    name: str, model: TransformersModel, asked: Sequence[Prompt], load: Load, rounds: int
) -> tuple[Row, int]:
    """Texts in one batch: their time, and how many tokens they have."""
    wrote: list[int] = []

    def write() -> None:
        wrote[:] = [found.tokens for found in model.generate_batch(asked, load.decoding)]

    return timed(f"{len(asked)} {name}", rounds, write), sum(wrote)


def _one_by_one(
    name: str, model: TransformersModel, asked: Sequence[Prompt], load: Load, rounds: int
) -> Row:
    def write() -> None:
        for prompt in asked:
            model.generate_batch([prompt], load.decoding)

    return timed(f"{len(asked)} {name}", rounds, write)


def _scoring(
    model: TransformersModel, bits: str, asked: Sequence[Prompt], rounds: int, facts: dict[str, Any]
) -> list[Row]:
    """The same candidates with new pictures, with kept ones, and in one pass each."""
    kept: list[float] = []
    plain: list[float] = []

    def again() -> None:
        kept[:] = [margin.margin for margin in model.margins(asked)]

    def one_by_one() -> None:
        plain[:] = model.plain_margins(asked)

    name = f"{len(asked)} candidates"
    ours = timed(f"{name}, new pictures, {bits}", rounds, _anew(model, asked))
    rows = [
        ours,
        timed(f"{name}, kept pictures, {bits}", rounds, again, ours),
        timed(f"{name}, one pass each, {bits}", rounds, one_by_one, ours),
    ]
    facts[f"tokens of {name}"] = sum(margin.tokens for margin in model.margins(asked))
    facts[f"bytes kept of {len(asked)} pictures, {bits}"] = model._weights.pictures.bytes
    facts[f"agreement with transformers' own passes, {bits}"] = {
        "kendall_tau": round(float(kendalltau(kept, plain).statistic), 4),
        "largest_difference": round(max(abs(a - b) for a, b in zip(kept, plain, strict=True)), 4),
        "spread_of_margins": round(float(torch.tensor(plain).std()), 4),
    }
    return rows


def _anew(model: TransformersModel, asked: Sequence[Prompt]) -> Callable[[], None]:
    """Score as if no picture had been seen before."""

    def score() -> None:
        model._weights.pictures = KeptPictures()
        model.margins(asked)

    return score


def _parameters(model: TransformersModel) -> int:
    return sum(parameter.numel() for parameter in model._model.parameters())


def _gigabytes() -> float | None:
    """What tensors take of the GPU."""
    if not torch.cuda.is_available():
        return None
    return round(torch.cuda.memory_allocated() / 1e9, 2)


def _empty() -> None:
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
