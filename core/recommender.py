"""Stage 3, the recommender: would this user take that item next? (equation 1, figure 3)."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core import prompts
from core.covers import Cover
from core.language_model import YesNoScorer
from core.prompts import PromptOrder
from core.records import Item, Provenance, Run, Score, ScorePrompt


def score_candidates(
    preference: str,
    candidates: Sequence[Item],
    covers: Mapping[str, Cover],
    noun: str,
    model: YesNoScorer,
    order: PromptOrder,
) -> tuple[tuple[Score, ...], ScorePrompt]:
    """Score every candidate under one preference.

    Args:
        preference: text of the preference.
        candidates: the items to score.
        covers: item id -> picture, for the candidates whose picture the model is to see.
        noun: ``video`` or ``product``.
        model: the recommender.
        order: of the prompt; a property of the checkpoint.

    Returns:
        Scores in the order of `candidates`, P(yes) = p(yes) / (p(yes) + p(no)) (equation 1),
        which is sigmoid(margin); and what was asked.
    """
    asked = [
        prompts.recommend(preference, item, covers.get(item.item_id), noun, order)
        for item in candidates
    ]
    answers = model.margins(asked)
    ranks = rank_margins([answer.margin for answer in answers])
    scores = tuple(
        Score(item.item_id, answer.margin, p_yes(answer.margin), answer.label_mass, rank)
        for item, answer, rank in zip(candidates, answers, ranks, strict=True)
    )
    provenance = Provenance(
        checkpoint=model.checkpoint.name,
        checkpoint_sha=model.checkpoint.sha,
        prompt_version=asked[0].version,
        decoding="margin of the first answer token",
        seed=0,
        tokens=sum(answer.tokens for answer in answers),
        milliseconds=round(sum(answer.milliseconds for answer in answers), 1),
    )
    return scores, ScorePrompt(asked[0].shown, provenance)


def ranked(run: Run, scores: Iterable[Score]) -> list[dict[str, Any]]:
    """Scores of a run as rows by rank, as commands, files and programs are given them."""
    titles = {item.item_id: item.title for item in run.candidates}
    return [
        {
            "item_id": score.item_id,
            "title": titles[score.item_id],
            "margin": score.margin,
            "p_yes": score.p_yes,
            "rank": score.rank,
            "is_next": score.item_id == run.next_item_id,
        }
        for score in sorted(scores, key=lambda score: (score.rank, score.item_id))
    ]


def p_yes(margin: float) -> float:
    """Sigmoid of a margin, without overflow for large negative ones."""
    if margin >= 0:
        return 1 / (1 + math.exp(-margin))
    return math.exp(margin) / (1 + math.exp(margin))


def rank_margins(margins: Sequence[float]) -> tuple[int, ...]:
    """Rank margins from 1 (highest); equal ones all take the worst rank among them.

    A tie so counts against every item in it, the true next one included.
    """
    return tuple(sum(other >= margin for other in margins) for margin in margins)
