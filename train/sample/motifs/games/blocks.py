"""Blocks that fall, stack and fit together."""

from random import Random

from train.sample.motifs.games.shapes import iso, prism, shrunk, soft
from train.sample.motifs.shapes import (
    box,
    change,
    fill,
    ink,
    join,
    line,
    many,
    move,
    pair,
    poly,
    star,
    turn,
)
from train.sample.parts import Part, Tone

Cell = tuple[int, int]


_TEE: tuple[Cell, ...] = ((0, 0), (1, 0), (2, 0), (1, 1))
_ELL: tuple[Cell, ...] = ((0, 0), (0, 1), (0, 2), (1, 2))
_ESS: tuple[Cell, ...] = ((1, 0), (2, 0), (0, 1), (1, 1))
_SQUARE: tuple[Cell, ...] = ((0, 0), (1, 0), (0, 1), (1, 1))


def _blocks(
    cells: tuple[Cell, ...], x: float, y: float, size: float, tone: Tone, depth: float = 0.5
) -> list[Part]:
    """A piece of bevelled squares from the upper left corner of its grid."""
    corners = [(x + column * size, y + row * size) for column, row in cells]
    gap = size * 0.07
    side = size - 2 * gap
    shine = [
        line(
            (left + size * 0.24, top + size * 0.6),
            (left + size * 0.24, top + size * 0.24),
            (left + size * 0.6, top + size * 0.24),
        )
        for left, top in corners
    ]
    shade = [
        poly(
            (left + size - gap, top + gap),
            (left + size - gap, top + size - gap),
            (left + gap, top + size - gap),
            (left + size * 0.26, top + size * 0.76),
            (left + size * 0.76, top + size * 0.76),
            (left + size * 0.76, top + size * 0.26),
        )
        for left, top in corners
    ]
    return [
        fill(join(*(box(left, top, size, size, gap) for left, top in corners)), "dark", depth),
        fill(many(box(a + gap, b + gap, side, side, gap) for a, b in corners), tone, depth),
        fill(many(shade), "second" if tone == "main" else "main", depth),
        ink(many(shine), "light", max(0.012, size * 0.09), depth),
    ]


def falling_well(rng: Random) -> list[Part]:
    """A tall well half full of blocks with one piece that falls into a gap."""
    size = 0.118
    left, floor = 0.146, 0.9
    gap = rng.choice((1, 2, 3))
    rows = [
        [0, 1, 2, 3, 4, 5],
        [c for c in range(6) if c != gap + 1],
        [c for c in range(6) if c not in (gap, gap + 1, gap + 2)],
        [c for c in range(6) if c not in (gap - 1, gap, gap + 1, gap + 2)],
    ]
    tones: tuple[Tone, ...] = ("main", "accent", "second")
    filled: dict[Tone, list[Cell]] = {tone: [] for tone in tones}
    for row, columns in enumerate(rows):
        for column in columns:
            filled[tones[(column * 2 + row * row) % 3]].append((column, -row - 1))
    drop = rng.uniform(0.16, 0.24)
    shaft = box(left, 0.1, 6 * size, floor - 0.1)
    trails = [
        line((left + size * (gap + i + 0.5), drop - 0.04), (left + size * (gap + i + 0.5), 0.07))
        for i in range(3)
    ]
    return [
        fill(soft(0.05, (0.06, 0.05), (0.94, 0.05), (0.94, 0.97), (0.06, 0.97)), "second", 0.1),
        fill(soft(0.02, (0.1, 0.08), (0.9, 0.08), (0.9, 0.93), (0.1, 0.93)), "light", 0.15),
        fill(shaft, "dark", 0.2),
        ink(many(trails), "accent", 0.022, 0.3),
        *(p for tone in tones for p in _blocks(tuple(filled[tone]), left, floor, size, tone, 0.5)),
        *_blocks(_TEE, left + gap * size, drop, size, rng.choice(("main", "accent")), 0.8),
        ink(pair(line((0.08, 0.12), (0.08, 0.3))), "light", 0.016, 0.4),
    ]


def tumbling_pieces(rng: Random) -> list[Part]:
    """Four big pieces that tumble through the air."""
    size = 0.165
    spin = rng.uniform(-8, 8)

    def piece(cells: tuple[Cell, ...], x: float, y: float, tone: Tone, angle: float) -> list[Part]:
        parts = _blocks(cells, x, y, size, tone)
        return change(parts, lambda path: turn(path, angle + spin, x + 0.2, y + 0.15))

    sparks = [(0.5, 0.09), (0.06, 0.6), (0.95, 0.5), (0.48, 0.94)]
    streaks = [
        line((x, y), (x + 0.02, y - rng.uniform(0.08, 0.14)))
        for x, y in ((0.1, 0.14), (0.93, 0.2), (0.55, 0.42))
    ]
    parts = [
        ink(many(streaks), "light", 0.02, 0.1),
        fill(many(star(x, y, 0.045, 0.014, 4) for x, y in sparks), "light", 0.1),
        *piece(_SQUARE, 0.62, 0.06, "accent", 16),
        *piece(_ESS, 0.04, 0.2, "second", -18),
        *piece(_ELL, 0.6, 0.44, "main", 12),
        *piece(_TEE, 0.1, 0.57, "accent" if spin > 0 else "main", -12),
    ]
    return shrunk(parts, 0.96)


