"""Drawings of rattles: something to hold, something that sounds."""

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
    line,
    many,
    oval,
    pair,
    polar,
    ribbon,
    ring,
    smooth,
    star,
    trace,
    turn,
)
from train.sample.parts import Part, Tone


def _swing(x: float, y: float, near: float, start: float, sweep: float, count: int) -> skia.Path:
    """The lines that say it is being shaken."""
    return many(arc(x, y, near + i * 0.06, near + i * 0.06, start, sweep) for i in range(count))


def ball_rattle(rng: Random) -> list[Part]:
    """The classic: a round head on a stick with a ring to grip, mid-shake."""
    angle, big = rng.uniform(26, 42), rng.uniform(0.205, 0.23)
    x, y = 0.5, 0.26
    ball = circle(x, y, big)
    band = clip(oval(x, y + 0.02, big * 1.1, big * 0.3), ball)
    count = 5
    dots = many(
        circle(x + (i - 2) * big * 0.38, y + 0.03 + (abs(i - 2) - 1) * -0.012, 0.026)
        for i in range(count)
    )
    stick = trace(
        (x - 0.035, y + big - 0.02),
        (x + 0.035, y + big - 0.02),
        (x + 0.03, 0.56, x + 0.045, 0.62, x + 0.04, 0.76),
        (x - 0.04, 0.76),
        (x - 0.045, 0.62, x - 0.03, 0.56, x - 0.035, y + big - 0.02),
    )
    loop = smooth(
        (x, y + big + 0.02),
        (x, y + big + 0.02),
        (x - 0.1, y + big - 0.06),
        (x - 0.17, y + big - 0.02),
        (x - 0.16, y + big + 0.07),
        (x - 0.09, y + big + 0.08),
    )
    tails = pair(
        ribbon(
            ((x, y + big + 0.03), (x - 0.07, y + big + 0.11), (x - 0.09, y + big + 0.2)),
            (0.03, 0.035, 0.04),
        ),
        x,
    )
    parts = [
        fill(ring(x, 0.86, 0.125, 0.07), "second", 0.4),
        ink(arc(x, 0.86, 0.1, 0.1, 190, 70), "light", 0.016, 0.42),
        fill(stick, "main", 0.5),
        fill(
            many(box(x - 0.055, v, 0.11, 0.034, 0.016) for v in (0.56, 0.62, 0.735)), "light", 0.52
        ),
        fill(tails, "accent", 0.54),
        fill(ball, "main", 0.6),
        fill(
            clip(
                circle(x + big * 0.3, y + big * 0.42, big),
                cut(ball, circle(x - big * 0.14, y - big * 0.16, big)),
            ),
            "second",
            0.62,
        ),
        fill(band, "light", 0.64),
        fill(dots, "accent", 0.66),
        ink(arc(x, y, big * 0.76, big * 0.76, 195, 70), "light", 0.024, 0.7),
        fill(star(x + 0.02, y - big * 0.56, 0.05, 0.024, 5), "light", 0.7),
        fill(pair(loop, x), "accent", 0.74),
        ink(pair(line((x - 0.05, y + big + 0.015), (x - 0.11, y + big)), x), "dark", 0.012, 0.75),
        fill(circle(x, y + big + 0.02, 0.036), "accent", 0.78),
    ]
    centre = turn(circle(x, y, 0.01), angle, 0.46, 0.54).getBounds()
    cx, cy = centre.centerX(), centre.centerY()
    waves = [
        ink(_swing(cx, cy, big + 0.05, 180 + angle - 52, 48, 2), "second", 0.02, 0.3),
        ink(_swing(cx, cy, big + 0.05, angle + 10, 46, 2), "second", 0.02, 0.3),
    ]
    return waves + change(parts, lambda path: turn(path, angle, 0.46, 0.54))


