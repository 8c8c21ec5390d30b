"""The places behind the motifs as plain shapes: a style decides how they look."""

import math
from collections.abc import Callable
from random import Random

import skia

from train.sample.motifs.shapes import (
    box,
    circle,
    line,
    many,
    oval,
    poly,
    ribbon,
    smooth,
)
from train.sample.parts import Part, Setting
from train.sample.styles import props

Views = tuple[list[Part], list[Part]]
"""What is behind the motif (far first) and what is in front of it."""


def scenery(setting: Setting, width: int, height: int, horizon: float, rng: Random) -> Views:
    """The place of a video scene."""
    return _SETTINGS[setting](float(width), float(height), horizon, rng)


def _table(w: float, h: float, y: float, rng: Random) -> Views:
    """A table top with things on it, before a window or a shelf."""
    behind = props.window(w, h, y, rng) if rng.random() < 0.5 else props.shelf(w, h, y, rng)
    behind += props.lamps(w, h, rng) if rng.random() < 0.6 else []
    for _ in range(rng.randrange(2, 5)):
        x, size = rng.uniform(0.02, 0.98) * w, h * rng.uniform(0.1, 0.2)
        behind += rng.choice((props.bottle, props.cup, props.plant))(
            x, y + h * rng.uniform(0.01, 0.06), size, rng
        )
    behind.append(Part(box(0, y, w, h * 0.018), "light", depth=0.35))
    front = props.cup(rng.choice((0.06, 0.94)) * w, h * 1.06, h * 0.28, rng)
    return behind, front


def _room(w: float, h: float, y: float, rng: Random) -> Views:
    """A wall with pictures and a window, a rug, a lamp and a plant."""
    behind = props.window(w, h, y, rng) if rng.random() < 0.6 else []
    for _ in range(rng.randrange(1, 4)):
        side, x, top = (
            h * rng.uniform(0.14, 0.24),
            rng.uniform(0, 0.9) * w,
            h * rng.uniform(0.06, 0.25),
        )
        behind.append(Part(box(x, top, side, side * 1.2, 1.5), "second", depth=0.15))
        behind.append(
            Part(
                box(x + side * 0.14, top + side * 0.14, side * 0.72, side * 0.92),
                "light",
                depth=0.15,
            )
        )
        peak = poly(
            (x + side * 0.14, top + side * 1.06),
            (x + side * rng.uniform(0.3, 0.7), top + side * 0.45),
            (x + side * 0.86, top + side * 1.06),
        )
        behind.append(Part(peak, "main", depth=0.15))
    behind.append(Part(box(0, y - h * 0.03, w, h * 0.03), "light", depth=0.2))
    rug = oval(w * rng.uniform(0.35, 0.65), (y + h) / 2 + h * 0.04, w * 0.4, (h - y) * 0.42)
    behind.append(Part(rug, "second", depth=0.25))
    behind += props.plant(rng.choice((0.07, 0.93)) * w, y + h * 0.1, h * rng.uniform(0.3, 0.5), rng)
    if rng.random() < 0.6:
        behind += props.floor_lamp(rng.choice((0.16, 0.84)) * w, y + h * 0.06, h * 0.62)
    return behind, props.plant(rng.choice((0.02, 0.98)) * w, h * 1.12, h * 0.5, rng)


def _street(w: float, h: float, y: float, rng: Random) -> Views:
    """Two rows of houses with lit windows, awnings and lanterns."""
    behind: list[Part] = []
    for depth, reach in ((0.05, 0.85), (0.22, 0.6)):
        x = -rng.uniform(0, 0.1) * w
        while x < w:
            wide, tall = w * rng.uniform(0.1, 0.2), y * rng.uniform(0.55, 1.0) * reach + y * 0.1
            behind += props.house(x, y, wide, tall, depth, rng)
            x += wide * rng.uniform(1.0, 1.15)
    for x in (rng.uniform(0.02, 0.2) * w, rng.uniform(0.8, 0.98) * w):
        behind += props.lantern(x, y + h * 0.05, h * rng.uniform(0.5, 0.66))
    if rng.random() < 0.5:
        behind += props.garland(w, h * rng.uniform(0.04, 0.12), h * 0.12, rng)
    vanish = (w / 2, y)
    edges = [line(vanish, (w * k, h)) for k in (-0.4, 0.1, 0.9, 1.4)]
    behind.append(Part(many(edges), "second", h * 0.006, 0.3))
    return behind, props.lantern(rng.choice((0.03, 0.97)) * w, h * 1.1, h * 0.9)


