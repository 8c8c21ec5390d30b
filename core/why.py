"""Why this score: everything that is measured about one candidate, in the order of its cost."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from typing import get_args

from core.errors import DataError
from core.explanation import (
    MOST_EXACT,
    Attribution,
    Removal,
    leave_one_out,
    modality_game,
    noise_floor,
    sentence_game,
    shapley,
)
from core.faithfulness import Deletion, check_deletion
from core.history_effects import history_effects, preferences_without
from core.masked_scorer import Masked, MaskedScorer
from core.mllm_msr import Models, shown_covers
from core.records import Dataset, Run
from core.streams import Stream

ALIKE = 0.01  # nats; the same weights differ by less on another machine


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known so far about one candidate's margin under one preference.

    Attributes:
        item_id: the candidate.
        block: after which block the preference was written, from 1.
        modalities: image, title and preference.
        sentences: of the preference.
        removals: removal style -> a sentence's effect when it alone is removed that way, nats.
        deletion: the sentences deleted in the explanation's order, in random ones, and greedily;
            None until measured, or where a single sentence has no order.
        history: items of the history; None until measured.
    """

    item_id: str
    block: int
    modalities: Attribution
    sentences: Attribution
    removals: Mapping[Removal, tuple[float, ...]] = field(default_factory=dict)
    deletion: Deletion | None = None
    history: Attribution | None = None


def explain(
    run: Run, block: int, item_id: str, dataset: Dataset, models: Models, stranger: str = ""
) -> Generator[Explanation, None, None]:
    """Measure why a candidate has its score; every report knows more than the one before.

    Args:
        run: a run whose preference after `block` is there.
        block: from 1.
        item_id: the candidate.
        dataset: of the run, for covers.
        models: those that a live run uses; wrapped ones remember what was asked before.
        stranger: another user's preference, for the third removal style; without one it is left
            out.

    Raises:
        DataError: if the candidate is none of the run's.
    """
    item = next((item for item in run.candidates if item.item_id == item_id), None)
    if item is None:
        raise DataError(f"{item_id!r} is not among this user's {len(run.candidates)} candidates.")
    cover = shown_covers(dataset, [item], models, run.variant).get(item_id)
    scorer = MaskedScorer(models.recommender, dataset.noun, models.order)
    text = run.preferences[block - 1].written.text
    game = sentence_game(text, item, cover, scorer)
    parts = modality_game(text, item, cover, scorer)
    single = leave_one_out(game)
    found = Explanation(
        item_id, block, leave_one_out(parts), single, removals={"delete": single.effects}
    )
    yield found

    noise = noise_floor(text, item, cover, scorer)
    found = replace(found, sentences=replace(single, noise=noise), modalities=shapley(parts, noise))
    yield found

    if len(game.units) <= MOST_EXACT:
        found = replace(found, sentences=shapley(game, noise))
    if len(game.units) > 1:
        deletion = check_deletion(game, found.sentences.order)
        found = replace(found, deletion=deletion)
    yield found

    for removal in get_args(Removal)[1:]:
        if removal == "neutral" or stranger:
            other = sentence_game(text, item, cover, scorer, removal, stranger)
            removals = {**found.removals, removal: leave_one_out(other).effects}
            found = replace(found, removals=removals)
    yield found

    summaries = {summary.item_id: summary for summary in run.summaries}
    rewritten = Stream(
        preferences_without(
            run.preferences[:block], summaries, dataset.noun, models.user_summarizer
        )
    )
    for _ in rewritten:
        yield found
    without = rewritten.value
    items = [item for preference in run.preferences[:block] for item in preference.block.items]
    yield replace(found, history=history_effects(items, text, without, item, cover, scorer, noise))


def scores_alike(run: Run, dataset: Dataset, models: Models) -> bool:
    """Say whether the models score as those did that made a run: its first candidate, once more.

    The same hash is enough. Of another one margins tell: the same weights may be named in another
    way. What the store remembers of these weights counts as theirs; it does not know under which
    version of a library they scored.
    """
    made_by = run.score_prompts[-1].provenance.checkpoint_sha
    if made_by == models.recommender.checkpoint.sha:
        return True
    item, text = run.candidates[0], run.preferences[len(run.scores) - 1].written.text
    cover = shown_covers(dataset, [item], models, run.variant).get(item.item_id)
    scorer = MaskedScorer(models.recommender, dataset.noun, models.order)
    (margin,) = scorer.margins([Masked(text, item, cover)])
    shown = next(score.margin for score in run.scores[-1] if score.item_id == item.item_id)
    return abs(margin - shown) <= ALIKE
