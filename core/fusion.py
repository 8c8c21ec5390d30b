"""MLLM-MSR+ (ours): the recommender's margin, what others did next and popularity in one score.

Each knows something that the others do not: what the user likes, what people with such a history
did next, and what is taken at all. `train.fusion` fits what each counts; this adds them up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, log1p
from typing import Any

from core.errors import MsrError
from core.records import Run
from core.results import EARLIER
from core.rivals import FUSED, Answer, System, counted
from core.store import Store

PARTS: Mapping[str, str] = {
    "margin": "what you like",
    "next": "what people like you did next",
    "popular": "what is popular",
}
FLOOR = 1e-3  # of a share: what nobody did before is unlikely, not impossible
LIVE: System = "co-occurrence"  # the sequential part that can be counted while somebody waits


@dataclass(frozen=True, slots=True)
class Weights:
    """How the parts make one score.

    Attributes:
        parts: what each counts, in nats for a unit of it.
        shift: added to all, in nats.
        sequential: which system says what others did next.
    """

    parts: Mapping[str, float]
    shift: float
    sequential: str

    def fuse(self, values: Mapping[str, Sequence[float]]) -> tuple[float, ...]:
        """The score of every candidate, in nats, from every part's values of them."""
        weighed = [
            [weight * value for value in values[name]] for name, weight in self.parts.items()
        ]
        return tuple(self.shift + sum(column) for column in zip(*weighed, strict=True))

    def share(self, values: Mapping[str, Sequence[float]]) -> dict[str, tuple[float, ...]]:
        """What each part adds to a candidate's score against the mean candidate, in nats."""
        shares = {}
        for name, weight in self.parts.items():
            mean = sum(values[name]) / len(values[name])
            shares[name] = tuple(weight * (value - mean) for value in values[name])
        return shares


def next_chances(values: Sequence[float]) -> tuple[float, ...]:
    """What others did next as a part of a score: the logarithm of a candidate's share of it.

    Args:
        values: how much others speak for each candidate, 0 or more.
    """
    total = sum(values) or 1.0
    return tuple(log(value / total + FLOOR) for value in values)


def popular(counts: Sequence[float]) -> tuple[float, ...]:
    """Popularity as a part of a score: the logarithm of one more than how many others took it."""
    return tuple(log1p(count) for count in counts)


def measured_weights(results: Mapping[str, Any], profile: str) -> dict[str, Weights]:
    """The weights that an evaluation of fold 0 fitted to the margins of what is shipped.

    Args:
        results: as `core.results.read_results` reads them.
        profile: whose margins are to be weighed.

    Returns:
        By data set, those that were evaluated with the same models.
    """
    found: dict[str, Weights] = {}
    for name, result in results.items():
        row = result.get("methods", {}).get(FUSED) if name.startswith("fold0_") else None
        if not row or EARLIER in result:
            continue
        about = result["protocol"]
        if about["profile"] == profile and about["weights"] == about.get("shipped"):
            found |= {part["dataset"]: Weights(**part["weights"]) for part in row["folds"]}
    return found


def servable(weights: Weights | None, dataset: str) -> Weights:
    """Weights that can be used while somebody waits.

    Args:
        weights: of a data set; None if none were fitted.
        dataset: its name.

    Raises:
        MsrError: without weights, or with such as ask for a sequence model.
    """
    if weights is None:
        raise MsrError(
            f"The parts of MLLM-MSR+ are not weighed on {dataset!r} for the models that answer "
            "here; compare with what they are the parts of."
        )
    if weights.sequential != LIVE:
        raise MsrError(
            f"On {dataset!r} MLLM-MSR+ takes what others did next from {weights.sequential}, "
            "which is fitted by `make table3` and not served here."
        )
    return weights


def fused_answer(store: Store, run: Run, own: Answer, weights: Weights) -> Answer:
    """MLLM-MSR+ from an answer of MLLM-MSR and what others took.

    Args:
        store: where the interactions of others are.
        run: whose user and candidates are asked about.
        own: what MLLM-MSR answered.
        weights: of its data set, see `servable`.
    """
    values = {
        "margin": own.values,
        "next": next_chances(counted(LIVE, store, run).values),
        "popular": popular(counted("popularity", store, run).values),
    }
    return Answer(FUSED, own.preference, weights.fuse(values), weights.share(values))
