"""Margins of inputs with something left out or changed: every explanation is measured by these."""

from collections.abc import Sequence
from dataclasses import dataclass

from core import prompts
from core.covers import Cover
from core.language_model import YesNoScorer
from core.prompts import PromptOrder
from core.records import Item


@dataclass(frozen=True, slots=True)
class Masked:
    """What the recommender is shown of one user and one candidate.

    Attributes:
        preference: text; empty when the preference is left out.
        item: its title is what is read; an empty one is left out.
        cover: picture, or None when there is none or it is left out.
    """

    preference: str
    item: Item
    cover: Cover | None


class MaskedScorer:
    """Asks the recommender about any number of variants at once."""

    def __init__(self, model: YesNoScorer, noun: str, order: PromptOrder) -> None:
        """Take the recommender, what an item is called, and the prompt order it was tuned with.

        Hand in a model wrapped by `core.memory.RememberingModel`: a variant that was asked before
        costs a look-up.
        """
        self._model, self._noun, self._order = model, noun, order

    def margins(self, variants: Sequence[Masked]) -> tuple[float, ...]:
        """Margins in nats, in the order of the variants.

        Variants with the same preference are asked together, since they share most of their
        prompt; those with a preference of their own share one batch.
        """
        groups: dict[str, list[int]] = {}
        for number, variant in enumerate(variants):
            groups.setdefault(variant.preference, []).append(number)
        alone = [numbers[0] for numbers in groups.values() if len(numbers) == 1]
        batches = [numbers for numbers in groups.values() if len(numbers) > 1]
        found: dict[int, float] = {}
        for batch in [*batches, alone] if alone else batches:
            answers = self._model.margins([self._prompt(variants[number]) for number in batch])
            found |= {n: answer.margin for n, answer in zip(batch, answers, strict=True)}
        return tuple(found[number] for number in range(len(variants)))

    def _prompt(self, variant: Masked) -> prompts.Prompt:
        return prompts.recommend(
            variant.preference, variant.item, variant.cover, self._noun, self._order
        )
