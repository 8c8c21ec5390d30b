"""Pictures at once: drawing the real ones takes longer than a short training on them."""

import hashlib

import pytest
from PIL import Image

from train.sample.catalogue import Item


def plain(item: Item) -> Image.Image:
    """One colour a theme."""
    return Image.new("RGB", (32, 18), f"#{hashlib.sha256(item.theme.key.encode()).hexdigest()[:6]}")


def draw_plainly(patch: pytest.MonkeyPatch) -> None:
    """Have worlds drawn so, here and in processes that are forked."""
    for module in ("train.pictures", "train.sample.writer"):
        patch.setattr(f"{module}.draw_item", plain)
