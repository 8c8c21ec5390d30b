"""Haunted houses and their ghosts."""

from random import Random

import skia

from train.sample.motifs.games.shapes import shrunk, svg
from train.sample.motifs.shapes import (
    arc,
    box,
    change,
    circle,
    clip,
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
    ring,
    turn,
)
from train.sample.parts import Part


def _bat(x: float, y: float, size: float, tilt: float = 0.0) -> skia.Path:
    """A bat about this wide."""
    bat = svg(
        "M50 40 L46 34 L44 42 C38 32 26 26 6 30 C14 36 14 44 14 52 C20 47 26 48 30 55 C34 49 40 50 "
        "43 58 L50 68 L57 58 C60 50 66 49 70 55 C74 48 80 47 86 52 C86 44 86 36 94 30 C74 26 62 32 "
        "56 42 L54 34Z"
    )
    return turn(move(resize(bat, size, size), x - 0.5, y - 0.5), tilt, x, y)


def _pane(x: float, y: float, wide: float, high: float) -> skia.Path:
    """A pointed window from its lower left corner."""
    builder = skia.PathBuilder()
    builder.moveTo(x, y)
    builder.lineTo(x, y - high * 0.6)
    builder.quadTo(x + wide * 0.1, y - high * 0.9, x + wide / 2, y - high)
    builder.quadTo(x + wide * 0.9, y - high * 0.9, x + wide, y - high * 0.6)
    builder.lineTo(x + wide, y)
    builder.close()
    return builder.detach()


def crooked_mansion(rng: Random) -> list[Part]:
    """A crooked mansion with towers on a hill before the moon, with bats."""
    lean = rng.uniform(-5, 5)
    windows = [
        _pane(0.34, 0.52, 0.07, 0.12),
        _pane(0.6, 0.56, 0.07, 0.11),
        _pane(0.47, 0.38, 0.07, 0.12),
        _pane(0.33, 0.7, 0.07, 0.1),
        _pane(0.62, 0.72, 0.07, 0.1),
    ]
    tower = [
        fill(svg("M64 34 L78 32 L79 78 L64 78Z"), "second", 0.4),
        fill(svg("M60 36 L69 8 L71 8 L83 32Z"), "dark", 0.45),
        fill(_pane(0.68, 0.47, 0.06, 0.1), "accent", 0.5),
        ink(svg("M70 9 L70 3 L76 5"), "dark", 0.016, 0.4),
    ]
    bats = [_bat(0.16, 0.24, 0.17, -12), _bat(0.88, 0.2, 0.13, 14), _bat(0.13, 0.52, 0.11, 8)]
    return [
        fill(circle(0.42 + lean / 100, 0.36, 0.31), "light", 0.05),
        fill(many((circle(0.25, 0.3, 0.045), circle(0.32, 0.5, 0.03))), "accent", 0.06),
        fill(svg("M3 97 C8 80 28 72 50 72 C72 72 92 80 97 97Z"), "dark", 0.2),
        *change(tower, lambda path: turn(path, -lean * 0.6, 0.71, 0.78)),
        fill(svg("M28 48 L44 46 L45 80 L29 80Z"), "second", 0.5),
        fill(svg("M23 50 L33 24 L36 24 L48 46Z"), "dark", 0.55),
        fill(svg("M40 40 L62 40 L74 58 L72 80 L40 80Z"), "main", 0.6),
        fill(
            turn(svg("M36 42 L49 14 L52 14 L64 42 C56 40 44 40 36 42Z"), lean, 0.5, 0.4),
            "dark",
            0.65,
        ),
        fill(svg("M56 44 L66 43 L80 60 L54 59Z"), "dark", 0.65),
        ink(svg("M40 44 L60 44 M42 62 L70 62"), "second", 0.016, 0.65),
        fill(many(windows), "accent", 0.7),
        ink(
            many(
                (
                    svg(
                        "M37.5 41 L37.5 52 M50.5 27 L50.5 38 M63.5 46 L63.5 56 M36.5 61 L36.5 70 "
                        "M65.5 63 L65.5 72"
                    ),
                )
            ),
            "dark",
            0.013,
            0.72,
        ),
        fill(_pane(0.465, 0.81, 0.1, 0.16), "dark", 0.7),
        fill(circle(0.54, 0.74, 0.012), "accent", 0.72),
        fill(svg("M46 80 L57 80 C58 86 66 90 62 97 L40 97 C46 90 44 86 46 80Z"), "second", 0.75),
        ink(
            svg("M88 94 L86 80 L91 70 M86.5 82 L80 74 M88 76 L94 74 M90 72 L89 64"),
            "dark",
            0.02,
            0.8,
        ),
        fill(pair(svg("M10 96 L10 85 C10 80 20 80 20 85 L20 96Z"), 0.22), "light", 0.85),
        ink(pair(svg("M15 85 L15 91 M13 87 L17 87"), 0.22), "dark", 0.014, 0.86),
        fill(many(bats), "dark", 0.9),
    ]


