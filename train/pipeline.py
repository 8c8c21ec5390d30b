"""The method for many users at once: item summaries, preferences and margins, in waves."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import TypeVar

from core import item_summary
from core.language_model import Decoding, LanguageModel, TextGenerator, YesNoScorer
from core.mllm_msr import candidate_covers
from core.preference import BLOCK_SIZE, DECODING, infer_preference, split_blocks
from core.prompts import PromptOrder
from core.recommender import score_candidates
from core.records import Block, Dataset, Item, ItemSummary, Preference
from core.streams import Stream, drain
from core.waves import in_waves
from train.progress import progress

AT_ONCE = 500  # users, or items: what is held in memory

Kind = TypeVar("Kind")
Result = TypeVar("Result")


def summarize_items(
    items: Sequence[Item], dataset: Dataset, model: LanguageModel, *, read_image: bool = True
) -> dict[str, ItemSummary]:
    """Stage 1 for many items of one data set, by item id."""
    once = list({item.item_id: item for item in items}.values())

    def reading() -> Generator[int, None, list[ItemSummary]]:
        found: list[ItemSummary] = []
        for part in parts(once):
            found += yield from item_summary.summarize_items(
                part, dataset, model, read_image=read_image
            )
        return found

    most = sum(item_summary.MOST_TEXTS if read_image and item.cover else 1 for item in once)
    found = counted(reading(), f"item summaries of {dataset.name}", most)
    return {summary.item_id: summary for summary in found}


def parts(everything: Sequence[Kind]) -> Iterator[Sequence[Kind]]:
    """Cut into parts that fit into memory with the pictures of each."""
    return (everything[at : at + AT_ONCE] for at in range(0, len(everything), AT_ONCE))


def infer_preferences(
    histories: Sequence[Sequence[Item]],
    summaries: Mapping[str, ItemSummary],
    dataset: Dataset,
    model: LanguageModel,
    *,
    block_size: int | None = BLOCK_SIZE,
    max_new_tokens: int = DECODING.max_new_tokens,
    repetition_penalty: float = 1.0,
) -> list[tuple[Preference, ...]]:
    """Stage 2 for many histories: one preference after each block.

    Args:
        histories: oldest item first.
        summaries: of all their items.
        dataset: of the items.
        model: the user summariser.
        block_size: items a block; None takes a whole history at once (figure 4's direct variant).
        max_new_tokens: longest preference (figure 6).
        repetition_penalty: an untrained model needs one.
    """
    decoding = replace(
        DECODING, max_new_tokens=max_new_tokens, repetition_penalty=repetition_penalty
    )
    jobs = [reading_of(items, summaries, dataset.noun, block_size, decoding) for items in histories]
    most = sum(ceil(len(items) / (block_size or len(items))) for items in histories)
    return counted(in_waves(jobs, model), f"preferences of {dataset.name}", most)


def reading_of(
    items: Sequence[Item],
    summaries: Mapping[str, ItemSummary],
    noun: str,
    block_size: int | None,
    decoding: Decoding = DECODING,
) -> Callable[[TextGenerator], tuple[Preference, ...]]:
    """Stage 2 for one history, as a job of `core.waves.in_waves`; see `infer_preferences`."""

    def job(ahead: TextGenerator) -> tuple[Preference, ...]:
        blocks = split_blocks(items, block_size) if block_size else (Block(1, tuple(items)),)
        written: list[Preference] = []
        for block in blocks:
            previous = written[-1] if written else None
            written.append(
                drain(infer_preference(block, summaries, previous, noun, ahead, decoding))
            )
        return tuple(written)

    return job


def margins_of(
    preferences: Sequence[str],
    candidates: Sequence[Sequence[Item]],
    dataset: Dataset,
    model: YesNoScorer,
    order: PromptOrder,
    *,
    read_image: bool = True,
) -> list[tuple[float, ...]]:
    """Stage 3 for many users: the margins of each one's candidates, in their order."""
    found = []
    for text, items in progress(
        list(zip(preferences, candidates, strict=True)),
        desc=f"scores of {dataset.name}",
        unit="user",
    ):
        covers = candidate_covers(dataset, items) if read_image else {}
        scores, _ = score_candidates(text, items, covers, dataset.noun, model, order)
        found.append(tuple(score.margin for score in scores))
    return found


def counted(stream: Generator[int, None, list[Result]], name: str, most: int) -> list[Result]:
    """Run a stream of batches, with so many texts at most, to its end with a progress bar."""
    written = Stream(stream)
    with progress(total=most, desc=name, unit="text") as bar:
        for texts in written:
            bar.update(texts)
    return written.value
