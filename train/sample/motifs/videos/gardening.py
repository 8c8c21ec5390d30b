"""Drawings of gardening."""

from random import Random

from train.sample.motifs.shapes import (
    arc,
    box,
    change,
    circle,
    clip,
    curve,
    fill,
    ink,
    join,
    line,
    many,
    move,
    oval,
    polar,
    poly,
    ribbon,
    smooth,
    turn,
)
from train.sample.motifs.videos.flowers import leaf, tulips_in_pot, wheelbarrow
from train.sample.parts import Drawing, Part


def watering_can(rng: Random) -> list[Part]:
    """A watering can tipped over a row of seedlings."""
    body = smooth(
        (0.44, 0.28),
        (0.44, 0.28),
        (0.8, 0.28),
        (0.8, 0.28),
        (0.84, 0.58),
        (0.84, 0.58),
        (0.42, 0.58),
        (0.42, 0.58),
    )
    spout = poly((0.46, 0.56), (0.185, 0.265), (0.235, 0.22), (0.46, 0.4))
    rose = turn(oval(0.2, 0.235, 0.035, 0.085), 52, 0.2, 0.235)
    handle = ink(
        curve((0.79, 0.34), (0.93, 0.31), (0.96, 0.46), (0.81, 0.53)), "second", 0.045, 0.45
    )
    top = ink(curve((0.5, 0.28), (0.54, 0.16), (0.68, 0.15), (0.74, 0.28)), "second", 0.04, 0.4)
    can = [
        handle,
        top,
        fill(join(spout, body), "main", 0.55),
        fill(
            clip(body, many((box(0.3, 0.33, 0.6, 0.03), box(0.3, 0.5, 0.6, 0.03)))), "accent", 0.57
        ),
        fill(clip(body, poly((0.74, 0.2), (0.9, 0.2), (0.9, 0.7), (0.76, 0.7))), "second", 0.58),
        fill(rose, "dark", 0.6),
        ink(line((0.49, 0.36), (0.48, 0.52)), "light", 0.022, 0.62),
        fill(
            many(
                (*(oval(*polar(0.63, 0.43, 0.035, k * 72 - 90), 0.026, 0.026) for k in range(5)),)
            ),
            "light",
            0.62,
        ),
        fill(circle(0.63, 0.43, 0.02), "accent", 0.64),
    ]
    tip = rng.uniform(-24, -15)
    drops = many(
        smooth((x, y), (x, y), (x + 0.016, y + 0.035), (x, y + 0.052), (x - 0.016, y + 0.035))
        for x, y in (
            (0.13, 0.46),
            (0.07, 0.54),
            (0.16, 0.58),
            (0.1, 0.66),
            (0.21, 0.5),
            (0.24, 0.63),
        )
    )
    soil = smooth(
        (0.03, 0.93),
        (0.03, 0.93),
        (0.04, 0.87),
        (0.2, 0.83),
        (0.5, 0.85),
        (0.8, 0.83),
        (0.96, 0.87),
        (0.97, 0.93),
        (0.97, 0.93),
    )
    sprouts = ((0.16, 0.1), (0.4, 0.13), (0.64, 0.11), (0.85, 0.08))
    return [
        ink(
            many(curve((x, 0.87), (x + 0.01, 0.87 - h * 0.5), (x, 0.87 - h)) for x, h in sprouts),
            "second",
            0.02,
            0.6,
        ),
        fill(
            many(leaf(x, 0.87 - h, h, a, 0.55) for x, h in sprouts for a in (-150, -30)),
            "second",
            0.65,
        ),
        fill(soil, "dark", 0.7),
        fill(many(oval(x, 0.9, 0.02, 0.011) for x in (0.1, 0.3, 0.52, 0.74, 0.9)), "accent", 0.72),
        fill(drops, "light", 0.3),
        *change(can, lambda path: turn(move(path, 0.0, 0.02), tip, 0.6, 0.45)),
    ]


