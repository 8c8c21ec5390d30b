"""Examples for the recommender: generated preferences with candidates, one yes for each no."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from core import prompts
from core.covers import Cover
from core.prompts import PromptOrder
from core.records import Dataset
from core.records import Item as Stored
from train.epochs import in_epochs
from train.learners import ScoreExample
from train.preference_examples import PlantedLife
from train.sample.catalogue import Item
from train.sample.users import Taste

VARIETY = 3  # negatives to draw from, for each item that is taken


@dataclass(frozen=True, slots=True)
class Choice:
    """A generated preference, and items that its user would or would not take next."""

    dataset: Dataset
    preference: str
    taken: tuple[Stored, ...]
    left: tuple[Stored, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A share of the steps and what it is spent on.

    A recommender that has always seen everything says nothing sensible when a part is missing, and
    explanations, catalogues without pictures and the text-only rival leave parts out.

    Attributes:
        share: of the stage's steps.
        choices: of training users.
        without_image: share of the users whose candidates come without their pictures.
        without_title: share of those whose candidates come without their titles.
    """

    share: float
    choices: Sequence[Choice]
    without_image: float = 0.0
    without_title: float = 0.0


class ScoreBatches:
    """Seeded batches of users with their candidates, as many of one label as of the other."""

    def __init__(
        self,
        phase: Phase,
        cover: Callable[[Dataset, Stored], Cover | None],
        *,
        order: PromptOrder,
        users: int,
        candidates: int,
        seed: int,
    ) -> None:
        """Take choices to learn from.

        Args:
            phase: what to learn from.
            cover: opens a candidate's cover; None where there is none.
            order: of the prompt.
            users: a batch.
            candidates: of one user, even.
            seed: of order and draws.
        """
        self._phase, self._cover, self._order = phase, cover, order
        self._users, self._candidates, self._seed = users, candidates, seed

    def __call__(self, index: int) -> list[ScoreExample]:
        """The micro-batch of this index: every epoch sees every choice once."""
        rng = Random(f"{self._seed}/{index}")
        choices = self._phase.choices
        picked = in_epochs(index, self._users, len(choices), self._order_of)
        withheld = Random(f"{self._seed}/{index}/withheld")
        return [self._example(choices[number], rng, withheld.random()) for number in picked]

    def _order_of(self, epoch: int) -> list[int]:
        order = list(range(len(self._phase.choices)))
        Random(f"{self._seed}/epoch/{epoch}").shuffle(order)
        return order

    def _example(self, choice: Choice, rng: Random, drawn: float) -> ScoreExample:
        half = min(self._candidates // 2, len(choice.taken), len(choice.left))
        items = [(item, True) for item in rng.sample(choice.taken, half)]
        items += [(item, False) for item in rng.sample(choice.left, half)]
        rng.shuffle(items)
        phase = self._phase
        is_blind = drawn < phase.without_image
        is_nameless = not is_blind and drawn < phase.without_image + phase.without_title
        asked = tuple(
            prompts.recommend(
                choice.preference,
                replace(item, title="") if is_nameless else item,
                None if is_blind else self._cover(choice.dataset, item),
                choice.dataset.noun,
                self._order,
            )
            for item, _ in items
        )
        return ScoreExample(asked, tuple(label for _, label in items))


def planted_choice(
    life: PlantedLife,
    block: int,
    preference: str,
    items: Sequence[tuple[Stored, Item]],
    rng: Random,
    *,
    hard: float,
) -> Choice:
    """What a training user would take after a block: planted taste decides.

    Args:
        life: of the user.
        block: number of blocks read, from 1.
        preference: as the model wrote it after that block, or as it should have.
        items: the world's, as stored and as planted.
        rng: draws the negatives.
        hard: share of the negatives that resemble what the user likes, or liked.

    Returns:
        Every untouched item of the taste in its style as taken, unless no item has shown its theme
        yet, which nobody could know; and some that do not suit the taste as left.
    """
    read = min(block * life.size, len(life.items))
    taste = life.user.taste_at(read - 1)
    shown = {item.theme.key for item in life.user.items[:read]}
    touched = {item.item_id for item in life.items}
    free = [pair for pair in items if pair[1].item_id not in touched]
    suiting = [(stored, item) for stored, item in free if wanted(taste, item)]
    taken = [stored for stored, item in suiting if item.theme.key in shown]
    others = [(stored, item) for stored, item in free if not wanted(taste, item)]
    alike = [stored for stored, item in others if resembles(life.user.tastes, taste, item)]
    count = VARIETY * max(6, len(taken))
    left = rng.sample(alike, min(len(alike), round(count * hard)))
    drawn = {stored.item_id for stored in left}
    easy = [stored for stored, _ in others if stored.item_id not in drawn]
    left += rng.sample(easy, min(len(easy), count - len(left)))
    return Choice(life.dataset, preference, tuple(taken), tuple(left))


def wanted(taste: Taste, item: Item) -> bool:
    """Whether the taste covers the item in theme and in style."""
    return taste.covers(item) and item.style.key == taste.style


def resembles(tastes: Sequence[Taste], taste: Taste, item: Item) -> bool:
    """Whether a rejected item shares something: a theme of now or before, or the style."""
    return any(one.covers(item) for one in tastes) or item.style.key == taste.style
