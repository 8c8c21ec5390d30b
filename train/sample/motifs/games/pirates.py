"""Pirates, their ship and their treasure."""

from random import Random

from train.sample.motifs.games.shapes import shrunk, soft, svg
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
    mirror,
    oval,
    pair,
    place,
    polar,
    poly,
    ring,
    sturdy,
    turn,
)
from train.sample.parts import Part


def _skull(x: float, y: float, size: float, depth: float) -> list[Part]:
    """A grinning skull about this wide."""
    head = svg(
        "M50 8 C76 8 90 26 88 48 C87 58 80 62 76 66 L75 80 C66 87 34 87 25 80 L24 66 C20 62 13 "
        "58 12 48 C10 26 24 8 50 8Z"
    )
    parts = [
        fill(head, "light", depth),
        fill(
            pair(svg("M58 42 C64 36 78 38 79 48 C80 57 72 61 65 59 C58 58 54 48 58 42Z")),
            "dark",
            depth,
        ),
        fill(svg("M50 56 L56 67 L50 65 L44 67Z"), "dark", depth),
        ink(
            svg(
                "M34 74 L34 83 M42 74 L42 85 M50 74 L50 86 M58 74 L58 85 M66 74 L66 83 M30 73 "
                "C42 77 58 77 70 73"
            ),
            "dark",
            0.024,
            depth,
        ),
    ]
    # Teeth of an emblem would run into one bar.
    return sturdy(place(parts if size > 0.3 else parts[:-1], x, y, size))


def _cutlass(depth: float) -> list[Part]:
    """A curved sabre, point up, hilt below."""
    return [
        fill(svg("M45 70 C44 46 46 24 62 4 C62 26 58 46 56 70Z"), "light", depth),
        fill(svg("M53 70 C54 46 56 24 62 4 C62 26 58 46 56 70Z"), "second", depth),
        fill(
            soft(0.02, (0.36, 0.69), (0.64, 0.67), (0.64, 0.73), (0.36, 0.75)),
            "accent",
            depth + 0.02,
        ),
        ink(svg("M62 71 C66 80 62 90 52 92"), "accent", 0.026, depth + 0.02),
        fill(
            soft(0.02, (0.46, 0.73), (0.54, 0.73), (0.535, 0.92), (0.465, 0.92)),
            "dark",
            depth + 0.02,
        ),
        fill(circle(0.5, 0.93, 0.038), "accent", depth + 0.03),
    ]


def captain_skull(rng: Random) -> list[Part]:
    """A skull in a captain's hat over two crossed cutlasses."""
    spread = rng.uniform(42, 50)
    hat = svg(
        "M6 40 C14 26 28 26 34 24 C38 8 62 8 66 24 C72 26 86 26 94 40 C84 36 76 42 66 44 C56 46 "
        "44 46 34 44 C24 42 16 36 6 40Z"
    )
    plume = svg("M64 26 C72 10 86 4 96 8 C92 10 94 14 90 16 C92 18 88 22 85 22 C86 26 78 28 70 30Z")
    blade = place(_cutlass(0.2), 0.5, 0.54, 0.94)
    sword = change(blade, lambda path: turn(path, 172 - spread, 0.5, 0.6))
    bone = _skull(0.5, 0.585, 0.62, 0.5)
    return [
        *change(sword, mirror),
        *sword,
        *bone,
        fill(pair(circle(0.6, 0.575, 0.025)), "accent", 0.55),
        fill(svg("M31 52 L50 46 L43 63 C34 66 29 60 31 52Z"), "dark", 0.6),
        ink(svg("M24 48 L50 47 L76 43"), "dark", 0.02, 0.6),
        fill(plume, "accent", 0.65),
        fill(hat, "main", 0.7),
        ink(
            svg("M9 38.5 C18 32 26 39 36 41 C46 43 54 43 64 41 C74 39 82 32 91 38.5"),
            "accent",
            0.024,
            0.75,
        ),
        *_skull(0.5, 0.27, 0.17, 0.8),
        ink(svg("M41 31 L45 35 M59 31 L55 35"), "light", 0.018, 0.8),
        ink(
            pair(circle(0.79, 0.67, 0.03)) if spread > 46 else circle(0.785, 0.68, 0.03),
            "accent",
            0.016,
            0.8,
        ),
    ]


