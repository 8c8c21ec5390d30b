"""What a product photographer puts around a product: stands, arches, blocks, twigs."""

from random import Random

from train.sample.motifs.shapes import box, circle, many, oval, star, trace
from train.sample.parts import Part
from train.sample.styles import props
from train.sample.styles.scenery import Views


def studio(width: int, height: int, horizon: float, rng: Random) -> Views:
    """What a product photographer puts around a product, often nothing."""
    w, h, y = float(width), float(height), horizon
    kind = rng.choice((None, _podium, _arch, _disc, _blocks, _leaves))
    front: list[Part] = []
    if rng.random() < 0.4:
        x = rng.choice((0.08, 0.92)) * w
        front = [Part(circle(x, h * 0.9, h * 0.045), "accent", depth=1.0)]
    return kind(w, h, y, rng) if kind else [], front


def space(width: int, height: int, rng: Random) -> Views:
    """Stars, large enough for the coarser styles, around a planet near a corner."""
    w, h = float(width), float(height)
    x, y = rng.choice((0.14, 0.86)) * w, rng.choice((0.16, 0.84)) * h
    planet = props.planet(x, y, h * rng.uniform(0.06, 0.11), rng)
    glints = many(
        star(rng.uniform(0, 1) * w, rng.uniform(0, 1) * h, size, size * 0.3, 4)
        for size in (h * rng.uniform(0.02, 0.045) for _ in range(16))
    )
    dots = many(circle(rng.uniform(0, 1) * w, rng.uniform(0, 1) * h, 1.6) for _ in range(30))
    stars = [Part(dots, "light", depth=0.3), Part(glints, "light", depth=0.4)]
    return [*stars, *planet], []


def _podium(w: float, h: float, y: float, rng: Random) -> list[Part]:
    """A low round stand."""
    rx, top, thick = w * rng.uniform(0.36, 0.46), h * 0.8, h * 0.08
    left, right, low = w / 2 - rx, w / 2 + rx, top + thick
    belly = low + rx * 0.3
    side = trace((left, top), (left, low), (left, belly, right, belly, right, low), (right, top))
    return [
        Part(side, "second", depth=0.3),
        Part(oval(w / 2, top, rx, rx * 0.22), "light", depth=0.35),
    ]


def _arch(w: float, h: float, y: float, rng: Random) -> list[Part]:
    """An arch behind the product."""
    half, top = w * rng.uniform(0.26, 0.36), h * rng.uniform(0.08, 0.16)
    x = w * rng.uniform(0.4, 0.6)
    return [Part(box(x - half, top, 2 * half, y - top + h * 0.04, half), "second", depth=0.1)]


def _disc(w: float, h: float, y: float, rng: Random) -> list[Part]:
    """A disc or a ring on the wall."""
    x, level, radius = (
        w * rng.uniform(0.35, 0.65),
        h * rng.uniform(0.36, 0.46),
        w * rng.uniform(0.28, 0.38),
    )
    return [Part(circle(x, level, radius), "second", rng.choice((0.0, w * 0.03)), 0.08)]


def _blocks(w: float, h: float, y: float, rng: Random) -> list[Part]:
    """Two or three plain blocks and a ball."""
    parts: list[Part] = []
    for k in range(rng.randrange(2, 4)):
        wide, tall = w * rng.uniform(0.12, 0.24), h * rng.uniform(0.12, 0.42)
        x = w * (0.02 + 0.34 * k) + w * rng.uniform(0, 0.12)
        block = box(x, y + h * 0.05 - tall, wide, tall, 2)
        parts.append(Part(block, rng.choice(props.PALE), depth=0.15))
    ball = h * rng.uniform(0.04, 0.08)
    x = rng.choice((0.12, 0.88)) * w
    return [*parts, Part(circle(x, y + h * 0.1 - ball, ball), "accent", depth=0.25)]


def _leaves(w: float, h: float, y: float, rng: Random) -> list[Part]:
    """A twig that reaches into the picture."""
    x = rng.choice((0.06, 0.94)) * w
    return props.plant(x, y + h * 0.12, h * rng.uniform(0.4, 0.6), rng)
