"""Basketball."""

from random import Random

from train.sample.motifs.games.shapes import shrunk, soft, svg
from train.sample.motifs.shapes import (
    arc,
    box,
    change,
    circle,
    curve,
    cut,
    fill,
    ink,
    join,
    line,
    many,
    oval,
    place,
    polar,
    ribbon,
    sturdy,
    turn,
)
from train.sample.parts import Part


def _ball(x: float, y: float, radius: float, spin: float, depth: float) -> list[Part]:
    """A basketball with its seams."""
    shape = circle(0.5, 0.5, 0.45)
    seams = svg(
        "M5 50 C20 44 80 44 95 50 M50 5 C44 20 44 80 50 95 M20 16 C38 34 38 66 20 84 M80 16 C62 "
        "34 62 66 80 84"
    )
    shade = cut(shape, circle(0.42, 0.42, 0.47))
    parts = [
        fill(shape, "main", depth),
        ink(seams, "dark", 0.035, depth),
    ]
    shown = change(parts, lambda path: turn(path, spin))
    still = [fill(shade, "dark", depth), fill(oval(0.3, 0.27, 0.1, 0.055, -42), "light", depth)]
    return sturdy(place([*shown, *still], x, y, radius / 0.45))


def ball_through_hoop(rng: Random) -> list[Part]:
    """A ball over the rim of a hoop with its net and backboard."""
    x, y = rng.uniform(0.36, 0.44), rng.uniform(0.3, 0.36)
    top, low = 0.54, 0.93
    strands = []
    for i in range(6):
        a, b = 0.27 + 0.092 * i, 0.36 + 0.056 * i
        strands.append(curve((a, top), ((a + b) / 2 + 0.012, 0.74), (b, low)))
        if i < 5:
            strands.append(line((a, top), (a + 0.07, 0.66), (b + 0.045, 0.8), (b + 0.06, low)))
            strands.append(line((a + 0.092, top), (a + 0.03, 0.66), (b + 0.005, 0.8), (b, low)))
    motion = [arc(x, y, r, r, 195, s) for r, s in ((0.25, 70), (0.29, 46))]
    return [
        fill(soft(0.04, (0.1, 0.05), (0.9, 0.05), (0.9, 0.6), (0.1, 0.6)), "dark", 0.1),
        fill(
            soft(0.03, (0.125, 0.075), (0.875, 0.075), (0.875, 0.575), (0.125, 0.575)),
            "light",
            0.15,
        ),
        ink(box(0.33, 0.22, 0.34, 0.27), "second", 0.032, 0.2),
        fill(box(0.43, 0.49, 0.14, 0.1, 0.01), "dark", 0.3),
        ink(arc(0.5, top, 0.25, 0.05, 180, 180), "accent", 0.034, 0.4),
        ink(many(motion), "second", 0.016, 0.4),
        *_ball(x, y, 0.2, rng.uniform(-30, 30), 0.6),
        ink(many(strands), "light", 0.016, 0.7),
        ink(curve((0.34, 0.92), (0.5, 0.95), (0.66, 0.92)), "light", 0.016, 0.7),
        ink(arc(0.5, top, 0.25, 0.05, 0, 180), "accent", 0.04, 0.9),
        ink(curve((0.27, 0.555), (0.4, 0.592), (0.5, 0.59)), "light", 0.013, 0.95),
    ]


def dunk(rng: Random) -> list[Part]:
    """A player in the air who slams the ball into the hoop."""
    reach = rng.uniform(-0.02, 0.02)
    hoop_y = 0.3
    net = many(
        (
            line((0.74, 0.32), (0.775, 0.5)),
            line((0.82, 0.33), (0.825, 0.52)),
            line((0.9, 0.32), (0.87, 0.5)),
            line((0.75, 0.4), (0.82, 0.34), (0.89, 0.4)),
            line((0.765, 0.47), (0.825, 0.41), (0.88, 0.47)),
        )
    )
    skin = join(
        ribbon(((0.47, 0.36), (0.58, 0.25), (0.69 + reach, 0.19)), (0.085, 0.07, 0.06)),
        circle(0.7 + reach, 0.185, 0.037),
    )
    other = ribbon(((0.34, 0.38), (0.23, 0.42), (0.2, 0.3)), (0.085, 0.07, 0.055))
    front = ribbon(((0.47, 0.66), (0.6, 0.66), (0.57, 0.82)), (0.12, 0.1, 0.07))
    back = ribbon(((0.34, 0.66), (0.27, 0.78), (0.13, 0.8)), (0.12, 0.1, 0.07))
    return [
        fill(oval(0.38, 0.945, 0.34, 0.025), "dark", 0.1),
        fill(svg("M88 4 L97 8 L97 46 L88 38Z"), "light", 0.2),
        ink(svg("M90.5 16 L95 19 L95 33 L90.5 29Z"), "second", 0.016, 0.2),
        ink(arc(0.82, hoop_y, 0.085, 0.022, 180, 180), "accent", 0.022, 0.25),
        ink(many(arc(0.42, 0.52, r, r, 140, 55) for r in (0.33, 0.38)), "light", 0.016, 0.2),
        fill(back, "light", 0.4),
        fill(
            turn(soft(0.02, (0.04, 0.75), (0.13, 0.75), (0.15, 0.84), (0.01, 0.84)), 68, 0.1, 0.79),
            "accent",
            0.45,
        ),
        fill(other, "light", 0.4),
        fill(front, "light", 0.5),
        fill(
            turn(soft(0.02, (0.53, 0.8), (0.62, 0.8), (0.68, 0.88), (0.53, 0.88)), 12, 0.57, 0.84),
            "accent",
            0.55,
        ),
        fill(
            svg(
                "M29 54 L52 54 C58 58 62 60 64 62 L62 72 L46 72 L42 66 L36 76 L24 72 C26 64 27 "
                "60 29 54Z"
            ),
            "second",
            0.6,
        ),
        ink(svg("M33 56 L29 72 M50 56 L58 71"), "light", 0.018, 0.62),
        fill(svg("M31 33 C36 31 46 31 51 34 L53 56 L29 56Z"), "main", 0.65),
        ink(svg("M38 32 C40 36 45 36 47 32 M30 55 L52 55"), "light", 0.018, 0.68),
        ink(svg("M38 42 L45 42 L41 51"), "light", 0.026, 0.7),
        fill(skin, "light", 0.75),
        fill(circle(0.43, 0.235, 0.075), "light", 0.7),
        fill(
            svg("M35.5 24 C34 14 43 12 48 16 C51 18 51 21 50 22 C45 20 40 20 38 26Z"), "dark", 0.75
        ),
        ink(svg("M36 22 C41 20 46 20 50 22.5"), "accent", 0.02, 0.78),
        *_ball(0.76 + reach, 0.145, 0.092, rng.uniform(-30, 30), 0.85),
        ink(net, "light", 0.013, 0.9),
        ink(arc(0.82, hoop_y, 0.085, 0.022, 0, 180), "accent", 0.024, 0.92),
    ]


