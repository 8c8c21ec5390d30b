"""MLLM-MSR+: the recommender's margin, a sequence model and popularity in one score (ours).

Each knows something that the others do not: what the user says to like, what people with such a
history did next, and what is taken at all. A logistic regression over candidates of validation
users finds how much each part says; the score is their calibrated sum, in nats.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from train.cases import Bench
from train.fits import fitted_margins
from train.methods import METHODS

SEQUENTIAL = "sasrec"
VALIDATED = 150  # validation users that the weights are fitted on
PARTS = ("margin", "next", "popular")

Margins = list[tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part counts, in nats for a unit of it, and what is added to all."""

    parts: Mapping[str, float]
    shift: float


def fused_margins(bench: Bench) -> tuple[Margins, Weights]:
    """Score the test users of a bench; the weights come from validation users of its fold."""
    others = bench.of_validation(VALIDATED)
    others_parts, parts = parts_of([others, bench])
    weights = fit_weights(others_parts, taken_of(others))
    return fused(parts, weights), weights


def parts_of(benches: Sequence[Bench]) -> list[Mapping[str, Margins]]:
    """Each part's value for every candidate of every case, for benches of one fold."""
    after, _ = fitted_margins(benches, SEQUENTIAL, benches[0].seed)
    counts, _ = fitted_margins(benches, "popularity", benches[0].seed)
    return [
        {
            "margin": METHODS["mllm-msr"](bench),
            "next": following,
            "popular": [tuple(np.log1p(row).tolist()) for row in counted],
        }
        for bench, following, counted in zip(benches, after, counts, strict=True)
    ]


def taken_of(bench: Bench) -> list[list[bool]]:
    """Which candidate came next, case by case."""
    return [[item == case.history.next_item for item in case.candidates] for case in bench.cases]


def fit_weights(parts: Mapping[str, Margins], taken: Sequence[Sequence[bool]]) -> Weights:
    """Fit what each part counts, by regularised logistic regression.

    Args:
        parts: by name, of validation users.
        taken: which candidate came next, in the same order.
    """
    table = np.array([[v for row in parts[name] for v in row] for name in PARTS]).T
    labels = np.array([label for row in taken for label in row])
    scaler = StandardScaler().fit(table)
    found = LogisticRegression(class_weight="balanced").fit(scaler.transform(table), labels)
    slopes = found.coef_[0] / scaler.scale_
    shift = float(found.intercept_[0] - slopes @ scaler.mean_)
    return Weights({name: float(s) for name, s in zip(PARTS, slopes, strict=True)}, shift)


def fused(parts: Mapping[str, Margins], weights: Weights) -> Margins:
    """The weighted sum of the parts."""
    rows = zip(*(parts[name] for name in PARTS), strict=True)
    counts = [weights.parts[name] for name in PARTS]
    return [
        tuple(
            weights.shift + sum(w * v for w, v in zip(counts, values, strict=True))
            for values in zip(*row, strict=True)
        )
        for row in rows
    ]
