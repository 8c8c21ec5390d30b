"""Drawings of cot mobiles: things that hang on threads."""

from random import Random

import skia

from train.sample.motifs.baby.shapes import cloud
from train.sample.motifs.shapes import (
    Point,
    arc,
    bow,
    box,
    circle,
    clip,
    crescent,
    curve,
    cut,
    fill,
    heart,
    ink,
    join,
    line,
    many,
    oval,
    pair,
    polar,
    ribbon,
    smooth,
    star,
)
from train.sample.parts import Part, Tone


def _bird(x: float, y: float, size: float) -> skia.Path:
    """A felt bird that flies to the left."""
    body = smooth(
        (x - size * 0.5, y - size * 0.05),
        (x - size * 0.3, y - size * 0.25),
        (x, y - size * 0.05),
        (x + size * 0.5, y - size * 0.2),
        (x + size * 0.35, y + size * 0.1),
        (x, y + size * 0.28),
        (x - size * 0.3, y + size * 0.2),
    )
    wing = smooth(
        (x - size * 0.1, y),
        (x + size * 0.1, y - size * 0.45),
        (x + size * 0.3, y - size * 0.4),
        (x + size * 0.2, y),
    )
    return join(body, wing)


def _whale(x: float, y: float, size: float) -> skia.Path:
    """A felt whale that swims to the left."""
    body = smooth(
        (x - size * 0.5, y + size * 0.05),
        (x - size * 0.35, y - size * 0.22),
        (x, y - size * 0.2),
        (x + size * 0.3, y + size * 0.02),
        (x + size * 0.3, y + size * 0.16),
        (x - size * 0.1, y + size * 0.25),
        (x - size * 0.4, y + size * 0.2),
    )
    fluke = smooth(
        (x + size * 0.24, y + size * 0.08),
        (x + size * 0.36, y - size * 0.1),
        (x + size * 0.34, y - size * 0.3),
        (x + size * 0.46, y - size * 0.2),
        (x + size * 0.6, y - size * 0.26),
        (x + size * 0.52, y - size * 0.04),
        (x + size * 0.36, y + size * 0.12),
    )
    return join(body, fluke)


def _pendant(kind: int, x: float, y: float, size: float, tone: Tone, depth: float) -> list[Part]:
    """Something soft that hangs at a thread, with its one detail."""
    if kind == 0:
        return [
            fill(star(x, y, size * 0.56, size * 0.28, 5), tone, depth),
            fill(circle(x, y, size * 0.12), "light", depth),
        ]
    if kind == 1:
        return [
            fill(crescent(x, y, size * 0.5, 0), tone, depth),
            fill(circle(x - size * 0.3, y + size * 0.06, size * 0.08), "light", depth),
        ]
    if kind == 2:
        return [
            fill(cloud(x, y, size * 1.15), "light", depth),
            ink(arc(x, y + size * 0.1, size * 0.1, size * 0.08, 20, 140), "dark", 0.013, depth),
        ]
    if kind == 3:
        return [
            fill(heart(x, y, size), tone, depth),
            ink(
                arc(x - size * 0.2, y - size * 0.12, size * 0.14, size * 0.16, 180, 80),
                "light",
                0.013,
                depth,
            ),
        ]
    if kind == 4:
        return [
            fill(_bird(x, y, size * 1.2), tone, depth),
            fill(circle(x - size * 0.36, y - size * 0.05, size * 0.07), "light", depth),
        ]
    return [
        fill(_whale(x, y, size * 1.15), tone, depth),
        fill(circle(x - size * 0.3, y, size * 0.07), "light", depth),
    ]


def _around(y: float, rx: float, ry: float, degrees: float) -> Point:
    """The point of a hoop, seen a little from below, at an angle."""
    x, deep = polar(0.0, 0.0, 1.0, degrees)
    return 0.5 + rx * x, y + ry * deep


def hoop_mobile(rng: Random) -> list[Part]:
    """A hoop on cords with five things hanging from it at different heights."""
    rx, ry, y = 0.35, 0.085, rng.uniform(0.32, 0.35)
    kinds = rng.sample((0, 1, 2, 3, 4), 5)
    angles = (172, 232, 90, 308, 8)
    drops = (rng.uniform(0.24, 0.3), 0.2, rng.uniform(0.34, 0.4), 0.22, rng.uniform(0.27, 0.34))
    tones: tuple[Tone, ...] = ("accent", "second", "main", "accent", "main")
    knots = [_around(y, rx, ry, a) for a in angles]
    ends = [(x, v + drop) for (x, v), drop in zip(knots, drops, strict=True)]
    far = many(line(knots[i], ends[i]) for i in (1, 3))
    near = many(line(knots[i], ends[i]) for i in (0, 2, 4))
    cords = many(line((0.5, 0.13), _around(y, rx, ry, a)) for a in (180, 0, 60, 120))
    band = cut(oval(0.5, y, rx + 0.03, ry + 0.03), oval(0.5, y - 0.004, rx - 0.015, ry - 0.02))
    parts = [
        ink(far, "second", 0.013, 0.2),
        *(
            part
            for i in (1, 3)
            for part in _pendant(kinds[i], ends[i][0], ends[i][1] + 0.05, 0.15, tones[i], 0.3)
        ),
        ink(cords, "second", 0.013, 0.4),
        fill(band, "main", 0.5),
        ink(arc(0.5, y, rx + 0.01, ry + 0.01, 100, 60), "light", 0.014, 0.55),
        ink(near, "second", 0.013, 0.6),
    ]
    for i in (0, 4, 2):
        parts += _pendant(kinds[i], ends[i][0], ends[i][1] + 0.06, 0.2, tones[i], 0.75)
    return [
        *parts,
        ink(line((0.5, 0.04), (0.5, 0.12)), "second", 0.016, 0.4),
        fill(circle(0.5, 0.12, 0.035), "accent", 0.6),
        fill(many(circle(x, v, 0.02) for x, v in knots), "light", 0.62),
    ]


