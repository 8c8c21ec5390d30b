"""Drawings of people who play the guitar."""

from random import Random

import skia

from train.sample.motifs.shapes import (
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
    poly,
    resize,
    ribbon,
    smooth,
)
from train.sample.parts import Part


def note(x: float, y: float, size: float) -> skia.Path:
    """A pair of joined eighth notes."""
    heads = (
        oval(x, y, size * 0.3, size * 0.22, -20),
        oval(x + size * 0.8, y - size * 0.15, size * 0.3, size * 0.22, -20),
    )
    stems = (
        box(x + size * 0.18, y - size, size * 0.12, size),
        box(x + size * 0.98, y - size * 1.15, size * 0.12, size),
    )
    beam = poly(
        (x + size * 0.18, y - size),
        (x + size * 1.1, y - size * 1.17),
        (x + size * 1.1, y - size * 0.9),
        (x + size * 0.18, y - size * 0.73),
    )
    return join(*heads, *stems, beam)


def strumming_hand(rng: Random) -> list[Part]:
    """A guitar across the picture with a hand that strums over the sound hole."""
    strum = rng.uniform(-0.03, 0.03)
    body = smooth(
        (0.2, 0.48),
        (0.23, 0.3),
        (0.35, 0.24),
        (0.46, 0.31),
        (0.56, 0.31),
        (0.68, 0.19),
        (0.84, 0.2),
        (0.94, 0.34),
        (0.96, 0.5),
        (0.94, 0.66),
        (0.84, 0.8),
        (0.68, 0.81),
        (0.56, 0.69),
        (0.46, 0.69),
        (0.35, 0.76),
        (0.23, 0.7),
        (0.2, 0.52),
    )
    strings = many(line((0.03, 0.44 + i * 0.04), (0.86, 0.42 + i * 0.053)) for i in range(4))
    arm = ribbon([(0.78, 0.96), (0.71, 0.83 + strum), (0.62, 0.68 + strum)], [0.2, 0.17, 0.13])
    palm = smooth(
        (0.5, 0.56 + strum),
        (0.59, 0.53 + strum),
        (0.69, 0.61 + strum),
        (0.7, 0.71 + strum),
        (0.61, 0.77 + strum),
        (0.52, 0.72 + strum),
    )
    fingers = [
        ribbon(
            [(0.55, 0.7 + strum), (0.46, 0.68 + strum), (0.41, 0.62 + strum)], [0.08, 0.07, 0.05]
        ),
        ribbon(
            [(0.55, 0.65 + strum), (0.44, 0.62 + strum), (0.4, 0.55 + strum)], [0.085, 0.075, 0.055]
        ),
        ribbon(
            [(0.57, 0.6 + strum), (0.48, 0.54 + strum), (0.43, 0.48 + strum)], [0.09, 0.075, 0.055]
        ),
    ]
    thumb = ribbon(
        [(0.62, 0.58 + strum), (0.56, 0.48 + strum), (0.47, 0.44 + strum)], [0.09, 0.08, 0.055]
    )
    pick = smooth(
        (0.46, 0.4 + strum),
        (0.49, 0.46 + strum),
        (0.45, 0.52 + strum),
        (0.36, 0.5 + strum),
        (0.36, 0.5 + strum),
    )
    sleeve = ribbon([(0.785, 0.955), (0.7, 0.81 + strum)], [0.2, 0.2])
    return [
        fill(note(0.08, 0.24, 0.12), "accent", 0.1),
        fill(note(0.5, 0.15, 0.08), "second", 0.1),
        fill(move(body, 0.0, 0.03), "dark", 0.15),
        fill(body, "accent", 0.2),
        fill(resize(body, 0.94, 0.9, 0.58, 0.5), "main", 0.22),
        ink(circle(0.44, 0.5, 0.14), "light", 0.016, 0.26),
        fill(circle(0.44, 0.5, 0.115), "dark", 0.3),
        fill(box(0.83, 0.36, 0.04, 0.28, 0.015), "dark", 0.3),
        fill(box(0.03, 0.42, 0.32, 0.16, 0.01), "second", 0.32),
        ink(
            many(line((x, 0.42), (x, 0.58)) for x in (0.08, 0.15, 0.225, 0.305)),
            "light",
            0.014,
            0.35,
        ),
        ink(strings, "light", 0.014, 0.4),
        *(
            part
            for finger in fingers
            for part in (fill(finger, "light", 0.6), ink(finger, "dark", 0.012, 0.61))
        ),
        fill(clip(join(arm, palm), box(0.3, 0.4, 0.7, 0.55)), "light", 0.7),
        fill(pick, "accent", 0.75),
        fill(thumb, "light", 0.8),
        ink(
            curve((0.63, 0.6 + strum), (0.57, 0.52 + strum), (0.49, 0.475 + strum)),
            "dark",
            0.014,
            0.82,
        ),
        fill(clip(sleeve, box(0.5, 0.5, 0.5, 0.46)), "second", 0.85),
        ink(line((0.62, 0.865 + strum), (0.79, 0.77 + strum)), "dark", 0.014, 0.86),
    ]