def ring_rattle(rng: Random) -> list[Part]:
    """A wooden teething ring with beads and a knotted rabbit head."""
    x, y, out = 0.5, 0.64, rng.uniform(0.25, 0.275)
    tilt = rng.uniform(-14, 14)
    count = rng.choice((5, 7))
    middle = out - 0.04
    angles = [90 + (i - (count - 1) / 2) * 27 for i in range(count)]
    beads = [
        circle(*polar(x, y, middle, a), 0.062 if i % 2 == 0 else 0.05) for i, a in enumerate(angles)
    ]
    glints = many(arc(*polar(x, y, middle, a), 0.035, 0.035, 190, 70) for a in angles)
    hy = y - out - 0.02
    ear = ribbon(
        ((x - 0.06, hy - 0.06), (x - 0.13, hy - 0.18), (x - 0.17, hy - 0.26)), (0.08, 0.11, 0.06)
    )
    inner = ribbon(
        ((x - 0.075, hy - 0.09), (x - 0.13, hy - 0.18), (x - 0.155, hy - 0.23)), (0.03, 0.05, 0.025)
    )
    bent = ribbon(
        (
            (x + 0.06, hy - 0.06),
            (x + 0.15, hy - 0.16),
            (x + 0.25, hy - 0.12),
            (x + 0.28, hy - 0.03),
        ),
        (0.08, 0.11, 0.1, 0.06),
    )
    parts = [
        fill(ring(x, y, out, out - 0.085), "second", 0.4),
        ink(arc(x, y, out - 0.022, out - 0.022, 195, 50), "light", 0.016, 0.42),
        fill(many(beads[0::2]), "main", 0.55),
        fill(many(beads[1::2]), "accent", 0.57),
        ink(glints, "light", 0.014, 0.6),
        fill(ear, "main", 0.6),
        fill(inner, "accent", 0.62),
        fill(bent, "main", 0.64),
        ink(
            curve((x + 0.12, hy - 0.13), (x + 0.2, hy - 0.13), (x + 0.25, hy - 0.07)),
            "accent",
            0.026,
            0.65,
        ),
        fill(oval(x, hy, 0.155, 0.135), "main", 0.7),
        fill(oval(x, hy + 0.045, 0.085, 0.06), "light", 0.72),
        fill(pair(circle(x - 0.07, hy - 0.02, 0.019), x), "dark", 0.76),
        fill(
            trace((x - 0.024, hy + 0.015), (x + 0.024, hy + 0.015), (x, hy + 0.045)), "dark", 0.76
        ),
        ink(
            curve((x - 0.035, hy + 0.065), (x, hy + 0.08), (x + 0.035, hy + 0.065)),
            "dark",
            0.013,
            0.76,
        ),
        fill(pair(circle(x - 0.11, hy + 0.04, 0.022), x), "accent", 0.77),
        fill(box(x - 0.075, hy + 0.12, 0.15, 0.05, 0.02), "accent", 0.8),
    ]
    waves = many(_swing(x, y, out + 0.05, start, 30, 2) for start in (165, -15))
    return [ink(waves, "second", 0.018, 0.2), *change(parts, lambda path: turn(path, tilt, x, y))]


