"""Path helpers that only the drawings of the baby data set use.

The path operations of the engine lose shapes at coordinates below one (a body joined to a head
can leave the head alone), so they run here on a box of 1024 units. Powers of two lose nothing.
"""

import skia

from train.sample.motifs import shapes
from train.sample.motifs.shapes import Point
from train.sample.parts import Part

_ZOOM = 1024.0


def join(*paths: skia.Path) -> skia.Path:
    """The union of shapes, with one common outline."""
    result = paths[0]
    for path in paths[1:]:
        result = _combined(result, path, skia.kUnion_PathOp)
    return result


def cut(path: skia.Path, *holes: skia.Path) -> skia.Path:
    """A shape without the others."""
    for hole in holes:
        path = _combined(path, hole, skia.kDifference_PathOp)
    return path


def clip(path: skia.Path, frame: skia.Path) -> skia.Path:
    """What of a shape lies inside the frame."""
    return _combined(path, frame, skia.kIntersect_PathOp)


def ring(x: float, y: float, outer: float, inner: float) -> skia.Path:
    """A circle with a round hole."""
    return cut(shapes.circle(x, y, outer), shapes.circle(x, y, inner))


def ribbon(points: tuple[Point, ...], widths: tuple[float, ...]) -> skia.Path:
    """A round-ended band along a curve whose width changes from point to point."""
    band = shapes.ribbon(
        ((x * _ZOOM, y * _ZOOM) for x, y in points), (width * _ZOOM for width in widths)
    )
    return _scaled(band, 1 / _ZOOM)


def hang(path: skia.Path, slope: float, x: float) -> skia.Path:
    """A copy sheared upright; points right of the line x sink by slope times their distance."""
    matrix = skia.Matrix()
    matrix.setSkew(0.0, slope, x, 0.0)
    copy = skia.Path(path)
    copy.transform(matrix)
    return copy


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
    return [
        Part(part.path, part.tone, max(part.stroke, 0.012) if part.stroke else 0.0, part.depth)
        for part in shapes.place(parts, x, y, scale, far)
    ]


def _combined(first: skia.Path, second: skia.Path, operation: skia.PathOp) -> skia.Path:
    result = skia.Op(_scaled(first, _ZOOM), _scaled(second, _ZOOM), operation)
    return _scaled(result, 1 / _ZOOM)


def _scaled(path: skia.Path, factor: float) -> skia.Path:
    copy = skia.Path(path)
    copy.transform(skia.Matrix.Scale(factor, factor))
    return copy