def _field(w: float, h: float, y: float, rng: Random) -> Views:
    """Hills with trees or a fence under a sun."""
    behind = props.sun(w, h, y, rng) + props.clouds(w, y, rng)
    for k, tone in enumerate(rng.sample(props.DEEP, 2)):
        base, rise = y + h * 0.02, y * (0.5 - 0.25 * k)
        knots = [(w * i / 5, base - rise * rng.uniform(0.25, 1.0)) for i in range(6)]
        ridge = smooth(
            *props.twice((-w * 0.1, h)),
            *props.twice((-w * 0.1, base)),
            *knots,
            *props.twice((w * 1.1, base)),
            *props.twice((w * 1.1, h)),
        )
        behind.append(Part(ridge, tone, depth=0.08 + 0.12 * k))
    for _ in range(rng.randrange(2, 6)):
        behind += props.tree(rng.uniform(0, 1) * w, y + h * 0.04, h * rng.uniform(0.14, 0.34), rng)
    if rng.random() < 0.4:
        behind += props.fence(w, y + h * 0.1, h * 0.15)
    return behind, props.grass(w, h, rng)


def _sea(w: float, h: float, y: float, rng: Random) -> Views:
    """Waves to the horizon with islands and a sail, or the deep with weeds and bubbles."""
    if y > h:
        return _deep(w, h, rng)
    behind = props.sun(w, h, y, rng) + props.clouds(w, y, rng)
    x, wide = rng.uniform(0.0, 0.7) * w, w * rng.uniform(0.2, 0.4)
    island = smooth(
        *props.twice((x, y)),
        (x + wide * 0.3, y - h * 0.14),
        (x + wide * 0.6, y - h * 0.06),
        *props.twice((x + wide, y)),
    )
    behind.append(Part(island, "second", depth=0.1))
    if rng.random() < 0.6:
        behind += props.sail(rng.uniform(0.1, 0.9) * w, y + h * 0.03, h * rng.uniform(0.14, 0.22))
    behind += props.waves(w, h, y, rng)
    wave = [(w * i / 6, h * (0.95 + 0.03 * (i % 2))) for i in range(7)]
    surf = smooth(
        *props.twice((-4, h * 1.1)),
        *props.twice((-4, h * 0.96)),
        *wave,
        *props.twice((w + 4, h * 1.1)),
    )
    return behind, [Part(surf, "light", depth=1.0)]


def _deep(w: float, h: float, rng: Random) -> Views:
    """Under water: shafts of light, rocks, weeds, bubbles."""
    behind: list[Part] = []
    for _ in range(rng.randrange(3, 6)):
        x, wide = rng.uniform(0, 1) * w, w * rng.uniform(0.02, 0.07)
        lean = w * rng.uniform(-0.12, 0.12)
        shaft = poly(
            (x, 0), (x + wide, 0), (x + wide * 2 + lean, h * 0.8), (x - wide + lean, h * 0.8)
        )
        behind.append(Part(shaft, "light", depth=0.02))
    rocks = [(w * i / 6, h * rng.uniform(0.76, 0.92)) for i in range(7)]
    behind.append(
        Part(
            smooth(*props.twice((-9, h * 1.1)), *rocks, *props.twice((w + 9, h * 1.1))),
            "second",
            depth=0.2,
        )
    )
    for _ in range(rng.randrange(4, 9)):
        behind.append(
            _weed(rng.uniform(0, 1) * w, h * rng.uniform(0.9, 1.02), h * rng.uniform(0.2, 0.5), rng)
        )
    bubbles = [
        circle(rng.uniform(0, 1) * w, rng.uniform(0.05, 0.8) * h, h * rng.uniform(0.008, 0.03))
        for _ in range(rng.randrange(8, 18))
    ]
    behind.append(Part(many(bubbles), "light", h * 0.007, 0.4))
    front = [_weed(side * w, h * 1.05, h * 0.6, rng) for side in (0.03, 0.08, 0.95)]
    return behind, front


def _weed(x: float, y: float, tall: float, rng: Random) -> Part:
    """One swaying water plant that thins towards its tip."""
    sway, phase = tall * rng.uniform(0.04, 0.09), rng.uniform(0, 6.3)
    knots, widths = [], []
    for k in range(8):
        share = k / 7
        knots.append((x + sway * math.sin(phase + share * 8) * (0.3 + share), y - tall * share))
        widths.append(tall * (0.085 - 0.075 * share))
    return Part(ribbon(knots, widths), rng.choice(props.DEEP), depth=0.3)


def _sky(w: float, h: float, y: float, rng: Random) -> Views:
    """Clouds or stars and a planet, sometimes above far mountains."""
    behind: list[Part] = []
    if rng.random() < 0.55:
        x, top = rng.uniform(0.1, 0.9) * w, rng.uniform(0.15, 0.5) * h
        behind += props.planet(x, top, h * rng.uniform(0.12, 0.26), rng)
        behind.append(Part(many(props.stars(w, h, rng)), "light", depth=0.02))
    else:
        behind += (
            props.sun(w, h, h * 0.8, rng) + props.clouds(w, h * 0.7, rng) + props.clouds(w, h, rng)
        )
    if y < h:
        peaks = [(w * i / 8, y - h * rng.uniform(0.02, 0.2) * (1 + i % 2)) for i in range(9)]
        behind.append(Part(poly((-2, h), *peaks, (w + 2, h)), "main", depth=0.12))
    return behind, props.cloud(rng.choice((0.05, 0.95)) * w, h * 0.98, h * 0.3, 1.0)


