"""What a style is given to paint: a composed scene in picture pixels."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import skia

from train.sample.motifs.shapes import Point
from train.sample.parts import Part, Setting
from train.sample.styles.brush import draw_all, solid


@dataclass(frozen=True, slots=True)
class Figure:
    """One placed motif.

    Attributes:
        parts: its shapes, far ones first.
        box: what they cover.
        depth: 0 for a companion far behind, 1 for the hero.
    """

    parts: tuple[Part, ...]
    box: skia.Rect
    depth: float


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture before it has a style.

    Attributes:
        width: of the picture.
        height: of the picture.
        wide: whether it is a video cover; otherwise a product picture.
        setting: where it takes place.
        horizon: where wall or sky meets the ground; below the picture if nothing does.
        light: where the light comes from.
        behind: the scenery, far parts first.
        figures: the motifs, far ones first and the hero last.
        front: what stands between the motif and the viewer.
        overlay: captions and badges on top of the picture.
    """

    width: int
    height: int
    wide: bool
    setting: Setting
    horizon: float
    light: Point
    behind: tuple[Part, ...]
    figures: tuple[Figure, ...]
    front: tuple[Part, ...]
    overlay: tuple[Part, ...]

    @property
    def hero(self) -> Figure:
        """The figure that the picture is about."""
        return self.figures[-1]

    @property
    def grounded(self) -> bool:
        """Whether there is a ground to stand on."""
        return self.horizon < self.height

    @property
    def open_space(self) -> bool:
        """Whether the picture shows nothing but stars around the motif."""
        return not self.wide and not self.grounded

    @property
    def frame(self) -> skia.Rect:
        """The whole picture."""
        return skia.Rect.MakeWH(self.width, self.height)

    @property
    def ground(self) -> skia.Rect:
        """The picture below the horizon."""
        return skia.Rect.MakeLTRB(0, self.horizon, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a style likes to compose.

    Attributes:
        size: range of the hero's height, as a share of the picture's.
        middle: range of the hero's centre, as a share of the picture's width.
        foot: range of where the hero stands, as a share of the picture's height.
        tilt: the most degrees that a motif leans.
        companions: how many further motifs, each equally likely.
        horizon: range of the horizon, as a share of the picture's height.
        overlays: how likely a caption or a badge is.
        props: how likely scenery stands in front of the motif.
    """

    size: tuple[float, float]
    middle: tuple[float, float]
    foot: tuple[float, float]
    tilt: float
    companions: tuple[int, ...]
    horizon: tuple[float, float]
    overlays: float
    props: float


Painter = Callable[[skia.Canvas, Scene, Random], None]


@dataclass(frozen=True, slots=True)
class Style:
    """A visual style: how any motif is painted, and how a summary names it.

    Attributes:
        key: lower-case with hyphens, for example ``neon-night``.
        words: the style as a noun phrase: ``a neon-lit night scene with glowing outlines``.
        palette: its colours in words.
        medium: its technique in words.
        mood: its mood in words.
        layout: how it composes.
        paint: paints a scene on an empty canvas.
    """

    key: str
    words: str
    palette: str
    medium: str
    mood: str
    layout: Layout
    paint: Painter


def cast_shadow(
    canvas: skia.Canvas, figure: Figure, light: Point, colour: int, blur: float, length: float
) -> None:
    """Lay the figure's silhouette on the ground, away from the light."""
    foot = figure.box.bottom() - figure.box.height() * 0.02
    lean = (figure.box.centerX() - light[0]) / max(figure.box.height(), 1.0)
    canvas.save()
    canvas.translate(0, foot)
    canvas.skew(-max(min(lean, 1.3), -1.3), 0)
    canvas.scale(1, length)
    canvas.translate(0, -foot)
    draw_all(canvas, figure.parts, solid(colour, blur))
    canvas.restore()
