"""Examples for the item summariser: what stage 1 asks, with answers from planted truth."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from core import prompts
from core.covers import open_cover
from core.item_summary import calibrate
from core.records import Dataset
from core.records import Item as Stored
from train import targets
from train.learners import TextExample
from train.sample.catalogue import Item

# How often a note misleads, so that fusing learns which of two notes to trust: the model misreads
# two new titles in five, and hardly a picture.
WRONG_TEXT, WRONG_PICTURE = 0.4, 0.02
KINDS = ("image_description", "fusion", "text_summary")


@dataclass(frozen=True, slots=True)
class PlantedItem:
    """An item as a store has it, and what was planted in it."""

    dataset: Dataset
    stored: Stored
    planted: Item


class SummaryBatches:
    """Seeded batches of stage 1's questions; a batch has one kind, as a processor wants it."""

    def __init__(
        self,
        items: Sequence[PlantedItem],
        size: int,
        seed: int,
        *,
        weights: Sequence[float],
        short: float,
    ) -> None:
        """Take the items to ask about.

        Args:
            items: of training worlds.
            size: examples a batch.
            seed: of order and wordings.
            weights: how often each of `KINDS` comes.
            short: share of the descriptions that are learnt up to their motif only; the rest of
                a description is learnt long before every motif is.
        """
        self._items, self._size, self._seed = items, size, seed
        self._weights, self._short = weights, short

    def __call__(self, index: int) -> list[TextExample]:
        """The micro-batch of this index."""
        rng = Random(f"{self._seed}/{index}")
        kind = rng.choices(KINDS, self._weights)[0]
        return [self._example(kind, rng) for _ in range(self._size)]

    def _example(self, kind: str, rng: Random) -> TextExample:
        item = rng.choice(self._items)
        noun, planted = item.dataset.noun, item.planted
        if kind == "text_summary":
            prompt = prompts.text_summary(item.stored, noun)
            return TextExample(prompt, targets.text_summary(planted, rng))
        if kind == "image_description":
            cover = open_cover(item.dataset, item.stored)
            prompt = prompts.image_description(cover, noun)
            if rng.random() < self._short:
                return TextExample(prompt, targets.motif(planted, rng), ends=False)
            return TextExample(prompt, targets.image_description(planted, rng))
        other = rng.choice([i for i in self._items if i.dataset == item.dataset]).planted
        text = targets.text_summary(other if rng.random() < WRONG_TEXT else planted, rng)
        told = f"{prompts.text_summary(item.stored, noun).answer_start}{text}"
        seen = targets.image_description(other if rng.random() < WRONG_PICTURE else planted, rng)
        prompt = prompts.fusion(item.stored, noun, *calibrate(told, seen))
        return TextExample(prompt, targets.fused_summary(planted, noun, rng))
