"""Watercolour: washes that bleed on grained paper, pale edges, splatter, an unpainted border."""

from random import Random

import skia

from train.sample.motifs.shapes import many, smooth
from train.sample.parts import Part
from train.sample.styles.brush import (
    Colour,
    Palette,
    displaced,
    draw,
    dusk,
    fade,
    linear,
    mix,
    noise,
    palette,
    pen,
    program,
    radial,
    shaded,
    solid,
    solid_path,
    swapped,
)
from train.sample.styles.scene import Figure, Layout, Scene, Style

_PALETTES = (
    palette("c4663c 6f8f68 e3a93a 4a3531 fffaf0", "a9cbd0 f0dcae", "d6b486 a98a5e"),
    palette("7f6aa3 b9744a d9a24e 3b3448 fffaf3", "bdb8dc f2d3bd", "c8ab88 8d7f78"),
    palette("4d86a0 c99450 cf5f44 2c3f4a fffcf3", "93c6d4 f0e3bd", "c0b480 7f8b68"),
    palette("8f9a3c c25737 e8b54c 3f3a26 fffdf0", "cfd79a f7dfae", "a8ae62 cfa866"),
    palette("b3545a 6d9179 dba05c 443434 fffaf2", "e3bdae f3e6c6", "c9a386 9f8b70"),
)
_MULTIPLY = skia.BlendMode.kMultiply

# Paper tooth and pigment that settles in it: the noise darkens paint more than bare paper.
_PAPER = """
uniform shader a;
uniform shader b;
half4 main(float2 p) {
    half grain = a.eval(p).r - 0.5;
    half cloud = b.eval(p).g - 0.5;
    return half4(half3(0.985 + grain * 0.13 + cloud * 0.09), 1.0);
}
"""


def paint(canvas: skia.Canvas, scene: Scene, rng: Random) -> None:
    """Washes from far to near, then lines, splatter and paper."""
    colours = swapped(rng.choice(_PALETTES), rng)
    if scene.open_space:
        colours = dusk(colours, 0.62)
    canvas.drawPaint(solid(colours.light))
    edge = _border(scene, rng)
    canvas.saveLayer(None, skia.Paint(BlendMode=_MULTIPLY, ImageFilter=displaced(rng, 9, 0.035)))
    canvas.save()
    canvas.clipPath(edge, doAntiAlias=True)
    _washes(canvas, scene, colours, rng)
    for part in scene.behind:
        strength = 0.2 + part.depth * 0.9
        colour = mix(colours.of(part.tone), colours.sky[0], 0.45 - part.depth)
        if part.tone != "light":
            _wash(canvas, part, colour, strength, rng)
        else:
            draw(canvas, part, solid(fade(colours.light, 0.75), 1.0))
    canvas.restore()
    canvas.drawPath(edge, pen(fade(mix(colours.sky[0], colours.dark, 0.25), 0.35), 1.6))
    canvas.restore()
    for figure in scene.figures:
        _figure(canvas, figure, scene, colours, rng)
    _splatter(canvas, scene, colours, rng)
    canvas.saveLayer(None, skia.Paint(ImageFilter=displaced(rng, 4, 0.06)))
    for part in scene.front + scene.overlay:
        draw(canvas, part, solid(fade(colours.of(part.tone), 0.86)))
    canvas.restore()
    paper = program(_PAPER, [noise(rng, 0.55, 0.55, 3), noise(rng, 0.02, 0.03, 2)])
    canvas.drawPaint(shaded(paper, _MULTIPLY))


def _border(scene: Scene, rng: Random) -> skia.Path:
    """The uneven edge of the painted area; around it the paper stays bare."""
    w, h, knots = scene.width, scene.height, []
    inset = scene.height * rng.uniform(0.05, 0.1)

    def near(x: float, y: float) -> tuple[float, float]:
        return x + rng.uniform(-0.5, 0.5) * inset, y + rng.uniform(-0.5, 0.5) * inset

    for k in range(7):
        knots.append(near(inset + (w - 2 * inset) * k / 6, inset))
    for k in range(1, 4):
        knots.append(near(w - inset, inset + (h - 2 * inset) * k / 4))
    for k in range(7):
        knots.append(near(w - inset - (w - 2 * inset) * k / 6, h - inset))
    for k in range(1, 4):
        knots.append(near(inset, h - inset - (h - 2 * inset) * k / 4))
    return smooth(*knots)


def _washes(canvas: skia.Canvas, scene: Scene, colours: Palette, rng: Random) -> None:
    """Sky and ground in graded washes with blooms where water dried."""
    top, low = colours.sky
    level = min(scene.horizon, scene.height)
    canvas.drawPaint(shaded(linear((0, 0), (scene.width * 0.2, level), [top, low, colours.light])))
    if scene.grounded:
        near, far = colours.ground
        wash = linear((0, scene.horizon), (0, scene.height), [far, fade(near, 0.75)])
        canvas.drawRect(scene.ground, shaded(wash))
    for _ in range(rng.randrange(4, 8)):
        centre = (rng.uniform(0, 1) * scene.width, rng.uniform(0, 1) * scene.height)
        radius = scene.height * rng.uniform(0.15, 0.45)
        pale = rng.random() < 0.55
        tint = colours.light if pale else rng.choice((top, colours.main, colours.second))
        bloom = [fade(tint, 0.65 if pale else 0.28), fade(tint, 0.3), fade(tint, 0)]
        canvas.drawCircle(*centre, radius, shaded(radial(centre, radius, bloom)))


