"""Drawings of knitted shoes: booties, strap shoes and one still on the needles."""

from random import Random

import skia

from train.sample.motifs.baby.shapes import stand
from train.sample.motifs.shapes import (
    arc,
    box,
    change,
    circle,
    clip,
    curve,
    cut,
    fill,
    heart,
    ink,
    join,
    line,
    many,
    mirror,
    oval,
    polar,
    resize,
    ribbon,
    smooth,
    trace,
    turn,
)
from train.sample.parts import Part, Tone


def _knit(frame: skia.Path, step: float, size: float) -> skia.Path:
    """Rows of V-shaped stitches over the bounds of a shape."""
    bounds = frame.getBounds()
    rows: list[skia.Path] = []
    y, odd = bounds.top() + step * 0.6, False
    while y < bounds.bottom() - size:
        x = bounds.left() + (step / 2 if odd else 0)
        while x < bounds.right():
            mark = ((x - size, y - size), (x, y), (x + size, y - size))
            if all(frame.contains(a, b) for a, b in mark):
                rows.append(line(*mark))
            x += step
        y, odd = y + step * 0.72, not odd
    return many(rows)


def _pompon(x: float, y: float, size: float) -> skia.Path:
    """A woolly ball."""
    return join(
        circle(x, y, size),
        *(circle(*polar(x, y, size * 0.75, i * 45), size * 0.42) for i in range(8)),
    )


def _bootie(rng: Random, main: Tone, other: Tone) -> list[Part]:
    """One boot from the side, its toe to the right."""
    tall = rng.uniform(0.0, 0.03)
    boot = trace(
        (0.24, 0.32),
        (0.54, 0.32),
        (0.55, 0.42, 0.56, 0.47, 0.62, 0.5),
        (0.78, 0.53, 0.88, 0.6, 0.88, 0.72),
        (0.88, 0.8, 0.84, 0.82, 0.78, 0.82),
        (0.3, 0.82),
        (0.2, 0.82, 0.18, 0.76, 0.19, 0.68),
        (0.2, 0.56, 0.23, 0.46, 0.24, 0.32),
    )
    toe = clip(circle(0.84, 0.7, 0.17), boot)
    heel = clip(circle(0.19, 0.76, 0.13), boot)
    cuff = smooth(
        (0.2, 0.2 - tall),
        (0.39, 0.175 - tall),
        (0.58, 0.2 - tall),
        (0.6, 0.27),
        (0.58, 0.35),
        (0.39, 0.37),
        (0.2, 0.35),
        (0.18, 0.27),
    )
    ribs = many(
        curve(
            (0.25 + i * 0.056, 0.215 - tall), (0.248 + i * 0.057, 0.27), (0.25 + i * 0.056, 0.335)
        )
        for i in range(6)
    )
    cord = ribbon(((0.22, 0.43), (0.39, 0.455), (0.56, 0.43)), (0.03, 0.03, 0.03))
    strings = many(
        (
            curve((0.5, 0.44), (0.56, 0.5), (0.55, 0.58)),
            curve((0.5, 0.44), (0.62, 0.45), (0.68, 0.5)),
        )
    )
    sole = ribbon(((0.24, 0.83), (0.5, 0.835), (0.83, 0.82)), (0.045, 0.05, 0.045))
    return [
        fill(boot, main, 0.45),
        ink(_knit(cut(boot, toe, heel), 0.085, 0.022), other, 0.014, 0.47),
        fill(toe, other, 0.5),
        fill(heel, other, 0.5),
        ink(arc(0.76, 0.66, 0.09, 0.09, -80, 70), "light", 0.016, 0.52),
        fill(sole, "light", 0.53),
        fill(cuff, "light", 0.55),
        ink(ribs, other, 0.016, 0.57),
        fill(cord, "accent", 0.6),
        ink(strings, "accent", 0.02, 0.62),
        fill(many((_pompon(0.55, 0.61, 0.042), _pompon(0.71, 0.52, 0.042))), "accent", 0.64),
    ]


def booties(rng: Random) -> list[Part]:
    """A pair of boots with ribbed cuffs and woolly balls, one behind the other."""
    seed = rng.random()
    tilt = rng.uniform(-10, -3)
    far = change(_bootie(Random(seed), "second", "main"), lambda path: turn(path, tilt, 0.5, 0.8))
    return [
        *stand(far, 0.57, 0.42, 0.82, 0.3),
        *stand(_bootie(Random(seed), "main", "second"), 0.46, 0.54, 0.86),
    ]


