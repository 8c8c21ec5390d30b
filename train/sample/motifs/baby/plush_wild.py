"""Drawings of plush toys from far away: an elephant and a dinosaur."""

from random import Random

from train.sample.motifs.baby.shapes import button_eye, stitches
from train.sample.motifs.shapes import (
    arc,
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
    oval,
    resize,
    ribbon,
    smooth,
    star,
    trace,
    turn,
)
from train.sample.parts import Part


def elephant(rng: Random) -> list[Part]:
    """A patchwork elephant on its feet, trunk in the air."""
    lift = rng.uniform(-0.03, 0.05)
    body = join(
        smooth(
            (0.1, 0.56),
            (0.16, 0.4),
            (0.34, 0.33),
            (0.56, 0.36),
            (0.68, 0.5),
            (0.68, 0.68),
            (0.5, 0.76),
            (0.2, 0.74),
        ),
        box(0.12, 0.6, 0.15, 0.3, 0.05),
        box(0.48, 0.6, 0.15, 0.3, 0.05),
    )
    far_legs = many((box(0.27, 0.64, 0.13, 0.24, 0.05), box(0.61, 0.6, 0.12, 0.27, 0.05)))
    trunk = ribbon(
        ((0.72, 0.46), (0.83, 0.55), (0.9, 0.45), (0.87, 0.3 - lift), (0.92, 0.2 - lift)),
        (0.17, 0.13, 0.1, 0.08, 0.075),
    )
    head = smooth(
        (0.48, 0.42), (0.54, 0.24), (0.68, 0.2), (0.8, 0.28), (0.83, 0.44), (0.76, 0.58), (0.6, 0.6)
    )
    flap = turn(
        smooth(
            (0.56, 0.28),
            (0.44, 0.2),
            (0.32, 0.28),
            (0.31, 0.46),
            (0.4, 0.58),
            (0.52, 0.55),
            (0.6, 0.42),
        ),
        rng.uniform(-8, 8),
        0.58,
        0.34,
    )
    inner = resize(flap, 0.66, 0.66, 0.45, 0.39)
    blanket = trace(
        (0.2, 0.385),
        (0.26, 0.34, 0.33, 0.33, 0.4, 0.335),
        (0.43, 0.45, 0.44, 0.55, 0.43, 0.62),
        (0.35, 0.645, 0.24, 0.64, 0.17, 0.62),
        (0.15, 0.55, 0.16, 0.45, 0.2, 0.385),
    )
    fringe = many(circle(0.19 + i * 0.057, 0.635, 0.022) for i in range(5))
    wrinkles = many(
        (
            line((0.835, 0.41), (0.91, 0.44)),
            line((0.83, 0.35), (0.905, 0.37)),
            line((0.835, 0.29 - lift), (0.905, 0.31 - lift)),
        )
    )
    return [
        ink(curve((0.12, 0.5), (0.06, 0.56), (0.075, 0.66)), "second", 0.026, 0.2),
        fill(circle(0.075, 0.68, 0.03), "accent", 0.22),
        fill(far_legs, "second", 0.3),
        fill(body, "main", 0.45),
        fill(many(bow(x, 0.9, 0.055, 0.05, 180) for x in (0.195, 0.555)), "light", 0.48),
        fill(blanket, "accent", 0.52),
        fill(star(0.3, 0.49, 0.075, 0.035, 5, rng.uniform(-15, 15)), "light", 0.54),
        fill(fringe, "second", 0.55),
        ink(curve((0.22, 0.375), (0.3, 0.345), (0.4, 0.345)), "light", 0.016, 0.56),
        fill(trunk, "main", 0.62),
        ink(wrinkles, "dark", 0.013, 0.63),
        fill(head, "main", 0.66),
        ink(arc(0.68, 0.36, 0.11, 0.12, 230, 60), "light", 0.018, 0.67),
        fill(flap, "main", 0.72),
        fill(inner, "second", 0.74),
        ink(curve((0.55, 0.29), (0.6, 0.36), (0.58, 0.46), (0.53, 0.54)), "dark", 0.014, 0.75),
        fill(circle(0.76, 0.5, 0.034), "accent", 0.76),
        *button_eye(0.72, 0.39, 0.028),
    ]


