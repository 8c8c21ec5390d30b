"""Music to play along with."""

from random import Random

import skia

from train.sample.motifs.games.shapes import shrunk, soft, svg
from train.sample.motifs.shapes import (
    arc,
    box,
    change,
    circle,
    cut,
    fill,
    ink,
    join,
    line,
    many,
    move,
    oval,
    pair,
    place,
    poly,
    resize,
    star,
    turn,
)
from train.sample.parts import Part, Tone


def _note(x: float, y: float, size: float, twin: bool = True) -> skia.Path:
    """One quaver or two joined ones about this wide."""
    head = oval(0.25, 0.78, 0.15, 0.11, -20)
    stem = box(0.34, 0.2, 0.06, 0.58)
    if twin:
        beam = poly((0.34, 0.2), (0.86, 0.1), (0.86, 0.25), (0.34, 0.35))
        shape = join(head, stem, oval(0.71, 0.7, 0.15, 0.11, -20), box(0.8, 0.12, 0.06, 0.58), beam)
    else:
        shape = join(head, stem, svg("M34 20 C44 34 64 38 58 62 C54 48 44 44 38 44Z"))
    return move(resize(shape, size, size), x - 0.5, y - 0.5)


def headphones(rng: Random) -> list[Part]:
    """Big headphones around a dancing equaliser and notes."""
    band = cut(
        svg(
            "M12 60 C8 22 28 5 50 5 C72 5 92 22 88 60 L80 60 C82 30 70 15 50 15 C30 15 18 30 20 60Z"
        ),
        box(2, 2, 0, 0),
    )
    levels = [
        rng.uniform(0.14, 0.24),
        rng.uniform(0.26, 0.4),
        rng.uniform(0.18, 0.3),
        rng.uniform(0.3, 0.44),
        rng.uniform(0.14, 0.28),
    ]
    bars = [box(0.325 + 0.075 * i, 0.86 - high, 0.05, high, 0.015) for i, high in enumerate(levels)]
    cup = svg("M74 54 C74 50 78 48 82 49 C92 50 97 58 97 69 C97 80 92 88 82 89 C78 90 74 88 74 84Z")
    return [
        fill(circle(0.5, 0.55, 0.36), "second", 0.1),
        ink(many((circle(0.5, 0.55, 0.28), circle(0.5, 0.55, 0.2))), "dark", 0.014, 0.12),
        fill(many(bars), "accent", 0.4),
        fill(
            many(
                box(0.325 + 0.075 * i, 0.86 - high, 0.05, 0.03, 0.01)
                for i, high in enumerate(levels)
            ),
            "light",
            0.45,
        ),
        fill(band, "dark", 0.5),
        fill(
            svg("M24 22 C32 10 42 5 50 5 C58 5 68 10 76 22 C68 15 60 12 50 12 C40 12 32 15 24 22Z"),
            "main",
            0.55,
        ),
        ink(svg("M32 12.5 C38 9 43 8 48 8"), "light", 0.016, 0.6),
        fill(pair(box(0.79, 0.44, 0.07, 0.12, 0.02)), "accent", 0.6),
        fill(pair(svg("M68 56 C68 52 72 50 76 52 L76 86 C72 88 68 86 68 82Z")), "dark", 0.65),
        fill(pair(cup), "main", 0.7),
        fill(pair(oval(0.87, 0.69, 0.055, 0.125)), "light", 0.75),
        fill(pair(oval(0.875, 0.69, 0.034, 0.085)), "dark", 0.76),
        fill(many((_note(0.5, 0.29, 0.24), _note(0.35, 0.38, 0.14, False))), "light", 0.8),
        fill(_note(0.68, 0.38, 0.14, False), "accent", 0.8),
    ]


