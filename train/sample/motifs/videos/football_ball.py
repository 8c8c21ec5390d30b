"""Drawings of a football."""

import math
from random import Random

from train.sample.motifs.shapes import (
    Point,
    arc,
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
    polar,
    poly,
    ribbon,
    smooth,
    turn,
)
from train.sample.parts import Part

Spot = tuple[float, float, float]
GOLDEN = (1 + math.sqrt(5)) / 2
# The corners of an icosahedron are the middles of the twelve black patches of a football.
CORNERS: tuple[Spot, ...] = tuple(
    spot
    for a in (-1.0, 1.0)
    for b in (-GOLDEN, GOLDEN)
    for spot in ((0.0, a, b), (a, b, 0.0), (b, 0.0, a))
)


def _rolled(spot: Spot, spin: float, tip: float) -> Spot:
    """A point of the unit sphere after the ball has rolled; z towards the viewer."""
    length = math.hypot(*spot)
    x, y, z = (value / length for value in spot)
    c, s = math.cos(spin), math.sin(spin)
    x, y = x * c - y * s, x * s + y * c
    c, s = math.cos(tip), math.sin(tip)
    return x, y * c - z * s, y * s + z * c


def _third(a: Spot, b: Spot) -> Spot:
    """The point of the sphere one third of the way from a to b."""
    mixed = [(2 * p + q) / 3 for p, q in zip(a, b, strict=True)]
    length = math.hypot(*mixed)
    return mixed[0] / length, mixed[1] / length, mixed[2] / length


def _around(points: list[Point]) -> list[Point]:
    """The corners of a patch in order around its middle."""
    x = sum(point[0] for point in points) / len(points)
    y = sum(point[1] for point in points) / len(points)
    return sorted(points, key=lambda point: math.atan2(point[1] - y, point[0] - x))


def ball(x: float, y: float, radius: float, spin: float, depth: float = 0.6) -> list[Part]:
    """A stitched football, turned by spin in degrees."""
    globe = circle(x, y, radius)
    corners = [_rolled(corner, math.radians(spin), 0.3 + spin / 90) for corner in CORNERS]

    def at(spot: Spot) -> Point:
        stretch = max(1.0, 1.02 / math.hypot(spot[0], spot[1])) if spot[2] < 0 else 1.0
        return x + spot[0] * radius * stretch, y + spot[1] * radius * stretch

    patches, seams = [], []
    for a in corners:
        near = [b for b in corners if 0.1 < math.dist(a, b) < 1.2]
        knots = [_third(a, b) for b in near]
        if a[2] > -0.25:
            flat = _around([at(knot) for knot in knots])
            patches.append(clip(poly(*flat), globe))
        seams += [
            line(at(knot), at(_third(b, a)))
            for b, knot in zip(near, knots, strict=True)
            if a < b and knot[2] > 0 and _third(b, a)[2] > 0
        ]
    width = max(0.012, radius * 0.045)
    return [
        fill(globe, "light", depth),
        fill(
            cut(globe, circle(x - radius * 0.24, y - radius * 0.22, radius * 1.04)),
            "second",
            depth + 0.01,
        ),
        ink(many(seams), "dark", width, depth + 0.03),
        fill(many(patches), "dark", depth + 0.04),
        ink(globe, "dark", width, depth + 0.05),
    ]


