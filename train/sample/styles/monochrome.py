"""Monochrome: a black-and-white photograph with shaped light, depth of field and grain."""

from random import Random

import skia

from train.sample.motifs.shapes import move, poly
from train.sample.parts import Part, Tone
from train.sample.styles.brush import (
    Colour,
    draw,
    draw_all,
    fade,
    grain,
    grey,
    layer,
    linear,
    mix,
    program,
    radial,
    shaded,
    solid,
    solid_path,
)
from train.sample.styles.scene import Figure, Layout, Scene, Style, cast_shadow

# Bright motifs before a dark wall, dark motifs before a bright one.
_LOW_KEY: tuple[dict[Tone, float], ...] = (
    {"main": 0.62, "second": 0.36, "accent": 0.86, "dark": 0.04, "light": 0.97},
    {"main": 0.44, "second": 0.72, "accent": 0.9, "dark": 0.05, "light": 0.98},
    {"main": 0.8, "second": 0.5, "accent": 0.3, "dark": 0.06, "light": 1.0},
)
_HIGH_KEY: tuple[dict[Tone, float], ...] = (
    {"main": 0.3, "second": 0.56, "accent": 0.84, "dark": 0.04, "light": 1.0},
    {"main": 0.5, "second": 0.24, "accent": 0.16, "dark": 0.03, "light": 0.98},
    {"main": 0.68, "second": 0.36, "accent": 0.2, "dark": 0.05, "light": 1.0},
)

# The last step of a print: grain, a slight curve, and the paper's faint warmth or coolness.
_GRAIN = """
uniform shader a;
uniform float amount;
uniform half3 tint;
half4 main(float2 p) {
    half g = (a.eval(p).r - 0.5) * amount;
    return half4(half3(0.5 + g) * tint, 1.0);
}
"""


def paint(canvas: skia.Canvas, scene: Scene, rng: Random) -> None:
    """Far things out of focus, the hero sharp under a key and a rim light."""
    low_key = rng.random() < 0.5 or scene.open_space
    levels = rng.choice(_LOW_KEY if low_key else _HIGH_KEY)
    layer(canvas, skia.Paint(ColorFilter=_curve(rng.uniform(1.15, 1.35), 0.05 if low_key else 0.0)))
    _backdrop(canvas, scene, low_key)
    _scenery(canvas, scene, levels, low_key, rng)
    for figure in scene.figures:
        blur = 0.0 if figure.depth > 0.9 else 1.5 + 2.0 * (1 - figure.depth)
        _figure(canvas, figure, scene, levels, low_key, blur)
    for part in scene.front:
        draw(canvas, part, solid(grey(levels[part.tone] * 0.4, 0.92), 4.0))
    _light(canvas, scene, low_key, rng)
    canvas.restore()
    for part in scene.overlay:
        draw(canvas, part, solid(grey({"dark": 0.05, "light": 0.97}.get(part.tone, 0.85), 0.92)))
    tint = rng.choice(((1.0, 1.0, 1.0), (1.02, 1.0, 0.97), (0.98, 1.0, 1.02)))
    film = program(
        _GRAIN,
        [grain(rng, scene.width, scene.height)],
        amount=rng.uniform(0.07, 0.13),
        tint=list(tint),
    )
    canvas.drawPaint(shaded(film, skia.BlendMode.kOverlay))


def _curve(contrast: float, lift: float) -> skia.ColorFilter:
    """The contrast of the print, around middle grey."""
    rest = 0.5 * (1 - contrast) + lift
    rows = []
    for channel in range(4):
        row = [0.0] * 5
        row[channel] = contrast if channel < 3 else 1.0
        row[4] = rest if channel < 3 else 0.0
        rows += row
    return skia.ColorFilters.Matrix(rows)


def _backdrop(canvas: skia.Canvas, scene: Scene, low_key: bool) -> None:
    """A wall or sky with the light falling off, and a ground."""
    near, mid, far = (0.5, 0.26, 0.13) if low_key else (0.93, 0.74, 0.45)
    centre = (scene.light[0] * 0.6 + scene.width * 0.2, scene.height * 0.25)
    wall = radial(centre, scene.width * 0.85, [grey(near), grey(mid), grey(far)])
    canvas.drawPaint(shaded(wall))
    if low_key:  # a pool of light on the wall parts the motif from it
        box = scene.hero.box
        spot = (box.centerX() + (scene.width / 2 - scene.light[0]) * 0.2, box.centerY())
        pool = radial(spot, scene.height * 0.75, [grey(0.62, 0.8), grey(0.4, 0.35), grey(0.2, 0)])
        canvas.drawPaint(shaded(pool))
    if scene.grounded:
        ground = linear(
            (0, scene.horizon),
            (0, scene.height),
            [grey(mid * 0.75), grey(near * 0.9), grey(mid * 0.6)],
        )
        soft = shaded(ground)
        if not scene.wide:
            soft.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 12))
            canvas.drawRect(scene.ground.makeOutset(40, 0), soft)
        else:
            canvas.drawRect(scene.ground, soft)


