"""Fish, anglers and floats."""

from random import Random

import skia

from train.sample.motifs.games.shapes import svg
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
    line,
    many,
    oval,
    place,
    polar,
    ribbon,
    turn,
)
from train.sample.parts import Part


def _ripples(y: float, rng: Random, rows: int = 3) -> skia.Path:
    """Short wavelets on still water."""
    strokes = []
    for row in range(rows):
        for _ in range(3):
            x, wide = rng.uniform(0.08, 0.76), rng.uniform(0.08, 0.16)
            level = y + 0.055 * row
            strokes.append(curve((x, level), (x + wide / 2, level - 0.012), (x + wide, level)))
    return many(strokes)


def leaping_fish(rng: Random) -> list[Part]:
    """A bass that leaps from the water with the hook in its mouth."""
    bend = rng.uniform(-8, 6)
    body = svg(
        "M84 22 C78 10 60 8 46 18 C32 28 24 44 22 60 C20 66 14 70 8 72 C14 78 20 84 22 92 C28 86 "
        "31 80 33 74 C48 68 66 58 76 44 C80 38 84 32 84 22Z"
    )
    belly = svg(
        "M82 31 C74 34 64 44 54 54 C46 62 38 68 33 74 C48 68 66 58 76 44 C79 40 81 36 82 31Z"
    )
    dorsal = svg("M58 12 C48 6 36 8 28 16 L30 24 L24 30 L27 38 L22 44 C26 36 32 28 40 22Z")
    scales = [
        arc(x, y, 0.035, 0.035, 70, 150)
        for x, y in (
            (0.55, 0.26),
            (0.47, 0.32),
            (0.56, 0.36),
            (0.4, 0.4),
            (0.48, 0.44),
            (0.36, 0.5),
            (0.42, 0.54),
            (0.33, 0.6),
        )
    ]
    drops = [
        (0.5, 0.7, 0.022),
        (0.62, 0.72, 0.03),
        (0.1, 0.58, 0.025),
        (0.72, 0.64, 0.02),
        (0.06, 0.68, 0.018),
    ]
    fish = [
        fill(dorsal, "second", 0.5),
        fill(body, "main", 0.6),
        fill(belly, "light", 0.6),
        ink(many(scales), "dark", 0.014, 0.65),
        ink(svg("M8 73 C14 74 19 73 23 68 M21 90 C22 84 24 79 28 74"), "light", 0.014, 0.65),
        fill(svg("M58 44 C64 46 68 54 66 62 C58 60 52 54 52 48Z"), "second", 0.7),
        ink(svg("M64 17 C58 24 58 32 63 39"), "dark", 0.018, 0.7),
        fill(svg("M86 24 C82 26 76 27 73 25 L78 33 C82 32 85 29 86 24Z"), "dark", 0.7),
        fill(circle(0.735, 0.185, 0.036), "light", 0.7),
        fill(circle(0.74, 0.185, 0.018), "dark", 0.7),
    ]
    return [
        fill(circle(0.3, 0.3, 0.22), "accent", 0.05),
        fill(
            svg("M3 82 C16 76 26 84 40 79 C54 75 66 84 78 79 C86 76 92 78 97 80 L97 97 L3 97Z"),
            "second",
            0.2,
        ),
        ink(curve((0.97, 0.03), (0.9, 0.14), (0.86, 0.26)), "dark", 0.014, 0.4),
        *change(fish, lambda path: turn(path, bend, 0.4, 0.5)),
        ink(svg("M86 22 L86 30 C86 36 79 37 78 31"), "accent", 0.022, 0.8),
        fill(many(circle(*drop) for drop in drops), "light", 0.8),
        fill(
            svg(
                "M10 88 C12 80 8 76 6 70 C14 74 16 80 18 84 C20 78 28 76 34 70 C34 78 32 84 36 88Z"
            ),
            "light",
            0.85,
        ),
        fill(
            svg("M3 90 C16 84 26 92 40 87 C54 83 66 92 78 87 C86 84 92 86 97 88 L97 97 L3 97Z"),
            "main",
            0.9,
        ),
        ink(_ripples(0.94, rng, 1), "light", 0.014, 0.95),
    ]


