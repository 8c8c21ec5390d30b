"""Baselines fitted to the folds under evaluation; a finished fit is remembered on disk."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch

from core.candidates import draw_candidates
from core.errors import DataError
from core.files import whole
from core.store import HISTORY_LIMIT, readable
from train.baselines.fit import Fitted, Plan
from train.baselines.interactions import Interactions, padded
from train.baselines.registry import (
    COUNTED,
    NEURAL,
    Asked,
    Scorer,
    Task,
    fitted,
    restored,
    scores,
)
from train.baselines.sequential import NextItemModel
from train.cases import Bench

VALIDATED = 2000  # validation users that a fit is stopped by
MOST_REPEATS = 10  # fits of one baseline on one fold
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
    scorer, how = _remembered(benches[0], name, seed)
    return [_cut(bench, scores(scorer, asked_of(bench)).numpy()) for bench in benches], how


def fit_seed(seed: int, repeat: int = 0) -> int:
    """The seed of a fit, another one for every seed of candidates and every repetition."""
    return seed * MOST_REPEATS + repeat


def _remembered(bench: Bench, name: str, seed: int) -> tuple[Scorer, Fitted]:
    """A fit out of the cache, or a new one that goes there; what only counts is counted anew."""
    task = task_of(bench, name, seed)
    if name in COUNTED:
        return fitted(name, task)
    file = bench.settings.home / "fits" / f"{_key(task, name)}.pt"
    if (kept := _read(file)) is None:
        scorer, how = fitted(name, task)
        kept = {"how": asdict(how), "state": cast(NextItemModel, scorer).state_dict()}
        with whole(file) as partial:
            torch.save(kept, partial)
    return restored(name, task, kept["state"]), Fitted(**kept["how"])


def _read(file: Path) -> dict[str, Any] | None:
    """A kept fit; None where there is none, or one that was damaged: it is made anew."""
    try:
        kept: dict[str, Any] = torch.load(file, weights_only=True)
        return kept if {"how", "state"} <= set(kept) else None
    except Exception:  # torch has one for every way in which a file can be damaged
        return None


def _cut(bench: Bench, rows: np.ndarray) -> Margins:
    """Rows without their padding."""
    counts = (len(case.candidates) for case in bench.cases)
    return [tuple(row[:count].tolist()) for row, count in zip(rows, counts, strict=True)]


def task_of(bench: Bench, name: str, seed: int) -> Task:
    """What may be learnt from on this fold: sequences of training users alone.

    They are whole; a model of sequences learns from the end of each, see `registry.fitted`.
    """
    known, split = bench.learnable, bench.split
    taken = [known.sequences[user] for user in split.train]
    return Task(
        items=len(known.item_ids),
        # without the cold items some users have nothing left that follows on anything
        sequences=known.numbered([items for items in taken if len(items) > 1]),
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
    """Validation users with candidates of the protocol's seed, the next item first.

    Raises:
        DataError: if there is none.
    """
    candidates, catalogue = [], [item for item in known.item_ids if item not in cold]
    users = [user for user in users if len(known.sequences[user]) > 1]
    if not users:
        raise DataError(
            f"{known.dataset!r} has no validation user with two items, so that no fit would know "
            "when to stop; give it more users."
        )
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


def code_hash() -> str:
    """SHA-256 over what fits are made by."""
    files = sorted(CODE.glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _key(task: Task, name: str) -> str:
    """SHA-256 over everything that a fit depends on."""
    digest = hashlib.sha256(code_hash().encode())
    plan = [task.seed, asdict(task.plan), torch.__version__, HISTORY_LIMIT]
    parts = [name, *plan, task.items, task.sequences]
    digest.update(json.dumps(parts).encode())
    known = [task.validation.histories, task.validation.candidates, task.cold]
    for values in [*known, *task.features(NEURAL[name].reads).values()]:
        digest.update(values.numpy().tobytes())
    return digest.hexdigest()
