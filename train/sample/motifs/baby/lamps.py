"""Drawings of bedside lamps for the nursery."""

from random import Random

import skia

from train.sample.motifs.shapes import (
    arc,
    bow,
    box,
    circle,
    clip,
    crescent,
    curve,
    fill,
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
    trace,
)
from train.sample.parts import Part


def _rays(
    x: float, y: float, near: float, far: float, start: float, end: float, count: int
) -> skia.Path:
    """Short strokes of light around a point."""
    step = (end - start) / (count - 1)
    return many(
        line(polar(x, y, near, start + i * step), polar(x, y, far, start + i * step))
        for i in range(count)
    )


def rabbit_lamp(rng: Random) -> list[Part]:
    """A lamp whose foot is a sitting rabbit holding up the shade."""
    top = rng.uniform(0.13, 0.17)
    dots = rng.choice((True, False))
    shade = trace(
        (top + 0.2, 0.07), (0.8 - top, 0.07), (0.83, 0.4), (0.7, 0.44, 0.3, 0.44, 0.17, 0.4)
    )
    sides = many(
        line(polar(0.5, 0.36, 0.37, a), polar(0.5, 0.36, 0.45, a))
        for a in (8, 24, 40, 140, 156, 172)
    )
    figures = [
        star(0.36, 0.25, 0.05, 0.024, 5),
        star(0.63, 0.19, 0.045, 0.022, 5),
        star(0.56, 0.33, 0.05, 0.024, 5),
    ]
    stripes = many(
        line((0.5 + k * (0.3 - top), 0.075), (0.5 + k * 0.32, 0.41)) for k in (-0.6, -0.2, 0.2, 0.6)
    )
    body = smooth(
        (0.38, 0.72),
        (0.42, 0.62),
        (0.52, 0.61),
        (0.62, 0.7),
        (0.67, 0.83),
        (0.6, 0.9),
        (0.42, 0.9),
        (0.37, 0.83),
    )
    head = smooth(
        (0.31, 0.62),
        (0.36, 0.55),
        (0.46, 0.54),
        (0.52, 0.6),
        (0.5, 0.68),
        (0.42, 0.71),
        (0.33, 0.69),
    )
    ears = many(
        (
            ribbon(((0.44, 0.57), (0.46, 0.49), (0.5, 0.44)), (0.05, 0.06, 0.04)),
            ribbon(((0.48, 0.58), (0.54, 0.52), (0.6, 0.5)), (0.05, 0.06, 0.035)),
        )
    )
    return [
        fill(oval(0.5, 0.905, 0.43, 0.05), "light", 0.1),
        ink(sides, "accent", 0.022, 0.12),
        ink(line((0.55, 0.42), (0.55, 0.65)), "dark", 0.03, 0.3),
        fill(box(0.27, 0.88, 0.48, 0.055, 0.025), "dark", 0.5),
        fill(circle(0.68, 0.81, 0.05), "light", 0.5),
        fill(body, "second", 0.6),
        fill(
            smooth((0.5, 0.82), (0.55, 0.74), (0.63, 0.77), (0.66, 0.86), (0.6, 0.9), (0.52, 0.89)),
            "second",
            0.64,
        ),
        ink(curve((0.5, 0.85), (0.53, 0.76), (0.6, 0.75)), "dark", 0.014, 0.66),
        fill(ears, "second", 0.62),
        fill(head, "second", 0.66),
        fill(circle(0.385, 0.61, 0.019), "dark", 0.7),
        fill(circle(0.32, 0.64, 0.017), "accent", 0.7),
        ink(arc(0.44, 0.76, 0.06, 0.1, 120, 70), "light", 0.014, 0.7),
        fill(
            ribbon(((0.39, 0.7), (0.45, 0.72), (0.52, 0.69)), (0.035, 0.04, 0.035)), "accent", 0.72
        ),
        fill(shade, "main", 0.75),
        *([fill(many(figures), "light", 0.78)] if dots else [ink(stripes, "light", 0.018, 0.78)]),
        ink(
            curve((0.18, 0.4), (0.34, 0.425), (0.5, 0.43), (0.66, 0.425), (0.82, 0.4)),
            "accent",
            0.028,
            0.8,
        ),
        ink(line((top + 0.21, 0.075), (0.79 - top, 0.075)), "accent", 0.024, 0.8),
    ]


