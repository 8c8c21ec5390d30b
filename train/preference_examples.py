"""Examples for the user summariser: blocks of planted lives, and what to believe after each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Life:
    """One training user's history, cut into blocks, and what a careful reader believes.

    Attributes:
        dataset: of the items.
        user: with the planted tastes.
        items: as the store has them, all but the last.
        summaries: item id -> summary, as the item summariser wrote it.
        size: items a block.
        beliefs: after each block, from the planted themes and styles of its items.
    """

    dataset: Dataset
    user: User
    items: tuple[Stored, ...]
    summaries: Mapping[str, ItemSummary]
    size: int
    beliefs: tuple[Belief, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The history in blocks."""
        return split_blocks(self.items, self.size)


def live(
    dataset: Dataset,
    user: User,
    items: Sequence[Stored],
    summaries: Mapping[str, ItemSummary],
    seed: int,
) -> Life:
    """Cut a life into blocks and read it."""
    rng = Random(f"{seed}/{dataset.name}/{user.user_id}")
    size = rng.choices(tuple(SIZES), tuple(SIZES.values()))[0]
    belief, beliefs = Belief(), []
    for block in split_blocks(items, size):
        start = (block.index - 1) * size
        planted = user.items[start : start + len(block.items)]
        belief = update(belief, [i.theme.key for i in planted], [i.style.key for i in planted])
        beliefs.append(belief)
    return Life(dataset, user, tuple(items), summaries, size, tuple(beliefs))


def planted_preferences(life: Life, rng: Random) -> list[str]:
    """What should be written after each block of a life, as a model would write it."""
    return [_start(life.dataset.noun) + targets.preference(b, rng) for b in life.beliefs]


class PreferenceBatches:
    """Seeded batches of block updates."""

    def __init__(
        self, lives: Sequence[Life], own: Sequence[Sequence[str]], size: int, seed: int
    ) -> None:
        """Take lives to learn from.

        Args:
            lives: of training users.
            own: for each life, the preferences that the model itself wrote, one after each block;
                empty where it has written none, and planted ones are its past.
            size: examples a batch.
            seed: of order and wordings.
        """
        self._cases = [(n, b) for n, life in enumerate(lives) for b in range(len(life.beliefs))]
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
            told = targets.preference(life.beliefs[block - 1], rng)
            previous = own[block - 1] if own else _start(life.dataset.noun) + told
        summaries = [life.summaries[item.item_id].fused.text for item in life.blocks[block].items]
        prompt = prompts.preference(summaries, life.dataset.noun, previous)
        return TextExample(prompt, targets.preference(life.beliefs[block], rng))


def _start(noun: str) -> str:
    return prompts.preference([], noun, None).answer_start
