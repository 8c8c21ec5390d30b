"""Pastel flat: soft geometric shapes without outlines, long shadows, much space."""

from random import Random

import skia

from train.sample.motifs.shapes import box as rect
from train.sample.motifs.shapes import circle, move, smooth
from train.sample.styles.brush import (
    Palette,
    draw,
    dusk,
    fade,
    layer,
    linear,
    mix,
    palette,
    shaded,
    solid,
    solid_path,
    swapped,
)
from train.sample.styles.scene import Figure, Layout, Scene, Style

_PALETTES = (
    palette("f29ca3 8ec5c9 f7d08a 5b5a7d fffaf3", "fde2d8 fbeee0", "f6c9bd f2b8a8"),
    palette("9db7e8 f4b6c2 ffd79a 4f5b82 fdfcff", "e3e9fb f3effc", "c6d0f3 b5c2ee"),
    palette("8fcfa9 f5b58b f7e08c 4d6b66 fbfff8", "dff3e6 f4f8e4", "b9e2c9 a5d8ba"),
    palette("c3a6e3 8fd0d8 ffc3a8 5d4f7c fffaff", "eee2fa fbeef3", "d6c0ee c8aee7"),
    palette("f7b267 84c7d0 f28482 5a6372 fffdf7", "fff0d5 fdf7e8", "fadba4 f6cd88"),
)


def paint(canvas: skia.Canvas, scene: Scene, rng: Random) -> None:
    """Two or three large shapes, a quiet place, the motif with a long shadow."""
    colours = swapped(rng.choice(_PALETTES), rng)
    if scene.open_space:
        colours = dusk(colours, 0.42)
    _backdrop(canvas, scene, colours, rng)
    _scenery(canvas, scene, colours)
    side = 1.0 if scene.light[0] < scene.width / 2 else -1.0
    for figure in scene.figures:
        _long_shadow(canvas, figure, colours, side)
        _figure(canvas, figure, colours, side)
    for part in scene.front:
        draw(canvas, part, solid(mix(colours.of(part.tone), colours.ground[1], 0.35)))
    for part in scene.overlay:
        draw(canvas, part, solid(colours.of(part.tone)))


def _backdrop(canvas: skia.Canvas, scene: Scene, colours: Palette, rng: Random) -> None:
    """A light ground with a big disc, a slanted plane or rolling bands."""
    w, h = scene.width, scene.height
    canvas.drawPaint(shaded(linear((0, 0), (w, h), colours.sky)))
    soft = mix(colours.sky[0], rng.choice((colours.main, colours.second, colours.accent)), 0.38)
    box = scene.hero.box
    kind = rng.randrange(3)
    if kind == 0:
        radius = h * rng.uniform(0.4, 0.52)
        canvas.drawPath(circle(box.centerX(), box.centerY() - h * 0.04, radius), solid(soft))
    elif kind == 1:
        canvas.save()
        canvas.rotate(rng.choice((-24, 24)), w / 2, h / 2)
        wide = w * rng.uniform(0.3, 0.45)
        canvas.drawPath(rect(box.centerX() - wide / 2, -h, wide, h * 3), solid(soft))
        canvas.restore()
    else:
        centre, radius = (w * rng.uniform(0.2, 0.8), h * rng.uniform(0.3, 0.5)), h * 0.34
        for k, share in enumerate((0.16, 0.3, 0.45)):
            canvas.drawCircle(
                *centre, radius * (1.9 - 0.45 * k), solid(mix(colours.sky[0], soft, share * 2))
            )
    if scene.grounded:
        level = scene.horizon
        hill = smooth(
            (-w * 0.1, level + 4),
            (w * 0.3, level - h * 0.03),
            (w * 0.7, level + h * 0.03),
            (w * 1.1, level - 4),
            (w * 1.1, h * 1.3),
            (-w * 0.1, h * 1.3),
        )
        canvas.drawPath(hill, solid(colours.ground[0]))


def _scenery(canvas: skia.Canvas, scene: Scene, colours: Palette) -> None:
    """The place in one pale family of hues; only its larger parts."""
    smallest = (scene.height * 0.045) ** 2
    for part in scene.behind:
        box = part.path.computeTightBounds()
        if part.stroke and part.stroke < scene.height * 0.012:
            continue
        if box.width() * box.height() < smallest:
            continue
        tone = mix(colours.of(part.tone), colours.sky[0], 0.62 - 0.5 * part.depth)
        if part.tone == "dark":
            tone = mix(colours.ground[1], colours.dark, 0.25)
        draw(canvas, part, solid(tone))


def _long_shadow(canvas: skia.Canvas, figure: Figure, colours: Palette, side: float) -> None:
    """The silhouette swept towards the far corner, thinning out on the way."""
    whole = skia.Path()
    for part in figure.parts:
        box = part.path.computeTightBounds()
        if not part.stroke and box.width() * box.height() >= 60:
            whole.addPath(part.path)
    whole.setFillType(skia.PathFillType.kWinding)
    reach = figure.box.height() * (0.95 if figure.depth > 0.9 else 0.5)
    layer(canvas)
    paint = solid(fade(mix(colours.ground[1], colours.dark, 0.42), 1.0))
    for k in range(1, int(reach)):
        canvas.drawPath(move(whole, side * k, k * 0.55), paint)
    start = (figure.box.centerX(), figure.box.centerY())
    end = (start[0] + side * reach * 1.4, start[1] + reach * 0.8)
    thin = linear(start, end, [0x80000000, 0x50000000, 0x08000000])
    canvas.drawPaint(shaded(thin, skia.BlendMode.kDstIn))
    canvas.restore()


def _figure(canvas: skia.Canvas, figure: Figure, colours: Palette, side: float) -> None:
    """Flat parts, each with one lit half."""
    far = 0.0 if figure.depth > 0.9 else 0.3
    for part in figure.parts:
        colour = mix(colours.of(part.tone), colours.sky[0], far)
        draw(canvas, part, solid(colour))
        area = solid_path(part)
        box = area.computeTightBounds()
        if min(box.width(), box.height()) < 9 or part.tone == "dark":
            continue
        canvas.save()
        canvas.clipPath(area, doAntiAlias=True)
        shade = mix(colour, colours.dark, 0.16 if part.tone != "light" else 0.1)
        middle = box.centerX() + side * box.width() * 0.12
        half = skia.Rect.MakeLTRB(middle, box.top(), box.right() + 1, box.bottom())
        if side < 0:
            half = skia.Rect.MakeLTRB(box.left() - 1, box.top(), middle, box.bottom())
        canvas.rotate(side * 14, box.centerX(), box.centerY())
        canvas.drawRect(half.makeOutset(0, box.height()), solid(shade))
        canvas.restore()


STYLE = Style(
    key="pastel-flat",
    words="a flat illustration in soft pastel shapes with long shadows",
    palette="soft pastel tints",
    medium="a flat geometric illustration without outlines",
    mood="calm and airy",
    layout=Layout(
        size=(0.66, 0.8),
        middle=(0.38, 0.5),
        foot=(0.84, 0.9),
        tilt=6.0,
        companions=(0, 0, 0, 1),
        horizon=(0.62, 0.74),
        overlays=0.25,
        props=0.15,
    ),
    paint=paint,
)
