"""Tables 1 and 3 of the paper, with our figures beside its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.results import EARLIER, METHODS, NOT_OURS

FIGURES = {"auc": "AUC", "hr@5": "HR@5", "mrr@5": "MRR@5"}  # of table 3
DATASETS = {
    "microlens-50k": "MicroLens-50k",
    "video-games": "Amazon Video Games",
    "amazon-baby": "Amazon Baby",
    "sample": "the sample",
    "posters": "films (MovieLens, with posters)",
}
CONTENT = {"gru4rec-summary": "Image summaries", "gru4rec-image": "Image features"}  # of table 1


@dataclass(frozen=True, slots=True)
class Beside:
    """One row of a table.

    Attributes:
        label: of a method, or of a data set.
        printed: the paper's figures, by column; those that it does not print are missing.
        measured: ours with their intervals, the same; empty where nothing was measured.
        on: whose candidates ours have ranked.
    """

    label: str
    printed: Mapping[str, float]
    measured: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    on: str = ""


def table_3(found: Mapping[str, Any]) -> dict[str, list[Beside]]:
    """Methods by data set, those of which a method that the paper has was measured.

    Args:
        found: the result files, see `core.results.read_results`.
    """
    tables = {}
    for dataset, printed in found["paper"]["table_3"].items():
        own = {name: row for name in METHODS if (row := ours(found, dataset, name))}
        if own.keys() & printed.keys():
            tables[DATASETS[dataset]] = [
                Beside(
                    METHODS[name],
                    printed.get(name, {}),
                    {key: own[name][key] for key in FIGURES} if name in own else {},
                    own[name]["on"] if name in own else "",
                )
                for name in METHODS
                if name in printed or name in own
            ]
    return tables


def table_1(found: Mapping[str, Any]) -> list[Beside]:
    """Image summaries against image features, by data set; empty before ours were measured."""
    printed = found["paper"]["table_1"]
    rows, measured = [], False
    for dataset, label in DATASETS.items():
        own = {name: row for name in CONTENT if (row := ours(found, dataset, name))}
        aucs = {name: row["auc"] for name, row in own.items()}
        on = next((row["on"] for row in own.values()), "")
        if own or dataset in printed:
            rows.append(Beside(label, printed.get(dataset, {}), aucs, on))
        measured |= bool(own)
    return rows if measured else []


def ours(found: Mapping[str, Any], dataset: str, method: str) -> Mapping[str, Any] | None:
    """A method's row: over all folds where it was fitted on each, else of fold 0.

    Returns:
        The row, and under ``on`` whose candidates it has ranked.
    """
    for name in (f"table3_{dataset}", f"fold0_{dataset}"):
        row = found.get(name, {}).get("methods", {}).get(method)
        if row:
            protocol = found[name]["protocol"]
            users, folds = sum(protocol["test_users"].values()), protocol["folds"]
            where = f"{folds} folds" if folds > 1 else "fold 0"
            where += (
                ", earlier weights" if EARLIER in found[name] and method not in NOT_OURS else ""
            )
            return {**row, "on": f"{users:,} users, {where}"}
    return None
