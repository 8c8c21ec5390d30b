"""Path helpers for drawings and styles: pure functions that return new paths."""

import math
from collections.abc import Callable, Iterable
from dataclasses import replace

import skia

from train.sample.parts import Part, Tone

Point = tuple[float, float]

# The engine's path operations lose shapes at coordinates below one (a body joined to a head can
# leave the head alone), so they run this much larger. Powers of two round nothing.
_ZOOM = 1024.0


def fill(path: skia.Path, tone: Tone, depth: float = 0.5) -> Part:
    """A filled shape."""
    return Part(path, tone, 0.0, depth)


def ink(path: skia.Path, tone: Tone, width: float = 0.02, depth: float = 0.5) -> Part:
    """A drawn line."""
    return Part(path, tone, width, depth)


def poly(*points: Point) -> skia.Path:
    """A closed polygon."""
    return line(*points, closed=True)


def line(*points: Point, closed: bool = False) -> skia.Path:
    """An open run of straight lines."""
    builder = skia.PathBuilder()
    builder.moveTo(*points[0])
    for point in points[1:]:
        builder.lineTo(*point)
    if closed:
        builder.close()
    return builder.detach()


def smooth(*points: Point) -> skia.Path:
    """A closed curve through the points; a point given twice in a row is a corner."""
    return _spline(points, closed=True)


def curve(*points: Point) -> skia.Path:
    """An open curve through the points; a point given twice in a row is a corner."""
    return _spline(points, closed=False)


def _spline(points: tuple[Point, ...], closed: bool) -> skia.Path:
    count = len(points)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    builder = skia.PathBuilder()
    builder.moveTo(*points[0])
    for i in range(count if closed else count - 1):
        before, start, end, after = at(i - 1), at(i), at(i + 1), at(i + 2)
        if start == end:  # the second half of a corner has no length to draw
            continue
        builder.cubicTo(
            start[0] + (end[0] - before[0]) / 6,
            start[1] + (end[1] - before[1]) / 6,
            end[0] - (after[0] - start[0]) / 6,
            end[1] - (after[1] - start[1]) / 6,
            *end,
        )
    if closed:
        builder.close()
    return builder.detach()


def circle(x: float, y: float, radius: float) -> skia.Path:
    """A circle around a point."""
    return skia.Path.Circle(x, y, radius)


def oval(x: float, y: float, rx: float, ry: float, degrees: float = 0.0) -> skia.Path:
    """An ellipse around a point, turned clockwise."""
    path = skia.Path.Oval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry))
    return turn(path, degrees, x, y)


def box(x: float, y: float, width: float, height: float, radius: float = 0.0) -> skia.Path:
    """A rectangle from its top left corner, with round corners if asked."""
    rect = skia.Rect.MakeXYWH(x, y, width, height)
    return skia.Path.RRect(rect, radius, radius) if radius else skia.Path.Rect(rect)


def arc(
    x: float, y: float, rx: float, ry: float, start: float, sweep: float, *, pie: bool = False
) -> skia.Path:
    """Part of an ellipse in degrees clockwise from the right; a pie runs through the centre."""
    if abs(sweep) >= 360:  # the engine takes a full turn for none
        return oval(x, y, rx, ry)
    builder = skia.PathBuilder()
    if pie:
        builder.moveTo(x, y)
    frame = skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry)
    builder.arcTo(frame, start, sweep, not pie)
    if pie:
        builder.close()
    return builder.detach()


def bow(
    x: float, y: float, rx: float, ry: float, start: float = 0.0, sweep: float = 180.0
) -> skia.Path:
    """An arc closed by its chord; the default is the lower half of an ellipse."""
    path = arc(x, y, rx, ry, start, sweep)
    path.close()
    return path


def ring(x: float, y: float, outer: float, inner: float) -> skia.Path:
    """A circle with a round hole."""
    return cut(circle(x, y, outer), circle(x, y, inner))


def star(
    x: float, y: float, outer: float, inner: float, tips: int, degrees: float = 0.0
) -> skia.Path:
    """A star whose first tip points up before it is turned."""
    points = []
    for i in range(2 * tips):
        radius = inner if i % 2 else outer
        points.append(polar(x, y, radius, degrees - 90 + i * 180 / tips))
    return poly(*points)


def polar(x: float, y: float, radius: float, degrees: float) -> Point:
    """The point at an angle, clockwise from the right."""
    angle = math.radians(degrees)
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def ribbon(points: Iterable[Point], widths: Iterable[float]) -> skia.Path:
    """A round-ended band along a curve whose width changes from point to point."""
    knots, sizes = list(points), list(widths)
    steps = 10
    left: list[Point] = []
    right: list[Point] = []
    for i in range(len(knots) - 1):
        p0, p1 = knots[max(i - 1, 0)], knots[i]
        p2, p3 = knots[i + 1], knots[min(i + 2, len(knots) - 1)]
        for k in range(steps + (i == len(knots) - 2)):
            t = k / steps
            x, dx = _hermite(p0[0], p1[0], p2[0], p3[0], t)
            y, dy = _hermite(p0[1], p1[1], p2[1], p3[1], t)
            half = (sizes[i] + (sizes[i + 1] - sizes[i]) * t) / 2
            length = math.hypot(dx, dy) or 1.0
            nx, ny = -dy / length * half, dx / length * half
            left.append((x + nx, y + ny))
            right.append((x - nx, y - ny))
    head = math.degrees(math.atan2(left[0][1] - knots[0][1], left[0][0] - knots[0][0]))
    tail = math.degrees(math.atan2(right[-1][1] - knots[-1][1], right[-1][0] - knots[-1][0]))
    start = [polar(*knots[0], sizes[0] / 2, head + 180 - 30 * k) for k in range(1, 6)]
    end = [polar(*knots[-1], sizes[-1] / 2, tail + 180 - 30 * k) for k in range(1, 6)]
    return poly(*left, *end, *reversed(right), *start)


