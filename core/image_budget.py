"""How many tokens a picture may take: LLaVA-NeXT cuts it into tiles, and fewer tiles are faster.

A checkpoint offers grids of tiles (``image_grid_pinpoints``) and takes the one that suits a
picture best. With a budget it is offered fewer of them (ours).
"""

from collections.abc import Sequence
from typing import Any

from core.errors import WeightsError

Grid = Sequence[int]
"""Height and width in pixels, multiples of a tile's side."""


def keep_within(model: Any, processor: Any, most: int) -> None:
    """Take away the grids that cost more than so many tokens, from a model and its processor.

    Raises:
        WeightsError: if not even a single tile fits.
    """
    vision = model.config.vision_config
    offered = [list(grid) for grid in model.config.image_grid_pinpoints]
    single = [vision.image_size, vision.image_size]
    cost = {tuple(g): tokens(g, vision.image_size, vision.patch_size) for g in (*offered, single)}
    kept = [grid for grid in offered if cost[tuple(grid)] <= most] or [single]
    if cost[tuple(kept[0])] > most:
        raise WeightsError(
            f"TASTELINE_IMAGE_TOKENS is {most}; a picture takes at least {cost[tuple(single)]}."
        )
    model.config.image_grid_pinpoints = kept
    processor.image_processor.image_grid_pinpoints = kept


def tokens(grid: Grid, side: int, patch: int) -> int:
    """Tokens of a picture that fills a grid: its tiles, a separator a row, and the whole."""
    rows, columns = (length // side * (side // patch) for length in grid)
    return rows * columns + rows + (side // patch) ** 2
