"""Drawings of life in the ocean."""

from random import Random

import skia

from train.sample.motifs.shapes import (
    arc,
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
    polar,
    poly,
    resize,
    ribbon,
    smooth,
    turn,
)
from train.sample.motifs.videos.reef import bubbles, jellyfish, reef_fish
from train.sample.parts import Drawing, Part


def whale(rng: Random) -> list[Part]:
    """A humpback whale that swims upwards with a raised fluke."""
    body = smooth(
        (0.06, 0.5),
        (0.1, 0.34),
        (0.26, 0.23),
        (0.46, 0.24),
        (0.64, 0.36),
        (0.78, 0.42),
        (0.86, 0.34),
        (0.9, 0.4),
        (0.84, 0.53),
        (0.66, 0.64),
        (0.44, 0.7),
        (0.2, 0.68),
        (0.08, 0.6),
    )
    fluke = smooth(
        (0.84, 0.44),
        (0.8, 0.3),
        (0.7, 0.2),
        (0.7, 0.2),
        (0.82, 0.2),
        (0.88, 0.27),
        (0.88, 0.27),
        (0.9, 0.16),
        (0.98, 0.1),
        (0.98, 0.1),
        (0.97, 0.26),
        (0.92, 0.42),
    )
    belly = clip(
        body,
        smooth(
            (0.02, 0.53),
            (0.02, 0.53),
            (0.26, 0.53),
            (0.44, 0.6),
            (0.5, 0.75),
            (0.2, 0.8),
            (0.0, 0.7),
        ),
    )
    grooves = _throat()
    flip = rng.uniform(-10, 14)
    fin = turn(
        smooth(
            (0.36, 0.56),
            (0.36, 0.56),
            (0.46, 0.6),
            (0.52, 0.78),
            (0.48, 0.92),
            (0.48, 0.92),
            (0.36, 0.8),
            (0.3, 0.64),
        ),
        flip,
        0.38,
        0.58,
    )
    spray = many(
        (
            curve((0.3, 0.19), (0.28, 0.12), (0.2, 0.09), (0.15, 0.13)),
            curve((0.3, 0.19), (0.31, 0.1), (0.3, 0.06)),
            curve((0.3, 0.19), (0.34, 0.11), (0.41, 0.09), (0.45, 0.13)),
        )
    )
    return [
        fill(
            bubbles(rng, ((0.62, 0.78), (0.7, 0.86), (0.2, 0.85), (0.12, 0.77), (0.68, 0.7))),
            "light",
            0.2,
        ),
        ink(spray, "accent", 0.03, 0.3),
        fill(
            smooth(
                (0.2, 0.6),
                (0.2, 0.6),
                (0.12, 0.74),
                (0.14, 0.86),
                (0.14, 0.86),
                (0.25, 0.8),
                (0.3, 0.66),
            ),
            "second",
            0.3,
        ),
        fill(join(body, fluke), "main", 0.5),
        fill(belly, "light", 0.55),
        ink(grooves, "second", 0.015, 0.57),
        ink(curve((0.06, 0.51), (0.16, 0.525), (0.27, 0.53)), "dark", 0.018, 0.6),
        fill(circle(0.29, 0.47, 0.024), "dark", 0.62),
        fill(circle(0.284, 0.462, 0.012), "light", 0.64),
        ink(curve((0.25, 0.43), (0.29, 0.415), (0.33, 0.43)), "dark", 0.013, 0.6),
        fill(
            many((circle(0.14, 0.42, 0.014), circle(0.19, 0.37, 0.012), circle(0.2, 0.44, 0.012))),
            "second",
            0.6,
        ),
        fill(
            smooth(
                (0.56, 0.31),
                (0.56, 0.31),
                (0.6, 0.22),
                (0.67, 0.24),
                (0.67, 0.24),
                (0.65, 0.3),
                (0.68, 0.39),
                (0.68, 0.39),
            ),
            "second",
            0.6,
        ),
        ink(curve((0.89, 0.28), (0.89, 0.34), (0.87, 0.4)), "dark", 0.014, 0.6),
        fill(fin, "second", 0.85),
        ink(
            turn(curve((0.39, 0.62), (0.45, 0.72), (0.47, 0.84)), flip, 0.38, 0.58),
            "light",
            0.014,
            0.9,
        ),
    ]