def toadstool_lamp(rng: Random) -> list[Part]:
    """A mushroom that shines, with rays around its cap."""
    wide = rng.uniform(0.3, 0.34)
    cap = trace(
        (0.5 - wide, 0.54),
        (0.5 - wide, 0.3, 0.36, 0.17, 0.5, 0.17),
        (0.64, 0.17, 0.5 + wide, 0.3, 0.5 + wide, 0.54),
        (0.5 + wide, 0.6, 0.5 - wide, 0.6, 0.5 - wide, 0.54),
    )
    under = clip(oval(0.5, 0.565, wide * 0.92, 0.045), box(0, 0.545, 1, 0.2))
    stem = trace(
        (0.41, 0.56),
        (0.59, 0.56),
        (0.58, 0.7, 0.64, 0.8, 0.66, 0.87),
        (0.64, 0.92, 0.36, 0.92, 0.34, 0.87),
        (0.36, 0.8, 0.42, 0.7, 0.41, 0.56),
    )
    spots = [
        (0.5, 0.29, 0.058),
        (0.34, 0.4, 0.046),
        (0.65, 0.4, 0.052),
        (0.5, 0.46, 0.038),
        (0.28, 0.51, 0.03),
        (0.74, 0.51, 0.028),
    ]
    seen = clip(many(circle(x + rng.uniform(-0.012, 0.012), y, r) for x, y, r in spots), cap)
    gills = many(
        line((0.5 + k * 0.16, 0.552), (0.5 + k * 0.3, 0.585)) for k in (-0.8, -0.4, 0, 0.4, 0.8)
    )
    small = [
        fill(trace((0.76, 0.8), (0.82, 0.8), (0.84, 0.91), (0.74, 0.91)), "light", 0.6),
        fill(bow(0.79, 0.815, 0.09, 0.1, 180), "accent", 0.65),
        fill(many((circle(0.765, 0.775, 0.016), circle(0.815, 0.765, 0.015))), "light", 0.67),
    ]
    return [
        ink(_rays(0.5, 0.5, 0.41, 0.47, 195, 345, rng.choice((7, 9))), "accent", 0.024, 0.2),
        fill(oval(0.5, 0.9, 0.36, 0.045), "dark", 0.25),
        fill(stem, "light", 0.4),
        ink(curve((0.56, 0.62), (0.57, 0.74), (0.6, 0.86)), "second", 0.024, 0.44),
        fill(circle(0.47, 0.83, 0.024), "accent", 0.46),
        fill(pair(circle(0.455, 0.69, 0.016)), "dark", 0.47),
        ink(curve((0.475, 0.725), (0.5, 0.74), (0.525, 0.725)), "dark", 0.014, 0.47),
        fill(cap, "main", 0.55),
        fill(under, "second", 0.57),
        ink(gills, "light", 0.013, 0.58),
        fill(seen, "light", 0.6),
        ink(arc(0.5, 0.47, wide * 0.86, 0.25, 195, 42), "light", 0.022, 0.62),
        *small,
    ]


