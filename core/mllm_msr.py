"""The method on one page (paper: figure 1).

    history --(1 summarize each item)--> summaries
            --(2 rewrite the preference block by block)--> preferences
            --(3 score the candidates under each preference)--> scores

Nothing is remembered here: hand in models wrapped by `core.memory.RememberingModel`, and a
repeated step costs a look-up. Appending an interaction then re-infers only the last block (as long
as the history is not cut, see `core.store.HISTORY_LIMIT`).
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from core.clock import Clock
from core.covers import Cover, cover_of
from core.item_summary import summarize_items
from core.language_model import Decoding, LanguageModel, YesNoScorer
from core.preference import DECODING, infer_preference, split_blocks
from core.prompts import PromptOrder
from core.recommender import score_candidates
from core.records import Block, Dataset, History, Item, Run, Variant
from core.streams import Stream

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Models:
    """The three roles of the method and what their checkpoints need.

    Attributes:
        item_summarizer: stage 1.
        user_summarizer: stage 2.
        recommender: stage 3.
        order: prompt order that the recommender was tuned with.
        profile: name of the configuration, kept with every run.
    """

    item_summarizer: LanguageModel
    user_summarizer: LanguageModel
    recommender: YesNoScorer
    order: PromptOrder
    profile: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of a live run: what is there so far, and what is happening.

    Attributes:
        run: everything finished.
        writing: the preference being written, token by token; empty between blocks.
        note: one line of status.
    """

    run: Run
    writing: str = ""
    note: str = ""


def recommend(
    history: History,
    candidates: Sequence[Item],
    models: Models,
    variant: Variant = "recurrent",
    *,
    decoding: Decoding = DECODING,
    score_every_block: bool = True,
) -> Generator[Progress, None, None]:
    """Run the three stages for one user and report every step; the last report is the whole run.

    Args:
        history: what the model may read; its `next_item` must be among the candidates.
        candidates: the items to rank.
        models: who answers.
        variant: ``recurrent`` (the paper), ``direct`` (the whole history in one prompt, figure 4)
            or ``text-only`` (no pictures), which a model without eyes always is.
        decoding: how preferences are written.
        score_every_block: score after every block, not only after the last; shows what each
            block did to the ranking.

    Yields:
        The growing run. Closing the generator stops the model.
    """
    dataset, see = history.dataset, variant != "text-only"
    blocks = (Block(1, history.items),) if variant == "direct" else split_blocks(history.items)
    clock = Clock()
    run = Run(
        dataset=dataset.name,
        layout=dataset.layout,
        user_id=history.user_id,
        profile=models.profile,
        variant=variant,
        history=history.items,
        next_item_id=history.next_item.item_id,
        candidates=tuple(candidates),
    )
    covers = shown_covers(dataset, candidates, models, variant)
    for block in blocks:
        note = f"Reading {_items_of(block, blocks)} of {len(history.items)}"
        yield Progress(run, note=note)
        reading = summarize_items(block.items, dataset, models.item_summarizer, read_image=see)
        read = yield from _reported(clock.timed("item_summary", reading), run, note)
        run = replace(run, summaries=(*run.summaries, *read))

        note = f"Writing the preference after block {block.index} of {len(blocks)}"
        writing = infer_preference(
            block,
            {s.item_id: s for s in run.summaries},
            run.preferences[-1] if run.preferences else None,
            dataset.noun,
            models.user_summarizer,
            decoding,
        )
        preference = yield from _reported(clock.timed("preference", writing), run, note)
        run = replace(run, preferences=(*run.preferences, preference))

        if score_every_block or block is blocks[-1]:
            note = f"Scoring {len(candidates)} candidates after block {block.index}"
            yield Progress(run, preference.written.text, note)
            with clock.stage("recommender"):
                scores, asked = score_candidates(
                    preference.written.text,
                    candidates,
                    covers,
                    dataset.noun,
                    models.recommender,
                    models.order,
                )
            run = replace(
                run, scores=(*run.scores, scores), score_prompts=(*run.score_prompts, asked)
            )
        run = replace(run, seconds=clock.seconds)
        yield Progress(run, note=f"Block {block.index} of {len(blocks)} done")


def shown_covers(
    dataset: Dataset, items: Sequence[Item], models: Models, variant: Variant
) -> dict[str, Cover]:
    """The covers that the recommender is shown: none in a text-only run, or without eyes."""
    if variant == "text-only" or not models.recommender.sees_images:
        return {}
    return candidate_covers(dataset, items)


def _items_of(block: Block, blocks: Sequence[Block]) -> str:
    """Name the items of a block by their places in the history."""
    last = sum(len(b.items) for b in blocks[: block.index])
    first = last - len(block.items) + 1
    return f"items {first} to {last}" if last > first else f"item {last}"


def _reported(
    stage: Generator[str | int, None, Result], run: Run, note: str
) -> Generator[Progress, None, Result]:
    """Report every step of a stage, texts as they are written, and return what it returns."""
    stream = Stream(stage)
    for step in stream:
        yield Progress(run, step if isinstance(step, str) else "", note)
    return stream.value


def candidate_covers(dataset: Dataset, candidates: Sequence[Item]) -> dict[str, Cover]:
    """Open the candidates' covers; one that cannot be read is left out, not fatal."""
    found = {item.item_id: cover_of(dataset, item) for item in candidates}
    return {item_id: cover for item_id, cover in found.items() if cover}
