"""Single things that furnish a place: windows, lamps, trees, clouds, cups."""

from random import Random

import skia

from train.sample.motifs.shapes import (
    Point,
    arc,
    box,
    circle,
    curve,
    join,
    line,
    many,
    oval,
    poly,
    smooth,
    star,
    trace,
)
from train.sample.parts import Part, Tone

DEEP: tuple[Tone, ...] = ("main", "second")
BRIGHT: tuple[Tone, ...] = ("main", "second", "accent")
PALE: tuple[Tone, ...] = ("main", "second", "light")
ANY: tuple[Tone, ...] = ("main", "second", "accent", "light")
"""Which tones a thing may take."""


def twice(point: Point) -> tuple[Point, Point]:
    """A point repeated: a corner of a smooth shape."""
    return point, point


def window(w: float, h: float, y: float, rng: Random) -> list[Part]:
    """A window with panes and a view."""
    wide, tall = w * rng.uniform(0.24, 0.4), y * rng.uniform(0.6, 0.85)
    x, top = rng.uniform(0.05, 0.6) * w, y * 0.06
    frame = h * 0.022
    panes = many(
        (
            line((x + wide / 2, top), (x + wide / 2, top + tall)),
            line((x, top + tall * 0.45), (x + wide, top + tall * 0.45)),
        )
    )
    hill = smooth(
        *twice((x, top + tall)),
        *twice((x, top + tall * 0.7)),
        (x + wide * 0.4, top + tall * rng.uniform(0.5, 0.65)),
        *twice((x + wide, top + tall * 0.75)),
        *twice((x + wide, top + tall)),
    )
    return [
        Part(box(x, top, wide, tall), "light", depth=0.02),
        Part(
            circle(x + wide * rng.uniform(0.2, 0.8), top + tall * 0.3, wide * 0.1),
            "accent",
            depth=0.03,
        ),
        Part(hill, "second", depth=0.05),
        Part(panes, "main", frame * 0.6, 0.15),
        Part(box(x, top, wide, tall), "main", frame, 0.15),
    ]


def shelf(w: float, h: float, y: float, rng: Random) -> list[Part]:
    """Boards with jars and books."""
    parts: list[Part] = []
    for level in (0.42, 0.84):
        board, x = y * level, w * rng.uniform(0.0, 0.1)
        parts.append(Part(box(0, board, w, h * 0.022), "second", depth=0.15))
        while x < w:
            wide, tall = h * rng.uniform(0.04, 0.11), y * rng.uniform(0.14, 0.3)
            tone = rng.choice(ANY)
            round_top = wide * rng.choice((0.08, 0.35))
            parts.append(Part(box(x, board - tall, wide, tall, round_top), tone, depth=0.12))
            x += wide * rng.choice((1.06, 1.1, 1.9))
    return parts


def lamps(w: float, h: float, rng: Random) -> list[Part]:
    """Lamps that hang from the ceiling."""
    parts: list[Part] = []
    for k in range(rng.randrange(1, 4)):
        x, drop, size = w * (0.2 + 0.3 * k), h * rng.uniform(0.08, 0.2), h * rng.uniform(0.06, 0.09)
        shade = poly(
            (x - size * 0.4, drop),
            (x + size * 0.4, drop),
            (x + size, drop + size),
            (x - size, drop + size),
        )
        parts += [
            Part(line((x, 0), (x, drop)), "dark", h * 0.008, 0.2),
            Part(shade, "second", depth=0.2),
            Part(circle(x, drop + size, size * 0.42), "accent", depth=0.19),
        ]
    return parts


def bottle(x: float, y: float, size: float, rng: Random) -> list[Part]:
    """A bottle that stands at a point."""
    body = size * 0.26
    tone = rng.choice(BRIGHT)
    return [
        Part(box(x - body, y - size, body * 2, size, body * 0.5), tone, depth=0.3),
        Part(
            box(x - body * 0.4, y - size * 1.6, body * 0.8, size * 0.7, body * 0.2), tone, depth=0.3
        ),
        Part(box(x - body * 0.8, y - size * 0.7, body * 1.6, size * 0.35), "light", depth=0.3),
    ]


def cup(x: float, y: float, size: float, rng: Random) -> list[Part]:
    """A cup with a handle."""
    wide = size * 0.42
    body = trace(
        (x - wide, y - size * 0.8),
        (x + wide, y - size * 0.8),
        (x + wide, y, x, y),
        (x - wide, y, x - wide, y - size * 0.8),
    )
    tone = rng.choice(PALE)
    return [
        Part(
            arc(x + wide, y - size * 0.5, size * 0.22, size * 0.2, -90, 180),
            tone,
            size * 0.09,
            0.35,
        ),
        Part(body, tone, depth=0.35),
        Part(oval(x, y - size * 0.8, wide, size * 0.1), "dark", depth=0.35),
    ]