def _scenery(
    canvas: skia.Canvas, scene: Scene, levels: dict[Tone, float], low_key: bool, rng: Random
) -> None:
    """The place out of focus; its bright points open to discs."""
    haze = 0.2 if low_key else 0.75
    blur = skia.ImageFilters.Blur(3.0, 3.0, skia.TileMode.kClamp)
    layer(canvas, skia.Paint(ImageFilter=blur))
    for part in scene.behind:
        level = levels[part.tone] * (0.55 if low_key else 0.95)
        strength = 0.25 if part.depth < 0.04 and part.tone == "light" else 0.9
        colour = mix(grey(level), grey(haze), max(0.6 - part.depth * 1.4, 0.0))
        draw(canvas, part, solid(fade(colour, strength)))
    canvas.restore()
    if scene.wide and low_key:
        for _ in range(rng.randrange(5, 12)):
            x, y = rng.uniform(0, 1) * scene.width, rng.uniform(0.05, 0.6) * scene.height
            size = scene.height * rng.uniform(0.025, 0.06)
            disc = radial((x, y), size, [grey(1, 0.16), grey(1, 0.2), grey(1, 0.34)])
            canvas.drawCircle(x, y, size, shaded(disc, skia.BlendMode.kScreen))


def _figure(
    canvas: skia.Canvas,
    figure: Figure,
    scene: Scene,
    levels: dict[Tone, float],
    low_key: bool,
    blur: float,
) -> None:
    """A motif with volume: shadows on the ground and between its parts."""
    if scene.grounded:
        cast_shadow(canvas, figure, scene.light, grey(0, 0.5), 5.0, 0.3)
        box = figure.box
        touch = skia.Rect.MakeLTRB(
            box.left() + 3, box.bottom() - 4, box.right() - 3, box.bottom() + 4
        )
        canvas.drawOval(touch, solid(grey(0, 0.75), 3.0))
    focus = skia.Paint()
    if blur:
        focus.setImageFilter(skia.ImageFilters.Blur(blur, blur))
    layer(canvas, focus)
    side = -1.0 if scene.light[0] < figure.box.centerX() else 1.0
    if low_key:  # a rim of light parts the motif from a dark wall
        draw_all(canvas, figure.parts, solid(grey(1, 0.35), 6.0))
    for part in figure.parts:
        _volume(canvas, part, figure, grey(levels[part.tone]), side)
    canvas.restore()


def _volume(canvas: skia.Canvas, part: Part, figure: Figure, colour: Colour, side: float) -> None:
    """A part that rounds away from the light and throws a small shadow on what lies below it."""
    area = solid_path(part)
    box = area.computeTightBounds()
    thick = min(box.width(), box.height())
    lift = 0.8 + 2.2 * part.depth
    if thick > 4:
        shadow = move(area, -side * lift, lift)
        canvas.drawPath(shadow, solid(grey(0, 0.3), 1.4))
    whole = figure.box
    lit = (whole.centerX() + side * whole.width() * 0.4, whole.top() + whole.height() * 0.1)
    shade = radial(
        lit,
        max(whole.width(), whole.height()) * 1.15,
        [mix(colour, 0xFFFFFFFF, 0.42), colour, mix(colour, 0xFF000000, 0.62)],
    )
    canvas.drawPath(area, shaded(shade))
    if thick < 7:
        return
    soft = min(thick * 0.11, 5.0)
    canvas.save()
    canvas.clipPath(area, doAntiAlias=True)
    for push, tone, strength in ((1.0, 0.0, 0.6), (-1.0, 1.0, 0.5)):
        edge = move(area, side * soft * push, -soft * push * 0.8)
        inverse = skia.Path(edge)
        inverse.toggleInverseFillType()
        canvas.drawPath(inverse, solid(grey(tone, strength), soft * 0.9))
    canvas.restore()


def _light(canvas: skia.Canvas, scene: Scene, low_key: bool, rng: Random) -> None:
    """A shaft of light from the side and darker corners."""
    if rng.random() < 0.5:
        x, _ = scene.light
        away = scene.width * (0.5 if x < scene.width / 2 else -0.5)
        shaft = poly(
            (x - 20, -10),
            (x + 20, -10),
            (x + away + 90, scene.height),
            (x + away - 60, scene.height),
        )
        canvas.drawPath(shaft, solid(grey(1, 0.13), 9.0, skia.BlendMode.kScreen))
    centre = (scene.width / 2, scene.height * 0.48)
    fall = [0x00000000, grey(0, 0.08), grey(0, 0.46 if low_key else 0.34)]
    canvas.drawPaint(shaded(radial(centre, scene.width * 0.72, fall)))


STYLE = Style(
    key="monochrome",
    words="a black-and-white photograph with dramatic light and film grain",
    palette="black, white and greys",
    medium="a photograph with shallow depth of field and film grain",
    mood="dramatic and quiet",
    layout=Layout(
        size=(0.74, 0.94),
        middle=(0.32, 0.46),
        foot=(0.92, 0.99),
        tilt=5.0,
        companions=(0, 1, 1, 2),
        horizon=(0.6, 0.78),
        overlays=0.35,
        props=0.35,
    ),
    paint=paint,
)
