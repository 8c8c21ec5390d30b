"""Dragons and those who look for them."""

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
    many,
    mirror,
    move,
    oval,
    pair,
    place,
    poly,
    resize,
    ribbon,
    turn,
)
from train.sample.parts import Part


def dragon_head(rng: Random) -> list[Part]:
    """A dragon's head in profile that breathes fire."""
    blaze = rng.uniform(-0.04, 0.04)
    neck = svg("M8 97 C6 74 12 50 26 36 C32 30 40 30 46 34 L56 52 C48 62 46 78 52 97Z")
    skull = svg(
        "M26 36 C30 24 42 20 52 24 C60 26 66 32 74 34 C80 34 82 38 80 43 L70 48 L58 49 C54 56 44 "
        "58 36 54 C28 50 24 44 26 36Z"
    )
    jaw = svg("M40 52 C48 54 56 54 62 57 L75 62 C72 67 64 68 56 66 C46 66 38 62 36 56Z")
    horns = svg(
        "M36 27 C30 18 22 12 10 10 C14 18 20 26 28 34Z M46 23 C44 14 38 7 28 3 C30 12 33 19 38 26Z"
    )
    spikes = [
        svg(f"M{a} {b} L{a - 12} {b - 4} L{a - 3} {b + 11}Z")
        for a, b in ((23, 40), (17, 51), (13, 63), (10, 76))
    ]
    fire = svg(
        "M66 55 C74 50 80 52 84 46 C85 52 90 50 94 43 C93 52 98 54 97 60 C97 68 92 70 94 78 C88 "
        "74 86 76 84 80 C82 72 74 68 68 60Z"
    )
    teeth = [
        poly(
            (x, 0.478 - 0.06 * (x - 0.55)),
            (x + 0.035, 0.475 - 0.06 * (x - 0.55)),
            (x + 0.016, 0.535),
        )
        for x in (0.57, 0.625, 0.68, 0.735)
    ]
    plates = [
        curve(
            (0.47 - 0.02 * i, 0.68 + 0.09 * i),
            (0.38 - 0.03 * i, 0.7 + 0.09 * i),
            (0.31 - 0.03 * i, 0.68 + 0.09 * i),
        )
        for i in range(4)
    ]
    parts = [
        fill(
            change([fill(fire, "accent")], lambda p: turn(p, 60 * blaze, 0.66, 0.57))[0].path,
            "accent",
            0.2,
        ),
        fill(
            turn(
                svg(
                    "M68 57 C76 54 82 56 86 52 C88 58 92 58 92 64 C90 66 88 68 86 70 C82 66 74 "
                    "64 68 57Z"
                ),
                60 * blaze,
                0.66,
                0.57,
            ),
            "light",
            0.25,
        ),
        fill(many(spikes), "second", 0.3),
        fill(neck, "main", 0.4),
        fill(svg("M46 62 C38 66 28 82 28 97 L52 97 C47 82 47 72 52 60Z"), "second", 0.45),
        ink(many(plates), "dark", 0.014, 0.45),
        fill(jaw, "main", 0.5),
        fill(svg("M44 51 L70 50 L64 57 L46 56Z"), "dark", 0.5),
        fill(svg("M50 56 C56 52 64 54 68 57 C62 60 54 60 50 56Z"), "accent", 0.55),
        fill(horns, "light", 0.5),
        ink(svg("M20 17 L17 21 M27 22 L23 26 M37 13 L33 15 M41 18 L37 20"), "dark", 0.014, 0.55),
        fill(skull, "main", 0.7),
        fill(many(teeth), "light", 0.75),
        fill(
            svg(
                "M30 44 C22 44 16 50 14 58 C22 56 24 58 26 62 C30 58 34 60 38 62 C42 56 40 46 30 "
                "44Z"
            ),
            "second",
            0.75,
        ),
        ink(svg("M34 47 L20 54 M36 50 L28 58"), "dark", 0.014, 0.78),
        fill(svg("M44 34 C48 30 54 31 58 35 C54 39 48 40 44 34Z"), "accent", 0.8),
        fill(oval(0.515, 0.35, 0.012, 0.033), "dark", 0.85),
        ink(svg("M42 31 C48 27 55 29 60 34"), "dark", 0.024, 0.85),
        fill(oval(0.745, 0.385, 0.02, 0.012, -20), "dark", 0.85),
        ink(svg("M33 30 C38 26 44 25 50 26.5"), "light", 0.014, 0.8),
    ]
    return shrunk(parts, 0.96)