def ghost_with_lantern(rng: Random) -> list[Part]:
    """A ghost that floats with a lantern past gravestones."""
    sway = rng.uniform(-5, 5)
    sheet = svg(
        "M46 8 C66 8 76 24 76 44 C76 56 80 66 86 74 C82 76 78 76 76 80 C74 86 68 90 63 84 C58 80 "
        "55 "
        "86 50 91 C45 93 41 86 37 84 C32 84 28 92 20 89 C22 84 18 78 13 79 C18 68 18 58 18 44 "
        "C18 24 "
        "28 8 46 8Z"
    )
    ghost = [
        fill(sheet, "light", 0.6),
        fill(clip(svg("M60 10 C74 20 70 60 62 92 L96 96 L96 8Z"), sheet), "second", 0.62),
        fill(
            many((oval(0.38, 0.33, 0.045, 0.068, -6), oval(0.56, 0.33, 0.045, 0.068, 6))),
            "dark",
            0.7,
        ),
        fill(many((circle(0.368, 0.305, 0.016), circle(0.548, 0.305, 0.016))), "light", 0.72),
        fill(svg("M40 48 C44 45 51 45 55 48 C55 57 51 62 47 62 C43 62 40 57 40 48Z"), "dark", 0.7),
        fill(many((oval(0.3, 0.43, 0.035, 0.02), oval(0.64, 0.43, 0.035, 0.02))), "main", 0.7),
        fill(svg("M20 54 C10 54 6 62 10 67 C16 68 22 64 26 58Z"), "light", 0.72),
        ink(svg("M30 16 C25 21 23 28 22 36"), "light", 0.02, 0.75),
        ink(
            svg("M34 70 C34 76 33 80 31 84 M50 72 C50 78 51 82 50 86 M64 70 C65 74 66 78 66 82"),
            "second",
            0.016,
            0.75,
        ),
    ]
    lamp = [
        ink(arc(0.86, 0.53, 0.05, 0.06, 180, 180), "dark", 0.018, 0.8),
        fill(poly((0.78, 0.57), (0.86, 0.5), (0.94, 0.57)), "dark", 0.8),
        fill(poly((0.79, 0.57), (0.93, 0.57), (0.91, 0.74), (0.81, 0.74)), "accent", 0.82),
        fill(svg("M86 59 C90 65 89 71 86 72 C83 71 82 65 86 59Z"), "light", 0.84),
        ink(svg("M79 57 L81 74 M93 57 L91 74"), "dark", 0.016, 0.85),
        fill(box(0.79, 0.735, 0.14, 0.03, 0.008), "dark", 0.85),
    ]
    return [
        fill(circle(0.7, 0.26, 0.2), "accent", 0.05),
        fill(many((_bat(0.86, 0.16, 0.15, 10), _bat(0.1, 0.17, 0.12, -12))), "dark", 0.15),
        fill(svg("M3 97 C10 86 40 82 60 86 C80 82 94 88 97 97Z"), "dark", 0.2),
        fill(
            svg("M7 92 L7 76 C7 70 19 70 19 76 L19 92Z M72 94 L72 83 C72 78 83 78 83 83 L83 94Z"),
            "main",
            0.3,
        ),
        ink(svg("M13 77 L13 85 M10 79.5 L16 79.5"), "dark", 0.014, 0.32),
        *change(ghost, lambda path: turn(path, sway, 0.48, 0.5)),
        fill(svg("M70 50 C78 48 86 47 89 49 C90 54 82 58 73 60Z"), "light", 0.78),
        *change(lamp, lambda path: turn(path, sway * 2, 0.86, 0.47)),
    ]


