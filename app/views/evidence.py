"""The evidence page: what was measured, with its intervals, its misses and where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.views.deletion import chart
from app.views.measures import FIGURES, Measure, held, measure
from app.views.paper import beside_the_paper, peers
from app.views.render import render
from app.views.timeline import is_miss, next_rank
from core.recording import Recording
from core.results import (
    EARLIER,
    EXPLANATIONS,
    METHODS,
    MODALITY_LABELS,
    STAGES,
    TABLES,
    commands,
    costs,
)
from core.verdicts import Verdict, shares, verdicts

MOST_MISSES = 6  # on the page
REMOVALS = {"delete": "deleted", "neutral": "made neutral", "stranger": "a stranger’s instead"}
FAITHFULNESS = {
    "comprehensiveness": "Comprehensiveness: margin lost without the first sentences",
    "sufficiency": "Sufficiency: margin the first sentences alone lack, less is better",
    "insertion_auc": "Insertion AUC, nats",
}
SPEEDS = {  # title, and whose seconds those of other ways are divided by
    "bench_story": ("What a step costs", "ours"),
    "bench_finetune": ("What a step of fine-tuning costs", "ours"),
    "bench_paper": ("What the paper’s shapes cost on a GPU, with random weights", "new pictures"),
}
SECTIONS = {
    "stages": "Does it see, and does it follow?",
    "explanations": "Are the explanations true?",
    "probability": "Is P(yes) a probability?",
    "misses": "Where it fails",
    "losses": "Losses of the recommender",
    "paper": "Beside the paper",
    "peer": "Beside a public SASRec on the same split",
    "here": "What is recorded, what is live, what is not here",
}
SIDE, MARGIN = 220, 30  # of the reliability diagram, in its own units


@dataclass(frozen=True, slots=True)
class Table:
    """Methods on the same users and candidates."""

    title: str
    people: str
    rows: tuple[tuple[str, bool, tuple[Measure, ...], tuple[int, float] | None], ...]
    fitted: bool
    verdicts: tuple[Verdict, ...]
    commands: tuple[str, ...]
    file: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A section in the table of contents: how much was wanted there, and how much reached."""

    anchor: str
    title: str
    wanted: int
    reached: int


def evidence(
    results: Mapping[str, Any], recordings: Sequence[Recording], css: str, *, live: bool = True
) -> str:
    """Paint the page from the result files there are; what is not there is not mentioned.

    Args:
        results: as `core.results.read_results` reads them.
        recordings: the recorded runs.
        css: the page's look.
        live: whether there are models behind the page.
    """
    explained = results.get("explanations")
    stages = held(STAGES, results["stages"]["stages"]) if "stages" in results else ()
    explanations = held(EXPLANATIONS, explained) if explained else ()
    tables = [
        table(name, title, results[name]) for name, title in TABLES.items() if name in results
    ]
    low = misses(recordings)
    paper = beside_the_paper(results) if "paper" in results else ()
    peer = results.get("peer")
    speeds = [(*about, name, results[name]) for name, about in SPEEDS.items() if name in results]
    return render(
        "evidence.html",
        contents=[
            *_listed("stages", stages),
            *(entry(t.file, t.title, [v.reached for v in t.verdicts]) for t in tables),
            *_listed("paper", paper, counted=False),
            *_listed("peer", peer or (), counted=False),
            *_listed("explanations", explanations),
            *_listed("probability", explanations, counted=False),
            *_listed("misses", low, counted=False),
            *_listed("losses", results.get("losses", ()), counted=False),
            *(entry(name, title) for title, _, name, _ in speeds),
            entry("here", SECTIONS["here"]),
        ],
        titles=SECTIONS,
        stages=stages,
        stages_source=_commands(results["stages"]) if "stages" in results else (),
        tables=tables,
        shares=shares(
            [
                *(Verdict(one.label, one.reached) for one in (*stages, *explanations)),
                *(verdict for one in tables for verdict in one.verdicts),
            ]
        ),
        earlier={name for name, result in results.items() if EARLIER in result},
        figures=FIGURES,
        paper=paper,
        printed=results.get("paper"),
        peer=peer,
        peers=peers(peer) if peer else (),
        explanations=explanations,
        made_of=part_measures(explained) if explained else (),
        faithfulness=faithfulness(explained) if explained else (),
        explanations_source=_commands(explained) if explained else (),
        deletion=chart(explained["sentences"]["delete"]["curves"]) if explained else None,
        reliability=reliability(explained["calibration"]) if explained else None,
        losses=losses(results["losses"]) if "losses" in results else (),
        losses_source=_commands(results["losses"]) if "losses" in results else (),
        speeds=speeds,
        misses=low,
        css=css,
        live=live,
    )


