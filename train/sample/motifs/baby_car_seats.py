"""Drawings of car seats: an infant carrier and child seats."""

from random import Random

from train.sample.motifs.baby_shapes import clip, join, ribbon
from train.sample.motifs.shapes import (
    arc,
    box,
    change,
    circle,
    curve,
    fill,
    ink,
    line,
    many,
    mirror,
    move,
    oval,
    pair,
    poly,
    smooth,
    star,
    trace,
    turn,
)
from train.sample.parts import Part


def carrier(rng: Random) -> list[Part]:
    """A rear-facing infant carrier from the side, handle up, a newborn asleep in it."""
    swing = rng.uniform(-4, 4)
    shell = trace(
        (0.08, 0.44),
        (0.1, 0.68, 0.25, 0.84, 0.48, 0.84),
        (0.72, 0.84, 0.9, 0.72, 0.94, 0.5),
        (0.92, 0.46, 0.88, 0.46, 0.86, 0.5),
        (0.74, 0.61, 0.32, 0.62, 0.16, 0.42),
        (0.13, 0.38, 0.08, 0.39, 0.08, 0.44),
    )
    lining = trace(
        (0.13, 0.42), (0.35, 0.4, 0.7, 0.42, 0.89, 0.48), (0.74, 0.63, 0.3, 0.62, 0.13, 0.42)
    )
    hood = trace(
        (0.1, 0.46),
        (0.04, 0.24, 0.16, 0.12, 0.36, 0.12),
        (0.42, 0.14, 0.44, 0.2, 0.43, 0.26),
        (0.34, 0.28, 0.29, 0.36, 0.29, 0.5),
    )
    pleats = many(
        (
            clip(ribbon(((0.25, 0.5), (0.22, 0.33), (0.33, 0.12)), (0.014,) * 3), hood),
            clip(ribbon(((0.17, 0.5), (0.12, 0.33), (0.2, 0.14)), (0.014,) * 3), hood),
        )
    )
    handle = turn(
        ribbon(
            ((0.36, 0.62), (0.34, 0.34), (0.44, 0.1), (0.6, 0.08), (0.7, 0.26), (0.68, 0.62)),
            (0.05, 0.05, 0.055, 0.055, 0.05, 0.05),
        ),
        swing,
        0.52,
        0.62,
    )
    grip = turn(
        ribbon(((0.42, 0.13), (0.51, 0.075), (0.61, 0.09)), (0.07, 0.08, 0.07)), swing, 0.52, 0.62
    )
    head = circle(0.42, 0.4, 0.105)
    cap = clip(
        circle(0.42, 0.4, 0.112),
        poly((0.2, 0.2), (0.44, 0.2), (0.5, 0.3), (0.32, 0.52), (0.2, 0.5)),
    )
    quilt = smooth(
        (0.48, 0.52),
        (0.54, 0.42),
        (0.66, 0.38),
        (0.8, 0.42),
        (0.88, 0.49),
        (0.76, 0.58),
        (0.56, 0.6),
    )
    vents = many(
        line((0.72 + i * 0.05, 0.65 - i * 0.03), (0.7 + i * 0.05, 0.72 - i * 0.03))
        for i in range(3)
    )
    return [
        fill(
            join(box(0.22, 0.79, 0.56, 0.1, 0.03), box(0.14, 0.86, 0.72, 0.06, 0.025)), "dark", 0.3
        ),
        fill(box(0.3, 0.85, 0.14, 0.026, 0.012), "accent", 0.32),
        fill(lining, "second", 0.38),
        fill(head, "light", 0.42),
        fill(cap, "accent", 0.44),
        ink(arc(0.46, 0.39, 0.03, 0.024, 20, 140), "dark", 0.014, 0.45),
        ink(arc(0.49, 0.45, 0.024, 0.018, 30, 110), "dark", 0.013, 0.45),
        fill(quilt, "accent", 0.48),
        ink(curve((0.58, 0.46), (0.67, 0.425), (0.78, 0.45)), "light", 0.018, 0.49),
        fill(shell, "main", 0.55),
        fill(clip(shell, move(shell, 0.02, 0.21)), "second", 0.56),
        ink(curve((0.14, 0.52), (0.22, 0.64), (0.35, 0.72)), "light", 0.018, 0.57),
        ink(vents, "dark", 0.014, 0.58),
        fill(hood, "main", 0.6),
        fill(pleats, "dark", 0.61),
        ink(curve((0.42, 0.26), (0.33, 0.29), (0.285, 0.37), (0.29, 0.5)), "accent", 0.03, 0.62),
        ink(curve((0.13, 0.26), (0.19, 0.19), (0.27, 0.165)), "light", 0.016, 0.62),
        fill(handle, "second", 0.7),
        fill(grip, "dark", 0.74),
        fill(many((circle(0.36, 0.63, 0.045), circle(0.68, 0.63, 0.045))), "dark", 0.76),
        fill(many((circle(0.36, 0.63, 0.02), circle(0.68, 0.63, 0.02))), "accent", 0.78),
    ]


