"""Drawings of baking."""

from random import Random

import skia

from train.sample.motifs.shapes import (
    arc,
    bow,
    box,
    change,
    circle,
    clip,
    curve,
    cut,
    fill,
    ink,
    join,
    line,
    many,
    move,
    oval,
    pair,
    polar,
    poly,
    smooth,
    turn,
)
from train.sample.parts import Drawing, Part


def layer_cake(rng: Random) -> list[Part]:
    """A layer cake with dripping icing and cherries, one slice cut out."""
    drip = [0.47 + rng.uniform(-0.03, 0.05) for _ in range(8)]
    edge = [(0.14, 0.33)]
    for i, low in enumerate(drip):
        x = 0.14 + i * 0.09
        edge += [
            (x + 0.01, low - 0.03),
            (x + 0.0325, low),
            (x + 0.055, low - 0.03),
            (x + 0.0775, 0.425),
        ]
    side = join(
        box(0.14, 0.36, 0.72, 0.37),
        bow(0.5, 0.73, 0.36, 0.06),
        bow(0.5, 0.36, 0.36, 0.09, 180, 180),
    )
    icing = clip(
        smooth(*edge, (0.88, 0.33), (0.88, 0.33), (0.8, 0.2), (0.5, 0.2), (0.2, 0.2)), side
    )
    gone = poly((0.52, 0.45), (0.8, 0.31), (1.0, 0.21), (1.0, 1.0), (0.52, 1.0))
    cherries = [(0.23, 0.35), (0.34, 0.3), (0.47, 0.28), (0.6, 0.285)]
    stand = join(
        oval(0.5, 0.79, 0.46, 0.055),
        poly((0.45, 0.8), (0.55, 0.8), (0.57, 0.9), (0.43, 0.9)),
        oval(0.5, 0.91, 0.19, 0.035),
    )
    inside = poly((0.52, 0.45), (0.8, 0.31), (0.8, 0.67), (0.52, 0.79))
    layers = many(_slanted(y, 0.035) for y in (0.55, 0.66))
    return [
        fill(stand, "second", 0.3),
        fill(oval(0.66, 0.79, 0.16, 0.03), "dark", 0.35),
        fill(cut(side, gone), "main", 0.5),
        fill(clip(cut(side, gone), box(0.14, 0.56, 0.72, 0.035)), "light", 0.52),
        fill(cut(icing, gone), "light", 0.6),
        fill(inside, "accent", 0.66),
        fill(layers, "main", 0.68),
        fill(_slanted(0.45, 0.045), "light", 0.7),
        ink(line((0.52, 0.45), (0.52, 0.79)), "dark", 0.012, 0.7),
        fill(many(circle(x, y, 0.047) for x, y in cherries), "accent", 0.75),
        fill(many(circle(x - 0.014, y - 0.014, 0.013) for x, y in cherries), "light", 0.8),
        ink(
            many(
                curve((x, y - 0.04), (x + 0.01, y - 0.09), (x + 0.045, y - 0.125))
                for x, y in cherries
            ),
            "dark",
            0.014,
            0.78,
        ),
        fill(
            many(
                turn(box(x, y, 0.04, 0.014, 0.007), a, x, y)
                for x, y, a in (
                    (0.2, 0.63, 30),
                    (0.3, 0.68, -20),
                    (0.4, 0.64, 60),
                    (0.22, 0.71, 80),
                    (0.43, 0.72, 10),
                )
            ),
            "accent",
            0.7,
        ),
        ink(curve((0.08, 0.785), (0.2, 0.815), (0.4, 0.83)), "light", 0.016, 0.5),
    ]


def _slanted(y: float, height: float) -> skia.Path:
    """A level band on the cut face of the cake, in perspective."""
    back = 0.31 + (y - 0.45) * 36 / 34
    return poly((0.52, y), (0.8, back), (0.8, back + height), (0.52, y + height))