def door_with_eyes(rng: Random) -> list[Part]:
    """A great door ajar, eyes in the dark behind it, pumpkins and webs around it."""
    ajar = rng.uniform(0, 4)
    eyes = [(0.55, 0.38, 0.03), (0.5, 0.56, 0.022), (0.6, 0.66, 0.018)]
    web = svg(
        "M12 12 L34 30 M12 12 L40 16 M12 12 L16 40 M26 14 C26 20 22 22 14 26 M34 15 C34 26 28 30 "
        "15 35 M22 13 C22 17 18 18 13 20"
    )
    pumpkin = join(
        oval(0.42, 0.5, 0.2, 0.3),
        oval(0.58, 0.5, 0.2, 0.3),
        oval(0.3, 0.52, 0.18, 0.26),
        oval(0.7, 0.52, 0.18, 0.26),
    )
    lantern = [
        ink(svg("M50 24 C50 16 54 12 60 10"), "dark", 0.07, 0.8),
        fill(pumpkin, "accent", 0.85),
        ink(svg("M40 26 C34 40 34 62 40 76 M60 26 C66 40 66 62 60 76"), "dark", 0.03, 0.86),
        fill(
            svg(
                "M32 46 L44 46 L38 34Z M68 46 L56 46 L62 34Z M26 56 L36 60 L42 56 L50 62 L58 56 "
                "L64 60 L74 56 C70 74 30 74 26 56Z"
            ),
            "dark",
            0.9,
        ),
    ]
    planks = [line((x, 0.26 + 0.5 * (0.36 - x)), (x, 0.88)) for x in (0.24, 0.3, 0.36)]
    parts = [
        fill(svg("M4 94 L4 30 C14 10 34 3 50 3 C66 3 86 10 96 30 L96 94Z"), "main", 0.1),
        ink(
            svg(
                "M6 44 L16 44 M6 60 L14 60 M6 76 L15 76 M94 44 L84 44 M94 60 L86 60 M94 76 L85 "
                "76 M30 9 L36 17 M70 9 L64 17 M50 4 L50 14"
            ),
            "dark",
            0.018,
            0.15,
        ),
        fill(_pane(0.17, 0.93, 0.66, 0.78), "light", 0.2),
        fill(_pane(0.2, 0.93, 0.6, 0.74), "dark", 0.25),
        fill(
            many(
                oval(x + s * r * 1.5, y, r, r * 0.75, s * 14) for x, y, r in eyes for s in (-1, 1)
            ),
            "accent",
            0.35,
        ),
        fill(
            many(oval(x + s * r * 1.4, y, r * 0.3, r * 0.6) for x, y, r in eyes for s in (-1, 1)),
            "dark",
            0.4,
        ),
        fill(svg(f"M20 93 L20 48 C22 36 30 25 {38 + ajar} 22 L{38 + ajar} 96Z"), "second", 0.5),
        ink(many(planks), "dark", 0.014, 0.52),
        ink(svg("M21 50 L36 46 M21 80 L36 83"), "light", 0.026, 0.55),
        ink(ring(0.335, 0.635, 0.028, 0.02), "accent", 0.014, 0.58),
        fill(svg("M80 93 L80 48 C79 40 76 33 71 28 L71 94Z"), "second", 0.5),
        ink(line((0.755, 0.36), (0.755, 0.92)), "dark", 0.014, 0.52),
        ink(web, "light", 0.013, 0.6),
        ink(line((0.8, 0.08), (0.8, 0.24)), "light", 0.013, 0.6),
        fill(join(circle(0.8, 0.265, 0.028), circle(0.8, 0.235, 0.018)), "dark", 0.62),
        ink(svg("M74 24 L77 27 L83 27 L86 24 M74 31 L77 27 M86 31 L83 27"), "dark", 0.013, 0.62),
        fill(box(0.03, 0.91, 0.94, 0.06, 0.01), "dark", 0.7),
        *place(lantern, 0.17, 0.84, 0.32),
        *place(lantern, 0.84, 0.86, 0.25),
    ]
    return shrunk(parts, 0.98)


HAUNTED_HOUSES = (crooked_mansion, ghost_with_lantern, door_with_eyes)
