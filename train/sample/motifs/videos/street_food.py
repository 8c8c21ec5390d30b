"""Drawings of street food."""

from random import Random

from train.sample.motifs.shapes import (
    arc,
    bow,
    box,
    change,
    circle,
    curve,
    fill,
    ink,
    join,
    line,
    many,
    move,
    oval,
    place,
    poly,
    ribbon,
    ring,
    smooth,
    turn,
)
from train.sample.parts import Drawing, Part


def steam(rng: Random, spots: tuple[tuple[float, float], ...], rise: float = 0.2) -> Part:
    """Curling steam above the given spots."""
    lines = []
    for x, y in spots:
        sway = rng.choice((-1, 1)) * rng.uniform(0.02, 0.035)
        lines.append(
            curve(
                (x, y),
                (x + sway, y - rise * 0.33),
                (x - sway, y - rise * 0.67),
                (x + sway / 2, y - rise),
            )
        )
    return ink(many(lines), "light", 0.032, 0.15)


def noodle_bowl(rng: Random) -> list[Part]:
    """A steaming bowl of noodles with egg, and chopsticks that lift a strand."""
    lift = rng.uniform(-0.03, 0.02)
    bowl = smooth(
        (0.06, 0.54),
        (0.06, 0.54),
        (0.12, 0.72),
        (0.26, 0.86),
        (0.36, 0.89),
        (0.36, 0.89),
        (0.64, 0.89),
        (0.64, 0.89),
        (0.74, 0.86),
        (0.88, 0.72),
        (0.94, 0.54),
        (0.94, 0.54),
    )
    strands = many(
        curve((x, 0.55), (x + 0.015, 0.45), (x - 0.01, 0.34), (x + 0.01, 0.23 + lift))
        for x in (0.505, 0.565, 0.625)
    )
    swirl = many(
        (
            curve((0.15, 0.54), (0.22, 0.49), (0.3, 0.53), (0.38, 0.49), (0.46, 0.54)),
            curve((0.36, 0.56), (0.46, 0.51), (0.56, 0.55), (0.68, 0.51), (0.74, 0.56)),
            curve((0.2, 0.58), (0.3, 0.55), (0.42, 0.585), (0.54, 0.57), (0.64, 0.59)),
        )
    )
    sticks = many(
        (
            ribbon([(0.44, 0.2 + lift), (0.95, 0.06)], [0.02, 0.032]),
            ribbon([(0.44, 0.27 + lift), (0.96, 0.15)], [0.02, 0.032]),
        )
    )
    waves = many(arc(0.24 + 0.13 * i, 0.7, 0.065, 0.05, 180, 180) for i in range(5))
    return [
        steam(rng, ((0.16, 0.4), (0.3, 0.36)), 0.26),
        fill(box(0.35, 0.87, 0.3, 0.06, 0.02), "second", 0.4),
        fill(bowl, "main", 0.5),
        fill(oval(0.5, 0.54, 0.44, 0.1), "second", 0.55),
        fill(oval(0.5, 0.545, 0.39, 0.075), "dark", 0.56),
        ink(swirl, "accent", 0.036, 0.6),
        ink(strands, "accent", 0.036, 0.7),
        fill(oval(0.27, 0.52, 0.1, 0.055, -8), "light", 0.72),
        fill(oval(0.275, 0.515, 0.052, 0.03, -8), "accent", 0.74),
        fill(
            many(
                (
                    smooth(
                        (0.72, 0.56),
                        (0.7, 0.42),
                        (0.75, 0.34),
                        (0.84, 0.36),
                        (0.86, 0.5),
                        (0.82, 0.57),
                    ),
                )
            ),
            "dark",
            0.65,
        ),
        ink(
            many((line((0.755, 0.42), (0.75, 0.5)), line((0.8, 0.41), (0.805, 0.5)))),
            "second",
            0.014,
            0.66,
        ),
        fill(oval(0.74, 0.55, 0.07, 0.035), "light", 0.74),
        ink(curve((0.71, 0.55), (0.74, 0.535), (0.765, 0.55), (0.745, 0.562)), "main", 0.013, 0.76),
        fill(
            many(
                oval(x, y, 0.024, 0.014, a)
                for x, y, a in (
                    (0.43, 0.575, 20),
                    (0.38, 0.6, -20),
                    (0.58, 0.6, 10),
                    (0.64, 0.575, -30),
                )
            ),
            "light",
            0.75,
        ),
        ink(waves, "light", 0.02, 0.6),
        ink(curve((0.11, 0.6), (0.17, 0.73), (0.27, 0.83)), "light", 0.018, 0.6),
        fill(sticks, "dark", 0.85),
    ]


