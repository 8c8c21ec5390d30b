"""Drawings for bath time: a foaming tub, a rubber duck and things for the edge of the bath."""

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
    heart,
    ink,
    join,
    line,
    many,
    oval,
    pair,
    ribbon,
    smooth,
    star,
    trace,
    turn,
)
from train.sample.parts import Part


def _bubbles(*spots: tuple[float, float, float]) -> list[Part]:
    """Soap bubbles with their glints."""
    return [
        ink(many(circle(*spot) for spot in spots), "light", 0.016, 0.85),
        ink(
            many(arc(x, y, r * 0.6, r * 0.6, 190, 80) for x, y, r in spots if r > 0.03),
            "accent",
            0.013,
            0.86,
        ),
    ]


def _duck(x: float, y: float, size: float) -> list[Part]:
    """A rubber duck that looks to the right, its waterline at y."""

    def at(a: float, b: float) -> tuple[float, float]:
        return x + a * size, y + b * size

    body = smooth(
        at(-0.5, -0.3),
        at(-0.52, -0.46),
        at(-0.36, -0.36),
        at(-0.1, -0.3),
        at(0.2, -0.34),
        at(0.42, -0.26),
        at(0.46, -0.08),
        at(0.3, 0.08),
        at(-0.1, 0.12),
        at(-0.4, 0.04),
    )
    wing = smooth(
        at(-0.32, -0.16), at(-0.14, -0.24), at(0.12, -0.18), at(0.06, -0.02), at(-0.12, 0.02)
    )
    head = circle(*at(0.2, -0.52), size * 0.25)
    upper = smooth(
        at(0.38, -0.52), at(0.5, -0.58), at(0.62, -0.56), at(0.56, -0.47), at(0.4, -0.44)
    )
    lower = smooth(at(0.38, -0.48), at(0.5, -0.46), at(0.55, -0.42), at(0.42, -0.38))
    tuft = ribbon(
        (at(0.16, -0.74), at(0.12, -0.83), at(0.2, -0.86)), (size * 0.08, size * 0.07, size * 0.03)
    )
    return [
        fill(lower, "second", 0.58),
        fill(tuft, "main", 0.58),
        fill(join(body, head), "main", 0.6),
        fill(wing, "second", 0.64),
        fill(upper, "accent", 0.64),
        fill(circle(*at(0.27, -0.57), size * 0.05), "dark", 0.66),
        fill(circle(*at(0.255, -0.59), size * 0.02), "light", 0.67),
        ink(
            arc(*at(0.17, -0.54), size * 0.18, size * 0.18, 180, 70),
            "light",
            max(size * 0.035, 0.013),
            0.66,
        ),
        ink(curve(at(-0.2, -0.1), at(-0.08, -0.13), at(0.02, -0.11)), "light", 0.014, 0.67),
    ]


def tub(rng: Random) -> list[Part]:
    """A footed tub heaped with foam, a duck on top and the shower running."""
    x = rng.uniform(0.44, 0.52)
    bowl = trace(
        (0.08, 0.54),
        (0.92, 0.54),
        (0.9, 0.74, 0.82, 0.85, 0.68, 0.85),
        (0.32, 0.85),
        (0.18, 0.85, 0.1, 0.74, 0.08, 0.54),
    )
    shade = clip(bowl, oval(0.5, 0.92, 0.36, 0.16))
    heap = [
        (0.16, 0.5, 0.07),
        (0.27, 0.47, 0.09),
        (0.4, 0.5, 0.07),
        (0.56, 0.49, 0.08),
        (0.69, 0.46, 0.09),
        (0.81, 0.5, 0.075),
    ]
    foam = join(
        *(circle(a, b + rng.uniform(-0.015, 0.015), r) for a, b, r in heap),
        box(0.12, 0.5, 0.76, 0.06),
    )
    drip = join(
        *(
            ribbon(((a, 0.54), (a, 0.54 + d)), (0.07, 0.06))
            for a, d in ((0.24, 0.1), (0.31, 0.05), (0.66, 0.07))
        )
    )
    foot = smooth(
        (0.24, 0.83), (0.34, 0.83), (0.32, 0.89), (0.24, 0.94), (0.19, 0.92), (0.24, 0.88)
    )
    pipe = curve((0.9, 0.54), (0.905, 0.3), (0.88, 0.14), (0.8, 0.1), (0.74, 0.14))
    rose = turn(bow(0.72, 0.2, 0.085, 0.07, 180), 14, 0.72, 0.2)
    rain = many(
        line(
            (0.65 + i * 0.045, 0.24 + i * 0.012),
            (0.64 + i * 0.043, 0.31 + i * 0.012 + (i % 2) * 0.04),
        )
        for i in range(4)
    )
    glints = many(arc(a, b, r * 0.6, r * 0.6, 200, 70) for a, b, r in heap[1::2])
    return [
        ink(pipe, "second", 0.03, 0.2),
        fill(rose, "second", 0.25),
        ink(rain, "light", 0.016, 0.3),
        *_duck(x - 0.02, 0.47, 0.3),
        fill(pair(foot), "accent", 0.4),
        fill(bowl, "main", 0.7),
        fill(shade, "second", 0.72),
        fill(join(foam, drip), "light", 0.75),
        ink(glints, "second", 0.014, 0.76),
        fill(cut(box(0.05, 0.53, 0.9, 0.055, 0.027), drip), "main", 0.74),
        ink(curve((0.15, 0.64), (0.18, 0.73), (0.25, 0.79)), "light", 0.02, 0.78),
        fill(circle(0.52, 0.7, 0.045), "accent", 0.76),
        *_bubbles((0.14, 0.33, 0.04), (0.23, 0.22, 0.028), (0.08, 0.2, 0.022), (0.33, 0.31, 0.024)),
    ]


