"""Growing cities."""

from random import Random

import skia

from train.sample.motifs.games.shapes import iso, prism, svg
from train.sample.motifs.shapes import (
    box,
    circle,
    fill,
    ink,
    join,
    line,
    many,
    poly,
)
from train.sample.parts import Part, Tone

Cell = tuple[int, int]


def _windows(x: float, y: float, wide: float, high: float, columns: int, rows: int) -> skia.Path:
    """A grid of windows inside a wall."""
    w, h = wide / (columns * 1.6 + 0.6), high / (rows * 1.7 + 0.7)
    return many(
        box(x + w * (0.6 + 1.6 * c), y + h * (0.7 + 1.7 * r), w, h)
        for c in range(columns)
        for r in range(rows)
    )


def skyline(rng: Random) -> list[Part]:
    """Towers of a city with a park and a train in front."""
    grow = [rng.uniform(-0.05, 0.05) for _ in range(5)]

    def tower(
        x: float, top: float, wide: float, tone: Tone, depth: float, grid: Cell
    ) -> list[Part]:
        glass: Tone = "dark" if tone in ("light", "accent") else "light"
        return [
            fill(box(x, top, wide, 0.86 - top), tone, depth),
            fill(box(x + wide * 0.78, top, wide * 0.22, 0.86 - top), "dark", depth),
            fill(_windows(x, top + 0.02, wide * 0.8, 0.66 - top, *grid), glass, depth),
        ]

    bushes = [circle(0.08 + 0.07 * i, 0.845, rng.uniform(0.035, 0.055)) for i in range(13)]
    cars = [box(0.16 + 0.19 * i, 0.895, 0.175, 0.065, 0.018) for i in range(4)]
    return [
        fill(circle(0.72, 0.24, 0.14), "accent", 0.05),
        fill(
            svg("M6 60 L6 44 L16 44 L16 36 L24 36 L24 50 L78 50 L78 40 L94 40 L94 84 L6 84Z"),
            "second",
            0.1,
        ),
        *tower(0.08, 0.44 + grow[0], 0.17, "main", 0.3, (3, 6)),
        *tower(0.74, 0.38 + grow[1], 0.19, "main", 0.3, (3, 6)),
        fill(svg("M38 13 L40 4 L42 13 L47 20 L33 20Z"), "dark", 0.35),
        *tower(0.29, 0.2 + grow[2] * 0.0, 0.22, "light", 0.4, (3, 9)),
        *tower(0.55, 0.3 + grow[3], 0.17, "second", 0.5, (3, 7)),
        fill(
            poly((0.55, 0.301 + grow[3]), (0.72, 0.301 + grow[3]), (0.72, 0.22 + grow[3])),
            "second",
            0.5,
        ),
        *tower(0.18, 0.58 + grow[4], 0.16, "accent", 0.6, (3, 3)),
        *tower(0.66, 0.62 - grow[4], 0.14, "accent", 0.6, (2, 3)),
        fill(many(bushes), "second", 0.7),
        fill(box(0.03, 0.86, 0.94, 0.1, 0.02), "dark", 0.8),
        fill(many(cars), "main", 0.9),
        fill(many(box(0.185 + 0.19 * i, 0.908, 0.13, 0.022) for i in range(4)), "light", 0.9),
    ]


