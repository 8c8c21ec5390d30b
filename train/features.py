"""What the baselines may read and see of items; encoded once, kept by content."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from core.covers import Cover, open_cover
from core.errors import CoverError
from core.records import Dataset, Item
from train.encoders import EFFICIENTNET, MINILM, encode_pictures, encode_texts


def features_of(dataset: Dataset, items: Sequence[Item], home: Path) -> Mapping[str, Tensor]:
    """Text and image features of items.

    Args:
        dataset: of the items.
        items: in the order of the rows.
        home: cache folder.

    Returns:
        ``text``, ``(items, 384)``, and ``image``, ``(items, 1280)``, float32; zeros for an item
        without the one or the other, and no entry where no item has it.
    """
    texts = {n: text for n, item in enumerate(items) if (text := text_of(item))}
    covers = {n: cover for n, item in enumerate(items) if (cover := _cover(dataset, item))}
    found = {}
    if texts:
        name, contents = MINILM.pin, list(texts.values())
        found["text"] = _kept(name, contents, home, lambda: encode_texts(contents, home))
    if covers:
        name, shas = EFFICIENTNET.pin, [cover.sha256 for cover in covers.values()]
        pictures = [cover.image for cover in covers.values()]
        found["image"] = _kept(name, shas, home, lambda: encode_pictures(pictures, home))
    rows = {"text": list(texts), "image": list(covers)}
    return {name: _spread(values, rows[name], len(items)) for name, values in found.items()}


def text_of(item: Item) -> str:
    """What there is to read: title and description."""
    return " ".join(part for part in (item.title.strip(), item.description.strip()) if part)


def _cover(dataset: Dataset, item: Item) -> Cover | None:
    try:
        return open_cover(dataset, item)
    except CoverError:
        return None


def _kept(
    encoder: str, contents: Sequence[str], home: Path, encode: Callable[[], np.ndarray]
) -> np.ndarray:
    digest = hashlib.sha256(repr((encoder, list(contents))).encode()).hexdigest()
    file = home / "features" / f"{digest}.npy"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        scratch = file.with_suffix(".part.npy")
        np.save(scratch, encode())
        scratch.replace(file)
    values: np.ndarray = np.load(file)
    return values


def _spread(values: np.ndarray, rows: Sequence[int], count: int) -> Tensor:
    table = torch.zeros(count, values.shape[1])
    table[list(rows)] = torch.from_numpy(values)
    return table
