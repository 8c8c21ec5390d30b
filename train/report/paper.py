"""The part of docs/results.md that puts our figures beside the paper's."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.paper_tables import CONTENT, FIGURES, Beside, table_1, table_3
from core.results import PEERS
from train.report import notes
from train.report.tables import measured


def beside_the_paper(found: Mapping[str, Any]) -> str:
    """Tables 1 and 3, the paper's figures and ours; empty before anything was measured.

    Args:
        found: the result files, see `core.results.read_results`.
    """
    paper = found.get("paper")
    if not paper:
        return ""
    parts = [_table(name, FIGURES, rows) for name, rows in table_3(found).items()]
    if rows := table_1(found):
        parts.append(_table("AUC of GRU4Rec that reads", CONTENT, rows))
    if not parts:
        return ""
    printed = "\n".join(f"- {note}" for note in paper["notes"])
    return "\n\n".join([f"{paper['paper']}.", *parts, f"{printed}\n{notes.PAPER}"])


def beside_a_public_one(found: Mapping[str, Any]) -> str:
    """Our SASRec and a public one on the same split; empty before it was measured."""
    peer = found.get("peer")
    if not peer:
        return ""
    about = peer["provenance"]
    versions = ", ".join(f"{name} {version}" for name, version in about["public"].items())
    lines = ["| | AUC | HR@5 | MRR@5 |", "|---|---|---|---|"]
    for name, label in PEERS.items():
        cells = [measured(peer["rows"][name][key]) for key in FIGURES]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    cells = [measured(peer["ours_above"][key]) for key in FIGURES]
    lines.append(f"| ours above, paired | {' | '.join(cells)} |")
    mine, theirs = peer["epochs"]["sasrec"], peer["epochs"]["rectools"]
    return (
        f"{peer['test_users']:,} test users of "
        f"{peer['dataset']}; {mine} epochs of ours, {theirs} of theirs; {versions}. "
        f"{about['date']}, [assets/results/peer.json](../assets/results/peer.json):\n"
        f"`{about['command']}`\n\n" + "\n".join(lines) + f"\n\n{notes.PEER}"
    )


def _table(head: str, columns: Mapping[str, str], rows: Sequence[Beside]) -> str:
    heads = [f"{label}, {whose}" for label in columns.values() for whose in ("paper", "ours")]
    lines = [f"| {head} | {' | '.join(heads)} | ours on |", "|---" * (len(heads) + 2) + "|"]
    for row in rows:
        cells = []
        for key in columns:
            cells.append(f"{row.printed[key]:.3f}" if key in row.printed else "")
            cells.append(measured(row.measured[key]) if key in row.measured else "")
        lines.append(f"| {row.label} | {' | '.join(cells)} | {row.on} |")
    return "\n".join(lines)