def dinosaur(rng: Random) -> list[Part]:
    """A soft long-necked dinosaur with felt plates along its back."""
    tail = rng.uniform(0.44, 0.56)
    spine = ((0.07, tail), (0.2, 0.68), (0.42, 0.66), (0.58, 0.5), (0.61, 0.3))
    body = ribbon(spine, (0.03, 0.2, 0.36, 0.26, 0.16))
    head = smooth(
        (0.53, 0.26),
        (0.56, 0.14),
        (0.68, 0.1),
        (0.82, 0.17),
        (0.89, 0.26),
        (0.83, 0.33),
        (0.68, 0.34),
        (0.56, 0.33),
    )
    tips = (
        (0.14, 0.53, -30),
        (0.24, 0.485, -25),
        (0.35, 0.455, -35),
        (0.44, 0.4, -50),
        (0.495, 0.31, -70),
        (0.52, 0.205, -60),
    )
    plates = many(
        turn(
            trace(
                (x - 0.06, y + 0.05),
                (x - 0.04, y - 0.03, x - 0.015, y - 0.06, x, y - 0.07),
                (x + 0.015, y - 0.06, x + 0.04, y - 0.03, x + 0.06, y + 0.05),
            ),
            a + 20,
            x,
            y,
        )
        for x, y, a in tips
    )
    legs = many((box(0.24, 0.74, 0.13, 0.17, 0.05), box(0.47, 0.72, 0.13, 0.19, 0.05)))
    far_legs = many((box(0.34, 0.74, 0.11, 0.14, 0.05), box(0.55, 0.68, 0.11, 0.18, 0.05)))
    belly = clip(
        ribbon(((0.28, 0.86), (0.5, 0.84), (0.68, 0.6), (0.68, 0.36)), (0.1, 0.16, 0.14, 0.08)),
        body,
    )
    spots = many(
        circle(*p, r)
        for p, r in (
            ((0.33, 0.6), 0.036),
            ((0.43, 0.56), 0.025),
            ((0.41, 0.67), 0.022),
            ((0.25, 0.66), 0.022),
        )
    )
    return [
        fill(plates, "accent", 0.3),
        fill(far_legs, "second", 0.35),
        fill(join(body, legs), "main", 0.5),
        fill(belly, "light", 0.52),
        ink(
            many(
                curve(
                    (0.45 + i * 0.06, 0.815 - i * 0.05),
                    (0.48 + i * 0.06, 0.79 - i * 0.05),
                    (0.49 + i * 0.06, 0.76 - i * 0.05),
                )
                for i in range(4)
            ),
            "second",
            0.013,
            0.53,
        ),
        fill(spots, "second", 0.55),
        fill(many(bow(x, 0.91, 0.045, 0.045, 180) for x in (0.305, 0.535)), "light", 0.56),
        ink(stitches(0.2, 0.585, 0.04, -0.012, 4), "dark", 0.012, 0.57),
        fill(head, "main", 0.62),
        ink(arc(0.69, 0.23, 0.11, 0.09, 215, 60), "light", 0.016, 0.64),
        ink(curve((0.87, 0.265), (0.8, 0.29), (0.73, 0.27)), "dark", 0.015, 0.66),
        fill(oval(0.7, 0.275, 0.035, 0.024), "accent", 0.66),
        fill(circle(0.845, 0.215, 0.012), "dark", 0.66),
        *button_eye(0.71, 0.2, 0.027),
        fill(ribbon(((0.55, 0.42), (0.62, 0.45), (0.7, 0.42)), (0.05, 0.06, 0.05)), "accent", 0.7),
        fill(
            smooth(
                (0.56, 0.44), (0.56, 0.44), (0.52, 0.52), (0.55, 0.56), (0.6, 0.53), (0.6, 0.46)
            ),
            "accent",
            0.72,
        ),
    ]