def _wash(canvas: skia.Canvas, part: Part, colour: Colour, strength: float, rng: Random) -> None:
    """A shape in graded dilution, darker at its dried edge."""
    area = solid_path(part)
    box = area.computeTightBounds()
    start, end = (box.left(), box.top()), (box.right(), box.bottom())
    if rng.random() < 0.5:
        start, end = (box.right(), box.top()), (box.left(), box.bottom())
    thick, thin = fade(colour, strength), fade(colour, strength * rng.uniform(0.5, 0.75))
    canvas.drawPath(area, shaded(linear(start, end, [thick, thin, thick])))
    canvas.save()
    canvas.clipPath(area, doAntiAlias=True)
    canvas.drawPath(area, pen(fade(mix(colour, 0xFF2A2420, 0.35), strength * 0.5), 2.2, 0.7))
    if min(box.width(), box.height()) > 14:
        centre = (rng.uniform(box.left(), box.right()), rng.uniform(box.top(), box.bottom()))
        radius = max(box.width(), box.height()) * 0.4
        bloom = radial(centre, radius, [fade(0xFFFFFFFF, 0.34), fade(0xFFFFFFFF, 0)])
        canvas.drawPath(area, shaded(bloom))
    canvas.restore()


def _figure(
    canvas: skia.Canvas, figure: Figure, scene: Scene, colours: Palette, rng: Random
) -> None:
    """A motif: lifted paper below it, a soft bleed, washes, and a loose line."""
    near = 0.55 + 0.45 * figure.depth
    canvas.saveLayer(None, skia.Paint(ImageFilter=displaced(rng, 5, 0.05)))
    for part in figure.parts:
        draw(canvas, part, solid(fade(colours.light, 0.95)))
    canvas.restore()
    if scene.grounded:
        box = figure.box
        floor = skia.Rect.MakeLTRB(
            box.left() - 4, box.bottom() - 5, box.right() + 9, box.bottom() + 6
        )
        canvas.drawOval(
            floor, solid(fade(mix(colours.dark, colours.sky[0], 0.3), 0.4), 3.0, _MULTIPLY)
        )
    canvas.saveLayer(None, skia.Paint(BlendMode=_MULTIPLY, ImageFilter=displaced(rng, 5, 0.05)))
    for part in figure.parts:
        colour = colours.of(part.tone)
        if part.tone == "light":
            draw(canvas, part, solid(colours.light))
            continue
        if rng.random() < 0.3 and not part.stroke:
            canvas.drawPath(part.path, solid(fade(colour, 0.25 * near), 4.0))
        _cover_below(canvas, part, colours)
        _wash(canvas, part, colour, (0.95 if part.tone == "dark" else 0.86) * near, rng)
    canvas.restore()
    canvas.saveLayer(None, skia.Paint(BlendMode=_MULTIPLY, ImageFilter=displaced(rng, 7, 0.05)))
    ink = pen(fade(colours.dark, 0.5 * near), 0.9)
    for part in figure.parts:
        if not part.stroke:
            canvas.drawPath(part.path, ink)
    canvas.restore()


def _cover_below(canvas: skia.Canvas, part: Part, colours: Palette) -> None:
    """Lift most of the paint below a part, or stacked washes turn to mud."""
    draw(canvas, part, solid(fade(colours.light, 0.8)))


def _splatter(canvas: skia.Canvas, scene: Scene, colours: Palette, rng: Random) -> None:
    """Drops flicked off a brush."""
    for _ in range(rng.randrange(2, 5)):
        tint = rng.choice((colours.main, colours.second, colours.accent))
        x, y = rng.uniform(0, 1) * scene.width, rng.uniform(0, 1) * scene.height
        drops = []
        for _ in range(rng.randrange(4, 12)):
            reach = scene.height * 0.14
            drops.append(
                skia.Path.Circle(
                    x + rng.gauss(0, 1) * reach, y + rng.gauss(0, 1) * reach, rng.uniform(0.5, 2.2)
                )
            )
        canvas.drawPath(many(drops), solid(fade(tint, 0.55), 0.3, _MULTIPLY))


STYLE = Style(
    key="watercolour",
    words="a soft watercolour painting in washed-out earthy tones",
    palette="washed-out earthy tones",
    medium="watercolour on grained paper with bleeding edges",
    mood="gentle and hand-made",
    layout=Layout(
        size=(0.68, 0.82),
        middle=(0.4, 0.5),
        foot=(0.86, 0.92),
        tilt=7.0,
        companions=(0, 0, 1, 2),
        horizon=(0.55, 0.7),
        overlays=0.25,
        props=0.15,
    ),
    paint=paint,
)
