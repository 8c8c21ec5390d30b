"""Fighting robots."""

from random import Random

import skia

from train.sample.motifs.games.shapes import soft, svg
from train.sample.motifs.shapes import (
    arc,
    box,
    change,
    circle,
    clip,
    fill,
    ink,
    line,
    many,
    mirror,
    oval,
    pair,
    polar,
    star,
)
from train.sample.parts import Part, Tone


def _bolts(*spots: tuple[float, float]) -> skia.Path:
    """Rivets."""
    return many(circle(x, y, 0.014) for x, y in spots)


def boxing_robot(rng: Random) -> list[Part]:
    """A heavy robot on its feet with both fists up."""
    guard = rng.uniform(-0.03, 0.03)
    left_fist = 0.36 + guard
    right_fist = 0.3 - guard

    def fist(x: float, y: float) -> list[Part]:
        return [
            fill(
                soft(
                    0.035,
                    (x - 0.1, y - 0.09),
                    (x + 0.1, y - 0.09),
                    (x + 0.1, y + 0.1),
                    (x - 0.1, y + 0.1),
                ),
                "accent",
                0.9,
            ),
            ink(
                many(
                    line((x - 0.05 + 0.05 * i, y - 0.08), (x - 0.05 + 0.05 * i, y + 0.01))
                    for i in range(3)
                ),
                "dark",
                0.014,
                0.92,
            ),
            fill(
                soft(
                    0.015,
                    (x - 0.09, y + 0.02),
                    (x + 0.06, y + 0.02),
                    (x + 0.06, y + 0.06),
                    (x - 0.09, y + 0.06),
                ),
                "dark",
                0.92,
            ),
            ink(line((x - 0.07, y - 0.06), (x - 0.02, y - 0.065)), "light", 0.016, 0.94),
        ]

    legs = soft(0.02, (0.55, 0.64), (0.68, 0.64), (0.7, 0.82), (0.58, 0.82))
    foot = soft(0.03, (0.55, 0.8), (0.73, 0.8), (0.79, 0.95), (0.53, 0.95))
    arms = many(
        (
            line((0.26, 0.36), (0.15, 0.56), (0.17, left_fist + 0.1)),
            line((0.74, 0.36), (0.87, 0.54), (0.84, right_fist + 0.1)),
        )
    )
    return [
        fill(oval(0.5, 0.95, 0.42, 0.025), "dark", 0.1),
        ink(arms, "dark", 0.085, 0.3),
        fill(pair(legs), "dark", 0.4),
        fill(pair(circle(0.625, 0.73, 0.045)), "accent", 0.42),
        fill(pair(foot), "second", 0.45),
        ink(pair(line((0.56, 0.9), (0.75, 0.9))), "light", 0.014, 0.46),
        fill(svg("M38 56 L62 56 L66 70 L34 70Z"), "second", 0.5),
        fill(soft(0.06, (0.24, 0.28), (0.76, 0.28), (0.68, 0.6), (0.32, 0.6)), "main", 0.6),
        fill(pair(circle(0.765, 0.355, 0.095)), "second", 0.65),
        ink(pair(arc(0.765, 0.355, 0.06, 0.06, 200, 120)), "light", 0.016, 0.66),
        fill(circle(0.5, 0.44, 0.095), "dark", 0.65),
        fill(circle(0.5, 0.44, 0.066), "accent", 0.68),
        fill(circle(0.48, 0.42, 0.025), "light", 0.7),
        fill(_bolts((0.33, 0.33), (0.67, 0.33), (0.37, 0.55), (0.63, 0.55)), "light", 0.65),
        ink(line((0.5, 0.09), (0.5, 0.03)), "dark", 0.022, 0.6),
        fill(circle(0.5, 0.035, 0.024), "accent", 0.62),
        fill(
            pair(soft(0.01, (0.62, 0.13), (0.68, 0.13), (0.68, 0.21), (0.62, 0.21))), "dark", 0.65
        ),
        fill(soft(0.045, (0.36, 0.08), (0.64, 0.08), (0.62, 0.29), (0.38, 0.29)), "main", 0.7),
        fill(soft(0.02, (0.39, 0.125), (0.61, 0.125), (0.6, 0.2), (0.4, 0.2)), "dark", 0.75),
        fill(pair(svg("M53 15.5 L59 13.5 L58 18 L53 18Z")), "accent", 0.78),
        ink(
            many(line((0.44 + 0.04 * i, 0.225), (0.44 + 0.04 * i, 0.26)) for i in range(4)),
            "dark",
            0.016,
            0.78,
        ),
        *fist(0.17, left_fist),
        *fist(0.84, right_fist),
    ]


