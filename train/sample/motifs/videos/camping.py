"""Drawings of camping."""

from random import Random

from train.sample.motifs.shapes import (
    box,
    circle,
    curve,
    fill,
    ink,
    line,
    many,
    oval,
    polar,
    poly,
    smooth,
    star,
    turn,
)
from train.sample.motifs.videos.camp_gear import camper_van, lantern_and_mug, moon, pine
from train.sample.parts import Drawing, Part


def ridge_tent(rng: Random) -> list[Part]:
    """A ridge tent lit from inside, between pines under the moon."""
    low = rng.uniform(-0.02, 0.02)
    front = poly((0.38, 0.36), (0.64, 0.88), (0.1, 0.88))
    side = poly((0.38, 0.36), (0.76, 0.4), (0.93, 0.84), (0.64, 0.88))
    inside = smooth(
        (0.38, 0.46),
        (0.38, 0.46),
        (0.42, 0.66),
        (0.5, 0.88),
        (0.5, 0.88),
        (0.26, 0.88),
        (0.26, 0.88),
        (0.34, 0.66),
    )
    flap = smooth(
        (0.38, 0.46),
        (0.38, 0.46),
        (0.33, 0.62),
        (0.26, 0.74),
        (0.26, 0.74),
        (0.23, 0.81),
        (0.26, 0.88),
        (0.26, 0.88),
        (0.15, 0.88),
        (0.15, 0.88),
    )
    stars = many(
        star(x, y, r, r * 0.35, 4)
        for x, y, r in ((0.34, 0.12, 0.03), (0.52, 0.2, 0.024), (0.66, 0.09, 0.028))
    )
    return [
        fill(moon(0.48, 0.14 + low, 0.075), "accent", 0.05),
        fill(stars, "light", 0.05),
        fill(
            many((pine(0.14, 0.84, 0.66 + low, 0.26), pine(0.87, 0.82, 0.6 - low, 0.24))),
            "second",
            0.15,
        ),
        fill(pine(0.73, 0.8, 0.72 + low, 0.3), "dark", 0.2),
        fill(
            smooth(
                (0.02, 0.94),
                (0.02, 0.94),
                (0.06, 0.86),
                (0.3, 0.83),
                (0.7, 0.84),
                (0.95, 0.86),
                (0.98, 0.94),
                (0.98, 0.94),
            ),
            "dark",
            0.25,
        ),
        ink(
            many((line((0.38, 0.36), (0.05, 0.86)), line((0.76, 0.4), (0.97, 0.86)))),
            "light",
            0.013,
            0.3,
        ),
        fill(side, "main", 0.5),
        fill(poly((0.38, 0.36), (0.57, 0.38), (0.79, 0.86), (0.64, 0.88)), "second", 0.52),
        ink(line((0.57, 0.38), (0.79, 0.86)), "dark", 0.013, 0.54),
        fill(front, "main", 0.6),
        fill(inside, "accent", 0.62),
        fill(many((box(0.31, 0.8, 0.13, 0.08, 0.03), circle(0.4, 0.75, 0.042))), "dark", 0.64),
        fill(flap, "light", 0.7),
        ink(line((0.38, 0.36), (0.38, 0.48)), "dark", 0.016, 0.72),
        ink(
            many((line((0.1, 0.88), (0.38, 0.36), (0.64, 0.88)), line((0.38, 0.36), (0.76, 0.4)))),
            "dark",
            0.016,
            0.72,
        ),
        ink(
            many(
                (
                    curve((0.08, 0.93), (0.1, 0.88), (0.12, 0.93)),
                    curve((0.72, 0.93), (0.75, 0.88), (0.78, 0.93)),
                    curve((0.88, 0.93), (0.9, 0.89), (0.92, 0.93)),
                )
            ),
            "second",
            0.018,
            0.8,
        ),
    ]


