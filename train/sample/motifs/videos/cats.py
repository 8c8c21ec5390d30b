"""Drawings of cats."""

from random import Random

from train.sample.motifs.shapes import (
    box,
    circle,
    clip,
    curve,
    fill,
    ink,
    join,
    many,
    mirror,
    move,
    oval,
    pair,
    poly,
    ribbon,
    smooth,
    turn,
)
from train.sample.motifs.videos.cats_play import cat_and_yarn, cat_in_box
from train.sample.parts import Drawing, Part


def cat_curled(rng: Random) -> list[Part]:
    """A cat asleep in a ring on a cushion, seen from above."""
    dent = rng.uniform(-0.02, 0.02)
    cushion = smooth(
        (0.06, 0.42),
        (0.16, 0.2),
        (0.5, 0.13),
        (0.84, 0.2),
        (0.95, 0.45),
        (0.92, 0.74),
        (0.5, 0.9 + dent),
        (0.09, 0.76),
    )
    hollow = oval(0.51, 0.51, 0.37, 0.32)
    body = smooth(
        (0.2, 0.52),
        (0.24, 0.3),
        (0.48, 0.2),
        (0.74, 0.27),
        (0.85, 0.5),
        (0.77, 0.72),
        (0.56, 0.8),
        (0.32, 0.75),
    )
    tail = ribbon(
        [(0.8, 0.52), (0.76, 0.72), (0.56, 0.815), (0.36, 0.8), (0.2, 0.68)],
        [0.06, 0.1, 0.11, 0.1, 0.05],
    )
    stripes = many(
        ribbon([(0.5 + dx, 0.21 + dy), (0.5 + dx * 0.62, 0.34 + dy * 0.4)], [0.045, 0.012])
        for dx, dy in ((-0.14, 0.03), (-0.01, 0.0), (0.13, 0.02), (0.25, 0.1))
    )
    spiral = curve((0.62, 0.47), (0.69, 0.54), (0.66, 0.65), (0.55, 0.7))
    head = _sleeping_head()
    parts = [
        fill(move(cushion, 0.0, 0.04), "dark", 0.15),
        fill(cushion, "second", 0.2),
        fill(hollow, "dark", 0.25),
        fill(move(body, 0.0, 0.01), "main", 0.5),
        fill(stripes, "dark", 0.55),
        ink(spiral, "dark", 0.016, 0.55),
        fill(tail, "main", 0.65),
        ink(curve((0.745, 0.69), (0.6, 0.755), (0.42, 0.75), (0.27, 0.67)), "dark", 0.016, 0.65),
        fill(clip(tail, box(0.1, 0.58, 0.17, 0.3)), "light", 0.68),
    ]
    tilt = rng.uniform(-12, 10)
    return parts + [
        Part(turn(part.path, tilt, 0.4, 0.55), part.tone, part.stroke, part.depth) for part in head
    ]


def _sleeping_head() -> list[Part]:
    ears = many(
        (
            smooth(
                (0.255, 0.5), (0.255, 0.5), (0.25, 0.34), (0.25, 0.34), (0.38, 0.42), (0.38, 0.42)
            ),
            smooth(
                (0.43, 0.42), (0.43, 0.42), (0.56, 0.35), (0.56, 0.35), (0.555, 0.5), (0.555, 0.5)
            ),
        )
    )
    inner = many(
        (
            poly((0.28, 0.47), (0.275, 0.385), (0.345, 0.43)),
            poly((0.465, 0.43), (0.535, 0.393), (0.53, 0.47)),
        )
    )
    head = smooth(
        (0.25, 0.53),
        (0.31, 0.42),
        (0.41, 0.4),
        (0.5, 0.42),
        (0.56, 0.53),
        (0.5, 0.64),
        (0.405, 0.665),
        (0.3, 0.64),
    )
    lids = many(
        (
            curve((0.3, 0.53), (0.335, 0.555), (0.37, 0.53)),
            curve((0.44, 0.53), (0.475, 0.555), (0.51, 0.53)),
        )
    )
    return [
        fill(ears, "main", 0.78),
        fill(inner, "accent", 0.8),
        fill(oval(0.405, 0.555, 0.175, 0.14), "dark", 0.75),
        fill(head, "main", 0.8),
        fill(oval(0.405, 0.61, 0.075, 0.045), "light", 0.85),
        ink(lids, "dark", 0.02, 0.9),
        fill(poly((0.383, 0.58), (0.427, 0.58), (0.405, 0.605)), "accent", 0.9),
    ]