def galleon(rng: Random) -> list[Part]:
    """A ship under full sail with a skull on its main sail."""
    puff = rng.uniform(0, 4)
    hull = svg(
        "M6 60 L22 60 L26 67 L70 67 L76 56 L94 54 C92 70 86 82 76 86 L26 86 C16 82 8 72 6 60Z"
    )
    main = svg(f"M30 20 L66 20 C{72 + puff} 34 {71 + puff} 46 66 54 L30 54 C36 44 36 32 30 20Z")
    fore = svg(
        f"M12 30 L28 30 C{33 + puff / 2} 38 {33 + puff / 2} 48 28 55 L10 55 C15 46 16 38 12 30Z"
    )
    jib = svg("M74 26 L88 26 C93 34 93 42 89 50 L73 50 C77 42 78 34 74 26Z")
    foam = svg(
        "M3 86 C12 78 20 86 30 82 C40 78 46 87 56 83 C66 79 74 87 84 82 C90 79 94 82 97 84 L97 "
        "96 L3 96Z"
    )
    skull = _skull(0.5, 0.385, 0.24, 0.65)
    return [
        fill(circle(0.76, 0.22, 0.15), "accent", 0.05),
        ink(
            many(
                (
                    line((0.2, 0.24), (0.2, 0.66)),
                    line((0.47, 0.06), (0.47, 0.68)),
                    line((0.8, 0.2), (0.8, 0.6)),
                    line((0.93, 0.55), (0.99, 0.44)),
                )
            ),
            "dark",
            0.026,
            0.3,
        ),
        ink(
            many(
                (
                    line((0.47, 0.1), (0.2, 0.26)),
                    line((0.47, 0.1), (0.8, 0.22)),
                    line((0.8, 0.22), (0.985, 0.44)),
                )
            ),
            "dark",
            0.014,
            0.25,
        ),
        fill(svg(f"M47 5 L66 {8 + puff / 2} L60 11 L66 14 L47 15Z"), "main", 0.4),
        fill(fore, "second", 0.5),
        fill(jib, "second", 0.5),
        fill(main, "dark", 0.6),
        *skull,
        ink(svg("M41 47 L58 52 M58 47 L41 52"), "light", 0.018, 0.66),
        ink(
            many(
                (
                    line((0.28, 0.2), (0.68, 0.2)),
                    line((0.1, 0.3), (0.3, 0.3)),
                    line((0.72, 0.26), (0.9, 0.26)),
                )
            ),
            "accent",
            0.02,
            0.66,
        ),
        fill(hull, "main", 0.75),
        fill(
            svg(
                "M6 60 L22 60 L26 67 L70 67 L76 56 L94 54 L93.4 59 L78 61 L72 72 L24 72 L19 65 "
                "L7 65Z"
            ),
            "accent",
            0.78,
        ),
        ink(svg("M12 74 C34 79 64 79 88 72 M18 81 L82 81"), "dark", 0.014, 0.78),
        fill(many(box(0.28 + 0.115 * i, 0.735, 0.06, 0.045, 0.008) for i in range(4)), "dark", 0.8),
        fill(
            many(box(0.81 + 0.055 * i, 0.625, 0.035, 0.04, 0.006) for i in range(2)), "light", 0.8
        ),
        fill(foam, "second", 0.9),
        ink(
            svg("M8 90 C14 86 20 90 26 88 M38 89 C46 85 52 91 60 88 M70 90 C76 86 84 90 92 87"),
            "light",
            0.016,
            0.92,
        ),
    ]


