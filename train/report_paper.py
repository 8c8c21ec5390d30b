"""The part of docs/results.md that puts our figures beside the paper's."""

from collections.abc import Mapping
from typing import Any

from core.results import METHODS

FIGURES = {"auc": "AUC", "hr@5": "HR@5", "mrr@5": "MRR@5"}
# Where a recommender was measured before the table that has every system.
ALONE = {"microlens-50k": "microlens"}
DATASETS = {
    "microlens-50k": "MicroLens-50k",
    "video-games": "Amazon Video Games",
    "sample": "the sample",
}


def beside_the_paper(found: Mapping[str, Any]) -> str:
    """Tables 1 and 3, the paper's figures and ours; empty before anything was measured.

    Args:
        found: the result files, see `core.results.read_results`.
    """
    paper = found.get("paper")
    if not paper:
        return ""
    parts = [_table_3(name, rows, found) for name, rows in paper["table_3"].items()]
    parts.append(_table_1(paper["table_1"], found))
    there = [part for part in parts if part]
    if not there:
        return ""
    notes = "\n".join(f"- {note}" for note in paper["notes"])
    return "\n\n".join([f"## Beside the paper\n\n{paper['paper']}.\n\n{notes}", *there])


def beside_a_public_one(found: Mapping[str, Any]) -> str:
    """Our SASRec and a public one on the same split; empty before it was measured."""
    peer = found.get("peer")
    if not peer:
        return ""
    about = peer["provenance"]
    versions = ", ".join(f"{name} {version}" for name, version in about["public"].items())
    labels = {"sasrec": "SASRec, ours", "rectools": "SASRec, RecTools"}
    lines = ["| | AUC | HR@5 | MRR@5 |", "|---|---|---|---|"]
    for name, label in labels.items():
        cells = [_interval(peer["rows"][name][key]) for key in FIGURES]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    cells = [_interval(peer["ours_above"][key]) for key in FIGURES]
    lines.append(f"| ours above, paired | {' | '.join(cells)} |")
    mine, theirs = peer["epochs"]["sasrec"], peer["epochs"]["rectools"]
    return (
        f"## A public SASRec on the same split\n\n{peer['test_users']:,} test users of "
        f"{peer['dataset']}; {mine} epochs of ours, {theirs} of theirs; {versions}. "
        f"{about['date']}, [assets/results/peer.json](../assets/results/peer.json):\n"
        f"`{about['command']}`\n\n" + "\n".join(lines)
    )


def ours(found: Mapping[str, Any], dataset: str, method: str) -> Mapping[str, Any] | None:
    """A method's row: over all folds where it was fitted on each, else of fold 0.

    Returns:
        The row, and under ``on`` whose candidates it has ranked.
    """
    for name in (f"table3_{dataset}", f"fold0_{dataset}", ALONE.get(dataset, "")):
        row = found.get(name, {}).get("methods", {}).get(method)
        if row:
            protocol = found[name]["protocol"]
            users, folds = sum(protocol["test_users"].values()), protocol["folds"]
            where = f"{folds} folds" if folds > 1 else "fold 0"
            return {**row, "on": f"{users:,} users, {where}"}
    return None


def _table_3(dataset: str, printed: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    rows = {name: row for name in METHODS if (row := ours(found, dataset, name))}
    if not set(rows) & set(printed):
        return ""
    heads = [f"{label}, {whose}" for label in FIGURES.values() for whose in ("paper", "ours")]
    lines = [f"| {DATASETS.get(dataset, dataset)} | {' | '.join(heads)} | ours on |"]
    lines.append("|---" * 8 + "|")
    for name in METHODS:
        if name not in printed and name not in rows:
            continue
        cells = []
        for key in FIGURES:
            theirs, row = printed.get(name, {}).get(key), rows.get(name)
            cells.append("" if theirs is None else f"{theirs:.3f}")
            cells.append(_interval(row[key]) if row else "")
        row = rows.get(name)
        lines.append(f"| {METHODS[name]} | {' | '.join(cells)} | {row['on'] if row else ''} |")
    return "\n".join(lines)


def _table_1(printed: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    methods = ("gru4rec-summary", "gru4rec-image")
    lines = [f"| AUC | {' | '.join(METHODS[name] for name in methods)} |", "|---|---|---|"]
    for dataset, row in printed.items():
        cells = [f"{row[name]:.3f}" for name in methods]
        lines.append(f"| {DATASETS.get(dataset, dataset)}, paper | {' | '.join(cells)} |")
    known = len(lines)
    for dataset in (*DATASETS, "posters"):
        rows = [ours(found, dataset, name) for name in methods]
        if all(rows):
            cells = [_interval(row["auc"]) for row in rows if row]
            lines.append(f"| {DATASETS.get(dataset, dataset)}, ours | {' | '.join(cells)} |")
    return "\n".join(lines) if len(lines) > known else ""


def _interval(row: Mapping[str, Any]) -> str:
    low, high = row["ci95"]
    return f"{row['mean']:.3f} ({low:.3f} to {high:.3f})"
