"""Drawings of picture books: open on a spread, popping up, standing and in a pile."""

from random import Random

import skia

from train.sample.motifs.baby.shapes import cloud
from train.sample.motifs.shapes import (
    arc,
    bow,
    box,
    change,
    circle,
    clip,
    crescent,
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
    poly,
    ribbon,
    smooth,
    star,
    trace,
    turn,
)
from train.sample.parts import Part, Tone


def _page(out: float, top: float, low: float, bulge: float) -> skia.Path:
    """The left page of a spread: it rises from the gutter and falls to the edge."""
    return trace(
        (0.5, top),
        (0.42, top - bulge, 0.24, top - bulge * 1.1, 0.5 - out, top - 0.02),
        (0.5 - out, low - 0.02),
        (0.24, low - bulge * 1.1, 0.42, low - bulge, 0.5, low),
    )


def open_book(rng: Random) -> list[Part]:
    """A spread held open: a hill and a house on one page, a bear and words on the other."""
    bulge = rng.uniform(0.08, 0.11)
    low = 0.84
    top = rng.uniform(0.27, 0.31)
    left = _page(0.42, top, low, bulge)
    cover = join(
        box(0.04, top - 0.04, 0.92, low - top + 0.05, 0.02),
        box(0.44, top, 0.12, low - top + 0.06, 0.02),
    )
    inside = _page(0.39, top + 0.03, low - 0.03, bulge)
    hill = clip(oval(0.22, low - 0.06, 0.26, 0.17), inside)
    sun_x = rng.uniform(0.2, 0.3)
    sun = circle(sun_x, top + 0.08, 0.055)
    rays = many(
        line(polar(sun_x, top + 0.08, 0.075, a), polar(sun_x, top + 0.08, 0.1, a))
        for a in range(0, 360, 45)
    )
    house = many((box(0.2, 0.56, 0.13, 0.1), box(0.29, 0.5, 0.03, 0.06)))
    roof = poly((0.17, 0.57), (0.265, 0.475), (0.36, 0.57))
    x, y = 0.71, 0.42
    bear = join(
        circle(x, y, 0.105), circle(x - 0.085, y - 0.08, 0.045), circle(x + 0.085, y - 0.08, 0.045)
    )
    words = many(
        (
            curve((0.57, 0.61), (0.7, 0.57), (0.85, 0.59)),
            curve((0.57, 0.67), (0.7, 0.63), (0.85, 0.65)),
            curve((0.57, 0.73), (0.65, 0.7), (0.76, 0.695)),
        )
    )
    edges = many(
        curve(
            (0.5, low + d),
            (
                0.42,
                low - bulge + d,
            ),
            (0.24, low - bulge + d),
            (0.08, low - 0.02 + d),
        )
        for d in (0.012,)
    )
    return [
        fill(cover, "main", 0.3),
        fill(move(left, 0, 0.022), "second", 0.36),
        fill(move(mirror(left), 0, 0.022), "second", 0.36),
        ink(pair(edges), "light", 0.013, 0.4),
        fill(left, "light", 0.45),
        fill(mirror(left), "light", 0.45),
        fill(hill, "main", 0.5),
        ink(curve((0.28, 0.67), (0.25, 0.71), (0.3, 0.75)), "light", 0.024, 0.52),
        fill(house, "second", 0.52),
        fill(roof, "accent", 0.54),
        fill(box(0.245, 0.6, 0.04, 0.06, 0.01), "light", 0.55),
        fill(sun, "accent", 0.5),
        ink(rays, "accent", 0.014, 0.5),
        fill(bear, "main", 0.55),
        fill(oval(x, y + 0.04, 0.052, 0.04), "light", 0.57),
        fill(
            many(
                (
                    circle(x - 0.04, y - 0.015, 0.014),
                    circle(x + 0.04, y - 0.015, 0.014),
                    oval(x, y + 0.025, 0.018, 0.013),
                )
            ),
            "dark",
            0.58,
        ),
        ink(words, "dark", 0.018, 0.55),
        ink(line((0.5, top + 0.01), (0.5, low)), "dark", 0.014, 0.6),
        fill(
            ribbon(((0.5, low - 0.03), (0.53, 0.88), (0.515, 0.945)), (0.03, 0.034, 0.03)),
            "accent",
            0.7,
        ),
    ]


