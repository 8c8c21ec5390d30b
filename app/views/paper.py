"""The paper's tables with ours beside them, and our SASRec beside a public one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.views.measures import FIGURES, Measure, measure
from core.paper_tables import CONTENT, Beside, table_1, table_3
from core.paper_tables import FIGURES as PRINTED
from core.results import PEERS


@dataclass(frozen=True, slots=True)
class Printed:
    """A table of the paper with ours beside it.

    Attributes:
        title: of the table.
        head: what its rows are.
        columns: the figures.
        rows: label, the paper's figure and ours in each column, and whose candidates ours ranked.
    """

    title: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[float | None, Measure | None], ...], str], ...]


def beside_the_paper(results: Mapping[str, Any]) -> tuple[Printed, ...]:
    """Tables 3 and 1 as far as something of ours was measured."""
    shown = [
        printed(f"Table 3, {name}", "Method", PRINTED, rows)
        for name, rows in table_3(results).items()
    ]
    if rows := table_1(results):
        shown.append(printed("Table 1, AUC of GRU4Rec that reads", "Data set", CONTENT, rows))
    return tuple(shown)


def printed(title: str, head: str, columns: Mapping[str, str], rows: Sequence[Beside]) -> Printed:
    """One table of the paper."""

    def cells(row: Beside) -> tuple[tuple[float | None, Measure | None], ...]:
        own = {key: measure(columns[key], found) for key, found in row.measured.items()}
        return tuple((row.printed.get(key), own.get(key)) for key in columns)

    return Printed(
        title,
        head,
        tuple(columns.values()),
        tuple((row.label, cells(row), row.on) for row in rows),
    )


def peers(found: Mapping[str, Any]) -> tuple[tuple[str, int | None, tuple[Measure, ...]], ...]:
    """Our SASRec and a public one: name, epochs and figures, and the paired difference."""
    rows = [(label, found["epochs"][name], found["rows"][name]) for name, label in PEERS.items()]
    rows.append(("ours above, paired", None, found["ours_above"]))
    return tuple(
        (label, epochs, tuple(measure(title, row[key]) for key, title in FIGURES.items()))
        for label, epochs, row in rows
    )
