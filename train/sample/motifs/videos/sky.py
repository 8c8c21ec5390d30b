"""Drawings of space travel and of the sky above."""

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
    poly,
    resize,
    smooth,
    star,
    turn,
)
from train.sample.parts import Drawing, Part


def sparkles(rng: Random, spots: tuple[tuple[float, float], ...]) -> skia.Path:
    """Four-pointed stars near the given spots."""
    return many(
        star(x + rng.uniform(-0.02, 0.02), y + rng.uniform(-0.02, 0.02), size, size * 0.32, 4)
        for x, y in spots
        for size in (rng.uniform(0.025, 0.05),)
    )


def rocket(rng: Random) -> list[Part]:
    """A rocket that climbs on a trail of fire and smoke."""
    reach = rng.uniform(-0.03, 0.02)
    hull = smooth(
        (0.5, 0.06),
        (0.5, 0.06),
        (0.59, 0.14),
        (0.64, 0.3),
        (0.64, 0.48),
        (0.6, 0.64),
        (0.6, 0.64),
        (0.4, 0.64),
        (0.4, 0.64),
        (0.36, 0.48),
        (0.36, 0.3),
        (0.41, 0.14),
    )
    nose = clip(hull, bow(0.5, 0.06, 0.3, 0.17))
    fin = smooth(
        (0.375, 0.45),
        (0.375, 0.45),
        (0.27, 0.54),
        (0.24, 0.72),
        (0.24, 0.72),
        (0.33, 0.65),
        (0.41, 0.64),
        (0.41, 0.64),
    )
    flame = smooth(
        (0.41, 0.68),
        (0.41, 0.68),
        (0.37, 0.79),
        (0.44, 0.86),
        (0.5, 0.95 + reach),
        (0.5, 0.95 + reach),
        (0.56, 0.86),
        (0.63, 0.79),
        (0.59, 0.68),
        (0.59, 0.68),
    )
    core = smooth(
        (0.45, 0.68),
        (0.45, 0.68),
        (0.435, 0.76),
        (0.5, 0.87),
        (0.5, 0.87),
        (0.565, 0.76),
        (0.55, 0.68),
        (0.55, 0.68),
    )
    smoke = join(
        *(
            circle(x, y, r)
            for x, y, r in (
                (0.34, 0.88, 0.07),
                (0.25, 0.92, 0.05),
                (0.66, 0.88, 0.07),
                (0.76, 0.92, 0.05),
                (0.42, 0.93, 0.05),
                (0.58, 0.93, 0.05),
            )
        )
    )
    craft = [
        fill(smoke, "light", 0.3),
        fill(flame, "accent", 0.45),
        fill(core, "light", 0.5),
        fill(box(0.43, 0.63, 0.14, 0.055, 0.012), "dark", 0.55),
        fill(pair(fin), "second", 0.6),
        fill(hull, "main", 0.65),
        fill(clip(hull, cut(box(0, 0, 1, 1), move(hull, -0.06, 0.0))), "second", 0.66),
        fill(nose, "accent", 0.7),
        fill(clip(hull, box(0.2, 0.56, 0.6, 0.03)), "light", 0.7),
        fill(circle(0.5, 0.35, 0.085), "dark", 0.75),
        fill(circle(0.5, 0.35, 0.06), "light", 0.78),
        fill(bow(0.5, 0.35, 0.06, 0.06, 20, 130), "second", 0.8),
        fill(
            smooth((0.5, 0.49), (0.53, 0.6), (0.5, 0.76), (0.5, 0.76), (0.47, 0.6)), "second", 0.85
        ),
        ink(curve((0.415, 0.24), (0.39, 0.36), (0.395, 0.5)), "light", 0.018, 0.75),
    ]
    tilt = rng.choice((-1, 1)) * rng.uniform(8, 26)
    return [
        fill(sparkles(rng, ((0.13, 0.2), (0.86, 0.16), (0.12, 0.52), (0.88, 0.5))), "light", 0.1),
        *change(craft, lambda path: turn(resize(path, 0.94, 0.94), tilt)),
    ]


