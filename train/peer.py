"""`python -m train.peer`: our SASRec beside a public one, on the same split.

The public one runs in an environment of its own, see `train/peer_rectools.py`.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from core.commands import command
from core.datasets.sources import ensure_sample
from core.errors import MsrError
from core.settings import Settings
from core.store import HISTORY_LIMIT, Store
from train.arguments import positive
from train.baselines.fit import batch_size
from train.baselines.interactions import padded
from train.cases import Bench, no_models, open_benches
from train.fits import asked_of, fit_seed, fitted_margins, task_of
from train.metrics import METRICS, difference_with_interval, with_interval
from train.result_files import check_out, provenance_of, versions_in, write
from train.splits import SEED

SCRIPT = Path(__file__).with_name("peer_rectools.py")


@command
def main(argv: list[str]) -> None:
    """Fit both on fold 0 and write how they compare."""
    arguments = _parser().parse_args(argv)
    told = ["PYTHON" if _interpreter(word) == arguments.python else word for word in argv]
    check_out(arguments.out, "ours_above")
    public = versions_in(arguments.python, ("rectools", "pytorch-lightning", "torch"))
    settings = Settings.from_environment()
    store = Store(settings.database_url)
    ensure_sample(store, settings.assets)
    bench = open_benches(arguments, settings, store, no_models, no_models)[0]
    (margins,), how = fitted_margins([bench], "sasrec", fit_seed(SEED))
    ours = bench.scored(margins)
    epochs = arguments.epochs or how.epochs
    theirs = bench.scored(public_margins(bench, arguments.python, epochs))
    rows: dict[str, Any] = {
        name: {key: with_interval(metric, [scored], SEED) for key, metric in METRICS.items()}
        for name, scored in (("sasrec", ours), ("rectools", theirs))
    }
    behind = {
        key: difference_with_interval(metric, [ours], [theirs], SEED)
        for key, metric in METRICS.items()
    }
    write(
        arguments.out,
        {
            "dataset": arguments.dataset,
            "test_users": len(ours),
            "epochs": {"sasrec": how.epochs, "rectools": epochs},
            "rows": rows,
            "ours_above": behind,
            "provenance": provenance_of("train.peer", told) | {"public": public},
        },
    )
    print(json.dumps(rows | {"ours_above": behind}, indent=1))


def public_margins(bench: Bench, python: str, epochs: int) -> list[tuple[float, ...]]:
    """Have the public SASRec fitted and asked about the same users and candidates."""
    task, asked = task_of(bench, "sasrec", SEED), asked_of(bench)
    with tempfile.TemporaryDirectory() as scratch:
        split, out = Path(scratch) / "split.npz", Path(scratch) / "scores.npz"
        np.savez(
            split,
            train=padded(task.sequences, HISTORY_LIMIT + 1).numpy(),  # as ours
            histories=asked.histories.numpy(),
            candidates=asked.candidates.numpy(),
        )
        size = batch_size(task.plan, len(task.sequences))
        options = ["--epochs", str(epochs), "--batch", str(size)]
        started = [python, str(SCRIPT), str(split), str(out), *options]
        try:
            subprocess.run(started, check=True, stdout=subprocess.DEVNULL, cwd=scratch)
        except (OSError, subprocess.CalledProcessError) as error:
            raise MsrError(f"The public implementation did not run: {error}") from error
        found = np.load(out)["scores"]
    return [tuple(row.tolist()) for row in found]


def _interpreter(given: str) -> str:
    """Where it is, by name or by path; it is started in another folder."""
    return os.path.abspath(shutil.which(given) or given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m train.peer",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--dataset", default="microlens-50k")
    parser.add_argument(
        "--python", required=True, type=_interpreter, help="interpreter that has RecTools"
    )
    parser.add_argument("--users", type=positive, metavar="N", help="test users (default: all)")
    parser.add_argument(
        "--epochs", type=positive, help="of the public one (default: as many as ours)"
    )
    parser.add_argument("--out", type=Path, required=True, help="JSON file to write")
    parser.set_defaults(folds=1, seed=SEED, negatives="uniform")
    return parser


if __name__ == "__main__":
    sys.exit(main())
