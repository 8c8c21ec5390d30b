"""Drawings of cats at play."""

from random import Random

from train.sample.motifs.shapes import (
    bow,
    box,
    circle,
    clip,
    curve,
    fill,
    ink,
    join,
    line,
    many,
    mirror,
    move,
    oval,
    pair,
    poly,
    resize,
    ribbon,
    smooth,
    turn,
)
from train.sample.parts import Part


def cat_in_box(rng: Random) -> list[Part]:
    """A wide-eyed cat that peeks out of a cardboard box."""
    look = rng.uniform(-0.018, 0.018)
    face = cat_face(0.0, -0.06)
    paw = box(0.27, 0.545, 0.13, 0.13, 0.062)
    toes = many((line((0.315, 0.615), (0.315, 0.66)), line((0.355, 0.615), (0.355, 0.66))))
    flap = poly((0.12, 0.6), (0.12, 0.6), (0.02, 0.72), (0.06, 0.77), (0.14, 0.68))
    front = poly((0.1, 0.6), (0.9, 0.6), (0.86, 0.94), (0.14, 0.94))
    slit = rng.choice((0.02, 0.03, 0.036))
    pupils = many(oval(x + look, 0.385, slit, 0.052) for x in (0.37, 0.63))
    return [
        fill(poly((0.1, 0.6), (0.17, 0.5), (0.83, 0.5), (0.9, 0.6)), "dark", 0.2),
        *face,
        fill(pupils, "dark", 0.62),
        fill(many(circle(x + look + 0.014, 0.363, 0.014) for x in (0.37, 0.63)), "light", 0.64),
        fill(front, "second", 0.75),
        fill(pair(flap), "second", 0.8),
        ink(pair(line((0.1, 0.6), (0.14, 0.68), (0.06, 0.77))), "dark", 0.014, 0.8),
        ink(line((0.1, 0.6), (0.9, 0.6)), "dark", 0.016, 0.8),
        fill(box(0.2, 0.76, 0.24, 0.1, 0.012), "light", 0.8),
        ink(
            many((line((0.23, 0.79), (0.41, 0.79)), line((0.23, 0.825), (0.34, 0.825)))),
            "dark",
            0.013,
            0.8,
        ),
        ink(
            many((line((0.66, 0.89), (0.66, 0.8)), line((0.63, 0.83), (0.66, 0.8), (0.69, 0.83)))),
            "dark",
            0.016,
            0.8,
        ),
        fill(pair(paw), "main", 0.9),
        fill(pair(clip(paw, box(0.2, 0.62, 0.3, 0.1))), "light", 0.92),
        ink(pair(toes), "dark", 0.013, 0.95),
    ]


def cat_face(dx: float, dy: float) -> list[Part]:
    """A cat's face from the front without pupils, eyes centred on (0.37, 0.445)."""
    ear = smooth((0.2, 0.46), (0.2, 0.46), (0.19, 0.13), (0.24, 0.13), (0.45, 0.28), (0.45, 0.28))
    hollow = smooth(
        (0.25, 0.38), (0.25, 0.38), (0.24, 0.2), (0.24, 0.2), (0.38, 0.29), (0.38, 0.29)
    )
    head = smooth(
        (0.18, 0.5),
        (0.24, 0.34),
        (0.4, 0.27),
        (0.6, 0.27),
        (0.76, 0.34),
        (0.82, 0.5),
        (0.84, 0.6),
        (0.7, 0.7),
        (0.5, 0.74),
        (0.3, 0.7),
        (0.16, 0.6),
    )
    brow = many(
        (
            ribbon([(0.5, 0.265), (0.5, 0.37)], [0.05, 0.012]),
            ribbon([(0.42, 0.27), (0.44, 0.35)], [0.04, 0.012]),
            ribbon([(0.58, 0.27), (0.56, 0.35)], [0.04, 0.012]),
        )
    )
    eye = smooth(
        (0.275, 0.455),
        (0.31, 0.395),
        (0.39, 0.385),
        (0.46, 0.465),
        (0.46, 0.465),
        (0.38, 0.51),
        (0.31, 0.5),
    )
    whiskers = many(
        curve((0.3, y), (0.18, y - 0.01 + s), (0.06, y + 3 * s))
        for y, s in ((0.575, -0.012), (0.605, 0.012))
    )
    parts = [
        fill(join(head, ear, mirror(ear)), "main", 0.5),
        fill(pair(hollow), "accent", 0.52),
        fill(brow, "dark", 0.54),
        fill(pair(eye), "light", 0.58),
        fill(oval(0.5, 0.63, 0.13, 0.075), "light", 0.56),
        ink(pair(eye), "dark", 0.014, 0.6),
        fill(
            smooth((0.455, 0.56), (0.5, 0.55), (0.545, 0.56), (0.5, 0.605), (0.5, 0.605)),
            "accent",
            0.6,
        ),
        ink(pair(curve((0.5, 0.6), (0.48, 0.645), (0.43, 0.645))), "dark", 0.016, 0.6),
        ink(pair(whiskers), "light", 0.013, 0.64),
    ]
    return [Part(move(part.path, dx, dy), part.tone, part.stroke, part.depth) for part in parts]


