"""What if the preference said something else? A visitor's texts, checked, and their effect."""

import unicodedata
from collections.abc import Sequence
from itertools import combinations

from core.errors import DataError
from core.explanation import MOST_EXACT, Game
from core.prompts import JOINERS, MARKERS, PREFERENCE_CHARACTERS, TITLE_CHARACTERS


def checked_preference(text: str) -> str:
    """A visitor's preference as one line that a prompt can quote.

    Raises:
        DataError: if it is empty, too long, or has what a prompt cannot quote.
    """
    return _checked(text, "preference", PREFERENCE_CHARACTERS)


def checked_title(text: str) -> str:
    """A visitor's title; see `checked_preference`."""
    return _checked(text, "title", TITLE_CHARACTERS)


def _checked(text: str, name: str, most: int) -> str:
    line = " ".join(text.split())
    if not line.strip(JOINERS + " "):
        raise DataError(f"The {name} is empty; write at least a word.")
    if len(line) > most:
        raise DataError(f"The {name} has {len(line):,} characters; at most {most:,} are read.")
    for place, character in enumerate(line, 1):
        hidden = unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Cn")
        if hidden and character not in JOINERS:
            raise DataError(
                f"The {name} has an invisible character (U+{ord(character):04X}) at place {place}; "
                "take it out."
            )
    marker = MARKERS.search(line)
    if marker:
        raise DataError(
            f"The {name} has {marker[0]!r}, which a chat model takes for a part of its own "
            "protocol; take it out."
        )
    return line


def refuse_many(sentences: Sequence[str]) -> None:
    """See that every set of sentences can be tried.

    Raises:
        DataError: for more than `MOST_EXACT`, which would keep a model busy for long.
    """
    if len(sentences) > MOST_EXACT:
        raise DataError(
            f"The preference has {len(sentences):,} sentences, and every set of them would be "
            f"tried: at most {MOST_EXACT} are. Take some out first."
        )


def smallest_flip(game: Game) -> tuple[int, ...] | None:
    """The fewest units without which the margin changes its sign.

    All sets of one unit are tried, then of two, and so on.

    Returns:
        Positions of the units; None if no set flips the answer.

    Raises:
        DataError: for more than `MOST_EXACT` units.
    """
    refuse_many(game.units)
    everything = game.everything
    count = len(game.units)
    (whole,) = game.values([everything])
    for size in range(1, count + 1):
        sets = list(combinations(range(count), size))
        values = game.values([everything - set(units) for units in sets])
        flipped = [(v, units) for v, units in zip(values, sets, strict=True) if v * whole < 0]
        if flipped:  # of several equally small ones, the one that flips it furthest
            return max(flipped, key=lambda pair: abs(pair[0]))[1]
    return None