def blazing_ball(rng: Random) -> list[Part]:
    """A ball that flies across the court with a tail of fire."""
    angle = rng.uniform(-12, 8)
    fire = svg(
        "M88 56 C92 30 70 16 52 20 C46 12 34 12 22 4 C26 12 24 18 16 18 C10 18 6 14 3 10 C4 22 "
        "10 28 16 32 C10 36 6 34 2 32 C6 42 14 48 20 52 C16 56 12 56 8 55 C14 64 24 70 32 76 C40 "
        "88 52 92 64 90 C78 88 87 74 88 56Z"
    )
    core = svg(
        "M86 56 C88 38 72 24 56 28 C48 24 40 22 32 18 C35 26 32 30 26 30 C22 30 20 29 17 27 C20 "
        "34 26 40 28 42 C26 45 24 46 21 46 C26 54 32 58 38 66 C46 82 56 86 66 84 C78 80 85 70 86 "
        "56Z"
    )
    sparks = [
        (0.1, 0.7, 0.02),
        (0.2, 0.8, 0.028),
        (0.42, 0.06, 0.022),
        (0.62, 0.1, 0.018),
        (0.05, 0.86, 0.015),
    ]
    parts = [
        fill(fire, "accent", 0.2),
        fill(core, "second", 0.3),
        fill(svg("M40 34 C34 34 30 37 27 36 C32 44 36 46 37 50 L46 56Z"), "light", 0.35),
        *_ball(0.62, 0.56, 0.295, rng.uniform(-30, 30), 0.7),
        fill(many(circle(*s) for s in sparks), "accent", 0.3),
        ink(
            many(
                (
                    line((0.05, 0.62), (0.13, 0.655)),
                    line((0.3, 0.86), (0.38, 0.9)),
                    line((0.56, 0.13), (0.48, 0.09)),
                )
            ),
            "light",
            0.016,
            0.3,
        ),
    ]
    return [
        fill(oval(0.62, 0.945, 0.26, 0.025), "dark", 0.1),
        *place(change(parts, lambda path: turn(path, angle, 0.6, 0.56)), 0.52, 0.52, 0.92),
    ]


def ball_on_finger(rng: Random) -> list[Part]:
    """A hand that spins a ball on one finger."""
    y, lean = rng.uniform(0.3, 0.31), rng.uniform(-10, 10)
    rays = [
        line(polar(0.47, y, 0.285, a), polar(0.47, y, 0.32 + 0.02 * (a % 40 == 0), a))
        for a in range(-200, 21, 20)
    ]
    whirl = [
        turn(arc(0.47, y, 0.36, r, start, sweep), lean, 0.47, y)
        for r, start, sweep in ((0.1, 10, 150), (0.14, 35, 85))
    ]
    palm = svg(
        "M42 68 C46 62 74 62 76 68 C78 78 74 86 70 90 L70 97 L44 97 L44 88 C40 82 40 74 42 68Z"
    )
    folded = [
        box(0.535 + 0.077 * i, 0.635 + 0.012 * i, 0.085, 0.17 - 0.01 * i, 0.04) for i in range(3)
    ]
    thumb = ribbon(((0.41, 0.74), (0.47, 0.81), (0.6, 0.83)), (0.07, 0.075, 0.06))
    parts = [
        ink(many(rays), "accent", 0.024, 0.1),
        fill(
            ribbon(((0.48, 0.76), (0.475, 0.64), (0.47, 0.52)), (0.12, 0.095, 0.08)), "light", 0.5
        ),
        ink(svg("M44 64 C46 66 49 66 51 64 M45 57 L48.5 57"), "dark", 0.013, 0.52),
        *_ball(0.47, y, 0.25, rng.uniform(-30, 30), 0.6),
        ink(many(whirl), "second", 0.026, 0.65),
        fill(palm, "light", 0.7),
        *(
            part
            for path in folded
            for part in (fill(path, "light", 0.75), ink(path, "dark", 0.014, 0.75))
        ),
        fill(thumb, "light", 0.8),
        ink(thumb, "dark", 0.014, 0.8),
        fill(soft(0.02, (0.41, 0.87), (0.74, 0.87), (0.73, 0.965), (0.42, 0.965)), "main", 0.85),
        ink(line((0.45, 0.918), (0.7, 0.918)), "second", 0.024, 0.86),
    ]
    return shrunk(parts, 0.92)


BASKETBALL = (ball_through_hoop, dunk, blazing_ball, ball_on_finger)
