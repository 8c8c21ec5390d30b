"""The tables of docs/results.md: methods, figures, losses, packing and a server."""

from collections.abc import Mapping, Sequence
from statistics import mean
from typing import Any

from core.results import EXPLANATIONS, METHODS, MODALITY_LABELS, Figure, costs

COLUMNS = {
    "auc": "AUC",
    "auc of each": "AUC of each user, mean",
    "hr@5": "HR@5",
    "mrr@5": "MRR@5",
    "ndcg@5": "NDCG@5",
}
COSTS = ("parameters", "seconds a fit")


def figure_table(figures: Sequence[Figure], found: Mapping[str, Any]) -> list[str]:
    """A table of the figures that a file has, of how many, against what was wanted of each."""
    lines = ["| | mean | 95% interval | of | wanted |", "|---|---|---|---|---|"]
    for figure in figures:
        if row := figure.of(found):
            missed = ", missed" if figure.is_reached(row["mean"]) is False else ""
            cells = [figure.label, f"{row['mean']:.3f}", spread(row), str(row.get("count", ""))]
            lines.append(f"| {' | '.join(cells)} | {figure.wanted}{missed} |")
    return lines


def method_table(methods: Mapping[str, Any]) -> str:
    """Every method with its figures and, where it is fitted, what a fit costs."""
    fitted = any(map(costs, methods.values()))
    known = {
        key: label for key, label in COLUMNS.items() if any(key in row for row in methods.values())
    }
    heads = ["method", *known.values(), *(COSTS if fitted else ())]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for name, label in METHODS.items():
        if name in methods:
            row = methods[name]
            cells = [measured(row[key]) if key in row else "" for key in known]
            if fitted:
                cost = costs(row)
                cells += [f"{cost[0]:,}", f"{cost[1]:,.0f}"] if cost else ["", ""]
            shown = f"**{label}**" if name == "mllm-msr" else label
            lines.append(f"| {shown} | {' | '.join(cells)} |")
    return "\n".join(lines)


def by_dataset(methods: Mapping[str, Any]) -> str:
    """The same for each data set, where fitted systems have several: one may hide another."""
    names = list(
        dict.fromkeys(p["dataset"] for row in methods.values() for p in row.get("folds", ()))
    )
    if len(names) < 2 or not any(map(costs, methods.values())):
        return ""
    heads = [f"{COLUMNS[key]}, {name}" for name in names for key in ("auc", "mrr@5")]
    lines = [f"| method | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    for method, label in METHODS.items():
        if method in methods:
            parts = methods[method]["folds"]
            cells = [
                f"{mean(p[key] for p in parts if p['dataset'] == name):.3f}"
                for name in names
                for key in ("auc", "mrr@5")
            ]
            lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n\nBy data set, the mean over its folds:\n\n" + "\n".join(lines)


def explanation_table(found: Mapping[str, Any]) -> str:
    """Faithfulness, what-if, grounding and evolution against what was wanted, and parts."""
    lines = figure_table(EXPLANATIONS, found)
    for part, label in MODALITY_LABELS.items():
        row = found["modalities"][part]
        lines.append(f"| {label} | {row['mean']:.3f} | {spread(row)} | {row.get('count', '')} | |")
    for block, row in found["forgetting"].items():
        label = f"Themes of block 1 still named after block {block}"
        lines.append(f"| {label} | {row['mean']:.3f} | {spread(row)} | {row['count']} | |")
    return "\n".join(lines)


def loss_table(found: Mapping[str, Any]) -> str:
    """The recommender's losses, compared on users of training worlds."""
    lines = ["| loss | steps | users | AUC | HR@5 |", "|---|---|---|---|---|"]
    for name, row in found["losses"].items():
        cells = [measured(row[key]) for key in ("auc", "hr@5")]
        lines.append(f"| {name} | {row['steps']} | {row['users']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def packed(found: Mapping[str, Any]) -> str:
    """What packing makes of the speed of fine-tuning."""
    speeds, rival = found["examples_per_s"], found["rows"][1]
    return (
        f"{speeds['packed']} examples/s packed, {speeds['one by one']} one by one: "
        f"{rival['ratio']}x. Packed they have {found['packed_tokens']} tokens in the place of "
        f"{found['tokens']}, {found['arithmetic_limit']}x fewer; wanted was 1.6x."
    )


def remote_table(found: Mapping[str, Any]) -> str:
    """How far a server's answers are from the engine's."""
    lines = ["| model | rank correlation | largest difference | texts alike |", "|---|---|---|---|"]
    for name, row in found["rows"].items():
        lines.append(
            f"| {name} | {row['spearman']:.4f} of {row['margins']} margins "
            f"| {row['largest_difference']:g} of a spread of {row['spread_here']:g} "
            f"| {row['same_texts']} of {row['texts']} |"
        )
    return "\n".join(lines)


def measured(row: Mapping[str, Any]) -> str:
    """A mean and its interval."""
    return f"{row['mean']:.3f} ({spread(row)})"


def spread(row: Mapping[str, Any]) -> str:
    """An interval."""
    low, high = row["ci95"]
    return f"{low:.3f} to {high:.3f}"