def harness_seat(rng: Random) -> list[Part]:
    """A forward-facing car seat from the front with its five-point harness."""
    top = rng.uniform(0.06, 0.1)
    shell = trace(
        (0.3, 0.24),
        (0.7, 0.24),
        (0.84, 0.3, 0.84, 0.44, 0.8, 0.58),
        (0.93, 0.6, 0.94, 0.74, 0.9, 0.88),
        (0.78, 0.93, 0.22, 0.93, 0.1, 0.88),
        (0.06, 0.74, 0.07, 0.6, 0.2, 0.58),
        (0.16, 0.44, 0.16, 0.3, 0.3, 0.24),
    )
    head = trace(
        (0.34, top),
        (0.66, top),
        (0.8, top + 0.02, 0.8, 0.3, 0.73, 0.38),
        (0.66, 0.4, 0.64, 0.34, 0.62, 0.3),
        (0.38, 0.3),
        (0.36, 0.34, 0.34, 0.4, 0.27, 0.38),
        (0.2, 0.3, 0.2, top + 0.02, 0.34, top),
    )
    nest = trace(
        (0.4, top + 0.06),
        (0.6, top + 0.06),
        (0.65, 0.18, 0.64, 0.26, 0.61, 0.32),
        (0.39, 0.32),
        (0.36, 0.26, 0.35, 0.18, 0.4, top + 0.06),
    )
    torso = trace((0.34, 0.3), (0.66, 0.3), (0.7, 0.66), (0.6, 0.7, 0.4, 0.7, 0.3, 0.66))
    thigh = trace(
        (0.13, 0.68),
        (0.2, 0.6, 0.3, 0.64, 0.34, 0.68),
        (0.4, 0.64, 0.47, 0.66, 0.5, 0.7),
        (0.5, 0.9),
        (0.36, 0.91, 0.2, 0.9, 0.12, 0.86),
    )
    straps = pair(
        ribbon(((0.42, 0.3), (0.41, 0.45), (0.44, 0.58), (0.5, 0.7)), (0.045, 0.05, 0.045, 0.04))
    )
    hips = pair(ribbon(((0.28, 0.68), (0.38, 0.7), (0.5, 0.71)), (0.04, 0.04, 0.04)))
    holder = box(0.03, 0.62, 0.11, 0.13, 0.03)
    stitch = pair(curve((0.24, 0.34), (0.235, 0.44), (0.27, 0.56)))
    return [
        fill(box(0.18, 0.84, 0.64, 0.11, 0.04), "dark", 0.25),
        fill(pair(holder), "dark", 0.3),
        ink(pair(oval(0.085, 0.64, 0.035, 0.014)), "light", 0.012, 0.31),
        fill(shell, "main", 0.4),
        ink(stitch, "dark", 0.014, 0.42),
        fill(torso, "second", 0.45),
        ink(
            many(curve((0.36, y), (0.5, y + 0.015), (0.64, y)) for y in (0.42, 0.5, 0.58)),
            "dark",
            0.012,
            0.46,
        ),
        fill(thigh, "main", 0.55),
        fill(mirror(thigh), "main", 0.55),
        ink(pair(curve((0.18, 0.7), (0.26, 0.67), (0.34, 0.73))), "light", 0.018, 0.56),
        ink(pair(curve((0.36, 0.72), (0.38, 0.8), (0.37, 0.88))), "dark", 0.014, 0.56),
        fill(head, "main", 0.6),
        fill(nest, "light", 0.62),
        ink(pair(curve((0.27, top + 0.08), (0.26, 0.22), (0.29, 0.31))), "second", 0.03, 0.63),
        fill(star(0.5, top + 0.125, 0.05, 0.024, 5, rng.uniform(-12, 12)), "accent", 0.64),
        fill(straps, "accent", 0.7),
        fill(hips, "accent", 0.7),
        fill(box(0.39, 0.42, 0.22, 0.045, 0.02), "dark", 0.74),
        fill(join(circle(0.5, 0.71, 0.055), box(0.47, 0.73, 0.06, 0.12, 0.02)), "dark", 0.78),
        fill(box(0.475, 0.69, 0.05, 0.04, 0.01), "light", 0.8),
    ]