def note_lanes(rng: Random) -> list[Part]:
    """Lanes of notes that run towards the reader, with targets to hit."""
    tones: tuple[Tone, ...] = ("main", "accent", "second", "main")

    def at(lane: float, far: float) -> tuple[float, float]:
        near = 1 / (1 + 2.6 * far)
        return 0.5 + (lane - 2) * (0.1 + 0.12 * near) * (
            0.45 + 0.55 * near
        ) / 0.995, 0.06 + 0.88 * (near - 0.278) / 0.722

    board = poly(at(0, 1), at(4, 1), at(4, 0), at(0, 0))
    gems: list[Part] = []
    rims: list[skia.Path] = []
    shines: list[skia.Path] = []
    for far in (0.84, 0.58, 0.38, 0.22, 0.1):
        size = 0.115 / (1 + 2.2 * far)
        for lane in rng.sample(range(4), 2 if far > 0.3 else 1):
            x, y = at(lane + 0.5, far)
            rims.append(oval(x, y + size * 0.24, size, size * 0.5))
            gems.append(fill(oval(x, y, size, size * 0.5), tones[lane], 0.9 - far * 0.5))
            shines.append(oval(x, y - size * 0.06, size * 0.4, size * 0.18))
    goals = [at(i + 0.5, 0.035) for i in range(4)]
    parts = [
        fill(star(0.5, 0.12, 0.13, 0.06, 12, rng.uniform(0, 30)), "accent", 0.1),
        fill(circle(0.5, 0.12, 0.05), "light", 0.12),
        fill(board, "dark", 0.2),
        ink(
            many(line(at(0, f), at(4, f)) for f in (0.72, 0.48, 0.3, 0.16, 0.06)),
            "second",
            0.014,
            0.25,
        ),
        ink(many(line(at(i, 1), at(i, 0)) for i in (1, 2, 3)), "light", 0.012, 0.25),
        ink(many((line(at(0, 1), at(0, 0)), line(at(4, 1), at(4, 0)))), "main", 0.035, 0.3),
        fill(
            many(_note(x, y, s) for x, y, s in ((0.14, 0.3, 0.2), (0.86, 0.24, 0.16))), "light", 0.3
        ),
        fill(_note(0.84, 0.5, 0.2, False), "accent", 0.3),
        fill(_note(0.1, 0.58, 0.13, False), "accent", 0.3),
        ink(many(oval(x, y, 0.088, 0.04) for x, y in goals), "light", 0.022, 0.5),
        fill(many(rims), "light", 0.55),
        *gems,
        fill(many(shines), "light", 0.9),
    ]
    return shrunk(parts, 0.96)


def star_guitar(rng: Random) -> list[Part]:
    """An electric guitar with strings, knobs and notes that fly off."""
    tilt = rng.uniform(24, 38)
    body = svg(
        "M42 54 C36 50 28 46 26 52 C24 58 32 64 30 70 C26 76 22 84 28 91 C34 97 44 96 50 96 C58 "
        "96 68 "
        "97 73 90 C78 83 72 76 69 70 C68 64 76 56 73 51 C70 47 62 50 58 55 L55 58 L45 58Z"
    )
    frets = [line((0.467, 0.5 - 0.055 * i), (0.533, 0.5 - 0.055 * i)) for i in range(7)]
    guitar = [
        fill(move(body, 0.012, 0.015), "dark", 0.4),
        fill(body, "main", 0.5),
        fill(
            svg("M55 62 C62 62 66 66 65 72 C70 78 72 84 67 88 C60 92 56 84 56 78Z"), "light", 0.55
        ),
        fill(box(0.463, 0.13, 0.074, 0.52, 0.01), "second", 0.6),
        ink(many(frets), "light", 0.013, 0.62),
        fill(svg("M46 14 L43 3 C48 -1 56 0 60 3 L54 14Z"), "dark", 0.6),
        fill(
            many(
                circle(x, y, 0.018)
                for x, y in (
                    (0.42, 0.04),
                    (0.43, 0.085),
                    (0.44, 0.125),
                    (0.6, 0.05),
                    (0.585, 0.09),
                    (0.565, 0.13),
                )
            ),
            "accent",
            0.6,
        ),
        fill(
            many((box(0.43, 0.67, 0.14, 0.04, 0.012), box(0.43, 0.76, 0.14, 0.04, 0.012))),
            "dark",
            0.65,
        ),
        fill(box(0.42, 0.85, 0.16, 0.035, 0.01), "accent", 0.65),
        ink(many(line((x, 0.12), (x, 0.865)) for x in (0.482, 0.5, 0.518)), "light", 0.012, 0.7),
        fill(many((circle(0.64, 0.78, 0.02), circle(0.655, 0.84, 0.02))), "dark", 0.7),
        ink(svg("M29 53 C31 58 35 62 34 67"), "light", 0.02, 0.7),
    ]
    parts = [
        fill(star(0.42, 0.68, 0.36, 0.2, 14, rng.uniform(0, 20)), "accent", 0.1),
        ink(many(arc(0.36, 0.74, r, r, 160, 80) for r in (0.31,)), "light", 0.02, 0.15),
        fill(_note(0.19, 0.2, 0.28), "second", 0.3),
        fill(_note(0.43, 0.16, 0.15, False), "light", 0.3),
        fill(_note(0.87, 0.58, 0.2, False), "second", 0.3),
        fill(_note(0.82, 0.84, 0.2), "light", 0.3),
        *change(guitar, lambda path: turn(path, tilt, 0.5, 0.58)),
    ]
    return shrunk(parts, 0.95)