def moon_lamp(rng: Random) -> list[Part]:
    """A shining moon on a wooden stand with a star on a thread."""
    big, sleep = rng.uniform(0.28, 0.31), rng.random() < 0.7
    x, y = 0.5, 0.42
    moon = crescent(x, y, big, rng.uniform(-14, 4))
    bulb = circle(x, y, big)
    craters = clip(
        many(
            circle(*polar(x, y, big * 0.76, a), r)
            for a, r in ((110, 0.035), (200, 0.03), (238, 0.022))
        ),
        moon,
    )
    hanging = rng.uniform(0.02, 0.07)
    stand = trace((0.3, 0.78), (0.42, 0.7, 0.58, 0.7, 0.7, 0.78), (0.72, 0.86), (0.28, 0.86))
    face = (
        [
            ink(arc(x - big * 0.55, y - 0.01, 0.04, 0.03, 10, 160), "dark", 0.016, 0.66),
            ink(arc(x - big * 0.42, y + 0.09, 0.035, 0.03, 20, 110), "dark", 0.014, 0.66),
        ]
        if sleep
        else [fill(circle(x - big * 0.58, y, 0.02), "dark", 0.66)]
    )
    return [
        ink(_rays(x, y, big + 0.05, big + 0.095, 165, 375, 10), "accent", 0.022, 0.2),
        fill(bulb, "second", 0.3),
        ink(arc(x, y, big * 0.86, big * 0.86, -40, 60), "light", 0.016, 0.34),
        fill(moon, "main", 0.5),
        ink(arc(x, y, big * 0.87, big * 0.87, 160, 70), "light", 0.02, 0.55),
        fill(craters, "light", 0.56),
        *face,
        ink(line((x + 0.11, y - big * 0.8), (x + 0.11, y - 0.05 + hanging)), "dark", 0.013, 0.5),
        fill(
            star(x + 0.11, y + 0.02 + hanging, 0.085, 0.04, 5, rng.uniform(-10, 10)), "accent", 0.6
        ),
        fill(stand, "main", 0.65),
        fill(box(0.22, 0.84, 0.56, 0.085, 0.03), "dark", 0.7),
        ink(line((0.38, 0.765), (0.5, 0.745)), "light", 0.014, 0.7),
        fill(circle(0.5, 0.882, 0.024), "accent", 0.75),
    ]


def table_lamp(rng: Random) -> list[Part]:
    """A lamp with a scalloped shade on a bedside table, a book beside it."""
    x = rng.uniform(0.4, 0.46)
    shade = trace(
        (x - 0.12, 0.1),
        (x + 0.12, 0.1),
        (x + 0.15, 0.24, x + 0.2, 0.36, x + 0.29, 0.4),
        (x - 0.29, 0.4),
        (x - 0.2, 0.36, x - 0.15, 0.24, x - 0.12, 0.1),
    )
    frill = join(*(circle(x - 0.25 + i * 0.1, 0.4, 0.05) for i in range(6)))
    pleats = many(
        curve((x + k * 0.11, 0.11), (x + k * 0.16, 0.26), (x + k * 0.26, 0.38))
        for k in (-0.66, -0.22, 0.22, 0.66)
    )
    foot = join(
        circle(x, 0.52, 0.07),
        circle(x, 0.63, 0.1),
        box(x - 0.035, 0.4, 0.07, 0.3),
        box(x - 0.13, 0.71, 0.26, 0.05, 0.02),
    )
    book = (box(0.68, 0.705, 0.24, 0.05, 0.01), box(0.7, 0.655, 0.2, 0.05, 0.01))
    return [
        fill(oval(x, 0.755, 0.33, 0.04), "light", 0.4),
        fill(box(0.05, 0.755, 0.9, 0.06, 0.02), "main", 0.3),
        fill(box(0.11, 0.81, 0.78, 0.13, 0.01), "second", 0.28),
        fill(circle(0.5, 0.875, 0.026), "accent", 0.34),
        ink(box(0.16, 0.84, 0.68, 0.075, 0.012), "dark", 0.012, 0.32),
        fill(book[0], "second", 0.45),
        fill(book[1], "accent", 0.46),
        ink(
            many((line((0.72, 0.73), (0.88, 0.73)), line((0.74, 0.68), (0.84, 0.68)))),
            "light",
            0.013,
            0.47,
        ),
        fill(foot, "second", 0.55),
        fill(box(x - 0.06, 0.555, 0.12, 0.025, 0.012), "accent", 0.58),
        ink(arc(x, 0.63, 0.072, 0.072, 180, 70), "light", 0.016, 0.6),
        fill(shade, "main", 0.7),
        ink(pleats, "light", 0.014, 0.72),
        fill(clip(frill, box(0, 0.395, 1, 0.1)), "accent", 0.74),
        fill(box(x - 0.13, 0.075, 0.26, 0.04, 0.02), "accent", 0.74),
        ink(line((x + 0.17, 0.42), (x + 0.17, 0.53)), "dark", 0.012, 0.5),
        fill(circle(x + 0.17, 0.545, 0.022), "accent", 0.52),
        ink(
            many(_rays(x, 0.36, 0.32, 0.38, a, a + 40, 3) for a in (188, 312, 8, 132)),
            "accent",
            0.02,
            0.15,
        ),
    ]
