"""Drawings of chess."""

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
    mirror,
    move,
    oval,
    pair,
    place,
    poly,
    smooth,
    turn,
)
from train.sample.parts import Drawing, Part, Tone


def foot(width: float = 0.3) -> skia.Path:
    """The turned base that every piece stands on, its floor at y = 0.94."""
    half = width
    return join(
        box(0.5 - half, 0.86, 2 * half, 0.08, 0.03),
        box(0.5 - half * 0.82, 0.79, half * 1.64, 0.08, 0.035),
    )


def knight(tone: Tone, shade: Tone) -> list[Part]:
    """A knight that fills the box."""
    horse = smooth(
        (0.3, 0.8),
        (0.3, 0.8),
        (0.32, 0.68),
        (0.45, 0.56),
        (0.48, 0.46),
        (0.48, 0.46),
        (0.4, 0.48),
        (0.32, 0.54),
        (0.25, 0.56),
        (0.18, 0.53),
        (0.15, 0.46),
        (0.2, 0.38),
        (0.29, 0.27),
        (0.34, 0.17),
        (0.36, 0.05),
        (0.36, 0.05),
        (0.45, 0.13),
        (0.45, 0.13),
        (0.49, 0.06),
        (0.49, 0.06),
        (0.57, 0.15),
        (0.7, 0.24),
        (0.78, 0.4),
        (0.78, 0.6),
        (0.72, 0.8),
        (0.72, 0.8),
    )
    mane = smooth(
        (0.49, 0.06),
        (0.49, 0.06),
        (0.6, 0.15),
        (0.72, 0.24),
        (0.79, 0.4),
        (0.79, 0.6),
        (0.73, 0.8),
        (0.73, 0.8),
        (0.63, 0.8),
        (0.63, 0.8),
        (0.68, 0.7),
        (0.62, 0.64),
        (0.7, 0.56),
        (0.63, 0.5),
        (0.68, 0.42),
        (0.6, 0.36),
        (0.63, 0.28),
        (0.55, 0.23),
        (0.54, 0.16),
    )
    return [
        fill(horse, tone, 0.6),
        fill(mane, shade, 0.62),
        fill(foot(0.29), tone, 0.6),
        ink(line((0.28, 0.825), (0.72, 0.825)), shade, 0.018, 0.64),
        fill(oval(0.37, 0.3, 0.03, 0.024, -30), shade, 0.65),
        fill(oval(0.2, 0.46, 0.018, 0.014, -30), shade, 0.65),
        ink(curve((0.19, 0.52), (0.24, 0.5), (0.29, 0.48)), shade, 0.016, 0.65),
        ink(curve((0.47, 0.46), (0.53, 0.42), (0.55, 0.34)), shade, 0.02, 0.65),
        ink(curve((0.36, 0.74), (0.42, 0.66), (0.52, 0.58)), "light", 0.02, 0.66),
    ]


def column(tone: Tone, shade: Tone, neck: float, collar: float) -> list[Part]:
    """The body that king, queen and bishop share, its collar at `neck`."""
    shaft = smooth(
        (0.5 - collar * 0.75, neck),
        (0.5 - collar * 0.75, neck),
        (0.44, (neck + 0.8) / 2),
        (0.36, 0.74),
        (0.29, 0.82),
        (0.29, 0.82),
        (0.71, 0.82),
        (0.71, 0.82),
        (0.64, 0.74),
        (0.56, (neck + 0.8) / 2),
        (0.5 + collar * 0.75, neck),
        (0.5 + collar * 0.75, neck),
    )
    return [
        fill(shaft, tone, 0.6),
        fill(clip(shaft, box(0.53, 0, 0.4, 1)), shade, 0.61),
        fill(foot(0.27), tone, 0.62),
        ink(line((0.3, 0.825), (0.7, 0.825)), shade, 0.018, 0.64),
        fill(box(0.5 - collar, neck - 0.03, 2 * collar, 0.05, 0.02), tone, 0.63),
        fill(box(0.5 - collar * 0.8, neck + 0.03, 1.6 * collar, 0.035, 0.015), shade, 0.63),
    ]