def pop_up_book(rng: Random) -> list[Part]:
    """A pop-up book whose pages have become waves with a boat and a whale."""
    drift = rng.uniform(-0.04, 0.04)
    base = trace(
        (0.04, 0.78),
        (0.2, 0.6),
        (0.8, 0.6),
        (0.96, 0.78),
        (0.94, 0.9),
        (0.7, 0.86, 0.56, 0.88, 0.5, 0.93),
        (0.44, 0.88, 0.3, 0.86, 0.06, 0.9),
    )
    page = trace(
        (0.07, 0.78), (0.22, 0.62), (0.49, 0.64), (0.5, 0.88), (0.44, 0.83, 0.26, 0.82, 0.07, 0.84)
    )

    def wave(y: float, shift: float, height: float) -> skia.Path:
        points = [(0.16 + i * 0.113 + shift, y + (0.0 if i % 2 else height)) for i in range(7)]
        return smooth(
            (0.14, y + 0.14), (0.14, y + 0.14), *points, (0.86, y + 0.14), (0.86, y + 0.14)
        )

    x = 0.47 + drift
    hull = trace(
        (x - 0.19, 0.47),
        (x + 0.19, 0.47),
        (x + 0.16, 0.58, x + 0.12, 0.6, x + 0.1, 0.6),
        (x - 0.1, 0.6),
        (x - 0.13, 0.6, x - 0.17, 0.55, x - 0.19, 0.47),
    )
    sail = trace(
        (x + 0.02, 0.12), (x + 0.12, 0.2, x + 0.18, 0.32, x + 0.18, 0.43), (x + 0.02, 0.43)
    )
    jib = trace(
        (x - 0.03, 0.18),
        (x - 0.03, 0.43),
        (x - 0.17, 0.43),
        (x - 0.14, 0.34, x - 0.09, 0.24, x - 0.03, 0.18),
    )
    flag = poly((x, 0.07), (x - 0.1, 0.105), (x, 0.14))
    whale = smooth(
        (0.68, 0.67), (0.7, 0.58), (0.78, 0.55), (0.86, 0.58), (0.88, 0.67), (0.78, 0.71)
    )
    spout = many(
        (
            curve((0.77, 0.54), (0.77, 0.48), (0.72, 0.47)),
            curve((0.77, 0.54), (0.77, 0.48), (0.82, 0.47)),
        )
    )
    side = rng.choice((0.14, 0.18))
    return [
        fill(cloud(side, 0.22, 0.2), "light", 0.15),
        fill(cloud(0.84, 0.32, 0.17), "light", 0.15),
        fill(circle(0.8, 0.16, 0.06), "accent", 0.1),
        fill(base, "main", 0.3),
        fill(page, "light", 0.34),
        fill(mirror(page), "light", 0.34),
        fill(wave(0.52, 0.0, 0.045), "second", 0.4),
        ink(line((x, 0.07), (x, 0.48)), "dark", 0.018, 0.45),
        fill(flag, "accent", 0.46),
        fill(sail, "light", 0.48),
        fill(clip(sail, box(0, 0.27, 1, 0.07)), "accent", 0.49),
        fill(jib, "main", 0.48),
        fill(hull, "main", 0.5),
        fill(many(circle(x + d, 0.525, 0.018) for d in (-0.08, 0.0, 0.08)), "light", 0.52),
        fill(wave(0.6, 0.03, 0.04), "main", 0.6),
        fill(whale, "accent", 0.64),
        fill(circle(0.735, 0.63, 0.014), "dark", 0.66),
        ink(spout, "accent", 0.018, 0.64),
        fill(wave(0.69, -0.02, 0.04), "second", 0.7),
        ink(
            many(arc(0.25 + i * 0.17, 0.8, 0.04, 0.025, 200, 140) for i in range(4)),
            "light",
            0.014,
            0.74,
        ),
    ]


