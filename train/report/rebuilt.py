"""The part of docs/results.md that says what a rebuild took, and what it came to."""

from collections.abc import Iterator, Mapping
from typing import Any

from core.results import STAGES
from core.verdicts import Verdict
from train.report.tables import measured

MOST_S = 4 * 3600  # on two CPU cores
RANKING = {"sample": "AUC, uniform candidates", "sample_hard": "AUC, hard candidates"}


def rebuilt(found: Mapping[str, Any]) -> tuple[str, Verdict] | None:
    """What a rebuild took and came to, beside what is shipped; None before there was one.

    Args:
        found: the result files, see `core.results.read_results`.
    """
    told = found.get("rebuild")
    if not told:
        return None
    about = told["provenance"]
    times = ["| | minutes |", "|---|---|"]
    times += [f"| {name} | {seconds / 60:.0f} |" for name, seconds in told["parts"].items()]
    lines = ["| MLLM-MSR | shipped | rebuilt |", "|---|---|---|", *_figures(told["found"], found)]
    made = (
        f"`{about['command']}` in a fresh clone with an empty TASTELINE_HOME, on {told['machine']}"
        f"{told['beside']}: {hours(told['seconds'])}. {about['date']}, commit "
        f"{about['commit']}, {about['precision']}, torch {about['versions']['torch']}, "
        "[assets/results/rebuild.json](../assets/results/rebuild.json)."
    )
    apart = (
        "The same seeds, rounded in another way, end elsewhere. How far apart two trainings are:"
    )
    text = "\n\n".join([made, "\n".join(times), apart, "\n".join(lines)])
    wanted = f"rebuilt in at most {MOST_S // 3600} hours on two cores"
    return text, Verdict(wanted, told["seconds"] <= MOST_S)


def hours(seconds: float) -> str:
    """A length of time in hours and minutes."""
    whole, minutes = divmod(round(seconds / 60), 60)
    return f"{whole} h {minutes} min"


def _figures(rebuild: Mapping[str, Any], shipped: Mapping[str, Any]) -> Iterator[str]:
    for name, label in RANKING.items():
        if name in rebuild and name in shipped:
            rows = (of[name]["methods"]["mllm-msr"]["auc"] for of in (shipped, rebuild))
            yield f"| {label} | {' | '.join(map(measured, rows))} |"
    for figure in STAGES:
        ours, theirs = (figure.of(of["stages"]["stages"]) for of in (shipped, rebuild))
        if ours and theirs and figure.bar is not None:
            yield f"| {figure.label} | {measured(ours)} | {measured(theirs)} |"