def treasure_chest(rng: Random) -> list[Part]:
    """An open chest full of coins, pearls and a crown."""
    lid = rng.uniform(-2, 3)
    coins = [(rng.uniform(0.22, 0.78), rng.uniform(0.4, 0.52)) for _ in range(9)]
    heap = svg("M16 56 C22 44 34 42 42 40 C52 34 64 40 70 42 C80 44 84 50 86 56Z")
    back = svg("M14 44 C10 26 12 10 22 6 L80 6 C90 10 92 26 88 44 L80 50 L22 50Z")
    crown = svg("M30 42 L26 22 L37 32 L44 18 L51 32 L62 22 L58 42Z")
    spill = [
        oval(x, y, 0.06, 0.03, t)
        for x, y, t in ((0.1, 0.91, 8), (0.2, 0.95, -4), (0.88, 0.92, -8), (0.76, 0.955, 4))
    ]
    return [
        fill(oval(0.5, 0.925, 0.46, 0.05), "dark", 0.1),
        fill(turn(back, lid, 0.5, 0.5), "main", 0.3),
        ink(
            turn(svg("M30 7 C26 16 26 30 28 44 M72 7 C76 16 76 30 74 44"), lid, 0.5, 0.5),
            "second",
            0.035,
            0.32,
        ),
        fill(
            turn(svg("M20 44 C17 30 18 16 26 12 L76 12 C84 16 85 30 82 44Z"), lid, 0.5, 0.5),
            "dark",
            0.35,
        ),
        fill(heap, "accent", 0.5),
        *change(
            [
                fill(crown, "accent", 0.55),
                ink(crown, "dark", 0.014, 0.55),
                fill(
                    many(
                        (
                            circle(0.26, 0.22, 0.022),
                            circle(0.44, 0.18, 0.024),
                            circle(0.62, 0.22, 0.022),
                            circle(0.44, 0.37, 0.025),
                        )
                    ),
                    "main",
                    0.56,
                ),
            ],
            lambda path: turn(path, -8, 0.44, 0.4),
        ),
        fill(svg("M66 34 L74 28 L82 34 L74 47Z"), "second", 0.58),
        fill(svg("M66 34 L74 28 L76 34 L74 47Z"), "light", 0.58),
        ink(many(circle(x, y, 0.036) for x, y in coins), "dark", 0.013, 0.6),
        fill(many(circle(x - 0.008, y - 0.008, 0.012) for x, y in coins), "light", 0.6),
        fill(svg("M10 54 L90 54 L87 92 L13 92Z"), "main", 0.7),
        ink(svg("M12 66 L88 66 M13 79 L87 79"), "dark", 0.014, 0.72),
        fill(
            many(
                (
                    svg("M9 53 L22 53 L23 92 L12.6 92Z"),
                    svg("M91 53 L78 53 L77 92 L87.4 92Z"),
                    svg("M9 53 L91 53 L90.5 60 L9.5 60Z"),
                )
            ),
            "second",
            0.75,
        ),
        fill(
            many(circle(x, y, 0.014) for x in (0.165, 0.835) for y in (0.66, 0.76, 0.86)),
            "light",
            0.78,
        ),
        fill(soft(0.03, (0.41, 0.54), (0.59, 0.54), (0.58, 0.75), (0.42, 0.75)), "accent", 0.8),
        fill(
            join(
                circle(0.5, 0.62, 0.032),
                poly((0.49, 0.62), (0.51, 0.62), (0.525, 0.71), (0.475, 0.71)),
            ),
            "dark",
            0.82,
        ),
        ink(
            many(curve((0.68, 0.48), (0.86, 0.55), (0.86, 0.7)) for _ in (0,)), "light", 0.014, 0.8
        ),
        fill(
            many(
                circle(*p, 0.024)
                for p in (
                    (0.7, 0.5),
                    (0.76, 0.53),
                    (0.81, 0.57),
                    (0.84, 0.62),
                    (0.85, 0.68),
                    (0.85, 0.74),
                )
            ),
            "light",
            0.85,
        ),
        fill(many(spill), "accent", 0.9),
        ink(many(spill), "dark", 0.013, 0.92),
    ]


