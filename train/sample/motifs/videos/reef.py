"""Drawings of jellyfish and reef fish."""

import math
from random import Random

import skia

from train.sample.motifs.shapes import (
    arc,
    circle,
    clip,
    curve,
    fill,
    ink,
    join,
    line,
    many,
    oval,
    ribbon,
    smooth,
    turn,
)
from train.sample.parts import Part


def bubbles(rng: Random, spots: tuple[tuple[float, float], ...]) -> skia.Path:
    """Air bubbles near the given spots."""
    return many(
        circle(
            x + rng.uniform(-0.02, 0.02), y + rng.uniform(-0.02, 0.02), rng.uniform(0.014, 0.032)
        )
        for x, y in spots
    )


def jellyfish(rng: Random) -> list[Part]:
    """Two jellyfish that drift upwards with trailing arms."""
    near = _jelly(rng, 0.42, 0.36, 1.0, 0.7)
    far = _jelly(rng, 0.8, 0.24, 0.42, 0.2)
    return [
        *far,
        fill(bubbles(rng, ((0.12, 0.14), (0.08, 0.24), (0.9, 0.7), (0.84, 0.8))), "light", 0.3),
        *near,
    ]


def _jelly(rng: Random, x: float, y: float, size: float, depth: float) -> list[Part]:
    def at(dx: float, dy: float) -> tuple[float, float]:
        return x + dx * size, y + dy * size

    sway = rng.uniform(0.4, 1.0)
    bell = smooth(
        at(-0.33, 0.06),
        at(-0.29, -0.15),
        at(-0.15, -0.28),
        at(0, -0.31),
        at(0.15, -0.28),
        at(0.29, -0.15),
        at(0.33, 0.06),
        at(0.33, 0.06),
        at(0.25, 0.1),
        at(0.17, 0.06),
        at(0.085, 0.11),
        at(0, 0.07),
        at(-0.085, 0.11),
        at(-0.17, 0.06),
        at(-0.25, 0.1),
    )
    dome = smooth(
        at(-0.2, -0.02),
        at(-0.17, -0.16),
        at(0, -0.23),
        at(0.17, -0.16),
        at(0.2, -0.02),
        at(0, 0.02),
    )
    arms = many(
        ribbon(
            [
                at(dx + 0.035 * math.sin(k * 1.7 + dx * 9) * sway * min(k, 2), 0.06 + k * 0.095)
                for k in range(6)
            ],
            [w * size for w in (0.07, 0.075, 0.06, 0.05, 0.035, 0.015)],
        )
        for dx in (-0.1, 0.09)
    )
    threads = many(
        curve(
            *(
                at(dx + 0.03 * math.sin(k * 1.5 + dx * 7) * sway, 0.07 + k * 0.1 * reach)
                for k in range(6)
            )
        )
        for dx, reach in ((-0.27, 0.7), (-0.18, 0.95), (0.0, 1.05), (0.19, 0.9), (0.27, 0.65))
    )
    thin = max(0.018 * size, 0.012)
    return [
        ink(threads, "second", thin, depth - 0.1),
        fill(arms, "accent", depth - 0.05),
        fill(bell, "main", depth),
        fill(dome, "second", depth + 0.03),
        fill(
            many(oval(*at(dx, -0.1), 0.03 * size, 0.05 * size) for dx in (-0.07, 0.0, 0.07)),
            "accent",
            depth + 0.05,
        ),
        ink(
            arc(*at(0, -0.02), 0.25 * size, 0.23 * size, 190, 70),
            "light",
            max(0.024 * size, 0.012),
            depth + 0.08,
        ),
        fill(
            many(circle(*at(dx, 0.045), 0.014 * size) for dx in (-0.25, -0.125, 0.0, 0.125, 0.25)),
            "light",
            depth + 0.06,
        ),
    ]