def ball_on_turf(rng: Random) -> list[Part]:
    """A football that flies low over torn turf."""
    spin = rng.uniform(0, 72)
    x, y = 0.57, 0.44
    blades = []
    for i in range(15):
        base = 0.06 + i * 0.062
        tall = 0.07 + 0.05 * abs(math.sin(i * 2.4))
        blades.append(
            poly(
                (base - 0.03, 0.9),
                (base + rng.uniform(-0.03, 0.03), 0.86 - tall),
                (base + 0.03, 0.9),
            )
        )
    turf = join(
        smooth(
            (0.03, 0.94),
            (0.03, 0.94),
            (0.04, 0.88),
            (0.5, 0.85),
            (0.96, 0.88),
            (0.97, 0.94),
            (0.97, 0.94),
        ),
        *blades,
    )
    trails = many(
        ribbon([polar(x, y, 0.335, a), polar(x - 0.19, y + 0.06, 0.36, a + d)], [w, 0.0])
        for a, d, w in ((150, 4, 0.05), (172, 2, 0.07), (196, 2, 0.05))
    )
    clods = many(
        smooth(*(polar(cx, cy, r * (1.0 if k % 2 else 0.7), k * 60 + cx * 300) for k in range(6)))
        for cx, cy, r in (
            (0.26, 0.74, 0.035),
            (0.16, 0.68, 0.024),
            (0.34, 0.8, 0.026),
            (0.11, 0.78, 0.02),
            (0.22, 0.6, 0.016),
        )
    )
    return [
        fill(trails, "accent", 0.15),
        fill(oval(0.58, 0.88, 0.27, 0.035), "dark", 0.25),
        *ball(x, y, 0.315, spin),
        ink(arc(x, y, 0.25, 0.25, 200, 50), "light", 0.03, 0.7),
        fill(clods, "dark", 0.72),
        fill(turf, "main", 0.8),
        ink(
            many(line((bx, 0.91), (bx + 0.012, 0.86)) for bx in (0.12, 0.3, 0.47, 0.66, 0.83)),
            "light",
            0.014,
            0.82,
        ),
        fill(box(0.03, 0.915, 0.94, 0.03, 0.015), "second", 0.82),
    ]


def boot_on_ball(rng: Random) -> list[Part]:
    """A studded boot that rests on the ball before kick-off."""
    lift = rng.uniform(-0.01, 0.015)
    boot = smooth(
        (0.42, 0.36),
        (0.42, 0.36),
        (0.45, 0.3),
        (0.55, 0.29),
        (0.6, 0.35),
        (0.6, 0.35),
        (0.7, 0.42),
        (0.82, 0.47),
        (0.88, 0.53),
        (0.87, 0.58),
        (0.87, 0.58),
        (0.6, 0.57),
        (0.42, 0.55),
        (0.42, 0.55),
        (0.4, 0.46),
    )
    studs = many(
        poly((x - 0.025, 0.585), (x + 0.025, 0.585), (x + 0.015, 0.63), (x - 0.015, 0.63))
        for x in (0.46, 0.54, 0.68, 0.76, 0.83)
    )
    sock = smooth(
        (0.43, 0.34),
        (0.43, 0.34),
        (0.41, 0.24),
        (0.4, 0.14),
        (0.4, 0.14),
        (0.61, 0.14),
        (0.61, 0.14),
        (0.61, 0.24),
        (0.59, 0.35),
        (0.59, 0.35),
    )
    shoe = [
        fill(sock, "main", 0.6),
        fill(
            clip(sock, many((box(0.3, 0.18, 0.4, 0.03), box(0.3, 0.235, 0.4, 0.03)))), "light", 0.62
        ),
        fill(studs, "dark", 0.62),
        fill(boot, "accent", 0.7),
        fill(clip(boot, box(0.3, 0.545, 0.7, 0.06)), "dark", 0.72),
        fill(
            smooth(
                (0.47, 0.52),
                (0.47, 0.52),
                (0.56, 0.44),
                (0.62, 0.36),
                (0.62, 0.36),
                (0.66, 0.39),
                (0.66, 0.39),
                (0.6, 0.48),
                (0.55, 0.53),
                (0.55, 0.53),
            ),
            "second",
            0.74,
        ),
        ink(
            many(
                line((0.655 + 0.04 * k, 0.46 + 0.012 * k), (0.69 + 0.04 * k, 0.405 + 0.022 * k))
                for k in range(4)
            ),
            "light",
            0.016,
            0.76,
        ),
        ink(curve((0.75, 0.51), (0.8, 0.5), (0.85, 0.53)), "light", 0.014, 0.76),
    ]
    tilt = rng.uniform(-16, -8)
    return [
        fill(
            smooth(
                (0.03, 0.94),
                (0.03, 0.94),
                (0.1, 0.86),
                (0.5, 0.84),
                (0.9, 0.86),
                (0.97, 0.94),
                (0.97, 0.94),
            ),
            "second",
            0.1,
        ),
        ink(curve((0.05, 0.92), (0.3, 0.895), (0.7, 0.895), (0.95, 0.92)), "light", 0.02, 0.15),
        fill(oval(0.6, 0.9, 0.24, 0.03), "dark", 0.2),
        *ball(0.6, 0.69, 0.215, rng.uniform(0, 72), 0.4),
        *change(shoe, lambda path: turn(move(path, 0.0, lift - 0.075), tilt)),
    ]
