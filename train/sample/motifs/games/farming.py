"""Farms and their animals."""

from random import Random

import skia

from train.sample.motifs.games.shapes import shrunk, svg
from train.sample.motifs.shapes import (
    box,
    change,
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
    pair,
    place,
    polar,
    resize,
    ribbon,
    turn,
)
from train.sample.parts import Part


def _crop(x: float, y: float, size: float) -> skia.Path:
    """A young plant with two leaves on the ground line."""
    leaf = svg("M50 98 C44 78 26 66 8 68 C14 88 32 98 50 98Z")
    sprout = many((leaf, resize(leaf, -1, 1), svg("M46 98 C46 70 48 56 50 46 C52 56 54 70 54 98Z")))
    return move(resize(sprout, size, size, 0.5, 0.98), x - 0.5, y - 0.98)


def barn(rng: Random) -> list[Part]:
    """A barn with a silo behind rows of crops and a fence."""
    silo = rng.uniform(0.16, 0.22)
    furrows = [
        svg(f"M{44 + 2 * i} 74 L{50 + 2 * i} 74 L{x + 9} 96 L{x - 3} 96Z")
        for i, x in enumerate((6, 24, 42, 60, 78))
    ]
    walls = svg("M30 40 L39 23 L58 13 L77 23 L86 40 L86 74 L30 74Z")
    roof = svg("M25 44 L36 21 L58 9 L80 21 L91 44 L86 46 L76 26 L58 16.5 L40 26 L30 46Z")
    door = box(0.45, 0.5, 0.26, 0.24)
    return [
        fill(circle(0.16, 0.24, 0.1), "accent", 0.05),
        fill(svg("M4 74 C14 60 30 62 40 68 L96 66 L96 78 L4 78Z"), "second", 0.1),
        fill(box(0.11, silo + 0.1, 0.17, 0.66 - silo), "light", 0.2),
        fill(
            svg(
                f"M9 {100 * silo + 11} C9 {100 * silo - 5} 30 {100 * silo - 5} 30 "
                f"{100 * silo + 11}Z"
            ),
            "second",
            0.25,
        ),
        ink(
            many(line((0.11, y), (0.28, y)) for y in (silo + 0.2, silo + 0.3, silo + 0.4)),
            "dark",
            0.013,
            0.25,
        ),
        fill(walls, "main", 0.4),
        ink(
            many(line((0.345 + 0.06 * i, 0.42), (0.345 + 0.06 * i, 0.74)) for i in range(9)),
            "dark",
            0.012,
            0.4,
        ),
        fill(roof, "dark", 0.5),
        ink(svg("M30 42 L39.5 24.5 L58 14.5 L76.5 24.5 L86 42"), "light", 0.014, 0.5),
        fill(circle(0.58, 0.335, 0.075), "light", 0.5),
        fill(pair(box(0.585, 0.29, 0.045, 0.09, 0.01), 0.58), "dark", 0.5),
        fill(door, "light", 0.55),
        fill(pair(box(0.595, 0.515, 0.1, 0.225), 0.58), "second", 0.6),
        ink(
            pair(many((line((0.6, 0.52), (0.69, 0.735)), line((0.69, 0.52), (0.6, 0.735)))), 0.58),
            "light",
            0.02,
            0.6,
        ),
        fill(box(0.04, 0.74, 0.92, 0.22, 0.03), "dark", 0.7),
        fill(clip(many(furrows), box(0.04, 0.745, 0.92, 0.21)), "second", 0.75),
        fill(
            many(
                _crop(x, y, 0.11)
                for x, y in ((0.12, 0.94), (0.3, 0.95), (0.49, 0.95), (0.68, 0.95), (0.87, 0.94))
            ),
            "accent",
            0.9,
        ),
        fill(many(_crop(x, 0.84, 0.08) for x in (0.27, 0.4, 0.53, 0.66, 0.79)), "light", 0.8),
    ]


