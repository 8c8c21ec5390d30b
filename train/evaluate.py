"""`python -m train.evaluate`: every method by one protocol; `stages`, `explanations`: their checks.

Test users are those of fold 0, or of the first K folds; all methods score the same candidates.
Every model output is remembered in the store, so a killed run goes on where it was.
"""

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from random import Random
from typing import Any

from core.candidates import NEGATIVES
from core.datasets.sources import SAMPLE, ensure_sample
from core.errors import MsrError
from core.mllm_msr import Models
from core.models import load_models
from core.settings import Settings
from core.store import Store
from train import metrics
from train.explanations import check_explanations
from train.hard import hard_candidates
from train.methods import METHODS, Bench, Case, count_popularity
from train.metrics import METRICS, Scored, scored_case
from train.splits import FOLDS, SEED, split_users
from train.stages import check_stages

CHECKS: dict[str, Callable[[Sequence[Bench], int], dict[str, Any]]] = {
    "stages": lambda benches, seed: {"stages": check_stages(benches, seed)},
    "explanations": check_explanations,
}
OURS = "mllm-msr"  # methods named after it are compared with it, user by user
PACKAGES = ("peft", "scikit-learn", "tasteline", "torch", "transformers")


def main(argv: Sequence[str] | None = None) -> int:
    """Evaluate and write the results."""
    given = list(sys.argv[1:] if argv is None else argv)
    arguments = _parser().parse_args(given)
    try:
        benches = open_benches(arguments)
        about = {"dataset": arguments.dataset, "protocol": _protocol(arguments, benches)}
        provenance = {
            "command": " ".join(["python -m train.evaluate", *given]),
            "date": datetime.now(UTC).date().isoformat(),
            "seed": arguments.seed,
            "versions": {name: version(name) for name in PACKAGES},
        }
        if arguments.what in CHECKS:
            found = CHECKS[arguments.what](benches, arguments.seed)
            write(arguments.out, about | found | {"provenance": provenance})
            return 0
        scored: dict[str, list[Scored]] = {}
        for method in known_methods(arguments.methods):
            row, scored[method] = evaluate(benches, method, arguments.seed)
            row["provenance"] = provenance
            if OURS in scored and method != OURS:
                row["behind"] = {
                    name: metrics.difference_with_interval(
                        metric, scored[OURS], scored[method], arguments.seed
                    )
                    for name, metric in METRICS.items()
                }
            write(arguments.out, about | {"methods": {method: row}})
            auc = row["auc"]
            print(f"{method}: AUC {auc['mean']} {auc['ci95']}", file=sys.stderr, flush=True)
    except MsrError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def open_benches(arguments: argparse.Namespace) -> list[Bench]:
    """One bench a data set and fold, with its share of the test users."""
    settings = Settings.from_environment()
    store = Store(settings.database_url)
    ensure_sample(store, settings.assets)
    names = arguments.dataset.split(",")
    datasets = {name: store.dataset(name) for name in names}
    people = {name: store.user_ids(name, shortest=3) for name in names}
    splits = {
        name: [split_users(people[name], fold) for fold in range(arguments.folds)] for name in names
    }
    test = {name: [user for split in splits[name] for user in split.test] for name in names}
    if arguments.users:
        shares = shared_out(arguments.users, [len(users) for users in test.values()])
        for (name, users), share in zip(test.items(), shares, strict=True):
            test[name] = Random(f"{SEED}/{name}/test").sample(sorted(users), share)
    tuned, base = _loaders(settings, store, arguments)
    benches = []
    for name in names:
        asked = set(test[name])
        for fold, split in enumerate(splits[name]):
            cases = [_case(store, name, user, arguments) for user in split.test if user in asked]
            if not cases:
                continue
            learnt = [*split.train, *split.validation]
            popularity = count_popularity(store, name, learnt)
            benches.append(
                Bench(store, datasets[name], fold, cases, popularity, tuned, base, arguments.seed)
            )
    return benches


