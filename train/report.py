"""`python -m train.report`: docs/results.md out of the files in assets/results."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from core.settings import REPOSITORY

METHODS = {
    "oracle": "oracle (planted taste)",
    "mllm-msr": "**MLLM-MSR**, embedded",
    "direct": "direct: the whole history in one prompt (figure 4)",
    "no-image-summary": "no image summaries; the recommender still sees (figure 4)",
    "text-only": "text only, everywhere",
    "zero-shot": "zero-shot: no adapter for users and scores",
    "popularity": "popularity",
    "random": "random",
}
BARS = {
    ("descriptions", "motif"): ("the cover's motif is named", 0.90),
    ("descriptions", "drawing"): ("the very drawing is named", None),
    ("descriptions", "style"): ("the cover's style is named", 0.90),
    ("descriptions", "fused_theme"): ("theme in the fused summary", None),
    ("descriptions", "fused_style"): ("style in the fused summary", None),
    ("mllm-msr", "theme_f1"): ("theme F1 of the preference, mean over blocks", 0.85),
    ("zero-shot", "theme_f1"): ("the same, zero-shot", None),
    ("mllm-msr", "style"): ("style of the preference, mean over blocks", None),
    ("mllm-msr", "drift_named"): ("drift named within one block", 0.85),
    ("mllm-msr", "drift_liked"): ("drift named as a liking within one block", None),
    ("mllm-msr", "faded_dropped"): ("faded theme gone at the end", None),
}


AUC_WANTED = {"sample": 0.92, "sample_hard": 0.80}


def main(argv: Sequence[str] | None = None) -> int:
    """Write the page."""
    parser = argparse.ArgumentParser(prog="python -m train.report", description=__doc__)
    parser.add_argument("--out", type=Path, default=REPOSITORY / "docs" / "results.md")
    arguments = parser.parse_args(argv)
    arguments.out.write_text(page(REPOSITORY / "assets" / "results"), "utf-8")
    return 0


def page(results: Path) -> str:
    """The page as Markdown, from the files there are."""
    parts = [_INTRODUCTION]
    for name, title in (
        ("stages", "Each stage against the planted truth"),
        ("sample", "Candidates drawn uniformly"),
        ("sample_hard", "Hard candidates"),
    ):
        file = results / f"{name}.json"
        if file.exists():
            found = json.loads(file.read_text("utf-8"))
            table = (
                _stages(found["stages"])
                if name == "stages"
                else _methods(found["methods"]) + _wanted(found["methods"], AUC_WANTED[name])
            )
            parts.append(f"## {title}\n\n{_source(found, file)}\n\n{table}")
    file = results / "bench_finetune.json"
    if file.exists():
        parts.append(_packing(json.loads(file.read_text("utf-8")), file))
    return "\n\n".join([*parts, _LIMITS])


def _source(found: Mapping[str, Any], file: Path) -> str:
    users = found["protocol"]["test_users"]
    people = ", ".join(f"{count} of {name}" for name, count in users.items())
    link = f"[assets/results/{file.name}](../assets/results/{file.name})"
    return (
        f"Held-out users: {people}. Candidate seed {found['protocol']['candidate_seed']}. "
        f"{found['provenance']['date']}, {link}:\n`{found['provenance']['command']}`"
    )


def _stages(stages: Mapping[str, Any]) -> str:
    lines = ["| | mean | 95% interval | wanted |", "|---|---|---|---|"]
    for (part, name), (label, bar) in BARS.items():
        row = stages[part][name]
        wanted = "" if bar is None else f"{bar:.2f}{'' if row['mean'] >= bar else ', missed'}"
        lines.append(f"| {label} | {row['mean']:.3f} | {_interval(row)} | {wanted} |")
    return "\n".join(lines)


def _methods(methods: Mapping[str, Any]) -> str:
    lines = ["| method | AUC | HR@5 | MRR@5 | NDCG@5 |", "|---|---|---|---|---|"]
    for name, label in METHODS.items():
        if name in methods:
            cells = [
                f"{methods[name][m]['mean']:.3f} ({_interval(methods[name][m])})"
                for m in ("auc", "hr@5", "mrr@5", "ndcg@5")
            ]
            lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _wanted(methods: Mapping[str, Any], bar: float) -> str:
    """A line that says whether the method's AUC is what was wanted."""
    if "mllm-msr" not in methods:
        return ""
    verdict = "reached" if methods["mllm-msr"]["auc"]["mean"] >= bar else "missed"
    return f"\n\nWanted of MLLM-MSR: AUC {bar:.2f}; {verdict}."


def _packing(found: Mapping[str, Any], file: Path) -> str:
    rival = found["rows"][1]
    return (
        "## Four candidates packed behind one prefix\n\n"
        f"[assets/results/{file.name}](../assets/results/{file.name}): "
        f"{found['examples_per_s']['packed']} examples/s packed, "
        f"{found['examples_per_s']['one by one']} one by one: {rival['ratio']}x. The arithmetic "
        f"limit is {found['arithmetic_limit']}x ({found['shared_tokens']} of "
        f"{found['tokens'] // 4} tokens are shared); wanted was 1.6x."
    )


def _interval(row: Mapping[str, Any]) -> str:
    low, high = row["ci95"]
    return f"{low:.3f} to {high:.3f}"


_INTRODUCTION = """# Results

Written by `python -m train.report` from the files it names; no figure here is typed by hand. The
protocol: a user's last item among 20 negatives, a tie counts against it, users split by seed,
intervals by bootstrap over users. The models have seen nothing of the sample: no picture, no title,
no user."""

_LIMITS = """## What these figures do and do not say

- A theme counts as liked if its words stand in a sentence that speaks of neither a whim nor a thing
  of the past; the truth after a block is the taste behind it, less what no item has shown yet.
- A drift counts as named if the new theme or style stands in the preference of its block or of the
  next one, as a liking or as something recent; the row below it counts likings only.
- A careful reader with perfect eyes (`train/taste.py`) is the ceiling of the preferences: whims and
  likings look alike in a first block.
- Zero-shot rows read the same item summaries; without them the published model would be blind.
- The sample is drawn and simulated. Themes and styles are all there is to know, and the models were
  trained on worlds of the same generator.
"""


if __name__ == "__main__":
    sys.exit(main())