def king(tone: Tone, shade: Tone) -> list[Part]:
    """A king that fills the box."""
    crown = smooth(
        (0.38, 0.36),
        (0.38, 0.36),
        (0.3, 0.22),
        (0.34, 0.17),
        (0.42, 0.17),
        (0.5, 0.19),
        (0.58, 0.17),
        (0.66, 0.17),
        (0.7, 0.22),
        (0.62, 0.36),
        (0.62, 0.36),
    )
    cross = join(box(0.472, 0.03, 0.056, 0.16, 0.01), box(0.42, 0.07, 0.16, 0.052, 0.01))
    return [
        *column(tone, shade, 0.39, 0.16),
        fill(cross, "accent", 0.62),
        fill(crown, tone, 0.65),
        fill(clip(crown, box(0.53, 0, 0.4, 1)), shade, 0.66),
        ink(curve((0.36, 0.22), (0.37, 0.27), (0.41, 0.33)), "light", 0.018, 0.68),
    ]


def queen(tone: Tone, shade: Tone) -> list[Part]:
    """A queen that fills the box."""
    crown = poly(
        (0.37, 0.38),
        (0.26, 0.16),
        (0.37, 0.25),
        (0.41, 0.11),
        (0.5, 0.23),
        (0.59, 0.11),
        (0.63, 0.25),
        (0.74, 0.16),
        (0.63, 0.38),
    )
    tips = many(
        circle(x, y, 0.028) for x, y in ((0.26, 0.145), (0.41, 0.095), (0.59, 0.095), (0.74, 0.145))
    )
    return [
        *column(tone, shade, 0.4, 0.16),
        fill(crown, tone, 0.65),
        fill(clip(crown, box(0.53, 0, 0.4, 1)), shade, 0.66),
        fill(tips, "accent", 0.68),
        ink(line((0.34, 0.28), (0.39, 0.355)), "light", 0.018, 0.68),
    ]


def pawn(tone: Tone, shade: Tone) -> list[Part]:
    """A pawn that fills the box."""
    head = circle(0.5, 0.3, 0.155)
    return [
        *column(tone, shade, 0.47, 0.19),
        fill(head, tone, 0.65),
        fill(cut(head, circle(0.45, 0.27, 0.16)), shade, 0.66),
        ink(arc(0.5, 0.3, 0.105, 0.105, 185, 75), "light", 0.024, 0.68),
    ]


def board(x: float, y: float, width: float, height: float, cells: int, narrow: float) -> list[Part]:
    """A chequered board in perspective; `narrow` is how much shorter the far edge is."""

    def at(column: float, row: float) -> tuple[float, float]:
        near = row / cells
        near = near * near * 0.35 + near * 0.65  # far rows look shallower
        half = width / 2 * (1 - narrow * (1 - near))
        return x + (2 * column / cells - 1) * half, y + near * height

    frame = poly(at(0, 0), at(cells, 0), at(cells, cells), at(0, cells))
    squares = many(
        poly(at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1))
        for i in range(cells)
        for j in range(cells)
        if (i + j) % 2
    )
    (left, low), (right, _) = at(0, cells), at(cells, cells)
    return [
        fill(
            poly(
                (left, low), (right, low), (right - 0.01, low + 0.045), (left + 0.01, low + 0.045)
            ),
            "dark",
            0.12,
        ),
        fill(frame, "light", 0.1),
        fill(squares, "second", 0.15),
        ink(frame, "dark", 0.016, 0.18),
    ]


def lone_knight(rng: Random) -> list[Part]:
    """A knight large in front with small pawns far behind it."""
    far = [
        part
        for x, y in ((0.13, 0.66), (0.87, 0.66))
        for part in _simple(pawn("light", "second"), x, y, 0.3)
    ]
    side = rng.choice((False, True))
    horse = place(knight("main", "dark"), 0.5, 0.49, 0.9)
    if side:
        horse = change(horse, mirror)
    return [
        *board(0.5, 0.7, 0.94, 0.2, 6, 0.25),
        *far,
        fill(oval(0.52, 0.885, 0.3, 0.04), "dark", 0.4),
        *horse,
    ]


def _simple(parts: list[Part], x: float, y: float, scale: float) -> list[Part]:
    """A far copy of a piece as one silhouette with its shade."""
    bodies = [part.path for part in parts if not part.stroke and part.tone == parts[0].tone]
    shades = [part.path for part in parts if not part.stroke and part.tone == parts[1].tone]
    marks = [part for part in parts if part.tone == "accent"]
    flat = [fill(join(*bodies), parts[0].tone, 0.5), fill(many(shades), parts[1].tone, 0.5), *marks]
    return place(flat, x, y, scale, far=0.25)