def _listed(section: str, found: Sequence[Any], *, counted: bool = True) -> tuple[Entry, ...]:
    """The entry of a section that is there."""
    outcomes = [one.reached for one in found] if counted else []
    return (entry(section, SECTIONS[section], outcomes),) if found else ()


def entry(anchor: str, title: str, outcomes: Sequence[bool | None] = ()) -> Entry:
    """A section with what came of each thing wanted there; None where nothing was wanted."""
    held = [outcome for outcome in outcomes if outcome is not None]
    return Entry(anchor, title, len(held), sum(held))


def table(name: str, title: str, found: Mapping[str, Any]) -> Table:
    """One table of methods."""
    users = found["protocol"]["test_users"]
    rows = tuple(
        (
            METHODS[method],
            method == "mllm-msr",
            tuple(measure(label, row[key]) for key, label in FIGURES.items()),
            costs(row),
        )
        for method, row in sorted(
            found["methods"].items(), key=lambda pair: list(METHODS).index(pair[0])
        )
    )
    people = ", ".join(f"{count:,} of {dataset}" for dataset, count in users.items())
    wanted, fitted = verdicts(name, found["methods"]), any(cost for *_, cost in rows)
    return Table(title, people, rows, fitted, wanted, _commands(found), name)


def losses(found: Mapping[str, Any]) -> tuple[tuple[str, int, int, Measure, Measure], ...]:
    """Losses of the recommender: name, steps, users, AUC and HR@5."""
    return tuple(
        (name, r["steps"], r["users"], measure("AUC", r["auc"]), measure("HR@5", r["hr@5"]))
        for name, r in found["losses"].items()
    )


def _commands(found: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(f"{date}: {command}" for date, command in commands(found))


def part_measures(found: Mapping[str, Any]) -> tuple[Measure, ...]:
    """What a score is made of, and how long the first block's themes last."""
    parts = [measure(label, found["modalities"][part]) for part, label in MODALITY_LABELS.items()]
    lasting = [
        measure(f"Themes of block 1 still named after block {block}", row)
        for block, row in found["forgetting"].items()
    ]
    return (*parts, *lasting)


def faithfulness(found: Mapping[str, Any]) -> tuple[tuple[str, str, dict[str, Measure]], ...]:
    """For every removal style and figure: this order, random orders, the greedy order."""
    rows = []
    for removal, name in REMOVALS.items():
        part = found["sentences"][removal]
        deletion = part["headline"]["deletion_auc"]
        figures = {"Deletion AUC, nats, less is better": deletion}
        figures |= {label: part[key] for key, label in FAITHFULNESS.items()}
        for label, row in figures.items():
            kinds = {kind: measure(label, row[kind]) for kind in ("method", "random", "oracle")}
            rows.append((name, label, kinds))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Reliability:
    """The reliability diagram, before and after Platt scaling: points, and the figures."""

    points: tuple[tuple[str, tuple[tuple[float, float, float], ...]], ...]
    rows: tuple[tuple[str, Measure, Measure], ...]
    bins: tuple[tuple[str, tuple[tuple[float, float, int], ...]], ...]


def reliability(found: Mapping[str, Any]) -> Reliability:
    """Place mean P against the share that was taken, a point a bin, sized by its count."""
    names = {"raw": "as the model has it", "platt": "after Platt scaling"}
    most = max(row["count"] for part in found.values() for row in part["bins"])
    points, rows, bins = [], [], []
    for key, name in names.items():
        part = found[key]
        points.append(
            (
                key,
                tuple(
                    (
                        round(MARGIN + row["predicted"] * (SIDE - MARGIN - 10), 1),
                        round(SIDE - MARGIN - row["taken"] * (SIDE - MARGIN - 10), 1),
                        round(2.5 + 4 * (row["count"] / most) ** 0.5, 1),
                    )
                    for row in part["bins"]
                ),
            )
        )
        rows.append((name, measure("Brier score", part["brier"]), measure("ECE", part["ece"])))
        bins.append((name, tuple((r["predicted"], r["taken"], r["count"]) for r in part["bins"])))
    return Reliability(tuple(points), tuple(rows), tuple(bins))


def misses(recordings: Sequence[Recording]) -> tuple[tuple[Recording, int, str], ...]:
    """The recorded runs that ranked the true next item lowest, worst first: rank and title."""
    found = []
    for recording in recordings:
        run = recording.run
        rank = next_rank(run, len(run.scores)) or 1
        if is_miss(rank, len(run.candidates)):
            title = next(i.title for i in run.candidates if i.item_id == run.next_item_id)
            found.append((recording, rank, title))
    return tuple(sorted(found, key=lambda miss: -miss[1])[:MOST_MISSES])
