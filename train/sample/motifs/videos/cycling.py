"""Drawings of cycling."""

from random import Random

from train.sample.motifs.shapes import (
    arc,
    box,
    circle,
    clip,
    curve,
    fill,
    ink,
    line,
    many,
    polar,
    poly,
    ribbon,
    ring,
    smooth,
)
from train.sample.motifs.videos.cycling_far import mountain_biker, peloton, wheel
from train.sample.parts import Drawing, Part


def city_bike(rng: Random) -> list[Part]:
    """A city bicycle with a basket of flowers and a bell."""
    spin = rng.uniform(0, 30)
    rear, front, crank = (0.235, 0.7), (0.775, 0.7), (0.46, 0.7)
    frame = many(
        (
            line(rear, (0.4, 0.42), (0.69, 0.39), crank, (0.385, 0.36)),
            line(rear, crank),
            line((0.67, 0.3), front),
        )
    )
    basket = poly((0.71, 0.28), (0.94, 0.28), (0.9, 0.45), (0.74, 0.45))
    blooms = ((0.75, 0.22, 0.05), (0.83, 0.17, 0.055), (0.9, 0.23, 0.045))
    turnd = rng.uniform(20, 60)
    a, b = polar(*crank, 0.1, turnd), polar(*crank, 0.1, turnd + 180)
    return [
        *wheel(*rear, 0.2, spin),
        *wheel(*front, 0.2, spin + 10),
        ink(
            many((arc(*rear, 0.225, 0.225, 175, 120), arc(*front, 0.225, 0.225, 220, 90))),
            "second",
            0.022,
            0.48,
        ),
        ink(many((line((0.16, 0.44), (0.36, 0.44)), line((0.18, 0.44), rear))), "dark", 0.02, 0.45),
        ink(line(a, b), "dark", 0.02, 0.52),
        ink(frame, "main", 0.036, 0.6),
        fill(ring(*crank, 0.065, 0.035), "accent", 0.62),
        fill(
            many(
                (
                    box(a[0] - 0.04, a[1] - 0.012, 0.08, 0.024, 0.01),
                    box(b[0] - 0.04, b[1] - 0.012, 0.08, 0.024, 0.01),
                )
            ),
            "dark",
            0.65,
        ),
        fill(
            smooth(
                (0.28, 0.33),
                (0.3, 0.29),
                (0.38, 0.31),
                (0.46, 0.31),
                (0.48, 0.335),
                (0.4, 0.36),
                (0.32, 0.375),
            ),
            "dark",
            0.65,
        ),
        ink(curve((0.67, 0.31), (0.65, 0.23), (0.6, 0.21), (0.53, 0.235)), "dark", 0.026, 0.65),
        fill(ribbon([(0.58, 0.215), (0.52, 0.238)], [0.045, 0.045]), "accent", 0.68),
        ink(
            many(
                (
                    line((0.75, 0.28), (0.73, 0.22)),
                    line((0.83, 0.28), (0.83, 0.2)),
                    line((0.88, 0.28), (0.9, 0.23)),
                )
            ),
            "second",
            0.016,
            0.6,
        ),
        fill(
            many(
                smooth(*(polar(x, y, r * (1.0 if k % 2 else 0.62), k * 36) for k in range(10)))
                for x, y, r in blooms
            ),
            "accent",
            0.65,
        ),
        fill(many(circle(x, y, r * 0.32) for x, y, r in blooms), "light", 0.67),
        fill(basket, "second", 0.7),
        ink(
            many(
                (
                    line((0.72, 0.335), (0.93, 0.335)),
                    line((0.73, 0.39), (0.915, 0.39)),
                    *(
                        line((x, 0.29), (0.825 + (x - 0.825) * 0.72, 0.44))
                        for x in (0.77, 0.825, 0.88)
                    ),
                )
            ),
            "light",
            0.013,
            0.72,
        ),
    ]