def ringed_planet(rng: Random) -> list[Part]:
    """A banded planet with wide rings and two moons."""
    tilt = rng.uniform(-26, -12)
    globe = circle(0.5, 0.5, 0.27)
    outer, inner = oval(0.5, 0.5, 0.46, 0.13), oval(0.5, 0.5, 0.34, 0.075)
    middle = cut(oval(0.5, 0.5, 0.405, 0.107), oval(0.5, 0.5, 0.385, 0.096))
    rings = cut(outer, inner)
    below, above = box(0, 0.5, 1, 0.5), box(0, 0, 1, 0.5)
    bands = many(
        clip(
            globe,
            smooth(
                (0.2, y),
                (0.2, y),
                (0.4, y + 0.03),
                (0.6, y + 0.015),
                (0.8, y + 0.02),
                (0.8, y + 0.02),
                (0.8, y + h),
                (0.8, y + h),
                (0.6, y + h + 0.01),
                (0.4, y + h),
                (0.2, y + h - 0.01),
                (0.2, y + h - 0.01),
            ),
        )
        for y, h in ((0.29, 0.05), (0.4, 0.035), (0.63, 0.07))
    )
    night = clip(globe, cut(circle(0.5, 0.5, 0.3), circle(0.43, 0.43, 0.29)))
    body = [
        fill(clip(rings, above), "accent", 0.3),
        fill(clip(middle, above), "dark", 0.32),
        fill(globe, "main", 0.5),
        fill(bands, "second", 0.52),
        fill(oval(0.58, 0.42, 0.055, 0.032), "light", 0.55),
        fill(oval(0.58, 0.42, 0.03, 0.016), "second", 0.56),
        fill(night, "dark", 0.56),
        ink(arc(0.5, 0.5, 0.23, 0.23, 195, 65), "light", 0.022, 0.6),
        fill(clip(rings, below), "accent", 0.75),
        fill(clip(middle, below), "dark", 0.78),
    ]
    x = rng.choice((0.14, 0.8))
    moon = circle(x, 0.17, 0.075)
    return [
        fill(
            sparkles(rng, ((0.12, 0.4), (0.42, 0.1), (0.88, 0.66), (0.2, 0.86), (0.62, 0.9))),
            "light",
            0.05,
        ),
        fill(moon, "light", 0.2),
        fill(clip(moon, circle(x + 0.045, 0.195, 0.07)), "second", 0.22),
        fill(many((circle(x - 0.03, 0.15, 0.016), circle(x - 0.01, 0.21, 0.012))), "dark", 0.24),
        fill(circle(0.8, 0.84, 0.04), "second", 0.2),
        *change(body, lambda path: turn(path, tilt, 0.5, 0.5)),
    ]


def astronaut(rng: Random) -> list[Part]:
    """An astronaut who floats with a raised hand, the Earth in the visor."""
    wave = rng.uniform(-12, 12)
    pack = box(0.27, 0.42, 0.46, 0.36, 0.07)
    torso = smooth(
        (0.36, 0.5),
        (0.5, 0.46),
        (0.64, 0.5),
        (0.68, 0.62),
        (0.65, 0.78),
        (0.5, 0.82),
        (0.35, 0.78),
        (0.32, 0.62),
    )
    arm = turn(
        smooth(
            (0.62, 0.5),
            (0.72, 0.48),
            (0.79, 0.36),
            (0.77, 0.25),
            (0.86, 0.22),
            (0.91, 0.32),
            (0.88, 0.46),
            (0.78, 0.6),
            (0.66, 0.64),
        ),
        wave,
        0.68,
        0.56,
    )
    glove = turn(
        join(circle(0.82, 0.19, 0.062), oval(0.765, 0.19, 0.03, 0.02, 30)), wave, 0.68, 0.56
    )
    cuff = turn(
        poly((0.755, 0.25), (0.875, 0.215), (0.885, 0.255), (0.765, 0.29)), wave, 0.68, 0.56
    )
    other = smooth(
        (0.38, 0.5),
        (0.27, 0.52),
        (0.17, 0.6),
        (0.1, 0.68),
        (0.15, 0.77),
        (0.25, 0.74),
        (0.36, 0.65),
    )
    legs = many(
        (
            smooth(
                (0.35, 0.72),
                (0.33, 0.84),
                (0.32, 0.93),
                (0.32, 0.93),
                (0.47, 0.93),
                (0.47, 0.93),
                (0.48, 0.8),
                (0.5, 0.74),
            ),
            smooth(
                (0.5, 0.74),
                (0.53, 0.82),
                (0.6, 0.9),
                (0.6, 0.9),
                (0.73, 0.84),
                (0.73, 0.84),
                (0.67, 0.76),
                (0.65, 0.7),
            ),
        )
    )
    boots = many(
        (
            box(0.29, 0.89, 0.2, 0.06, 0.025),
            turn(box(0.575, 0.855, 0.2, 0.06, 0.025), -26, 0.67, 0.88),
        )
    )
    helmet = circle(0.46, 0.3, 0.215)
    visor = smooth(
        (0.3, 0.3),
        (0.33, 0.2),
        (0.46, 0.165),
        (0.59, 0.2),
        (0.62, 0.3),
        (0.58, 0.4),
        (0.46, 0.435),
        (0.34, 0.4),
    )
    globe = circle(0.5, 0.42, 0.12)
    return [
        fill(
            sparkles(rng, ((0.12, 0.16), (0.16, 0.44), (0.9, 0.62), (0.1, 0.9), (0.92, 0.84))),
            "light",
            0.05,
        ),
        fill(pack, "second", 0.3),
        fill(other, "main", 0.45),
        fill(circle(0.12, 0.73, 0.06), "accent", 0.5),
        fill(legs, "main", 0.45),
        fill(boots, "second", 0.5),
        fill(torso, "main", 0.55),
        ink(
            many(
                (
                    curve((0.34, 0.62), (0.36, 0.57), (0.41, 0.54)),
                    curve((0.37, 0.775), (0.5, 0.8), (0.63, 0.775)),
                )
            ),
            "dark",
            0.014,
            0.57,
        ),
        fill(box(0.39, 0.58, 0.2, 0.13, 0.025), "light", 0.65),
        fill(many((circle(0.44, 0.62, 0.02), circle(0.5, 0.62, 0.02))), "accent", 0.7),
        fill(
            many((box(0.42, 0.66, 0.14, 0.022, 0.01), box(0.54, 0.605, 0.025, 0.03))), "dark", 0.7
        ),
        fill(glove, "accent", 0.6),
        fill(arm, "main", 0.6),
        fill(cuff, "dark", 0.65),
        fill(helmet, "light", 0.75),
        fill(
            many((box(0.225, 0.25, 0.05, 0.12, 0.02), box(0.645, 0.25, 0.05, 0.12, 0.02))),
            "second",
            0.72,
        ),
        fill(visor, "dark", 0.8),
        fill(clip(visor, globe), "second", 0.82),
        fill(
            clip(visor, many((oval(0.46, 0.36, 0.05, 0.025), oval(0.55, 0.39, 0.04, 0.03)))),
            "accent",
            0.84,
        ),
        ink(curve((0.35, 0.29), (0.37, 0.235), (0.43, 0.21)), "light", 0.024, 0.9),
    ]