def singer_with_guitar(rng: Random) -> list[Part]:
    """A guitarist on a stool at the microphone."""
    nod = rng.uniform(-0.015, 0.015)
    body = smooth(
        (0.3, 0.62),
        (0.38, 0.55),
        (0.46, 0.56),
        (0.5, 0.52),
        (0.58, 0.5),
        (0.63, 0.57),
        (0.58, 0.64),
        (0.52, 0.66),
        (0.5, 0.73),
        (0.4, 0.77),
        (0.31, 0.72),
    )
    neck = ribbon([(0.58, 0.56), (0.84, 0.42)], [0.045, 0.04])
    torso = smooth(
        (0.36, 0.36),
        (0.45, 0.31),
        (0.56, 0.35),
        (0.6, 0.46),
        (0.57, 0.68),
        (0.57, 0.68),
        (0.34, 0.7),
        (0.34, 0.7),
        (0.31, 0.48),
    )
    leg = ribbon([(0.44, 0.68), (0.64, 0.68), (0.65, 0.9)], [0.13, 0.12, 0.085])
    other = ribbon([(0.4, 0.68), (0.52, 0.74), (0.46, 0.9)], [0.12, 0.1, 0.08])
    strum = ribbon([(0.36, 0.4), (0.25, 0.54), (0.42, 0.62)], [0.1, 0.085, 0.06])
    fret = ribbon([(0.56, 0.4), (0.68, 0.53), (0.76, 0.45)], [0.095, 0.075, 0.055])
    hair = smooth(
        (0.36, 0.24),
        (0.35, 0.12 + nod),
        (0.44, 0.06 + nod),
        (0.55, 0.08 + nod),
        (0.58, 0.16 + nod),
        (0.52, 0.17 + nod),
        (0.44, 0.2),
        (0.43, 0.3),
        (0.38, 0.3),
    )
    return [
        fill(note(0.13, 0.3, 0.13), "accent", 0.1),
        fill(note(0.78, 0.2, 0.09), "second", 0.1),
        fill(oval(0.5, 0.93, 0.4, 0.04), "dark", 0.15),
        ink(
            many(
                (
                    line((0.39, 0.72), (0.3, 0.92)),
                    line((0.45, 0.72), (0.52, 0.92)),
                    line((0.35, 0.84), (0.49, 0.84)),
                )
            ),
            "light",
            0.022,
            0.3,
        ),
        fill(box(0.3, 0.7, 0.24, 0.04, 0.02), "dark", 0.35),
        fill(other, "dark", 0.4),
        fill(torso, "main", 0.5),
        fill(leg, "dark", 0.55),
        fill(
            many((box(0.43, 0.885, 0.13, 0.045, 0.02), box(0.62, 0.885, 0.14, 0.045, 0.02))),
            "accent",
            0.6,
        ),
        fill(
            join(oval(0.47, 0.2 + nod, 0.085, 0.105), box(0.43, 0.26, 0.075, 0.1, 0.03)),
            "light",
            0.55,
        ),
        fill(hair, "dark", 0.6),
        ink(curve((0.37, 0.36), (0.46, 0.46), (0.56, 0.57)), "dark", 0.02, 0.62),
        fill(neck, "dark", 0.65),
        fill(body, "accent", 0.7),
        ink(body, "dark", 0.014, 0.71),
        fill(circle(0.5, 0.61, 0.035), "dark", 0.72),
        fill(poly((0.81, 0.41), (0.87, 0.37), (0.9, 0.41), (0.85, 0.45)), "accent", 0.7),
        ink(line((0.38, 0.675), (0.84, 0.42)), "light", 0.012, 0.74),
        fill(fret, "main", 0.78),
        fill(strum, "main", 0.8),
        fill(many((circle(0.43, 0.625, 0.036), circle(0.765, 0.445, 0.034))), "light", 0.85),
        ink(
            many((line((0.8, 0.93), (0.8, 0.32), (0.62, 0.245)), line((0.72, 0.93), (0.88, 0.93)))),
            "light",
            0.02,
            0.9,
        ),
        fill(oval(0.6, 0.235, 0.05, 0.034, 25), "accent", 0.92),
    ]