def robot_duel(rng: Random) -> list[Part]:
    """Two robots whose fists meet in a burst of sparks."""
    low = rng.uniform(-0.02, 0.03)

    def fighter(main: bool) -> list[Part]:
        body: Tone = "main" if main else "second"
        trim: Tone = "second" if main else "main"
        return [
            ink(
                svg("M16 62 L10 76 L12 90 M28 62 L34 76 L32 90 M12 40 L4 54 L12 62"),
                "dark",
                0.055,
                0.4,
            ),
            fill(svg("M3 94 L5 87 L18 87 L19 94Z M25 94 L26 87 L40 87 L42 94Z"), body, 0.45),
            fill(many((circle(0.125, 0.635, 0.052), circle(0.12, 0.045, 0.02))), "accent", 0.5),
            fill(soft(0.05, (0.06, 0.33), (0.38, 0.33), (0.34, 0.66), (0.12, 0.66)), body, 0.55),
            fill(soft(0.02, (0.15, 0.42), (0.3, 0.42), (0.28, 0.54), (0.17, 0.54)), "dark", 0.6),
            fill(many(box(0.175, 0.44 + 0.033 * i, 0.1, 0.016) for i in range(3)), "accent", 0.62),
            fill(soft(0.03, (0.12, 0.13), (0.34, 0.11), (0.35, 0.31), (0.14, 0.31)), trim, 0.6),
            fill(soft(0.015, (0.2, 0.17), (0.35, 0.16), (0.35, 0.235), (0.2, 0.235)), "dark", 0.65),
            fill(svg("M24 18 L33 20.5 L33 22.5 L25 22Z"), "light", 0.68),
            ink(line((0.17, 0.12), (0.12, 0.04)), "dark", 0.018, 0.6),
            ink(line((0.31, 0.4), (0.42, 0.47 + low)), "dark", 0.07, 0.7),
            fill(circle(0.31, 0.4, 0.07), trim, 0.72),
            fill(
                soft(
                    0.025,
                    (0.37, 0.4 + low),
                    (0.5, 0.4 + low),
                    (0.5, 0.54 + low),
                    (0.37, 0.54 + low),
                ),
                "accent",
                0.8,
            ),
            ink(
                many(
                    line((0.45, 0.435 + 0.035 * i + low), (0.495, 0.435 + 0.035 * i + low))
                    for i in range(3)
                ),
                "dark",
                0.014,
                0.82,
            ),
        ]

    shards = [
        line(polar(0.5, 0.47 + low, 0.2, a), polar(0.5, 0.47 + low, 0.29, a))
        for a in (-110, -90, -70, 70, 90, 110)
    ]
    return [
        fill(star(0.5, 0.47 + low, 0.3, 0.13, 12, rng.uniform(0, 30)), "light", 0.2),
        ink(many(shards), "light", 0.02, 0.2),
        fill(soft(0.01, (0.04, 0.925), (0.96, 0.925), (0.96, 0.965), (0.04, 0.965)), "dark", 0.3),
        *fighter(True),
        *change(fighter(False), mirror),
    ]


