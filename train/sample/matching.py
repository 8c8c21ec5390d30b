"""Picks the drawing and the description that suit a title, by the words they share."""

import functools
import re
from collections.abc import Sequence

import snowballstemmer

from train.sample.parts import Theme

# What titles say for what the drawings are called.
_CALLED = {
    "bunny": "rabbit",
    "hare": "rabbit",
    "teddy": "bear",
    "dino": "dinosaur",
    "triceratops": "dinosaur",
    "mushroom": "toadstool",
    "bathtub": "tub",
    "duckling": "duck",
    "pushchair": "buggy",
    "bricks": "studded",
    "cubes": "cube",
    "shakers": "maracas",
    "maraca": "maracas",
    "ramen": "noodle",
    "kebab": "skewers",
    "satay": "skewers",
    "stall": "cart",
    "stalls": "cart",
    "truck": "cart",
    "trucks": "cart",
    "boxes": "box",
    "saturn": "planet",
    "jupiter": "planet",
    "pluto": "planet",
    "launch": "rocket",
    "booster": "rocket",
    "countdown": "rocket",
    "spacewalk": "astronaut",
    "probe": "satellite",
    "sourdough": "loaf",
    "bread": "loaf",
    "crust": "loaf",
    "cherry": "pie",
    "tart": "pie",
    "lattice": "pie",
    "ship": "galleon",
    "sail": "galleon",
    "treasure": "chest",
    "towers": "skyline",
    "skyscrapers": "skyline",
    "robots": "robot",
    "carrots": "carrot",
    "hens": "hen",
    "egg": "hatching",
}
# In names of drawings, but common to whatever the theme sells.
_VAGUE = frozenset(("big", "seat", "chair", "wooden", "tabl", "book"))
_SMALL_WORDS = frozenset(
    "the and for with from that this your their into when they them than more have does every "
    "which after before where while what then over under between through without just only also "
    "very made come for one two".split()
)


@functools.cache
def stems(text: str) -> frozenset[str]:
    """The meaning-bearing words of a text, in their stem."""
    words = re.findall(r"[a-z]{3,}", text.lower())
    named = [_CALLED.get(word, word) for word in words if word not in _SMALL_WORDS]
    return frozenset(snowballstemmer.stemmer("english").stemWords(named))


def drawing_for(title: str, theme: Theme, used: Sequence[int]) -> int:
    """The drawing named in the title, or the one that was used least."""
    told = stems(title)
    names = [_name(theme, k) for k in range(len(theme.drawings))]
    return min(range(len(names)), key=lambda k: (-len(names[k] & told), used[k], k))


def description_for(title: str, theme: Theme, used: Sequence[int]) -> int | None:
    """The description that fits the title best; none where each would contradict it."""
    told = stems(title)
    subjects = frozenset[str]().union(*(_name(theme, k) for k in range(len(theme.drawings))))

    def fit(k: int) -> int:
        says = stems(theme.descriptions[k])
        shared, strange = says & told, (says & subjects) - told
        return len(shared) + 2 * len(shared & subjects) - 2 * len(strange)

    order = range(len(theme.descriptions))
    best = min(order, key=lambda k: (-fit(k), used[k], k), default=None)
    return best if best is not None and fit(best) >= 0 else None


def _name(theme: Theme, number: int) -> frozenset[str]:
    """What a drawing shows, by its function's name, less the words of the whole theme."""
    name = getattr(theme.drawings[number], "__name__", "").replace("_", " ")
    return stems(name) - stems(theme.words) - _VAGUE