def shared_out(total: int, available: Sequence[int]) -> list[int]:
    """Part a number as evenly as what is available allows, at most all of it."""
    shares = [0] * len(available)
    for done, part in enumerate(sorted(range(len(available)), key=available.__getitem__)):
        shares[part] = min(available[part], (total - sum(shares)) // (len(available) - done))
    return shares


def _case(store: Store, name: str, user: str, arguments: argparse.Namespace) -> Case:
    history = store.history(name, user)
    if arguments.hard:
        return Case(history, hard_candidates(store, history, arguments.seed))
    return Case(history, store.candidates(history, seed=arguments.seed))


def _loaders(
    settings: Settings, store: Store, arguments: argparse.Namespace
) -> tuple[Callable[[], Models], Callable[[], Models]]:
    def say(note: str) -> None:
        print(note, file=sys.stderr, flush=True)

    load = partial(load_models, settings, store, say, arguments.profile)
    return (
        cache(lambda: load(recommender=arguments.recommender)),
        cache(lambda: load(adapters=False)),
    )


def known_methods(names: str) -> list[str]:
    """Methods out of a comma-separated list.

    Raises:
        MsrError: for an unknown one.
    """
    methods = names.split(",")
    unknown = [method for method in methods if method not in METHODS]
    if unknown:
        raise MsrError(f"There is no method {unknown[0]!r}; choose of {', '.join(METHODS)}.")
    return methods


def evaluate(
    benches: Sequence[Bench], method: str, seed: int
) -> tuple[dict[str, Any], list[Scored]]:
    """Score every data set's cases with one method; sum up, and return every user's scores."""
    started = time.perf_counter()
    parts = []
    for bench in benches:
        margins = METHODS[method](bench)
        parts.append(
            [
                scored_case(
                    case.history.next_item.item_id, [item.item_id for item in case.candidates], row
                )
                for case, row in zip(bench.cases, margins, strict=True)
            ]
        )
    scored = [user for part in parts for user in part]
    row: dict[str, Any] = {
        name: metrics.with_interval(metric, scored, seed) for name, metric in METRICS.items()
    }
    row["folds"] = [
        {
            "dataset": bench.dataset.name,
            "fold": bench.fold,
            **{key: round(metric(part), 4) for key, metric in METRICS.items()},
        }
        for bench, part in zip(benches, parts, strict=True)
    ]
    row["seconds"] = round(time.perf_counter() - started, 1)
    return row, scored


def _protocol(arguments: argparse.Namespace, benches: Sequence[Bench]) -> dict[str, Any]:
    return {
        "test_users": {
            name: sum(len(bench.cases) for bench in benches if bench.dataset.name == name)
            for name in arguments.dataset.split(",")
        },
        "folds": arguments.folds,
        "split_seed": SEED,
        "candidate_seed": arguments.seed,
        "negatives": "hard: old taste, right theme in the wrong style"
        if arguments.hard
        else f"{NEGATIVES} uniform",
        "interval": f"95%, bootstrap over users, {metrics.RESAMPLES} resamples",
        "profile": arguments.profile or "embedded",
        "weights": _weights(arguments.recommender),
    }


def _weights(recommender: Path | None) -> str:
    """A short hash of what is shipped and of the recommender asked for: rows of others go."""
    digest = hashlib.sha256()
    for folder in filter(None, (Settings.from_environment().assets / "embedded", recommender)):
        for file in sorted(folder.rglob("*.safetensors")):
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def write(file: Path, result: dict[str, Any]) -> None:
    """Write results whole, or not at all; methods that the file already has are kept."""
    if file.exists():
        known = json.loads(file.read_text("utf-8"))
        if known.get("protocol") == result["protocol"] and "methods" in result:
            result["methods"] = known.get("methods", {}) | result["methods"]
    file.parent.mkdir(parents=True, exist_ok=True)
    scratch = file.with_suffix(".part")
    scratch.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    scratch.replace(file)


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
        "--dataset", required=True, help=f"one or several, with commas: {','.join(SAMPLE)}"
    )
    parser.add_argument("--methods", default="mllm-msr", help=", ".join(METHODS))
    parser.add_argument("--folds", type=int, choices=range(1, FOLDS + 1), default=1, metavar="K")
    parser.add_argument("--seed", type=int, default=SEED, help="of candidates and intervals")
    parser.add_argument("--users", type=int, metavar="N", help="test users in all (default: all)")
    parser.add_argument("--hard", action="store_true", help="hard candidates (sample only)")
    parser.add_argument("--profile", help="default: TASTELINE_PROFILE")
    parser.add_argument(
        "--recommender", type=Path, help="an adapter of train.finetune instead of the shipped one"
    )
    parser.add_argument("--out", type=Path, required=True, help="JSON file to write")
    return parser


if __name__ == "__main__":
    sys.exit(main())
