"""Drawings of a mountain biker and a peloton."""

from random import Random

from train.sample.motifs.shapes import (
    box,
    change,
    circle,
    clip,
    curve,
    fill,
    ink,
    line,
    many,
    move,
    oval,
    pair,
    place,
    polar,
    ribbon,
    smooth,
    turn,
)
from train.sample.parts import Part, Tone


def wheel(x: float, y: float, radius: float, spin: float, tyre: Tone = "dark") -> list[Part]:
    """A spoked wheel."""
    spokes = many(
        line(
            polar(x, y, radius * 0.9, spin + k * 45), polar(x, y, radius * 0.9, spin + k * 45 + 180)
        )
        for k in range(4)
    )
    return [
        ink(spokes, "light", 0.012, 0.4),
        ink(circle(x, y, radius * 0.86), "second", 0.018, 0.42),
        ink(circle(x, y, radius), tyre, 0.03, 0.45),
        fill(circle(x, y, radius * 0.14), "dark", 0.5),
    ]


def mountain_biker(rng: Random) -> list[Part]:
    """A mountain biker in the air above a rocky jump."""
    rear, front, crank = (0.28, 0.6), (0.74, 0.6), (0.49, 0.6)
    frame = many(
        (
            line(rear, (0.42, 0.5), (0.63, 0.43), crank, (0.4, 0.44)),
            line(rear, crank),
            line((0.61, 0.38), (0.65, 0.48), front),
        )
    )
    torso = smooth(
        (0.3, 0.4),
        (0.28, 0.32),
        (0.36, 0.22),
        (0.46, 0.17),
        (0.56, 0.19),
        (0.56, 0.28),
        (0.46, 0.34),
        (0.4, 0.42),
    )
    leg = ribbon(
        [(0.36, 0.38), (0.52, 0.42), (0.45, 0.53), (0.53, 0.625)], [0.14, 0.11, 0.08, 0.05]
    )
    arm = ribbon([(0.51, 0.24), (0.64, 0.27), (0.62, 0.37)], [0.085, 0.07, 0.05])
    helmet = smooth(
        (0.5, 0.16),
        (0.5, 0.07),
        (0.58, 0.03),
        (0.67, 0.05),
        (0.72, 0.12),
        (0.78, 0.11),
        (0.78, 0.11),
        (0.72, 0.15),
        (0.66, 0.165),
        (0.57, 0.19),
    )
    rider = [
        *wheel(*rear, 0.17, 5.0),
        *wheel(*front, 0.17, 20.0),
        ink(frame, "main", 0.04, 0.6),
        fill(box(0.33, 0.425, 0.14, 0.03, 0.015), "dark", 0.6),
        ink(line((0.58, 0.38), (0.66, 0.355)), "dark", 0.026, 0.62),
        fill(circle(*crank, 0.04), "dark", 0.62),
        fill(leg, "second", 0.7),
        fill(
            smooth((0.48, 0.61), (0.52, 0.6), (0.6, 0.63), (0.6, 0.66), (0.48, 0.66)), "light", 0.75
        ),
        fill(torso, "accent", 0.7),
        fill(oval(0.61, 0.16, 0.06, 0.065), "light", 0.7),
        fill(helmet, "main", 0.78),
        fill(box(0.61, 0.15, 0.075, 0.04, 0.018), "dark", 0.8),
        fill(arm, "accent", 0.8),
        ink(curve((0.45, 0.33), (0.49, 0.28), (0.5, 0.23)), "dark", 0.014, 0.8),
    ]
    tilt = rng.uniform(-24, -10)
    ramp = smooth(
        (0.04, 0.95),
        (0.04, 0.95),
        (0.04, 0.84),
        (0.2, 0.86),
        (0.32, 0.79),
        (0.38, 0.8),
        (0.38, 0.8),
        (0.44, 0.95),
        (0.44, 0.95),
    )
    land = smooth(
        (0.6, 0.95), (0.6, 0.95), (0.68, 0.9), (0.8, 0.88), (0.96, 0.91), (0.96, 0.95), (0.96, 0.95)
    )
    return [
        fill(many((ramp, land)), "dark", 0.15),
        fill(
            many((clip(ramp, move(ramp, -0.01, 0.05)), clip(land, move(land, 0.0, 0.03)))),
            "second",
            0.18,
        ),
        fill(
            many(
                circle(x, y, r)
                for x, y, r in (
                    (0.12, 0.74, 0.02),
                    (0.2, 0.78, 0.014),
                    (0.07, 0.67, 0.014),
                    (0.3, 0.74, 0.013),
                )
            ),
            "dark",
            0.2,
        ),
        ink(
            many(
                (
                    line((0.05, 0.4), (0.16, 0.36)),
                    line((0.04, 0.5), (0.12, 0.475)),
                    line((0.08, 0.59), (0.14, 0.57)),
                )
            ),
            "light",
            0.02,
            0.15,
        ),
        *change(rider, lambda path: turn(move(path, 0.03, 0.05), tilt, 0.5, 0.45)),
    ]


