"""The painter's tools that every style shares: colours, paints, noise and placed shapes."""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

import skia

from train.sample.motifs.shapes import Point, mapped
from train.sample.parts import Part, Tone

Uniform = float | Sequence[float]
"""What a shader program takes besides shaders."""

Colour = int
"""A colour as 0xAARRGGBB."""

# The engine's noise is transparent by chance too, which would darken everything below it.
_OPAQUE = """
uniform shader a;
half4 main(float2 p) { return half4(unpremul(a.eval(p)).rgb, 1.0); }
"""


def rgb(text: str) -> Colour:
    """A colour from ``#rrggbb``."""
    return 0xFF000000 | int(text.lstrip("#"), 16)


def fade(colour: Colour, alpha: float) -> Colour:
    """The colour with this share of its opacity."""
    opacity = round((colour >> 24) * min(max(alpha, 0.0), 1.0))
    return (opacity << 24) | (colour & 0xFFFFFF)


def mix(one: Colour, two: Colour, share: float) -> Colour:
    """The colour that lies this share of the way from one to two."""
    channels = []
    for shift in (24, 16, 8, 0):
        a, b = one >> shift & 0xFF, two >> shift & 0xFF
        channels.append(min(max(round(a + (b - a) * share), 0), 255))
    return channels[0] << 24 | channels[1] << 16 | channels[2] << 8 | channels[3]


def grey(level: float, alpha: float = 1.0) -> Colour:
    """A grey between 0 (black) and 1 (white)."""
    value = min(max(round(level * 255), 0), 255)
    return fade(0xFF000000 | value << 16 | value << 8 | value, alpha)


def solid(colour: Colour, blur: float = 0.0, blend: skia.BlendMode | None = None) -> skia.Paint:
    """A paint that fills, softly if asked."""
    paint = skia.Paint(AntiAlias=True, Color=colour)
    if blur > 0:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    if blend is not None:
        paint.setBlendMode(blend)
    return paint


def pen(
    colour: Colour, width: float, blur: float = 0.0, blend: skia.BlendMode | None = None
) -> skia.Paint:
    """A paint that draws round-ended lines."""
    paint = solid(colour, blur, blend)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(width)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def shaded(shader: skia.Shader, blend: skia.BlendMode | None = None) -> skia.Paint:
    """A paint that fills with a gradient or noise."""
    paint = skia.Paint(AntiAlias=True, Shader=shader, Dither=True)
    if blend is not None:
        paint.setBlendMode(blend)
    return paint


def linear(start: Point, end: Point, colours: Sequence[Colour]) -> skia.Shader:
    """An even gradient along a line."""
    return skia.GradientShader.MakeLinear([skia.Point(*start), skia.Point(*end)], list(colours))


def radial(centre: Point, radius: float, colours: Sequence[Colour]) -> skia.Shader:
    """An even gradient from a centre outwards."""
    return skia.GradientShader.MakeRadial(skia.Point(*centre), radius, list(colours))


def noise(rng: Random, fx: float, fy: float, octaves: int = 2) -> skia.Shader:
    """Opaque fractal noise in red, green and blue, each around one half."""
    waves = skia.PerlinNoiseShader.MakeFractalNoise(fx, fy, octaves, rng.randrange(10_000))
    return program(_OPAQUE, [waves])


def grain(rng: Random, width: int, height: int) -> skia.Shader:
    """Film grain: one random grey for every pixel, a little softened."""
    size = skia.ISize(width, height)
    dots = skia.Image.frombytes(rng.randbytes(width * height), size, skia.kGray_8_ColorType)
    return dots.makeShader(skia.SamplingOptions(skia.FilterMode.kLinear))


@functools.cache
def effect(source: str) -> skia.RuntimeEffect:
    """A compiled shader program; compiling costs more than painting a cover."""
    return skia.RuntimeEffect.MakeForShader(source)


def program(source: str, children: Sequence[skia.Shader] = (), **uniforms: Uniform) -> skia.Shader:
    """A shader from a program, its inputs named a, b, ... and its uniforms set."""
    builder = skia.RuntimeShaderBuilder(effect(source))
    for name, child in zip("abcd", children, strict=False):
        builder.setChild(name, child)
    for name, value in uniforms.items():
        builder.setUniform(name, value)
    return builder.makeShader()


def displaced(rng: Random, reach: float, grain: float) -> skia.ImageFilter:
    """A filter that makes edges wander by up to ``reach`` pixels, in waves of 1/``grain``."""
    waves = skia.ImageFilters.Blur(0.4, 0.4, input=shader_filter(noise(rng, grain, grain, 2)))
    red, green = skia.ColorChannel.kR, skia.ColorChannel.kG
    source = skia.ImageFilters.Offset(0, 0)
    wandering = skia.ImageFilters.DisplacementMap(red, green, reach, waves, source)
    return skia.ImageFilters.Blur(0.4, 0.4, input=wandering)  # the map moves whole pixels


def shader_filter(shader: skia.Shader) -> skia.ImageFilter:
    """A shader as the input of a filter; the engine only takes pictures there."""
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect.MakeWH(360, 360))
    canvas.drawPaint(skia.Paint(Shader=shader))
    return skia.ImageFilters.Picture(recorder.finishRecordingAsPicture())


def draw(canvas: skia.Canvas, part: Part, paint: skia.Paint) -> None:
    """Draw a part as what it is: a filled shape or a line of its own width."""
    if part.stroke:
        paint = skia.Paint(paint)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(part.stroke)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
    canvas.drawPath(part.path, paint)


def draw_all(canvas: skia.Canvas, parts: Iterable[Part], paint: skia.Paint) -> None:
    """Draw every part with one paint: their silhouette."""
    for part in parts:
        draw(canvas, part, paint)


def solid_path(part: Part) -> skia.Path:
    """The area that a part covers; a line becomes its outline."""
    if not part.stroke:
        return part.path
    area = skia.Path()
    pen(0xFF000000, part.stroke).getFillPath(part.path, area)
    return area


def placed(part: Part, matrix: skia.Matrix, scale: float) -> Part:
    """A part in picture pixels."""
    return Part(mapped(part.path, matrix), part.tone, part.stroke * scale, part.depth)


def layer(canvas: skia.Canvas, paint: skia.Paint | None = None) -> int:
    """Begin a layer that is laid over the picture with this paint."""
    return int(canvas.saveLayer(None, paint))


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one version of a style: five roles, a sky or wall, and a ground."""

    main: Colour
    second: Colour
    accent: Colour
    dark: Colour
    light: Colour
    sky: tuple[Colour, ...]
    ground: tuple[Colour, ...]

    def of(self, tone: Tone) -> Colour:
        """The colour that plays a role."""
        colour: Colour = getattr(self, tone)
        return colour


def palette(roles: str, sky: str, ground: str) -> Palette:
    """A palette from hex colours; the roles are main, second, accent, dark and light."""
    main, second, accent, dark, light = (rgb(text) for text in roles.split())
    above = tuple(rgb(text) for text in sky.split())
    return Palette(main, second, accent, dark, light, above, tuple(map(rgb, ground.split())))


def dusk(colours: Palette, share: float) -> Palette:
    """The palette with its sky darkened by a share, for a picture among stars."""
    return replace(colours, sky=tuple(mix(tint, colours.dark, share) for tint in colours.sky))


def swapped(colours: Palette, rng: Random) -> Palette:
    """The palette with its coloured roles dealt anew, so that no role keeps one hue."""
    main, second, accent = rng.sample((colours.main, colours.second, colours.accent), 3)
    return replace(colours, main=main, second=second, accent=accent)