def cat_and_yarn(rng: Random) -> list[Part]:
    """A kitten on its hind legs that bats at a ball of yarn."""
    lift = rng.uniform(-0.03, 0.03)
    body = smooth(
        (0.3, 0.9),
        (0.16, 0.8),
        (0.17, 0.62),
        (0.25, 0.48),
        (0.3, 0.36),
        (0.44, 0.34),
        (0.5, 0.44),
        (0.5, 0.6),
        (0.48, 0.78),
        (0.5, 0.9),
        (0.5, 0.9),
    )
    reach = ribbon([(0.42, 0.46), (0.58, 0.42), (0.7, 0.33 + lift)], [0.13, 0.095, 0.1])
    rest = ribbon([(0.4, 0.5), (0.55, 0.55), (0.62, 0.54)], [0.11, 0.085, 0.09])
    leg = join(oval(0.34, 0.8, 0.14, 0.115), box(0.34, 0.85, 0.24, 0.075, 0.037))
    head = join(
        oval(0.4, 0.25, 0.155, 0.13),
        poly((0.27, 0.24), (0.27, 0.05), (0.4, 0.14)),
        poly((0.42, 0.13), (0.52, 0.05), (0.55, 0.22)),
    )
    tail = ribbon(
        [(0.22, 0.86), (0.1, 0.84), (0.07, 0.7), (0.14, 0.58), (0.08, 0.47)],
        [0.07, 0.075, 0.07, 0.06, 0.045],
    )
    stripes = many(
        ribbon([(x, y), (x + 0.1, y + 0.01)], [0.035, 0.012])
        for x, y in ((0.23, 0.52), (0.19, 0.61), (0.18, 0.7))
    )
    return [
        fill(tail, "main", 0.3),
        fill(rest, "main", 0.35),
        *_yarn(0.76, 0.74, 0.17 + lift / 2),
        fill(body, "main", 0.5),
        fill(clip(body, oval(0.49, 0.56, 0.1, 0.16)), "light", 0.52),
        fill(stripes, "dark", 0.55),
        ink(curve((0.22, 0.74), (0.32, 0.67), (0.45, 0.72)), "dark", 0.016, 0.58),
        fill(leg, "main", 0.55),
        ink(curve((0.24, 0.74), (0.34, 0.68), (0.46, 0.75), (0.47, 0.84)), "dark", 0.016, 0.58),
        fill(head, "main", 0.7),
        fill(
            many(
                (
                    poly((0.3, 0.19), (0.295, 0.1), (0.36, 0.145)),
                    poly((0.46, 0.14), (0.505, 0.1), (0.52, 0.18)),
                )
            ),
            "accent",
            0.72,
        ),
        fill(oval(0.46, 0.3, 0.075, 0.05), "light", 0.72),
        fill(many((oval(0.4, 0.235, 0.024, 0.032), oval(0.51, 0.235, 0.02, 0.032))), "dark", 0.75),
        fill(oval(0.475, 0.278, 0.02, 0.014), "accent", 0.75),
        fill(reach, "main", 0.8),
        fill(clip(reach, circle(0.7, 0.33 + lift, 0.055)), "light", 0.82),
    ]


def _yarn(x: float, y: float, radius: float) -> list[Part]:
    ball = circle(x, y, radius)
    winds = many(
        turn(
            curve((x - radius, y + d), (x, y + d - 0.06), (x + radius, y + d)),
            angle,
            x,
            y,
        )
        for d, angle in ((-0.05, 20.0), (0.03, 20.0), (0.1, 20.0), (0.02, -50.0), (0.1, -50.0))
    )
    thread = curve((x - radius, y + 0.08), (0.55, 0.93), (0.68, 0.955), (0.86, 0.93), (0.94, 0.95))
    return [
        ink(thread, "second", 0.02, 0.4),
        fill(ball, "second", 0.45),
        ink(resize(winds, 0.86, 0.86, x, y), "light", 0.014, 0.47),
        fill(bow(x, y, radius, radius, 20, 110), "accent", 0.46),
    ]
