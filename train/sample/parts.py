"""The vocabulary that motifs and styles share: a motif says what, a style says how.

A motif returns `Part`s in a unit box and knows nothing of colour; a style paints any list of
parts and knows nothing of what they show. That keeps theme and style independent, which is
the planted truth a model has to find.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal

import skia

Tone = Literal["main", "second", "accent", "dark", "light"]
"""A role in a style's palette; `dark` and `light` are its near-black and near-white."""

Setting = Literal["table", "room", "street", "field", "sea", "sky", "stage", "track"]
"""Where a video scene takes place; the composer draws it behind the motif."""


@dataclass(frozen=True, slots=True)
class Part:
    """One shape of a drawing, painted in list order (first is farthest).

    Attributes:
        path: outline in a unit box, x to the right and y downwards, both about 0..1.
        tone: which palette role fills it.
        stroke: 0 for a filled shape; otherwise a line of this width in box units.
        depth: 0 far to 1 near; styles turn it into shadow, blur or line weight.
    """

    path: skia.Path
    tone: Tone
    stroke: float = 0.0
    depth: float = 0.5


Drawing = Callable[[Random], list[Part]]
"""Draws one version of a motif; pose, proportions and details vary with the generator."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of one data set: how it looks and how it is named.

    Attributes:
        key: lower-case with hyphens, for example ``street-food``.
        words: the theme in plain words, as a summary would name it: ``street food``.
        shows: what the drawings show, in a few words: ``a steaming bowl of noodles``.
        drawings: at least three clearly different drawings of the motif.
        setting: where a video scene takes place; of products only `sky` counts: open space.
        titles: at least 26 natural titles that tell the theme and never a style.
        descriptions: for products, at least 8 descriptions of one or two sentences.
    """

    key: str
    words: str
    shows: str
    drawings: tuple[Drawing, ...]
    setting: Setting
    titles: tuple[str, ...]
    descriptions: tuple[str, ...] = ()
