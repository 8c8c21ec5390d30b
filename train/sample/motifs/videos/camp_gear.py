"""Drawings of a camper van and a lantern in the woods."""

from random import Random

import skia

from train.sample.motifs.shapes import (
    arc,
    box,
    circle,
    clip,
    curve,
    cut,
    fill,
    ink,
    join,
    line,
    many,
    oval,
    polar,
    poly,
    smooth,
)
from train.sample.parts import Part


def pine(x: float, base: float, height: float, width: float) -> skia.Path:
    """A pine of four tiers with its foot at the base."""
    tiers = []
    for k in range(4):
        top = base - height + k * height * 0.2
        low, half = top + height * 0.36, width / 2 * (0.42 + 0.2 * k)
        tiers.append(
            smooth(
                (x, top),
                (x, top),
                (x + half * 0.45, low - height * 0.12),
                (x + half, low),
                (x + half, low),
                (x, low - height * 0.03),
                (x - half, low),
                (x - half, low),
                (x - half * 0.45, low - height * 0.12),
            )
        )
    return join(*tiers, box(x - width * 0.06, base - height * 0.12, width * 0.12, height * 0.12))


def moon(x: float, y: float, radius: float) -> skia.Path:
    """A waning moon."""
    return cut(circle(x, y, radius), circle(x + radius * 0.5, y - radius * 0.3, radius * 0.85))


def camper_van(rng: Random) -> list[Part]:
    """A camper van with a raised roof and an awning by a lake of pines."""
    shell = smooth(
        (0.06, 0.78),
        (0.06, 0.78),
        (0.05, 0.58),
        (0.08, 0.56),
        (0.08, 0.56),
        (0.12, 0.4),
        (0.18, 0.34),
        (0.26, 0.33),
        (0.82, 0.33),
        (0.92, 0.36),
        (0.94, 0.45),
        (0.94, 0.78),
        (0.94, 0.78),
    )
    lower = clip(
        shell,
        smooth(
            (0.0, 0.62),
            (0.0, 0.62),
            (0.14, 0.58),
            (0.3, 0.6),
            (1.0, 0.6),
            (1.0, 0.6),
            (1.0, 0.9),
            (1.0, 0.9),
            (0.0, 0.9),
            (0.0, 0.9),
        ),
    )
    arches = many(circle(x, 0.78, 0.115) for x in (0.25, 0.76))
    canvas = poly((0.36, 0.32), (0.42, 0.16), (0.9, 0.18), (0.86, 0.32))
    bag = rng.uniform(-0.01, 0.02)
    return [
        fill(many((pine(0.12, 0.7, 0.6, 0.24), pine(0.88, 0.7, 0.64 + bag, 0.22))), "second", 0.1),
        fill(oval(0.5, 0.895, 0.46, 0.03), "dark", 0.15),
        fill(canvas, "accent", 0.35),
        ink(
            many(
                (
                    line((0.52, 0.165), (0.49, 0.32)),
                    line((0.64, 0.17), (0.62, 0.32)),
                    line((0.77, 0.175), (0.74, 0.32)),
                )
            ),
            "dark",
            0.013,
            0.37,
        ),
        fill(poly((0.38, 0.12), (0.93, 0.145), (0.94, 0.19), (0.38, 0.17)), "main", 0.4),
        fill(many((box(0.17, 0.27, 0.13, 0.07, 0.02),)), "dark", 0.35),
        fill(cut(shell, arches), "light", 0.5),
        fill(cut(lower, arches), "main", 0.55),
        ink(clip_line(0.6), "dark", 0.016, 0.56),
        fill(
            smooth(
                (0.15, 0.54),
                (0.15, 0.54),
                (0.17, 0.43),
                (0.21, 0.4),
                (0.3, 0.4),
                (0.3, 0.4),
                (0.3, 0.54),
                (0.3, 0.54),
            ),
            "dark",
            0.6,
        ),
        fill(
            many((box(0.38, 0.4, 0.22, 0.14, 0.025), box(0.66, 0.4, 0.22, 0.14, 0.025))),
            "dark",
            0.6,
        ),
        fill(
            many(
                (
                    poly((0.4, 0.4), (0.44, 0.4), (0.41, 0.54), (0.385, 0.54)),
                    poly((0.86, 0.4), (0.86, 0.54), (0.8, 0.54), (0.83, 0.4)),
                    poly((0.24, 0.4), (0.27, 0.4), (0.22, 0.54), (0.19, 0.54)),
                )
            ),
            "accent",
            0.62,
        ),
        ink(
            many((line((0.34, 0.38), (0.34, 0.76)), line((0.63, 0.38), (0.63, 0.76)))),
            "dark",
            0.013,
            0.62,
        ),
        fill(
            many((box(0.29, 0.645, 0.04, 0.02, 0.01), box(0.585, 0.645, 0.04, 0.02, 0.01))),
            "light",
            0.64,
        ),
        fill(circle(0.1, 0.655, 0.036), "light", 0.64),
        fill(box(0.025, 0.74, 0.12, 0.045, 0.02), "light", 0.66),
        fill(box(0.87, 0.74, 0.1, 0.045, 0.02), "light", 0.66),
        fill(many(circle(x, 0.8, 0.092) for x in (0.25, 0.76)), "dark", 0.7),
        fill(many(circle(x, 0.8, 0.05) for x in (0.25, 0.76)), "light", 0.72),
        fill(many(circle(x, 0.8, 0.022) for x in (0.25, 0.76)), "accent", 0.74),
        fill(
            join(*(oval(*polar(0.485, 0.69, 0.03, k * 72 - 90), 0.022, 0.022) for k in range(5))),
            "light",
            0.7,
        ),
        ink(curve((0.2, 0.36), (0.5, 0.355), (0.85, 0.36)), "second", 0.014, 0.6),
    ]


