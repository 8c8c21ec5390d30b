"""Blueprint: white technical lines on blue, with a grid, dimensions, hatching and call-outs."""

import math
from random import Random

import skia

from train.sample.motifs.shapes import box as rect
from train.sample.motifs.shapes import line, many, poly
from train.sample.parts import Part
from train.sample.styles.brush import (
    Colour,
    draw,
    fade,
    linear,
    mix,
    noise,
    pen,
    program,
    radial,
    rgb,
    shaded,
    solid,
    solid_path,
)
from train.sample.styles.lettering import lettering, lettering_width
from train.sample.styles.scene import Figure, Layout, Scene, Style

_SHEETS = ("123f7d", "0f4c81", "1b3f94", "0b5394", "174a6e", "20489c", "0e3a6b")
_INKS = ("f4f9ff", "e6f3ff", "fdfbf0")

# Creases and fading of a sheet that was folded and lay in the sun.
_SHEET = """
uniform shader a;
uniform float2 fold;
half4 main(float2 p) {
    half grain = a.eval(p * 1.0).r - 0.5;
    half cloud = a.eval(p * 0.06).g - 0.5;
    half crease = exp(-abs(p.x - fold.x) * 0.55) * 0.09 + exp(-abs(p.y - fold.y) * 0.55) * 0.07;
    half bend = step(fold.x, p.x) * 0.025;
    return half4(half3(0.5 + grain * 0.1 + cloud * 0.35 + crease + bend), 1.0);
}
"""


def paint(canvas: skia.Canvas, scene: Scene, rng: Random) -> None:
    """Sheet, grid, faint scenery, then the motif as a measured drawing."""
    sheet, ink = rgb(rng.choice(_SHEETS)), rgb(rng.choice(_INKS))
    _sheet(canvas, scene, sheet, rng)
    _grid(canvas, scene, ink, rng)
    for part in scene.behind:
        _outline(canvas, part, fade(ink, 0.2 + 0.25 * part.depth), 0.7)
    for figure in scene.figures[:-1]:
        _ghost(canvas, figure, sheet, ink)
    hero = scene.hero
    _axes(canvas, hero, ink)
    _figure(canvas, hero, sheet, ink, rng)
    _dimensions(canvas, hero, scene, ink, rng)
    if rng.random() < 0.75 and not scene.overlay:
        _callout(canvas, hero, scene, sheet, ink, rng)
    _frame(canvas, scene, sheet, ink, rng)
    for part in scene.overlay:
        if part.tone == "dark" and not part.stroke:
            draw(canvas, part, solid(fade(sheet, 0.9)))
        if part.stroke:  # lettering keeps the shape of its letters
            canvas.drawPath(part.path, pen(ink, part.stroke * 0.55))
        else:
            _outline(canvas, part, ink, 0.9)
    fold = [scene.width * rng.uniform(0.25, 0.75), scene.height * rng.uniform(0.35, 0.65)]
    wear = program(_SHEET, [noise(rng, 0.6, 0.6, 2)], fold=fold)
    canvas.drawPaint(shaded(wear, skia.BlendMode.kOverlay))


def _sheet(canvas: skia.Canvas, scene: Scene, sheet: Colour, rng: Random) -> None:
    """Blue paper, lighter where the lamp stands."""
    canvas.drawPaint(solid(sheet))
    centre = (scene.width * rng.uniform(0.25, 0.75), scene.height * rng.uniform(0.1, 0.6))
    glow = [mix(sheet, 0xFF6FB4FF, 0.32), sheet, mix(sheet, 0xFF020A1C, 0.4)]
    canvas.drawPaint(shaded(radial(centre, scene.width * 0.75, glow)))


