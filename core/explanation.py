"""Why this score: what each part of the input adds to a candidate's margin (ours).

A part is a unit of a game: a sentence of the preference, a modality, or an item of the history.
The game's value is the recommender's margin with only some units kept. Nothing is a model's own
story about itself; every figure is a difference of two margins that were measured.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb
from typing import Literal

from core.covers import Cover
from core.masked_scorer import Masked, MaskedScorer
from core.records import Item
from core.writing import SENTENCE_END

MOST_EXACT = 8  # units whose Shapley values are computed from all subsets: 256 margins
NEUTRAL = "Nothing else is known about this user."
MODALITIES = ("image", "title", "preference")

Removal = Literal["delete", "neutral", "stranger"]
Kept = frozenset[int]
"""Units that are kept, by their position from 0."""


class Game:
    """Margins with only some units kept; every subset is asked once."""

    def __init__(
        self, units: Sequence[str], ask: Callable[[Sequence[Kept]], Sequence[float]]
    ) -> None:
        """Take the units and what measures subsets of them, many at once."""
        self.units = tuple(units)
        self._ask = ask
        self._known: dict[Kept, float] = {}

    @property
    def everything(self) -> Kept:
        """All units."""
        return frozenset(range(len(self.units)))

    def values(self, subsets: Iterable[Iterable[int]]) -> tuple[float, ...]:
        """Margins, in nats, for these subsets; the unknown ones are asked in one batch."""
        wanted = [frozenset(subset) for subset in subsets]
        new = [subset for subset in dict.fromkeys(wanted) if subset not in self._known]
        if new:
            self._known |= dict(zip(new, self._ask(new), strict=True))
        return tuple(self._known[subset] for subset in wanted)


@dataclass(frozen=True, slots=True)
class Attribution:
    """What every unit adds to one margin.

    Attributes:
        units: sentences, modalities or items, as they are shown.
        effects: one a unit, in nats; positive ones speak for the candidate.
        whole: margin with everything kept.
        empty: margin with nothing kept; None where that was not measured.
        noise: how far the margin moves when nothing is taken away (see `noise_floor`), nats.
        method: ``leave-one-out`` or ``shapley``.
    """

    units: tuple[str, ...]
    effects: tuple[float, ...]
    whole: float
    empty: float | None
    noise: float
    method: Literal["leave-one-out", "shapley"]

    @property
    def order(self) -> tuple[int, ...]:
        """Units by their effect, the strongest support first."""
        return tuple(sorted(range(len(self.units)), key=lambda unit: -self.effects[unit]))


def leave_one_out(game: Game) -> Attribution:
    """Attribute to each unit the margin that goes with it: whole minus whole without it."""
    everything = game.everything
    less = (everything - {unit} for unit in range(len(game.units)))
    whole, *without = game.values([everything, *less])
    effects = tuple(whole - value for value in without)
    return Attribution(game.units, effects, whole, None, 0.0, "leave-one-out")


def shapley(game: Game, noise: float = 0.0) -> Attribution:
    """Attribute exact Shapley values: a unit's effect averaged over all orders of adding units.

    The effects add up to the whole margin minus the empty one.

    Raises:
        ValueError: for more than `MOST_EXACT` units.
    """
    count = len(game.units)
    if count > MOST_EXACT:
        raise ValueError(f"{count} units have {2**count} subsets; at most {MOST_EXACT} are asked")
    subsets = [frozenset(c) for size in range(count + 1) for c in combinations(range(count), size)]
    value = dict(zip(subsets, game.values(subsets), strict=True))
    effects = tuple(
        sum(
            (value[subset | {unit}] - value[subset]) / (count * comb(count - 1, len(subset)))
            for subset in subsets
            if unit not in subset
        )
        for unit in range(count)
    )
    whole, empty = value[game.everything], value[frozenset()]
    return Attribution(game.units, effects, whole, empty, noise, "shapley")


def sentences_of(preference: str) -> tuple[str, ...]:
    """The sentences of a preference, its units."""
    return tuple(part for part in SENTENCE_END.split(preference.strip()) if part)


def sentence_game(
    preference: str,
    item: Item,
    cover: Cover | None,
    scorer: MaskedScorer,
    removal: Removal = "delete",
    stranger: str = "",
) -> Game:
    """A candidate's margin with only some sentences of the preference kept.

    Args:
        preference: the user's.
        item: the candidate.
        cover: its picture, if the recommender is shown one.
        scorer: measures.
        removal: what stands in the place of a sentence that is not kept: nothing, a neutral
            sentence, or a sentence of another user's preference. If an effect is there under all
            three, it is the sentence's and not that of an odd-looking prompt.
        stranger: the other user's preference.
    """
    units = sentences_of(preference)
    others = sentences_of(stranger)
    fillers = {
        "delete": [""] * len(units),
        "neutral": [NEUTRAL] * len(units),
        "stranger": [others[n % len(others)] if others else "" for n in range(len(units))],
    }[removal]

    def ask(subsets: Sequence[Kept]) -> Sequence[float]:
        texts = [_text(units, fillers, kept) for kept in subsets]
        return scorer.margins([Masked(text, item, cover) for text in texts])

    return Game(units, ask)


def _text(units: Sequence[str], fillers: Sequence[str], kept: Kept) -> str:
    """Kept sentences in their order; a filler that was just said is not said again."""
    said: list[str] = []
    for number, unit in enumerate(units):
        part = unit if number in kept else fillers[number]
        if part and (number in kept or part not in said[-1:]):
            said.append(part)
    return " ".join(said)


def modality_game(preference: str, item: Item, cover: Cover | None, scorer: MaskedScorer) -> Game:
    """A candidate's margin with only some of image, title and preference shown.

    A candidate without a picture has two modalities.
    """
    units = MODALITIES if cover else MODALITIES[1:]

    def ask(subsets: Sequence[Kept]) -> Sequence[float]:
        shown = [{units[number] for number in kept} for kept in subsets]
        return scorer.margins(
            [
                Masked(
                    preference if "preference" in parts else "",
                    item if "title" in parts else replace(item, title=""),
                    cover if "image" in parts else None,
                )
                for parts in shown
            ]
        )

    return Game(units, ask)


def noise_floor(preference: str, item: Item, cover: Cover | None, scorer: MaskedScorer) -> float:
    """How far the margin moves when the same sentences are said in another order, nats.

    An effect below it cannot be told from an accident of wording. The largest move over all
    rotations and the reversal of the sentences; 0 for a single sentence.
    """
    units = sentences_of(preference)
    turned = [units[n:] + units[:n] for n in range(len(units))] + [units[::-1]]
    texts = dict.fromkeys(" ".join(order) for order in turned)
    whole, *moved = scorer.margins([Masked(text, item, cover) for text in texts])
    return max((abs(value - whole) for value in moved), default=0.0)