def plant(x: float, y: float, size: float, rng: Random) -> list[Part]:
    """A pot with leaves."""
    pot = poly(
        (x - size * 0.2, y - size * 0.32),
        (x + size * 0.2, y - size * 0.32),
        (x + size * 0.14, y),
        (x - size * 0.14, y),
    )
    parts = []
    for _ in range(rng.randrange(5, 8)):
        lean, tall = rng.uniform(-0.5, 0.5) * size, size * rng.uniform(0.55, 0.95)
        tip = (x + lean, y - tall)
        leaf = trace(
            (x, y - size * 0.3),
            (x + lean * 0.1 - size * 0.12, y - tall * 0.7, *tip),
            (x + lean * 0.6 + size * 0.12, y - tall * 0.6, x, y - size * 0.3),
        )
        parts.append(Part(leaf, rng.choice(DEEP), depth=0.3))
    return [*parts, Part(pot, "accent", depth=0.32)]


def floor_lamp(x: float, y: float, tall: float) -> list[Part]:
    """A standing lamp."""
    size = tall * 0.18
    shade = poly(
        (x - size * 0.55, y - tall),
        (x + size * 0.55, y - tall),
        (x + size, y - tall + size * 1.3),
        (x - size, y - tall + size * 1.3),
    )
    return [
        Part(line((x, y), (x, y - tall + size)), "dark", tall * 0.02, 0.28),
        Part(oval(x, y, size * 0.7, size * 0.16), "dark", depth=0.28),
        Part(shade, "accent", depth=0.28),
    ]


def house(x: float, y: float, wide: float, tall: float, depth: float, rng: Random) -> list[Part]:
    """A house front with windows, some lit, and sometimes an awning."""
    tone = rng.choice(DEEP)
    top = y - tall
    roof = box(x, top, wide, tall)
    if rng.random() < 0.35:
        roof = poly(
            (x, y), (x, top), (x + wide / 2, top - wide * 0.3), (x + wide, top), (x + wide, y)
        )
    parts = [Part(roof, tone, depth=depth)]
    columns, rows = max(int(wide / 13), 1), max(int(tall / 18), 1)
    dark: list[skia.Path] = []
    lit: list[skia.Path] = []
    for i in range(columns):
        for j in range(rows):
            pane = box(
                x + wide * (i + 0.25) / columns,
                top + tall * (j + 0.2) / rows,
                wide * 0.5 / columns,
                tall * 0.5 / rows,
            )
            (lit if rng.random() < 0.4 else dark).append(pane)
    if dark:
        parts.append(Part(many(dark), "dark", depth=depth))
    if lit:
        parts.append(Part(many(lit), "accent", depth=depth))
    if depth > 0.2 and rng.random() < 0.5:
        parts += awning(x, y - tall * 0.3, wide)
    return parts


def awning(x: float, y: float, wide: float) -> list[Part]:
    """A striped shop awning."""
    drop, stripes = wide * 0.22, 5
    parts = []
    for k in range(stripes):
        left = x + wide * k / stripes
        right = left + wide / stripes
        flap = poly((left, y), (right, y), (right, y + drop), (left, y + drop))
        parts.append(Part(flap, "light" if k % 2 else "accent", depth=0.26))
    return parts


def lantern(x: float, y: float, tall: float) -> list[Part]:
    """A street lamp."""
    size = tall * 0.07
    return [
        Part(line((x, y), (x, y - tall)), "dark", tall * 0.025, 0.3),
        Part(
            box(x - size * 1.4, y - tall - size * 0.4, size * 2.8, size * 0.6, 1), "dark", depth=0.3
        ),
        Part(circle(x, y - tall + size * 0.7, size), "accent", depth=0.31),
    ]


def garland(w: float, y: float, sag: float, rng: Random) -> list[Part]:
    """A string of little lamps across the picture."""

    def height(t: float) -> float:
        return y + sag * 4 * t * (1 - t)

    bulbs = [circle(w * k / 12, height(k / 12) + 3, 2.6) for k in range(13)]
    cord = curve(*((w * k / 6, height(k / 6)) for k in range(7)))
    return [Part(cord, "dark", 1.2, 0.3), Part(many(bulbs), "accent", depth=0.31)]


def sun(w: float, h: float, y: float, rng: Random) -> list[Part]:
    """A large sun, high or touching the horizon."""
    size = h * rng.uniform(0.1, 0.2)
    x, level = rng.uniform(0.15, 0.85) * w, y - rng.uniform(0.2, 3.0) * size
    return [Part(circle(x, max(level, size * 1.2), size), "accent", depth=0.03)]


def cloud(x: float, y: float, wide: float, depth: float) -> list[Part]:
    """A cloud of round puffs."""
    puffs = [
        oval(x, y, wide * 0.6, wide * 0.13),
        circle(x - wide * 0.22, y - wide * 0.1, wide * 0.16),
        circle(x + wide * 0.08, y - wide * 0.17, wide * 0.22),
        circle(x + wide * 0.34, y - wide * 0.05, wide * 0.13),
    ]
    return [Part(join(*puffs), "light", depth=depth)]


