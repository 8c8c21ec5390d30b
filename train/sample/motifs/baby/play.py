"""Drawings of building blocks and rattles."""

from random import Random

import skia

from train.sample.motifs.shapes import (
    arc,
    bow,
    box,
    change,
    circle,
    crescent,
    cut,
    fill,
    hang,
    heart,
    ink,
    join,
    line,
    many,
    oval,
    pair,
    poly,
    star,
    trace,
    turn,
)
from train.sample.parts import Part, Tone

TONES: tuple[Tone, ...] = ("main", "second", "accent")


def _sign(kind: int, x: float, y: float, size: float) -> skia.Path:
    """One of the plain figures printed on toys."""
    return (
        lambda: star(x, y, size * 0.6, size * 0.28, 5),
        lambda: heart(x, y, size),
        lambda: circle(x, y, size * 0.42),
        lambda: poly(
            (x, y - size * 0.5), (x + size * 0.5, y + size * 0.4), (x - size * 0.5, y + size * 0.4)
        ),
        lambda: crescent(x, y, size * 0.5, 0),
    )[kind % 5]()


def _cube(x: float, y: float, size: float, tone: Tone, kind: int, depth: float) -> list[Part]:
    """A lettered cube seen from a corner: `x, y` is its front bottom corner."""
    w, h, d = size * 0.5, size * 0.62, size * 0.25
    left = poly((x, y), (x - w, y - d), (x - w, y - d - h), (x, y - h))
    right = poly((x, y), (x + w, y - d), (x + w, y - d - h), (x, y - h))
    top = poly((x, y - h), (x + w, y - h - d), (x, y - h - 2 * d), (x - w, y - h - d))
    panel = poly(
        (x - w * 0.14, y - h * 0.12 - d * 0.14),
        (x - w * 0.86, y - h * 0.12 - d * 0.86),
        (x - w * 0.86, y - h * 0.88 - d * 0.86),
        (x - w * 0.14, y - h * 0.88 - d * 0.14),
    )

    def onto(path: skia.Path) -> skia.Path:  # the left face falls away to the left
        return hang(path, 0.5, x - w / 2)

    mark = onto(_sign(kind, x - w / 2, y - d / 2 - h / 2, size * 0.27))
    dot = hang(_sign(kind + 2, x + w / 2, y - d / 2 - h / 2, size * 0.24), -0.5, x + w / 2)
    return [
        fill(left, tone, depth),
        fill(right, "dark" if tone == "second" else "second", depth),
        fill(top, "light", depth + 0.01),
        fill(panel, "light", depth + 0.02),
        fill(mark, tone, depth + 0.03),
        fill(dot, "light", depth + 0.03),
    ]


def corner_cubes(rng: Random) -> list[Part]:
    """Three picture cubes stacked to a pyramid, seen from a corner."""
    kinds = [rng.randrange(5) for _ in range(4)]
    tones = rng.sample(TONES, 3)
    size = rng.uniform(0.38, 0.42)
    h = size * 0.62
    return [
        *_cube(0.5 - size * 0.5, 0.9 - 0.02, size, tones[0], kinds[1], 0.4),
        *_cube(0.5 + size * 0.5, 0.9 - 0.02, size, tones[1], kinds[2], 0.5),
        *_cube(0.5 + rng.uniform(-0.04, 0.04), 0.85 - h, size, "accent", kinds[3], 0.7),
    ]


def castle(rng: Random) -> list[Part]:
    """A castle of wooden pieces: columns, an arch and pointed roofs."""
    tall = rng.uniform(0.0, 0.06)
    arch = cut(box(0.28, 0.46, 0.44, 0.2), arc(0.5, 0.66, 0.13, 0.14, 180, 180, pie=True))
    roof = poly((0.5, 0.1 - tall * 0.5), (0.65, 0.3), (0.35, 0.3))
    cone = trace(
        (0.175, 0.3 - tall),
        (0.26, 0.46 - tall),
        (0.2, 0.48 - tall, 0.14, 0.48 - tall, 0.09, 0.46 - tall),
    )
    columns = pair(box(0.115, 0.46 - tall, 0.12, 0.46 + tall, 0.012))
    bands = pair(many(box(0.105, y, 0.14, 0.045, 0.012) for y in (0.46 - tall, 0.64, 0.86)))
    shine = pair(line((0.14, 0.56), (0.14, 0.61)))
    legs = many((box(0.29, 0.66, 0.09, 0.26, 0.01), box(0.62, 0.66, 0.09, 0.26, 0.01)))
    beads = many(circle(x, 0.87, 0.05) for x in ((0.44, 0.56) if rng.random() < 0.5 else (0.5,)))
    window = arc(0.5, 0.4, 0.05, 0.055, 180, 180, pie=True)
    bricks = many((line((0.35, 0.46), (0.35, 0.66)), line((0.65, 0.46), (0.65, 0.66))))
    x = rng.uniform(0.8, 0.84)
    return [
        fill(columns, "main", 0.3),
        fill(bands, "light", 0.32),
        ink(shine, "light", 0.02, 0.33),
        fill(pair(cone), "accent", 0.36),
        ink(pair(line((0.15, 0.37 - tall), (0.125, 0.43 - tall))), "light", 0.014, 0.37),
        fill(legs, "second", 0.45),
        ink(
            many((line((0.31, 0.7), (0.31, 0.86)), line((0.64, 0.7), (0.64, 0.86)))),
            "light",
            0.014,
            0.46,
        ),
        fill(arch, "main", 0.5),
        ink(bricks, "dark", 0.012, 0.52),
        ink(arc(0.5, 0.66, 0.165, 0.175, 190, 160), "light", 0.016, 0.53),
        fill(box(0.34, 0.3, 0.32, 0.16, 0.01), "second", 0.55),
        fill(window, "light", 0.57),
        fill(box(0.45, 0.4, 0.1, 0.04), "light", 0.57),
        fill(roof, "accent", 0.6),
        ink(line((0.48, 0.15 - tall * 0.5), (0.4, 0.26)), "light", 0.016, 0.62),
        fill(_sign(rng.randrange(3), 0.51, 0.24, 0.075), "light", 0.64),
        fill(beads, "accent", 0.7),
        fill(
            turn(box(x - 0.08, 0.8, 0.13, 0.13, 0.012), rng.uniform(-4, 4), x, 0.87), "second", 0.8
        ),
        fill(_sign(rng.randrange(5), x - 0.015, 0.865, 0.075), "light", 0.82),
    ]


