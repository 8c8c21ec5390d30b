"""Drawings of strollers: a pram, a running buggy and a pushchair."""

from random import Random

from train.sample.motifs.shapes import (
    arc,
    box,
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
    pair,
    polar,
    ribbon,
    smooth,
    star,
    trace,
)
from train.sample.parts import Part


def _wheel(x: float, y: float, radius: float, spokes: int, degrees: float) -> list[Part]:
    """A tyre with a bright rim and spokes."""
    rays = many(
        line((x, y), polar(x, y, radius * 0.72, degrees + i * 360 / spokes)) for i in range(spokes)
    )
    return [
        fill(circle(x, y, radius), "dark", 0.7),
        fill(circle(x, y, radius * 0.76), "light", 0.72),
        ink(rays, "second", 0.014, 0.74),
        ink(arc(x, y, radius * 0.88, radius * 0.88, 200, 80), "light", 0.012, 0.76),
        fill(circle(x, y, radius * 0.24), "accent", 0.8),
    ]


def pram(rng: Random) -> list[Part]:
    """A coach-built pram from the side with its hood half open."""
    wide, spokes = rng.uniform(0.125, 0.155), rng.choice((6, 8, 10))
    sweep, rear, front = rng.uniform(98, 124), rng.uniform(0.29, 0.33), rng.uniform(0.69, 0.73)
    x, y = 0.5, 0.46
    hood = arc(x, y, 0.34, 0.36, -sweep, sweep, pie=True)
    folds = rng.choice((3, 4))
    ribs = many(
        curve(
            (x, y),
            polar(x, y - 0.01, 0.2, -sweep * (k + 0.25) / folds),
            polar(x, y, 0.35, -sweep * k / folds),
        )
        for k in range(1, folds)
    )
    brim = ribbon(
        (polar(x, y, 0.06, -sweep), polar(x, y, 0.2, -sweep - 3), polar(x, y, 0.35, -sweep)),
        (0.02, 0.045, 0.05),
    )
    tub = trace(
        (0.15, 0.46),
        (0.85, 0.46),
        (0.85, 0.62, 0.72, 0.69, 0.5, 0.69),
        (0.27, 0.69, 0.15, 0.62, 0.15, 0.46),
    )
    belly = clip(tub, move(tub, 0.0, 0.13))
    quilt = smooth(
        (0.17, 0.47),
        (0.19, 0.42),
        (0.27, 0.4),
        (0.36, 0.38),
        (0.44, 0.41),
        (0.49, 0.47),
        (0.3, 0.49),
    )
    scallops = join(*(circle(0.205 + i * 0.098, 0.485, 0.049) for i in range(7)))
    parts = [
        ink(arc(x, 0.74, 0.3, 0.12, 200, 140), "second", 0.024, 0.3),
        ink(
            many((line((0.3, 0.66), (front, 0.8)), line((0.7, 0.66), (rear, 0.8)))),
            "dark",
            0.026,
            0.4,
        ),
        ink(curve((0.17, 0.5), (0.11, 0.42), (0.09, 0.33), (0.06, 0.27)), "second", 0.028, 0.4),
        fill(
            ribbon(((0.095, 0.31), (0.07, 0.26), (0.055, 0.23)), (0.045, 0.045, 0.045)),
            "dark",
            0.45,
        ),
        fill(oval(0.42, 0.44, 0.14, 0.06), "dark", 0.42),
        fill(quilt, "light", 0.5),
        fill(hood, "main", 0.55),
        ink(ribs, "dark", 0.014, 0.56),
        ink(arc(x, y, 0.29, 0.31, -32, 22), "light", 0.018, 0.57),
        fill(brim, "accent", 0.58),
        fill(tub, "main", 0.6),
        fill(belly, "second", 0.61),
        fill(clip(scallops, box(0.15, 0.46, 0.7, 0.09)), "light", 0.62),
        fill(box(0.13, 0.445, 0.74, 0.032, 0.016), "accent", 0.64),
        fill(circle(x, y, 0.026), "dark", 0.66),
    ]
    parts += _wheel(rear, 0.8, wide, spokes, rng.uniform(0, 60))
    return parts + _wheel(front, 0.8, wide, spokes, rng.uniform(0, 60))


def jogger(rng: Random) -> list[Part]:
    """A three-wheeled running buggy from the side."""
    big, small = rng.uniform(0.155, 0.18), rng.uniform(0.09, 0.11)
    lift = rng.uniform(-0.03, 0.02)
    shade = arc(0.42, 0.37, 0.25, 0.27 - lift, 178, rng.uniform(128, 150), pie=True)
    seat = ribbon(
        ((0.3, 0.24), (0.38, 0.44), (0.47, 0.58), (0.62, 0.585), (0.72, 0.6), (0.79, 0.72)),
        (0.07, 0.1, 0.12, 0.1, 0.08, 0.05),
    )
    pad = ribbon(
        ((0.355, 0.3), (0.42, 0.44), (0.5, 0.54), (0.62, 0.545), (0.7, 0.56)),
        (0.03, 0.05, 0.055, 0.045, 0.025),
    )
    basket = trace(
        (0.34, 0.68),
        (0.64, 0.68),
        (0.63, 0.79, 0.58, 0.8, 0.5, 0.8),
        (0.4, 0.8, 0.35, 0.76, 0.34, 0.68),
    )
    mesh = many(line((0.37 + i * 0.06, 0.69), (0.385 + i * 0.05, 0.785)) for i in range(5))
    parts = [
        ink(line((0.1, 0.28), (0.83, 0.83)), "second", 0.03, 0.3),
        ink(
            many((line((0.3, 0.77), (0.43, 0.52)), line((0.3, 0.77), (0.7, 0.74)))),
            "dark",
            0.028,
            0.34,
        ),
        fill(basket, "second", 0.4),
        ink(mesh, "light", 0.012, 0.42),
        fill(seat, "main", 0.5),
        fill(pad, "light", 0.54),
        ink(curve((0.39, 0.32), (0.47, 0.42), (0.53, 0.52)), "accent", 0.024, 0.56),
        fill(circle(0.53, 0.52, 0.022), "dark", 0.57),
        fill(shade, "main", 0.6),
        fill(clip(shade, arc(0.42, 0.37, 0.3, 0.3, 178, 48, pie=True)), "second", 0.61),
        ink(clip(shade, arc(0.42, 0.37, 0.3, 0.3, 226, 40, pie=True)), "dark", 0.012, 0.62),
        ink(arc(0.42, 0.37, 0.2, 0.21 - lift, 230, 50), "light", 0.018, 0.63),
        fill(circle(0.42, 0.37, 0.03), "accent", 0.64),
        fill(ribbon(((0.17, 0.33), (0.1, 0.28), (0.08, 0.2)), (0.05, 0.05, 0.04)), "dark", 0.5),
        ink(curve((0.85, 0.82), (0.83, 0.7), (0.9, 0.66)), "second", 0.022, 0.5),
    ]
    parts += _wheel(0.3, 0.765, big, rng.choice((8, 10)), rng.uniform(0, 40))
    return parts + _wheel(0.84, 0.83, small, 6, rng.uniform(0, 60))