def tractor(rng: Random) -> list[Part]:
    """A tractor from the side on a field."""
    big = rng.uniform(0.215, 0.235)
    puff = [(0.72, 0.16, 0.035), (0.78, 0.1, 0.045), (0.87, 0.07, 0.035)]
    lugs = [box(0.31 - 0.028, 0.68 - big - 0.022, 0.056, 0.05, 0.01) for _ in range(14)]
    tyre = join(
        circle(0.31, 0.68, big), *(turn(p, 360 / 14 * i, 0.31, 0.68) for i, p in enumerate(lugs))
    )
    nubs = [
        turn(box(0.78 - 0.02, 0.775 - 0.15, 0.04, 0.04, 0.008), 30 * i, 0.78, 0.775)
        for i in range(12)
    ]
    small = join(circle(0.78, 0.775, 0.138), *nubs)
    return [
        fill(many(circle(x, y, r) for x, y, r in puff), "light", 0.1),
        fill(svg("M3 88 C20 84 80 86 97 88 L97 96 L3 96Z"), "second", 0.2),
        fill(many(_crop(0.08 + 0.12 * i, 0.975, 0.1) for i in range(8)), "accent", 0.95),
        fill(box(0.685, 0.2, 0.04, 0.24, 0.01), "dark", 0.3),
        fill(box(0.675, 0.18, 0.06, 0.06, 0.01), "dark", 0.3),
        fill(svg("M22 12 L58 12 C60 12 61 14 61 16 L19 16 C19 14 20 12 22 12Z"), "main", 0.5),
        fill(svg("M24 16 L57 16 L60 48 L20 56Z"), "light", 0.4),
        ink(svg("M24 16 L20 56 M57 16 L60 48 M42 16 L42 50"), "dark", 0.024, 0.45),
        fill(svg("M36 34 C42 31 44 36 43 42 L42 56 L30 56 C28 48 30 38 36 34Z"), "second", 0.42),
        ink(svg("M52 50 L56 36 M50 36 L60 39"), "dark", 0.02, 0.45),
        fill(
            svg("M14 54 L56 46 L88 45 C93 46 94 50 94 55 L94 71 L64 74 L52 80 L14 80Z"), "main", 0.6
        ),
        fill(svg("M62 49 L86 48 C89 48 90 50 90 52 L62 54Z"), "light", 0.65),
        fill(svg("M64 60 L94 58 L94 71 L64 74Z"), "dark", 0.65),
        ink(
            many(line((0.68 + 0.06 * i, 0.625), (0.68 + 0.06 * i, 0.71)) for i in range(4)),
            "second",
            0.02,
            0.65,
        ),
        fill(circle(0.93, 0.53, 0.033), "accent", 0.7),
        fill(
            svg(
                "M6 62 C8 48 20 40 32 40 C46 40 54 50 56 62 L50 62 C47 52 41 47 32 47 C22 47 15 "
                "53 12 62Z"
            ),
            "second",
            0.7,
        ),
        fill(tyre, "dark", 0.8),
        fill(circle(0.31, 0.68, big * 0.62), "accent", 0.85),
        fill(circle(0.31, 0.68, big * 0.42), "light", 0.85),
        fill(
            many(circle(*polar(0.31, 0.68, big * 0.29, 72 * i), 0.018) for i in range(5)),
            "dark",
            0.85,
        ),
        fill(small, "dark", 0.8),
        fill(circle(0.78, 0.775, 0.08), "accent", 0.85),
        fill(circle(0.78, 0.775, 0.04), "light", 0.85),
    ]


def harvest_carrot(rng: Random) -> list[Part]:
    """A big carrot half out of the soil between two others."""
    lean = rng.uniform(-8, 8)

    def carrot(x: float, top: float, size: float, angle: float, depth: float) -> list[Part]:
        root = svg(
            "M28 38 C28 28 42 26 50 28 C58 26 72 28 72 38 C72 58 58 84 51 99 L49 99 C42 84 28 58 "
            "28 38Z"
        )
        leaves = [
            ribbon(
                ((0.5, 0.32), polar(0.5, 0.32, 0.17, a), polar(0.5, 0.3, 0.33, a * 0.9 - 9)),
                (0.035, 0.1, 0.02),
            )
            for a in (-128, -106, -74, -52)
        ]
        parts = [
            fill(many(leaves), "second", depth),
            fill(
                ribbon(((0.5, 0.32), (0.49, 0.16), (0.5, 0.02)), (0.04, 0.11, 0.02)),
                "second",
                depth,
            ),
            ink(
                many(
                    (
                        curve((0.5, 0.3), (0.495, 0.18), (0.5, 0.06)),
                        curve((0.5, 0.3), (0.43, 0.17), (0.37, 0.08)),
                        curve((0.5, 0.3), (0.57, 0.17), (0.63, 0.08)),
                    )
                ),
                "light",
                0.013,
                depth,
            ),
            fill(root, "main", depth),
            fill(
                svg("M34 36 C35 32 39 32 40 34 C39 44 42 54 45 62 C38 54 34 46 34 36Z"),
                "light",
                depth,
            ),
            ink(
                svg(
                    "M60 42 C64 43 68 42 71 41 M30 50 C35 52 39 52 43 50 M56 60 C59 61 62 60 64 58"
                ),
                "dark",
                0.014,
                depth,
            ),
        ]
        moved = place(parts, x, top, size)
        return change(moved, lambda path: turn(path, angle, x, 0.75))

    mounds = svg("M3 72 C10 64 22 64 28 70 C36 62 62 62 70 70 C78 64 90 64 97 72 L97 96 L3 96Z")
    parts = [
        *carrot(0.17, 0.66, 0.56, -6, 0.2),
        *carrot(0.83, 0.66, 0.56, 6, 0.2),
        fill(svg("M10 70 C30 60 70 60 90 70 L90 80 L10 80Z"), "dark", 0.25),
        *carrot(0.5, 0.47, 0.94, lean, 0.6),
        fill(mounds, "dark", 0.8),
        ink(
            svg(
                "M8 80 C14 76 22 76 28 80 M38 84 C46 80 56 80 62 84 M72 80 C78 76 86 76 92 80 "
                "M18 90 C24 87 30 87 36 90 M64 91 C70 88 78 88 84 91"
            ),
            "accent",
            0.02,
            0.85,
        ),
        fill(
            many(
                (
                    oval(0.33, 0.67, 0.035, 0.025),
                    oval(0.66, 0.69, 0.03, 0.02),
                    oval(0.47, 0.73, 0.03, 0.018),
                    oval(0.58, 0.76, 0.02, 0.015),
                )
            ),
            "second",
            0.85,
        ),
    ]
    return shrunk(parts, 0.94)


