"""Racing cars."""

from random import Random

from train.sample.motifs.games.shapes import soft, svg
from train.sample.motifs.shapes import (
    Point,
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
    mirror,
    move,
    oval,
    pair,
    place,
    polar,
    poly,
    turn,
)
from train.sample.parts import Part


def _flag(x: float, y: float, size: float, wave: float, depth: float) -> list[Part]:
    """A waving chequered flag from its upper left corner, on a pole."""
    columns, rows = 6, 4

    def at(column: float, row: float) -> Point:
        sway = wave * (1 - (column / 3 - 1) ** 2)
        return x + size * column / columns, y + size * 0.62 * row / rows + sway * size

    edge = [at(c, 0) for c in range(columns + 1)] + [at(c, rows) for c in range(columns, -1, -1)]
    dark = [
        poly(at(c, r), at(c + 1, r), at(c + 1, r + 1), at(c, r + 1))
        for c in range(columns)
        for r in range(rows)
        if (c + r) % 2 == 0
    ]
    pole = line((x, y - 0.02), (x, y + size * 1.25))
    return [
        ink(pole, "dark", 0.025, depth),
        fill(poly(*edge), "light", depth),
        fill(many(dark), "dark", depth),
    ]


def _wheel(x: float, y: float, radius: float, depth: float) -> list[Part]:
    """A racing wheel from the side."""
    spokes = [line((x, y), polar(x, y, radius * 0.52, 36 + 72 * i)) for i in range(5)]
    return [
        fill(circle(x, y, radius), "dark", depth),
        ink(circle(x, y, radius * 0.8), "accent", 0.014, depth),
        fill(circle(x, y, radius * 0.6), "light", depth),
        ink(many(spokes), "dark", 0.02, depth),
        fill(circle(x, y, radius * 0.17), "main", depth),
    ]


def formula_car(rng: Random) -> list[Part]:
    """A low single-seater from the side, with a chequered flag behind it."""
    lift = rng.uniform(0.0, 0.03)
    wheel = rng.uniform(0.125, 0.145)
    streaks = [line((0.03, y), (0.03 + rng.uniform(0.1, 0.2), y)) for y in (0.46, 0.53, 0.86)]
    body = svg(
        "M12 62 C16 54 24 50 32 47 C35 39 40 35 46 35 L50 36 L52 48 L63 51"
        "C76 54 90 63 97 71 L96 75 L20 77 C12 76 10 68 12 62Z"
    )
    return [
        fill(oval(0.5, 0.865, 0.46, 0.035), "dark", 0.1),
        *_flag(0.56, 0.08, 0.36, rng.uniform(0.03, 0.1), 0.2),
        ink(many(streaks), "light", 0.018, 0.3),
        fill(svg("M6 43 L27 40 L27 47 L20 48 L24 58 L16 60 L14 50 L6 51Z"), "second", 0.4),
        fill(soft(0.01, (0.05, 0.38), (0.13, 0.38), (0.15, 0.6), (0.07, 0.6)), "accent", 0.45),
        fill(move(body, 0, lift * 0.3), "main", 0.6),
        fill(svg("M30 49 C36 38 42 36 46 37 L48 46 L40 50Z"), "second", 0.6),
        fill(circle(0.565, 0.455, 0.052), "light", 0.6),
        fill(svg("M57 43 L62 43.5 L61.5 48 L57 47Z"), "dark", 0.6),
        fill(svg("M50 47 L63 51 L66 55 L50 55Z"), "dark", 0.6),
        ink(svg("M49 42 C56 36 62 42 65 52"), "dark", 0.022, 0.65),
        fill(svg("M34 58 C44 53 58 55 68 64 L65 75 L33 75Z"), "second", 0.7),
        fill(svg("M36 61 C38 58 41 57 44 57 L42 72 L36 72Z"), "dark", 0.7),
        ink(svg("M62 54 C74 56 86 63 93 69"), "light", 0.016, 0.7),
        fill(circle(0.535, 0.655, 0.05), "light", 0.75),
        ink(svg("M52 63.5 L54 62 L54 69"), "dark", 0.02, 0.75),
        fill(soft(0.01, (0.83, 0.79), (0.98, 0.76), (0.99, 0.81), (0.83, 0.83)), "accent", 0.8),
        *_wheel(0.235, 0.735 + lift * 0.2, wheel, 0.9),
        *_wheel(0.775, 0.755 + lift * 0.2, wheel * 0.88, 0.9),
    ]


