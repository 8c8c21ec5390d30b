"""Drawings of plush toys for cuddling: a bear and a rabbit."""

from random import Random

from train.sample.motifs.baby.shapes import button_eye, stitches
from train.sample.motifs.shapes import (
    box,
    change,
    circle,
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
    polar,
    ribbon,
    smooth,
    turn,
)
from train.sample.parts import Part


def bear(rng: Random) -> list[Part]:
    """A teddy bear that sits and faces us, with a bow at its neck."""
    nod, wave = rng.uniform(-7, 7), rng.choice((0.0, 0.0, 1.0))
    big = rng.uniform(0.19, 0.21)
    x, y = 0.5, 0.32
    ear = circle(x - big * 0.82, y - big * 0.72, big * 0.42)
    inner = circle(x - big * 0.8, y - big * 0.68, big * 0.24)
    face = smooth(
        (x - big * 1.12, y + 0.04),
        (x - big * 0.72, y - big * 0.82),
        (x, y - big),
        (x + big * 0.72, y - big * 0.82),
        (x + big * 1.12, y + 0.04),
        (x + big * 0.7, y + big * 0.86),
        (x, y + big),
        (x - big * 0.7, y + big * 0.86),
    )
    muzzle = oval(x, y + big * 0.4, big * 0.52, big * 0.42)
    head = [
        fill(pair(ear, x), "main", 0.6),
        fill(pair(inner, x), "second", 0.62),
        fill(face, "main", 0.66),
        ink(stitches(x, y - big * 0.85, 0, 0.035, 4), "second", 0.013, 0.67),
        fill(muzzle, "light", 0.7),
        fill(
            smooth((x - 0.045, y + 0.035), (x, y + 0.025), (x + 0.045, y + 0.035), (x, y + 0.075)),
            "dark",
            0.74,
        ),
        ink(
            many(
                (
                    line((x, y + 0.07), (x, y + 0.1)),
                    curve(
                        (x - 0.05, y + 0.1),
                        (x - 0.02, y + 0.12),
                        (x, y + 0.1),
                        (x + 0.02, y + 0.12),
                        (x + 0.05, y + 0.1),
                    ),
                )
            ),
            "dark",
            0.014,
            0.74,
        ),
        *button_eye(x - big * 0.45, y - 0.01, 0.026),
        *button_eye(x + big * 0.45, y - 0.01, 0.026),
    ]
    arm = smooth((0.3, 0.54), (0.36, 0.55), (0.35, 0.66), (0.27, 0.76), (0.19, 0.75), (0.19, 0.66))
    raised = smooth(
        (0.3, 0.62), (0.36, 0.56), (0.28, 0.46), (0.17, 0.39), (0.1, 0.43), (0.14, 0.53)
    )
    foot = oval(0.3, 0.83, 0.12, 0.115, -12)
    bow_tie = pair(
        smooth((0.5, 0.53), (0.5, 0.53), (0.42, 0.47), (0.36, 0.5), (0.36, 0.57), (0.42, 0.59))
    )
    return [
        fill(
            smooth(
                (0.34, 0.52),
                (0.5, 0.48),
                (0.66, 0.52),
                (0.74, 0.72),
                (0.68, 0.88),
                (0.5, 0.92),
                (0.32, 0.88),
                (0.26, 0.72),
            ),
            "main",
            0.4,
        ),
        fill(
            smooth(
                (0.4, 0.58),
                (0.5, 0.55),
                (0.6, 0.58),
                (0.64, 0.71),
                (0.6, 0.84),
                (0.5, 0.86),
                (0.4, 0.84),
                (0.36, 0.71),
            ),
            "light",
            0.42,
        ),
        ink(stitches(0.5, 0.66, 0, 0.036, 5), "second", 0.013, 0.44),
        fill(mirror(arm), "main", 0.5),
        fill(raised if wave else arm, "main", 0.5),
        ink(
            pair(curve((0.355, 0.58), (0.345, 0.67), (0.28, 0.745)))
            if not wave
            else mirror(curve((0.355, 0.58), (0.345, 0.67), (0.28, 0.745))),
            "dark",
            0.012,
            0.51,
        ),
        fill(pair(foot), "main", 0.55),
        fill(pair(oval(0.3, 0.85, 0.062, 0.05, -12)), "second", 0.57),
        fill(
            pair(many(circle(0.3 + d * 0.048, 0.768 + abs(d) * 0.012, 0.018) for d in (-1, 0, 1))),
            "second",
            0.57,
        ),
        *change(head, lambda path: turn(path, nod, x, y + big)),
        fill(bow_tie, "accent", 0.9),
        fill(circle(0.5, 0.53, 0.034), "accent", 0.92),
        ink(pair(line((0.46, 0.53), (0.4, 0.53))), "dark", 0.012, 0.93),
    ]


