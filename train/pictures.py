"""Training pictures: worlds drawn once, several at a time, and kept as the tower sees them."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

import numpy as np
from PIL import Image

from core.files import whole
from train.progress import progress
from train.sample.catalogue import Item, draw_item
from train.sample.cover import encode_webp
from train.worlds import build_worlds, drawing_code

SIDE = 96  # pixels of a view; what the embedded processor makes of a picture


def cover_bytes(item: Item) -> bytes:
    """The item's cover as a data set would hold it: drawn, then compressed as WebP."""
    return encode_webp(draw_item(item))


def views(image: Image.Image) -> np.ndarray:
    """Both views that LLaVA-NeXT's processor makes of a picture, uint8 ``(2, SIDE, SIDE, 3)``.

    The base view squeezes the picture into a square; the tile keeps its proportions on black.
    """
    base = image.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    scale = SIDE / max(image.size)
    size = min(SIDE, round(image.width * scale)), min(SIDE, round(image.height * scale))
    tile = Image.new("RGB", (SIDE, SIDE))
    inside = image.resize(size, Image.Resampling.BICUBIC)
    tile.paste(inside, ((SIDE - size[0]) // 2, (SIDE - size[1]) // 2))
    return np.stack([np.asarray(base), np.asarray(tile)])


def draw_worlds(seeds: Sequence[int], cache: Path, size: int | None = None) -> Iterator[np.ndarray]:
    """Draw every item of these worlds, in their order; drawn ones come from the cache.

    Args:
        seeds: of the worlds.
        cache: folder for one file a world.
        size: items of a data set; the sample's when None.

    Yields:
        The views of one world's items, uint8 ``(items, 2, SIDE, SIDE, 3)``.
    """
    with ProcessPoolExecutor() as pool:
        files = pool.map(_draw_world, seeds, repeat(cache), repeat(size))
        for file in progress(files, total=len(seeds), desc="drawing worlds"):
            yield np.load(file)


def _draw_world(seed: int, cache: Path, size: int | None) -> Path:
    size_of = f"-{size}" if size else ""
    made_by = hashlib.sha256(drawing_code().encode() + Path(__file__).read_bytes()).hexdigest()
    file = cache / f"world-{seed}{size_of}-{made_by[:12]}.npy"
    if not file.exists():
        items = [item for world in build_worlds(seed, size=size) for item in world.items]
        drawn = np.stack([views(_compressed(item)) for item in items])
        with whole(file) as partial:
            np.save(partial, drawn)
    return file


def _compressed(item: Item) -> Image.Image:
    return Image.open(io.BytesIO(cover_bytes(item))).convert("RGB")
