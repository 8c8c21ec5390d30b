"""Path helpers that only the drawings of the games data set use."""

import math
import re
from collections.abc import Callable, Iterable

import skia

from train.sample.motifs.shapes import Point, place, poly, sturdy
from train.sample.parts import Part

_TOKEN = re.compile(r"[A-Z]|-?\d*\.?\d+")
_ARGUMENTS = {"M": 2, "L": 2, "C": 6, "Q": 4}


def svg(commands: str) -> skia.Path:
    """A path from the SVG letters M L C Q Z, upper case only, in hundredths of the box."""
    tokens = _TOKEN.findall(commands)
    builder = skia.PathBuilder()
    draw = {
        "M": builder.moveTo,
        "L": builder.lineTo,
        "C": builder.cubicTo,
        "Q": builder.quadTo,
    }
    letter, i = "M", 0
    while i < len(tokens):
        if tokens[i].isalpha():
            letter, i = tokens[i], i + 1
        if letter == "Z":
            builder.close()
            continue
        count = _ARGUMENTS[letter]
        draw[letter](*(float(token) / 100 for token in tokens[i : i + count]))
        i += count
        letter = "L" if letter == "M" else letter
    return builder.detach()


def soft(radius: float, *points: Point) -> skia.Path:
    """A closed polygon with rounded corners."""
    builder = skia.PathBuilder()
    for i, corner in enumerate(points):
        enter = _towards(corner, points[i - 1], radius)
        leave = _towards(corner, points[(i + 1) % len(points)], radius)
        if i:
            builder.lineTo(*enter)
        else:
            builder.moveTo(*enter)
        builder.quadTo(*corner, *leave)
    builder.close()
    return builder.detach()


def _towards(start: Point, goal: Point, distance: float) -> Point:
    """The point this far from start, at most half-way to the goal."""
    share = min(distance / (math.dist(start, goal) or 1.0), 0.5)
    return start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share


Grid = Callable[[float, float, float], Point]
"""Where a point of a grid in three dimensions lies in the drawing."""


def iso(scale: float, x: float, y: float) -> Grid:
    """An isometric grid from its origin; u runs to the right front, v to the left front."""

    def at(u: float, v: float, z: float) -> Point:
        return x + (u - v) * 0.866 * scale, y + (u + v) * 0.5 * scale - z * scale

    return at


def prism(
    at: Grid,
    u: float,
    v: float,
    z: float,
    wide: float,
    deep: float,
    high: float,
) -> tuple[skia.Path, skia.Path, skia.Path]:
    """The top, left and right faces of an isometric box from its rear lower corner."""
    a, b, top = u + wide, v + deep, z + high
    return (
        poly(at(u, v, top), at(a, v, top), at(a, b, top), at(u, b, top)),
        poly(at(u, b, top), at(a, b, top), at(a, b, z), at(u, b, z)),
        poly(at(a, v, top), at(a, b, top), at(a, b, z), at(a, v, z)),
    )


def shrunk(parts: Iterable[Part], scale: float) -> list[Part]:
    """Parts drawn a little too large, brought back into the box."""
    return sturdy(place(parts, 0.5, 0.5, scale))