def parrot_mate(rng: Random) -> list[Part]:
    """A parrot in a captain's hat on a ship's wheel."""
    spin = rng.uniform(-10, 10)
    spokes = [line(polar(0.5, 0.82, 0.07, a), polar(0.5, 0.82, 0.37, a)) for a in range(0, 360, 45)]
    knobs = [circle(*polar(0.5, 0.82, 0.37, a), 0.026) for a in range(0, 360, 45)]
    frame = box(0.03, 0.3, 0.94, 0.67)
    rim = clip(ring(0.5, 0.82, 0.3, 0.23), frame)
    hat = svg(
        "M22 25 C30 14 40 16 44 12 C50 3 64 4 67 13 C72 15 80 15 86 25 C76 22 70 27 56 27 C42 27 "
        "34 21 22 25Z"
    )
    parts = [
        ink(many(turn(path, spin, 0.5, 0.82) for path in spokes[4:]), "dark", 0.045, 0.2),
        fill(many(turn(path, spin, 0.5, 0.82) for path in knobs[4:]), "accent", 0.22),
        fill(rim, "second", 0.25),
        ink(clip(circle(0.5, 0.82, 0.265), frame), "dark", 0.014, 0.26),
        fill(clip(circle(0.5, 0.82, 0.085), frame), "accent", 0.3),
        fill(clip(circle(0.5, 0.82, 0.035), frame), "dark", 0.3),
        fill(
            svg(
                "M46 56 C40 68 32 78 22 90 C30 90 36 86 40 82 C40 86 40 90 38 95 C48 88 54 76 58 "
                "64Z"
            ),
            "second",
            0.5,
        ),
        ink(svg("M44 66 C40 74 34 82 29 86 M50 68 C48 76 45 84 42 89"), "light", 0.014, 0.52),
        fill(
            svg(
                "M52 20 C68 20 74 30 72 40 C70 54 68 66 54 68 C42 70 36 60 38 48 C39 40 36 36 37 "
                "30 C38 24 44 20 52 20Z"
            ),
            "main",
            0.6,
        ),
        fill(
            svg("M56 40 C64 44 66 54 60 62 C54 68 46 66 43 60 C48 56 52 48 56 40Z"), "light", 0.62
        ),
        fill(
            svg("M38 38 C50 38 54 48 50 58 C46 68 36 72 28 74 C32 64 32 50 38 38Z"), "second", 0.68
        ),
        ink(svg("M40 48 C44 50 46 52 46 56 M37 57 C41 59 42 60 42 63"), "light", 0.016, 0.7),
        fill(
            svg("M70 30 C80 28 85 34 83 44 C80 40 76 42 72 44 C68 42 67 34 70 30Z"), "accent", 0.72
        ),
        ink(svg("M71 38 C74 37 77 37 79 38"), "dark", 0.014, 0.74),
        fill(circle(0.61, 0.335, 0.055), "light", 0.7),
        fill(circle(0.622, 0.335, 0.026), "dark", 0.75),
        ink(
            many(
                (
                    svg(
                        "M46 66 L46 73 M46 72 L42 75 M46 72 L50 75 M56 66 L56 73 M56 72 L52 75 "
                        "M56 72 L60 75"
                    ),
                )
            ),
            "accent",
            0.02,
            0.75,
        ),
        fill(hat, "dark", 0.8),
        ink(svg("M26 23.5 C36 20 44 25 56 25 C68 25 74 20 83 23.5"), "accent", 0.022, 0.82),
        *_skull(0.555, 0.145, 0.13, 0.85),
    ]
    return shrunk(parts, 0.98)


PIRATES = (captain_skull, galleon, treasure_chest, parrot_mate)