def sports_car(rng: Random) -> list[Part]:
    """A wide racing coupe that comes straight at the reader."""
    wing = rng.uniform(0.22, 0.27)
    stripe = rng.choice((0.045, 0.06))
    body = svg(
        "M50 44 C62 44 72 45 76 47 C86 50 93 56 94 64 L93 79 C92 82 88 83 84 83 L16 83"
        "C12 83 8 82 7 79 L6 64 C7 56 14 50 24 47 C28 45 38 44 50 44Z"
    )
    cabin = svg("M32 27 C38 24 62 24 68 27 C72 32 75 40 78 48 L22 48 C25 40 28 32 32 27Z")
    glass = svg(
        "M35 30 C41 28 59 28 65 30 C68 34 70 39 72 45 C60 42 40 42 28 45 C30 39 32 34 35 30Z"
    )
    lamp = svg("M74 56 C82 53 88 55 90 60 C89 64 84 66 78 64 C75 62 73 59 74 56Z")
    grille = svg("M34 68 L66 68 L71 78 L29 78Z")
    slats = [line((0.33, y), (0.67, y)) for y in (0.71, 0.745)]
    return [
        fill(oval(0.5, 0.93, 0.47, 0.035), "dark", 0.1),
        fill(
            soft(0.02, (0.08, wing), (0.92, wing), (0.92, wing + 0.06), (0.08, wing + 0.06)),
            "second",
            0.2,
        ),
        fill(pair(box(0.065, wing - 0.04, 0.04, 0.15, 0.01)), "dark", 0.25),
        ink(pair(line((0.27, wing + 0.05), (0.29, 0.46))), "dark", 0.03, 0.25),
        fill(cabin, "main", 0.4),
        fill(glass, "dark", 0.45),
        fill(svg("M38 31 L46 30 L36 42 L30 43.5Z"), "light", 0.45),
        fill(pair(svg("M18 44 C12 41 10 44 11 48 L19 49Z")), "second", 0.45),
        fill(pair(box(0.085, 0.68, 0.18, 0.265, 0.04)), "dark", 0.5),
        fill(body, "main", 0.7),
        fill(
            clip(pair(box(0.5 - stripe * 1.6, 0.2, stripe, 0.48)), join(body, cut(cabin, glass))),
            "light",
            0.7,
        ),
        ink(pair(svg("M30 48 C28 53 27 57 30 64")), "dark", 0.014, 0.7),
        fill(pair(svg("M4 80 L30 79 L30 86 L6 87Z")), "second", 0.75),
        fill(pair(lamp), "light", 0.8),
        fill(pair(circle(0.83, 0.597, 0.035)), "accent", 0.85),
        fill(grille, "dark", 0.8),
        ink(many(slats), "second", 0.014, 0.8),
        fill(pair(soft(0.02, (0.76, 0.7), (0.9, 0.68), (0.89, 0.77), (0.78, 0.78))), "dark", 0.8),
        fill(soft(0.01, (0.12, 0.84), (0.88, 0.84), (0.92, 0.89), (0.08, 0.89)), "second", 0.9),
        fill(circle(0.5, 0.58, 0.055), "light", 0.9),
        ink(svg("M47.5 55.5 L52.5 55.5 L49.5 61"), "dark", 0.018, 0.9),
    ]


def helmet_and_flags(rng: Random) -> list[Part]:
    """A racing helmet in front of crossed chequered flags."""
    tilt = rng.uniform(8, 16)
    flag = _flag(0.54, 0.08, 0.3, rng.uniform(-0.06, 0.06), 0.2)
    right = change(flag, lambda path: turn(path, tilt, 0.5, 0.75))
    left = change(right, mirror)
    shell = svg(
        "M50 30 C72 29 86 45 86 63 C86 74 83 84 78 90 L48 92 C34 91 20 86 18 78"
        "C15 71 16 62 18 56 C22 40 34 31 50 30Z"
    )
    visor = svg(
        "M17 55 C30 50 54 50 67 54 C70 60 70 66 67 71 C52 75 30 75 17 71 C15 66 15 60 17 55Z"
    )
    stripe = svg("M46 28 L60 28 C66 36 69 44 70 54 L52 51 C52 43 50 35 46 28Z")
    flash = svg("M66 31 L74 36 C78 44 80 50 80 57 L73 56 C73 46 70 38 66 31Z")
    chin = svg("M12 78 C34 86 60 84 90 74 L90 96 L12 96Z")
    return [
        *left,
        *right,
        fill(oval(0.5, 0.93, 0.36, 0.03), "dark", 0.3),
        fill(shell, "main", 0.6),
        fill(clip(stripe, shell), "light", 0.65),
        fill(clip(flash, shell), "second", 0.65),
        fill(clip(chin, shell), "second", 0.65),
        ink(curve((0.19, 0.78), (0.5, 0.83), (0.845, 0.735)), "accent", 0.022, 0.7),
        fill(visor, "dark", 0.75),
        fill(svg("M22 57 C30 54.5 42 54 50 54.5 L40 66 C33 66 26 65 22 64Z"), "second", 0.8),
        fill(svg("M53 54.7 L58 55.2 L48 66 L44 66Z"), "light", 0.8),
        fill(circle(0.71, 0.625, 0.04), "accent", 0.85),
        fill(circle(0.71, 0.625, 0.016), "dark", 0.85),
        fill(pair(svg("M26 84 L38 86.5 L38 90 L27 87Z"), 0.38), "dark", 0.8),
        ink(svg("M27 42 C32 36 37 34 42 33"), "light", 0.022, 0.8),
    ]