def hen_and_eggs(rng: Random) -> list[Part]:
    """A plump hen on a nest of straw with eggs."""
    tail = rng.uniform(-3, 4)
    straw = [
        line((x, y), (x + rng.uniform(-0.08, 0.08), y + rng.uniform(0.02, 0.05)))
        for x, y in [(0.16 + 0.057 * i, 0.845 + 0.022 * (i % 3)) for i in range(13)]
    ]
    body = svg(
        "M22 40 C28 52 40 56 50 50 C56 44 56 30 62 24 C70 16 82 20 84 31 C85 40 84 46 86 54 C88 "
        "72 76 84 54 84 C34 84 20 74 17 56 C16 49 18 44 22 40Z"
    )
    return [
        fill(
            turn(
                svg(
                    "M24 58 C10 52 6 40 8 26 C14 32 18 36 22 37 C20 30 20 24 24 18 C28 26 34 40 "
                    "38 48Z"
                ),
                tail,
                0.3,
                0.5,
            ),
            "second",
            0.3,
        ),
        ink(
            turn(svg("M13 36 C16 42 20 47 25 50 M24 28 C25 35 28 41 32 46"), tail, 0.3, 0.5),
            "light",
            0.014,
            0.3,
        ),
        fill(
            svg("M62 24 C60 16 64 12 67 16 C67 9 73 8 74 14 C78 9 83 13 81 22 C76 20 68 20 62 24Z"),
            "accent",
            0.4,
        ),
        fill(oval(0.5, 0.88, 0.42, 0.07), "dark", 0.4),
        fill(body, "main", 0.5),
        fill(svg("M83 30 L95 36 L84 40Z"), "accent", 0.55),
        fill(svg("M80 40 C86 42 86 52 81 53 C77 51 77 44 80 40Z"), "accent", 0.55),
        fill(circle(0.745, 0.305, 0.038), "light", 0.6),
        fill(circle(0.752, 0.307, 0.02), "dark", 0.6),
        fill(
            svg(
                "M30 56 C40 52 52 52 60 58 C58 70 48 78 36 74 C34 70 28 72 28 66 C24 64 26 58 30 "
                "56Z"
            ),
            "second",
            0.6,
        ),
        ink(svg("M36 62 C42 66 50 66 54 62 M38 70 C42 72 47 72 50 70"), "light", 0.015, 0.6),
        ink(
            svg("M66 66 C70 68 74 68 77 65 M64 74 C68 76 71 76 74 74 M70 56 C73 58 76 58 79 56"),
            "dark",
            0.014,
            0.6,
        ),
        fill(
            svg(
                "M4 79 L10 82 L9 76 L18 83 C34 88 66 88 82 83 L91 76 L90 82 L96 79 C94 90 84 97 "
                "66 97 L34 97 C16 97 6 90 4 79Z"
            ),
            "accent",
            0.8,
        ),
        ink(many(straw), "dark", 0.014, 0.82),
        fill(
            many((oval(0.24, 0.8, 0.055, 0.07, -16), oval(0.8, 0.8, 0.055, 0.07, 14))),
            "light",
            0.85,
        ),
        ink(svg("M10 86 C30 93 70 93 90 86"), "light", 0.018, 0.9),
    ]


FARMING = (barn, tractor, harvest_carrot, hen_and_eggs)