def buggy(rng: Random) -> list[Part]:
    """A pushchair seen from the front, seat empty and harness waiting."""
    spread = rng.uniform(0.25, 0.3)
    hood = trace(
        (0.24, 0.42),
        (0.2, 0.16, 0.36, 0.09, 0.5, 0.09),
        (0.64, 0.09, 0.8, 0.16, 0.76, 0.42),
        (0.62, 0.3, 0.38, 0.3, 0.24, 0.42),
    )
    edge = trace(
        (0.24, 0.42),
        (0.37, 0.29, 0.63, 0.29, 0.76, 0.42),
        (0.755, 0.385),
        (0.62, 0.25, 0.38, 0.25, 0.245, 0.385),
    )
    shell = trace((0.28, 0.34), (0.72, 0.34), (0.75, 0.68), (0.6, 0.74, 0.4, 0.74, 0.25, 0.68))
    cushion = trace((0.34, 0.34), (0.66, 0.34), (0.665, 0.55), (0.6, 0.6, 0.4, 0.6, 0.335, 0.55))
    bottom = smooth(
        (0.29, 0.6), (0.4, 0.56), (0.6, 0.56), (0.71, 0.6), (0.7, 0.68), (0.5, 0.71), (0.3, 0.68)
    )
    leg = ribbon(
        ((0.36, 0.62), (0.42 - spread / 2, 0.74), (0.5 - spread, 0.86)), (0.034, 0.03, 0.03)
    )
    tyre = box(0.5 - spread - 0.055, 0.77, 0.05, 0.17, 0.025)
    twin = box(0.5 - spread + 0.015, 0.77, 0.05, 0.17, 0.025)
    straps = pair(ribbon(((0.42, 0.34), (0.43, 0.45), (0.49, 0.56)), (0.03, 0.03, 0.03)))
    apron = trace(
        (0.38, 0.7),
        (0.62, 0.7),
        (0.64, 0.84, 0.6, 0.85, 0.5, 0.85),
        (0.4, 0.85, 0.36, 0.84, 0.38, 0.7),
    )
    crest = star(0.5, 0.19, 0.055, 0.026, 5) if rng.random() < 0.5 else circle(0.5, 0.19, 0.042)
    stripes = pair(curve((0.33, 0.3), (0.34, 0.2), (0.4, 0.115)))
    return [
        ink(pair(curve((0.3, 0.3), (0.2, 0.2), (0.16, 0.12))), "second", 0.03, 0.2),
        fill(
            pair(ribbon(((0.17, 0.15), (0.14, 0.09), (0.1, 0.08)), (0.04, 0.045, 0.045))),
            "dark",
            0.25,
        ),
        fill(pair(leg), "second", 0.35),
        ink(line((0.5 - spread, 0.84), (0.5 + spread, 0.84)), "dark", 0.024, 0.36),
        fill(shell, "main", 0.4),
        fill(cushion, "second", 0.45),
        ink(pair(line((0.41, 0.42), (0.41, 0.56)), 0.5), "dark", 0.012, 0.46),
        fill(straps, "accent", 0.5),
        fill(box(0.44, 0.41, 0.12, 0.032, 0.012), "dark", 0.52),
        fill(bottom, "light", 0.55),
        fill(circle(0.5, 0.575, 0.034), "accent", 0.58),
        fill(apron, "main", 0.6),
        fill(box(0.41, 0.78, 0.18, 0.035, 0.015), "light", 0.62),
        fill(hood, "main", 0.65),
        ink(stripes, "light", 0.016, 0.66),
        fill(edge, "accent", 0.67),
        fill(crest, "light", 0.68),
        fill(
            ribbon(
                ((0.24, 0.55), (0.36, 0.635), (0.64, 0.635), (0.76, 0.55)), (0.04, 0.05, 0.05, 0.04)
            ),
            "dark",
            0.72,
        ),
        ink(curve((0.36, 0.628), (0.5, 0.635), (0.6, 0.63)), "light", 0.012, 0.74),
        fill(pair(many((tyre, twin))), "dark", 0.8),
        ink(
            pair(
                many(
                    line((0.5 - spread + d, 0.82), (0.5 - spread + d, 0.89)) for d in (-0.03, 0.04)
                )
            ),
            "light",
            0.014,
            0.82,
        ),
    ]
