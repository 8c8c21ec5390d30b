"""Stage 3 on screen: the ranking after a block, and every score of every block in one map."""

from dataclasses import dataclass
from statistics import median

from app.screen import Screen
from app.views.render import render
from core.records import Item, Run, Score

MAP_STEPS = 4  # shades on each side of zero
LOW_LABEL_MASS = 0.5


@dataclass(frozen=True, slots=True)
class RankedRow:
    """A candidate after one block; `climbed` counts places since the block before, if any."""

    item: Item
    score: Score | None
    climbed: int | None
    is_next: bool


@dataclass(frozen=True, slots=True)
class MapCell:
    """A margin and its shade, from -4 (no) over 0 to 4 (yes)."""

    margin: float
    shade: int


@dataclass(frozen=True, slots=True)
class MapRow:
    """A candidate's margins, one per block; None where the story is not there yet."""

    item: Item
    is_next: bool
    cells: tuple[MapCell | None, ...]


def scores(screen: Screen) -> str:
    """Paint the ranking after the block on screen and the score map."""
    run, block, scored = screen.run, screen.block, screen.scored_block
    return render(
        "scores.html",
        screen=screen,
        run=run,
        asked=run.score_prompts[scored - 1] if scored else None,
        rows=ranked_rows(run, block),
        map_rows=map_rows(screen),
        margin_range=margin_range(run),
        label_mass=label_mass(run, block),
        low_label_mass=LOW_LABEL_MASS,
        noun=run.noun,
    )


def ranked_rows(run: Run, block: int) -> tuple[RankedRow, ...]:
    """List the candidates by rank after a block, or after the last one that was scored.

    They come in drawn order and without a score where nothing is scored yet.
    """
    block = min(block, len(run.scores))
    shown = run.scores[block - 1] if block > 0 else ()
    now = {score.item_id: score for score in shown}
    before = {s.item_id: s.rank for s in run.scores[block - 2]} if shown and block > 1 else {}
    rows = []
    for item in run.candidates:
        score = now.get(item.item_id)
        climbed = before[item.item_id] - score.rank if score and before else None
        rows.append(RankedRow(item, score, climbed, item.item_id == run.next_item_id))
    return tuple(sorted(rows, key=lambda row: row.score.rank if row.score else 0))


def map_rows(screen: Screen) -> tuple[MapRow, ...]:
    """List every margin, candidates in the order of the last block that was scored.

    The order holds still while a story is told, so that a row can be followed with the eye.
    """
    run = screen.run
    by_block = [{score.item_id: score for score in scored} for scored in run.scores]
    widest = max((abs(s.margin) for scored in run.scores for s in scored), default=0.0)
    rows = []
    for row in ranked_rows(run, len(run.scores)):
        cells = tuple(
            MapCell(margin := by_block[n][row.item.item_id].margin, shade(margin, widest))
            if n < min(screen.block, len(by_block))
            else None
            for n in range(len(screen.blocks))
        )
        rows.append(MapRow(row.item, row.is_next, cells))
    return tuple(rows)


def shade(margin: float, widest: float) -> int:
    """Place a margin on the diverging scale, which is the same for all of a user's scores."""
    return round(MAP_STEPS * margin / widest) if widest else 0


def margin_range(run: Run) -> tuple[float, float]:
    """Smallest and largest margin of a run."""
    margins = [score.margin for scored in run.scores for score in scored]
    return (min(margins, default=0.0), max(margins, default=0.0))


def label_mass(run: Run, block: int) -> float:
    """How much of the model's first token is a label at all, for the median candidate."""
    block = min(block, len(run.scores))
    return median(score.label_mass for score in run.scores[block - 1]) if block > 0 else 1.0