def reef_fish(rng: Random) -> list[Part]:
    """A striped reef fish among corals."""
    body = smooth(
        (0.1, 0.43),
        (0.22, 0.28),
        (0.42, 0.2),
        (0.62, 0.28),
        (0.74, 0.4),
        (0.74, 0.46),
        (0.62, 0.58),
        (0.42, 0.66),
        (0.22, 0.58),
    )
    tail = smooth(
        (0.7, 0.43),
        (0.7, 0.43),
        (0.8, 0.32),
        (0.93, 0.25),
        (0.93, 0.25),
        (0.89, 0.43),
        (0.94, 0.6),
        (0.94, 0.6),
        (0.8, 0.53),
    )
    top = smooth(
        (0.3, 0.27),
        (0.3, 0.27),
        (0.36, 0.1),
        (0.52, 0.07),
        (0.66, 0.16),
        (0.66, 0.16),
        (0.64, 0.22),
        (0.66, 0.32),
        (0.66, 0.32),
    )
    under = smooth(
        (0.4, 0.62),
        (0.4, 0.62),
        (0.46, 0.76),
        (0.6, 0.74),
        (0.6, 0.74),
        (0.58, 0.66),
        (0.62, 0.56),
        (0.62, 0.56),
    )
    bands = many(
        clip(
            body,
            smooth(
                (x - 0.05, 0.1),
                (x - 0.01 + bend, 0.43),
                (x - 0.05, 0.75),
                (x - 0.05, 0.75),
                (x + 0.05, 0.75),
                (x + 0.09 + bend, 0.43),
                (x + 0.05, 0.1),
                (x + 0.05, 0.1),
            ),
        )
        for x, bend in ((0.3, 0.02), (0.52, 0.03))
    )
    coral = [
        ribbon([(x, 0.93), (x + dx * 0.4, 0.86), (x + dx, top_y)], [0.06, 0.05, 0.035])
        for x, dx, top_y in (
            (0.14, -0.06, 0.72),
            (0.15, 0.07, 0.76),
            (0.14, 0.0, 0.66),
            (0.84, 0.07, 0.74),
            (0.83, -0.09, 0.8),
            (0.83, 0.0, 0.7),
        )
    ]
    kelp = many(
        ribbon(
            [(x, 0.93), (x + 0.03, 0.85), (x - 0.02, 0.75), (x + 0.02, h)],
            [0.04, 0.05, 0.045, 0.012],
        )
        for x, h in ((0.3, 0.72), (0.68, 0.76))
    )
    flap = rng.uniform(-12, 12)
    return [
        fill(kelp, "second", 0.15),
        fill(join(*coral[:3]), "accent", 0.25),
        fill(join(*coral[3:]), "accent", 0.25),
        fill(
            smooth(
                (0.05, 0.95),
                (0.2, 0.9),
                (0.5, 0.93),
                (0.8, 0.89),
                (0.95, 0.96),
                (0.95, 0.96),
                (0.05, 0.96),
                (0.05, 0.96),
            ),
            "dark",
            0.3,
        ),
        fill(bubbles(rng, ((0.08, 0.3), (0.12, 0.2), (0.07, 0.12))), "light", 0.4),
        fill(many((top, under)), "second", 0.5),
        ink(
            many(
                (
                    curve((0.42, 0.21), (0.45, 0.16), (0.5, 0.13)),
                    curve((0.52, 0.23), (0.56, 0.18), (0.6, 0.17)),
                )
            ),
            "dark",
            0.013,
            0.52,
        ),
        fill(turn(tail, flap / 2, 0.72, 0.43), "second", 0.5),
        ink(
            turn(
                many((line((0.79, 0.41), (0.88, 0.35)), line((0.79, 0.45), (0.88, 0.5)))),
                flap / 2,
                0.72,
                0.43,
            ),
            "dark",
            0.013,
            0.52,
        ),
        fill(body, "main", 0.6),
        fill(bands, "light", 0.65),
        ink(curve((0.24, 0.31), (0.285, 0.43), (0.24, 0.56)), "dark", 0.014, 0.66),
        fill(
            turn(
                smooth(
                    (0.4, 0.43),
                    (0.4, 0.43),
                    (0.5, 0.4),
                    (0.55, 0.47),
                    (0.49, 0.54),
                    (0.4, 0.47),
                    (0.4, 0.47),
                ),
                flap,
                0.4,
                0.45,
            ),
            "accent",
            0.75,
        ),
        fill(circle(0.2, 0.4, 0.042), "light", 0.7),
        fill(circle(0.195, 0.4, 0.024), "dark", 0.75),
        ink(curve((0.1, 0.44), (0.13, 0.465), (0.165, 0.465)), "dark", 0.015, 0.7),
    ]
