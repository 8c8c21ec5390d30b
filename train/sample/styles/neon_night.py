"""Neon night: glowing tubes in the dark, haze, far lights, and a wet ground that mirrors them."""

from random import Random

import skia

from train.sample.parts import Part
from train.sample.styles.brush import (
    Colour,
    Palette,
    displaced,
    draw,
    draw_all,
    fade,
    linear,
    mix,
    palette,
    pen,
    radial,
    shaded,
    solid,
    swapped,
)
from train.sample.styles.scene import Figure, Layout, Scene, Style

_PALETTES = (
    palette("ff2d95 00e5ff ffe14d 0a0618 fff4fb", "05030f 1a0b3b 3a0f5e", "06040f 0d0a20"),
    palette("00ffc8 ff3d6e a06bff 050b16 effffb", "02060f 06203a 0b3a5c", "030810 071a26"),
    palette("ff7a18 3d7bff ff2e63 0c0610 fff3e6", "07030c 25082c 53123f", "08040c 170a1c"),
    palette("b14cff 24f0a8 ff4fd8 070517 f7efff", "030211 120a40 2a1a6e", "04030e 0c0a2a"),
)
_GLOW = skia.BlendMode.kScreen


def paint(canvas: skia.Canvas, scene: Scene, rng: Random) -> None:
    """The lit half first; the ground then mirrors what was painted."""
    colours = swapped(rng.choice(_PALETTES), rng)
    foot = max(figure.box.bottom() for figure in scene.figures)
    upper = skia.Surface(scene.width, scene.height)
    _backdrop(upper.getCanvas(), scene, colours, rng)
    for part in scene.behind:
        _far(upper.getCanvas(), part, colours)
    _haze(upper.getCanvas(), scene, colours, rng)
    for figure in scene.figures:
        _figure(upper.getCanvas(), figure, colours)
    image = upper.makeImageSnapshot()
    canvas.drawImage(image, 0, 0)
    if scene.grounded:
        _mirror(canvas, image, scene, min(foot - 2, scene.height * 0.93), colours, rng)
    for part in scene.front:
        draw(canvas, part, solid(fade(colours.dark, 0.9), 1.5))
    if rng.random() < 0.6 and scene.wide and scene.grounded:
        _rain(canvas, scene, rng)
    for part in scene.overlay:
        _sign(canvas, part, colours)
    _vignette(canvas, scene)


def _backdrop(canvas: skia.Canvas, scene: Scene, colours: Palette, rng: Random) -> None:
    """A dark sky that glows towards the horizon, with far lights out of focus."""
    level = min(scene.horizon, scene.height)
    canvas.drawPaint(shaded(linear((0, 0), (0, level * 1.05), colours.sky)))
    for _ in range(rng.randrange(10, 22)):
        x, y = rng.uniform(0, 1) * scene.width, level * rng.uniform(0.15, 1.0)
        size = scene.height * rng.uniform(0.015, 0.06)
        tint = rng.choice((colours.main, colours.second, colours.accent))
        canvas.drawCircle(x, y, size, solid(fade(tint, rng.uniform(0.1, 0.35)), 1.2, _GLOW))
        canvas.drawCircle(x, y, size * 0.96, _ring(tint))
    if scene.grounded:
        canvas.drawRect(
            scene.ground,
            shaded(
                linear(
                    (0, scene.horizon), (0, scene.height), [colours.ground[1], colours.ground[0]]
                )
            ),
        )


def _ring(tint: Colour) -> skia.Paint:
    return pen(fade(tint, 0.22), 0.7, 0.0, _GLOW)


def _far(canvas: skia.Canvas, part: Part, colours: Palette) -> None:
    """Scenery: black shapes with a dim edge; small bright parts are lamps."""
    tint = colours.of(part.tone)
    if part.tone == "accent":
        draw(canvas, part, solid(fade(tint, 0.5), 5.0, _GLOW))
        draw(canvas, part, solid(fade(mix(tint, colours.light, 0.25), 0.75)))
        return
    if part.depth < 0.04:
        draw(canvas, part, solid(fade(tint, 0.07), 2.0, _GLOW))
        return
    body = mix(colours.dark, colours.sky[-1], max(0.55 - part.depth * 1.5, 0.08))
    if part.stroke:
        draw(canvas, part, solid(mix(body, tint, 0.3)))
        return
    draw(canvas, part, solid(body))
    canvas.drawPath(part.path, pen(fade(tint, 0.25), 2.2, 1.6, _GLOW))
    canvas.drawPath(part.path, pen(fade(tint, 0.4), 0.7, 0.0, _GLOW))


def _haze(canvas: skia.Canvas, scene: Scene, colours: Palette, rng: Random) -> None:
    """Coloured fog around the hero and along the horizon."""
    box = scene.hero.box
    for tint, dx in ((colours.main, -0.3), (colours.second, 0.35)):
        centre = (
            box.centerX() + dx * box.width(),
            box.centerY() + rng.uniform(-0.2, 0.2) * box.height(),
        )
        radius = scene.height * rng.uniform(0.55, 0.8)
        fog = radial(centre, radius, [fade(tint, 0.42), fade(tint, 0.16), fade(tint, 0)])
        canvas.drawPaint(shaded(fog, _GLOW))


