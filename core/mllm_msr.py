"""The method on one page (paper: figure 1).

    history --(1 summarize each item)--> summaries
            --(2 rewrite the preference block by block)--> preferences
            --(3 score the candidates under each preference)--> scores

Nothing is remembered here: hand in models wrapped by `core.memory.RememberingModel`, and a
repeated step costs a look-up. Appending an interaction then re-infers only the last block (as long
as the history is not cut, see `core.store.HISTORY_LIMIT`).
"""

import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from core.covers import Cover, cover_of
from core.item_summary import summarize_items
from core.language_model import LanguageModel, YesNoScorer
from core.preference import infer_preference, split_blocks
from core.prompts import PromptOrder
from core.recommender import score_candidates
from core.records import Block, Dataset, History, Item, Run, Variant
from core.streams import Stream

Result = TypeVar("Result")
Step = TypeVar("Step")


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
    score_every_block: bool = True,
) -> Generator[Progress, None, None]:
    """Run the three stages for one user and report every step; the last report is the whole run.

    Args:
        history: what the model may read; its `next_item` must be among the candidates.
        candidates: the items to rank.
        models: who answers.
        variant: ``recurrent`` (the paper), ``direct`` (the whole history in one prompt, figure 4)
            or ``text-only`` (no pictures), which a model without eyes always is.
        score_every_block: score after every block, not only after the last; shows what each
            block did to the ranking.

    Yields:
        The growing run. Closing the generator stops the model.
    """
    dataset, see = history.dataset, variant != "text-only"
    blocks = (Block(1, history.items),) if variant == "direct" else split_blocks(history.items)
    clock = _Clock()
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
    covers = candidate_covers(dataset, candidates) if see and models.recommender.sees_images else {}
    for block in blocks:
        note = f"Reading {_items_of(block, blocks)} of {len(history.items)}"
        yield Progress(run, note=note)
        reading = summarize_items(block.items, dataset, models.item_summarizer, read_image=see)
        read = yield from _reported(reading, clock.of("item_summary"), run, note)
        run = replace(run, summaries=(*run.summaries, *read))

        note = f"Writing the preference after block {block.index} of {len(blocks)}"
        writing = infer_preference(
            block,
            {s.item_id: s for s in run.summaries},
            run.preferences[-1] if run.preferences else None,
            dataset.noun,
            models.user_summarizer,
        )
        preference = yield from _reported(writing, clock.of("preference"), run, note)
        run = replace(run, preferences=(*run.preferences, preference))

        if score_every_block or block is blocks[-1]:
            note = f"Scoring {len(candidates)} candidates after block {block.index}"
            yield Progress(run, preference.written.text, note)
            with clock.of("recommender"):
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


def _items_of(block: Block, blocks: Sequence[Block]) -> str:
    """Name the items of a block by their places in the history."""
    last = sum(len(b.items) for b in blocks[: block.index])
    first = last - len(block.items) + 1
    return f"items {first} to {last}" if last > first else f"item {last}"


def _reported(
    stage: Generator[str | int, None, Result], clock: "_Clock", run: Run, note: str
) -> Generator[Progress, None, Result]:
    """Report every step of a stage, texts as they are written, and return what it returns."""
    stream = Stream(stage)
    for step in clock.timed(stream):
        yield Progress(run, step if isinstance(step, str) else "", note)
    return stream.value


def candidate_covers(dataset: Dataset, candidates: Sequence[Item]) -> dict[str, Cover]:
    """Open the candidates' covers; one that cannot be read is left out, not fatal."""
    found = {item.item_id: cover_of(dataset, item) for item in candidates}
    return {item_id: cover for item_id, cover in found.items() if cover}


class _Clock:
    """Adds up wall time by stage; the time a caller holds a report is not counted."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._stage, self._started = "", 0.0

    def of(self, stage: str) -> "_Clock":
        self._stage = stage
        return self

    def timed(self, steps: Iterable[Step]) -> Iterator[Step]:
        """Yield steps; the time until each one counts."""
        waiting = iter(steps)
        while True:
            with self:
                step = next(waiting, None)
            if step is None:
                return
            yield step

    def __enter__(self) -> None:
        self._started = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        spent = time.perf_counter() - self._started
        self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + spent

    @property
    def seconds(self) -> dict[str, float]:
        rounded = {stage: round(spent, 3) for stage, spent in self._seconds.items()}
        return rounded | {"total": round(sum(self._seconds.values()), 3)}
