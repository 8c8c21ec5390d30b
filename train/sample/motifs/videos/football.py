"""Drawings of football."""

import math
from random import Random

import skia

from train.sample.motifs.shapes import (
    Point,
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
    poly,
    ribbon,
    smooth,
)
from train.sample.motifs.videos.football_ball import ball, ball_on_turf, boot_on_ball
from train.sample.parts import Drawing, Part


def striker(rng: Random) -> list[Part]:
    """A striker who swings through the ball."""
    swing = rng.uniform(-0.02, 0.03)
    shirt = smooth(
        (0.38, 0.3),
        (0.42, 0.24),
        (0.52, 0.235),
        (0.6, 0.29),
        (0.58, 0.4),
        (0.54, 0.53),
        (0.54, 0.53),
        (0.36, 0.5),
        (0.36, 0.5),
        (0.38, 0.4),
    )
    shorts = smooth(
        (0.36, 0.49),
        (0.36, 0.49),
        (0.55, 0.52),
        (0.55, 0.52),
        (0.66, 0.59),
        (0.66, 0.59),
        (0.6, 0.67),
        (0.6, 0.67),
        (0.48, 0.61),
        (0.42, 0.66),
        (0.42, 0.66),
        (0.31, 0.61),
        (0.31, 0.61),
    )
    kick = ribbon([(0.58, 0.6), (0.7, 0.68), (0.82, 0.72 - swing)], [0.1, 0.085, 0.06])
    stand = ribbon([(0.38, 0.6), (0.36, 0.74), (0.28, 0.87)], [0.1, 0.085, 0.055])
    boots = many(
        (
            smooth(
                (0.79, 0.7 - swing),
                (0.83, 0.68 - swing),
                (0.9, 0.67 - swing),
                (0.94, 0.63 - swing),
                (0.96, 0.69 - swing),
                (0.86, 0.77 - swing),
                (0.79, 0.76 - swing),
            ),
            smooth(
                (0.24, 0.84), (0.3, 0.86), (0.36, 0.9), (0.38, 0.935), (0.24, 0.935), (0.22, 0.9)
            ),
        )
    )
    left = ribbon([(0.42, 0.3), (0.28, 0.36), (0.2, 0.28 + swing)], [0.1, 0.08, 0.055])
    right = ribbon([(0.57, 0.31), (0.68, 0.4), (0.79, 0.36 - swing)], [0.1, 0.08, 0.055])
    hair = smooth(
        (0.44, 0.13),
        (0.47, 0.06),
        (0.56, 0.05),
        (0.62, 0.1),
        (0.58, 0.125),
        (0.5, 0.13),
        (0.48, 0.19),
    )
    arc_of_kick = ribbon([(0.3, 0.78), (0.5, 0.87), (0.72, 0.84)], [0.012, 0.05, 0.08])
    return [
        fill(oval(0.42, 0.945, 0.34, 0.022), "dark", 0.1),
        fill(arc_of_kick, "accent", 0.15),
        fill(right, "light", 0.35),
        fill(clip(right, circle(0.58, 0.32, 0.1)), "main", 0.36),
        fill(stand, "light", 0.45),
        fill(clip(stand, box(0.1, 0.73, 0.5, 0.3)), "main", 0.47),
        fill(kick, "light", 0.5),
        fill(clip(kick, box(0.7, 0.5, 0.3, 0.4)), "main", 0.52),
        fill(boots, "accent", 0.6),
        fill(shorts, "second", 0.6),
        fill(shirt, "main", 0.65),
        fill(
            clip(
                shirt,
                many(
                    (
                        poly((0.45, 0.2), (0.49, 0.2), (0.45, 0.56), (0.41, 0.56)),
                        poly((0.54, 0.2), (0.58, 0.2), (0.53, 0.56), (0.49, 0.56)),
                    )
                ),
            ),
            "light",
            0.68,
        ),
        fill(left, "light", 0.7),
        fill(clip(left, circle(0.4, 0.31, 0.1)), "main", 0.72),
        fill(join(box(0.475, 0.18, 0.06, 0.08, 0.02), oval(0.53, 0.14, 0.07, 0.08)), "light", 0.7),
        fill(hair, "dark", 0.75),
        *ball(0.88, 0.53, 0.085, rng.uniform(0, 72), 0.8),
        ink(
            many(
                (
                    line((0.78, 0.5), (0.73, 0.48)),
                    line((0.8, 0.45), (0.77, 0.415)),
                    line((0.86, 0.415), (0.855, 0.37)),
                )
            ),
            "accent",
            0.018,
            0.8,
        ),
    ]