def bench_seat(rng: Random) -> list[Part]:
    """A child belted into its seat on the back bench of a car, from the side."""
    nod, swing = rng.uniform(-6, 8), rng.uniform(-0.03, 0.03)
    bench = trace(
        (0.06, 0.93),
        (0.03, 0.8, 0.06, 0.74, 0.14, 0.74),
        (0.11, 0.54, 0.05, 0.36, 0.05, 0.25),
        (0.07, 0.19, 0.18, 0.19, 0.2, 0.25),
        (0.24, 0.42, 0.28, 0.6, 0.33, 0.74),
        (0.6, 0.74, 0.82, 0.74, 0.9, 0.77),
        (0.97, 0.82, 0.95, 0.9, 0.92, 0.94),
    )
    rest = smooth((0.05, 0.08), (0.13, 0.07), (0.18, 0.12), (0.17, 0.2), (0.08, 0.21), (0.04, 0.15))
    window = smooth(
        (0.6, 0.07),
        (0.6, 0.07),
        (0.8, 0.065),
        (0.89, 0.12),
        (0.95, 0.36),
        (0.95, 0.36),
        (0.6, 0.36),
        (0.6, 0.36),
    )
    glints = many((line((0.72, 0.29), (0.8, 0.14)), line((0.8, 0.29), (0.85, 0.2))))
    shell = ribbon(
        ((0.31, 0.14), (0.33, 0.34), (0.38, 0.55), (0.5, 0.68), (0.66, 0.68), (0.76, 0.66)),
        (0.13, 0.15, 0.18, 0.19, 0.16, 0.1),
    )
    wing = smooth((0.27, 0.1), (0.37, 0.07), (0.43, 0.14), (0.42, 0.3), (0.35, 0.36), (0.28, 0.3))
    head = [
        fill(circle(0.475, 0.25, 0.122), "light", 0.5),
        fill(
            clip(
                circle(0.475, 0.245, 0.132),
                poly((0.3, 0.1), (0.56, 0.12), (0.53, 0.2), (0.42, 0.23), (0.4, 0.4), (0.3, 0.4)),
            ),
            "dark",
            0.52,
        ),
        fill(circle(0.54, 0.24, 0.018), "dark", 0.53),
        ink(arc(0.535, 0.28, 0.036, 0.032, 30, 90), "dark", 0.014, 0.53),
    ]
    torso = ribbon(((0.46, 0.41), (0.47, 0.5), (0.5, 0.6)), (0.15, 0.19, 0.19))
    leg = ribbon(((0.52, 0.6), (0.74, 0.575), (0.8 + swing, 0.75)), (0.14, 0.12, 0.075))
    shoe = ribbon(((0.79 + swing, 0.79), (0.87 + swing, 0.795)), (0.075, 0.065))
    arm = ribbon(((0.47, 0.44), (0.53, 0.54), (0.65, 0.53)), (0.075, 0.07, 0.055))
    belt = ribbon(((0.36, 0.31), (0.45, 0.43), (0.58, 0.62)), (0.036, 0.042, 0.042))
    side = trace(
        (0.36, 0.6),
        (0.46, 0.63, 0.6, 0.6, 0.68, 0.64),
        (0.72, 0.7, 0.68, 0.77, 0.58, 0.78),
        (0.46, 0.79, 0.37, 0.72, 0.36, 0.6),
    )
    return [
        fill(window, "light", 0.08),
        ink(window, "dark", 0.022, 0.1),
        ink(glints, "second", 0.018, 0.11),
        fill(rest, "second", 0.15),
        fill(bench, "second", 0.2),
        ink(curve((0.1, 0.3), (0.15, 0.5), (0.2, 0.68)), "light", 0.016, 0.22),
        ink(curve((0.14, 0.81), (0.5, 0.83), (0.88, 0.84)), "dark", 0.016, 0.22),
        fill(shell, "main", 0.4),
        fill(torso, "accent", 0.48),
        *change(head, lambda path: turn(path, nod, 0.46, 0.38)),
        fill(shoe, "dark", 0.54),
        fill(leg, "second", 0.56),
        fill(belt, "light", 0.6),
        fill(arm, "accent", 0.62),
        fill(circle(0.66, 0.53, 0.036), "light", 0.63),
        fill(wing, "main", 0.66),
        ink(curve((0.31, 0.27), (0.305, 0.18), (0.35, 0.12)), "light", 0.018, 0.68),
        fill(side, "main", 0.7),
        ink(curve((0.42, 0.66), (0.47, 0.72), (0.56, 0.74)), "light", 0.018, 0.72),
        fill(box(0.565, 0.6, 0.07, 0.065, 0.018), "light", 0.74),
        fill(circle(0.6, 0.632, 0.016), "accent", 0.76),
    ]
