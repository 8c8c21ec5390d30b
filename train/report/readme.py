"""The README's tables, out of the same files as docs/results.md."""

from collections.abc import Callable, Mapping
from typing import Any

from core.errors import MsrError
from core.results import EARLIER, METHODS, OF_EARLIER
from train.report.tables import COLUMNS, measured

TABLES = {  # file: what its row is called
    "sample_many": "the sample",
    "cold_sample": "the sample, items that nothing has learnt from",
    "fold0_posters": "films (MovieLens, with posters)",
    "cold_posters": "films that nothing has learnt from",
    "fold0_microlens-50k": "MicroLens-50k, without covers",
    "cold_microlens-50k": "MicroLens-50k, items that nothing has learnt from",
    "fold0_video-games": "Amazon Video Games, without covers",
}
SCORES = ("auc", "hr@5")
OURS = ("mllm-msr+", "mllm-msr")
VARIANTS = ("oracle", "direct", "text-only", "no-image-summary", "zero-shot")
WANTED_S = {"what-if": 2.5, "why": 2.5}  # by how a row's name starts
END = "<!-- end -->"


def with_tables(readme: str, found: Mapping[str, Any]) -> str:
    """The README with its tables as the result files have them.

    Args:
        readme: with the marks that each table stands between.
        found: result files by name.

    Raises:
        MsrError: if a mark is missing.
    """
    tables: dict[str, Callable[[Mapping[str, Any]], str]] = {
        "scores": lambda results: "\n\n".join(score_table(results, one) for one in SCORES),
        "speed": _speed,
    }
    for name, table in tables.items():
        mark = f"<!-- {name}, by python -m train.report -->\n"
        before, start, rest = readme.partition(mark)
        _, end, after = rest.partition(END)
        if not (start and end):
            raise MsrError(f"README.md lacks {mark.strip()} or {END}, where its {name} stand.")
        readme = f"{before}{start}{table(found)}\n{end}{after}"
    return readme


def score_table(found: Mapping[str, Any], metric: str) -> str:
    """Ours and the best other system by one figure, data set by data set."""
    heads = (COLUMNS[metric], "users", "MLLM-MSR+", "MLLM-MSR", "the best other that was measured")
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for name, title in TABLES.items():
        if name in found:
            methods = found[name]["methods"]
            title += ", earlier weights" if EARLIER in found[name] else ""
            users = sum(found[name]["protocol"]["test_users"].values())
            others = [one for one in methods if one not in {*OURS, *VARIANTS}]
            best = max(others, key=lambda one: methods[one][metric]["mean"], default=None)
            ours = " | ".join(
                measured(methods[one][metric]) if one in methods else "" for one in OURS
            )
            other = (
                f"{METHODS[best].split(':')[0]} {measured(methods[best][metric])}" if best else ""
            )
            lines.append(f"| {title} | {users:,} | {ours} | {other} |")
    return "\n".join(lines)


def _speed(found: Mapping[str, Any]) -> str:
    lines = ["| | median | |", "|---|---|---|"]
    bench = found.get("bench_story")
    if not bench:
        return "\n".join(lines)
    if EARLIER in bench:
        lines = [f"{OF_EARLIER}\n", *lines]
    for row in bench["rows"]:
        lines.append(f"| {row['name']} | {_seconds(row['median_s'])} | {_note(row, bench)} |")
    sizes = bench["sizes"]
    page = (
        f"| page with its data, without Gradio's bundle | {round(sizes['page_bytes'] / 1000)} KB |"
    )
    if "cover_bytes" in sizes:  # a browser was there
        page += f" and {round(sizes['cover_bytes'] / 1000)} KB of covers in the first view"
    lines.append(f"{page} |")
    if "prepare_peak_mb" in sizes:  # as MicroLens was
        lines.append(f"| memory of the MicroLens import | {sizes['prepare_peak_mb']} MB | |")
    return "\n".join(lines)


def _note(row: Mapping[str, Any], bench: Mapping[str, Any]) -> str:
    if row["ratio"]:
        return f"{row['ratio']:.1f}x ours"
    if "(ours)" in row["name"]:
        return (
            f"{bench['over_floor']:.1f}x the time of the bare matrix products; ranks as one by "
            f"one: Kendall's tau {bench['agreement']['kendall_tau']}"
        )
    wanted = [bar for start, bar in WANTED_S.items() if row["name"].startswith(start)]
    return f"wanted: {wanted[0]} s" if wanted else ""


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 0.05 else f"{1000 * seconds:.1f} ms"
