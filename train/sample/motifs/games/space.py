"""Fighters, saucers and cruisers in space."""

from random import Random

import skia

from train.sample.motifs.games.shapes import shrunk, svg
from train.sample.motifs.shapes import (
    box,
    change,
    circle,
    clip,
    cut,
    fill,
    ink,
    join,
    line,
    many,
    oval,
    pair,
    place,
    polar,
    star,
    turn,
)
from train.sample.parts import Part


def _bolt(x: float, y: float, length: float, degrees: float) -> skia.Path:
    """A laser bolt that starts here and flies at this angle."""
    return line((x, y), polar(x, y, length, degrees))


def _sparks(rng: Random, count: int) -> list[Part]:
    """Far stars."""
    dots = [(rng.uniform(0.05, 0.95), rng.uniform(0.05, 0.95)) for _ in range(count)]
    return [fill(many(star(x, y, 0.025, 0.008, 4) for x, y in dots), "light", 0.05)]


def _blast(x: float, y: float, size: float, turned: float, depth: float) -> list[Part]:
    """An explosion."""
    return [
        fill(star(x, y, size, size * 0.55, 11, turned), "accent", depth),
        fill(star(x, y, size * 0.68, size * 0.36, 9, turned + 14), "main", depth),
        fill(star(x, y, size * 0.4, size * 0.2, 8, turned), "light", depth),
    ]


def star_fighter(rng: Random) -> list[Part]:
    """A winged fighter from above that fires both cannons."""
    reach = rng.uniform(0.0, 0.04)
    wing = svg("M55 40 C66 48 84 58 94 66 L97 84 C86 80 72 80 61 86 L55 84Z")
    hull = svg("M50 12 C57 22 61 40 62 56 L63 82 C58 88 42 88 37 82 L38 56 C39 40 43 22 50 12Z")
    flame = svg("M40 85 L49 85 C49 93 47 97 44.5 99 C42 97 40 93 40 85Z")
    bolts = (line((0.835, 0.3 - reach), (0.835, 0.14 - reach)), line((0.835, 0.07), (0.835, 0.01)))
    ship = [
        ink(pair(many(bolts)), "accent", 0.036, 0.2),
        fill(pair(flame), "accent", 0.3),
        fill(pair(svg("M42 85 L47 85 C47 90 46 92 44.5 94 C43 92 42 90 42 85Z")), "light", 0.3),
        fill(pair(wing), "main", 0.5),
        fill(pair(svg("M66 48 L78 55.5 L78 80.5 L66 82.5Z")), "second", 0.55),
        fill(pair(svg("M88 62.5 L94 66 L97 84 L88 80.8Z")), "light", 0.55),
        fill(pair(box(0.805, 0.38, 0.06, 0.34, 0.025)), "dark", 0.6),
        fill(pair(box(0.815, 0.36, 0.04, 0.06, 0.01)), "accent", 0.62),
        fill(hull, "second", 0.7),
        fill(svg("M50 12 C54 18 57 26 59 35 L41 35 C43 26 46 18 50 12Z"), "main", 0.75),
        fill(svg("M50 39 C56 41 57 53 56 62 L44 62 C43 53 44 41 50 39Z"), "dark", 0.8),
        fill(svg("M49 43 C46.5 47 46 53 46.3 59 L49 59Z"), "light", 0.8),
        fill(pair(svg("M53 66 L60 62 L62 82 L53 85Z")), "dark", 0.75),
        ink(line((0.5, 0.66), (0.5, 0.84)), "light", 0.018, 0.8),
    ]
    tilt = rng.uniform(16, 34)
    tilted = change(ship, lambda path: turn(path, tilt, 0.5, 0.5))
    return [*_sparks(rng, 9), *place(tilted, 0.5, 0.52, 0.83)]