def king_and_queen(rng: Random) -> list[Part]:
    """A king and the queen behind it over a toppled pawn."""
    roll = rng.choice((-1, 1)) * rng.uniform(76, 92)
    fallen = change(_simple(pawn("light", "second"), 0.5, 0.5, 0.42), lambda path: turn(path, roll))
    fallen = [Part(move(part.path, 0.2, 0.29), part.tone, part.stroke, 0.8) for part in fallen]
    return [
        *board(0.5, 0.7, 0.94, 0.2, 6, 0.25),
        fill(oval(0.68, 0.78, 0.2, 0.025), "dark", 0.25),
        *_simple(queen("second", "dark"), 0.68, 0.42, 0.74),
        fill(oval(0.36, 0.855, 0.24, 0.03), "dark", 0.4),
        *place(king("main", "dark"), 0.35, 0.46, 0.84),
        *fallen,
    ]


def opening_position(rng: Random) -> list[Part]:
    """A board with both sides in play, seen from a player's chair."""
    jump = rng.choice((0.0, 0.03))
    far = (
        ("king", 0.4, 0.25),
        ("queen", 0.56, 0.25),
        ("pawn", 0.25, 0.32),
        ("pawn", 0.72, 0.32 + jump),
    )
    near = (
        ("pawn", 0.44, 0.5 - jump),
        ("pawn", 0.17, 0.66),
        ("knight", 0.68, 0.6),
        ("pawn", 0.88, 0.7),
    )
    make = {"king": king, "queen": queen, "pawn": pawn, "knight": knight}
    parts = board(0.5, 0.36, 0.96, 0.54, 8, 0.36)
    for name, x, y in far:
        parts += _simple(make[name]("dark", "second"), x, y, 0.34 if name != "pawn" else 0.27)
    for name, x, y in near:
        scale = 0.5 if name == "knight" else 0.3 + 0.14 * (y - 0.4)
        parts += [
            Part(p.path, p.tone, p.stroke, 0.75)
            for p in _simple(make[name]("main", "dark"), x, y, scale)
        ]
    return parts


def chess_clock(rng: Random) -> list[Part]:
    """A double chess clock behind a pawn and a rook."""
    case = smooth(
        (0.06, 0.74),
        (0.06, 0.74),
        (0.07, 0.36),
        (0.12, 0.28),
        (0.2, 0.26),
        (0.2, 0.26),
        (0.8, 0.26),
        (0.8, 0.26),
        (0.88, 0.28),
        (0.93, 0.36),
        (0.94, 0.74),
        (0.94, 0.74),
    )
    minute, hour = rng.uniform(-60, 20), rng.uniform(60, 160)
    hands = many(
        (
            turn(line((0.3, 0.49), (0.3, 0.37)), minute, 0.3, 0.49),
            turn(line((0.3, 0.49), (0.3, 0.42)), hour, 0.3, 0.49),
            turn(line((0.7, 0.49), (0.7, 0.37)), minute - 140, 0.7, 0.49),
            turn(line((0.7, 0.49), (0.7, 0.42)), hour + 60, 0.7, 0.49),
        )
    )
    ticks = many(turn(line((0.3, 0.35), (0.3, 0.375)), k * 30, 0.3, 0.49) for k in range(12))
    pressed = rng.choice((0.0, 0.04))
    parts = [
        fill(box(0.04, 0.86, 0.92, 0.06, 0.02), "dark", 0.15),
        fill(
            many(
                (
                    box(0.235, 0.17 + pressed, 0.13, 0.12, 0.03),
                    box(0.635, 0.21 - pressed, 0.13, 0.12, 0.03),
                )
            ),
            "accent",
            0.3,
        ),
        fill(case, "main", 0.45),
        fill(clip(case, box(0, 0.66, 1, 0.1)), "dark", 0.47),
        fill(pair(circle(0.3, 0.49, 0.175)), "dark", 0.48),
        fill(pair(circle(0.3, 0.49, 0.15)), "light", 0.5),
        ink(pair(ticks), "dark", 0.013, 0.52),
        ink(hands, "dark", 0.02, 0.54),
        fill(pair(circle(0.3, 0.49, 0.02)), "accent", 0.56),
        fill(poly((0.47, 0.36), (0.53, 0.36), (0.5, 0.4)), "accent", 0.56),
        ink(curve((0.1, 0.6), (0.1, 0.42), (0.14, 0.32)), "light", 0.018, 0.5),
    ]
    front = [
        *_simple(pawn("second", "dark"), 0.18, 0.72, 0.44),
        *_simple(knight("second", "dark"), 0.78, 0.68, 0.52),
    ]
    return parts + [Part(p.path, p.tone, p.stroke, 0.85) for p in front]


CHESS: tuple[Drawing, ...] = (lone_knight, king_and_queen, opening_position, chess_clock)
