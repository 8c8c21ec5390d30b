"""docs/results.md, out of assets/results."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.results import (
    EARLIER,
    EXPLANATIONS,
    OF_EARLIER,
    STAGES,
    TABLES,
    Figure,
    commands,
    read_results,
)
from core.verdicts import Verdict, shares, verdicts
from train.report import notes
from train.report.paper import beside_a_public_one, beside_the_paper
from train.report.readme import score_table
from train.report.rebuilt import rebuilt
from train.report.tables import (
    by_dataset,
    explanation_table,
    figure_table,
    loss_table,
    method_table,
    packed,
    remote_table,
)

REACHED = {True: "**reached**", False: "**missed**", None: ""}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page.

    Attributes:
        title: its heading.
        text: below it.
        wanted: what was to be reached in it.
        is_earlier: whether weights were measured that are not shipped any more.
    """

    title: str
    text: str
    wanted: tuple[Verdict, ...] = ()
    is_earlier: bool = False

    @property
    def link(self) -> str:
        """To its heading, as GitHub makes an anchor of one."""
        anchor = re.sub(r"[^\w\- ]", "", self.title.lower()).replace(" ", "-")
        return f"[{self.title}](#{anchor})"


def page(results: Path) -> str:
    """The page as Markdown, from the files there are: the short of it, then every table."""
    found = read_results(results)
    sections = sorted(_sections(found), key=lambda section: section.is_earlier)
    return "\n\n".join(
        [
            notes.INTRODUCTION,
            _in_short(found, sections),
            _contents(sections),
            notes.DATASETS,
            notes.PROTOCOL,
            *(_written(section) for section in sections),
            "",
        ]
    )


def _sections(found: Mapping[str, Any]) -> Iterator[Section]:
    """The parts for which there are files, in the order of the page."""
    if "stages" in found:
        stages = found["stages"]["stages"]
        table = "\n".join(figure_table(STAGES, stages))
        yield _section(
            "Each stage against the planted truth", "stages", found, table, _held(STAGES, stages)
        )
    for name, title in TABLES.items():
        if name in found:
            methods = found[name]["methods"]
            wanted = verdicts(name, methods)
            lines = [f"- {v.line}: {REACHED[v.reached]}".rstrip(": ") for v in wanted]
            told = "\n\nWanted:\n\n" + "\n".join(lines) if lines else ""
            text = method_table(methods) + by_dataset(methods) + told
            yield _section(title, name, found, text, wanted)
    if text := beside_the_paper(found):
        yield Section("Beside the paper", text)
    if text := beside_a_public_one(found):
        yield Section("A public SASRec on the same split", text)
    if explained := found.get("explanations"):
        text, bars = explanation_table(explained), _held(EXPLANATIONS, explained)
        yield _section("What is said about scores", "explanations", found, text, bars)
    if losses := found.get("losses"):
        yield Section(
            "Losses of the recommender",
            "On users of training worlds that no stage has learnt from, equal steps. "
            f"{_once(losses, 'losses')}\n\n{loss_table(losses)}",
            is_earlier=EARLIER in losses,
        )
    if made := rebuilt(found):
        text, in_time = made
        yield Section("Rebuilt from nothing", text, (in_time,))
    if bench := found.get("bench_finetune"):
        text = f"{_link('bench_finetune')}: {packed(bench)}"
        yield Section("Four candidates packed behind one prefix", text)
    if remote := found.get("remote"):
        server = remote["provenance"]["server"].items()
        versions = ", ".join(f"{name} {version}" for name, version in server)
        yield Section(
            "A vLLM server and the engine here",
            f"The same questions to both, in float32; the server: {versions}. "
            f"{_once(remote, 'remote')}\n\n{remote_table(remote)}\n\n{notes.REMOTE}",
            is_earlier=EARLIER in remote,
        )


def _section(
    title: str, name: str, found: Mapping[str, Any], table: str, wanted: Sequence[Verdict]
) -> Section:
    """One of a file that was evaluated on users: its table, what limits it, how it was made."""
    parts = [_users(found[name]), table, notes.NOTES.get(name, ""), _commands(found[name], name)]
    text = "\n\n".join(filter(None, parts))
    return Section(title, text, tuple(wanted), EARLIER in found[name])


def _written(section: Section) -> str:
    earlier = f"{OF_EARLIER}\n\n" if section.is_earlier else ""
    return f"## {section.title}\n\n{earlier}{section.text}"


def _in_short(found: Mapping[str, Any], sections: Sequence[Section]) -> str:
    """How well it ranks, and everything that was wanted and missed."""
    of_now = (section for section in sections if not section.is_earlier)
    held = [v for section in of_now for v in section.wanted if v.reached is not None]
    missed = [
        f"- {section.link}{_age(section)}: {'; '.join(lines)}"
        for section in sections
        if (lines := [v.line for v in section.wanted if v.reached is False])
    ]
    reached = sum(bool(v.reached) for v in held)
    kinds = f": {told}" if (told := shares(held)) else ""
    return "\n\n".join(
        [
            "## In short",
            score_table(found, "auc"),
            score_table(found, "hr@5"),
            f"{reached} of {len(held)} targets are reached, tables of earlier weights not "
            f"counted{kinds}. Missed:",
            "\n".join(missed) or "- nothing",
        ]
    )


def _contents(sections: Sequence[Section]) -> str:
    return "## Contents\n\n" + "\n".join(f"- {one.link}{_age(one)}" for one in sections)


def _age(section: Section) -> str:
    return ", earlier weights" if section.is_earlier else ""


def _held(figures: Sequence[Figure], found: Mapping[str, Any]) -> list[Verdict]:
    """Whether figures reach what was wanted of them."""
    return [
        Verdict(f"{figure.label}: {figure.wanted}", figure.is_reached(row["mean"]))
        for figure in figures
        if (row := figure.of(found)) and figure.wanted
    ]


def _users(found: Mapping[str, Any]) -> str:
    protocol = found["protocol"]
    people = ", ".join(f"{count:,} of {name}" for name, count in protocol["test_users"].items())
    return f"Held-out users: {people}. Candidate seed {protocol['candidate_seed']}."


def _commands(found: Mapping[str, Any], name: str) -> str:
    runs = commands(found)
    return f"{_link(name)}:\n\n" + "\n".join(f"- {date}: `{run}`" for date, run in runs)


def _once(found: Mapping[str, Any], name: str) -> str:
    about = found["provenance"]
    return f"{about['date']}, {_link(name)}:\n`{about['command']}`"


def _link(name: str) -> str:
    return f"[assets/results/{name}.json](../assets/results/{name}.json)"