def saucer_attack(rng: Random) -> list[Part]:
    """A flying saucer under fire from a small fighter over the rim of a planet."""
    bob = rng.uniform(-0.03, 0.03)
    spots = (-1, -0.5, 0, 0.5, 1)
    lamps = [oval(0.5 + 0.29 * x, 0.405 + 0.055 * (1 - x * x), 0.04, 0.03) for x in spots]
    saucer = [
        fill(svg("M32 34 C34 10 66 10 68 34Z"), "second", 0.6),
        fill(svg("M37 31 C39 18 46 15 50 15 C44 21 43 27 43 32Z"), "light", 0.65),
        fill(join(circle(0.54, 0.25, 0.06), box(0.49, 0.27, 0.1, 0.08, 0.03)), "dark", 0.6),
        fill(
            many((oval(0.52, 0.25, 0.018, 0.024), oval(0.57, 0.25, 0.018, 0.024))), "accent", 0.62
        ),
        fill(svg("M4 40 C16 29 84 29 96 40 C88 53 66 58 50 58 C34 58 12 53 4 40Z"), "main", 0.7),
        fill(svg("M4 40 C20 47 80 47 96 40 C88 53 66 58 50 58 C34 58 12 53 4 40Z"), "dark", 0.7),
        fill(many(lamps), "accent", 0.75),
        ink(svg("M14 37 C30 31 70 31 84 37"), "light", 0.016, 0.75),
        fill(svg("M38 57 L62 57 L57 65 L43 65Z"), "second", 0.7),
    ]
    dart = svg("M50 6 L60 44 L92 74 L90 86 L60 78 L50 86 L40 78 L10 86 L8 74 L40 44Z")
    fighter = [
        fill(svg("M43 80 L57 80 L50 99Z"), "accent", 0.85),
        fill(dart, "main", 0.88),
        fill(svg("M74 57.5 L92 74 L90 86 L74 82Z M26 57.5 L8 74 L10 86 L26 82Z"), "second", 0.9),
        fill(svg("M50 28 L55 50 L50 62 L45 50Z"), "light", 0.92),
    ]
    turned_fighter = change(fighter, lambda path: turn(path, -42))
    planet = circle(0.2, 0.79, 0.16)
    bolts = (_bolt(0.62, 0.68, 0.1, -112), _bolt(0.72, 0.6, 0.08, -112))
    replies = (_bolt(0.46, 0.62, 0.09, 60), _bolt(0.54, 0.76, 0.09, 60))
    parts = [
        *_sparks(rng, 9),
        fill(planet, "second", 0.15),
        fill(cut(planet, circle(0.15, 0.74, 0.18)), "dark", 0.16),
        fill(
            cut(oval(0.2, 0.79, 0.24, 0.06, -16), oval(0.2, 0.79, 0.19, 0.03, -16)), "accent", 0.18
        ),
        *_blast(0.79, 0.27 + bob, 0.17, rng.uniform(0, 30), 0.4),
        *place(change(saucer, lambda path: turn(path, -9 + 60 * bob, 0.5, 0.4)), 0.49, 0.47, 0.9),
        ink(many(replies), "accent", 0.03, 0.5),
        ink(many(bolts), "light", 0.028, 0.8),
        *place(turned_fighter, 0.77, 0.78, 0.44),
    ]
    return shrunk(parts, 0.96)


def ringed_planet(rng: Random) -> list[Part]:
    """Three fighters in formation before a ringed planet."""
    slope = rng.uniform(-24, -14)
    disc = circle(0.55, 0.42, 0.27)
    band = cut(oval(0.55, 0.42, 0.46, 0.12, slope), oval(0.55, 0.42, 0.36, 0.07, slope))
    front = clip(band, turn(box(0, 0.42, 1.2, 0.5), slope, 0.55, 0.42))
    stripes = [oval(0.5, 0.28 + 0.15 * i, 0.3, 0.035, slope) for i in range(3)]
    shade = cut(disc, circle(0.46, 0.36, 0.29))
    dart = [
        fill(svg("M40 78 L48 78 L44 100Z M52 78 L60 78 L56 100Z"), "accent", 0.8),
        fill(
            svg("M50 2 L60 44 L96 82 L94 92 L60 80 L50 86 L40 80 L6 92 L4 82 L40 44Z"), "dark", 0.85
        ),
        fill(svg("M50 8 L58 46 L56 74 L44 74 L42 46Z"), "light", 0.9),
        fill(svg("M50 30 L54 48 L50 58 L46 48Z"), "accent", 0.9),
    ]
    wing = change(dart, lambda path: turn(path, 42))
    return [
        *_sparks(rng, 8),
        fill(cut(band, front), "accent", 0.15),
        fill(disc, "main", 0.2),
        *(fill(clip(path, disc), "second", 0.2) for path in stripes),
        fill(shade, "dark", 0.22),
        fill(front, "accent", 0.25),
        *_blast(0.84, 0.17, 0.12, rng.uniform(0, 30), 0.3),
        ink(many((_bolt(0.62, 0.55, 0.2, -48), _bolt(0.5, 0.36, 0.16, -48))), "light", 0.024, 0.5),
        *place(wing, 0.17, 0.5, 0.26, 0.2),
        *place(wing, 0.8, 0.8, 0.28, 0.1),
        *place(wing, 0.4, 0.72, 0.46),
    ]