def finish_line(rng: Random) -> list[Part]:
    """A race car from behind that runs under the chequered arch of the finish."""
    shift = rng.uniform(-0.05, 0.05)
    road = svg("M40 46 L60 46 L97 96 L3 96Z")
    stripes = [
        poly((0.49, y), (0.51, y), (0.5 + h, y + h * 2), (0.5 - h, y + h * 2))
        for y, h in ((0.47, 0.012), (0.53, 0.018), (0.6, 0.026))
    ]
    kerbs = [
        poly(
            (0.4 - 0.37 * a, 0.46 + 0.5 * a),
            (0.4 - 0.37 * b, 0.46 + 0.5 * b),
            (0.36 - 0.42 * b, 0.46 + 0.5 * b),
            (0.36 - 0.42 * a, 0.46 + 0.5 * a),
        )
        for a, b in ((0.0, 0.14), (0.28, 0.44), (0.6, 0.78))
    ]
    squares = [
        box(0.1 + 0.08 * c, 0.12 + 0.065 * r, 0.08, 0.065)
        for c in range(10)
        for r in range(3)
        if (c + r) % 2
    ]
    crowd = [circle(0.06 + 0.11 * i, 0.47 + rng.uniform(-0.012, 0.012), 0.05) for i in range(9)]
    car = [
        fill(oval(0.5, 0.94, 0.34, 0.03), "dark", 0.6),
        fill(pair(box(0.2, 0.72, 0.15, 0.22, 0.04)), "dark", 0.65),
        fill(svg("M36 66 C38 55 42 50 50 50 C58 50 62 55 64 66Z"), "main", 0.7),
        fill(svg("M41 64 C42 58 45 57 50 57 C55 57 58 58 59 64Z"), "dark", 0.72),
        fill(
            svg(
                "M24 70 C24 66 28 64 34 64 L66 64 C72 64 76 66 76 70 L78 84 C78 87 76 88 74 88 "
                "L26 88 C24 88 22 87 22 84Z"
            ),
            "main",
            0.75,
        ),
        fill(pair(svg("M60 70 L73 70 L74 77 L62 76Z")), "accent", 0.8),
        fill(soft(0.02, (0.39, 0.7), (0.61, 0.7), (0.6, 0.79), (0.4, 0.79)), "light", 0.8),
        fill(svg("M30 81 L70 81 L66 90 L34 90Z"), "dark", 0.8),
        fill(pair(circle(0.565, 0.855, 0.022)), "second", 0.85),
        ink(pair(line((0.6, 0.64), (0.62, 0.56))), "dark", 0.024, 0.82),
        fill(soft(0.015, (0.2, 0.51), (0.8, 0.51), (0.8, 0.565), (0.2, 0.565)), "light", 0.85),
        fill(pair(box(0.775, 0.49, 0.035, 0.11, 0.01)), "dark", 0.87),
        ink(line((0.28, 0.67), (0.46, 0.67)), "light", 0.014, 0.85),
    ]
    return [
        fill(join(*crowd, box(0.05, 0.48, 0.9, 0.1, 0.02)), "dark", 0.1),
        fill(road, "second", 0.2),
        fill(pair(many(kerbs)), "accent", 0.22),
        fill(many(stripes), "light", 0.22),
        fill(pair(box(0.87, 0.1, 0.05, 0.5, 0.01)), "main", 0.3),
        fill(box(0.08, 0.1, 0.84, 0.235, 0.02), "light", 0.35),
        fill(many(squares), "dark", 0.36),
        ink(box(0.08, 0.1, 0.84, 0.235, 0.02), "main", 0.026, 0.38),
        *place(car, 0.5 + shift, 0.53, 0.9),
    ]


RACING = (formula_car, sports_car, helmet_and_flags, finish_line)