def city_tile(rng: Random) -> list[Part]:
    """One square of a city in three dimensions with roads, towers and trees."""
    at = iso(0.13, 0.5, 0.39)

    def flat(u: float, v: float, wide: float, deep: float, z: float = 0) -> skia.Path:
        return poly(at(u, v, z), at(u + wide, v, z), at(u + wide, v + deep, z), at(u, v + deep, z))

    def house(u: float, v: float, size: float, high: float, tone: Tone, depth: float) -> list[Part]:
        top, west, east = prism(at, u, v, 0, size, size, high)
        floors = [0.35 + 0.5 * i for i in range(int(high / 0.5))]
        panes = [line(at(u + 0.15, v + size, z), at(u + size - 0.15, v + size, z)) for z in floors]
        lamps = [line(at(u + size, v + 0.2, z), at(u + size, v + size - 0.2, z)) for z in floors]
        return [
            fill(west, tone, depth),
            fill(east, "dark", depth),
            fill(top, "light", depth),
            fill(flat(u + 0.2, v + 0.2, size - 0.4, size - 0.4, high), tone, depth),
            ink(many(panes), "light", 0.015, depth),
            ink(many(lamps), "accent", 0.015, depth),
        ]

    tall = rng.uniform(-0.4, 0.4)
    _, west, east = prism(at, 0, 0, -0.5, 4, 4, 0.5)
    spots = ((3.0, 0.5), (3.6, 0.5), (0.5, 3.6), (3.6, 2.0), (2.0, 3.65), (3.75, 3.7))
    trees = [at(u, v, 0) for u, v in spots]
    return [
        fill(join(west, east), "dark", 0.1),
        fill(flat(0, 0, 4, 4), "second", 0.15),
        fill(join(flat(1.8, 0, 0.55, 4), flat(0, 1.8, 4, 0.55)), "dark", 0.2),
        ink(
            many(
                (
                    line(at(2.07, 0.1, 0), at(2.07, 1.7, 0)),
                    line(at(2.07, 2.5, 0), at(2.07, 3.9, 0)),
                    line(at(0.1, 2.07, 0), at(1.7, 2.07, 0)),
                    line(at(2.5, 2.07, 0), at(3.9, 2.07, 0)),
                )
            ),
            "light",
            0.013,
            0.2,
        ),
        *house(0.15, 0.15, 1.4, 2.4 + tall, "main", 0.4),
        *house(2.6, 1.0, 0.6, 0.9, "accent", 0.5),
        *house(0.3, 2.5, 0.9, 1.7 - tall, "accent", 0.6),
        *house(2.5, 2.5, 1.0, 1.3 + tall, "main", 0.8),
        ink(many(line((a, b), (a, b - 0.05)) for a, b in trees), "dark", 0.016, 0.85),
        fill(
            many(
                poly((a - 0.036, b - 0.025), (a, b - 0.13), (a + 0.036, b - 0.025))
                for a, b in trees
            ),
            "light",
            0.85,
        ),
        fill(
            many(poly((a, b - 0.025), (a, b - 0.13), (a + 0.036, b - 0.025)) for a, b in trees),
            "accent",
            0.85,
        ),
    ]


def tower_crane(rng: Random) -> list[Part]:
    """A crane that lowers a floor onto a half-built tower."""
    drop = rng.uniform(0.0, 0.06)
    mast = [line((0.735, 0.9 - 0.09 * i), (0.805, 0.81 - 0.09 * i)) for i in range(8)]
    mast += [line((0.805, 0.9 - 0.09 * i), (0.735, 0.81 - 0.09 * i)) for i in range(8)]
    web = [
        line((0.1 + 0.075 * i, 0.195), (0.1375 + 0.075 * i, 0.14), (0.175 + 0.075 * i, 0.195))
        for i in range(8)
    ]
    floors = [box(0.12, 0.56 + 0.1 * i, 0.46, 0.075) for i in range(4)]
    posts = [box(0.15 + 0.115 * i, 0.5, 0.035, 0.44) for i in range(4)]
    glass = [box(0.2 + 0.115 * i, 0.7 + 0.1 * j, 0.06, 0.06) for i in range(3) for j in range(2)]
    return [
        fill(
            svg(
                "M4 94 L4 64 L14 64 L14 56 L26 56 L26 94Z M60 94 L60 54 L72 48 L72 94Z M84 94 "
                "L84 60 L96 60 L96 94Z"
            ),
            "second",
            0.1,
        ),
        fill(_windows(0.85, 0.62, 0.1, 0.26, 2, 4), "light", 0.15),
        fill(_windows(0.61, 0.56, 0.1, 0.32, 2, 5), "light", 0.15),
        ink(many(mast), "accent", 0.014, 0.3),
        ink(
            many((line((0.735, 0.94), (0.735, 0.2)), line((0.805, 0.94), (0.805, 0.2)))),
            "dark",
            0.02,
            0.3,
        ),
        ink(many(web), "accent", 0.014, 0.35),
        ink(
            many(
                (
                    line((0.1, 0.195), (0.94, 0.195)),
                    line((0.14, 0.14), (0.74, 0.14)),
                    line((0.3, 0.14), (0.77, 0.045), (0.94, 0.19)),
                )
            ),
            "dark",
            0.018,
            0.35,
        ),
        fill(poly((0.735, 0.2), (0.77, 0.04), (0.805, 0.2)), "dark", 0.35),
        fill(box(0.72, 0.2, 0.1, 0.09, 0.015), "main", 0.4),
        fill(box(0.73, 0.215, 0.045, 0.045, 0.008), "light", 0.4),
        fill(box(0.86, 0.19, 0.09, 0.1, 0.01), "dark", 0.4),
        fill(many(posts), "dark", 0.5),
        fill(many(floors), "main", 0.6),
        fill(many(box(0.12, 0.56 + 0.1 * i, 0.46, 0.022) for i in range(4)), "light", 0.6),
        fill(many(glass), "accent", 0.6),
        fill(box(0.31, 0.185, 0.08, 0.03, 0.008), "dark", 0.7),
        ink(
            many(
                (
                    line((0.35, 0.2), (0.35, 0.27)),
                    line((0.19, 0.36 + drop), (0.35, 0.265), (0.51, 0.36 + drop)),
                )
            ),
            "dark",
            0.016,
            0.7,
        ),
        fill(circle(0.35, 0.265, 0.02), "accent", 0.7),
        fill(box(0.12, 0.355 + drop, 0.46, 0.075, 0.005), "second", 0.9),
        fill(many(box(0.15 + 0.1 * i, 0.372 + drop, 0.06, 0.04) for i in range(4)), "light", 0.9),
        fill(box(0.03, 0.92, 0.94, 0.045, 0.01), "dark", 0.9),
    ]