def rubber_duck(rng: Random) -> list[Part]:
    """A big rubber duck afloat among waves and bubbles."""

    def wave(y: float, shift: float) -> skia.Path:
        crest = [(0.02 + i * 0.12 + shift, y + (0.035 if i % 2 else 0.0)) for i in range(9)]
        return clip(
            smooth((0.04, 0.95), (0.04, 0.95), *crest, (0.96, 0.95), (0.96, 0.95)),
            box(0.04, 0.5, 0.92, 0.44, 0.05),
        )

    bob = rng.uniform(-6, 6)
    duck = change(_duck(0.46, 0.7, 0.74), lambda path: turn(path, bob, 0.46, 0.7))
    glints = many(
        arc(a, b, 0.05, 0.03, 200, 140) for a, b in ((0.2, 0.88), (0.5, 0.91), (0.8, 0.87))
    )
    foam = join(*(circle(a, 0.735, r) for a, r in ((0.14, 0.05), (0.22, 0.065), (0.31, 0.045))))
    return [
        fill(wave(0.68, 0.0), "second", 0.3),
        *duck,
        fill(foam, "light", 0.7),
        fill(wave(0.775, -0.06), "second", 0.75),
        ink(glints, "light", 0.018, 0.8),
        *_bubbles(
            (0.84, 0.56, 0.055),
            (0.9, 0.42, 0.034),
            (0.14, 0.24, 0.06),
            (0.26, 0.13, 0.034),
            (0.08, 0.4, 0.026),
        ),
    ]


def bath_edge(rng: Random) -> list[Part]:
    """A pump bottle of baby wash, a sponge, a duckling and floating bubbles."""
    half = rng.uniform(0.14, 0.16)
    x = 0.32
    bottle = trace(
        (x - half * 0.5, 0.4),
        (x + half * 0.5, 0.4),
        (x + half, 0.42, x + half, 0.48, x + half, 0.52),
        (x + half, 0.84),
        (x + half, 0.88, x - half, 0.88, x - half, 0.84),
        (x - half, 0.52),
        (x - half, 0.48, x - half, 0.42, x - half * 0.5, 0.4),
    )
    pump = join(
        box(x - 0.025, 0.2, 0.05, 0.16, 0.01),
        trace(
            (x - 0.06, 0.17),
            (x + 0.07, 0.17),
            (x + 0.13, 0.17, x + 0.17, 0.2, x + 0.175, 0.25),
            (x + 0.13, 0.25),
            (x + 0.12, 0.23, x + 0.1, 0.225, x - 0.06, 0.225),
        ),
    )
    label = box(x - half * 0.74, 0.54, half * 1.48, 0.22, 0.03)
    figure = star(x, 0.65, 0.075, 0.036, 5) if rng.random() < 0.5 else heart(x, 0.65, 0.13)
    sponge = smooth(
        (0.55, 0.62),
        (0.66, 0.59),
        (0.84, 0.6),
        (0.92, 0.64),
        (0.93, 0.76),
        (0.9, 0.86),
        (0.7, 0.88),
        (0.54, 0.86),
        (0.52, 0.74),
    )
    holes = many(
        oval(a, b, r, r * 0.8)
        for a, b, r in (
            (0.6, 0.7, 0.022),
            (0.88, 0.68, 0.018),
            (0.84, 0.8, 0.026),
            (0.58, 0.82, 0.016),
            (0.72, 0.83, 0.02),
            (0.72, 0.68, 0.016),
        )
    )
    suds = join(
        *(
            circle(a, b, r)
            for a, b, r in (
                (0.56, 0.6, 0.05),
                (0.64, 0.57, 0.06),
                (0.73, 0.575, 0.05),
                (0.8, 0.6, 0.04),
            )
        )
    )
    return [
        fill(oval(0.5, 0.89, 0.44, 0.04), "dark", 0.15),
        fill(sponge, "second", 0.3),
        fill(holes, "dark", 0.32),
        fill(suds, "light", 0.4),
        fill(bottle, "main", 0.45),
        fill(label, "light", 0.5),
        fill(figure, "accent", 0.54),
        ink(line((x - half * 0.76, 0.48), (x - half * 0.4, 0.445)), "light", 0.02, 0.52),
        fill(pump, "second", 0.5),
        fill(box(x - half * 0.6, 0.34, half * 1.2, 0.075, 0.015), "second", 0.52),
        ink(
            many(line((x + half * k, 0.355), (x + half * k, 0.4)) for k in (-0.3, 0.0, 0.3)),
            "dark",
            0.012,
            0.54,
        ),
        *_duck(0.56, 0.91, 0.27),
        *_bubbles(
            (0.72, 0.38, 0.07),
            (0.86, 0.24, 0.05),
            (0.6, 0.2, 0.04),
            (0.88, 0.48, 0.03),
            (0.73, 0.12, 0.026),
        ),
    ]


