"""Drawings of high chairs for meals at the table."""

from random import Random

from train.sample.motifs.shapes import (
    arc,
    bow,
    box,
    change,
    circle,
    curve,
    cut,
    fill,
    heart,
    ink,
    line,
    many,
    move,
    oval,
    pair,
    ribbon,
    smooth,
    star,
    trace,
    turn,
)
from train.sample.parts import Part


def _bowl(x: float, y: float, size: float) -> list[Part]:
    """A bowl of porridge with a spoon."""
    return [
        ink(
            line((x + size * 0.3, y - size * 0.1), (x + size * 0.95, y - size * 0.7)),
            "dark",
            0.018,
            0.8,
        ),
        fill(
            smooth(
                (x - size * 0.6, y),
                (x - size * 0.2, y - size * 0.32),
                (x + size * 0.3, y - size * 0.28),
                (x + size * 0.6, y),
                (x, y + 0.02),
            ),
            "light",
            0.81,
        ),
        fill(bow(x, y - 0.005, size * 0.75, size * 0.62), "accent", 0.82),
        ink(arc(x, y, size * 0.5, size * 0.4, 100, 50), "light", 0.013, 0.83),
    ]


def folding_chair(rng: Random) -> list[Part]:
    """A padded high chair on crossed tubes, from the side."""
    spread = rng.uniform(0.0, 0.04)
    shell = ribbon(
        ((0.26, 0.12), (0.29, 0.3), (0.35, 0.5), (0.5, 0.545), (0.64, 0.55)),
        (0.09, 0.1, 0.11, 0.1, 0.07),
    )
    pad = ribbon(
        ((0.325, 0.15), (0.355, 0.3), (0.42, 0.45), (0.52, 0.49), (0.62, 0.495)),
        (0.05, 0.07, 0.075, 0.07, 0.05),
    )
    tray = smooth(
        (0.42, 0.395),
        (0.6, 0.385),
        (0.86, 0.37),
        (0.92, 0.395),
        (0.86, 0.435),
        (0.6, 0.445),
        (0.44, 0.43),
    )
    tubes = many((line((0.4, 0.53), (0.8 + spread, 0.91)), line((0.6, 0.54), (0.2 - spread, 0.91))))
    far_tubes = many(
        (line((0.44, 0.53), (0.88 + spread, 0.87)), line((0.56, 0.54), (0.28 - spread, 0.87)))
    )
    wheels = (0.2 - spread, 0.8 + spread)
    quilting = many(
        line((0.315 + i * 0.022, 0.215 + i * 0.08), (0.375 + i * 0.022, 0.2 + i * 0.08))
        for i in range(3)
    )
    return [
        ink(far_tubes, "dark", 0.026, 0.2),
        ink(line((0.64, 0.55), (0.74, 0.72)), "dark", 0.03, 0.3),
        fill(
            ribbon(((0.7, 0.735), (0.78, 0.73), (0.87, 0.715)), (0.04, 0.045, 0.04)), "accent", 0.34
        ),
        fill(pad, "light", 0.4),
        fill(shell, "main", 0.45),
        ink(quilting, "second", 0.014, 0.46),
        ink(curve((0.255, 0.16), (0.275, 0.3), (0.32, 0.46)), "light", 0.016, 0.48),
        ink(tubes, "second", 0.036, 0.55),
        ink(line((0.34, 0.785), (0.66, 0.785)), "second", 0.024, 0.5),
        fill(circle(0.5, 0.63, 0.03), "accent", 0.6),
        ink(curve((0.37, 0.5), (0.4, 0.42), (0.5, 0.41)), "second", 0.036, 0.64),
        *_bowl(rng.uniform(0.64, 0.7), 0.325, 0.115),
        fill(tray, "second", 0.84),
        ink(curve((0.5, 0.4), (0.66, 0.395), (0.84, 0.385)), "light", 0.014, 0.86),
        fill(many(circle(x, 0.905, 0.036) for x in wheels), "dark", 0.8),
        fill(many(circle(x, 0.905, 0.014) for x in wheels), "light", 0.82),
    ]


def wooden_chair(rng: Random) -> list[Part]:
    """A high chair with splayed wooden legs and a laid tray, from the front."""
    foot, slats = rng.uniform(0.3, 0.36), rng.choice((2, 3, 4))
    back = trace((0.3, 0.5), (0.26, 0.2, 0.28, 0.07, 0.5, 0.07), (0.72, 0.07, 0.74, 0.2, 0.7, 0.5))
    hollow = trace(
        (0.355, 0.5),
        (0.33, 0.26, 0.34, 0.23, 0.37, 0.235),
        (0.63, 0.235),
        (0.66, 0.23, 0.67, 0.26, 0.645, 0.5),
    )
    bars = many(
        box(0.335 + (i + 0.5) * 0.33 / slats - 0.02, 0.22, 0.04, 0.26) for i in range(slats)
    )
    leg = ribbon(((0.36, 0.58), (0.43 - foot / 2, 0.76), (0.5 - foot, 0.94)), (0.06, 0.05, 0.042))
    rear = ribbon(((0.41, 0.58), (0.385, 0.72), (0.36, 0.88)), (0.04, 0.036, 0.032))
    tray = smooth(
        (0.14, 0.45),
        (0.22, 0.41),
        (0.5, 0.4),
        (0.78, 0.41),
        (0.86, 0.45),
        (0.83, 0.49),
        (0.5, 0.515),
        (0.17, 0.49),
    )
    lip = smooth((0.13, 0.46), (0.5, 0.49), (0.87, 0.46), (0.86, 0.52), (0.5, 0.57), (0.14, 0.52))
    emblem = heart(0.5, 0.155, 0.085) if rng.random() < 0.6 else star(0.5, 0.155, 0.05, 0.024, 5)
    return [
        fill(pair(rear), "second", 0.2),
        fill(cut(back, hollow), "main", 0.35),
        fill(bars, "second", 0.34),
        fill(emblem, "light", 0.38),
        ink(arc(0.5, 0.28, 0.205, 0.185, 205, 45), "light", 0.016, 0.4),
        fill(box(0.31, 0.55, 0.38, 0.06, 0.02), "second", 0.5),
        fill(pair(leg), "main", 0.55),
        fill(box(0.5 - foot * 0.62, 0.735, foot * 1.24, 0.05, 0.02), "second", 0.6),
        ink(line((0.5 - foot * 0.5, 0.75), (0.5 + foot * 0.1, 0.75)), "light", 0.012, 0.62),
        ink(line((0.5 - foot * 0.8, 0.86), (0.5 + foot * 0.8, 0.86)), "second", 0.026, 0.5),
        fill(lip, "second", 0.7),
        fill(tray, "light", 0.74),
        *_bowl(rng.uniform(0.4, 0.5), 0.39, 0.13),
        fill(
            trace((0.62, 0.34), (0.73, 0.34), (0.715, 0.455), (0.675, 0.465), (0.635, 0.455)),
            "main",
            0.84,
        ),
        ink(arc(0.735, 0.39, 0.035, 0.035, -90, 180), "main", 0.018, 0.83),
        fill(box(0.615, 0.325, 0.12, 0.03, 0.012), "dark", 0.86),
    ]