def maracas(rng: Random) -> list[Part]:
    """Two egg-shaped shakers crossed, sounding."""
    spread, kind = rng.uniform(30, 38), rng.randrange(2)

    def shaker(angle: float, tone: Tone, other: Tone, depth: float) -> list[Part]:
        egg = smooth(
            (0.5, 0.06),
            (0.62, 0.12),
            (0.655, 0.27),
            (0.59, 0.41),
            (0.5, 0.45),
            (0.41, 0.41),
            (0.345, 0.27),
            (0.38, 0.12),
        )
        band = clip(
            smooth((0.3, 0.28), (0.5, 0.32), (0.7, 0.28), (0.7, 0.36), (0.5, 0.4), (0.3, 0.36)), egg
        )
        zig = clip(
            many(circle(0.36 + i * 0.07, 0.348 - abs(i - 2) * 0.006, 0.021) for i in range(5)), egg
        )
        grip = trace(
            (0.46, 0.42),
            (0.54, 0.42),
            (0.53, 0.6, 0.56, 0.7, 0.55, 0.88),
            (0.54, 0.93, 0.46, 0.93, 0.45, 0.88),
            (0.44, 0.7, 0.47, 0.6, 0.46, 0.42),
        )
        face = [
            fill(many((circle(0.445, 0.2, 0.02), circle(0.555, 0.2, 0.02))), "dark", depth + 0.08),
            ink(curve((0.46, 0.235), (0.5, 0.255), (0.54, 0.235)), "dark", 0.014, depth + 0.08),
        ]
        figure = [fill(star(0.5, 0.2, 0.07, 0.034, 5), "accent", depth + 0.08)]
        parts = [
            fill(grip, other, depth),
            fill(
                many(box(0.435, v, 0.13, 0.035, 0.016) for v in (0.455, 0.8)), "light", depth + 0.02
            ),
            fill(egg, tone, depth + 0.04),
            fill(band, "light", depth + 0.05),
            fill(zig, "accent", depth + 0.06),
            ink(curve((0.4, 0.27), (0.395, 0.19), (0.43, 0.12)), "light", 0.02, depth + 0.07),
            *(figure if kind else face),
        ]
        return change(parts, lambda path: turn(path, angle, 0.5, 0.66))

    notes = many((oval(0.47, 0.17, 0.04, 0.03, -20), oval(0.58, 0.14, 0.04, 0.03, -20)))
    stems = many(
        (
            line((0.505, 0.16), (0.505, 0.055)),
            line((0.615, 0.13), (0.615, 0.03)),
            line((0.505, 0.055), (0.615, 0.03)),
        )
    )
    return [
        fill(notes, "accent", 0.2),
        ink(stems, "accent", 0.02, 0.2),
        *shaker(spread, "second", "main", 0.4),
        *shaker(-spread, "main", "second", 0.6),
    ]


def bead_rattle(rng: Random) -> list[Part]:
    """A double-ended rattle with beads tumbling behind its windows."""
    angle, big, small = rng.uniform(-48, -34), rng.uniform(0.19, 0.205), rng.uniform(0.16, 0.175)
    ends = ((0.5, 0.24, big), (0.5, 0.79, small))
    parts = [
        fill(box(0.455, 0.3, 0.09, 0.42, 0.03), "second", 0.3),
        fill(many(oval(0.5, v, 0.085, 0.034) for v in (0.47, 0.53, 0.59)), "accent", 0.4),
        ink(
            many(line((0.45, v - 0.008), (0.5, v - 0.012)) for v in (0.47, 0.53, 0.59)),
            "light",
            0.013,
            0.42,
        ),
    ]
    for x, y, r in ends:
        beads = [polar(x, y, r * 0.36, a + rng.uniform(-12, 12)) for a in (20, 110, 200, 290)]
        parts += [
            fill(circle(x, y, r), "main", 0.5),
            fill(circle(x, y, r * 0.72), "light", 0.55),
            fill(many(circle(*p, r * 0.2) for p in beads[:2]), "accent", 0.6),
            fill(many(circle(*p, r * 0.2) for p in beads[2:]), "second", 0.6),
            ink(arc(x, y, r * 0.86, r * 0.86, 190, 75), "light", 0.018, 0.65),
        ]
    turned = change(parts, lambda path: turn(path, angle, 0.5, 0.5))
    waves = [
        _swing(*polar(0.5, 0.5, 0.27, 270 + angle), big + 0.05, 270 + angle - 30, 60, 1),
        _swing(*polar(0.5, 0.5, 0.29, 90 + angle), small + 0.05, 90 + angle - 30, 60, 1),
    ]
    return [ink(many(waves), "second", 0.02, 0.2), *turned]