def _grid(canvas: skia.Canvas, scene: Scene, ink: Colour, rng: Random) -> None:
    """Fine squares with every fifth line stronger."""
    step = rng.choice((7, 8, 9, 10))
    fine: list[skia.Path] = []
    strong: list[skia.Path] = []
    for k in range(1, scene.width // step + 1):
        path = line((k * step + 0.5, 0), (k * step + 0.5, scene.height))
        (strong if k % 5 == 0 else fine).append(path)
    for k in range(1, scene.height // step + 1):
        path = line((0, k * step + 0.5), (scene.width, k * step + 0.5))
        (strong if k % 5 == 0 else fine).append(path)
    canvas.drawPath(many(fine), pen(fade(ink, 0.09), 0.7))
    canvas.drawPath(many(strong), pen(fade(ink, 0.19), 0.8))


def _outline(canvas: skia.Canvas, part: Part, ink: Colour, width: float) -> None:
    """A part as a plain line; a drawn line keeps its shape."""
    if part.stroke > width * 3:
        canvas.drawPath(solid_path(part), pen(ink, width))
    else:
        canvas.drawPath(part.path, pen(ink, max(width, part.stroke * 0.6)))


def _ghost(canvas: skia.Canvas, figure: Figure, sheet: Colour, ink: Colour) -> None:
    """A second view in dashes."""
    dashed = pen(fade(ink, 0.65), 0.8)
    dashed.setPathEffect(skia.DashPathEffect.Make([3.5, 2.2], 0))
    for part in figure.parts:
        draw(canvas, part, solid(fade(sheet, 0.75)))
        if part.depth >= 0.3 and part.tone != "light":
            canvas.drawPath(part.path, dashed)


def _figure(canvas: skia.Canvas, figure: Figure, sheet: Colour, ink: Colour, rng: Random) -> None:
    """The motif: tinted areas, hatching by tone, contour by depth."""
    slope = rng.choice((45.0, -45.0))
    for part in figure.parts:
        if not part.stroke:
            canvas.drawPath(part.path, solid(fade(mix(sheet, 0xFF061530, 0.25), 0.9)))
            _fill(canvas, part, ink, slope)
        weight = 1.1 + 1.2 * part.depth if part.tone in ("main", "second") else 0.9
        _outline(canvas, part, ink, weight)
    heavy = pen(fade(ink, 0.2), 5.0, 2.0)
    for part in figure.parts:
        if part.tone == "main" and not part.stroke:
            canvas.drawPath(part.path, heavy)


def _fill(canvas: skia.Canvas, part: Part, ink: Colour, slope: float) -> None:
    """What an area is made of: white tint, hatching or cross-hatching."""
    tint = {"main": 0.16, "second": 0.03, "accent": 0.42, "dark": 0.0, "light": 0.66}[part.tone]
    box = part.path.computeTightBounds()
    wash = linear(
        (box.left(), box.top()),
        (box.right(), box.bottom()),
        [fade(ink, tint * 1.3), fade(ink, tint * 0.5)],
    )
    canvas.drawPath(part.path, shaded(wash))
    if part.tone in ("second", "dark") and min(box.width(), box.height()) > 5:
        _hatch(canvas, part.path, ink, slope, 3.6 if part.tone == "second" else 2.4)


def _hatch(canvas: skia.Canvas, path: skia.Path, ink: Colour, slope: float, gap: float) -> None:
    """Slanted parallel lines inside a path."""
    box = path.computeTightBounds()
    reach = (box.width() + box.height()) / 2 + gap
    x, y = box.centerX(), box.centerY()
    turn = math.radians(slope)
    dx, dy = math.cos(turn) * reach, math.sin(turn) * reach
    lines = []
    for k in range(int(-reach / gap), int(reach / gap) + 1):
        ox, oy = x - math.sin(turn) * k * gap, y + math.cos(turn) * k * gap
        lines.append(line((ox - dx, oy - dy), (ox + dx, oy + dy)))
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    canvas.drawPath(many(lines), pen(fade(ink, 0.42), 0.6))
    canvas.restore()


def _axes(canvas: skia.Canvas, figure: Figure, ink: Colour) -> None:
    """Centre lines in dash-dot and a construction circle."""
    box, over = figure.box, 9.0
    dash = pen(fade(ink, 0.55), 0.7)
    dash.setPathEffect(skia.DashPathEffect.Make([8, 2, 1.5, 2], 0))
    x, y = box.centerX(), box.centerY()
    canvas.drawLine(x, box.top() - over, x, box.bottom() + over, dash)
    canvas.drawLine(box.left() - over, y, box.right() + over, y, dash)
    canvas.drawCircle(x, y, math.hypot(box.width(), box.height()) * 0.5, pen(fade(ink, 0.22), 0.7))


def _dimensions(
    canvas: skia.Canvas, figure: Figure, scene: Scene, ink: Colour, rng: Random
) -> None:
    """Width below and height beside the motif, with arrows and numbers."""
    box, thin = figure.box, pen(fade(ink, 0.85), 0.8)
    y = min(box.bottom() + 9, scene.height - 8.0)
    left = rng.random() < 0.5
    x = max(box.left() - 11, 7.0) if left else min(box.right() + 11, scene.width - 7.0)
    for ex in (box.left(), box.right()):
        canvas.drawLine(ex, box.bottom() - 3, ex, y + 3, thin)
    for ey in (box.top(), box.bottom()):
        canvas.drawLine(
            box.left() + 3 if left else box.right() - 3, ey, x + (-3 if left else 3), ey, thin
        )
    _arrow(canvas, (box.left(), y), (box.right(), y), ink)
    _arrow(canvas, (x, box.top()), (x, box.bottom()), ink)
    _number(canvas, box.centerX(), y, str(rng.randrange(12, 990)), ink, scene.width)
    _number(canvas, x, box.centerY(), str(rng.randrange(12, 990)), ink, scene.width)


def _arrow(
    canvas: skia.Canvas, start: tuple[float, float], end: tuple[float, float], ink: Colour
) -> None:
    """A line with a head at both ends."""
    canvas.drawLine(*start, *end, pen(fade(ink, 0.85), 0.8))
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    for (x, y), way in ((start, angle), (end, angle + math.pi)):
        wings = [
            (x + math.cos(way + lean) * 6, y + math.sin(way + lean) * 6) for lean in (-0.28, 0.28)
        ]
        canvas.drawPath(poly((x, y), *wings), solid(ink))


def _number(canvas: skia.Canvas, x: float, y: float, text: str, ink: Colour, most: float) -> None:
    """A number that interrupts its line."""
    size = 7.0
    wide = lettering_width(text, size)
    x = min(max(x - wide / 2, 8.0), most - wide - 8.0)
    canvas.drawPath(lettering(text, x, y - size - 1.5, size), pen(ink, 1.0))


def _callout(
    canvas: skia.Canvas, figure: Figure, scene: Scene, sheet: Colour, ink: Colour, rng: Random
) -> None:
    """A circle that shows a detail enlarged, tied to the place it shows."""
    radius = scene.height * (rng.uniform(0.13, 0.18) if scene.wide else rng.uniform(0.1, 0.13))
    box = figure.box
    right = box.centerX() < scene.width / 2
    x = scene.width - radius - 12 if right else radius + 12
    y = radius + rng.uniform(0.05, 0.3 if scene.wide else 0.08) * scene.height
    detail = rng.choice([part for part in figure.parts if part.tone != "main"] or figure.parts)
    area = detail.path.computeTightBounds()
    target = (area.centerX(), area.centerY())
    small, zoom = radius * 0.42, 2.2
    canvas.drawCircle(*target, small, pen(fade(ink, 0.9), 1.0))
    angle = math.atan2(y - target[1], x - target[0])
    start = (target[0] + math.cos(angle) * small, target[1] + math.sin(angle) * small)
    end = (x - math.cos(angle) * radius, y - math.sin(angle) * radius)
    canvas.drawLine(*start, *end, pen(fade(ink, 0.9), 0.9))
    canvas.save()
    canvas.clipPath(skia.Path.Circle(x, y, radius), doAntiAlias=True)
    canvas.drawPaint(solid(mix(sheet, 0xFF04122B, 0.35)))
    canvas.translate(x, y)
    canvas.scale(zoom, zoom)
    canvas.translate(-target[0], -target[1])
    for part in figure.parts:
        if not part.stroke:
            canvas.drawPath(part.path, solid(mix(sheet, 0xFF04122B, 0.35)))
            _fill(canvas, part, ink, 45.0)
        _outline(canvas, part, ink, 0.7)
    canvas.restore()
    canvas.drawCircle(x, y, radius, pen(ink, 1.5))


def _frame(canvas: skia.Canvas, scene: Scene, sheet: Colour, ink: Colour, rng: Random) -> None:
    """The border of the sheet and its title block."""
    edge = 4.0
    canvas.drawRect(scene.frame.makeInset(edge, edge), pen(fade(ink, 0.75), 1.1))
    wide, tall = scene.width * rng.uniform(0.2, 0.28), scene.height * rng.uniform(0.13, 0.17)
    away = scene.hero.box.centerX() < scene.width / 2  # the block stands clear of the motif
    x = scene.width - edge - wide if away else edge
    y = scene.height - edge - tall
    canvas.drawRect(skia.Rect.MakeXYWH(x, y, wide, tall), solid(sheet))
    canvas.drawRect(skia.Rect.MakeXYWH(x, y, wide, tall), pen(fade(ink, 0.85), 0.9))
    split = x + wide * 0.62
    canvas.drawLine(split, y, split, y + tall, pen(fade(ink, 0.85), 0.8))
    canvas.drawLine(x, y + tall / 2, x + wide, y + tall / 2, pen(fade(ink, 0.85), 0.8))
    bars = [
        rect(x + 3, y + tall * (0.5 * k + 0.17), wide * 0.56 * rng.uniform(0.5, 0.95), tall * 0.16)
        for k in range(2)
    ]
    canvas.drawPath(many(bars), solid(fade(ink, 0.8)))
    canvas.drawPath(
        lettering(str(rng.randrange(10, 99)), split + 4, y + tall * 0.13, tall * 0.26),
        pen(ink, 0.9),
    )


STYLE = Style(
    key="blueprint",
    words="a technical blueprint in white lines on blue with dimensions and a grid",
    palette="white on blueprint blue",
    medium="a technical line drawing with grid, hatching and dimension lines",
    mood="precise and analytical",
    layout=Layout(
        size=(0.68, 0.8),
        middle=(0.36, 0.48),
        foot=(0.86, 0.9),
        tilt=0.0,
        companions=(0, 0, 0, 1),
        horizon=(0.6, 0.75),
        overlays=0.15,
        props=0.0,
    ),
    paint=paint,
)
