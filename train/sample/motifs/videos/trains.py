"""Drawings of trains."""

from random import Random

import skia

from train.sample.motifs.shapes import (
    bow,
    box,
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
    polar,
    poly,
    ring,
    smooth,
)
from train.sample.motifs.videos.trains_electric import bullet_train, front_of_train
from train.sample.parts import Drawing, Part


def steam_engine(rng: Random) -> list[Part]:
    """A steam locomotive from the side under a long plume of smoke."""
    puff = rng.uniform(0.0, 0.025)
    plume = join(
        *(
            circle(x, y, r + puff)
            for x, y, r in (
                (0.2, 0.22, 0.045),
                (0.28, 0.15, 0.065),
                (0.4, 0.12, 0.08),
                (0.54, 0.12, 0.075),
                (0.66, 0.15, 0.06),
                (0.78, 0.12, 0.045),
            )
        )
    )
    shade = clip(plume, move(plume, 0.03, 0.055))
    chimney = join(
        poly((0.17, 0.44), (0.25, 0.44), (0.24, 0.33), (0.18, 0.33)),
        box(0.15, 0.29, 0.12, 0.05, 0.015),
    )
    boiler = box(0.11, 0.43, 0.56, 0.24, 0.05)
    cab = join(box(0.6, 0.33, 0.28, 0.36), box(0.56, 0.29, 0.36, 0.055, 0.02))
    dome = many((bow(0.37, 0.44, 0.055, 0.08, 180, 180), bow(0.51, 0.44, 0.04, 0.06, 180, 180)))
    big = [(0.5, 0.79, 0.105), (0.74, 0.79, 0.105)]
    small = [(0.2, 0.825, 0.07), (0.345, 0.825, 0.07)]
    spin = rng.uniform(0, 60)
    spokes = many(
        line(polar(x, y, r * 0.72, spin + k * 60), polar(x, y, r * 0.72, spin + k * 60 + 180))
        for x, y, r in big
        for k in range(3)
    )
    rod_end = [polar(x, y, 0.055, spin + 20) for x, y, _ in big]
    return [
        fill(plume, "light", 0.1),
        fill(shade, "second", 0.12),
        fill(
            many(
                (
                    box(0.03, 0.895, 0.94, 0.025, 0.01),
                    *(box(0.06 + i * 0.115, 0.92, 0.06, 0.035) for i in range(8)),
                )
            ),
            "dark",
            0.2,
        ),
        fill(dome, "accent", 0.4),
        fill(chimney, "dark", 0.45),
        fill(boiler, "main", 0.5),
        fill(box(0.11, 0.6, 0.56, 0.07, 0.03), "second", 0.52),
        fill(many(box(x, 0.43, 0.022, 0.24) for x in (0.28, 0.43, 0.57)), "accent", 0.55),
        fill(cab, "second", 0.6),
        fill(box(0.56, 0.29, 0.36, 0.055, 0.02), "dark", 0.62),
        fill(box(0.66, 0.39, 0.16, 0.13, 0.03), "light", 0.65),
        ink(line((0.74, 0.39), (0.74, 0.52)), "dark", 0.014, 0.66),
        fill(circle(0.11, 0.53, 0.065), "dark", 0.6),
        fill(circle(0.1, 0.53, 0.038), "accent", 0.65),
        fill(box(0.07, 0.67, 0.83, 0.06, 0.015), "dark", 0.65),
        fill(poly((0.11, 0.7), (0.02, 0.88), (0.14, 0.88)), "accent", 0.7),
        ink(
            many((line((0.105, 0.75), (0.075, 0.87)), line((0.12, 0.78), (0.115, 0.87)))),
            "dark",
            0.012,
            0.72,
        ),
        fill(many(circle(*wheel) for wheel in big + small), "dark", 0.75),
        fill(many(ring(x, y, r * 0.78, r * 0.62) for x, y, r in big + small), "main", 0.8),
        ink(spokes, "main", 0.018, 0.8),
        fill(many(circle(x, y, 0.024) for x, y, _ in big + small), "accent", 0.82),
        ink(line((0.3, rod_end[0][1] - 0.01), *rod_end), "light", 0.026, 0.85),
        ink(curve((0.15, 0.475), (0.35, 0.468), (0.55, 0.472)), "light", 0.02, 0.7),
    ]


