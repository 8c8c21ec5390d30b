"""Drawings of feeding bottles, full of milk."""

from random import Random

import skia

from train.sample.motifs.baby.shapes import stand
from train.sample.motifs.shapes import (
    arc,
    box,
    change,
    circle,
    clip,
    crescent,
    curve,
    cut,
    fill,
    heart,
    ink,
    join,
    line,
    many,
    mirror,
    move,
    oval,
    smooth,
    star,
    trace,
    turn,
)
from train.sample.parts import Part


def _body(x: float, half: float, top: float, base: float, waist: float) -> skia.Path:
    """The glass of a bottle; `waist` pulls the middle in."""
    mid = half * (1 - waist)
    neck = half * 0.72
    y = (top + base) / 2
    return trace(
        (x - neck, top),
        (x + neck, top),
        (x + half * 1.02, top + 0.04, x + half, top + 0.1, x + half, top + 0.14),
        (x + half, y - 0.05, x + mid, y - 0.06, x + mid, y),
        (x + mid, y + 0.06, x + half, y + 0.05, x + half, base - 0.1),
        (x + half, base - 0.01, x + half * 0.85, base, x + half * 0.6, base),
        (x - half * 0.6, base),
        (x - half * 0.85, base, x - half, base - 0.01, x - half, base - 0.1),
        (x - half, y + 0.05, x - mid, y + 0.06, x - mid, y),
        (x - mid, y - 0.06, x - half, y - 0.05, x - half, top + 0.14),
        (x - half, top + 0.1, x - half * 1.02, top + 0.04, x - neck, top),
    )


def _teat(x: float, half: float, top: float) -> list[Part]:
    """A teat in its screw ring, standing on the neck at `top`."""
    rubber = trace(
        (x - half * 0.72, top - 0.06),
        (x - half * 0.7, top - 0.13, x - half * 0.26, top - 0.12, x - half * 0.26, top - 0.18),
        (x - half * 0.34, top - 0.235, x - half * 0.2, top - 0.26, x, top - 0.26),
        (x + half * 0.2, top - 0.26, x + half * 0.34, top - 0.235, x + half * 0.26, top - 0.18),
        (x + half * 0.26, top - 0.12, x + half * 0.7, top - 0.13, x + half * 0.72, top - 0.06),
    )
    ridges = many(
        line((x + half * k, top - 0.055), (x + half * k, top - 0.005))
        for k in (-0.6, -0.3, 0, 0.3, 0.6)
    )
    return [
        fill(rubber, "accent", 0.5),
        ink(
            curve(
                (x - half * 0.45, top - 0.1),
                (x - half * 0.1, top - 0.135),
                (x - half * 0.08, top - 0.2),
            ),
            "light",
            0.014,
            0.52,
        ),
        fill(box(x - half * 0.92, top - 0.075, half * 1.84, 0.095, 0.025), "second", 0.54),
        ink(ridges, "dark", 0.012, 0.55),
        fill(box(x - half, top - 0.005, half * 2, 0.03, 0.015), "second", 0.56),
    ]


def _gleam(x: float, y: float) -> skia.Path:
    """A highlight that runs down the shoulder of the glass."""
    return curve((x + 0.02, y), (x, y + 0.06), (x, y + 0.12))


def _label(rng: Random, x: float, y: float, size: float) -> list[Part]:
    """What is printed on the glass: a heart, a star, a moon or a little bear."""
    kind = rng.randrange(4)
    if kind < 3:
        shape = (
            heart(x, y, size),
            star(x, y, size * 0.55, size * 0.26, 5),
            crescent(x, y, size * 0.5, 20),
        )[kind]
        return [fill(shape, "accent", 0.7)]
    ears = (
        circle(x - size * 0.36, y - size * 0.32, size * 0.2),
        circle(x + size * 0.36, y - size * 0.32, size * 0.2),
    )
    eyes = many((circle(x - size * 0.18, y - 0.01, 0.01), circle(x + size * 0.18, y - 0.01, 0.01)))
    return [
        fill(join(circle(x, y, size * 0.48), *ears), "accent", 0.7),
        fill(oval(x, y + size * 0.16, size * 0.2, size * 0.15), "light", 0.72),
        fill(eyes, "dark", 0.74),
    ]


def _bottle(
    rng: Random, x: float, half: float, top: float, base: float, waist: float
) -> list[Part]:
    """A standing bottle with milk, a scale and a printed figure."""
    body = _body(x, half, top, base, waist)
    level = top + (base - top) * rng.uniform(0.26, 0.42)
    milk = clip(_body(x, half * 0.87, top + 0.015, base - 0.022, waist), box(0, level, 1, 1))
    count = 5
    marks = many(
        line(
            (
                x + half * (0.62 if i % 2 else 0.45),
                level + 0.03 + i * (base - level - 0.12) / count,
            ),
            (x + half * 0.78, level + 0.03 + i * (base - level - 0.12) / count),
        )
        for i in range(count)
    )
    return [
        fill(body, "main", 0.4),
        fill(milk, "light", 0.44),
        fill(clip(oval(x, level, half * 0.85, 0.02), body), "second", 0.46),
        *_teat(x, half, top),
        ink(marks, "dark", 0.014, 0.62),
        ink(_gleam(x - half * 0.74, top + 0.07), "light", 0.022, 0.66),
        *_label(rng, x - half * 0.16, (level + base) / 2, half * 0.9),
    ]