def loaf_and_croissant(rng: Random) -> list[Part]:
    """A scored country loaf with a croissant and ears of wheat."""
    loaf = smooth(
        (0.06, 0.6),
        (0.1, 0.38),
        (0.28, 0.23),
        (0.54, 0.2),
        (0.8, 0.29),
        (0.93, 0.48),
        (0.94, 0.66),
        (0.86, 0.74),
        (0.5, 0.77),
        (0.13, 0.74),
    )
    shine = clip(loaf, cut(box(0, 0, 1, 1), move(loaf, 0.02, 0.07)))
    slope = rng.uniform(-0.02, 0.03)
    scores = many(
        smooth(
            (x, 0.55 + slope),
            (x + 0.02, 0.42),
            (x + 0.12, 0.29 - slope),
            (x + 0.12, 0.29 - slope),
            (x + 0.1, 0.44),
            (x, 0.55 + slope),
        )
        for x in (0.23, 0.41, 0.59)
    )
    rolls = [
        oval(*spot)
        for spot in (
            (0.4, 0.87, 0.075, 0.045, -35),
            (0.9, 0.87, 0.075, 0.045, 35),
            (0.47, 0.8, 0.075, 0.075, 0),
            (0.83, 0.8, 0.075, 0.075, 0),
            (0.56, 0.755, 0.065, 0.1, -12),
            (0.74, 0.755, 0.065, 0.1, 12),
            (0.65, 0.74, 0.072, 0.115, 0),
        )
    ]
    return [
        *_wheat(0.3, 0.06, -16),
        *_wheat(0.42, 0.04, -2),
        fill(box(0.03, 0.72, 0.94, 0.06, 0.03), "dark", 0.3),
        fill(loaf, "main", 0.5),
        fill(shine, "accent", 0.52),
        fill(scores, "light", 0.58),
        ink(scores, "dark", 0.013, 0.59),
        fill(
            many(
                oval(x, y, 0.012, 0.012)
                for x, y in (
                    (0.14, 0.56),
                    (0.18, 0.62),
                    (0.85, 0.55),
                    (0.83, 0.47),
                    (0.36, 0.64),
                    (0.77, 0.38),
                )
            ),
            "light",
            0.6,
        ),
        fill(join(*rolls), "accent", 0.75),
        fill(
            clip(
                join(*rolls),
                smooth(
                    (0.3, 0.98),
                    (0.4, 0.87),
                    (0.52, 0.81),
                    (0.65, 0.79),
                    (0.78, 0.81),
                    (0.9, 0.87),
                    (1.0, 0.98),
                ),
            ),
            "main",
            0.76,
        ),
        ink(join(*rolls), "dark", 0.014, 0.78),
        ink(_ridges(), "dark", 0.016, 0.8),
        ink(
            many(
                (
                    arc(0.65, 0.74, 0.03, 0.08, 200, 60),
                    arc(0.56, 0.755, 0.03, 0.07, 190, 60),
                    arc(0.74, 0.755, 0.03, 0.07, 210, 60),
                )
            ),
            "light",
            0.018,
            0.82,
        ),
        ink(
            many(
                (
                    line((0.1, 0.88), (0.13, 0.9)),
                    line((0.17, 0.86), (0.19, 0.88)),
                    line((0.22, 0.91), (0.25, 0.9)),
                )
            ),
            "accent",
            0.02,
            0.7,
        ),
    ]


def _ridges() -> skia.Path:
    """The lines between the rolls of a croissant."""
    half = many(
        (
            curve((0.6, 0.665), (0.578, 0.74), (0.59, 0.83)),
            curve((0.515, 0.69), (0.495, 0.76), (0.52, 0.84)),
            curve((0.43, 0.74), (0.42, 0.81), (0.46, 0.87)),
        )
    )
    return pair(half, 0.65)


def _wheat(x: float, top: float, lean: float) -> list[Part]:
    """An ear of wheat that rises behind the bread."""
    grains = many(
        oval(x + side * 0.028, top + 0.04 + k * 0.05, 0.018, 0.034, side * 28)
        for k in range(4)
        for side in (-1, 1)
    )
    ear = join(grains, oval(x, top + 0.01, 0.016, 0.034))
    parts = [ink(line((x, top + 0.02), (x, 0.6)), "second", 0.016, 0.2), fill(ear, "second", 0.22)]
    return change(parts, lambda path: turn(path, lean, x, 0.6))


