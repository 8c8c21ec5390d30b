"""What a publisher lays over a picture: captions as bars, digits, play marks, badges."""

import math
from random import Random

from train.sample.motifs.shapes import box, circle, many, poly, star
from train.sample.parts import Part, Tone
from train.sample.styles.lettering import lettering, lettering_width

# Words that fit any theme and tell nothing about it.
_HEADINGS = (
    "EPISODE {n}", "PART {n}", "TOP {n}", "DAY {n}", "ROUND {n}", "LIVE", "FULL VIDEO",
    "WATCH THIS", "STEP BY STEP", "FIRST TRY", "BEST OF {n}", "WAIT FOR IT", "MY WEEK",
    "WHO KNEW?", "AT LAST!",
    "IN {n} MINUTES", "NEVER AGAIN", "ALL OF IT", "SO GOOD!", "HOW IT WENT",
)  # fmt: skip
_LOUD: tuple[Tone, ...] = ("light", "accent")
_BADGES = ("NEW", "TOP", "PLUS", "{n}", "{n}", "NO {m}", "SET", "TIP")


def overlay(width: int, height: int, wide: bool, rng: Random) -> list[Part]:
    """One or two of the marks that real covers carry."""
    if not wide:
        return rng.choice((_badge, _corner_dots))(width, height, rng)
    first = rng.choice((_caption, _caption, _play, _badge, _tag))
    parts = first(width, height, rng)
    if rng.random() < 0.5:
        parts += rng.choice((_duration, _progress))(width, height, rng)
    return parts


def _text(text: str, x: float, y: float, size: float, tone: Tone) -> Part:
    """A line of capitals with round bold strokes."""
    return Part(lettering(text, x, y, size), tone, size * 0.2, 1.0)


def _heading(rng: Random) -> str:
    return rng.choice(_HEADINGS).format(n=rng.randrange(2, 31))


def _caption(width: int, height: int, rng: Random) -> list[Part]:
    """A band with a heading, across the picture or as wide as its text."""
    text, size = _heading(rng), height * rng.uniform(0.11, 0.15)
    size = min(size, 0.86 * width / lettering_width(text, 1.0))
    deep, x = size * 1.9, width * 0.05
    top = height - deep - height * rng.choice((0.0, 0.06))
    band = rng.choice((float(width), x + lettering_width(text, size) + size * 0.9))
    return [
        Part(box(0, top, band, deep), "dark", depth=1.0),
        _text(text, x, top + size * 0.45, size, rng.choice(_LOUD)),
    ]


def _tag(width: int, height: int, rng: Random) -> list[Part]:
    """A slanted label in an upper corner."""
    text, size = _heading(rng), height * rng.uniform(0.075, 0.095)
    long = lettering_width(text, size) + size * 2.4
    left, top = rng.choice((width * 0.04, width * 0.96 - long)), height * 0.06
    slope, deep = size * 0.5, size * 1.9
    corners = ((slope, 0.0), (long, 0.0), (long - slope, deep), (0.0, deep))
    label = poly(*((left + x, top + y) for x, y in corners))
    return [
        Part(label, "accent", depth=1.0),
        _text(text, left + size * 1.2, top + size * 0.45, size, "dark"),
    ]


def _play(width: int, height: int, rng: Random) -> list[Part]:
    """A round play button."""
    radius = height * rng.uniform(0.1, 0.13)
    x, y = width * rng.uniform(0.1, 0.14), height * rng.uniform(0.78, 0.82)
    tip = poly(
        (x - radius * 0.32, y - radius * 0.5),
        (x + radius * 0.55, y),
        (x - radius * 0.32, y + radius * 0.5),
    )
    return [Part(circle(x, y, radius), "dark", depth=1.0), Part(tip, "light", depth=1.0)]


def _duration(width: int, height: int, rng: Random) -> list[Part]:
    """The running time in the lower right corner."""
    text, size = f"{rng.randrange(1, 20)}:{rng.randrange(60):02d}", height * 0.065
    long = lettering_width(text, size) + size * 0.9
    x, y = width * 0.97 - long, height * 0.95 - size * 1.8
    return [
        Part(box(x, y, long, size * 1.8, size * 0.35), "dark", depth=1.0),
        _text(text, x + size * 0.45, y + size * 0.4, size, "light"),
    ]


def _progress(width: int, height: int, rng: Random) -> list[Part]:
    """The bar of a video that was watched in part."""
    thick = height * 0.025
    done = width * rng.uniform(0.2, 0.8)
    return [
        Part(box(0, height - thick, width, thick), "dark", depth=1.0),
        Part(box(0, height - thick, done, thick), "accent", depth=1.0),
    ]


def _badge(width: int, height: int, rng: Random) -> list[Part]:
    """A round or star-edged seal with a word or a number."""
    radius = height * rng.uniform(0.085, 0.105)
    x = rng.choice((width - radius * 1.5, radius * 1.5))
    y = radius * 1.5
    tips = rng.choice((10, 14, 18))
    edge = star(x, y, radius, radius * 0.86, tips) if rng.random() < 0.6 else circle(x, y, radius)
    text = rng.choice(_BADGES).format(n=rng.randrange(2, 100), m=rng.randrange(1, 10))
    size = radius * (0.8 if len(text) < 3 else 0.52)
    left = x - lettering_width(text, size) / 2
    return [
        Part(edge, "accent", depth=1.0),
        _text(text, left, y - size / 2, size, "dark"),
    ]


def _corner_dots(width: int, height: int, rng: Random) -> list[Part]:
    """The choice of further pictures that a shop shows below a product."""
    count, radius = rng.randrange(3, 6), height * 0.016
    y, gap = height * 0.955, radius * 3.4
    left = width / 2 - gap * (count - 1) / 2
    chosen = rng.randrange(count)
    rest = many(circle(left + gap * k, y, radius) for k in range(count) if k != chosen)
    now = circle(left + gap * chosen, y, radius * math.sqrt(1.8))
    return [Part(rest, "second", depth=1.0), Part(now, "accent", depth=1.0)]
