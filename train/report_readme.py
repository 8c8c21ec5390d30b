"""The README's table of scores, out of the same files as docs/results.md."""

from collections.abc import Mapping
from typing import Any

from core.errors import MsrError
from core.results import METHODS

TABLES = {  # file: what its row is called
    "sample_many": "the sample",
    "cold_sample": "the sample, items that nothing has learnt from",
    "fold0_posters": "films of MovieLens with their posters",
    "fold0_microlens-50k": "MicroLens-50k, without covers",
}
OURS = ("mllm-msr+", "mllm-msr")
VARIANTS = ("oracle", "direct", "text-only", "no-image-summary", "zero-shot")
START, END = "<!-- by python -m train.report -->\n", "<!-- end -->"


def with_scores(readme: str, found: Mapping[str, Any]) -> str:
    """The README with its table as the result files have it.

    Args:
        readme: with the marks that the table stands between.
        found: result files by name.

    Raises:
        MsrError: if a mark is missing.
    """
    before, start, rest = readme.partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        raise MsrError(f"README.md lacks {START.strip()} or {END}, between which its scores stand.")
    return f"{before}{start}{_scores(found)}\n{end}{after}"


def _scores(found: Mapping[str, Any]) -> str:
    lines = [
        "| AUC | users | MLLM-MSR+ | MLLM-MSR | the best other system |",
        "|---|---|---|---|---|",
    ]
    for name, title in TABLES.items():
        if name in found:
            methods = found[name]["methods"]
            users = sum(found[name]["protocol"]["test_users"].values())
            others = [one for one in methods if one not in {*OURS, *VARIANTS}]
            best = max(others, key=lambda one: methods[one]["auc"]["mean"], default=None)
            ours = " | ".join(_auc(methods.get(one)) for one in OURS)
            other = f"{METHODS[best]} {_auc(methods[best])}" if best else ""
            lines.append(f"| {title} | {users:,} | {ours} | {other} |")
    return "\n".join(lines)


def _auc(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return ""
    low, high = row["auc"]["ci95"]
    return f"{row['auc']['mean']:.3f} ({low:.3f} to {high:.3f})"