def board_book(rng: Random) -> list[Part]:
    """A thick board book standing a little open, a sleepy animal on its cover."""
    front = trace(
        (0.2, 0.12),
        (0.72, 0.07),
        (0.74, 0.07, 0.75, 0.08, 0.75, 0.1),
        (0.75, 0.9),
        (0.75, 0.92, 0.74, 0.93, 0.72, 0.93),
        (0.2, 0.88),
    )
    pages = [
        trace(
            (0.72, 0.1 + i * 0.012),
            (0.8 + i * 0.045, 0.13 + i * 0.014),
            (0.8 + i * 0.045, 0.86 - i * 0.014),
            (0.72, 0.9 - i * 0.012),
        )
        for i in range(3)
    ]
    spine = trace(
        (0.2, 0.12),
        (0.13, 0.16),
        (0.11, 0.17, 0.1, 0.18, 0.1, 0.2),
        (0.1, 0.8),
        (0.1, 0.83, 0.11, 0.84, 0.13, 0.85),
        (0.2, 0.88),
    )
    x, y = 0.475, 0.56
    fox = rng.random() < 0.5
    if fox:
        head = smooth(
            (x - 0.2, y - 0.05),
            (x - 0.1, y - 0.13),
            (x + 0.1, y - 0.13),
            (x + 0.2, y - 0.05),
            (x + 0.1, y + 0.12),
            (x, y + 0.19),
            (x - 0.1, y + 0.12),
        )
        ear = trace((x - 0.19, y - 0.02), (x - 0.18, y - 0.26), (x - 0.03, y - 0.12))
        cheek = smooth(
            (x - 0.19, y), (x - 0.08, y + 0.01), (x, y + 0.15), (x, y + 0.18), (x - 0.1, y + 0.12)
        )
    else:
        head = oval(x, y, 0.19, 0.17)
        ear = ribbon(
            ((x - 0.08, y - 0.12), (x - 0.12, y - 0.22), (x - 0.11, y - 0.29)), (0.09, 0.1, 0.07)
        )
        cheek = oval(x - 0.045, y + 0.08, 0.06, 0.05)
    frame = trace((0.26, 0.275), (0.69, 0.25), (0.69, 0.85), (0.26, 0.82))
    stars = many(
        (
            star(0.32, 0.36, 0.04, 0.018, 5),
            star(0.64, 0.34, 0.034, 0.015, 5),
            circle(0.31, 0.74, 0.018),
            circle(0.64, 0.75, 0.022),
        )
    )
    return [
        fill(pages[2], "second", 0.2),
        fill(pages[1], "light", 0.25),
        ink(line((0.843, 0.19), (0.843, 0.82)), "dark", 0.012, 0.26),
        fill(pages[0], "light", 0.3),
        fill(spine, "second", 0.4),
        ink(
            many((line((0.12, 0.28), (0.18, 0.265)), line((0.12, 0.74), (0.18, 0.75)))),
            "light",
            0.018,
            0.42,
        ),
        fill(front, "main", 0.45),
        ink(curve((0.225, 0.15), (0.225, 0.5), (0.225, 0.85)), "light", 0.013, 0.47),
        fill(turn(box(0.3, 0.16, 0.35, 0.06, 0.02), -3, 0.475, 0.19), "light", 0.5),
        fill(frame, "second", 0.5),
        fill(stars, "accent", 0.54),
        fill(pair(ear, x), "main", 0.56),
        fill(head, "main", 0.58),
        fill(pair(cheek, x), "light", 0.6),
        ink(pair(arc(x - 0.085, y - 0.005, 0.035, 0.028, 15, 150), x), "dark", 0.016, 0.64),
        fill(oval(x, y + (0.165 if fox else 0.05), 0.032, 0.024), "dark", 0.66),
        fill(turn(box(x - 0.13, 0.765, 0.26, 0.05, 0.02), 2, x, 0.8), "accent", 0.62),
    ]


def book_pile(rng: Random) -> list[Part]:
    """A pile of books with one leaning on it and a ladybird on top."""
    tones: list[Tone] = ["main", "second", "accent"]
    rng.shuffle(tones)
    parts: list[Part] = []
    y = 0.93
    for i in range(3):
        h = rng.uniform(0.125, 0.155)
        x, w = 0.06 + rng.uniform(0, 0.05), rng.uniform(0.56, 0.62)
        parts += [
            fill(box(x, y - h, w, h, 0.025), tones[i], 0.3 + i * 0.05),
            fill(box(x + 0.05, y - h + 0.028, w, h - 0.056, 0.006), "light", 0.32 + i * 0.05),
            ink(line((x + 0.13, y - h / 2), (x + w, y - h / 2)), "dark", 0.012, 0.33 + i * 0.05),
        ]
        y -= h
    angle = rng.uniform(11, 15)
    picture = [
        fill(box(0.565, 0.15, 0.42, 0.62, 0.02), "light", 0.58),
        fill(box(0.53, 0.13, 0.43, 0.65, 0.03), "main", 0.6),
        fill(box(0.53, 0.13, 0.055, 0.65, 0.025), "dark", 0.62),
        fill(box(0.63, 0.185, 0.28, 0.05, 0.02), "light", 0.64),
        fill(circle(0.77, 0.46, 0.16), "second", 0.64),
        fill(crescent(0.75, 0.46, 0.12, 0), "light", 0.66),
        fill(star(0.83, 0.42, 0.055, 0.025, 5), "accent", 0.67),
        fill(box(0.68, 0.68, 0.18, 0.035, 0.015), "accent", 0.64),
    ]
    x = rng.uniform(0.24, 0.32)
    feelers = (
        line((x - 0.09, y - 0.06), (x - 0.14, y - 0.13)),
        line((x - 0.11, y - 0.04), (x - 0.18, y - 0.08)),
    )
    bug = [
        ink(many(feelers), "dark", 0.014, 0.5),
        fill(circle(x - 0.1, y - 0.05, 0.052), "dark", 0.5),
        fill(bow(x, y, 0.13, 0.165, 180), "accent", 0.52),
        fill(
            many(
                circle(x + a, y - b, 0.024) for a, b in ((-0.055, 0.06), (0.0, 0.115), (0.06, 0.05))
            ),
            "dark",
            0.54,
        ),
    ]
    leaning = change(picture, lambda path: move(turn(path, -angle, 0.74, 0.78), -0.01, 0.1))
    return parts + bug + leaning
