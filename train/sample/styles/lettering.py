"""A stroke alphabet of our own: no font file, so that a cover is the same on every machine."""

import skia

from train.sample.motifs.shapes import line, many

# Points on a grid of 4 x 6, x before y; "|" lifts the pen.
_STROKES = {
    "A": "06 01 10 30 41 46|03 43",
    "B": "00 06 36 45 44 33 03|33 42 41 30 00",
    "C": "41 30 10 01 05 16 36 45",
    "D": "00 06 26 44 42 20 00",
    "E": "40 00 06 46|03 33",
    "F": "40 00 06|03 33",
    "G": "41 30 10 01 05 16 36 45 43 23",
    "H": "00 06|40 46|03 43",
    "I": "20 26",
    "J": "40 45 36 16 05",
    "K": "00 06|40 03 46",
    "L": "00 06 46",
    "M": "06 00 23 40 46",
    "N": "06 00 46 40",
    "O": "10 30 41 45 36 16 05 01 10",
    "P": "06 00 30 41 42 33 03",
    "Q": "10 30 41 45 36 16 05 01 10|34 46",
    "R": "06 00 30 41 42 33 03|23 46",
    "S": "41 30 10 01 02 13 33 44 45 36 16 05",
    "T": "00 40|20 26",
    "U": "00 05 16 36 45 40",
    "V": "00 26 40",
    "W": "00 16 22 36 40",
    "X": "00 46|40 06",
    "Y": "00 23 40|23 26",
    "Z": "00 40 06 46",
    "0": "10 30 41 45 36 16 05 01 10",
    "1": "11 20 26",
    "2": "01 10 30 41 42 06 46",
    "3": "00 40 22 32 43 45 36 16 05",
    "4": "36 30 04 44",
    "5": "40 00 02 32 43 45 36 16 05",
    "6": "40 20 03 05 16 36 45 44 33 13 04",
    "7": "00 40 16",
    "8": "13 02 01 10 30 41 42 33 13 04 05 16 36 45 44 33",
    "9": "06 26 43 41 30 10 01 02 13 33 42",
    "!": "20 24|26 26",
    "?": "01 10 30 41 42 23 24|26 26",
    ":": "22 22|25 25",
    " ": "",
}
_GAP = 1.7


def lettering(text: str, x: float, y: float, height: float) -> skia.Path:
    """A text in capitals as a line drawing from its top left corner."""
    unit, strokes, left = height / 6, [], 0.0
    for mark in text:
        start, end = _extent(mark)
        for stroke in filter(None, _STROKES[mark].split("|")):
            points = [(int(point[0]), int(point[1])) for point in stroke.split()]
            strokes.append(
                line(*((x + (left + px - start) * unit, y + py * unit) for px, py in points))
            )
        left += end - start + _GAP
    return many(strokes)


def lettering_width(text: str, height: float) -> float:
    """How wide a text comes out at this height."""
    units = sum(end - start + _GAP for start, end in map(_extent, text)) - _GAP
    return units * height / 6


def _extent(mark: str) -> tuple[int, int]:
    """The leftmost and the rightmost grid column of a letter; a space is two wide."""
    columns = [int(point[0]) for point in _STROKES[mark].replace("|", " ").split()]
    return (min(columns), max(columns)) if columns else (0, 2)