def _brick(x: float, y: float, studs: int, tone: Tone, depth: float) -> list[Part]:
    """A studded brick from the front and above; `x, y` is its lower left corner."""
    w, h, d = studs * 0.135, 0.13, 0.05
    body = box(x, y - h, w, h, 0.008)
    top = poly((x, y - h), (x + w, y - h), (x + w + d, y - h - d), (x + d, y - h - d))
    side = poly((x + w, y), (x + w, y - h), (x + w + d, y - h - d), (x + w + d, y - d))
    caps = [(x + 0.135 * (i + 0.5) + d / 2, y - h - d * 0.55) for i in range(studs)]
    knobs = many(
        join(box(a - 0.042, b - 0.035, 0.084, 0.04, 0.01), oval(a, b + 0.004, 0.042, 0.016))
        for a, b in caps
    )
    discs = many(oval(a, b - 0.033, 0.042, 0.017) for a, b in caps)
    return [
        fill(side, "dark", depth),
        fill(body, tone, depth),
        fill(top, tone, depth + 0.01),
        ink(
            line((x + 0.03, y - h + 0.03), (x + w * 0.45, y - h + 0.03)),
            "light",
            0.014,
            depth + 0.02,
        ),
        fill(knobs, tone, depth + 0.02),
        fill(discs, "light", depth + 0.03),
    ]


def studded_bricks(rng: Random) -> list[Part]:
    """A stepped wall of studded bricks, the last one about to land."""
    tones = rng.sample(TONES, 3)
    shift = rng.choice((0, 1))
    tilt = rng.uniform(-20, -8)
    loose = change(_brick(0.36, 0.36, 2, tones[2], 0.6), lambda path: turn(path, tilt, 0.5, 0.3))
    return [
        *_brick(0.09, 0.92, 6, tones[0], 0.2),
        *_brick(0.09, 0.79, 3, tones[1], 0.3),
        *_brick(0.495, 0.79, 2, tones[2], 0.35),
        *_brick(0.09 + 0.135 * (1 + shift), 0.66, 3 - shift, tones[0], 0.4),
        *loose,
    ]


def leaning_tower(rng: Random) -> list[Part]:
    """A tower of wooden pieces that is about to lean too far."""
    slip = [rng.uniform(-0.035, 0.035) for _ in range(5)]
    drift = rng.choice((-1, 1)) * rng.uniform(1.0, 2.5)
    x = 0.5
    low = box(x - 0.24, 0.83, 0.48, 0.1, 0.015)
    arch = cut(
        box(x - 0.19 + slip[0], 0.67, 0.38, 0.16, 0.012),
        arc(x + slip[0], 0.83, 0.1, 0.11, 180, 180, pie=True),
    )
    c = x + slip[1]
    drum = join(box(c - 0.1, 0.53, 0.2, 0.13), oval(c, 0.655, 0.1, 0.025))
    e = x + slip[2]
    cube = box(e - 0.105, 0.31, 0.21, 0.2, 0.015)
    plank = box(x - 0.2 + slip[3], 0.25, 0.4, 0.06, 0.015)
    f = x + slip[4]
    roof = poly((f, 0.08), (f + 0.14, 0.25), (f - 0.14, 0.25))
    tower = [
        fill(low, "main", 0.4),
        ink(line((x - 0.2, 0.865), (x - 0.02, 0.865)), "light", 0.016, 0.42),
        fill(arch, "second", 0.45),
        ink(arc(x + slip[0], 0.83, 0.135, 0.13, 195, 150), "light", 0.016, 0.46),
        fill(drum, "accent", 0.5),
        fill(oval(c, 0.53, 0.1, 0.026), "light", 0.52),
        ink(line((c - 0.065, 0.58), (c - 0.065, 0.63)), "light", 0.016, 0.53),
        fill(cube, "main", 0.55),
        fill(box(e - 0.075, 0.34, 0.15, 0.14, 0.012), "light", 0.57),
        fill(_sign(rng.randrange(5), e, 0.41, 0.1), "accent", 0.58),
        fill(plank, "second", 0.6),
        ink(
            many(circle(x - 0.12 + slip[3] + i * 0.12, 0.28, 0.008) for i in range(3)),
            "light",
            0.014,
            0.61,
        ),
        fill(roof, "accent", 0.65),
        ink(line((f - 0.015, 0.13), (f - 0.075, 0.215)), "light", 0.016, 0.66),
    ]
    side = rng.choice((-1, 1))
    b = 0.5 + side * 0.36
    d = 0.5 - side * 0.35
    return [
        *change(tower, lambda path: turn(path, drift, 0.5, 0.93)),
        fill(circle(b, 0.855, 0.075), "second", 0.75),
        ink(arc(b, 0.855, 0.048, 0.048, 190, 80), "light", 0.016, 0.76),
        fill(bow(d, 0.93, 0.09, 0.13, 180), "accent", 0.75),
        ink(arc(d, 0.93, 0.058, 0.092, 195, 60), "light", 0.014, 0.76),
    ]