def clip_line(y: float) -> skia.Path:
    """The moulding along the side of the van."""
    return curve((0.07, y + 0.005), (0.14, y - 0.02), (0.3, y), (0.94, y))


def lantern_and_mug(rng: Random) -> list[Part]:
    """A storm lantern and a steaming mug on a stump in the woods."""
    glow = rng.uniform(-0.02, 0.02)
    glass = smooth(
        (0.27, 0.46),
        (0.27, 0.46),
        (0.22, 0.58),
        (0.28, 0.71),
        (0.28, 0.71),
        (0.52, 0.71),
        (0.52, 0.71),
        (0.58, 0.58),
        (0.53, 0.46),
        (0.53, 0.46),
    )
    fire = smooth(
        (0.4, 0.51 + glow),
        (0.4, 0.51 + glow),
        (0.45, 0.6),
        (0.44, 0.67),
        (0.4, 0.69),
        (0.36, 0.67),
        (0.35, 0.6),
    )
    cap = poly((0.33, 0.31), (0.47, 0.31), (0.54, 0.44), (0.26, 0.44))
    mug = box(0.66, 0.62, 0.2, 0.19, 0.03)
    steam = many(
        curve((x, 0.58), (x + 0.02, 0.52), (x - 0.015, 0.46), (x + 0.015, 0.4)) for x in (0.71, 0.8)
    )
    stump = smooth(
        (0.08, 0.86),
        (0.08, 0.86),
        (0.1, 0.8),
        (0.5, 0.77),
        (0.9, 0.8),
        (0.92, 0.86),
        (0.92, 0.86),
        (0.9, 0.95),
        (0.9, 0.95),
        (0.1, 0.95),
        (0.1, 0.95),
    )
    wires = many(
        (
            curve((0.28, 0.46), (0.17, 0.58), (0.27, 0.74)),
            curve((0.52, 0.46), (0.63, 0.58), (0.53, 0.74)),
        )
    )
    return [
        fill(moon(0.76, 0.18 + glow, 0.07), "accent", 0.05),
        fill(many((pine(0.14, 0.8, 0.66, 0.24), pine(0.87, 0.8, 0.74, 0.24))), "second", 0.1),
        fill(stump, "dark", 0.3),
        fill(oval(0.5, 0.82, 0.41, 0.05), "second", 0.35),
        ink(
            many((arc(0.5, 0.82, 0.31, 0.032, 20, 200), arc(0.5, 0.82, 0.2, 0.018, 150, 240))),
            "light",
            0.012,
            0.37,
        ),
        ink(
            curve((0.27, 0.42), (0.2, 0.24), (0.4, 0.09), (0.6, 0.24), (0.53, 0.42)),
            "dark",
            0.02,
            0.4,
        ),
        fill(glass, "accent", 0.5),
        fill(fire, "light", 0.55),
        ink(
            many((line((0.335, 0.46), (0.315, 0.71)), line((0.465, 0.46), (0.485, 0.71)))),
            "dark",
            0.013,
            0.6,
        ),
        ink(wires, "main", 0.028, 0.6),
        fill(cap, "main", 0.62),
        fill(box(0.34, 0.26, 0.12, 0.06, 0.02), "dark", 0.62),
        fill(box(0.23, 0.43, 0.34, 0.04, 0.02), "dark", 0.64),
        fill(
            smooth(
                (0.22, 0.84),
                (0.22, 0.84),
                (0.24, 0.74),
                (0.27, 0.71),
                (0.27, 0.71),
                (0.53, 0.71),
                (0.53, 0.71),
                (0.56, 0.74),
                (0.58, 0.84),
                (0.58, 0.84),
                (0.4, 0.865),
            ),
            "main",
            0.65,
        ),
        fill(many((box(0.23, 0.8, 0.34, 0.025, 0.012),)), "dark", 0.67),
        ink(line((0.34, 0.34), (0.31, 0.41)), "light", 0.02, 0.68),
        ink(steam, "light", 0.02, 0.6),
        ink(curve((0.85, 0.66), (0.94, 0.66), (0.94, 0.76), (0.85, 0.76)), "main", 0.03, 0.7),
        fill(mug, "main", 0.75),
        fill(clip(mug, box(0.8, 0.6, 0.1, 0.3)), "dark", 0.76),
        fill(clip(mug, box(0.6, 0.6, 0.3, 0.03)), "light", 0.78),
        fill(poly((0.7, 0.77), (0.745, 0.69), (0.79, 0.77)), "accent", 0.8),
    ]