def clouds(w: float, y: float, rng: Random) -> list[Part]:
    """A few clouds at different heights."""
    parts: list[Part] = []
    for _ in range(rng.randrange(1, 4)):
        parts += cloud(
            rng.uniform(0, 1) * w, y * rng.uniform(0.15, 0.7), w * rng.uniform(0.1, 0.22), 0.05
        )
    return parts


def stars(w: float, h: float, rng: Random) -> list[skia.Path]:
    """Stars of two sizes."""
    dots = [
        circle(rng.uniform(0, 1) * w, rng.uniform(0, 0.9) * h, rng.uniform(0.6, 1.5))
        for _ in range(40)
    ]
    tips = [
        star(rng.uniform(0, 1) * w, rng.uniform(0, 0.8) * h, h * 0.035, h * 0.008, 4)
        for _ in range(5)
    ]
    return dots + tips


def planet(x: float, y: float, size: float, rng: Random) -> list[Part]:
    """A planet, sometimes with a ring."""
    parts = [Part(circle(x, y, size), "second", depth=0.06)]
    if rng.random() < 0.6:
        parts.append(Part(oval(x, y, size * 1.7, size * 0.34, -18), "accent", size * 0.1, 0.07))
    return parts


def tree(x: float, y: float, tall: float, rng: Random) -> list[Part]:
    """A round tree or a fir."""
    trunk = Part(
        box(x - tall * 0.04, y - tall * 0.35, tall * 0.08, tall * 0.35), "dark", depth=0.25
    )
    if rng.random() < 0.5:
        crown = many(
            poly(
                (x, y - tall * (1 - 0.22 * k)),
                (x + tall * (0.14 + 0.07 * k), y - tall * (0.62 - 0.22 * k)),
                (x - tall * (0.14 + 0.07 * k), y - tall * (0.62 - 0.22 * k)),
            )
            for k in range(3)
        )
    else:
        crown = oval(x, y - tall * 0.62, tall * 0.26, tall * 0.36)
    return [trunk, Part(crown, rng.choice(DEEP), depth=0.26)]


def fence(w: float, y: float, tall: float) -> list[Part]:
    """A fence across the picture."""
    step = w / 12
    posts = [box(step * (k + 0.4), y - tall, step * 0.2, tall, 1) for k in range(12)]
    rails = [box(0, y - tall * level, w, tall * 0.12) for level in (0.8, 0.42)]
    return [Part(many(rails + posts), "light", depth=0.28)]


def grass(w: float, h: float, rng: Random) -> list[Part]:
    """Blades of grass and some flowers at the lower edge."""
    blades: list[skia.Path] = []
    flowers: list[skia.Path] = []
    for _ in range(34):
        x, tall, lean = rng.uniform(0, 1) * w, h * rng.uniform(0.05, 0.14), rng.uniform(-6, 6)
        blades.append(poly((x - 2.2, h + 2), (x + 2.2, h + 2), (x + lean, h - tall)))
        if rng.random() < 0.18:
            flowers.append(circle(x + lean, h - tall, h * 0.016))
    parts = [Part(many(blades), "main", depth=1.0)]
    return [*parts, Part(many(flowers), "accent", depth=1.0)] if flowers else parts


def sail(x: float, y: float, tall: float) -> list[Part]:
    """A small sailing boat."""
    hull = poly(
        (x - tall * 0.4, y - tall * 0.12),
        (x + tall * 0.4, y - tall * 0.12),
        (x + tall * 0.24, y),
        (x - tall * 0.24, y),
    )
    cloth = poly((x, y - tall), (x, y - tall * 0.18), (x + tall * 0.36, y - tall * 0.18))
    jib = poly(
        (x - tall * 0.05, y - tall * 0.85),
        (x - tall * 0.05, y - tall * 0.18),
        (x - tall * 0.3, y - tall * 0.18),
    )
    return [
        Part(hull, "main", depth=0.2),
        Part(cloth, "light", depth=0.2),
        Part(jib, "accent", depth=0.2),
    ]


def waves(w: float, h: float, y: float, rng: Random) -> list[Part]:
    """Rows of crests that grow towards the viewer."""
    rows = []
    for k in range(1, 6):
        level, reach = y + (h - y) * (k / 6) ** 1.4, h * 0.012 * k
        for _ in range(5):
            x = rng.uniform(0, 1) * w
            rows.append(
                curve(
                    (x - reach * 5, level),
                    (x - reach * 2, level - reach),
                    (x, level),
                    (x + reach * 2, level - reach),
                    (x + reach * 5, level),
                )
            )
    return [Part(many(rows), "light", h * 0.01, 0.3)]


def flag(x: float, y: float, tall: float) -> list[Part]:
    """A chequered flag on a pole."""
    side = tall * 0.06
    light: list[skia.Path] = []
    dark: list[skia.Path] = []
    for i in range(5):
        for j in range(4):
            cell = box(x + side * i, y - tall + side * j + side * 0.3 * (i % 2), side, side)
            (light if (i + j) % 2 else dark).append(cell)
    return [
        Part(line((x, y), (x, y - tall)), "second", tall * 0.022, 1.0),
        Part(many(light), "light", depth=1.0),
        Part(many(dark), "dark", depth=1.0),
    ]
