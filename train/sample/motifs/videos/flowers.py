"""Drawings of flowers in a pot and in a wheelbarrow."""

from random import Random

import skia

from train.sample.motifs.shapes import (
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
    ring,
    smooth,
    turn,
)
from train.sample.parts import Part


def leaf(x: float, y: float, length: float, degrees: float, width: float = 0.4) -> skia.Path:
    """A pointed leaf from its stalk; at zero degrees it points to the right."""
    half = length * width / 2
    path = smooth(
        (x, y),
        (x, y),
        (x + length * 0.35, y - half),
        (x + length * 0.7, y - half * 0.7),
        (x + length, y),
        (x + length, y),
        (x + length * 0.7, y + half * 0.7),
        (x + length * 0.35, y + half),
    )
    return turn(path, degrees, x, y)


def tulips_in_pot(rng: Random) -> list[Part]:
    """A clay pot of tulips with a trowel beside it."""
    sway = rng.uniform(-0.025, 0.025)
    blooms = ((0.3, 0.24, -10), (0.5, 0.14, 0), (0.69, 0.26, 10))
    stems = many(
        curve((0.48, 0.64), (0.5 + (x - 0.5) * 0.6, 0.45), (x + sway, y + 0.08))
        for x, y, _ in blooms
    )
    cups = []
    folds = []
    for x, y, a in blooms:
        cup = smooth(
            (x - 0.085, y - 0.08),
            (x - 0.085, y - 0.08),
            (x - 0.035, y - 0.035),
            (x, y - 0.1),
            (x, y - 0.1),
            (x + 0.035, y - 0.035),
            (x + 0.085, y - 0.08),
            (x + 0.085, y - 0.08),
            (x + 0.09, y + 0.03),
            (x, y + 0.095),
            (x - 0.09, y + 0.03),
        )
        cups.append(move(turn(cup, a, x, y), sway, 0.0))
        fold = smooth(
            (x, y - 0.1),
            (x, y - 0.1),
            (x + 0.045, y),
            (x, y + 0.095),
            (x, y + 0.095),
            (x - 0.045, y),
        )
        folds.append(move(turn(fold, a, x, y), sway, 0.0))
    leaves = (leaf(0.46, 0.64, 0.38, -128, 0.3), leaf(0.54, 0.64, 0.36, -50, 0.3))
    front = (leaf(0.44, 0.65, 0.28, -160, 0.34), leaf(0.56, 0.65, 0.27, -22, 0.34))
    pot = poly((0.27, 0.68), (0.73, 0.68), (0.66, 0.93), (0.34, 0.93))
    tool = [
        fill(
            smooth(
                (0.86, 0.62),
                (0.93, 0.66),
                (0.94, 0.78),
                (0.86, 0.94),
                (0.86, 0.94),
                (0.78, 0.78),
                (0.79, 0.66),
            ),
            "light",
            0.6,
        ),
        ink(line((0.86, 0.67), (0.86, 0.83)), "dark", 0.014, 0.62),
        ink(line((0.86, 0.64), (0.86, 0.54)), "dark", 0.026, 0.58),
        fill(box(0.83, 0.36, 0.06, 0.19, 0.03), "accent", 0.62),
    ]
    lean = rng.uniform(2, 9)
    return [
        fill(oval(0.5, 0.935, 0.3, 0.025), "dark", 0.1),
        ink(stems, "second", 0.028, 0.3),
        fill(many(leaves), "second", 0.35),
        fill(many(cups), "accent", 0.45),
        fill(many(folds), "light", 0.47),
        fill(many(front), "second", 0.55),
        ink(
            many(
                (
                    line((0.42, 0.64), (0.23, 0.575)),
                    line((0.58, 0.64), (0.77, 0.575)),
                    line((0.435, 0.6), (0.27, 0.39)),
                    line((0.565, 0.6), (0.73, 0.4)),
                )
            ),
            "dark",
            0.013,
            0.57,
        ),
        fill(pot, "main", 0.65),
        fill(poly((0.58, 0.68), (0.73, 0.68), (0.66, 0.93), (0.56, 0.93)), "dark", 0.66),
        fill(box(0.235, 0.61, 0.53, 0.095, 0.02), "main", 0.7),
        ink(line((0.28, 0.71), (0.72, 0.71)), "dark", 0.016, 0.72),
        ink(line((0.275, 0.645), (0.46, 0.645)), "light", 0.02, 0.74),
        fill(
            many(
                (
                    poly((0.34, 0.77), (0.4, 0.82), (0.34, 0.87)),
                    poly((0.46, 0.77), (0.52, 0.82), (0.46, 0.87)),
                )
            ),
            "light",
            0.7,
        ),
        *change(tool, lambda path: turn(path, lean, 0.86, 0.94)),
    ]


