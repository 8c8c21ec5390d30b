"""What changed between two preferences, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from core.themes import CJK

Change = Literal["same", "added", "removed"]

# A run of the same text shorter than this between two changes reads as part of the change:
# a diff that alternates every word cannot be read at all.
_SHORTEST_ISLAND = 3
_TOKEN = re.compile(rf"\s+|[{CJK}]|[^\W{CJK}]+(?:['’\-][^\W{CJK}]+)*|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text that both preferences share, or that only one of them has."""

    change: Change
    text: str


@lru_cache(maxsize=256)  # a streamed page repeats most of itself
def diff_words(before: str, after: str) -> tuple[Stretch, ...]:
    """Compare two texts word by word, whatever their case.

    Short islands of agreement join the change around them.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(
        None, [t.casefold() for t in old], [t.casefold() for t in new], autojunk=False
    )
    stretches: list[Stretch] = []
    removed, added = "", ""
    codes = matcher.get_opcodes()
    for number, (tag, i1, i2, j1, j2) in enumerate(codes):
        inside = 0 < number < len(codes) - 1
        if tag == "equal" and not (inside and _words(old[i1:i2]) < _SHORTEST_ISLAND):
            stretches += _changes(removed, added)
            stretches.append(Stretch("same", "".join(new[j1:j2])))
            removed, added = "", ""
        else:
            removed += "".join(old[i1:i2])
            added += "".join(new[j1:j2])
    return (*stretches, *_changes(removed, added))


def _changes(removed: str, added: str) -> list[Stretch]:
    pairs: tuple[tuple[Change, str], ...] = (("removed", removed), ("added", added))
    return [Stretch(change, text) for change, text in pairs if text]


def _words(tokens: Sequence[str]) -> int:
    return sum(any(character.isalnum() for character in token) for token in tokens)