def _figure(canvas: skia.Canvas, figure: Figure, colours: Palette) -> None:
    """A motif of dark glass with its outlines as tubes."""
    scale = 0.6 + 0.4 * figure.depth
    draw_all(canvas, figure.parts, solid(fade(colours.main, 0.35 * scale), 9.0, _GLOW))
    for part in figure.parts:
        tint = colours.of("accent" if part.tone == "dark" else part.tone)
        if part.stroke:
            _tube(canvas, part.path, tint, colours, max(part.stroke * 0.55, 1.1), scale)
            continue
        glass = mix(colours.dark, tint, 0.16 if part.tone != "dark" else 0.02)
        if part.tone == "accent":
            glass = mix(colours.dark, tint, 0.5)
        draw(canvas, part, solid(fade(glass, 0.94)))
        box = part.path.computeTightBounds()
        sheen = linear(
            (box.left(), box.top()),
            (box.left(), box.bottom()),
            [fade(tint, 0.34), fade(tint, 0.02)],
        )
        canvas.drawPath(part.path, shaded(sheen, _GLOW))
        width = 1.7 if part.tone in ("main", "second") else 1.1
        if part.tone == "dark":
            canvas.drawPath(part.path, pen(fade(tint, 0.5), 0.8, 0.0, _GLOW))
        else:
            _tube(canvas, part.path, tint, colours, width * scale, scale)


def _tube(
    canvas: skia.Canvas, path: skia.Path, tint: Colour, colours: Palette, width: float, glow: float
) -> None:
    """A glowing line: wide halo, near halo, body, white core."""
    canvas.drawPath(path, pen(fade(tint, 0.42 * glow), width * 5.0, 4.0, _GLOW))
    canvas.drawPath(path, pen(fade(tint, 0.75 * glow), width * 1.9, 1.3, _GLOW))
    canvas.drawPath(path, pen(fade(tint, 0.95), width))
    canvas.drawPath(path, pen(fade(mix(tint, colours.light, 0.8), 0.9 * glow), width * 0.45))


def _mirror(
    canvas: skia.Canvas, image: skia.Image, scene: Scene, foot: float, colours: Palette, rng: Random
) -> None:
    """The wet ground: the picture upside down, smeared downwards and rippled."""
    wet = skia.Rect.MakeLTRB(0, foot, scene.width, scene.height)
    canvas.save()
    canvas.clipRect(wet)
    canvas.drawRect(wet, solid(colours.ground[0]))
    smear = skia.ImageFilters.Blur(0.9, 3.2, skia.TileMode.kMirror)
    filters = skia.ImageFilters.Compose(smear, displaced(rng, 9, 0.09))
    canvas.saveLayer(None, skia.Paint(ImageFilter=filters))
    canvas.translate(0, 2 * foot)
    canvas.scale(1, -1)
    canvas.drawImage(image, 0, 0)
    canvas.restore()
    dusk = linear(
        (0, foot), (0, foot + scene.height * 0.4), [fade(colours.ground[0], 0.1), colours.ground[0]]
    )
    canvas.drawRect(wet, shaded(dusk))
    canvas.restore()
    for _ in range(rng.randrange(6, 12)):
        y = foot + (scene.height - foot) * rng.random()
        x, long = rng.uniform(0, 1) * scene.width, scene.width * rng.uniform(0.04, 0.16)
        tint = rng.choice((colours.main, colours.second, colours.accent))
        canvas.drawLine(x, y, x + long, y, pen(fade(tint, 0.4), 1.1, 0.8, _GLOW))


def _rain(canvas: skia.Canvas, scene: Scene, rng: Random) -> None:
    """Fine slanted streaks."""
    streak = pen(fade(0xFFCFE8FF, 0.16), 0.7)
    for _ in range(60):
        x, y = rng.uniform(0, 1.05) * scene.width, rng.uniform(-0.1, 1) * scene.height
        long = scene.height * rng.uniform(0.05, 0.12)
        canvas.drawLine(x, y, x - long * 0.18, y + long, streak)


def _sign(canvas: skia.Canvas, part: Part, colours: Palette) -> None:
    """Captions and badges as small light signs."""
    if part.tone == "dark" and not part.stroke:
        draw(canvas, part, solid(fade(colours.dark, 0.78)))
        return
    tint = colours.of(part.tone)
    draw(canvas, part, solid(fade(tint, 0.6), 3.0, _GLOW))
    draw(canvas, part, solid(tint))


def _vignette(canvas: skia.Canvas, scene: Scene) -> None:
    centre, radius = (scene.width / 2, scene.height / 2), scene.width * 0.68
    dark = radial(centre, radius, [0x00000000, 0x00000000, 0xB0000000])
    canvas.drawPaint(shaded(dark))


STYLE = Style(
    key="neon-night",
    words="a neon-lit night scene of glowing outlines on a dark wet ground",
    palette="electric colours against near-black",
    medium="glowing neon tubes with haze and reflections",
    mood="electric and restless",
    layout=Layout(
        size=(0.62, 0.76),
        middle=(0.36, 0.5),
        foot=(0.78, 0.85),
        tilt=4.0,
        companions=(0, 0, 1, 2),
        horizon=(0.66, 0.76),
        overlays=0.3,
        props=0.25,
    ),
    paint=paint,
)
