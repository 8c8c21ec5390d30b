"""How much each part of MLLM-MSR+ says, found on validation users (ours; see `core.fusion`).

What others did next is told by counting, by SASRec or by SASRec with text and image, whichever did
best on validation users: with few users counting does, and of cold items only the last one can
tell. A logistic regression over candidates of validation users finds how much each part says; the
score is their weighed sum, in nats. The same sum without the margin says what that is worth.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from core.fusion import Weights, next_chances, popular
from train.baselines.registry import NEURAL
from train.cases import Bench
from train.fits import fit_seed, fitted_margins
from train.methods import METHODS
from train.metrics import METRICS

SEQUENTIAL = ("co-occurrence", "sasrec", "sasrec-f")
VALIDATED = 150  # validation users that the weights are fitted on

Margins = list[tuple[float, ...]]


def fused_margins(bench: Bench, *, reads: bool) -> tuple[Margins, Weights]:
    """Score the test users of a bench; the weights come from validation users of its fold.

    Args:
        bench: data set and fold.
        reads: whether MLLM-MSR's margin is a part.
    """
    others = bench.of_validation(VALIDATED)
    (others_parts, parts), sequential = parts_of([others, bench], reads=reads)
    weights = fit_weights(others_parts, taken_of(others), sequential)
    return fused(parts, weights), weights


def parts_of(benches: Sequence[Bench], *, reads: bool) -> tuple[list[Mapping[str, Margins]], str]:
    """Each part's value for every candidate of every case.

    Args:
        benches: of one fold; they differ in their cases.
        reads: whether MLLM-MSR's margin is a part.

    Returns:
        The parts, bench by bench, and which system says what others did next: the one whose
        shares, as they enter the sum, have the best AUC on the first bench.
    """
    seed = fit_seed(benches[0].seed)
    tried = {name: _chances(benches, name, seed) for name in SEQUENTIAL}
    sequential = max(tried, key=lambda name: METRICS["auc"](benches[0].scored(tried[name][0])))
    counts, _ = fitted_margins(benches, "popularity", seed)
    parts: list[Mapping[str, Margins]] = [
        {
            **({"margin": METHODS["mllm-msr"](bench)} if reads else {}),
            "next": following,
            "popular": [popular(row) for row in counted],
        }
        for bench, following, counted in zip(benches, tried[sequential], counts, strict=True)
    ]
    return parts, sequential


def _chances(benches: Sequence[Bench], name: str, seed: int) -> list[Margins]:
    """A system's share for each candidate, as the sum takes it, bench by bench."""
    margins, _ = fitted_margins(benches, name, seed)
    return [[next_chances(_spoken(name, row)) for row in rows] for rows in margins]


def _spoken(sequential: str, row: Sequence[float]) -> Sequence[float]:
    """How much others speak for each candidate: alikeness as it is, logits as odds."""
    if sequential not in NEURAL:
        return row
    odds: list[float] = np.exp(np.array(row) - max(row)).tolist()
    return odds


def taken_of(bench: Bench) -> list[list[bool]]:
    """Which candidate came next, case by case."""
    return [[item == case.history.next_item for item in case.candidates] for case in bench.cases]


def fit_weights(
    parts: Mapping[str, Margins], taken: Sequence[Sequence[bool]], sequential: str
) -> Weights:
    """Fit what each part counts, by regularised logistic regression.

    Args:
        parts: by name, of validation users.
        taken: which candidate came next, in the same order.
        sequential: whose part it is.
    """
    table = np.array([[v for row in rows for v in row] for rows in parts.values()]).T
    labels = np.array([label for row in taken for label in row])
    scaler = StandardScaler().fit(table)
    found = LogisticRegression(class_weight="balanced").fit(scaler.transform(table), labels)
    slopes = found.coef_[0] / scaler.scale_
    shift = float(found.intercept_[0] - slopes @ scaler.mean_)
    counts = {name: float(slope) for name, slope in zip(parts, slopes, strict=True)}
    return Weights(counts, shift, sequential)


def fused(parts: Mapping[str, Margins], weights: Weights) -> Margins:
    """The weighed sum of the parts, case by case."""
    cases = zip(*parts.values(), strict=True)
    return [weights.fuse(dict(zip(parts, case, strict=True))) for case in cases]