def slot_tray(rng: Random) -> list[Part]:
    """A tray of wooden pieces from above with the last piece beside its slot."""
    size = 0.15
    angle = rng.uniform(-9, -4)
    offset = rng.uniform(0.0, 0.04)
    slot = join(
        *(
            box(0.2 + c * size, 0.12 + r * size, size, size)
            for c, r in ((2, 2), (3, 2), (3, 1), (3, 3))
        )
    )
    tray = [
        fill(box(0.1, 0.05, 0.8, 0.8, 0.07), "dark", 0.1),
        fill(box(0.08, 0.02, 0.8, 0.8, 0.07), "second", 0.2),
        ink(box(0.105, 0.045, 0.75, 0.75, 0.055), "light", 0.014, 0.2),
        fill(box(0.17, 0.1, 0.64, 0.64, 0.02), "dark", 0.25),
        *_blocks(_ELL, 0.2, 0.12, size, "accent", 0.4),
        *_blocks(((1, 0), (2, 0), (3, 0), (1, 1), (2, 1)), 0.2, 0.12, size, "main", 0.4),
        *_blocks(((0, 3), (1, 3), (2, 3)), 0.2, 0.12, size, "light", 0.4),
        ink(slot, "accent", 0.014, 0.3),
    ]
    last = _blocks(((0, 1), (1, 0), (1, 1), (1, 2)), 0.0, 0.0, 0.17, "main", 0.9)
    shadow = _blocks(((0, 1), (1, 0), (1, 1), (1, 2)), 0.0, 0.0, 0.17, "main", 0.9)[0]
    lifted = change([shadow], lambda path: turn(move(path, 0.58, 0.43), 17, 0.72, 0.63))
    held = change(last, lambda path: turn(move(path, 0.54 + offset * 0.5, 0.38), 17, 0.7, 0.58))
    board = change(tray, lambda path: turn(path, angle, 0.48, 0.42))
    return shrunk([*board, *lifted, *held], 0.96)


def cube_stack(rng: Random) -> list[Part]:
    """A stack of cubes in three dimensions with one piece that floats above it."""
    at = iso(0.127, 0.5, 0.545)

    heights = [[3, 2, 1], [2, 1 + rng.randint(0, 1), 1], [1, 1, 0]]
    tones: tuple[Tone, ...] = ("main", "accent", "second")
    parts = [
        fill(
            poly(at(-0.4, -0.4, 0), at(3.4, -0.4, 0), at(3.4, 3.4, 0), at(-0.4, 3.4, 0)),
            "dark",
            0.1,
        )
    ]
    for level in range(3):
        cells = [(u, v) for u in range(3) for v in range(3) if heights[u][v] > level]
        faces = {cell: prism(at, *cell, level, 1, 1, 1) for cell in cells}
        tops = [top for top, _, _ in faces.values()]
        west = [faces[u, v][1] for u, v in cells if (u, v + 1) not in faces]
        east = [faces[u, v][2] for u, v in cells if (u + 1, v) not in faces]
        edges = [
            line(at(u, v + 1, level + 1), at(u + 1, v + 1, level + 1), at(u + 1, v, level + 1))
            for u, v in cells
        ]
        depth = 0.3 + 0.15 * level
        parts += [
            fill(many((*tops, *west)), tones[level], depth),
            fill(many(east), "dark", depth),
            ink(many(edges), "light", 0.014, depth),
        ]
        seams = [line(at(u + 1, v + 1, level), at(u + 1, v + 1, level + 1)) for u, v in cells]
        parts.append(ink(many(seams), "light", 0.014, depth))
    hover = 3.35 + rng.uniform(0.0, 0.2)
    for u, v in ((0.6, 1.2), (1.6, 1.2)):
        top, west, east = prism(at, u - 0.6, v - 0.7, hover - 0.2, 1, 1, 1)
        parts += [
            fill(join(top, west), "accent", 0.9),
            fill(east, "dark", 0.9),
            fill(top, "light", 0.9),
        ]
    return parts


BLOCK_PUZZLES = (falling_well, tumbling_pieces, slot_tray, cube_stack)