def angler_in_boat(rng: Random) -> list[Part]:
    """Someone in a straw hat who fishes from a rowing boat, a fish below."""
    rod = rng.uniform(-0.04, 0.04)
    tip = (0.86, 0.12 + rod)
    hull = svg("M6 52 L74 52 C72 64 66 70 58 71 L22 71 C14 70 9 62 6 52Z")
    fish = svg("M60 86 C66 80 76 80 82 85 L88 80 L88 92 L82 88 C76 92 66 92 60 86Z")
    return [
        fill(circle(0.22, 0.2, 0.12), "accent", 0.05),
        fill(
            svg("M3 62 C14 44 26 42 34 54 C44 38 56 36 66 50 C76 42 88 46 97 60 L97 66 L3 66Z"),
            "second",
            0.1,
        ),
        fill(svg("M3 62 L97 62 L97 78 C97 90 90 97 78 97 L22 97 C10 97 3 90 3 78Z"), "dark", 0.2),
        fill(
            cut(
                box(0.03, 0.62, 0.94, 0.14),
                svg("M3 68 C20 64 40 70 60 66 C75 63 90 69 97 66 L97 80 L3 80Z"),
            ),
            "second",
            0.25,
        ),
        ink(line((tip[0], tip[1]), (tip[0], 0.78)), "light", 0.013, 0.3),
        fill(svg("M30 52 C30 38 34 30 42 30 C50 30 54 36 55 52Z"), "main", 0.5),
        ink(svg("M44 38 C50 44 54 44 58 42"), "main", 0.06, 0.55),
        fill(circle(0.425, 0.235, 0.07), "light", 0.5),
        fill(
            svg("M28 21 C36 17 49 17 57 21 C56 24 50 24 43 24 C36 24 29 24 28 21Z"), "accent", 0.6
        ),
        fill(svg("M35 20 C35 9 50 9 50 20Z"), "accent", 0.6),
        ink(svg("M35 18 C40 20 46 20 50 18"), "dark", 0.018, 0.6),
        ink(curve((0.55, 0.48), (0.68, 0.3 + rod * 0.5), tip), "dark", 0.02, 0.65),
        fill(circle(0.6, 0.42, 0.025), "dark", 0.65),
        fill(hull, "main", 0.7),
        fill(svg("M5 50 L75 50 L74 56 L7 56Z"), "light", 0.75),
        ink(svg("M12 62 L70 62"), "dark", 0.014, 0.75),
        ink(svg("M16 44 L32 60 L40 74"), "dark", 0.022, 0.8),
        ink(_ripples(0.75, rng, 2), "light", 0.014, 0.8),
        fill(circle(tip[0], 0.685, 0.035), "accent", 0.85),
        fill(clip(circle(tip[0], 0.685, 0.035), box(0.6, 0.69, 0.4, 0.1)), "light", 0.85),
        fill(fish, "accent", 0.8),
        fill(circle(0.66, 0.85, 0.014), "dark", 0.85),
        ink(svg("M72 82.5 C70 85 70 87 72 89.5"), "dark", 0.013, 0.85),
    ]


def float_and_fish(rng: Random) -> list[Part]:
    """A float on the water and a curious fish under it."""
    tilt = rng.uniform(-10, 10)
    bobber = [
        ink(line((0.5, 0.02), (0.5, 0.12)), "dark", 0.022, 0.7),
        fill(circle(0.5, 0.26, 0.15), "light", 0.7),
        fill(clip(circle(0.5, 0.26, 0.15), box(0.3, 0.05, 0.4, 0.2)), "main", 0.75),
        ink(line((0.352, 0.255), (0.648, 0.255)), "dark", 0.02, 0.75),
        fill(oval(0.44, 0.18, 0.026, 0.042, 30), "light", 0.8),
    ]
    body = svg(
        "M12 70 C18 56 36 50 52 54 C62 56 70 62 76 67 C82 60 88 57 95 56 C91 64 91 76 95 84 C88 "
        "83 82 80 76 74 C68 82 58 88 46 88 C30 90 18 84 12 74 L17 72Z"
    )
    return [
        fill(
            svg(
                "M3 36 C12 32 22 39 34 35 C46 32 56 39 68 35 C80 32 90 38 97 35 L97 78 C97 91 90 "
                "97 78 97 L22 97 C10 97 3 91 3 78Z"
            ),
            "dark",
            0.1,
        ),
        fill(
            svg(
                "M3 36 C12 32 22 39 34 35 C46 32 56 39 68 35 C80 32 90 38 97 35 L97 44 C88 48 78 "
                "42 66 45 C54 48 46 42 34 45 C22 48 12 42 3 45Z"
            ),
            "second",
            0.2,
        ),
        fill(
            svg(
                "M14 95 C15 86 11 84 15 76 C17 84 20 88 19 96Z M84 96 C86 88 82 84 87 76 C89 84 "
                "91 88 89 95Z M24 97 C25 90 23 90 27 86 C28 91 29 93 28 97Z"
            ),
            "second",
            0.3,
        ),
        *change(bobber, lambda path: turn(path, tilt, 0.5, 0.36)),
        ink(
            curve((0.5, 0.4), (0.47, 0.48), (0.3, 0.5), (0.2, 0.52), (0.12, 0.58)),
            "light",
            0.014,
            0.5,
        ),
        ink(svg("M12 57 L12 65 C12 70 5 70 5 65"), "light", 0.02, 0.55),
        fill(svg("M36 56 C42 44 56 46 64 58Z"), "second", 0.6),
        fill(body, "main", 0.7),
        fill(
            clip(svg("M12 76 C30 80 60 78 76 71 C68 84 58 90 46 90 C30 92 18 86 12 76Z"), body),
            "light",
            0.7,
        ),
        fill(svg("M44 74 C52 72 58 76 60 84 C52 86 46 82 44 74Z"), "second", 0.75),
        ink(svg("M36 58 C32 66 32 74 37 82"), "dark", 0.018, 0.75),
        ink(
            many(
                arc(x, y, 0.03, 0.03, -70, 140)
                for x, y in ((0.46, 0.62), (0.54, 0.66), (0.46, 0.7), (0.6, 0.6), (0.62, 0.71))
            ),
            "dark",
            0.014,
            0.75,
        ),
        ink(svg("M80 66 C85 64 88 62 91 61 M80 74 C85 76 88 78 91 80"), "light", 0.014, 0.75),
        fill(circle(0.25, 0.645, 0.042), "light", 0.8),
        fill(circle(0.245, 0.65, 0.022), "dark", 0.8),
        ink(
            many(
                circle(x, y, r)
                for x, y, r in ((0.08, 0.5, 0.018), (0.2, 0.44, 0.013), (0.86, 0.5, 0.02))
            ),
            "light",
            0.013,
            0.8,
        ),
        ink(
            many((arc(0.5, 0.37, 0.2, 0.025, 20, 140), arc(0.5, 0.375, 0.28, 0.04, 20, 140))),
            "light",
            0.014,
            0.85,
        ),
    ]