def first_meal(rng: Random) -> list[Part]:
    """A baby at its tray, spoon in the air, seen from the front."""
    foot, happy = rng.uniform(0.28, 0.33), rng.random() < 0.6
    nod = rng.uniform(-6, 6)
    shell = smooth(
        (0.5, 0.13),
        (0.68, 0.17),
        (0.77, 0.34),
        (0.75, 0.56),
        (0.64, 0.68),
        (0.36, 0.68),
        (0.25, 0.56),
        (0.23, 0.34),
        (0.32, 0.17),
    )
    leg = ribbon(((0.38, 0.62), (0.44 - foot / 2, 0.78), (0.5 - foot, 0.94)), (0.055, 0.046, 0.04))
    body = smooth(
        (0.38, 0.48), (0.44, 0.43), (0.56, 0.43), (0.62, 0.48), (0.64, 0.62), (0.36, 0.62)
    )
    bib = trace(
        (0.42, 0.435),
        (0.46, 0.47, 0.54, 0.47, 0.58, 0.435),
        (0.62, 0.5, 0.58, 0.58, 0.5, 0.58),
        (0.42, 0.58, 0.38, 0.5, 0.42, 0.435),
    )
    arm = ribbon(((0.62, 0.52), (0.75, 0.47), (0.8, 0.34)), (0.09, 0.08, 0.07))
    rest = ribbon(((0.38, 0.5), (0.3, 0.56), (0.36, 0.6)), (0.09, 0.08, 0.07))
    spoon = many((line((0.81, 0.36), (0.84, 0.16)),))
    face = [
        fill(many((circle(0.36, 0.33, 0.035), circle(0.64, 0.33, 0.035))), "light", 0.6),
        fill(oval(0.5, 0.32, 0.145, 0.135), "light", 0.62),
        fill(many((circle(0.445, 0.31, 0.018), circle(0.555, 0.31, 0.018))), "dark", 0.64),
        fill(many((circle(0.405, 0.36, 0.026), circle(0.595, 0.36, 0.026))), "accent", 0.63),
        fill(bow(0.5, 0.36, 0.042, 0.045), "dark", 0.64)
        if happy
        else fill(oval(0.5, 0.375, 0.022, 0.026), "dark", 0.64),
        ink(
            curve((0.5, 0.2), (0.47, 0.16), (0.5, 0.13), (0.535, 0.155), (0.51, 0.18)),
            "dark",
            0.018,
            0.65,
        ),
    ]
    tray = smooth(
        (0.12, 0.6),
        (0.2, 0.565),
        (0.5, 0.555),
        (0.8, 0.565),
        (0.88, 0.6),
        (0.84, 0.64),
        (0.5, 0.66),
        (0.16, 0.64),
    )
    return [
        fill(pair(leg), "second", 0.3),
        ink(line((0.5 - foot * 0.72, 0.83), (0.5 + foot * 0.72, 0.83)), "second", 0.03, 0.28),
        fill(box(0.4, 0.74, 0.2, 0.04, 0.015), "dark", 0.32),
        fill(shell, "main", 0.4),
        ink(arc(0.5, 0.38, 0.225, 0.22, 195, 48), "light", 0.018, 0.42),
        fill(body, "second", 0.5),
        fill(rest, "second", 0.52),
        ink(spoon, "accent", 0.026, 0.54),
        fill(oval(0.845, 0.13, 0.042, 0.056, 8), "accent", 0.55),
        fill(arm, "second", 0.56),
        fill(circle(0.805, 0.33, 0.046), "light", 0.58),
        fill(bib, "accent", 0.58),
        fill(heart(0.5, 0.52, 0.065), "light", 0.59),
        *change(face, lambda path: turn(path, nod, 0.5, 0.44)),
        fill(move(tray, 0.0, 0.028), "dark", 0.7),
        fill(tray, "light", 0.74),
        fill(bow(0.46, 0.555, 0.085, 0.075), "main", 0.8),
        fill(oval(0.46, 0.555, 0.085, 0.022), "second", 0.81),
        fill(
            many((circle(0.63, 0.6, 0.024), circle(0.68, 0.59, 0.02), circle(0.3, 0.595, 0.018))),
            "accent",
            0.8,
        ),
    ]
