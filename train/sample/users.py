"""Simulated users with a known taste that may drift at a block boundary."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from train.sample.catalogue import Dataset, Item
from train.sample.personas import PERSONAS, Persona
from train.sample.styles import STYLES

BLOCK = 3
SHORTEST, LONGEST = 9, 18
_DRIFTING = 0.6
_ON_TASTE = 0.85
_IN_STYLE = 0.85
_USUAL = 10  # the most common length

DriftKind = Literal["theme", "style"]


@dataclass(frozen=True, slots=True)
class Taste:
    """What a user wants from some interaction on: two themes, and one style."""

    themes: tuple[str, str]
    style: str

    def covers(self, item: Item) -> bool:
        """Whether the item is about one of the themes."""
        return item.theme.key in self.themes


@dataclass(frozen=True, slots=True)
class User:
    """A simulated user.

    Attributes:
        user_id: a persona's name, or ``u`` and a number.
        tastes: the taste at first, and after the drift if there is one.
        drift_at: the index of the first interaction under the new taste, a multiple of 3.
        drift: what changed.
        items: what the user chose, oldest first; the last one is to be predicted.
        miss: whether the last one lies outside the taste.
    """

    user_id: str
    tastes: tuple[Taste, ...]
    drift_at: int | None
    drift: DriftKind | None
    items: tuple[Item, ...]
    miss: bool = False

    def taste_at(self, index: int) -> Taste:
        """The taste that drove an interaction."""
        drifted = self.drift_at is not None and index >= self.drift_at
        return self.tastes[-1 if drifted else 0]


def simulate(dataset: Dataset, items: Sequence[Item], seed: int) -> list[User]:
    """All users of a data set, the personas first."""
    users = []
    for persona in PERSONAS[dataset.key]:
        users.append(
            _from_persona(persona, items, Random(f"{seed}/{dataset.key}/{persona.user_id}"))
        )
    themes = [theme.key for theme in dataset.themes]
    for number in range(1, dataset.users - len(users) + 1):
        user_id = f"u{number:04d}"
        users.append(_anyone(user_id, themes, items, Random(f"{seed}/{dataset.key}/{user_id}")))
    return users


def _anyone(user_id: str, themes: Sequence[str], items: Sequence[Item], rng: Random) -> User:
    """A user with a taste drawn at random."""
    length = round(rng.triangular(SHORTEST - 0.49, LONGEST + 0.49, _USUAL))
    first, second, third = rng.sample(themes, 3)
    style, new_style = rng.sample([style.key for style in STYLES], 2)
    tastes: tuple[Taste, ...] = (Taste((first, second), style),)
    drift: DriftKind | None = None
    if rng.random() < _DRIFTING:
        drift = rng.choice(("theme", "style"))
        kept = rng.choice((first, second))
        after = (
            Taste((kept, third), style) if drift == "theme" else replace(tastes[0], style=new_style)
        )
        tastes = (tastes[0], after)
    at = rng.choice(_middle(length)) if drift else None
    return _live(User(user_id, tastes, at, drift, ()), length, items, rng)


def _from_persona(persona: Persona, items: Sequence[Item], rng: Random) -> User:
    """A named user whose taste is written down."""
    tastes = tuple(Taste(themes, style) for themes, style in persona.tastes)
    drift: DriftKind | None = None
    if len(tastes) == 2:
        drift = "style" if tastes[0].themes == tastes[1].themes else "theme"
    at = persona.drift_at if drift else None
    user = User(persona.user_id, tastes, at, drift, (), persona.miss)
    return _live(user, persona.length, items, rng)


def _middle(length: int) -> list[int]:
    """The block boundaries in the middle half of what comes before the last interaction."""
    return [
        at for at in range(BLOCK, length - 1, BLOCK) if length / 4 <= at <= (length - 1) * 3 / 4
    ]


def _live(user: User, length: int, items: Sequence[Item], rng: Random) -> User:
    """Let the user choose; the last choice is set aside first so that it is still there."""
    last = _last(user, length, items, rng)
    chosen: list[Item] = []
    for index in range(length - 1):
        taken = {item.item_id for item in (*chosen, last)}
        left = [item for item in items if item.item_id not in taken]
        taste = user.taste_at(index)
        same = [user.taste_at(later) == taste for later in range(index, length - 1)]
        chosen.append(_choice(left, taste, sum(same), rng))
    return replace(user, items=(*chosen, last))


def _choice(left: Sequence[Item], taste: Taste, picks: int, rng: Random) -> Item:
    """One item: mostly of the taste and then mostly in its style, else any.

    A theme has few items in one style. They are spread over the picks that are to come under this
    taste; taken as they please, a user's look would be gone by the middle of the history.
    """
    liked = [item for item in left if taste.covers(item)]
    if rng.random() >= _ON_TASTE or not liked:
        return rng.choice(left)
    styled = [item for item in liked if item.style.key == taste.style]
    if rng.random() < min(_IN_STYLE, len(styled) / (picks * _ON_TASTE)):
        liked = styled
    theme = rng.choice(taste.themes)  # both themes alike, whatever is left of each
    return rng.choice([item for item in liked if item.theme.key == theme] or liked)


def _last(user: User, length: int, items: Sequence[Item], rng: Random) -> Item:
    """The interaction to predict: in the current taste, or plainly outside it for a miss."""
    taste = user.taste_at(length - 1)
    if user.miss:
        known = {key for one in user.tastes for key in one.themes}
        return rng.choice(
            [i for i in items if i.theme.key not in known and i.style.key != taste.style]
        )
    return rng.choice([i for i in items if taste.covers(i) and i.style.key == taste.style])