def rod_and_reel(rng: Random) -> list[Part]:
    """A bent rod with a big reel, a lure and the catch on the line."""
    bend = rng.uniform(-0.03, 0.04)
    tip = (0.9, 0.2 + bend)
    rod = ribbon(
        ((0.1, 0.94), (0.34, 0.6), (0.56, 0.28), (0.76, 0.1), tip), (0.05, 0.04, 0.03, 0.022, 0.016)
    )
    body = svg(
        "M50 10 C66 20 72 44 64 66 C60 74 56 78 54 82 L70 97 C60 94 54 95 50 92 C46 95 40 94 30 "
        "97 L46 82 C44 78 40 74 36 66 C28 44 34 20 50 10Z"
    )
    fish = [
        fill(
            svg(
                "M64 38 C76 40 80 52 78 62 C72 58 66 56 64 58Z M36 38 C26 42 24 52 26 60 C32 56 "
                "35 56 36 58Z"
            ),
            "second",
            0.7,
        ),
        fill(body, "main", 0.75),
        fill(clip(svg("M50 10 C40 30 42 66 50 84 L20 84 L20 10Z"), body), "light", 0.77),
        ink(
            many(
                arc(x, y, 0.045, 0.045, 10, 150)
                for x, y in ((0.56, 0.42), (0.6, 0.52), (0.53, 0.54), (0.57, 0.64))
            ),
            "dark",
            0.024,
            0.78,
        ),
        ink(svg("M37 32 C44 37 56 37 63 32"), "dark", 0.026, 0.78),
        fill(circle(0.56, 0.23, 0.045), "light", 0.8),
        fill(circle(0.56, 0.23, 0.022), "dark", 0.82),
    ]
    caught = change(place(fish, 0.8, 0.66, 0.5), lambda path: turn(path, 80 * bend, tip[0], 0.42))
    rings = ((0.34, 0.6), (0.47, 0.41), (0.62, 0.22), (0.77, 0.105))
    return [
        fill(circle(0.62, 0.5, 0.34), "second", 0.05),
        ink(many(arc(0.62, 0.5, 0.27, 0.27, a, 50) for a in (100, 190, 290)), "light", 0.014, 0.1),
        ink(curve(tip, (0.86, 0.32), (0.8, 0.45)), "light", 0.014, 0.4),
        *caught,
        fill(rod, "dark", 0.6),
        ink(line((0.09, 0.95), (0.2, 0.8)), "accent", 0.055, 0.65),
        ink(
            many(
                line((x, y), (x + 0.03, y + 0.024))
                for x, y in ((0.1, 0.9), (0.135, 0.855), (0.17, 0.81))
            ),
            "dark",
            0.014,
            0.66,
        ),
        ink(many(circle(x + 0.022, y + 0.016, 0.02) for x, y in rings), "accent", 0.014, 0.66),
        ink(
            curve((0.36, 0.77), (0.36, 0.62), (0.5, 0.43), (0.64, 0.24), (0.79, 0.12), tip),
            "light",
            0.013,
            0.55,
        ),
        fill(turn(box(0.25, 0.68, 0.12, 0.05, 0.02), -40, 0.31, 0.7), "dark", 0.68),
        fill(circle(0.385, 0.8, 0.15), "dark", 0.7),
        fill(circle(0.385, 0.8, 0.118), "main", 0.75),
        fill(circle(0.385, 0.8, 0.075), "light", 0.78),
        fill(
            many(circle(*polar(0.385, 0.8, 0.096, 60 * i), 0.013) for i in range(6)), "dark", 0.78
        ),
        ink(line((0.385, 0.8), (0.53, 0.88)), "dark", 0.03, 0.8),
        fill(turn(box(0.5, 0.85, 0.09, 0.07, 0.025), 28, 0.545, 0.885), "accent", 0.85),
        fill(circle(0.385, 0.8, 0.03), "accent", 0.82),
    ]


FISHING = (leaping_fish, angler_in_boat, float_and_fish, rod_and_reel)
