"""Drawings of guitars and of people who play them."""

from random import Random

from train.sample.motifs.shapes import (
    box,
    change,
    circle,
    clip,
    curve,
    fill,
    ink,
    line,
    many,
    move,
    pair,
    resize,
    ring,
    smooth,
    turn,
)
from train.sample.motifs.videos.guitarists import note, singer_with_guitar, strumming_hand
from train.sample.parts import Drawing, Part


def acoustic_guitar(rng: Random) -> list[Part]:
    """An acoustic guitar at an angle with notes around it."""
    body = smooth(
        (0.5, 0.47),
        (0.6, 0.48),
        (0.65, 0.56),
        (0.61, 0.65),
        (0.68, 0.75),
        (0.68, 0.88),
        (0.58, 0.96),
        (0.5, 0.97),
        (0.42, 0.96),
        (0.32, 0.88),
        (0.32, 0.75),
        (0.39, 0.65),
        (0.35, 0.56),
        (0.4, 0.48),
    )
    inner = clip(body, move(body, -0.03, -0.005))
    guard = clip(
        body,
        smooth((0.55, 0.64), (0.6, 0.68), (0.63, 0.76), (0.58, 0.83), (0.53, 0.78), (0.545, 0.7)),
    )
    head = smooth(
        (0.46, 0.12),
        (0.46, 0.12),
        (0.45, 0.03),
        (0.5, 0.045),
        (0.55, 0.03),
        (0.54, 0.12),
        (0.54, 0.12),
    )
    pegs = pair(many(box(0.405, y, 0.05, 0.022, 0.01) for y in (0.05, 0.08, 0.105)))
    frets = many(line((0.47, y), (0.53, y)) for y in (0.17, 0.22, 0.28, 0.35, 0.43, 0.52))
    strings = many(line((x, 0.12), (0.5 + (x - 0.5) * 1.3, 0.84)) for x in (0.482, 0.5, 0.518))
    guitar = [
        fill(move(body, 0.025, 0.015), "dark", 0.3),
        fill(body, "accent", 0.5),
        fill(inner, "main", 0.52),
        fill(guard, "dark", 0.55),
        ink(ring(0.5, 0.67, 0.088, 0.086), "light", 0.014, 0.58),
        fill(circle(0.5, 0.67, 0.072), "dark", 0.6),
        fill(box(0.42, 0.835, 0.16, 0.035, 0.012), "dark", 0.62),
        fill(box(0.465, 0.11, 0.07, 0.52), "second", 0.65),
        ink(frets, "light", 0.013, 0.67),
        fill(many(circle(0.5, y, 0.011) for y in (0.315, 0.39, 0.475)), "accent", 0.68),
        fill(pegs, "light", 0.6),
        fill(head, "second", 0.68),
        ink(strings, "light", 0.012, 0.75),
        ink(curve((0.355, 0.86), (0.345, 0.78), (0.38, 0.71)), "light", 0.02, 0.7),
    ]
    tilt = rng.choice((-1, 1)) * rng.uniform(26, 40)
    x = 0.14 if tilt > 0 else 0.72
    back = -1 if tilt > 0 else 1
    widened = change(guitar, lambda path: turn(resize(path, 1.3, 1.04), tilt, 0.5, 0.52))
    return [
        fill(note(x, 0.27, 0.13), "accent", 0.15),
        fill(note(0.46 - back * 0.3, 0.86, 0.09), "second", 0.15),
        *widened,
    ]


def electric_guitar(rng: Random) -> list[Part]:
    """An electric guitar that leans on its amplifier."""
    body = smooth(
        (0.47, 0.56),
        (0.43, 0.53),
        (0.4, 0.45),
        (0.35, 0.43),
        (0.33, 0.5),
        (0.36, 0.6),
        (0.36, 0.67),
        (0.32, 0.76),
        (0.34, 0.88),
        (0.44, 0.95),
        (0.56, 0.95),
        (0.67, 0.88),
        (0.68, 0.76),
        (0.63, 0.67),
        (0.62, 0.6),
        (0.65, 0.53),
        (0.62, 0.48),
        (0.57, 0.52),
        (0.53, 0.56),
    )
    plate = smooth(
        (0.45, 0.58),
        (0.55, 0.58),
        (0.57, 0.66),
        (0.61, 0.76),
        (0.58, 0.86),
        (0.5, 0.82),
        (0.44, 0.76),
        (0.43, 0.66),
    )
    head = smooth(
        (0.47, 0.16),
        (0.47, 0.16),
        (0.455, 0.06),
        (0.5, 0.02),
        (0.56, 0.05),
        (0.55, 0.09),
        (0.53, 0.11),
        (0.53, 0.16),
        (0.53, 0.16),
    )
    guitar = [
        fill(move(body, 0.02, 0.012), "dark", 0.6),
        fill(body, "main", 0.65),
        fill(plate, "light", 0.68),
        fill(box(0.47, 0.13, 0.06, 0.5), "dark", 0.7),
        ink(
            many(line((0.472, y), (0.528, y)) for y in (0.19, 0.24, 0.3, 0.37, 0.45, 0.54)),
            "light",
            0.012,
            0.72,
        ),
        fill(head, "main", 0.72),
        fill(many(circle(0.455, y, 0.014) for y in (0.07, 0.1, 0.13)), "light", 0.7),
        fill(
            many(
                (
                    box(0.445, 0.65, 0.11, 0.032, 0.012),
                    box(0.445, 0.715, 0.11, 0.032, 0.012),
                    box(0.445, 0.8, 0.11, 0.03, 0.008),
                )
            ),
            "dark",
            0.74,
        ),
        ink(
            many(line((x, 0.12), (0.5 + (x - 0.5) * 1.5, 0.8)) for x in (0.49, 0.512)),
            "light",
            0.012,
            0.76,
        ),
        fill(many((circle(0.6, 0.83, 0.02), circle(0.57, 0.885, 0.02))), "accent", 0.76),
        ink(curve((0.36, 0.86), (0.345, 0.78), (0.385, 0.69)), "light", 0.02, 0.76),
    ]
    lean = rng.uniform(9, 17)
    speaker = box(0.4, 0.42, 0.55, 0.5, 0.03)
    return [
        fill(note(0.15, 0.3, 0.14), "accent", 0.1),
        fill(speaker, "second", 0.2),
        fill(box(0.44, 0.55, 0.47, 0.33, 0.02), "dark", 0.25),
        ink(ring(0.72, 0.715, 0.13, 0.128), "light", 0.016, 0.28),
        fill(circle(0.72, 0.715, 0.05), "second", 0.3),
        fill(box(0.44, 0.455, 0.47, 0.065, 0.012), "light", 0.25),
        fill(many(circle(x, 0.4875, 0.019) for x in (0.66, 0.73, 0.8, 0.87)), "accent", 0.3),
        ink(
            many((line((0.6, 0.42), (0.63, 0.385), (0.79, 0.385), (0.82, 0.42)),)),
            "dark",
            0.024,
            0.2,
        ),
        ink(curve((0.3, 0.86), (0.16, 0.93), (0.08, 0.86), (0.12, 0.8)), "dark", 0.016, 0.4),
        *change(
            guitar,
            lambda path: turn(resize(move(path, -0.14, 0.0), 1.3, 1.0, 0.36), lean, 0.36, 0.9),
        ),
    ]


GUITAR: tuple[Drawing, ...] = (acoustic_guitar, electric_guitar, strumming_hand, singer_with_guitar)