def cupcake(rng: Random) -> list[Part]:
    """A cupcake under a tall swirl of cream with a cherry on top."""
    lean = rng.uniform(-0.015, 0.015)
    tiers = (
        (0.5, 0.5, 0.34, 0.1),
        (0.5 + lean, 0.38, 0.27, 0.09),
        (0.5 + 2 * lean, 0.275, 0.19, 0.075),
        (0.5 + 3 * lean, 0.19, 0.1, 0.06),
    )
    swirl = [
        smooth(
            (x - w, y),
            (x - w * 0.7, y - h),
            (x, y - h * 1.15),
            (x + w * 0.7, y - h),
            (x + w, y),
            (x + w * 0.7, y + h * 0.75),
            (x, y + h * 0.95),
            (x - w * 0.7, y + h * 0.75),
        )
        for x, y, w, h in tiers
    ]
    cup = poly((0.2, 0.58), (0.8, 0.58), (0.7, 0.93), (0.3, 0.93))
    pleats = many(
        poly(
            (0.5 + k * 0.1 - 0.03, 0.56),
            (0.5 + k * 0.1 + 0.03, 0.56),
            (0.5 + k * 0.067 + 0.02, 0.93),
            (0.5 + k * 0.067 - 0.02, 0.93),
        )
        for k in range(-2, 3)
    )
    rim = join(*(circle(0.2 + i * 0.1, 0.585, 0.05) for i in range(7)))
    sprinkles = many(
        turn(box(x - 0.022, y - 0.009, 0.044, 0.018, 0.009), rng.uniform(0, 180), x, y)
        for x, y in (
            (0.27, 0.5),
            (0.4, 0.53),
            (0.57, 0.52),
            (0.72, 0.5),
            (0.36, 0.38),
            (0.52, 0.41),
            (0.65, 0.38),
            (0.43, 0.28),
            (0.58, 0.29),
        )
    )
    cherry = (0.5 + 3 * lean, 0.125)
    return [
        fill(cup, "second", 0.4),
        fill(pleats, "dark", 0.42),
        fill(rim, "second", 0.45),
        fill(swirl[0], "main", 0.5),
        fill(clip(swirl[0], cut(box(0, 0, 1, 1), move(swirl[0], 0.03, -0.035))), "light", 0.52),
        fill(swirl[1], "main", 0.55),
        fill(clip(swirl[1], cut(box(0, 0, 1, 1), move(swirl[1], 0.03, -0.03))), "light", 0.57),
        fill(swirl[2], "main", 0.6),
        fill(clip(swirl[2], cut(box(0, 0, 1, 1), move(swirl[2], 0.025, -0.025))), "light", 0.62),
        fill(swirl[3], "main", 0.65),
        ink(
            many(arc(x, y + h * 0.1, w * 0.8, h * 0.75, 20, 120) for x, y, w, h in tiers[:3]),
            "dark",
            0.013,
            0.66,
        ),
        fill(sprinkles, "dark", 0.75),
        fill(circle(*cherry, 0.062), "accent", 0.8),
        fill(circle(cherry[0] - 0.02, cherry[1] - 0.02, 0.016), "light", 0.85),
        ink(
            curve((cherry[0], 0.07), (cherry[0] + 0.02, 0.04), (cherry[0] + 0.09, 0.03)),
            "dark",
            0.016,
            0.8,
        ),
    ]


def lattice_pie(rng: Random) -> list[Part]:
    """A berry pie with a woven lid from above, a rolling pin beside it."""
    x, y = 0.41, 0.53
    pie, spin, tilt = circle(x, y, 0.29), rng.uniform(20, 60), rng.uniform(4, 12)
    crimps = join(
        circle(x, y, 0.32), *(circle(*polar(x, y, 0.31, i * 20.0), 0.05) for i in range(18))
    )
    steps = (-2, -1, 0, 1, 2)
    down = [turn(box(x + k * 0.13 - 0.035, 0.15, 0.07, 0.76), spin, x, y) for k in steps]
    across = [turn(box(0.02, y + k * 0.13 - 0.035, 0.78, 0.07), spin, x, y) for k in steps]
    over = [
        turn(box(x + i * 0.13 - 0.05, y + j * 0.13 - 0.035, 0.1, 0.07), spin, x, y)
        for i in steps
        for j in steps
        if (i + j) % 2 == 0
    ]
    berries = many(
        circle(*polar(x, y, r, spin + a), 0.034)
        for r, a in (
            (0.092, 45),
            (0.092, 135),
            (0.092, 225),
            (0.092, 315),
            (0.21, 18),
            (0.21, 72),
            (0.21, 108),
            (0.21, 162),
            (0.21, 198),
            (0.21, 252),
            (0.21, 288),
            (0.21, 342),
        )
    )
    pin = [
        fill(box(0.84, 0.06, 0.05, 0.88, 0.025), "dark", 0.8),
        fill(box(0.8, 0.16, 0.13, 0.68, 0.04), "second", 0.85),
        fill(box(0.82, 0.2, 0.03, 0.6, 0.015), "light", 0.88),
        ink(
            many((line((0.8, 0.21), (0.93, 0.21)), line((0.8, 0.79), (0.93, 0.79)))),
            "dark",
            0.016,
            0.9,
        ),
    ]
    return [
        fill(circle(x, y + 0.03, 0.37), "second", 0.2),
        fill(crimps, "main", 0.4),
        fill(pie, "dark", 0.45),
        fill(clip(pie, berries), "accent", 0.48),
        fill(clip(pie, many(across)), "main", 0.55),
        ink(clip(pie, many(across)), "light", 0.012, 0.56),
        fill(clip(pie, join(*down)), "main", 0.6),
        ink(clip(pie, join(*down)), "light", 0.012, 0.61),
        fill(clip(pie, join(*over)), "main", 0.62),
        ink(clip(pie, many(over)), "light", 0.012, 0.63),
        ink(pie, "light", 0.016, 0.66),
        ink(arc(x, y, 0.335, 0.335, 190, 70), "light", 0.02, 0.5),
        *change(pin, lambda path: turn(path, tilt, 0.86, 0.5)),
    ]


BAKING: tuple[Drawing, ...] = (layer_cake, loaf_and_croissant, cupcake, lattice_pie)