def campfire(rng: Random) -> list[Part]:
    """A campfire under a kettle that hangs from a tripod."""
    lick = rng.uniform(-0.025, 0.025)
    flame = smooth(
        (0.5, 0.4),
        (0.5, 0.4),
        (0.55 + lick, 0.5),
        (0.64, 0.52),
        (0.64, 0.52),
        (0.69, 0.66),
        (0.66, 0.78),
        (0.58, 0.85),
        (0.42, 0.85),
        (0.34, 0.78),
        (0.31, 0.66),
        (0.37, 0.5 + lick),
        (0.37, 0.5 + lick),
        (0.42, 0.56),
        (0.44, 0.54),
    )
    middle = smooth(
        (0.52, 0.54),
        (0.52, 0.54),
        (0.58, 0.64),
        (0.61, 0.74),
        (0.56, 0.84),
        (0.44, 0.84),
        (0.39, 0.74),
        (0.43, 0.66),
        (0.43, 0.66),
        (0.47, 0.68),
    )
    core = smooth((0.5, 0.68), (0.5, 0.68), (0.54, 0.76), (0.53, 0.84), (0.47, 0.84), (0.46, 0.76))
    pot = smooth(
        (0.4, 0.34),
        (0.4, 0.34),
        (0.6, 0.34),
        (0.6, 0.34),
        (0.63, 0.42),
        (0.6, 0.48),
        (0.4, 0.48),
        (0.37, 0.42),
    )
    logs = [turn(box(0.2, 0.83, 0.6, 0.075, 0.035), a, 0.5, 0.87) for a in (10, -10)]
    ends = many(oval(*polar(0.5, 0.87, 0.27, a), 0.03, 0.036) for a in (10, 170))
    sparks = many(
        circle(x + lick, y, r)
        for x, y, r in (
            (0.28, 0.44, 0.014),
            (0.72, 0.46, 0.013),
            (0.24, 0.32, 0.012),
            (0.77, 0.34, 0.016),
            (0.7, 0.22, 0.012),
            (0.3, 0.2, 0.014),
        )
    )
    return [
        fill(
            many((pine(0.13, 0.88, 0.5, 0.22), pine(0.88, 0.88, 0.58 + lick, 0.22))), "second", 0.05
        ),
        fill(oval(0.5, 0.92, 0.45, 0.04), "dark", 0.1),
        fill(sparks, "accent", 0.2),
        ink(
            many((line((0.54, 0.05), (0.16, 0.9)), line((0.46, 0.05), (0.84, 0.9)))),
            "dark",
            0.03,
            0.3,
        ),
        fill(box(0.46, 0.085, 0.08, 0.05, 0.015), "accent", 0.35),
        ink(line((0.5, 0.12), (0.5, 0.22)), "dark", 0.016, 0.35),
        ink(
            curve((0.4, 0.36), (0.43, 0.24), (0.5, 0.21), (0.57, 0.24), (0.6, 0.36)),
            "dark",
            0.02,
            0.4,
        ),
        fill(poly((0.6, 0.38), (0.7, 0.3), (0.72, 0.33), (0.62, 0.45)), "main", 0.42),
        fill(flame, "main", 0.45),
        fill(middle, "accent", 0.5),
        fill(core, "light", 0.55),
        fill(pot, "dark", 0.6),
        fill(box(0.385, 0.325, 0.23, 0.03, 0.015), "main", 0.62),
        fill(circle(0.5, 0.312, 0.022), "accent", 0.62),
        ink(curve((0.42, 0.38), (0.405, 0.42), (0.425, 0.455)), "light", 0.02, 0.64),
        fill(logs[0], "main", 0.7),
        ink(logs[0], "dark", 0.014, 0.71),
        fill(logs[1], "main", 0.75),
        ink(logs[1], "dark", 0.014, 0.76),
        fill(ends, "light", 0.78),
        ink(ends, "dark", 0.013, 0.79),
        fill(
            many(
                oval(x, y, rx, rx * 0.62)
                for x, y, rx in (
                    (0.1, 0.925, 0.05),
                    (0.3, 0.945, 0.05),
                    (0.5, 0.95, 0.045),
                    (0.7, 0.945, 0.05),
                    (0.9, 0.925, 0.05),
                )
            ),
            "second",
            0.85,
        ),
    ]


CAMPING: tuple[Drawing, ...] = (ridge_tent, campfire, camper_van, lantern_and_mug)
