"""Pixel art: a coarse grid, few colours, dithered skies, hard light from one side."""

from random import Random

import skia
from PIL import Image

from train.sample.motifs.shapes import move
from train.sample.parts import Part
from train.sample.styles.brush import (
    Colour,
    Palette,
    draw,
    dusk,
    mix,
    palette,
    pen,
    program,
    shaded,
    solid,
    solid_path,
    swapped,
)
from train.sample.styles.scene import Figure, Layout, Scene, Style

_PALETTES = (
    palette("e4572e 2e86ab f9c22e 1b1b3a fff6e0", "3b2c6e 8e3b8c e8697d ffc27a", "3d5a3a 5b8c4a"),
    palette("3fa34d e07a3f ffd23f 14213d f4f1de", "1b6ca8 4fa3d1 9bd8e8 e6f7e9", "7a4b2b a86b3c"),
    palette("c9406b 4a7bd0 ffe066 20123a fdf0ff", "120d31 2c1b63 5c2f95 b04fb8", "2b1d4f 45307a"),
    palette("d98e3b 5e7f3a e94f37 2a1a0f fbe8c6", "7fb7be b8d8ba fff1c9 ffe0a3", "b5793f d99f5b"),
    palette("5bc0be ee6c4d f2f25c 0b132b f0fff4", "0b3954 087e8b 35b5ac b8f2cf", "0d2b45 20576b"),
)

# An ordered 4 x 4 dither between four bands of colour, the way small consoles drew skies.
_DITHER = """
uniform half4 c0, c1, c2, c3;
uniform float top, tall;
float bayer(float2 p) {
    float2 q = mod(floor(p), 4.0);
    float2 r = mod(q, 2.0);
    float2 s = floor(q / 2.0);
    float low = mod(2.0 * r.x + 3.0 * r.y, 4.0);
    float high = mod(2.0 * s.x + 3.0 * s.y, 4.0);
    return (4.0 * low + high + 0.5) / 16.0;
}
half4 main(float2 p) {
    float t = clamp((p.y - top) / tall, 0.0, 0.999) * 3.0;
    float band = floor(t) + step(bayer(p), smoothstep(0.25, 0.75, fract(t)));
    if (band < 0.5) return c0;
    if (band < 1.5) return c1;
    if (band < 2.5) return c2;
    return c3;
}
"""