def cross_mobile(rng: Random) -> list[Part]:
    """Wooden bars in a cross with felt animals, and a big balloon in the middle."""
    kind = rng.choice((4, 5))
    y = 0.2
    bars = (
        ((0.1, y + 0.04), (0.5, y), (0.9, y + 0.045)),
        ((0.28, y - 0.05), (0.5, y), (0.73, y + 0.1)),
    )
    spots = (
        (0.12, 0.46 + rng.uniform(0, 0.06)),
        (0.86, 0.48 + rng.uniform(0, 0.06)),
        (0.28, 0.68),
        (0.74, 0.74),
    )
    tops = (y + 0.04, y + 0.045, y - 0.045, y + 0.1)
    threads = many(line((x, top), (x, v - 0.05)) for (x, v), top in zip(spots, tops, strict=True))
    balloon = smooth(
        (0.5, 0.36),
        (0.61, 0.4),
        (0.64, 0.51),
        (0.57, 0.63),
        (0.5, 0.67),
        (0.43, 0.63),
        (0.36, 0.51),
        (0.39, 0.4),
    )
    gore = smooth((0.5, 0.36), (0.5, 0.36), (0.545, 0.5), (0.5, 0.67), (0.5, 0.67), (0.455, 0.5))
    parts = [
        ink(line((0.5, 0.05), (0.5, 0.38)), "second", 0.014, 0.3),
        ink(threads, "second", 0.013, 0.3),
        fill(ribbon(bars[1], (0.03, 0.036, 0.03)), "second", 0.36),
        fill(ribbon(bars[0], (0.034, 0.04, 0.034)), "main", 0.4),
        ink(curve((0.16, y + 0.028), (0.32, y + 0.008), (0.44, y - 0.004)), "light", 0.012, 0.42),
        fill(circle(0.5, y, 0.04), "accent", 0.45),
        fill(circle(0.5, 0.06, 0.03), "accent", 0.4),
        fill(balloon, "main", 0.6),
        fill(gore, "light", 0.62),
        ink(arc(0.5, 0.5, 0.105, 0.11, 190, 50), "light", 0.016, 0.64),
        ink(pair(line((0.47, 0.66), (0.475, 0.74))), "dark", 0.013, 0.6),
        fill(box(0.455, 0.735, 0.09, 0.07, 0.015), "accent", 0.64),
    ]
    tones: tuple[Tone, ...] = ("accent", "main", "second", "accent")
    for (x, v), tone in zip(spots, tones, strict=True):
        shift = rng.choice((kind, kind, 0, 2))
        parts += _pendant(shift, x, v, 0.185, tone, 0.7)
    return parts


def cot_mobile(rng: Random) -> list[Part]:
    """A mobile on its arm, clamped to the rail of a cot."""
    post = rng.uniform(0.13, 0.17)
    arm = ribbon(
        ((post, 0.74), (post, 0.4), (post + 0.06, 0.14), (0.34, 0.09), (0.56, 0.13)),
        (0.05, 0.045, 0.042, 0.038, 0.03),
    )
    slats = many(box(0.08 + i * 0.123, 0.74, 0.045, 0.22, 0.015) for i in range(7))
    rail = box(0.03, 0.7, 0.94, 0.065, 0.03)
    hub = (0.56, 0.21)
    spread = (-0.27, -0.1, 0.1, 0.28)
    lengths = [
        rng.uniform(0.17, 0.22),
        rng.uniform(0.27, 0.31),
        rng.uniform(0.25, 0.3),
        rng.uniform(0.16, 0.22),
    ]
    kinds = rng.sample((0, 1, 2, 3, 5), 4)
    tones: tuple[Tone, ...] = ("accent", "main", "second", "accent")
    parts = [
        fill(slats, "second", 0.2),
        fill(
            smooth((0.1, 0.96), (0.16, 0.84), (0.5, 0.83), (0.84, 0.84), (0.9, 0.96)), "light", 0.15
        ),
        fill(rail, "second", 0.3),
        ink(line((0.32, 0.72), (0.8, 0.72)), "light", 0.014, 0.32),
        fill(arm, "main", 0.4),
        ink(
            curve((post - 0.008, 0.6), (post - 0.006, 0.4), (post + 0.05, 0.16)),
            "light",
            0.013,
            0.42,
        ),
        fill(box(post - 0.06, 0.66, 0.12, 0.14, 0.03), "main", 0.45),
        fill(circle(post, 0.73, 0.03), "accent", 0.47),
        ink(line((0.56, 0.13), hub), "dark", 0.014, 0.4),
        ink(
            many(
                line((hub[0] + dx, 0.26), (hub[0] + dx, 0.26 + length))
                for dx, length in zip(spread, lengths, strict=True)
            ),
            "dark",
            0.013,
            0.4,
        ),
    ]
    for dx, length, kind, tone in zip(spread, lengths, kinds, tones, strict=True):
        parts += _pendant(kind, hub[0] + dx, 0.3 + length, 0.185, tone, 0.7)
    dome = bow(hub[0], 0.265, 0.33, 0.085, 180)
    return [
        *parts,
        fill(dome, "main", 0.6),
        fill(
            clip(
                many(circle(hub[0] + (i - 3) * 0.11, 0.265, 0.04) for i in range(7)),
                box(0, 0.1, 1, 0.2),
            ),
            "light",
            0.62,
        ),
        ink(arc(hub[0], 0.265, 0.25, 0.06, 200, 50), "light", 0.014, 0.64),
        fill(circle(*hub, 0.04), "accent", 0.66),
    ]