def _throat() -> skia.Path:
    """The throat grooves of a whale."""
    return many(
        curve(
            (0.09, 0.57 + i * 0.03), (0.24, 0.575 + i * 0.03), (0.4 - i * 0.015, 0.625 + i * 0.014)
        )
        for i in range(3)
    )


def octopus(rng: Random) -> list[Part]:
    """An octopus with a big soft head and eight curling arms."""
    wave = rng.uniform(-0.03, 0.03)
    outer = ribbon(
        [
            (0.42, 0.52),
            (0.26, 0.56),
            (0.13, 0.5 + wave),
            (0.07, 0.38 + wave),
            (0.14, 0.31 + wave),
            (0.19, 0.38 + wave),
        ],
        [0.14, 0.11, 0.08, 0.06, 0.04, 0.02],
    )
    low = ribbon(
        [(0.42, 0.56), (0.27, 0.68), (0.1, 0.66), (0.06, 0.78), (0.14, 0.83)],
        [0.14, 0.1, 0.07, 0.05, 0.02],
    )
    inner = ribbon(
        [(0.44, 0.58), (0.36, 0.74), (0.22, 0.82 - wave), (0.25, 0.93 - wave), (0.34, 0.9 - wave)],
        [0.13, 0.1, 0.07, 0.05, 0.02],
    )
    front = ribbon(
        [(0.47, 0.58), (0.46, 0.74), (0.4, 0.84), (0.45, 0.93), (0.49, 0.9)],
        [0.12, 0.09, 0.065, 0.045, 0.02],
    )
    head = smooth(
        (0.36, 0.56),
        (0.3, 0.42),
        (0.27, 0.25),
        (0.36, 0.1),
        (0.5, 0.06),
        (0.64, 0.1),
        (0.73, 0.25),
        (0.7, 0.42),
        (0.64, 0.56),
        (0.5, 0.63),
    )
    eye = oval(0.4, 0.42, 0.06, 0.065)
    suckers = many(
        circle(x, y, r)
        for x, y, r in (
            (0.3, 0.59, 0.02),
            (0.22, 0.57, 0.018),
            (0.15, 0.52, 0.015),
            (0.31, 0.68, 0.016),
            (0.24, 0.7, 0.015),
            (0.17, 0.685, 0.013),
            (0.39, 0.7, 0.016),
            (0.34, 0.77, 0.015),
            (0.28, 0.81, 0.013),
        )
    )
    return [
        fill(bubbles(rng, ((0.86, 0.16), (0.8, 0.08), (0.14, 0.14), (0.2, 0.21))), "light", 0.15),
        fill(pair(outer), "second", 0.3),
        fill(pair(low), "main", 0.4),
        fill(pair(inner), "second", 0.5),
        fill(pair(suckers), "light", 0.58),
        fill(pair(front), "main", 0.6),
        fill(head, "main", 0.65),
        fill(clip(head, cut(box(0, 0, 1, 1), move(head, -0.07, -0.03))), "second", 0.66),
        fill(
            many(
                (
                    oval(0.4, 0.2, 0.035, 0.05, 25),
                    oval(0.5, 0.15, 0.025, 0.02),
                    oval(0.36, 0.29, 0.016, 0.024),
                )
            ),
            "light",
            0.7,
        ),
        fill(pair(eye), "light", 0.75),
        ink(pair(eye), "dark", 0.014, 0.76),
        fill(pair(box(0.365, 0.405, 0.07, 0.034, 0.017)), "dark", 0.8),
        ink(arc(0.5, 0.48, 0.05, 0.04, 20, 140), "dark", 0.018, 0.8),
        fill(pair(oval(0.33, 0.5, 0.03, 0.02)), "accent", 0.8),
        fill(
            many((circle(0.6, 0.14, 0.02), circle(0.65, 0.21, 0.016), circle(0.55, 0.1, 0.014))),
            "accent",
            0.8,
        ),
    ]