def baby_in_basin(rng: Random) -> list[Part]:
    """A baby in a round basin with a hat of foam, seen from the front."""
    nod, grin = rng.uniform(-6, 6), rng.random() < 0.6
    basin = trace(
        (0.12, 0.63),
        (0.88, 0.63),
        (0.86, 0.8, 0.8, 0.92, 0.68, 0.92),
        (0.32, 0.92),
        (0.2, 0.92, 0.14, 0.8, 0.12, 0.63),
    )
    hat = join(
        circle(0.42, 0.22, 0.075),
        circle(0.52, 0.17, 0.09),
        circle(0.61, 0.22, 0.07),
        circle(0.51, 0.23, 0.085),
    )
    mouth = bow(0.5, 0.42, 0.045, 0.05) if grin else oval(0.5, 0.435, 0.022, 0.026)
    head = [
        fill(many((circle(0.335, 0.375, 0.042), circle(0.665, 0.375, 0.042))), "light", 0.45),
        fill(oval(0.5, 0.37, 0.165, 0.155), "light", 0.5),
        fill(many((circle(0.435, 0.355, 0.02), circle(0.565, 0.355, 0.02))), "dark", 0.54),
        fill(mouth, "dark", 0.54),
        fill(
            many((oval(0.385, 0.415, 0.03, 0.022), oval(0.615, 0.415, 0.03, 0.022))), "light", 0.53
        ),
        fill(hat, "light", 0.56),
        ink(hat, "second", 0.016, 0.565),
        ink(arc(0.52, 0.17, 0.05, 0.05, 200, 80), "second", 0.014, 0.57),
    ]
    suds = (
        (0.2, 0.61, 0.06),
        (0.31, 0.59, 0.075),
        (0.43, 0.61, 0.06),
        (0.56, 0.6, 0.065),
        (0.68, 0.61, 0.055),
    )
    foam = join(
        *(circle(a, b + rng.uniform(-0.01, 0.01), r) for a, b, r in suds), box(0.17, 0.6, 0.6, 0.06)
    )
    return [
        fill(
            smooth((0.34, 0.66), (0.37, 0.54), (0.5, 0.49), (0.63, 0.54), (0.66, 0.66)),
            "accent",
            0.4,
        ),
        *change(head, lambda path: turn(path, nod, 0.5, 0.5)),
        *_duck(0.77, 0.62, 0.2),
        fill(foam, "light", 0.7),
        fill(basin, "main", 0.75),
        fill(clip(basin, oval(0.5, 0.97, 0.4, 0.14)), "second", 0.77),
        fill(box(0.08, 0.625, 0.84, 0.06, 0.03), "second", 0.8),
        ink(curve((0.19, 0.74), (0.22, 0.82), (0.28, 0.87)), "light", 0.02, 0.82),
        fill(heart(0.5, 0.78, 0.12), "light", 0.8),
        *_bubbles((0.16, 0.4, 0.045), (0.24, 0.26, 0.03), (0.8, 0.3, 0.05), (0.88, 0.17, 0.028)),
    ]
