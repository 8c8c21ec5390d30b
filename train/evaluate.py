"""`python -m train.evaluate`: every method by one protocol; `stages`, `explanations`: their checks.

Test users are those of fold 0, or of the first K folds; all methods score the same candidates.
Every model output is remembered in the store, so a killed run goes on where it was.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from core.checkpoints import must_quantize
from core.commands import command
from core.datasets.sources import SAMPLE, ensure_sample
from core.errors import MsrError
from core.fusion import Weights
from core.mllm_msr import Models
from core.models import load_models
from core.profiles import find_profile
from core.results import SUMS, weights_hash
from core.rivals import FUSED
from core.settings import Settings
from core.store import Store
from train import metrics
from train.arguments import count, positive
from train.baselines.fit import Fitted
from train.baselines.registry import BASELINES, NEURAL
from train.cases import NEGATIVE_SETS, Bench, cases_hash, open_benches
from train.explanations import check_explanations
from train.fits import MOST_REPEATS, fit_seed, fitted_margins
from train.fusion import fused_margins
from train.methods import METHODS
from train.metrics import METRICS, Scored
from train.progress import say
from train.result_files import CASES, CONTENT, check_out, provenance_of, write
from train.runs import learnt_with
from train.splits import FOLDS, SEED, content_of, population
from train.stages import check_stages

CHECKS: dict[str, Callable[[Sequence[Bench], int], dict[str, Any]]] = {
    "stages": lambda benches, seed: {"stages": check_stages(benches, seed)},
    "explanations": check_explanations,
}
HOLDS = {"methods": "methods", "stages": "stages", "explanations": "headline"}
"""By what a file of each kind is known."""
KNOWN = (*METHODS, *SUMS, *BASELINES)
OURS = ("mllm-msr", FUSED)
"""Those that stand behind them in --methods are compared with them, user by user."""


@command
def main(argv: list[str]) -> None:
    """Evaluate and write the results."""
    arguments = _parser().parse_args(argv)
    methods = known_methods(arguments.methods)  # told before anything is read
    check_out(arguments.out, HOLDS[arguments.what])
    settings = Settings.from_environment()
    if settings.adapter or settings.user_adapter:  # results are signed with what is named here
        raise MsrError(
            "TASTELINE_ADAPTER and TASTELINE_USER_ADAPTER are for the page; here --recommender "
            "and --user-summarizer take folders."
        )
    store = Store(settings.database_url)
    ensure_sample(store, settings.assets)
    adapters = [*filter(None, (arguments.user_summarizer, arguments.recommender))]
    if arguments.what == "explanations":  # their calibration is of the shipped card
        profile = arguments.profile or settings.profile
        if adapters or profile != "embedded":
            raise MsrError(
                "explanations are of the shipped adapters and the profile embedded: name no other."
            )
    for adapter in adapters:
        refuse_learnt(adapter, arguments, store)
    benches = open_benches(arguments, settings, store, *_loaders(settings, store, arguments))
    about = {
        "dataset": arguments.dataset,
        "protocol": _protocol(arguments, settings, store, benches),
    }
    provenance = provenance_of("train.evaluate", argv) | {"seed": arguments.seed}
    if arguments.what in CHECKS:
        found = CHECKS[arguments.what](benches, arguments.seed)
        write(arguments.out, about | found | {"provenance": provenance})
        return
    scored: dict[str, list[list[Scored]]] = {}
    for method in methods:
        row, scored[method] = evaluate(benches, method, arguments.seed, arguments.seeds)
        row["provenance"] = provenance
        behind = {
            ours: _differences(scored[ours], scored[method], arguments.seed)
            for ours in OURS
            if ours in scored and ours != method
        }
        if behind:
            row["behind"] = behind
        write(arguments.out, about | {"methods": {method: row}})
        auc = row["auc"]
        say(f"{method}: AUC {auc['mean']} {auc['ci95']}")


def _loaders(
    settings: Settings, store: Store, arguments: argparse.Namespace
) -> tuple[Callable[[], Models], Callable[[], Models]]:
    load = partial(load_models, settings, store, say, arguments.profile)
    return (
        cache(
            lambda: load(
                user_summarizer=arguments.user_summarizer, recommender=arguments.recommender
            )
        ),
        cache(lambda: load(adapters=False)),
    )


def known_methods(names: str) -> list[str]:
    """Methods out of a comma-separated list.

    Raises:
        MsrError: for an unknown one.
    """
    methods = names.split(",")
    unknown = [method for method in methods if method not in KNOWN]
    if unknown:
        raise MsrError(f"There is no method {unknown[0]!r}; choose of {', '.join(KNOWN)}.")
    return methods


def refuse_learnt(adapter: Path, arguments: argparse.Namespace, store: Store) -> None:
    """See that an adapter is not tested on users or items that it was fine-tuned on.

    Raises:
        MsrError: if its run says so.
    """
    learnt = learnt_with(adapter)
    name = learnt.get("dataset", "")
    if name not in arguments.dataset.split(","):
        return
    now = {
        "population": population(store.user_ids(name), store.item_ids(name)),
        "content": content_of(store, name),
    }
    if any(learnt.get(key, found) != found for key, found in now.items()):
        raise MsrError(
            f"{adapter} learnt from another {name}: it was prepared anew since, and may have other "
            "test users. Fine-tune on what is there now."
        )
    if arguments.folds > 1:
        raise MsrError(
            f"{adapter} learnt from users of {learnt['dataset']} who are tested in other folds "
            "than the first; leave out --folds."
        )
    if arguments.negatives == "cold" and not learnt.get("cold"):
        raise MsrError(
            f"{adapter} learnt from the cold items of {learnt['dataset']} too; fine-tune one with "
            "`cold = true` in its config."
        )


@dataclass(frozen=True, slots=True)
class Part:
    """What one method said of one bench; a baseline says it once for every seed it is fitted with.

    Attributes:
        bench: data set and fold.
        repeat: which fit, from 0.
        scored: its users, in the order of its cases.
        how: the fit went; None where nothing is fitted.
        weights: of the parts, for the method that has parts.
    """

    bench: Bench
    repeat: int
    scored: list[Scored]
    how: Fitted | None
    weights: Weights | None

    @property
    def row(self) -> dict[str, Any]:
        """The part as it is written."""
        about = {"dataset": self.bench.dataset.name, "fold": self.bench.fold}
        figures = {key: round(metric(self.scored), 4) for key, metric in METRICS.items()}
        if self.weights:
            return about | figures | {"weights": asdict(self.weights)}
        if self.how is None:
            return about | figures
        fitted = {"epochs": self.how.epochs, "seconds": round(self.how.seconds, 1)}
        return about | {"repeat": self.repeat} | figures | fitted


def evaluate(
    benches: Sequence[Bench], method: str, seed: int, repeats: int
) -> tuple[dict[str, Any], list[list[Scored]]]:
    """Score every bench's cases with one method and sum up.

    Fits of one fold with several seeds share users and data: they are averaged, and what their
    mean is sure of is told by the folds, or by the users where there are two folds or less.

    Args:
        benches: data sets and folds.
        method: one of `KNOWN`.
        seed: of fits and intervals.
        repeats: fits of a baseline that learns, each with a seed of its own.

    Returns:
        The method's row, and every user's scores, fit by fit.
    """
    started = time.perf_counter()
    repeats = repeats if method in NEURAL else 1
    parts = [_part(bench, method, repeat, seed) for repeat in range(repeats) for bench in benches]
    row: dict[str, Any]
    folds = dict.fromkeys(part.bench.fold for part in parts)
    if method in BASELINES and len(folds) > 2:
        by_fold = [_users(parts, repeats, fold) for fold in folds]
        row = {
            name: metrics.over_folds([metrics.mean_of(metric, fits) for fits in by_fold])
            for name, metric in METRICS.items()
        }
        row["interval"] = f"95%, corrected t over {len(folds)} folds"
    else:
        fits = _users(parts, repeats)
        row = {name: metrics.with_interval(metric, fits, seed) for name, metric in METRICS.items()}
    row["folds"] = [part.row for part in parts]
    how = [part.how for part in parts if part.how]
    row["seconds"] = round(
        sum(one.seconds for one in how) if how else time.perf_counter() - started, 1
    )
    if how:
        row["parameters"] = how[0].parameters
    return row, _users(parts, repeats)


def _differences(
    ours: Sequence[Sequence[Scored]], theirs: Sequence[Sequence[Scored]], seed: int
) -> dict[str, dict[str, object]]:
    """How far one method is above another, by every metric."""
    return {
        name: metrics.difference_with_interval(metric, ours, theirs, seed)
        for name, metric in METRICS.items()
    }


def _users(parts: Sequence[Part], repeats: int, fold: int | None = None) -> list[list[Scored]]:
    """The users of a fold, or of all, once for every seed."""
    return [
        [
            user
            for part in parts
            if part.repeat == repeat and fold in (None, part.bench.fold)
            for user in part.scored
        ]
        for repeat in range(repeats)
    ]


def _part(bench: Bench, method: str, repeat: int, seed: int) -> Part:
    how: Fitted | None = None
    weights: Weights | None = None
    if method in SUMS:
        margins, weights = fused_margins(bench, reads=method == FUSED)
    elif method in BASELINES:
        (margins,), how = fitted_margins([bench], method, fit_seed(seed, repeat))
    else:
        margins = METHODS[method](bench)
    return Part(bench, repeat, bench.scored(margins), how, weights)


def _protocol(
    arguments: argparse.Namespace, settings: Settings, store: Store, benches: Sequence[Bench]
) -> dict[str, Any]:
    profile = arguments.profile or settings.profile
    rounded = settings.quantize is None and must_quantize(find_profile(profile).gigabytes)
    changed = rounded or not settings.as_shipped
    return {
        "test_users": {
            name: sum(len(bench.cases) for bench in benches if bench.dataset.name == name)
            for name in arguments.dataset.split(",")
        },
        CASES: {
            name: cases_hash([bench for bench in benches if bench.dataset.name == name])
            for name in arguments.dataset.split(",")
        },
        CONTENT: {name: content_of(store, name)[:12] for name in arguments.dataset.split(",")},
        "folds": arguments.folds,
        "split_seed": SEED,
        "candidate_seed": arguments.seed,
        "negatives": NEGATIVE_SETS[arguments.negatives],
        "interval": f"95%, bootstrap over users, {metrics.RESAMPLES} resamples",
        "profile": profile,
        "weights": weights_hash(
            settings.assets / "embedded", arguments.recommender, arguments.user_summarizer
        )
        + (", in 4 bit, with cut pictures or elsewhere" if changed else ""),
        "shipped": weights_hash(settings.assets / "embedded"),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m train.evaluate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "what", nargs="?", choices=["methods", *CHECKS], default="methods", help="what to check"
    )
    parser.add_argument(
        "--dataset",
        required=True,
        help=f"one or several, with commas: {','.join(SAMPLE)}, or prepared ones",
    )
    parser.add_argument("--methods", default="mllm-msr", help=", ".join(KNOWN))
    parser.add_argument("--folds", type=int, choices=range(1, FOLDS + 1), default=1, metavar="K")
    parser.add_argument(
        "--seed", type=count, default=SEED, help="of candidates, fits and intervals"
    )
    parser.add_argument(
        "--seeds",
        type=int,
        choices=range(1, MOST_REPEATS + 1),
        default=1,
        metavar="N",
        help="fits of every baseline that learns, on each fold",
    )
    parser.add_argument(
        "--users", type=positive, metavar="N", help="test users in all (default: all)"
    )
    negatives = parser.add_mutually_exclusive_group()
    for name, text in (("hard", "hard candidates (sample only)"), ("cold", "cold items only")):
        negatives.add_argument(
            f"--{name}", dest="negatives", action="store_const", const=name, help=text
        )
    parser.set_defaults(negatives="uniform")
    parser.add_argument("--profile", help="default: TASTELINE_PROFILE")
    for role in ("user-summarizer", "recommender"):
        parser.add_argument(
            f"--{role}", type=Path, help="an adapter of train.finetune instead of the shipped one"
        )
    parser.add_argument(
        "--note", help="kept with the command: where remembered answers were computed, say"
    )
    parser.add_argument("--out", type=Path, required=True, help="JSON file to write")
    return parser


if __name__ == "__main__":
    sys.exit(main())