def _hermite(a: float, b: float, c: float, d: float, t: float) -> tuple[float, float]:
    """Value and slope of the Catmull-Rom curve from b to c."""
    m0, m1, rise = (c - a) / 2, (d - b) / 2, c - b
    square, cube = 3 * rise - 2 * m0 - m1, m0 + m1 - 2 * rise
    return b + t * (m0 + t * (square + t * cube)), m0 + t * (2 * square + 3 * t * cube)


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


def _combined(first: skia.Path, second: skia.Path, operation: skia.PathOp) -> skia.Path:
    larger, back = skia.Matrix.Scale(_ZOOM, _ZOOM), skia.Matrix.Scale(1 / _ZOOM, 1 / _ZOOM)
    return mapped(skia.Op(mapped(first, larger), mapped(second, larger), operation), back)


def many(paths: Iterable[skia.Path]) -> skia.Path:
    """Several shapes or lines as one path, kept as they are."""
    result = skia.Path()
    for path in paths:
        result.addPath(path)
    return result


def move(path: skia.Path, dx: float, dy: float) -> skia.Path:
    """A shifted copy."""
    return mapped(path, skia.Matrix.Translate(dx, dy))


def turn(path: skia.Path, degrees: float, x: float = 0.5, y: float = 0.5) -> skia.Path:
    """A copy turned clockwise around a point."""
    return mapped(path, skia.Matrix.RotateDeg(degrees, skia.Point(x, y)))


def resize(path: skia.Path, sx: float, sy: float, x: float = 0.5, y: float = 0.5) -> skia.Path:
    """A copy stretched around a point; a negative factor mirrors it."""
    matrix = skia.Matrix.Translate(x, y).preConcat(skia.Matrix.Scale(sx, sy))
    return mapped(path, matrix.preConcat(skia.Matrix.Translate(-x, -y)))


def lean(path: skia.Path, slope: float, y: float = 0.5) -> skia.Path:
    """A copy sheared sideways; points above the line y move right by slope times their height."""
    matrix = skia.Matrix()
    matrix.setSkew(-slope, 0.0, 0.0, y)
    return mapped(path, matrix)


def hang(path: skia.Path, slope: float, x: float = 0.5) -> skia.Path:
    """A copy sheared upright; points right of the line x sink by slope times their distance."""
    matrix = skia.Matrix()
    matrix.setSkew(0.0, slope, x, 0.0)
    return mapped(path, matrix)


def mirror(path: skia.Path, x: float = 0.5) -> skia.Path:
    """A copy mirrored at a vertical line."""
    return resize(path, -1.0, 1.0, x, 0.0)


def pair(path: skia.Path, x: float = 0.5) -> skia.Path:
    """A shape and its mirror image as one path."""
    return many((path, mirror(path, x)))


def mapped(path: skia.Path, matrix: skia.Matrix) -> skia.Path:
    """A transformed copy."""
    copy = skia.Path(path)
    copy.transform(matrix)
    return copy


def change(parts: Iterable[Part], edit: Callable[[skia.Path], skia.Path]) -> list[Part]:
    """The same parts with every path edited, for example turned."""
    return [Part(edit(part.path), part.tone, part.stroke, part.depth) for part in parts]


def place(parts: Iterable[Part], x: float, y: float, scale: float, far: float = 0.0) -> list[Part]:
    """Parts scaled about the box centre and moved there; `far` pushes their depth back."""
    return [
        Part(
            move(resize(part.path, scale, scale), x - 0.5, y - 0.5),
            part.tone,
            part.stroke * scale,
            max(part.depth - far, 0.0),
        )
        for part in parts
    ]


def sturdy(parts: Iterable[Part]) -> list[Part]:
    """The same parts with no line too thin to survive a small picture."""
    thinnest = 0.012
    return [
        replace(part, stroke=max(part.stroke, thinnest)) if part.stroke else part for part in parts
    ]


def trace(start: Point, *steps: tuple[float, ...], closed: bool = True) -> skia.Path:
    """Mixed segments: two numbers draw a line, four a quadratic, six a cubic curve."""
    builder = skia.PathBuilder()
    builder.moveTo(*start)
    for step in steps:
        draw = {2: builder.lineTo, 4: builder.quadTo, 6: builder.cubicTo}[len(step)]
        draw(*step)
    if closed:
        builder.close()
    return builder.detach()


def heart(x: float, y: float, size: float) -> skia.Path:
    """A heart as wide as size around a point."""
    half = size / 2
    return trace(
        (x, y + half),
        (x - half * 0.5, y + half * 0.6, x - half, y + half * 0.1, x - half, y - half * 0.3),
        (x - half, y - half * 0.95, x - half * 0.2, y - half, x, y - half * 0.4),
        (x + half * 0.2, y - half, x + half, y - half * 0.95, x + half, y - half * 0.3),
        (x + half, y + half * 0.1, x + half * 0.5, y + half * 0.6, x, y + half),
    )


def crescent(x: float, y: float, radius: float, degrees: float = 0.0) -> skia.Path:
    """A moon that opens to the right before it is turned."""
    hollow = circle(x + radius * 0.5, y - radius * 0.12, radius * 0.82)
    return turn(cut(circle(x, y, radius), hollow), degrees, x, y)