def ball_in_net(rng: Random) -> list[Part]:
    """The ball bulges the net under the crossbar."""
    bx, by = rng.choice((0.32, 0.36)), 0.38

    def pull(x: float, y: float) -> Point:
        """Moves a knot of the net away from the ball that hits it."""
        dx, dy = x - bx, y - by
        near = math.exp(-(dx * dx + dy * dy) / 0.03)
        return x + dx * near * 0.55, y + dy * near * 0.55 + 0.02 * math.sin(3 * x)

    columns = [
        curve(*(pull(0.1 + i * 0.08, 0.16 + k * 0.085) for k in range(9))) for i in range(11)
    ]
    rows = [curve(*(pull(0.1 + k * 0.08, 0.22 + i * 0.075) for k in range(11))) for i in range(9)]
    posts = many(
        (
            box(0.06, 0.1, 0.88, 0.05, 0.02),
            box(0.06, 0.1, 0.05, 0.8, 0.02),
            box(0.89, 0.1, 0.05, 0.8, 0.02),
        )
    )
    crowd = many(
        circle(0.14 + i * 0.065, 0.63 + 0.035 * math.sin(i * 2.1), 0.034) for i in range(12)
    )
    grass = smooth(
        (0.02, 0.95),
        (0.02, 0.95),
        (0.03, 0.87),
        (0.2, 0.85),
        (0.5, 0.86),
        (0.8, 0.85),
        (0.97, 0.87),
        (0.98, 0.95),
        (0.98, 0.95),
    )
    glove = smooth(
        (0.72, 0.56),
        (0.7, 0.47),
        (0.72, 0.46),
        (0.745, 0.53),
        (0.745, 0.43),
        (0.77, 0.42),
        (0.785, 0.52),
        (0.8, 0.43),
        (0.825, 0.44),
        (0.825, 0.53),
        (0.85, 0.47),
        (0.872, 0.485),
        (0.86, 0.58),
        (0.83, 0.65),
        (0.75, 0.65),
    )
    return [
        fill(box(0.085, 0.12, 0.83, 0.76), "second", 0.1),
        fill(box(0.085, 0.64, 0.83, 0.22), "dark", 0.12),
        fill(crowd, "dark", 0.12),
        ink(many((*columns, *rows)), "light", 0.012, 0.2),
        fill(oval(bx + 0.02, by + 0.025, 0.19, 0.185), "dark", 0.3),
        *ball(bx, by, 0.165, rng.uniform(0, 72), 0.45),
        fill(posts, "light", 0.6),
        fill(
            many(
                (
                    box(0.093, 0.15, 0.017, 0.74),
                    box(0.923, 0.12, 0.017, 0.77),
                    box(0.11, 0.133, 0.78, 0.017),
                )
            ),
            "accent",
            0.62,
        ),
        fill(grass, "main", 0.7),
        ink(curve((0.06, 0.9), (0.5, 0.885), (0.94, 0.9)), "light", 0.016, 0.72),
        *change(_keeper_hand(glove), lambda path: move(path, 0.0, 0.04)),
    ]


def _keeper_hand(glove: skia.Path) -> list[Part]:
    """A goalkeeper's glove that comes too late."""
    return [
        fill(poly((0.73, 0.69), (0.84, 0.69), (0.88, 0.9), (0.7, 0.9)), "main", 0.75),
        fill(glove, "accent", 0.8),
        fill(box(0.725, 0.635, 0.125, 0.055, 0.02), "dark", 0.82),
        ink(
            many((line((0.765, 0.57), (0.76, 0.6)), line((0.8, 0.57), (0.8, 0.6)))),
            "dark",
            0.014,
            0.84,
        ),
    ]


FOOTBALL: tuple[Drawing, ...] = (ball_on_turf, striker, ball_in_net, boot_on_ball)
