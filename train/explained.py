"""Test users whose scores are explained, and what may be asked about them."""

from dataclasses import dataclass

from core.covers import Cover
from core.masked_scorer import Masked, MaskedScorer
from core.mllm_msr import candidate_covers
from core.records import Item, Preference
from train.cases import Bench, Case
from train.progress import progress


@dataclass(frozen=True, slots=True)
class Explained:
    """One test user whose scores are to be explained.

    Attributes:
        bench: of the user's data set.
        case: history and candidates.
        preferences: one a block, as the models wrote them.
        covers: of the candidates, by item id.
        scorer: measures margins.
        margins: of the candidates under the last preference.
    """

    bench: Bench
    case: Case
    preferences: tuple[Preference, ...]
    covers: dict[str, Cover]
    scorer: MaskedScorer
    margins: tuple[float, ...]

    @property
    def text(self) -> str:
        """The last preference."""
        return self.preferences[-1].written.text

    @property
    def first(self) -> Item:
        """The candidate that is ranked first."""
        return self.case.candidates[self.margins.index(max(self.margins))]

    def rescored(self, preference: str) -> tuple[float, ...]:
        """Margins of all candidates under another preference."""
        return self.scorer.margins(
            [
                Masked(preference, item, self.covers.get(item.item_id))
                for item in self.case.candidates
            ]
        )


def explained_users(bench: Bench) -> list[Explained]:
    """Score every user of a bench under the last preference."""
    models = bench.tuned()
    scorer = MaskedScorer(models.recommender, bench.dataset.noun, models.order)
    found = []
    written = bench.preferences(models)
    pairs = list(zip(bench.cases, written, strict=True))
    for case, preferences in progress(pairs, desc=f"scores of {bench.dataset.name}", unit="user"):
        covers = candidate_covers(bench.dataset, case.candidates)
        asked = [
            Masked(preferences[-1].written.text, item, covers.get(item.item_id))
            for item in case.candidates
        ]
        margins = scorer.margins(asked)
        found.append(Explained(bench, case, preferences, covers, scorer, margins))
    return found