def dance_boombox(rng: Random) -> list[Part]:
    """A boombox that pumps over a pad with arrows."""
    pump = rng.uniform(-0.012, 0.012)
    arrow = svg("M50 12 L84 50 L64 50 L64 88 L36 88 L36 50 L16 50Z")
    steps: tuple[tuple[float, float, Tone], ...] = (
        (0.2, 270, "accent"),
        (0.4, 180, "light"),
        (0.6, 0, "accent"),
        (0.8, 90, "light"),
    )
    pads = [place([fill(turn(arrow, angle), tone, 0.9)], x, 0.86, 0.15) for x, angle, tone in steps]
    cone = [circle(0.24, 0.52, r + pump) for r in (0.16, 0.125, 0.055)]
    return [
        ink(
            svg("M20 30 L20 16 C20 12 22 10 26 10 L74 10 C78 10 80 12 80 16 L80 30"),
            "dark",
            0.045,
            0.2,
        ),
        ink(many((line((0.82, 0.26), (0.92, 0.06)),)), "light", 0.02, 0.2),
        fill(soft(0.05, (0.04, 0.25), (0.96, 0.25), (0.96, 0.74), (0.04, 0.74)), "main", 0.4),
        fill(soft(0.02, (0.07, 0.275), (0.93, 0.275), (0.93, 0.35), (0.07, 0.35)), "dark", 0.45),
        fill(many(box(0.1 + 0.07 * i, 0.29, 0.05, 0.045, 0.01) for i in range(5)), "accent", 0.5),
        ink(many((line((0.5, 0.3125), (0.9, 0.3125)),)), "light", 0.014, 0.5),
        fill(circle(0.66 + 10 * pump, 0.3125, 0.024), "main", 0.52),
        fill(pair(cone[0]), "dark", 0.55),
        fill(pair(cone[1]), "second", 0.6),
        ink(pair(arc(0.24, 0.52, 0.095, 0.095, 180, 90)), "light", 0.016, 0.62),
        fill(pair(cone[2]), "dark", 0.65),
        fill(pair(circle(0.225, 0.505, 0.018)), "light", 0.66),
        fill(soft(0.02, (0.42, 0.4), (0.58, 0.4), (0.58, 0.52), (0.42, 0.52)), "light", 0.6),
        fill(many((circle(0.46, 0.46, 0.024), circle(0.54, 0.46, 0.024))), "dark", 0.62),
        fill(
            many(
                box(0.425 + 0.042 * i, 0.67 - high, 0.026, high)
                for i, high in enumerate((0.05, 0.1, 0.07, 0.11))
            ),
            "accent",
            0.62,
        ),
        fill(soft(0.03, (0.1, 0.77), (0.9, 0.77), (0.97, 0.96), (0.03, 0.96)), "dark", 0.7),
        *(part for pad in pads for part in pad),
    ]


RHYTHM_MUSIC = (headphones, note_lanes, star_guitar, dance_boombox)