def _stage(w: float, h: float, y: float, rng: Random) -> Views:
    """Curtains, beams of light, boxes and the heads of an audience."""
    behind: list[Part] = []
    for right in (False, True):
        for k in range(3):
            x = (1 - k * 0.055 if right else k * 0.055) * w
            fold = box(x - w * 0.03, 0, w * 0.06, y + h * 0.05, w * 0.02)
            behind.append(Part(fold, "main" if k % 2 else "second", depth=0.2))
    for _ in range(rng.randrange(2, 5)):
        x, foot, wide = (
            rng.uniform(0.1, 0.9) * w,
            rng.uniform(0.2, 0.8) * w,
            w * rng.uniform(0.08, 0.14),
        )
        beam = poly((x - 3, 0), (x + 3, 0), (foot + wide, y + h * 0.1), (foot - wide, y + h * 0.1))
        behind.append(Part(beam, "light", depth=0.02))
        behind.append(Part(box(x - h * 0.03, 0, h * 0.06, h * 0.05, 2), "accent", depth=0.25))
    for side in rng.sample((0.2, 0.27, 0.73, 0.8), 2):
        tall = h * rng.uniform(0.2, 0.34)
        x = side * w
        behind.append(
            Part(box(x - tall * 0.3, y - tall + h * 0.05, tall * 0.6, tall, 2), "dark", depth=0.3)
        )
        behind.append(
            Part(circle(x, y - tall * 0.35 + h * 0.05, tall * 0.2), "second", tall * 0.06, 0.3)
        )
    behind.append(Part(box(0, y, w, h * 0.02), "accent", depth=0.3))
    return behind, _audience(w, h, rng)


def _audience(w: float, h: float, rng: Random) -> list[Part]:
    """A row of heads and raised hands seen from behind."""
    heads: list[skia.Path] = []
    x = -w * 0.02
    while x < w:
        size = h * rng.uniform(0.035, 0.05)
        top = h * rng.uniform(0.94, 1.0)
        heads += [circle(x, top, size), oval(x, top + size * 2.1, size * 1.7, size * 1.4)]
        if rng.random() < 0.25:
            heads.append(box(x + size, top - size * 2.4, size * 0.7, size * 4, size * 0.3))
        x += size * rng.uniform(2.6, 4.2)
    return [Part(many(heads), "dark", depth=1.0)]


def _track(w: float, h: float, y: float, rng: Random) -> Views:
    """A railway to the horizon with sleepers, masts and a wire, before hills."""
    behind = props.sun(w, h, y, rng) + props.clouds(w, y, rng)
    peaks = [(w * i / 7, y - h * rng.uniform(0.04, 0.28)) for i in range(8)]
    behind.append(Part(poly((-2, y + 1), *peaks, (w + 2, y + 1)), "second", depth=0.08))
    vanish = w * rng.uniform(0.35, 0.65)
    left, right = w * rng.uniform(-0.1, 0.1), w * rng.uniform(0.9, 1.1)
    bed = poly((vanish - 3, y), (vanish + 3, y), (right + w * 0.15, h), (left - w * 0.15, h))
    behind.append(Part(bed, "second", depth=0.14))
    sleepers = []
    for k in range(1, 13):
        share = (k / 12) ** 2
        ends = [vanish + (foot - vanish) * share * 1.12 for foot in (left, right)]
        level, thick = y + (h - y) * share, h * 0.05 * share + 0.8
        sleepers.append(box(ends[0], level - thick, ends[1] - ends[0], thick))
    behind.append(Part(many(sleepers), "dark", depth=0.18))
    rails = [line((vanish, y), (foot, h)) for foot in (left, right)]
    behind.append(Part(many(rails), "light", h * 0.014, 0.22))
    behind += _masts(vanish, w * rng.choice((-0.06, 1.06)), y, h)
    return behind, props.grass(w, h, rng)


def _masts(vanish: float, foot: float, y: float, h: float) -> list[Part]:
    """Masts that grow towards the viewer, and the wire between their tops."""
    posts, tops = [], []
    for k in range(2, 7):
        share = (k / 6) ** 2
        x, ground = vanish + (foot - vanish) * share, y + (h - y) * share
        tall, thick = h * 0.75 * share + h * 0.05, h * 0.02 * share + 0.7
        posts.append(box(x - thick / 2, ground - tall, thick, tall))
        tops.append((x, ground - tall))
    wire = Part(line(*tops), "dark", h * 0.006, 0.2)
    return [wire, Part(many(posts), "dark", depth=0.24)]


_Place = Callable[[float, float, float, Random], Views]
_SETTINGS: dict[Setting, _Place] = {
    "table": _table,
    "room": _room,
    "street": _street,
    "field": _field,
    "sea": _sea,
    "sky": _sky,
    "stage": _stage,
    "track": _track,
}