def flying_dragon(rng: Random) -> list[Part]:
    """A dragon with spread wings before the moon, over a far castle."""
    flap = rng.uniform(-6, 6)
    wing = svg(
        "M52 46 C60 34 66 18 80 8 C82 14 90 22 97 36 C92 36 88 40 87 47 C82 42 77 44 75 52 C70 "
        "47 65 50 63 57 C60 54 56 54 53 56Z"
    )
    bones = svg(
        "M55 50 C62 38 70 22 80 10 M80 10 C84 20 86 32 87 45 M80 10 C78 24 76 38 75 50 M80 10 "
        "C72 26 66 42 63 55"
    )
    right = turn(wing, flap, 0.52, 0.5)
    ribs = turn(bones, flap, 0.52, 0.5)
    tail = ribbon(
        ((0.5, 0.68), (0.52, 0.78), (0.44, 0.86), (0.34, 0.84), (0.3, 0.77)),
        (0.11, 0.08, 0.055, 0.035, 0.02),
    )
    castle = svg(
        "M6 96 L6 78 L9 78 L9 81 L12 81 L12 78 L15 78 L15 84 L22 84 L22 72 L26 66 L30 72 L30 96Z "
        "M72 96 L72 86 L80 86 L80 76 L84 69 L88 76 L88 82 L94 82 L94 96Z"
    )
    return [
        fill(circle(0.5, 0.42, 0.36), "light", 0.05),
        fill(
            many((circle(0.36, 0.28, 0.045), circle(0.62, 0.62, 0.06), circle(0.43, 0.67, 0.035))),
            "accent",
            0.06,
        ),
        fill(castle, "dark", 0.15),
        fill(svg("M3 97 C20 86 40 90 50 93 C64 88 82 88 97 97Z"), "dark", 0.2),
        fill(many((box(0.25, 0.77, 0.025, 0.045), box(0.83, 0.8, 0.025, 0.045))), "accent", 0.2),
        fill(pair(right), "second", 0.4),
        ink(pair(ribs), "dark", 0.018, 0.45),
        fill(poly((0.3, 0.8), (0.22, 0.78), (0.28, 0.68), (0.35, 0.75)), "accent", 0.5),
        fill(tail, "main", 0.5),
        fill(pair(svg("M56 62 C64 64 66 72 61 80 L57 78 C59 72 57 70 53 69Z")), "main", 0.5),
        fill(svg("M50 30 C58 36 61 50 58 62 C56 70 44 70 42 62 C39 50 42 36 50 30Z"), "main", 0.6),
        fill(
            svg("M50 44 C55 50 56 58 54 65 C52 69 48 69 46 65 C44 58 45 50 50 44Z"), "accent", 0.65
        ),
        ink(
            svg(
                "M46 52 C48 54 52 54 54 52 M45.5 58 C48 60 52 60 54.5 58 M47 64 C49 65 51 65 53 64"
            ),
            "dark",
            0.013,
            0.65,
        ),
        fill(
            svg(
                "M50 14 C55 14 59 18 59 25 C59 30 55 34 54 40 C52 43 48 43 46 40 C45 34 41 30 41 "
                "25 C41 18 45 14 50 14Z"
            ),
            "main",
            0.7,
        ),
        fill(pair(svg("M56 17 C60 14 61 10 60 5 C66 9 66 16 60 22Z")), "light", 0.7),
        fill(pair(svg("M52 24 L58 21 L57 26Z")), "accent", 0.8),
        fill(pair(oval(0.517, 0.375, 0.01, 0.013)), "dark", 0.8),
    ]


def sword_and_shield(rng: Random) -> list[Part]:
    """A shield with a dragon on it before two crossed swords."""
    lean = rng.uniform(-3, 3)
    blade = svg("M46.5 16 L50 4 L53.5 16 L53.5 66 L46.5 66Z")
    sword = [
        fill(blade, "light", 0.2),
        fill(svg("M50 4 L53.5 16 L53.5 66 L50 66Z"), "second", 0.22),
        fill(soft(0.02, (0.36, 0.65), (0.64, 0.65), (0.62, 0.71), (0.38, 0.71)), "accent", 0.25),
        fill(box(0.468, 0.7, 0.064, 0.15, 0.02), "dark", 0.25),
        fill(circle(0.5, 0.88, 0.045), "accent", 0.25),
    ]
    right = change(place(sword, 0.5, 0.5, 1.24), lambda path: turn(path, 43 + lean, 0.5, 0.54))
    plate = svg(
        "M50 12 C60 18 72 20 84 20 C86 46 80 76 50 93 C20 76 14 46 16 20 C28 20 40 18 50 12Z"
    )
    plate = resize(plate, 0.92, 0.92, 0.5, 0.54)
    inner = resize(plate, 0.86, 0.86, 0.5, 0.54)
    crest = svg(
        "M38 76 C30 70 30 60 38 56 C46 52 50 50 48 44 C46 40 40 42 36 46 L32 41 L26 42 L32 36"
        "C34 30 40 27 45 27 L41 18 L52 27 C60 31 61 42 55 50 C58 56 58 62 54 68 C60 70 64 66 63 61"
        "L59 62 L66 53 L71 63 L67 62 C68 72 60 78 52 75 C48 79 43 79 38 76Z"
    )
    wing = svg(
        "M54 50 C60 44 62 34 72 27 C72 32 75 38 77 44 C74 44 72 46 72 50 C69 48 66 49 65 52 C62 "
        "50 58 51 56 54Z"
    )
    return [
        *change(right, mirror),
        *right,
        fill(move(plate, 0.01, 0.02), "dark", 0.45),
        fill(plate, "accent", 0.5),
        fill(inner, "main", 0.55),
        fill(clip(inner, box(0.5, 0, 0.5, 1)), "second", 0.55),
        fill(many((crest, wing)), "light", 0.7),
        fill(circle(0.43, 0.36, 0.018), "dark", 0.75),
        ink(svg("M40 68 C45 70 49 67 50 61 M60 48 C64 42 67 36 71 31"), "dark", 0.014, 0.75),
        fill(
            many(
                circle(x, y, 0.017)
                for x, y in (
                    (0.5, 0.185),
                    (0.215, 0.255),
                    (0.785, 0.255),
                    (0.5, 0.865),
                    (0.235, 0.56),
                    (0.765, 0.56),
                )
            ),
            "dark",
            0.75,
        ),
        ink(svg("M21 28 C21 42 24 55 30 65"), "light", 0.018, 0.75),
    ]


