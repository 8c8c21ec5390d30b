"""Examples for the user summariser: blocks of lives, and what to write after each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from core import prompts
from core.preference import BLOCK_SIZE, split_blocks
from core.records import Block, Dataset, ItemSummary
from core.records import Item as Stored
from train import targets
from train.epochs import in_epochs
from train.learners import TextExample
from train.sample.users import User
from train.taste import Belief, update

OTHER_SIZES = (1, 2, 4, 5, 6)  # figure 5 asks for them
NEAR = 8  # batches among which blocks are sorted by size
SIZES = {BLOCK_SIZE: 0.8} | dict.fromkeys(OTHER_SIZES, 0.04)  # shares of lives

Wording = Callable[[Random], str]
"""A preference, after ``... related to topics such as``, in one of its wordings."""


@dataclass(frozen=True, slots=True)
class Life:
    """One training user's history, cut into blocks, and what a careful reader would write.

    Attributes:
        dataset: of the items.
        items: as the store has them, all but the last.
        summaries: item id -> summary, as the item summariser wrote it.
        size: items a block.
        targets: what is to be written after each block.
    """

    dataset: Dataset
    items: tuple[Stored, ...]
    summaries: Mapping[str, ItemSummary]
    size: int
    targets: tuple[Wording, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The history in blocks."""
        return split_blocks(self.items, self.size)


@dataclass(frozen=True, slots=True)
class PlantedLife(Life):
    """A life of the sample's generator.

    Attributes:
        user: with the planted tastes.
        beliefs: after each block, from the planted themes and styles of its items.
    """

    user: User
    beliefs: tuple[Belief, ...]


def live(
    dataset: Dataset,
    user: User,
    items: Sequence[Stored],
    summaries: Mapping[str, ItemSummary],
    seed: int,
) -> PlantedLife:
    """Cut a life into blocks and read it."""
    rng = Random(f"{seed}/{dataset.name}/{user.user_id}")
    size = rng.choices(tuple(SIZES), tuple(SIZES.values()))[0]
    belief, beliefs = Belief(), []
    for block in split_blocks(items, size):
        start = (block.index - 1) * size
        planted = user.items[start : start + len(block.items)]
        belief = update(belief, [i.theme.key for i in planted], [i.style.key for i in planted])
        beliefs.append(belief)
    wordings = tuple(partial(targets.preference, one) for one in beliefs)
    return PlantedLife(
        dataset, tuple(items), summaries, size, wordings, user=user, beliefs=tuple(beliefs)
    )


def target_preferences(life: Life, rng: Random) -> list[str]:
    """What should be written after each block of a life, as a model would write it."""
    return [_start(life.dataset.noun) + told(rng) for told in life.targets]


class PreferenceBatches:
    """Seeded batches of block updates."""

    def __init__(
        self, lives: Sequence[Life], own: Sequence[Sequence[str]], size: int, seed: int
    ) -> None:
        """Take lives to learn from.

        Args:
            lives: of training users.
            own: for each life, the preferences that the model itself wrote, one after each block;
                empty where it has written none, and its past is what it should have written.
            size: examples a batch.
            seed: of order and wordings.
        """
        self._cases = [(n, b) for n, life in enumerate(lives) for b in range(len(life.targets))]
        self._lives, self._own, self._size, self._seed = lives, own, size, seed

    def __call__(self, index: int) -> list[TextExample]:
        """The micro-batch of this index: every epoch sees every block once."""
        rng = Random(f"{self._seed}/{index}")
        picked = in_epochs(index, self._size, len(self._cases), self._order_of)
        return [self._example(*self._cases[number], rng) for number in picked]

    def _order_of(self, epoch: int) -> list[int]:
        """Blocks of a like size come together, so that steps are about as long as each other."""
        order = list(range(len(self._cases)))
        Random(f"{self._seed}/epoch/{epoch}").shuffle(order)
        window = NEAR * self._size
        return [
            number
            for at in range(0, len(order), window)
            for number in sorted(order[at : at + window], key=self._items)
        ]

    def _items(self, number: int) -> int:
        life, block = self._cases[number]
        return len(self._lives[life].blocks[block].items)

    def _example(self, number: int, block: int, rng: Random) -> TextExample:
        life, own = self._lives[number], self._own[number]
        previous = None
        if block:
            told = life.targets[block - 1](rng)
            previous = own[block - 1] if own else _start(life.dataset.noun) + told
        summaries = [life.summaries[item.item_id].fused.text for item in life.blocks[block].items]
        prompt = prompts.preference(summaries, life.dataset.noun, previous)
        return TextExample(prompt, life.targets[block](rng))


def _start(noun: str) -> str:
    return prompts.preference([], noun, None).answer_start
