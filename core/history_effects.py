"""What each item of a history adds to a candidate's margin: left out, and the rest read again."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace

from core.covers import Cover
from core.explanation import Attribution
from core.language_model import LanguageModel, TextGenerator
from core.masked_scorer import Masked, MaskedScorer
from core.preference import infer_preference
from core.records import Item, ItemSummary, Preference
from core.streams import drain
from core.waves import in_waves


def preferences_without(
    preferences: Sequence[Preference],
    summaries: Mapping[str, ItemSummary],
    noun: str,
    model: LanguageModel,
) -> Generator[int, None, list[str]]:
    """The last preference as it would be without each item of the history.

    Blocks before the item's stay as they were; its own block and the later ones are inferred
    again. A block that had nothing else leaves the preference before it as it was.

    Args:
        preferences: one a block, as they were written with every item.
        summaries: of all items.
        noun: ``video`` or ``product``.
        model: the user summariser; the histories are read in step, in batches.

    Yields:
        How many texts were written, after every batch.

    Returns:
        One text an item, oldest first; empty where nothing is left to read.
    """
    places = [
        (number, item) for number, p in enumerate(preferences) for item in range(len(p.block.items))
    ]

    def job(place: tuple[int, int], ahead: TextGenerator) -> str:
        number, item = place
        known = preferences[number - 1] if number else None
        for later in preferences[number:]:
            block = later.block
            if later is preferences[number]:
                block = replace(block, items=block.items[:item] + block.items[item + 1 :])
            if block.items:
                known = drain(infer_preference(block, summaries, known, noun, ahead))
        return known.written.text if known else ""

    jobs = [lambda ahead, place=place: job(place, ahead) for place in places]
    return (yield from in_waves(jobs, model))


def history_effects(
    items: Sequence[Item],
    preference: str,
    without: Sequence[str],
    candidate: Item,
    cover: Cover | None,
    scorer: MaskedScorer,
    noise: float = 0.0,
) -> Attribution:
    """Attribute to each item the margin that goes with it.

    Args:
        items: the history, oldest first.
        preference: as it is with all of them.
        without: as it would be without each (`preferences_without`).
        candidate: whose margin is asked for.
        cover: its picture, if the recommender is shown one.
        scorer: measures.
        noise: as in `core.explanation.noise_floor`.
    """
    texts = [preference, *without]
    whole, *left = scorer.margins([Masked(text, candidate, cover) for text in texts])
    titles = tuple(item.title for item in items)
    effects = tuple(whole - margin for margin in left)
    return Attribution(titles, effects, whole, None, noise, "leave-one-out")