def food_cart(rng: Random) -> list[Part]:
    """A street kitchen on wheels under a striped awning."""
    stripes = 6
    width = 0.88 / stripes
    scallops = [
        join(
            box(0.06 + i * width, 0.2, width, 0.08),
            bow(0.06 + (i + 0.5) * width, 0.28, width / 2, 0.05),
        )
        for i in range(stripes)
    ]
    roof = poly((0.15, 0.09), (0.85, 0.09), (0.94, 0.2), (0.06, 0.2))
    panels = [
        poly(
            (0.15 + i * 0.7 / 6, 0.09),
            (0.15 + (i + 1) * 0.7 / 6, 0.09),
            (0.06 + (i + 1) * width, 0.2),
            (0.06 + i * width, 0.2),
        )
        for i in range(1, 6, 2)
    ]
    x = rng.choice((0.28, 0.32))
    pot = smooth(
        (x - 0.13, 0.45),
        (x - 0.13, 0.45),
        (x - 0.11, 0.56),
        (x - 0.11, 0.56),
        (x + 0.11, 0.56),
        (x + 0.11, 0.56),
        (x + 0.13, 0.45),
        (x + 0.13, 0.45),
    )
    lamp = join(oval(0.8, 0.4, 0.055, 0.06), box(0.775, 0.335, 0.05, 0.13, 0.01))
    skewers = many(line((dx, 0.55), (dx + 0.03, 0.38)) for dx in (0.52, 0.6, 0.68))
    balls = many(
        circle(dx + 0.006 + 0.01 * k, 0.51 - 0.055 * k, 0.03)
        for dx in (0.52, 0.6, 0.68)
        for k in range(3)
    )
    return [
        steam(rng, ((x - 0.05, 0.42), (x + 0.05, 0.4)), 0.13),
        ink(
            many((line((0.13, 0.25), (0.13, 0.6)), line((0.87, 0.25), (0.87, 0.6)))),
            "dark",
            0.03,
            0.3,
        ),
        ink(line((0.8, 0.28), (0.8, 0.36)), "dark", 0.014, 0.3),
        fill(lamp, "accent", 0.35),
        ink(
            many((line((0.752, 0.38), (0.848, 0.38)), line((0.752, 0.42), (0.848, 0.42)))),
            "light",
            0.012,
            0.36,
        ),
        ink(skewers, "dark", 0.016, 0.4),
        fill(balls, "accent", 0.42),
        fill(pot, "dark", 0.42),
        fill(box(x - 0.15, 0.43, 0.3, 0.03, 0.015), "light", 0.44),
        fill(box(0.05, 0.55, 0.9, 0.05, 0.015), "light", 0.6),
        fill(box(0.09, 0.6, 0.82, 0.24, 0.02), "second", 0.55),
        fill(box(0.09, 0.6, 0.82, 0.035), "dark", 0.56),
        fill(box(0.15, 0.67, 0.42, 0.12, 0.015), "light", 0.6),
        ink(
            many(
                (
                    curve((0.2, 0.74), (0.26, 0.7), (0.32, 0.74), (0.38, 0.7)),
                    line((0.42, 0.715), (0.52, 0.715)),
                    line((0.42, 0.75), (0.49, 0.75)),
                )
            ),
            "dark",
            0.016,
            0.62,
        ),
        ink(curve((0.9, 0.64), (0.95, 0.63), (0.97, 0.68)), "dark", 0.022, 0.5),
        fill(many((circle(0.26, 0.85, 0.095), circle(0.74, 0.85, 0.095))), "dark", 0.75),
        fill(many((ring(0.26, 0.85, 0.068, 0.022), ring(0.74, 0.85, 0.068, 0.022))), "main", 0.78),
        fill(roof, "main", 0.7),
        fill(many(panels), "light", 0.71),
        fill(many(scallops[::2]), "main", 0.75),
        fill(many(scallops[1::2]), "light", 0.75),
        ink(line((0.06, 0.2), (0.94, 0.2)), "dark", 0.014, 0.76),
    ]


def grilled_skewers(rng: Random) -> list[Part]:
    """Skewers of meat and vegetables over a glowing grill."""
    parts = [
        steam(rng, ((0.2, 0.28), (0.5, 0.24), (0.78, 0.28)), 0.2),
        fill(
            smooth(
                (0.08, 0.66),
                (0.08, 0.66),
                (0.92, 0.66),
                (0.92, 0.66),
                (0.86, 0.84),
                (0.78, 0.88),
                (0.22, 0.88),
                (0.14, 0.84),
            ),
            "dark",
            0.3,
        ),
        fill(
            many(
                (
                    poly((0.22, 0.87), (0.29, 0.87), (0.25, 0.96), (0.2, 0.96)),
                    poly((0.71, 0.87), (0.78, 0.87), (0.8, 0.96), (0.75, 0.96)),
                )
            ),
            "dark",
            0.25,
        ),
        fill(
            many(
                smooth(
                    (x - 0.045, 0.66),
                    (x - 0.04, 0.6),
                    (x, 0.52 + d),
                    (x, 0.52 + d),
                    (x + 0.035, 0.58),
                    (x + 0.045, 0.66),
                )
                for x, d in ((0.2, 0.0), (0.36, 0.03), (0.5, -0.01), (0.66, 0.03), (0.81, 0.0))
            ),
            "accent",
            0.35,
        ),
        fill(box(0.05, 0.645, 0.9, 0.045, 0.02), "second", 0.55),
        fill(many(box(0.17 + 0.12 * i, 0.75, 0.07, 0.05, 0.02) for i in range(6)), "accent", 0.4),
    ]
    tilt = rng.uniform(58, 68)
    for x in (0.27, 0.51, 0.75):
        leaning = change(_skewer(rng), lambda path: turn(path, -tilt, 0.5, 0.46))
        parts += place(leaning, x, 0.5, 1.0)
    return parts


