"""`python -m train.tune`: learning rate and dropout of table 3's baselines, on validation users.

Each gets the same: every pair out of two learning rates and three dropouts, one fit a pair with the
same seed, on the training users of fold 0, or so many of them. With --out
assets/results/tuning_NAME.json the best pair is used on that data set from then on.
"""

import argparse
import sys
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path
from typing import Any

from core.commands import command
from core.datasets.sources import ensure_sample
from core.errors import MsrError
from core.settings import Settings
from core.store import Store
from train.arguments import positive
from train.baselines.fit import Plan
from train.baselines.registry import NEURAL, Task, fitted
from train.cases import no_models, open_benches
from train.fits import code_hash, task_of
from train.progress import say
from train.result_files import check_out, provenance_of, write
from train.splits import SEED, content_of, population

LEARNING_RATES = (1e-3, 3e-3)
DROPOUTS = (0.1, 0.3, 0.5)
AS_BEGUN = ("dataset", "users", "plan", "population", "content", "code")
"""What a search that goes on has in common with what was searched before."""
TUNED = [name for name, baseline in NEURAL.items() if baseline.names]  # table 1 is not searched


@command
def main(argv: list[str]) -> None:
    """Search and write the results; a killed search goes on after its last baseline."""
    arguments = _parser().parse_args(argv)
    unknown = set(arguments.methods.split(",")) - set(TUNED)
    if unknown:
        raise MsrError(f"{min(unknown)!r} is not to be tuned; choose of {', '.join(TUNED)}.")
    if "," in arguments.dataset:
        raise MsrError(f"One data set is searched at a time, not {arguments.dataset}.")
    known = check_out(arguments.out, "searched")
    settings = Settings.from_environment()
    store = Store(settings.database_url)
    ensure_sample(store, settings.assets)
    name = arguments.dataset
    bench = open_benches(arguments, settings, store, no_models, no_models)[0]
    about = {
        "dataset": name,
        "users": arguments.learners,
        "plan": asdict(Plan(epochs=arguments.epochs)),
        "population": population(store.user_ids(name), store.item_ids(name)),
        "content": content_of(store, name),
        "code": code_hash(),
        "provenance": provenance_of("train.tune", argv),
    }
    odd = [key for key in AS_BEGUN if known and known.get(key) != about[key]]
    if odd:
        raise MsrError(
            f"{arguments.out} holds a search with {odd[0]} = {known.get(odd[0])!r}, and this one "
            f"has {about[odd[0]]!r}. Name another --out, or remove that file."
        )
    searched, best = known.get("searched", {}), known.get("best", {})
    for method in arguments.methods.split(","):
        if method in searched:
            say(f"{method} is searched: {best[method]}")
            continue
        task = task_of(bench, method, SEED)
        task = replace(task, sequences=task.sequences[: arguments.learners])
        searched[method] = search(method, task, arguments.epochs)
        pair = max(searched[method], key=lambda row: row["validation"])
        best[method] = {key: pair[key] for key in ("learning_rate", "dropout")}
        write(arguments.out, about | {"searched": searched, "best": best})
        say(f"{method}: {best[method]}")


def search(name: str, task: Task, epochs: int) -> list[dict[str, Any]]:
    """Fit a baseline once for every pair; what it reached on validation users, pair by pair."""
    rows = []
    for learning_rate, dropout in product(LEARNING_RATES, DROPOUTS):
        plan = Plan(epochs=epochs, learning_rate=learning_rate, dropout=dropout)
        _, how = fitted(name, replace(task, plan=plan))
        rows.append(
            {
                "learning_rate": learning_rate,
                "dropout": dropout,
                "validation": round(how.validation, 4),
                "epochs": how.epochs,
                "seconds": round(how.seconds, 1),
            }
        )
    return rows


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m train.tune",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--dataset", required=True, help="one data set")
    parser.add_argument("--methods", default=",".join(TUNED), help=", ".join(TUNED))
    parser.add_argument(
        "--users", dest="learners", type=positive, metavar="N", help="training users (default: all)"
    )
    parser.add_argument(
        "--epochs", type=positive, default=15, metavar="N", help="at most, of a fit"
    )
    parser.add_argument("--out", type=Path, required=True, help="JSON file to write")
    parser.set_defaults(users=1, folds=1, seed=SEED, negatives="uniform")
    return parser


if __name__ == "__main__":
    sys.exit(main())