def sea_turtle(rng: Random) -> list[Part]:
    """A sea turtle from above that glides with spread flippers."""
    beat = rng.uniform(-9, 12)
    flipper = turn(
        smooth(
            (0.36, 0.36),
            (0.36, 0.36),
            (0.26, 0.2),
            (0.08, 0.2),
            (0.03, 0.32),
            (0.03, 0.32),
            (0.14, 0.34),
            (0.24, 0.44),
            (0.3, 0.5),
            (0.3, 0.5),
        ),
        -beat,
        0.34,
        0.42,
    )
    spots = turn(
        many(
            (
                oval(0.2, 0.27, 0.03, 0.02, 20),
                oval(0.12, 0.275, 0.022, 0.016),
                oval(0.27, 0.33, 0.024, 0.018, 40),
            )
        ),
        -beat,
        0.34,
        0.42,
    )
    paddle = smooth(
        (0.34, 0.74),
        (0.34, 0.74),
        (0.24, 0.8),
        (0.19, 0.92),
        (0.19, 0.92),
        (0.32, 0.93),
        (0.42, 0.84),
        (0.42, 0.84),
    )
    shell = smooth(
        (0.5, 0.24),
        (0.66, 0.29),
        (0.76, 0.46),
        (0.73, 0.66),
        (0.62, 0.82),
        (0.5, 0.9),
        (0.38, 0.82),
        (0.27, 0.66),
        (0.24, 0.46),
        (0.34, 0.29),
    )
    inner = resize(shell, 0.86, 0.86, 0.5, 0.55)
    plates = [
        poly(*(polar(0.5, y, r, 60 * k + 30) for k in range(6)))
        for y, r in ((0.39, 0.09), (0.56, 0.098), (0.72, 0.075))
    ]
    seams = many(
        line((x, y), end)
        for x, y, end in (
            (0.42, 0.36, (0.32, 0.33)),
            (0.42, 0.435, (0.3, 0.47)),
            (0.415, 0.6, (0.28, 0.58)),
            (0.435, 0.69, (0.31, 0.72)),
            (0.435, 0.755, (0.4, 0.82)),
        )
    )
    head = smooth(
        (0.42, 0.27), (0.41, 0.15), (0.45, 0.07), (0.55, 0.07), (0.59, 0.15), (0.58, 0.27)
    )
    parts = [
        fill(pair(paddle), "main", 0.4),
        fill(pair(flipper), "main", 0.45),
        fill(pair(spots), "light", 0.47),
        fill(poly((0.46, 0.86), (0.54, 0.86), (0.5, 0.96)), "main", 0.4),
        fill(head, "main", 0.5),
        fill(pair(oval(0.44, 0.13, 0.017, 0.026)), "dark", 0.55),
        fill(many((oval(0.5, 0.115, 0.022, 0.016), oval(0.5, 0.17, 0.03, 0.022))), "light", 0.55),
        fill(shell, "dark", 0.6),
        fill(inner, "second", 0.65),
        ink(resize(pair(seams), 0.94, 0.94, 0.5, 0.55), "light", 0.014, 0.7),
        fill(many(plates), "accent", 0.72),
        ink(many(plates), "light", 0.014, 0.74),
        ink(arc(0.5, 0.56, 0.215, 0.275, 195, 60), "light", 0.018, 0.76),
    ]
    tilt = rng.uniform(-24, 24)
    turned = change(parts, lambda path: turn(resize(path, 0.94, 0.94), tilt, 0.5, 0.5))
    return [
        fill(bubbles(rng, ((0.1, 0.62), (0.06, 0.72), (0.9, 0.76), (0.93, 0.66))), "light", 0.15),
        *turned,
    ]


OCEAN: tuple[Drawing, ...] = (whale, octopus, sea_turtle, jellyfish, reef_fish)