def strap_shoes(rng: Random) -> list[Part]:
    """A pair of crocheted strap shoes from above, toes together."""
    apart = rng.uniform(5, 11)
    x = 0.285
    sole = smooth(
        (x, 0.09),
        (x + 0.14, 0.14),
        (x + 0.19, 0.32),
        (x + 0.155, 0.56),
        (x + 0.15, 0.76),
        (x + 0.09, 0.9),
        (x - 0.03, 0.92),
        (x - 0.13, 0.84),
        (x - 0.15, 0.68),
        (x - 0.16, 0.5),
        (x - 0.18, 0.3),
        (x - 0.13, 0.15),
    )
    mouth = smooth(
        (x, 0.44),
        (x + 0.095, 0.5),
        (x + 0.095, 0.66),
        (x + 0.075, 0.79),
        (x - 0.01, 0.835),
        (x - 0.085, 0.78),
        (x - 0.1, 0.64),
        (x - 0.1, 0.5),
    )
    inner = resize(mouth, 0.78, 0.86, x, 0.65)
    strap = ribbon(((x - 0.15, 0.565), (x, 0.545), (x + 0.15, 0.565)), (0.065, 0.07, 0.065))
    vamp = cut(clip(sole, box(0.0, 0.0, 1.0, 0.5)), circle(x, 0.27, 0.1), oval(x, 0.62, 0.14, 0.18))
    edge = arc(x, 0.6, 0.125, 0.165, 205, 130)
    blossom = rng.random() < 0.5
    flower = (
        join(*(circle(*polar(x, 0.27, 0.05, i * 72 - 90), 0.036) for i in range(5)))
        if blossom
        else heart(x, 0.27, 0.13)
    )
    shoe = [
        fill(sole, "main", 0.4),
        ink(_knit(vamp, 0.07, 0.018), "second", 0.013, 0.43),
        ink(edge, "second", 0.02, 0.44),
        fill(mouth, "dark", 0.46),
        fill(inner, "light", 0.48),
        ink(
            curve((x - 0.13, 0.68), (x - 0.11, 0.8), (x - 0.02, 0.875), (x + 0.07, 0.85)),
            "second",
            0.018,
            0.5,
        ),
        fill(strap, "second", 0.6),
        fill(circle(x - 0.125, 0.565, 0.034), "accent", 0.64),
        fill(many((circle(x - 0.138, 0.565, 0.01), circle(x - 0.112, 0.565, 0.01))), "dark", 0.66),
        fill(flower, "accent", 0.62),
        fill(circle(x, 0.27, 0.03), "light", 0.64),
        ink(curve((x - 0.14, 0.3), (x - 0.115, 0.2), (x - 0.05, 0.145)), "light", 0.02, 0.65),
    ]
    left = change(shoe, lambda path: turn(path, apart, x, 0.5))
    return left + change(left, lambda path: mirror(path, 0.505))


def on_the_needles(rng: Random) -> list[Part]:
    """A finished boot beside a ball of wool with two needles in it."""
    x, y, r = 0.72, 0.64, rng.uniform(0.2, 0.22)
    ball = circle(x, y, r)
    strands = _windings(x, y, r)
    needles = many((line((0.54, 0.12), (0.74, 0.62)), line((0.92, 0.14), (0.66, 0.62))))
    heads = many((circle(0.535, 0.11, 0.034), circle(0.925, 0.13, 0.034)))
    thread = curve((x + 0.05, y + r - 0.01), (0.6, 0.9), (0.42, 0.9), (0.3, 0.945), (0.1, 0.91))
    boot = stand(_bootie(rng, "main", "second"), 0.36, 0.62, 0.66)
    return [
        ink(needles, "main", 0.03, 0.2),
        fill(heads, "accent", 0.25),
        fill(ball, "second", 0.3),
        ink(strands, "light", 0.014, 0.32),
        ink(thread, "second", 0.022, 0.35),
        *boot,
    ]


def _windings(x: float, y: float, r: float) -> skia.Path:
    """Strands round a ball of wool in three directions."""
    bands = (
        (arc(x - r * 0.9, y - r * 0.5, r * k, r * k, -30, 66) for k in (0.62, 0.9, 1.18)),
        (arc(x + r * 0.95, y - r * 0.15, r * k, r * k, 120, 58) for k in (0.5, 0.75, 1.0)),
        (arc(x - r * 0.1, y + r * 1.3, r * k, r * k, 232, 60) for k in (0.62, 0.86)),
    )
    return many(strand for band in bands for strand in band)


def on_the_cord(rng: Random) -> list[Part]:
    """A pair of boots pegged to a cord to dry."""
    seed, dip = rng.random(), rng.uniform(0.0, 0.04)
    cord = curve((0.03, 0.16), (0.28, 0.2 + dip), (0.72, 0.2 + dip), (0.97, 0.14))
    parts = [ink(cord, "second", 0.02, 0.2)]
    for x, tilt in ((0.32, rng.uniform(6, 14)), (0.76, rng.uniform(14, 26))):
        peg = (x - 0.07, 0.25)

        def hung(path: skia.Path, tilt: float = tilt, peg: tuple[float, float] = peg) -> skia.Path:
            return turn(path, tilt, *peg)

        boot = stand(_bootie(Random(seed), "main", "second"), x, 0.47 + dip, 0.68)
        parts += change(boot, hung)
    pegs = many(box(x - 0.022, 0.14 + dip, 0.044, 0.16, 0.015) for x in (0.24, 0.69))
    nicks = many(line((x, 0.17 + dip), (x, 0.23 + dip)) for x in (0.24, 0.69))
    return [*parts, fill(pegs, "accent", 0.8), ink(nicks, "dark", 0.012, 0.82)]
