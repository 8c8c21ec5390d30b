"""Baselines fitted to the folds under evaluation; a finished fit is remembered on disk."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from core.candidates import draw_candidates
from core.store import readable
from train.baselines.fit import Fitted, Plan
from train.baselines.interactions import Interactions, padded
from train.baselines.registry import NEURAL, Asked, Task, fitted, scores
from train.cases import Bench

VALIDATED = 2000  # validation users that a fit is stopped by
CODE = Path(__file__).parent / "baselines"

Margins = list[tuple[float, ...]]


def fitted_margins(benches: Sequence[Bench], name: str, seed: int) -> tuple[list[Margins], Fitted]:
    """Fit a baseline to a fold's training users and score whoever is asked about.

    Args:
        benches: of one data set and fold; they differ in their cases.
        name: of the baseline.
        seed: of the fit.

    Returns:
        For each bench, one row a case in the order of its candidates; and how the fit went.
    """
    asked = [asked_of(bench) for bench in benches]
    file = benches[0].settings.home / "fits" / f"{_key(benches[0], asked, name, seed)}.npz"
    if not file.exists():
        scorer, how = fitted(name, task_of(benches[0], name, seed))
        found: dict[str, Any] = {"how": json.dumps(asdict(how))}
        found |= {f"margins_{n}": scores(scorer, one).numpy() for n, one in enumerate(asked)}
        file.parent.mkdir(parents=True, exist_ok=True)
        scratch = file.with_suffix(".part.npz")
        np.savez(scratch, **found)
        scratch.replace(file)
    with np.load(file) as kept:
        how = Fitted(**json.loads(str(kept["how"])))
        rows = [kept[f"margins_{n}"] for n in range(len(asked))]
    return [_cut(bench, found) for bench, found in zip(benches, rows, strict=True)], how


def _cut(bench: Bench, rows: np.ndarray) -> Margins:
    """Rows without their padding."""
    counts = (len(case.candidates) for case in bench.cases)
    return [tuple(row[:count].tolist()) for row, count in zip(rows, counts, strict=True)]


def task_of(bench: Bench, name: str, seed: int) -> Task:
    """What may be learnt from on this fold: full sequences of training users alone."""
    known, split = bench.learnable, bench.split
    return Task(
        items=len(known.item_ids),
        sequences=known.numbered([known.sequences[user] for user in split.train]),
        validation=validation_of(known, split.validation[:VALIDATED], bench.cold),
        seed=seed,
        plan=plan_of(bench, name),
        features=bench.features,
        cold=torch.tensor(known.numbered([sorted(bench.cold)])[0], dtype=torch.int64),
    )


def plan_of(bench: Bench, name: str) -> Plan:
    """What `train.tune` found best on this data set; the default where nothing was searched."""
    file = bench.settings.assets / "results" / f"tuning_{bench.dataset.name}.json"
    if not file.exists():
        return Plan()
    best = json.loads(file.read_text("utf-8"))["best"].get(name, {})
    return Plan(**best)


def validation_of(known: Interactions, users: Sequence[str], cold: frozenset[str]) -> Asked:
    """Validation users with candidates of the protocol's seed, the next item first."""
    candidates, catalogue = [], [item for item in known.item_ids if item not in cold]
    users = [user for user in users if len(known.sequences[user]) > 1]
    for user in users:
        *_, last = touched = known.sequences[user]
        drawn = draw_candidates(last, touched, catalogue, user)
        candidates.append([last, *(item for item in drawn if item != last)])
    histories = [readable(known.sequences[user])[:-1] for user in users]
    return Asked(padded(known.numbered(histories)), torch.tensor(known.numbered(candidates)))


def asked_of(bench: Bench) -> Asked:
    """The test users of a bench; where some have fewer candidates, their rows are padded."""
    numbered = bench.interactions.numbered
    histories = [[item.item_id for item in case.history.items] for case in bench.cases]
    candidates = [[item.item_id for item in case.candidates] for case in bench.cases]
    return Asked(
        padded(numbered(histories)), padded(numbered(candidates), max(map(len, candidates)))
    )


def _key(bench: Bench, asked: Sequence[Asked], name: str, seed: int) -> str:
    """SHA-256 over everything that a fit and its scores depend on."""
    digest = hashlib.sha256()
    for file in sorted(CODE.glob("*.py")):
        digest.update(file.read_bytes())
    known = bench.interactions
    users = (bench.split.train, bench.split.validation)
    parts = [
        name,
        seed,
        asdict(plan_of(bench, name)),
        users,
        torch.__version__,
        known.item_ids,
        known.sequences,
    ]
    digest.update(json.dumps([*parts, sorted(bench.cold)]).encode())
    for one in asked:
        digest.update(one.histories.numpy().tobytes() + one.candidates.numpy().tobytes())
    if name in NEURAL and NEURAL[name].reads:
        for values in bench.features().values():
            digest.update(values.numpy().tobytes())
    return digest.hexdigest()