def satellite(rng: Random) -> list[Part]:
    """A satellite with solar wings above the curve of a planet."""
    planet = circle(0.27, 0.7, 0.24)
    land = clip(
        planet,
        many(
            (
                smooth(
                    (0.1, 0.6),
                    (0.2, 0.5),
                    (0.3, 0.55),
                    (0.26, 0.64),
                    (0.3, 0.7),
                    (0.22, 0.78),
                    (0.14, 0.7),
                ),
                smooth((0.36, 0.68), (0.46, 0.6), (0.54, 0.7), (0.46, 0.82), (0.37, 0.78)),
                oval(0.26, 0.93, 0.1, 0.03),
            )
        ),
    )
    wing = poly((0.05, 0.34), (0.33, 0.34), (0.33, 0.52), (0.05, 0.52))
    cells = many(
        (
            *(line((x, 0.34), (x, 0.52)) for x in (0.12, 0.19, 0.26)),
            line((0.05, 0.43), (0.33, 0.43)),
        )
    )
    dish = smooth((0.43, 0.2), (0.43, 0.2), (0.46, 0.28), (0.54, 0.28), (0.57, 0.2), (0.57, 0.2))
    beam = many(arc(0.5, 0.66, r, r * 0.7, 35, 110) for r in (0.06, 0.11, 0.16))
    craft = [
        ink(line((0.3, 0.43), (0.7, 0.43)), "dark", 0.03, 0.45),
        fill(pair(wing), "second", 0.5),
        ink(pair(cells), "light", 0.014, 0.55),
        ink(pair(wing), "dark", 0.016, 0.56),
        ink(line((0.5, 0.27), (0.5, 0.16)), "dark", 0.016, 0.5),
        fill(circle(0.5, 0.15, 0.022), "accent", 0.55),
        fill(dish, "light", 0.55),
        fill(box(0.4, 0.28, 0.2, 0.3, 0.02), "main", 0.65),
        fill(box(0.54, 0.28, 0.06, 0.3, 0.02), "dark", 0.66),
        fill(box(0.4, 0.35, 0.2, 0.03), "accent", 0.7),
        fill(circle(0.48, 0.47, 0.055), "dark", 0.75),
        fill(circle(0.48, 0.47, 0.032), "light", 0.8),
        fill(poly((0.45, 0.58), (0.55, 0.58), (0.58, 0.64), (0.42, 0.64)), "light", 0.7),
        ink(beam, "accent", 0.02, 0.4),
    ]
    tilt = rng.uniform(14, 34)
    return [
        fill(
            sparkles(rng, ((0.12, 0.14), (0.84, 0.12), (0.3, 0.2), (0.9, 0.66), (0.1, 0.66))),
            "light",
            0.05,
        ),
        fill(planet, "main", 0.15),
        fill(land, "second", 0.18),
        fill(cut(planet, circle(0.21, 0.64, 0.25)), "dark", 0.19),
        ink(arc(0.27, 0.7, 0.205, 0.205, 190, 70), "light", 0.018, 0.2),
        *change(
            craft,
            lambda path: turn(
                resize(move(path, 0.08, 0.0), 0.88, 0.88, 0.58, 0.4), tilt, 0.58, 0.4
            ),
        ),
    ]


SPACE: tuple[Drawing, ...] = (rocket, ringed_planet, astronaut, satellite)