def hatching_egg(rng: Random) -> list[Part]:
    """A baby dragon that climbs out of its egg on a heap of gold."""
    turnaround = rng.uniform(-6, 6)
    crack = "L70 56 L62 63 L55 55 L47 63 L39 56 L31 63 L24 57"
    shell = svg(f"M78 62 {crack} L22 62 C20 78 32 94 50 94 C68 94 80 78 78 62Z")
    cap = svg("M36 20 L42 13 C46 6 54 4 60 8 C66 11 69 17 68 24 L60 20 L55 25 L49 19 L43 24Z")
    spots = many(
        (
            oval(0.35, 0.74, 0.055, 0.04, -20),
            oval(0.6, 0.71, 0.05, 0.038, 15),
            oval(0.5, 0.84, 0.06, 0.035),
            oval(0.7, 0.8, 0.03, 0.035),
        )
    )
    coins = [
        oval(x, y, 0.06, 0.03, t)
        for x, y, t in (
            (0.12, 0.9, -8),
            (0.24, 0.94, 5),
            (0.78, 0.93, -6),
            (0.9, 0.9, 9),
            (0.36, 0.955, 0),
            (0.64, 0.955, 3),
            (0.5, 0.965, 0),
        )
    ]
    wing = svg(
        "M66 52 C72 40 80 34 92 32 C90 38 92 44 95 50 C90 49 87 51 86 56 C82 53 78 54 77 60 C73 "
        "58 70 58 67 60Z"
    )
    head = [
        fill(
            svg(
                "M36 34 C34 24 40 18 50 18 C60 18 66 24 64 34 C70 38 68 47 60 49 C54 51 46 51 40 "
                "49 C32 47 30 38 36 34Z"
            ),
            "main",
            0.6,
        ),
        fill(pair(svg("M57 21 C60 16 60 12 58 8 C66 10 69 17 65 25Z")), "accent", 0.6),
        fill(pair(oval(0.575, 0.325, 0.045, 0.055)), "light", 0.7),
        fill(pair(oval(0.567, 0.33, 0.025, 0.036)), "dark", 0.75),
        fill(pair(circle(0.575, 0.315, 0.012)), "light", 0.8),
        fill(pair(oval(0.53, 0.425, 0.01, 0.013)), "dark", 0.75),
        ink(svg("M42 45 C46 48 54 48 58 45"), "dark", 0.014, 0.75),
        fill(svg("M45 46.5 L47.5 46.8 L46 51Z M54.5 46.6 L52.5 46.8 L54 51Z"), "light", 0.75),
        fill(cap, "light", 0.8),
        fill(
            many((oval(0.5, 0.12, 0.04, 0.025, -20), oval(0.61, 0.15, 0.025, 0.022))),
            "second",
            0.82,
        ),
    ]
    parts = [
        fill(svg("M3 95 C16 82 34 82 50 84 C66 82 84 82 97 95Z"), "accent", 0.1),
        fill(pair(wing), "second", 0.3),
        ink(pair(svg("M67 56 C73 44 82 37 90 34 M86 54 C86 46 87 40 90 34")), "dark", 0.016, 0.35),
        fill(svg("M36 66 L38 48 L62 48 L64 66Z"), "main", 0.4),
        fill(svg("M44 64 L45 50 L55 50 L56 64Z"), "light", 0.45),
        *change(head, lambda path: turn(path, turnaround, 0.5, 0.5)),
        fill(shell, "light", 0.85),
        fill(clip(svg("M64 60 C68 72 60 86 46 94 L80 96 L84 58Z"), shell), "dark", 0.86),
        fill(spots, "second", 0.87),
        fill(pair(oval(0.65, 0.61, 0.045, 0.032)), "main", 0.9),
        fill(many(coins), "accent", 0.92),
        ink(many(coins), "dark", 0.013, 0.93),
    ]
    return shrunk(parts, 0.97)


DRAGON_QUESTS = (dragon_head, flying_dragon, sword_and_shield, hatching_egg)