def _skewer(rng: Random) -> list[Part]:
    """One skewer that lies along the middle of the box."""
    first = rng.uniform(-0.01, 0.01)
    meat = many(
        smooth(
            (x - 0.05, 0.4),
            (x, 0.385),
            (x + 0.05, 0.4),
            (x + 0.058, 0.46),
            (x + 0.05, 0.52),
            (x, 0.535),
            (x - 0.05, 0.52),
            (x - 0.058, 0.46),
        )
        for x in (0.35 + first, 0.53 + first, 0.71 + first)
    )
    slices = many(box(x - 0.026, 0.385, 0.052, 0.15, 0.024) for x in (0.44 + first, 0.62 + first))
    chars = many(
        line((x - 0.025, 0.43), (x + 0.015, 0.5))
        for x in (0.35 + first, 0.53 + first, 0.71 + first)
    )
    return [
        ink(line((0.06, 0.46), (0.86, 0.46)), "light", 0.02, 0.6),
        fill(meat, "main", 0.7),
        ink(chars, "dark", 0.016, 0.75),
        fill(slices, "second", 0.72),
    ]


def taco(rng: Random) -> list[Part]:
    """A stuffed taco in a paper tray with a wedge of lime."""
    shell = bow(0.5, 0.72, 0.4, 0.42, 180, 180)
    back = move(bow(0.5, 0.72, 0.4, 0.44, 180, 180), 0.025, -0.045)
    leaf = join(
        *(
            circle(*spot, 0.062)
            for spot in (
                (0.15, 0.52),
                (0.22, 0.41),
                (0.31, 0.325),
                (0.42, 0.275),
                (0.54, 0.265),
                (0.66, 0.3),
                (0.76, 0.37),
                (0.84, 0.46),
                (0.88, 0.56),
            )
        )
    )
    tomato = many(
        turn(box(x - 0.04, y - 0.03, 0.08, 0.06, 0.015), a, x, y)
        for x, y, a in ((0.24, 0.36, -45), (0.45, 0.245, -12), (0.69, 0.285, 28), (0.85, 0.46, 60))
    )
    meat = join(
        *(
            circle(*spot, 0.05)
            for spot in (
                (0.2, 0.5),
                (0.28, 0.41),
                (0.38, 0.345),
                (0.5, 0.32),
                (0.62, 0.345),
                (0.72, 0.41),
                (0.8, 0.5),
            )
        )
    )
    spots = many(
        oval(x + rng.uniform(-0.02, 0.02), y, rx, rx * 0.7)
        for x, y, rx in (
            (0.3, 0.52, 0.03),
            (0.44, 0.45, 0.024),
            (0.6, 0.5, 0.034),
            (0.72, 0.6, 0.022),
            (0.4, 0.62, 0.02),
            (0.24, 0.64, 0.018),
        )
    )
    tray = poly((0.04, 0.7), (0.96, 0.7), (0.86, 0.92), (0.14, 0.92))
    checks = many(
        poly((x, 0.78), (x + 0.075, 0.78), (x + 0.07, 0.85), (x + 0.005, 0.85))
        for x in (0.13, 0.28, 0.43, 0.58, 0.73)
    )
    lime = bow(0.0, 0.0, 0.12, 0.12, 0, 180)
    wedge = move(turn(lime, -28, 0, 0), 0.83, 0.66)
    pulp = move(turn(bow(0.0, 0.008, 0.09, 0.085, 0, 180), -28, 0, 0), 0.83, 0.66)
    return [
        steam(rng, ((0.32, 0.22), (0.62, 0.2)), 0.16),
        fill(back, "main", 0.3),
        fill(leaf, "second", 0.4),
        fill(tomato, "accent", 0.45),
        fill(meat, "dark", 0.5),
        fill(
            many(
                oval(x, y, 0.02, 0.012, a)
                for x, y, a in ((0.3, 0.4, 30), (0.52, 0.31, 0), (0.66, 0.36, -30), (0.4, 0.34, 15))
            ),
            "light",
            0.52,
        ),
        fill(shell, "main", 0.6),
        fill(spots, "accent", 0.65),
        ink(arc(0.5, 0.72, 0.355, 0.37, 200, 70), "light", 0.024, 0.68),
        fill(wedge, "second", 0.7),
        fill(pulp, "light", 0.72),
        fill(tray, "light", 0.8),
        fill(checks, "second", 0.85),
        fill(move(checks, 0.0675, 0.07), "main", 0.85)
        if rng.random() < 0.5
        else fill(box(0.12, 0.86, 0.76, 0.02), "main", 0.85),
        ink(line((0.04, 0.7), (0.96, 0.7)), "dark", 0.016, 0.85),
    ]


STREET_FOOD: tuple[Drawing, ...] = (noodle_bowl, food_cart, grilled_skewers, taco)