def cat_at_window(rng: Random) -> list[Part]:
    """A cat seen from behind that sits on a sill and watches a bird through the window."""
    sway = rng.uniform(-0.05, 0.05)
    body = smooth(
        (0.5, 0.36),
        (0.62, 0.41),
        (0.69, 0.55),
        (0.745, 0.74),
        (0.7, 0.86),
        (0.7, 0.86),
        (0.3, 0.86),
        (0.3, 0.86),
        (0.255, 0.74),
        (0.31, 0.55),
        (0.38, 0.41),
    )
    ear = poly((0.35, 0.32), (0.335, 0.11), (0.48, 0.21), (0.45, 0.32))
    head = join(
        smooth(
            (0.345, 0.31),
            (0.4, 0.2),
            (0.5, 0.185),
            (0.6, 0.2),
            (0.655, 0.31),
            (0.6, 0.41),
            (0.5, 0.435),
            (0.4, 0.41),
        ),
        ear,
        mirror(ear),
    )
    cat = join(body, head)
    tail = ribbon(
        [(0.62, 0.84), (0.78, 0.85), (0.86, 0.76 + sway), (0.8, 0.63 + sway), (0.88, 0.54 + sway)],
        [0.1, 0.1, 0.085, 0.075, 0.05],
    )
    stripes = many(
        (
            *(
                ribbon([(0.5 - w, y - 0.03), (0.5, y), (0.5 + w, y - 0.03)], [0.012, 0.035, 0.012])
                for y, w in ((0.5, 0.09), (0.59, 0.12), (0.68, 0.14))
            ),
            *(ribbon([(x, 0.2), (x, 0.29)], [0.02, 0.012]) for x in (0.455, 0.5, 0.545)),
        )
    )
    return [
        *_window(rng),
        fill(tail, "main", 0.6),
        fill(clip(tail, circle(0.87, 0.55 + sway, 0.075)), "dark", 0.62),
        fill(cat, "main", 0.7),
        fill(pair(poly((0.365, 0.24), (0.353, 0.15), (0.425, 0.205))), "dark", 0.72),
        fill(stripes, "dark", 0.75),
        ink(curve((0.375, 0.405), (0.5, 0.455), (0.625, 0.405)), "dark", 0.016, 0.75),
        ink(
            many(
                (
                    curve((0.4, 0.85), (0.36, 0.75), (0.385, 0.66)),
                    curve((0.6, 0.85), (0.64, 0.75), (0.615, 0.66)),
                )
            ),
            "dark",
            0.016,
            0.75,
        ),
    ]


def _window(rng: Random) -> list[Part]:
    x = rng.choice((0.2, 0.24))
    bird = smooth(
        (x - 0.08, 0.27),
        (x - 0.02, 0.21),
        (x + 0.05, 0.23),
        (x + 0.07, 0.3),
        (x + 0.02, 0.36),
        (x - 0.05, 0.36),
        (x - 0.14, 0.42),
        (x - 0.14, 0.42),
    )
    return [
        fill(box(0.06, 0.05, 0.88, 0.84, 0.03), "second", 0.05),
        fill(many((box(0.11, 0.1, 0.365, 0.74), box(0.525, 0.1, 0.365, 0.74))), "light", 0.08),
        ink(curve((0.09, 0.42), (x, 0.38), (0.34, 0.42), (0.47, 0.4)), "dark", 0.018, 0.15),
        fill(bird, "accent", 0.2),
        fill(poly((x + 0.06, 0.26), (x + 0.115, 0.285), (x + 0.06, 0.305)), "dark", 0.2),
        fill(circle(x + 0.025, 0.265, 0.012), "dark", 0.22),
        fill(box(0.02, 0.85, 0.96, 0.09, 0.02), "second", 0.4),
        fill(box(0.02, 0.85, 0.96, 0.025, 0.012), "dark", 0.4),
    ]


CATS: tuple[Drawing, ...] = (cat_curled, cat_at_window, cat_in_box, cat_and_yarn)