def _drop(x: float, y: float, size: float) -> skia.Path:
    """A drop of milk that hangs from its tip."""
    return trace(
        (x, y - size),
        (
            x + size * 0.2,
            y - size * 0.4,
            x + size * 0.6,
            y - size * 0.1,
            x + size * 0.6,
            y + size * 0.3,
        ),
        (x + size * 0.6, y + size, x - size * 0.6, y + size, x - size * 0.6, y + size * 0.3),
        (x - size * 0.6, y - size * 0.1, x - size * 0.2, y - size * 0.4, x, y - size),
    )


def standing_bottle(rng: Random) -> list[Part]:
    """One big bottle of milk, with drops in the air beside it."""
    half, waist = rng.uniform(0.21, 0.25), rng.choice((0.0, 0.0, 0.16, 0.22))
    side = rng.choice((-1, 1))
    drops = [
        fill(
            _drop(0.5 + side * rng.uniform(0.33, 0.36), rng.uniform(0.3, 0.36), 0.075),
            "second",
            0.3,
        ),
        fill(
            _drop(0.5 + side * rng.uniform(0.36, 0.4), rng.uniform(0.5, 0.56), 0.05), "accent", 0.3
        ),
        fill(
            _drop(0.5 - side * rng.uniform(0.35, 0.39), rng.uniform(0.4, 0.5), 0.06), "second", 0.3
        ),
    ]
    return drops + _bottle(rng, 0.5, half, 0.34, 0.94, waist)


def tilted_bottle(rng: Random) -> list[Part]:
    """A bottle with two handles tipped over, a drop leaving the teat."""
    angle = rng.uniform(38, 52)
    body = _body(0.5, 0.19, 0.32, 0.84, 0.0)
    milk = _body(0.5, 0.165, 0.33, 0.82, 0.0)
    handle = cut(oval(0.29, 0.47, 0.115, 0.16, -8), oval(0.295, 0.47, 0.06, 0.1, -8))

    def tip(path: skia.Path) -> skia.Path:
        return move(turn(path, angle, 0.5, 0.5), -0.07, 0.06)

    level = rng.uniform(0.46, 0.52)
    filled = clip(tip(milk), box(0, level, 1, 1))
    waves = clip(tip(milk), box(0, level, 1, 0.035))
    back = [fill(mirror(handle), "second", 0.25)]
    front = [
        fill(handle, "second", 0.75),
        ink(arc(0.29, 0.47, 0.088, 0.13, 190, 70), "light", 0.014, 0.76),
    ]
    shine = ink(curve((0.365, 0.46), (0.35, 0.54), (0.35, 0.68)), "light", 0.024, 0.66)
    marks = many(
        line((0.58, 0.48 + i * 0.06), (0.64 if i % 2 else 0.62, 0.48 + i * 0.06)) for i in range(5)
    )
    mouth = tip(circle(0.5, 0.04, 0.01)).getBounds()
    x, y = mouth.centerX(), mouth.centerY()
    return [
        *change(back, tip),
        fill(tip(body), "main", 0.4),
        fill(filled, "light", 0.45),
        fill(waves, "second", 0.46),
        *change(_teat(0.5, 0.19, 0.32), tip),
        *change([ink(marks, "dark", 0.014, 0.6), shine], tip),
        *change(_label(rng, 0.5, 0.62, 0.17), tip),
        *change(front, tip),
        fill(_drop(x + 0.01, y + 0.12, 0.06), "light", 0.8),
        fill(_drop(x + rng.uniform(-0.02, 0.03), y + 0.25, 0.04), "accent", 0.8),
        fill(oval(x + 0.01, 0.92, 0.09, 0.022), "light", 0.3),
    ]


def bottle_family(rng: Random) -> list[Part]:
    """A tall and a small bottle with a soother lying in front."""
    parts = _bottle(rng, 0.33, rng.uniform(0.165, 0.185), 0.33, 0.88, 0.0)
    parts += stand(_bottle(rng, 0.5, 0.22, 0.42, 0.94, 0.0), 0.735, 0.56, 0.72)
    x, y = rng.uniform(0.46, 0.56), 0.86
    shield = smooth(
        (x - 0.12, y - 0.02),
        (x - 0.06, y - 0.065),
        (x, y - 0.045),
        (x + 0.06, y - 0.065),
        (x + 0.12, y - 0.02),
        (x + 0.07, y + 0.06),
        (x, y + 0.05),
        (x - 0.07, y + 0.06),
    )
    return [
        *parts,
        fill(shield, "accent", 0.86),
        fill(oval(x, y, 0.055, 0.04), "light", 0.88),
        ink(oval(x, y + 0.035, 0.06, 0.05), "second", 0.022, 0.92),
    ]