def robot_face(rng: Random) -> list[Part]:
    """The battered head of a war machine, eyes on the reader."""
    jaw = rng.uniform(0.0, 0.04)
    crest = svg("M50 3 L58 14 L56 34 L44 34 L42 14Z")
    helm = svg("M50 12 C70 12 84 24 86 44 L88 62 L78 70 L22 70 L12 62 L14 44 C16 24 30 12 50 12Z")
    cheek = svg("M88 46 L95 52 L94 74 L78 92 L70 84 L74 64Z")
    mouth = soft(0.02, (0.3, 0.68), (0.7, 0.68), (0.64, 0.9 + jaw), (0.36, 0.9 + jaw))
    eye = svg("M55 52 L80 43 C81 50 79 56 74 58 L58 59Z")
    return [
        fill(pair(svg("M84 40 L97 20 L97 48 L90 58Z")), "dark", 0.3),
        ink(pair(line((0.93, 0.28), (0.93, 0.06))), "dark", 0.02, 0.3),
        fill(pair(circle(0.93, 0.06, 0.026)), "accent", 0.3),
        fill(mouth, "dark", 0.4),
        fill(
            many(box(0.36 + 0.06 * i, 0.72, 0.034, 0.13 + jaw, 0.01) for i in range(5)),
            "light",
            0.45,
        ),
        fill(helm, "main", 0.5),
        fill(clip(svg("M50 8 L92 8 L92 74 L64 74 C72 50 68 26 50 8Z"), helm), "second", 0.55),
        fill(pair(cheek), "second", 0.6),
        ink(pair(svg("M80 62 L88 58 M79 70 L88 67")), "dark", 0.018, 0.62),
        fill(
            svg("M14 40 L50 50 L86 40 L86 58 L76 64 L54 62 L50 66 L46 62 L24 64 L14 58Z"),
            "dark",
            0.65,
        ),
        fill(pair(eye), "accent", 0.7),
        fill(pair(circle(0.68, 0.523, 0.03)), "light", 0.75),
        fill(crest, "accent", 0.7),
        ink(line((0.5, 0.08), (0.5, 0.33)), "dark", 0.014, 0.72),
        ink(svg("M22 30 L30 36 L27 41 L35 45"), "dark", 0.02, 0.75),
        ink(svg("M24 26 C28 20 34 17 40 15.5"), "light", 0.022, 0.75),
        fill(_bolts((0.74, 0.26), (0.8, 0.34), (0.62, 0.18)), "light", 0.75),
        ink(pair(svg("M58 38 L64 26 L72 32")), "dark", 0.014, 0.7),
    ]


def walker_mech(rng: Random) -> list[Part]:
    """A two-legged walker with a cockpit and a cannon on each side."""
    step = rng.uniform(-0.03, 0.03)
    near = line((0.42, 0.56), (0.26 + step, 0.7), (0.36, 0.88))
    far = line((0.58, 0.56), (0.76 - step, 0.68), (0.72, 0.88))
    return [
        fill(oval(0.52, 0.94, 0.36, 0.03), "dark", 0.1),
        fill(star(0.09, 0.32, 0.085, 0.035, 8, rng.uniform(0, 40)), "accent", 0.2),
        fill(box(0.12, 0.29, 0.26, 0.06, 0.015), "dark", 0.3),
        fill(box(0.62, 0.29, 0.28, 0.06, 0.015), "dark", 0.3),
        ink(far, "dark", 0.075, 0.3),
        fill(svg("M60 94 L64 86 L80 86 L86 94Z"), "second", 0.35),
        fill(circle(0.76 - step, 0.68, 0.06), "second", 0.35),
        ink(near, "dark", 0.085, 0.5),
        fill(circle(0.26 + step, 0.7, 0.068), "main", 0.55),
        fill(circle(0.26 + step, 0.7, 0.028), "light", 0.56),
        fill(svg("M22 95 L27 86 L46 86 L51 95Z"), "main", 0.55),
        fill(soft(0.03, (0.34, 0.5), (0.66, 0.5), (0.6, 0.64), (0.4, 0.64)), "second", 0.55),
        fill(
            svg("M26 30 C26 16 36 8 52 8 C68 8 76 18 76 30 L74 50 C66 56 36 56 27 50Z"), "main", 0.6
        ),
        fill(svg("M32 30 C33 19 40 13 50 13 L46 34 L32 36Z"), "light", 0.65),
        fill(svg("M54 13 C63 13 70 19 71 30 L70 36 L50 34Z"), "dark", 0.65),
        fill(circle(0.6, 0.275, 0.045), "accent", 0.67),
        ink(svg("M28 43 C40 48 62 48 74 43"), "dark", 0.016, 0.66),
        fill(
            many(box(0.4 + 0.065 * i, 0.485, 0.04, 0.03, 0.006) for i in range(4)), "accent", 0.68
        ),
        fill(
            pair(soft(0.03, (0.71, 0.24), (0.86, 0.24), (0.86, 0.42), (0.71, 0.42))), "second", 0.7
        ),
        ink(
            pair(many((line((0.75, 0.29), (0.82, 0.29)), line((0.75, 0.36), (0.82, 0.36))))),
            "light",
            0.016,
            0.72,
        ),
        fill(
            many((box(0.05, 0.275, 0.1, 0.09, 0.015), box(0.87, 0.275, 0.08, 0.09, 0.015))),
            "accent",
            0.72,
        ),
        ink(line((0.66, 0.1), (0.72, 0.02)), "dark", 0.018, 0.5),
    ]


ROBOT_FIGHTS = (boxing_robot, robot_duel, robot_face, walker_mech)