def carrot_bed(rng: Random) -> list[Part]:
    """Carrots and a beet in the ground, cut open to show the roots."""
    soil = smooth(
        *((0.04, 0.5), (0.04, 0.5), (0.2, 0.47), (0.5, 0.5), (0.8, 0.47), (0.96, 0.5), (0.96, 0.5)),
        *((0.95, 0.9), (0.95, 0.9), (0.85, 0.93), (0.75, 0.89), (0.63, 0.93), (0.5, 0.9)),
        *((0.38, 0.94), (0.26, 0.9), (0.15, 0.93), (0.05, 0.89), (0.05, 0.89)),
    )
    deep = rng.uniform(-0.02, 0.02)
    spots = ((0.22, 0.42, 0.085, 0.4 + deep), (0.78, 0.43, 0.075, 0.34 - deep))
    carrots = many(
        smooth(
            (x - w, y + 0.03),
            (x - w * 0.5, y),
            (x + w * 0.5, y),
            (x + w, y + 0.03),
            (x + w * 0.75, y + h * 0.4),
            (x + w * 0.3, y + h * 0.8),
            (x, y + h),
            (x, y + h),
            (x - w * 0.3, y + h * 0.8),
            (x - w * 0.75, y + h * 0.4),
        )
        for x, y, w, h in spots
    )
    rings = many(
        line((x + s * w * 0.75, y + h * t), (x + s * w * 0.1, y + h * t + 0.008))
        for x, y, w, h in spots
        for s, t in ((-1, 0.25), (1, 0.4), (-1, 0.52))
    )
    tops = many(
        ribbon([(x, y + 0.02), (x + dx * 0.5, y - 0.16), (x + dx, y - 0.28)], [0.03, 0.022, 0.012])
        for x, y, _, _ in spots
        for dx in (-0.12, 0.0, 0.12)
    )
    fronds = many(
        leaf(x + dx * t, y - 0.3 * t, 0.085, a, 0.5)
        for x, y, _, _ in spots
        for dx in (-0.12, 0.0, 0.12)
        for t, a in ((0.5, -150), (0.5, -30), (0.75, -150), (0.75, -30), (0.92, -90))
    )
    beet = smooth(
        (0.39, 0.56),
        (0.43, 0.48),
        (0.5, 0.465),
        (0.57, 0.48),
        (0.61, 0.56),
        (0.58, 0.65),
        (0.515, 0.71),
        (0.5, 0.83),
        (0.5, 0.83),
        (0.485, 0.71),
        (0.42, 0.65),
    )
    crown = [leaf(0.5, 0.48, 0.33, -90 + a, 0.42) for a in (-30, 30, 0)]
    veins = many(line((0.5, 0.48), polar(0.5, 0.48, 0.27, -90 + a)) for a in (-30, 30, 0))
    stones = many(
        oval(x, y, rx, rx * 0.7, x * 90)
        for x, y, rx in (
            (0.1, 0.62, 0.022),
            (0.34, 0.86, 0.026),
            (0.66, 0.82, 0.02),
            (0.9, 0.7, 0.024),
            (0.2, 0.83, 0.018),
            (0.83, 0.81, 0.02),
            (0.36, 0.64, 0.015),
        )
    )
    return [
        fill(tops, "second", 0.25),
        fill(fronds, "second", 0.3),
        fill(many(crown[:2]), "second", 0.35),
        fill(crown[2], "second", 0.38),
        ink(veins, "accent", 0.018, 0.4),
        fill(soil, "dark", 0.45),
        ink(
            curve((0.04, 0.52), (0.2, 0.475), (0.5, 0.5), (0.8, 0.475), (0.96, 0.52)),
            "second",
            0.03,
            0.5,
        ),
        fill(stones, "light", 0.5),
        fill(carrots, "main", 0.65),
        ink(rings, "dark", 0.014, 0.68),
        ink(
            many(
                curve(
                    (x - w * 0.6, y + 0.06), (x - w * 0.45, y + h * 0.4), (x - w * 0.2, y + h * 0.7)
                )
                for x, y, w, h in spots
            ),
            "light",
            0.018,
            0.7,
        ),
        fill(beet, "accent", 0.65),
        ink(
            many((arc(0.5, 0.56, 0.07, 0.06, 20, 100), arc(0.5, 0.57, 0.03, 0.1, 50, 50))),
            "dark",
            0.014,
            0.68,
        ),
        ink(arc(0.5, 0.56, 0.075, 0.065, 190, 60), "light", 0.02, 0.7),
        ink(curve((0.62, 0.86), (0.66, 0.84), (0.69, 0.86), (0.73, 0.83)), "main", 0.024, 0.7),
    ]


GARDENING: tuple[Drawing, ...] = (watering_can, tulips_in_pot, carrot_bed, wheelbarrow)