def peloton(rng: Random) -> list[Part]:
    """Three riders from the front, the leader close."""
    lean = rng.uniform(-5, 5)
    left = place(_front_rider("main", near=False), 0.2, 0.44, 0.62, far=0.35)
    right = place(_front_rider("second", near=False), 0.8, 0.41, 0.58, far=0.4)
    shadows = many(
        (oval(0.2, 0.715, 0.15, 0.015), oval(0.8, 0.665, 0.14, 0.014), oval(0.5, 0.93, 0.24, 0.02))
    )
    leader = place(_front_rider("main", near=True), 0.5, 0.51, 0.92)
    return [
        fill(shadows, "dark", 0.05),
        *right,
        *left,
        *change(leader, lambda path: turn(path, lean, 0.5, 0.93)),
    ]


def _front_rider(team: Tone, *, near: bool) -> list[Part]:
    """A racer seen from the front, with fewer parts in the second row."""
    jersey = smooth(
        (0.36, 0.34),
        (0.5, 0.28),
        (0.64, 0.34),
        (0.66, 0.44),
        (0.6, 0.58),
        (0.4, 0.58),
        (0.34, 0.44),
    )
    helmet = smooth((0.41, 0.2), (0.42, 0.09), (0.5, 0.06), (0.58, 0.09), (0.59, 0.2), (0.5, 0.17))
    arm = ribbon([(0.38, 0.38), (0.27, 0.48), (0.32, 0.6)], [0.1, 0.08, 0.06])
    thigh = ribbon([(0.44, 0.55), (0.38, 0.68), (0.43, 0.83)], [0.13, 0.11, 0.06])
    other = ribbon([(0.56, 0.55), (0.62, 0.63), (0.57, 0.76)], [0.13, 0.11, 0.06])
    shoes = many(
        (
            smooth((0.39, 0.82), (0.43, 0.81), (0.47, 0.83), (0.47, 0.88), (0.39, 0.88)),
            smooth((0.53, 0.75), (0.57, 0.74), (0.61, 0.76), (0.61, 0.81), (0.53, 0.81)),
        )
    )
    bars = many(
        (
            curve((0.26, 0.72), (0.28, 0.62), (0.5, 0.615), (0.72, 0.62), (0.74, 0.72)),
            line((0.5, 0.615), (0.5, 0.7)),
        )
    )
    far = [
        fill(many((thigh, other)), "dark", 0.55),
        fill(box(0.463, 0.66, 0.074, 0.28, 0.036), "dark", 0.6),
        fill(jersey, team, 0.62),
        ink(bars, "dark", 0.032, 0.66),
        fill(pair(arm), team, 0.75),
        fill(helmet, "accent", 0.8),
        fill(box(0.42, 0.195, 0.16, 0.055, 0.025), "dark", 0.82),
    ]
    if not near:
        return far
    legs, tyre, shirt, bar, arms, cap, glasses = far
    fork = many(line((0.5, 0.63), (0.5 + s * 0.045, 0.7), (0.5 + s * 0.045, 0.8)) for s in (-1, 1))
    vents = many(line((0.5 + s * 0.045, 0.085), (0.5 + s * 0.05, 0.16)) for s in (-1, 0, 1))
    return [
        legs,
        fill(shoes, "accent", 0.57),
        ink(fork, "second", 0.03, 0.58),
        tyre,
        fill(box(0.488, 0.69, 0.024, 0.22, 0.012), "light", 0.61),
        shirt,
        fill(clip(jersey, box(0.3, 0.4, 0.4, 0.06)), "light", 0.63),
        ink(line((0.5, 0.48), (0.5, 0.57)), "dark", 0.014, 0.64),
        bar,
        arms,
        fill(pair(circle(0.315, 0.615, 0.042)), "light", 0.78),
        fill(oval(0.5, 0.22, 0.08, 0.1), "light", 0.7),
        cap,
        ink(vents, "dark", 0.016, 0.82),
        glasses,
    ]
