"""Composes a cover: a setting, one to three motifs, and what lies over them, in a style."""

from random import Random
from typing import NamedTuple

import skia
from PIL import Image

from train.sample.parts import Drawing, Part, Setting
from train.sample.styles.brush import placed
from train.sample.styles.overlay import overlay
from train.sample.styles.scene import Figure, Layout, Scene, Style
from train.sample.styles.scenery import scenery
from train.sample.styles.studio import space, studio

VIDEO_SIZE = (320, 180)
PRODUCT_SIZE = (240, 240)
MOST_BYTES = 15_000
_QUALITIES = (84, 76, 66, 56, 44, 30, 15)
_LOSSLESS = 100  # the encoder switches modes there
_FEW_COLOURS = 64


class Room(NamedTuple):
    """The space for motifs in pixels: the picture, and how far down it is in view."""

    width: int
    height: int
    floor: float


def draw_cover(
    drawing: Drawing, style: Style, *, wide: bool, setting: Setting, rng: Random
) -> Image.Image:
    """Draw one cover; the same generator state gives the same picture."""
    scene = compose(drawing, style.layout, wide=wide, setting=setting, rng=rng)
    surface = skia.Surface(scene.width, scene.height)
    style.paint(surface.getCanvas(), scene, rng)
    pixels = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
    return Image.fromarray(pixels).convert("RGB")


def encode_webp(image: Image.Image) -> bytes:
    """The cover as WebP of at most 15 KB, by the engine's own pinned encoder.

    A picture of few flat colours is kept without loss, which is also smaller.
    """
    pixels = skia.Image.frombytes(
        image.convert("RGBA").tobytes(), image.size, skia.kRGBA_8888_ColorType
    )
    few_colours = image.getcolors(_FEW_COLOURS) is not None
    for quality in (_LOSSLESS, *_QUALITIES) if few_colours else _QUALITIES:
        data = bytes(pixels.encodeToData(skia.kWEBP, quality))
        if len(data) <= MOST_BYTES:
            return data
    raise ValueError("the cover does not compress to 15 KB")


def compose(
    drawing: Drawing, layout: Layout, *, wide: bool, setting: Setting, rng: Random
) -> Scene:
    """Place the motif and its companions in a setting."""
    width, height = VIDEO_SIZE if wide else PRODUCT_SIZE
    light = (width * rng.choice((rng.uniform(0.0, 0.25), rng.uniform(0.75, 1.0))), 0.0)
    horizon = height * rng.uniform(*layout.horizon)
    if wide and setting in ("sky", "sea") and rng.random() < 0.6:
        horizon = height * 1.4  # high in the air or under water there is none
    if setting == "sky" and not wide:
        horizon = height * 1.4  # a ground would tie the stars to a table
        behind, front = space(width, height, rng)
    elif wide:
        behind, front = scenery(setting, width, height, horizon, rng)
    else:
        behind, front = studio(width, height, horizon, rng)
    marks: list[Part] = []
    if rng.random() < layout.overlays * (1.0 if wide else 0.5):
        marks = overlay(width, height, wide, rng)
    figures = _figures(drawing, layout, Room(width, height, _floor(marks, width, height)), rng)
    return Scene(
        width=width,
        height=height,
        wide=wide,
        setting=setting,
        horizon=horizon,
        light=light,
        behind=tuple(behind),
        figures=figures,
        front=tuple(front) if rng.random() < layout.props else (),
        overlay=tuple(_aside(marks, figures[-1].box, width, height)),
    )


def _floor(marks: list[Part], width: int, height: int) -> float:
    """How far down a band across the picture leaves the motif in view."""
    boxes = [part.path.computeTightBounds() for part in marks]
    bands = [box for box in boxes if box.width() > width * 0.6 and box.height() > height * 0.1]
    tops: list[float] = [box.top() + height * 0.06 for box in bands]
    return min([float(height), *tops])


def _aside(marks: list[Part], hero: skia.Rect, width: int, height: int) -> list[Part]:
    """The marks, those at the top on the side where they hide less of the hero."""
    top = [part for part in marks if part.path.computeTightBounds().bottom() < height / 2]
    if not top:
        return marks
    area = bounds(top)
    across = width - area.left() - area.right()

    def hidden(shift: float) -> float:
        left, right = area.left() + shift, area.right() + shift
        return float(max(min(right, hero.right()) - max(left, hero.left()), 0.0))

    if hidden(across) >= hidden(0.0):
        return marks
    mirror = skia.Matrix.Translate(across, 0)
    return [placed(part, mirror, 1.0) if part in top else part for part in marks]


def _figures(drawing: Drawing, layout: Layout, room: Room, rng: Random) -> tuple[Figure, ...]:
    """The companions behind and the hero in front of them."""
    width = room.width
    middle = width * rng.uniform(*layout.middle)
    if rng.random() < 0.5:
        middle = width - middle
    foot = room.floor * rng.uniform(*layout.foot)
    size = room.height * rng.uniform(*layout.size) * (1.0 if width > room.height else 0.92)
    size = min(size, foot * 0.97)
    hero = _inside(_figure(drawing, middle, foot, size, width, layout.tilt, 1.0, rng), width)
    figures = []
    sides = [-1, 1] if rng.random() < 0.5 else [1, -1]
    for k in range(rng.choice(layout.companions)):
        share = rng.uniform(0.42, 0.66)
        reach = (hero.box.width() * 0.5 + size * share * 0.38) * rng.uniform(0.85, 1.1)
        x = min(max(hero.box.centerX() + sides[k % 2] * reach, width * 0.1), width * 0.9)
        y = foot - size * rng.uniform(0.05, 0.16)
        figures.append(
            _figure(drawing, x, y, size * share, width, layout.tilt, 0.35 + 0.2 * k, rng)
        )
    return (*figures, hero)


def _inside(figure: Figure, width: int) -> Figure:
    """The figure moved sideways until the picture holds it."""
    edge, box = width * 0.03, figure.box
    shift = max(edge - box.left(), 0.0) or min(width - edge - box.right(), 0.0)
    if not shift:
        return figure
    parts = tuple(placed(part, skia.Matrix.Translate(shift, 0), 1.0) for part in figure.parts)
    return Figure(parts, box.makeOffset(shift, 0), figure.depth)


def _figure(
    drawing: Drawing,
    x: float,
    foot: float,
    size: float,
    width: int,
    tilt: float,
    depth: float,
    rng: Random,
) -> Figure:
    """One motif that stands at a foot point, mirrored and tilted by chance."""
    parts = drawing(rng)
    box = bounds(parts)
    scale = min(size / box.height(), 0.86 * width / box.width())
    flip = -scale if rng.random() < 0.5 else scale
    matrix = skia.Matrix.Translate(x, foot)
    matrix.preConcat(skia.Matrix.RotateDeg(rng.uniform(-tilt, tilt)))
    matrix.preConcat(skia.Matrix.Scale(flip, scale))
    matrix.preConcat(skia.Matrix.Translate(-box.centerX(), -box.bottom()))
    done = tuple(placed(part, matrix, scale) for part in parts)
    return Figure(done, bounds(done), depth)


def bounds(parts: list[Part] | tuple[Part, ...]) -> skia.Rect:
    """What the parts cover, lines with their width."""
    box = skia.Rect.MakeEmpty()
    for part in parts:
        area = part.path.computeTightBounds()
        half = part.stroke / 2
        box.join(area.makeOutset(half, half))
    return box