def battle_cruiser(rng: Random) -> list[Part]:
    """A huge cruiser from the side with turrets and tiny attackers."""
    flare = rng.uniform(0.1, 0.15)
    hull = svg("M4 56 L30 46 L64 42 L84 44 L84 70 L66 72 L30 66 Z")
    windows = [box(0.3 + 0.07 * i, 0.555 - 0.008 * i, 0.035, 0.022) for i in range(7)]
    turret = many((circle(0.42, 0.45, 0.04), circle(0.56, 0.43, 0.04)))
    guns = many(
        (_bolt(0.42, 0.44, 0.1, -140), _bolt(0.56, 0.42, 0.1, -140), _bolt(0.44, 0.7, 0.09, 150))
    )
    beams = many(
        (
            _bolt(0.32, 0.355, 0.22, -140),
            _bolt(0.46, 0.335, 0.26, -140),
            _bolt(0.34, 0.76, 0.2, 150),
        )
    )
    drone = fill(svg("M50 10 L64 60 L96 84 L50 74 L4 84 L36 60Z"), "second", 0.9)
    left = change([drone], lambda path: turn(path, 135))
    parts = [
        *_sparks(rng, 9),
        fill(circle(0.2, 0.2, 0.13), "second", 0.1),
        fill(cut(circle(0.2, 0.2, 0.13), circle(0.16, 0.17, 0.13)), "dark", 0.1),
        fill(
            many(oval(0.86 + flare * 0.5, 0.495 + 0.08 * i, flare * 0.7, 0.03) for i in range(3)),
            "accent",
            0.3,
        ),
        fill(many(oval(0.87, 0.495 + 0.08 * i, 0.06, 0.016) for i in range(3)), "light", 0.35),
        ink(beams, "accent", 0.026, 0.4),
        ink(guns, "dark", 0.026, 0.5),
        fill(turret, "dark", 0.5),
        fill(svg("M58 44 L62 26 L70 24 L72 18 L82 18 L82 44Z"), "second", 0.55),
        fill(svg("M64 29 L79 27 L79 32 L63 33.5Z"), "light", 0.6),
        ink(line((0.77, 0.18), (0.77, 0.06)), "dark", 0.02, 0.55),
        fill(hull, "main", 0.65),
        fill(svg("M4 56 L84 57 L84 70 L66 72 L30 66Z"), "second", 0.65),
        fill(svg("M30 60 L84 61 L84 65 L30 63Z"), "dark", 0.7),
        fill(many(windows), "light", 0.7),
        fill(svg("M10 55 L28 48 L40 46.6 L40 50 L28 52Z"), "light", 0.7),
        fill(many(box(0.835, 0.465 + 0.08 * i, 0.05, 0.06, 0.01) for i in range(3)), "dark", 0.7),
        *_blast(0.66, 0.7, 0.13, rng.uniform(0, 30), 0.8),
        *place(left, 0.26, 0.85, 0.14),
        *place(left, 0.12, 0.76, 0.1),
        *place(left, 0.46, 0.87, 0.1),
    ]
    return shrunk(parts, 0.95)


SPACE_BATTLES = (star_fighter, saucer_attack, ringed_planet, battle_cruiser)