def train_on_viaduct(rng: Random) -> list[Part]:
    """A railcar that crosses a stone viaduct in the hills."""
    span = 0.94 / 4
    holes = [
        join(
            box(0.03 + span * (i + 0.2), 0.68, span * 0.6, 0.3),
            bow(0.03 + span * (i + 0.5), 0.69, span * 0.3, 0.12, 180, 180),
        )
        for i in range(4)
    ]
    bridge = cut(box(0.03, 0.52, 0.94, 0.42), *holes)
    shift = rng.uniform(-0.02, 0.02)
    car = smooth(
        (0.05, 0.48),
        (0.05, 0.48),
        (0.06, 0.37),
        (0.12, 0.29),
        (0.12, 0.29),
        (0.52, 0.29),
        (0.52, 0.29),
        (0.52, 0.48),
        (0.52, 0.48),
    )
    wagon = box(0.545, 0.29, 0.4, 0.19, 0.02)
    panes = many(
        (
            *(box(0.2 + i * 0.075, 0.335, 0.052, 0.06, 0.012) for i in range(4)),
            *(box(0.575 + i * 0.072, 0.335, 0.05, 0.06, 0.012) for i in range(5)),
        )
    )
    stones = many(
        box(x, y, 0.05, 0.022, 0.008)
        for x, y in (
            (0.06, 0.6),
            (0.24, 0.58),
            (0.49, 0.6),
            (0.73, 0.58),
            (0.9, 0.62),
            (0.25, 0.76),
            (0.49, 0.86),
            (0.72, 0.74),
            (0.04, 0.8),
        )
    )
    return [
        fill(circle(0.76, 0.16 + shift, 0.09), "accent", 0.05),
        fill(
            smooth(
                (0.04, 0.6),
                (0.04, 0.6),
                (0.14, 0.3),
                (0.26, 0.12),
                (0.36, 0.2),
                (0.44, 0.16),
                (0.58, 0.36),
                (0.66, 0.3),
                (0.8, 0.42),
                (0.96, 0.6),
                (0.96, 0.6),
            ),
            "second",
            0.1,
        ),
        fill(
            smooth(
                (0.26, 0.12),
                (0.26, 0.12),
                (0.32, 0.17),
                (0.34, 0.18),
                (0.31, 0.22),
                (0.27, 0.19),
                (0.23, 0.22),
                (0.2, 0.2),
            ),
            "light",
            0.12,
        ),
        fill(
            smooth(
                (0.04, 0.94),
                (0.04, 0.94),
                (0.1, 0.84),
                (0.3, 0.86),
                (0.5, 0.8),
                (0.7, 0.87),
                (0.9, 0.82),
                (0.96, 0.94),
                (0.96, 0.94),
            ),
            "second",
            0.2,
        ),
        fill(bridge, "dark", 0.45),
        fill(many(holes_edge(holes)), "light", 0.46),
        fill(stones, "second", 0.48),
        fill(box(0.03, 0.5, 0.94, 0.035, 0.01), "light", 0.5),
        fill(
            many(circle(x, 0.485, 0.026) for x in (0.14, 0.2, 0.4, 0.46, 0.61, 0.67, 0.82, 0.88)),
            "dark",
            0.6,
        ),
        fill(box(0.5, 0.36, 0.06, 0.09), "dark", 0.55),
        fill(many((car, wagon)), "main", 0.65),
        fill(
            many((box(0.12, 0.275, 0.4, 0.025, 0.012), box(0.545, 0.275, 0.4, 0.025, 0.012))),
            "dark",
            0.66,
        ),
        fill(
            many((clip(car, box(0, 0.42, 1, 0.035)), clip(wagon, box(0, 0.42, 1, 0.035)))),
            "accent",
            0.7,
        ),
        fill(panes, "light", 0.72),
        fill(
            smooth(
                (0.075, 0.4),
                (0.075, 0.4),
                (0.09, 0.35),
                (0.13, 0.33),
                (0.16, 0.33),
                (0.16, 0.33),
                (0.16, 0.4),
                (0.16, 0.4),
            ),
            "light",
            0.72,
        ),
        fill(circle(0.07, 0.445, 0.018), "light", 0.75),
        ink(
            many(
                (line((0.32, 0.27), (0.36, 0.21), (0.32, 0.15)), line((0.27, 0.15), (0.37, 0.15)))
            ),
            "dark",
            0.014,
            0.4,
        ),
    ]


def holes_edge(holes: list[skia.Path]) -> list[skia.Path]:
    """The lit inner edge of each arch of a viaduct."""
    return [cut(hole, move(hole, -0.022, 0.015), box(0, 0.93, 1, 1)) for hole in holes]


TRAINS: tuple[Drawing, ...] = (steam_engine, bullet_train, front_of_train, train_on_viaduct)
