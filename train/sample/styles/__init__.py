"""The six visual styles of the sample covers; each paints any motif in its own way."""

from train.sample.styles import (
    blueprint,
    monochrome,
    neon_night,
    pastel_flat,
    pixel_art,
    watercolour,
)
from train.sample.styles.scene import Style

STYLES: tuple[Style, ...] = (
    pixel_art.STYLE,
    watercolour.STYLE,
    neon_night.STYLE,
    blueprint.STYLE,
    pastel_flat.STYLE,
    monochrome.STYLE,
)
