"""Compare on screen: two systems on the same candidates, where they disagree first."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from app.diffs import diff_words
from app.screen import Screen
from app.views.render import link_query, render
from app.views.why import Bar
from core.datasets.sources import SAMPLE
from core.fusion import PARTS
from core.recommender import rank_margins
from core.records import Item
from core.rivals import SYSTEMS, Answer, System

NAMES: Mapping[System, str] = {
    "mllm-msr": "MLLM-MSR, block by block",
    "direct": "Direct: the whole history in one prompt",
    "text-only": "Text only: no picture anywhere",
    "zero-shot": "Zero-shot: models without adapters",
    "mllm-msr+": "MLLM-MSR+: with what others did next and what is popular",
    "co-occurrence": "Co-occurrence: what others took with these items",
    "popularity": "Popularity: how many others took it",
}


SUMMED = 5  # candidates whose score is taken apart on screen; the true next item is one more


@dataclass(frozen=True, slots=True)
class SummedRow:
    """A candidate's score as the sum of its parts, each against the mean candidate, in nats."""

    item: Item
    rank: int
    is_next: bool
    bars: tuple[Bar, ...]
    total: float


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A candidate's rank under two systems; a tie takes the worst rank among the equal ones."""

    item: Item
    left: int
    right: int
    is_next: bool

    @property
    def apart(self) -> int:
        """How many places the two systems disagree by."""
        return abs(self.left - self.right)


def compare(screen: Screen) -> str:
    """Paint two systems side by side, as far as they have answered."""
    run, chosen = screen.run, screen.comparison
    left, right = screen.answer(chosen.left), screen.answer(chosen.right)
    rows = compared_rows(screen, left, right) if left and right else ()
    summed = next((answer for answer in (left, right) if answer and answer.parts), None)
    return render(
        "compare.html",
        sums=summed_rows(screen, summed) if summed else (),
        first=SUMMED,
        parts=PARTS,
        screen=screen,
        run=run,
        noun=run.noun,
        names=NAMES,
        short=short,
        systems=SYSTEMS,
        chosen=chosen,
        left=left,
        right=right,
        rows=rows,
        verdict=verdict(rows, chosen.left, chosen.right) if rows else "",
        tau=agreement(left, right) if left and right else None,
        stretches=diff_words(left.preference, right.preference)
        if left and right and left.preference and right.preference
        else (),
        same=bool(left and right and left.preference and left.preference == right.preference),
        table="#sample_many" if run.dataset in SAMPLE else "",
        link=link_query(screen, tab="compare", l=chosen.left, r=chosen.right),
    )


def compared_rows(screen: Screen, left: Answer, right: Answer) -> tuple[ComparedRow, ...]:
    """The true next item first, then candidates by how far the two systems disagree."""
    run = screen.run
    ranks = zip(rank_margins(left.values), rank_margins(right.values), strict=True)
    rows = [
        ComparedRow(item, one, two, item.item_id == run.next_item_id)
        for item, (one, two) in zip(run.candidates, ranks, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (not row.is_next, -row.apart, row.left)))


def summed_rows(screen: Screen, answer: Answer) -> tuple[SummedRow, ...]:
    """The best candidates, best first, and the true next item, with what their scores add up."""
    run, ranks = screen.run, rank_margins(answer.values)
    most = max(abs(share) for part in answer.parts.values() for share in part) or 1.0
    rows = []
    for place, (item, rank) in enumerate(zip(run.candidates, ranks, strict=True)):
        shares = {name: part[place] for name, part in answer.parts.items()}
        bars = (
            Bar(PARTS[name], share, 100 * abs(share) / most, True) for name, share in shares.items()
        )
        is_next = item.item_id == run.next_item_id
        if rank <= SUMMED or is_next:
            rows.append(SummedRow(item, rank, is_next, tuple(bars), sum(shares.values())))
    return tuple(sorted(rows, key=lambda row: row.rank))


def verdict(rows: tuple[ComparedRow, ...], left: System, right: System) -> str:
    """Who ranked the true next item higher, in one sentence."""
    true = next(row for row in rows if row.is_next)
    if true.left == true.right:
        return f"Both rank the item that really came next {true.left} of {len(rows)}."
    better, worse = (left, right) if true.left < true.right else (right, left)
    high, low = sorted((true.left, true.right))
    return (
        f"{short(better)} ranks the item that really came next {high} of {len(rows)}, "
        f"{short(worse)} {low}."
    )


def short(system: System) -> str:
    """A system's name without its description."""
    return NAMES[system].split(":", 1)[0].split(",", 1)[0]


def agreement(left: Answer, right: Answer) -> float | None:
    """Kendall tau of two rankings; None where one of them ranks nothing."""
    stats = import_module("scipy.stats")  # a second to import, and the first paint needs none
    tau = float(stats.kendalltau(left.values, right.values).statistic)
    return tau if tau == tau else None