def racer(rng: Random) -> list[Part]:
    """A road racer low over the handlebar at full speed."""
    spin = rng.uniform(0, 30)
    rear, front, crank = (0.24, 0.74), (0.76, 0.74), (0.47, 0.75)
    knee = rng.uniform(-0.02, 0.02)
    pedal, other = (0.53, 0.84), (0.41, 0.67)
    frame = many(
        (
            line(rear, (0.42, 0.52), (0.65, 0.5), crank, (0.41, 0.46)),
            line(rear, crank),
            line((0.645, 0.46), (0.67, 0.54), front),
        )
    )
    back = smooth(
        (0.36, 0.43),
        (0.33, 0.36),
        (0.36, 0.28),
        (0.48, 0.21),
        (0.6, 0.2),
        (0.67, 0.25),
        (0.65, 0.32),
        (0.54, 0.36),
        (0.47, 0.43),
    )
    arm = ribbon([(0.61, 0.27), (0.64, 0.39), (0.73, 0.45)], [0.085, 0.065, 0.05])
    near = ribbon(
        [(0.41, 0.39), (0.6, 0.52 + knee), (0.53, 0.68), pedal], [0.14, 0.1, 0.075, 0.045]
    )
    far = ribbon([(0.41, 0.4), (0.56, 0.47), (0.46, 0.56), other], [0.12, 0.1, 0.07, 0.045])
    helmet = smooth(
        (0.6, 0.16),
        (0.63, 0.09),
        (0.72, 0.065),
        (0.81, 0.1),
        (0.84, 0.165),
        (0.84, 0.165),
        (0.72, 0.155),
        (0.58, 0.19),
        (0.52, 0.2),
        (0.52, 0.2),
    )
    return [
        ink(
            many(
                (
                    line((0.04, 0.3), (0.24, 0.3)),
                    line((0.08, 0.4), (0.2, 0.4)),
                    line((0.02, 0.5), (0.14, 0.5)),
                )
            ),
            "light",
            0.022,
            0.1,
        ),
        fill(box(0.03, 0.945, 0.94, 0.022, 0.01), "dark", 0.1),
        *wheel(*rear, 0.19, spin),
        *wheel(*front, 0.19, spin + 12),
        fill(far, "dark", 0.5),
        ink(frame, "second", 0.034, 0.6),
        fill(ring(*crank, 0.06, 0.03), "light", 0.62),
        ink(line(pedal, other), "dark", 0.018, 0.62),
        fill(box(0.32, 0.435, 0.16, 0.03, 0.015), "dark", 0.6),
        ink(curve((0.65, 0.46), (0.73, 0.45), (0.79, 0.48), (0.76, 0.54)), "dark", 0.026, 0.6),
        fill(near, "dark", 0.7),
        fill(clip(near, box(0.3, 0.66, 0.4, 0.14)), "light", 0.72),
        fill(
            smooth((0.49, 0.83), (0.53, 0.81), (0.6, 0.86), (0.61, 0.89), (0.49, 0.88)),
            "accent",
            0.75,
        ),
        fill(back, "main", 0.7),
        fill(
            clip(
                back,
                smooth(
                    (0.3, 0.3), (0.44, 0.32), (0.68, 0.22), (0.72, 0.29), (0.5, 0.4), (0.3, 0.38)
                ),
            ),
            "accent",
            0.72,
        ),
        fill(circle(0.72, 0.19, 0.07), "light", 0.72),
        fill(helmet, "accent", 0.78),
        ink(
            many((line((0.66, 0.105), (0.63, 0.15)), line((0.73, 0.09), (0.71, 0.135)))),
            "dark",
            0.014,
            0.8,
        ),
        fill(box(0.725, 0.165, 0.075, 0.035, 0.016), "dark", 0.8),
        fill(arm, "main", 0.85),
        fill(circle(0.74, 0.455, 0.032), "light", 0.86),
    ]


CYCLING: tuple[Drawing, ...] = (city_bike, racer, mountain_biker, peloton)