def bridge_town(rng: Random) -> list[Part]:
    """A suspension bridge over a river into a town of towers."""
    sag = rng.uniform(0.0, 0.03)
    deck = 0.66
    cables = [
        svg(f"M{22 + 56 * side} 26 Q{50 + 100 * sag * side} {84 + 200 * sag} {50} 61")
        for side in (0, 1)
    ]
    hangers = [
        line((0.27 + 0.0575 * i, 0.6 - 0.0135 * (i - 4) ** 2), (0.27 + 0.0575 * i, deck))
        for i in range(9)
    ]
    stays = many((line((0.22, 0.27), (0.04, deck)), line((0.78, 0.27), (0.96, deck))))
    blocks: tuple[tuple[float, float, float, Tone], ...] = (
        (0.05, 0.36, 0.1, "second"),
        (0.31, 0.26, 0.11, "second"),
        (0.43, 0.12, 0.13, "main"),
        (0.57, 0.3, 0.11, "second"),
        (0.85, 0.32, 0.1, "second"),
    )
    town = []
    for x, top, wide, tone in blocks:
        town += [
            fill(box(x, top, wide, deck - top), tone, 0.15),
            fill(_windows(x, top + 0.02, wide, 0.56 - top, 3, 6), "light", 0.17),
        ]
    tower = many((box(0.195, 0.22, 0.05, 0.66), box(0.755, 0.22, 0.05, 0.66)))
    hull = svg("M40 84 L62 84 L58 91 L43 91Z M46 79 L57 79 L57 84 L46 84Z")
    return [
        fill(circle(0.7, 0.2, 0.12), "accent", 0.05),
        fill(svg("M47 12 L49.5 3 L52 12Z"), "dark", 0.1),
        *town,
        fill(svg("M3 72 L97 72 L97 84 C97 92 92 97 84 97 L16 97 C8 97 3 92 3 84Z"), "second", 0.3),
        ink(many((*cables, stays)), "dark", 0.02, 0.5),
        ink(many(hangers), "dark", 0.013, 0.5),
        fill(box(0.03, deck, 0.94, 0.055, 0.01), "main", 0.6),
        ink(line((0.06, 0.687), (0.94, 0.687)), "light", 0.014, 0.62),
        fill(many(box(0.1 + 0.17 * i, 0.632, 0.07, 0.03, 0.01) for i in range(5)), "accent", 0.65),
        fill(tower, "main", 0.7),
        fill(
            many(
                (
                    box(0.18, 0.2, 0.08, 0.05, 0.01),
                    box(0.74, 0.2, 0.08, 0.05, 0.01),
                    box(0.18, 0.84, 0.08, 0.07, 0.01),
                    box(0.74, 0.84, 0.08, 0.07, 0.01),
                )
            ),
            "dark",
            0.72,
        ),
        fill(hull, "light", 0.8),
        ink(
            svg(
                "M10 80 C14 78 18 78 22 80 M66 79 C70 77 74 77 78 79 M30 92 C34 90 38 90 42 92 "
                "M64 92 C70 90 76 90 82 92"
            ),
            "light",
            0.014,
            0.8,
        ),
    ]


CITY_BUILDING = (skyline, city_tile, tower_crane, bridge_town)