def wheelbarrow(rng: Random) -> list[Part]:
    """A wheelbarrow heaped with flowers."""
    tray = poly((0.2, 0.5), (0.8, 0.5), (0.68, 0.73), (0.34, 0.73))
    blooms = [
        (0.28, 0.38, 0.085),
        (0.46, 0.26, 0.1),
        (0.64, 0.34, 0.09),
        (0.76, 0.43, 0.065),
        (0.38, 0.43, 0.065),
        (0.55, 0.44, 0.06),
    ]
    spin = rng.uniform(0, 40)
    petals = [
        join(
            *(
                oval(*polar(x, y, r * 0.62, spin + k * 60 + x * 99), r * 0.42, r * 0.42)
                for k in range(6)
            )
        )
        for x, y, r in blooms
    ]
    greens = many(
        leaf(x, 0.5, length, a, 0.42)
        for x, length, a in (
            (0.26, 0.2, -150),
            (0.34, 0.3, -115),
            (0.5, 0.42, -105),
            (0.54, 0.42, -70),
            (0.66, 0.3, -60),
            (0.74, 0.22, -25),
            (0.42, 0.34, -80),
        )
    )
    return [
        fill(oval(0.47, 0.93, 0.4, 0.025), "dark", 0.1),
        fill(greens, "second", 0.25),
        fill(many(petals[:2]), "accent", 0.35),
        fill(many(petals[2:4]), "light", 0.38),
        fill(petals[4], "light", 0.42),
        fill(petals[5], "accent", 0.44),
        fill(many(circle(x, y, r * 0.34) for x, y, r in blooms), "dark", 0.46),
        fill(many(circle(x, y, r * 0.2) for x, y, r in blooms), "light", 0.48),
        ink(
            many(
                (
                    line((0.16, 0.84), (0.36, 0.72), (0.6, 0.72), (0.95, 0.57)),
                    line((0.62, 0.72), (0.66, 0.92), (0.76, 0.92)),
                )
            ),
            "dark",
            0.03,
            0.5,
        ),
        fill(ribbon([(0.87, 0.605), (0.95, 0.57)], [0.05, 0.05]), "accent", 0.55),
        fill(tray, "main", 0.6),
        fill(clip(tray, poly((0.6, 0.5), (0.8, 0.5), (0.68, 0.73), (0.56, 0.73))), "second", 0.62),
        fill(box(0.16, 0.475, 0.68, 0.045, 0.02), "main", 0.65),
        ink(line((0.24, 0.525), (0.78, 0.525)), "dark", 0.014, 0.66),
        ink(line((0.28, 0.57), (0.35, 0.69)), "light", 0.02, 0.66),
        fill(circle(0.17, 0.82, 0.11), "dark", 0.7),
        fill(ring(0.17, 0.82, 0.075, 0.03), "light", 0.72),
        ink(
            many((line((0.17, 0.745), (0.17, 0.895)), line((0.095, 0.82), (0.245, 0.82)))),
            "dark",
            0.014,
            0.74,
        ),
        ink(curve((0.86, 0.94), (0.88, 0.86), (0.93, 0.82)), "second", 0.02, 0.6),
        fill(
            many((leaf(0.88, 0.87, 0.09, -150, 0.6), leaf(0.9, 0.85, 0.08, -10, 0.6))),
            "second",
            0.6,
        ),
    ]