def paint(canvas: skia.Canvas, scene: Scene, rng: Random) -> None:
    """Paint small, reduce to the palette, and enlarge without smoothing."""
    size = 4 if scene.wide else rng.choice((3, 4))
    colours = swapped(rng.choice(_PALETTES), rng)
    if scene.open_space:
        colours = dusk(colours, 0.72)
    small = skia.Surface(scene.width // size, scene.height // size)
    brush = small.getCanvas()
    _sky(brush, scene, colours, size)
    brush.scale(1 / size, 1 / size)
    _scenery(brush, scene, colours)
    for figure in scene.figures:
        _figure(brush, figure, scene, colours, size)
    for part in scene.front + tuple(_legible(scene.overlay, size)):
        draw(brush, part, solid(colours.of(part.tone)))
    reduced = _reduced(small.makeImageSnapshot(), colours)
    canvas.drawImageRect(reduced, scene.frame, skia.SamplingOptions(skia.FilterMode.kNearest))


def _legible(overlay: tuple[Part, ...], size: int) -> list[Part]:
    """The marks without lettering that so few pixels cannot show, and without its ground."""
    kept: list[Part] = []
    for part in overlay:
        if part.stroke and part.path.computeTightBounds().height() < 5 * size:
            kept.pop()  # lettering always follows its ground
        else:
            kept.append(part)
    return kept


def _sky(canvas: skia.Canvas, scene: Scene, colours: Palette, size: int) -> None:
    """Dithered sky and ground, drawn in grid pixels."""
    level = scene.horizon / size
    canvas.drawPaint(shaded(_dither(colours.sky, 0.0, min(level, scene.height / size))))
    if scene.grounded:
        near, far = colours.ground
        bands = (mix(far, near, 0.0), far, near, mix(near, colours.dark, 0.35))
        canvas.save()
        canvas.clipRect(skia.Rect.MakeLTRB(0, round(level), 999, 999))
        canvas.drawPaint(shaded(_dither(bands, level, scene.height / size - level)))
        canvas.restore()


def _dither(colours: tuple[Colour, ...], top: float, tall: float) -> skia.Shader:
    c0, c1, c2, c3 = (list(skia.Color4f(colour)) for colour in colours)
    return program(_DITHER, top=top, tall=max(tall, 1.0), c0=c0, c1=c1, c2=c2, c3=c3)


def _scenery(canvas: skia.Canvas, scene: Scene, colours: Palette) -> None:
    """The place, paler the farther it is."""
    haze = mix(colours.sky[1], colours.sky[2], 0.5)
    for part in scene.behind:
        colour = mix(colours.of(part.tone), haze, 0.62 - part.depth)
        if part.tone == "light" and part.depth < 0.04:
            colour = mix(colour, colours.sky[3], 0.5)
        draw(canvas, part, solid(colour))


def _figure(canvas: skia.Canvas, figure: Figure, scene: Scene, colours: Palette, size: int) -> None:
    """A motif with a dark contour, a hard shadow side and a lit edge."""
    if scene.grounded:
        box = figure.box
        floor = skia.Rect.MakeLTRB(
            box.left(), box.bottom() - size * 1.2, box.right(), box.bottom() + size * 1.6
        )
        canvas.drawOval(floor, solid(mix(colours.ground[0], colours.dark, 0.7)))
    contour = pen(colours.dark, size * 2.0)
    for part in figure.parts:
        contour.setStrokeWidth(part.stroke + size * 1.9)
        canvas.drawPath(part.path, contour)
    side = 1.0 if scene.light[0] < figure.box.centerX() else -1.0
    for part in figure.parts:
        _shaded_part(canvas, part, colours, size, side)


def _shaded_part(canvas: skia.Canvas, part: Part, colours: Palette, size: int, side: float) -> None:
    """One part in three flat tones; small ones in one."""
    colour = colours.of(part.tone)
    draw(canvas, part, solid(colour))
    area = solid_path(part)
    box = area.computeTightBounds()
    if min(box.width(), box.height()) < size * 3.5:
        return
    step = size * (1.1 + min(box.width(), box.height()) / (size * 18))
    for offset, target, share in ((-1.0, colours.dark, 0.34), (1.0, colours.light, 0.42)):
        if (part.tone == "light" and offset > 0) or (part.tone == "dark" and offset < 0):
            continue
        canvas.save()
        canvas.clipPath(area, doAntiAlias=True)
        rest = move(area, offset * side * step, offset * step * 0.8)
        canvas.clipPath(rest, skia.ClipOp.kDifference, True)
        canvas.drawPaint(solid(mix(colour, target, share)))
        canvas.restore()


def _reduced(image: skia.Image, colours: Palette) -> skia.Image:
    """The picture with every pixel set to the nearest of at most 32 colours."""
    pixels = image.toarray(colorType=skia.kRGBA_8888_ColorType)
    chosen: list[Colour] = [
        *colours.sky,
        *colours.ground,
        mix(colours.ground[0], colours.dark, 0.6),
    ]
    for tone in ("main", "second", "accent"):
        base = getattr(colours, tone)
        chosen += [mix(base, colours.dark, 0.34), base, mix(base, colours.light, 0.42)]
        chosen.append(mix(base, mix(colours.sky[1], colours.sky[2], 0.5), 0.5))
    chosen += [colours.dark, mix(colours.dark, colours.light, 0.3), colours.light]
    chosen.append(mix(colours.light, colours.dark, 0.34))
    table = Image.new("P", (1, 1))
    table.putpalette([c >> shift & 0xFF for c in chosen for shift in (16, 8, 0)])
    flat = Image.fromarray(pixels).convert("RGB")
    flat = flat.quantize(palette=table, dither=Image.Dither.NONE).convert("RGBA")
    return skia.Image.frombytes(flat.tobytes(), flat.size, skia.kRGBA_8888_ColorType)


STYLE = Style(
    key="pixel-art",
    words="a pixel-art scene in a few saturated colours with hard light",
    palette="a few saturated colours",
    medium="pixel art on a coarse grid with a dithered sky",
    mood="playful and crisp",
    layout=Layout(
        size=(0.74, 0.9),
        middle=(0.34, 0.5),
        foot=(0.9, 0.97),
        tilt=0.0,
        companions=(0, 1, 1, 2),
        horizon=(0.58, 0.78),
        overlays=0.4,
        props=0.3,
    ),
    paint=paint,
)
