"""What the baselines may read and see of items; encoded once, kept by content."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from core import covers
from core.covers import cover_of, cover_path
from core.files import whole
from core.records import Dataset, Item
from train import encoders
from train.encoders import EFFICIENTNET, MINILM, encode_pictures, encode_texts

CODE = [Path(str(module.__file__)) for module in (covers, encoders)]  # how contents are encoded


@dataclass(frozen=True)
class Features:
    """Whatever can be told of the items of a catalogue, as vectors.

    Attributes:
        dataset: of the items.
        items: in the order of the rows.
        home: cache folder.
        describe: what stage 1 says of the items' images, by item id.
    """

    dataset: Dataset
    items: Sequence[Item]
    home: Path
    describe: Callable[[], Mapping[str, str]]

    def __call__(self, modalities: Sequence[str]) -> Mapping[str, Tensor]:
        """The modalities that this catalogue has, of those that are asked for.

        Args:
            modalities: ``text``: title and description, ``(items, 384)``; ``image``: the cover,
                ``(items, 1280)``; ``summary``: what stage 1 says of the cover, ``(items, 384)``.

        Returns:
            float32; zeros for an item without, and no entry where no item has any.
        """
        encoded = {name: getattr(self, name) for name in modalities}
        return {name: found for name, found in encoded.items() if found is not None}

    @cached_property
    def text(self) -> Tensor | None:
        """What is to read."""
        return self._encoded([text_of(item) for item in self.items])

    @cached_property
    def summary(self) -> Tensor | None:
        """What stage 1 says of the covers."""
        said = self.describe()
        return self._encoded([said.get(item.item_id, "") for item in self.items])

    def _encoded(self, texts: Sequence[str]) -> Tensor | None:
        there = {row: text for row, text in enumerate(texts) if text}
        contents = list(there.values())
        return self._kept(MINILM.pin, there, contents, lambda: encode_texts(contents, self.home))

    @cached_property
    def image(self) -> Tensor | None:
        """What is to see."""
        there = {n: sha for n, item in enumerate(self.items) if (sha := _sha(self.dataset, item))}
        rows = list(there)

        def picture(number: int) -> Image.Image | None:
            cover = cover_of(self.dataset, self.items[rows[number]])
            return cover.image if cover else None

        return self._kept(
            EFFICIENTNET.pin,
            rows,
            list(there.values()),
            lambda: encode_pictures(len(rows), picture, self.home),
        )

    def _kept(
        self,
        encoder: str,
        rows: Collection[int],
        contents: Sequence[str],
        encode: Callable[[], np.ndarray],
    ) -> Tensor | None:
        """Encode contents once, and put each into its row."""
        if not contents:
            return None
        code = [file.read_text("utf-8") for file in CODE]
        digest = hashlib.sha256(repr((encoder, code, list(contents))).encode()).hexdigest()
        file = self.home / "features" / f"{digest}.npy"
        if (read := _load_kept(file, len(contents))) is None:
            read = encode()
            with whole(file) as partial:
                np.save(partial, read)
        values = torch.from_numpy(read)
        table = torch.zeros(len(self.items), values.shape[1])
        table[list(rows)] = values
        return table


def _load_kept(file: Path, rows: int) -> np.ndarray | None:
    """Kept features; None where there are none, or such that were damaged: they are made anew."""
    try:
        kept: np.ndarray = np.load(file)
    except (OSError, ValueError, EOFError):
        return None
    return kept if kept.ndim == 2 and len(kept) == rows else None


def text_of(item: Item) -> str:
    """What there is to read: title and description."""
    return " ".join(part for part in (item.title.strip(), item.description.strip()) if part)


def _sha(dataset: Dataset, item: Item) -> str | None:
    """SHA-256 of a cover's file, as `Cover.sha256`; None without one."""
    path = cover_path(dataset, item)
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path else None
    except OSError:
        return None
