"""The vision stage: pictures are drawn, tower and projector learn, a held-out world is named."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from transformers import AutoTokenizer

from core.errors import MsrError
from core.files import write_json
from core.llava_assembly import save_parts, untrained_model
from core.tower import ConvTower, ConvTowerConfig, without_norms
from train.loop import Schedule, fit
from train.pictures import draw_worlds
from train.runs import fingerprint
from train.sample.catalogue import Item
from train.tower import TowerLearner, ViewBatches, all_drawings
from train.worlds import build_worlds, refuse_shipped

PARTS_FILE = "parts.safetensors"


def train_tower(
    config: dict[str, Any], schedule: Schedule, folder: Path, text: Path
) -> tuple[list[float], str]:
    """Train tower and projector; leaves ``parts.safetensors`` for `core.llava_assembly`.

    Args:
        config: of the stage: worlds, batch, cache.
        schedule: of the loop.
        folder: run folder.
        text: the converted language model.
    """
    torch.manual_seed(schedule.seed)
    model, tokenize = untrained_model(text), _tokenizer(text)
    parts = model.model
    tower = ConvTower(
        ConvTowerConfig(**{**parts.vision_tower.config.to_dict(), "normalized": True})
    )
    words = model.get_input_embeddings().weight.detach()
    learner = TowerLearner(tower, parts.multi_modal_projector, words, tokenize)
    batches, held = _pictures(config, schedule)
    losses = fit(learner, batches, schedule, folder, examples=_rows, name="tower")
    learner.eval()
    _report(folder, held, lambda views: learner.read(learner.tokens(learner.seen(views))))
    parts.vision_tower = without_norms(tower)
    save_parts(model, folder / PARTS_FILE)
    return losses, fingerprint(batches)


Pictures = tuple[np.ndarray, Sequence[Item]]


def _pictures(config: dict[str, Any], schedule: Schedule) -> tuple[ViewBatches, Pictures]:
    """Batches of the worlds to learn from, and the last world, which is only looked at."""
    first, count = config["first_world"], config["worlds"]
    if count < 2:
        raise MsrError(f"[tower] has worlds = {count}; it wants two or more: the last is held out.")
    seeds = range(first, first + count)
    size = config.get("items")
    worlds = [world for seed in seeds for world in build_worlds(seed, size=size)]
    items = [item for world in worlds for item in world.items]
    refuse_shipped(items)
    drawn = np.concatenate(list(draw_worlds(seeds, Path(config["cache"]), size)))
    held = len(items) // count
    batches = ViewBatches(drawn[:-held], items[:-held], config["batch"], schedule.seed)
    return batches, (drawn[-held:], items[-held:])


def _rows(batch: tuple[Tensor, ...]) -> int:
    return len(batch[0])


def _tokenizer(text: Path) -> Callable[[str], list[int]]:
    tokenizer = AutoTokenizer.from_pretrained(text)
    return lambda words: tokenizer(words).input_ids


@torch.inference_mode()
def _report(folder: Path, held: Pictures, named: Callable[[Tensor], tuple[Tensor, Tensor]]) -> None:
    """Write how often a held-out world's drawings, themes and styles are named rightly."""
    views, items = held
    truth = ViewBatches(views, items, 1, 0)
    themes = [theme.key for theme, _ in all_drawings()]
    found = {}
    for number, name in enumerate(("base view", "tile")):
        given = torch.from_numpy(views[:, number]).permute(0, 3, 1, 2)
        what, how = (numbers.cpu() for numbers in named(given))
        right = [themes[g] == i.theme.key for g, i in zip(what.tolist(), items, strict=True)]
        found[name] = {
            "drawing": float((what == truth.drawings).float().mean()),
            "theme": float(np.mean(right)),
            "style": float((how == truth.styles).float().mean()),
        }
    write_json(folder / "held_out.json", found)
