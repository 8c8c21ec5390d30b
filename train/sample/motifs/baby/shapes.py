"""Shapes that only the drawings of the baby data set use."""

import skia

from train.sample.motifs import shapes
from train.sample.motifs.shapes import join
from train.sample.parts import Part


def cloud(x: float, y: float, size: float) -> skia.Path:
    """A puffy cloud with a straight base, as wide as size."""
    return join(
        shapes.box(x - size * 0.5, y, size, size * 0.28, size * 0.14),
        shapes.circle(x - size * 0.2, y + size * 0.02, size * 0.2),
        shapes.circle(x + size * 0.1, y - size * 0.06, size * 0.26),
        shapes.circle(x + size * 0.3, y + size * 0.08, size * 0.17),
    )


def stitches(x: float, y: float, dx: float, dy: float, count: int) -> skia.Path:
    """Short threads across a seam that starts at a point and steps on."""
    return shapes.many(
        shapes.line(
            (x + i * dx - dy * 0.5, y + i * dy + dx * 0.5),
            (x + i * dx + dy * 0.5, y + i * dy - dx * 0.5),
        )
        for i in range(count)
    )


def button_eye(x: float, y: float, size: float) -> list[Part]:
    """A shiny sewn-on eye."""
    return [
        shapes.fill(shapes.circle(x, y, size), "dark", 0.86),
        shapes.fill(shapes.circle(x - size * 0.3, y - size * 0.35, size * 0.38), "light", 0.88),
    ]


def stand(parts: list[Part], x: float, y: float, scale: float, far: float = 0.0) -> list[Part]:
    """Parts scaled and moved like `place`, with lines kept thick enough to be seen."""
    return shapes.sturdy(shapes.place(parts, x, y, scale, far))