def rabbit(rng: Random) -> list[Part]:
    """A floppy rabbit lying on its tummy, from the side."""
    flop = rng.uniform(-8, 10)
    body = smooth(
        (0.13, 0.74),
        (0.14, 0.58),
        (0.28, 0.46),
        (0.46, 0.5),
        (0.6, 0.6),
        (0.66, 0.76),
        (0.6, 0.84),
        (0.3, 0.85),
        (0.17, 0.83),
    )
    head = smooth(
        (0.54, 0.5),
        (0.56, 0.36),
        (0.68, 0.28),
        (0.82, 0.33),
        (0.9, 0.46),
        (0.87, 0.58),
        (0.74, 0.64),
        (0.6, 0.61),
    )
    far_ear = turn(
        ribbon(((0.72, 0.32), (0.74, 0.18), (0.82, 0.09)), (0.07, 0.12, 0.07)), flop, 0.7, 0.34
    )
    near_ear = turn(
        ribbon(((0.64, 0.34), (0.53, 0.3), (0.44, 0.42), (0.43, 0.6)), (0.09, 0.13, 0.15, 0.09)),
        flop,
        0.64,
        0.34,
    )
    inner = turn(
        ribbon(((0.58, 0.34), (0.5, 0.36), (0.46, 0.45), (0.445, 0.57)), (0.03, 0.06, 0.075, 0.04)),
        flop,
        0.64,
        0.34,
    )
    thigh = smooth((0.19, 0.7), (0.25, 0.58), (0.37, 0.59), (0.43, 0.7), (0.38, 0.82), (0.24, 0.83))
    paws = ribbon(((0.6, 0.74), (0.72, 0.79), (0.86, 0.81)), (0.13, 0.11, 0.09))
    puff = join(*(circle(*polar(0.12, 0.65, 0.035, i * 60), 0.038) for i in range(6)))
    x, y = 0.31, 0.68
    patch = box(x - 0.06, y - 0.055, 0.12, 0.11, 0.02)
    return [
        fill(puff, "light", 0.3),
        fill(far_ear, "second", 0.3),
        fill(move(paws, -0.04, -0.05), "second", 0.36),
        fill(body, "main", 0.45),
        ink(curve((0.2, 0.6), (0.29, 0.51), (0.4, 0.5)), "light", 0.018, 0.47),
        fill(paws, "main", 0.5),
        ink(
            many(line((0.84, 0.785 + i * 0.025), (0.89, 0.79 + i * 0.025)) for i in range(2)),
            "dark",
            0.013,
            0.52,
        ),
        fill(thigh, "main", 0.55),
        ink(curve((0.19, 0.72), (0.24, 0.6), (0.35, 0.58), (0.43, 0.68)), "dark", 0.014, 0.56),
        fill(
            ribbon(((0.27, 0.83), (0.36, 0.85), (0.48, 0.845)), (0.07, 0.08, 0.06)), "light", 0.58
        ),
        fill(turn(patch, rng.uniform(-15, 15), x, y), "accent", 0.6),
        ink(
            many(
                (
                    stitches(x - 0.035, y - 0.055, 0.035, 0, 3),
                    stitches(x - 0.035, y + 0.055, 0.035, 0, 3),
                )
            ),
            "dark",
            0.012,
            0.62,
        ),
        fill(
            ribbon(((0.57, 0.58), (0.64, 0.645), (0.76, 0.65)), (0.05, 0.06, 0.05)), "accent", 0.64
        ),
        fill(head, "main", 0.66),
        fill(oval(0.83, 0.52, 0.075, 0.06, 30), "light", 0.7),
        fill(oval(0.885, 0.465, 0.026, 0.02, 40), "accent", 0.74),
        ink(curve((0.87, 0.5), (0.85, 0.545), (0.8, 0.555)), "dark", 0.014, 0.74),
        fill(near_ear, "main", 0.78),
        fill(inner, "second", 0.8),
        *button_eye(0.75, 0.43, 0.028),
        ink(
            many(line((0.78, 0.5 + i * 0.03), (0.7, 0.49 + i * 0.035)) for i in range(2)),
            "dark",
            0.012,
            0.84,
        ),
    ]
