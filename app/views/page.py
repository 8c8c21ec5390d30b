"""Everything around the story: masthead, picker, the three-step strip, and the controls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.screen import Screen, View
from app.views.render import link_query, render
from app.views.scores import RankedRow, ranked_rows
from app.views.timeline import BlockCard, is_miss, next_rank, numbered_items
from core.datasets.sources import SAMPLE
from core.records import Dataset, Run
from core.themes import Theme, find_themes

STRIP_COVERS = 12
STRIP_RANKS = 3
STRIP_CHIPS = 4
VIEW_LABELS: Mapping[View, str] = {
    "diff": "Diff",
    "clean": "Clean text",
    "prompt": "Prompt sent",
}


@dataclass(frozen=True, slots=True)
class Person:
    """A persona in the picker.

    `rank` is where the recorded run put the true next item; without a recorded run it is None.
    """

    user_id: str
    name: str
    line: str
    items: int = 0
    rank: int | None = None
    candidates: int = 0

    @property
    def is_miss(self) -> bool:
        """Say whether the next item ended below the best quarter of the candidates."""
        return self.rank is not None and is_miss(self.rank, self.candidates)


@dataclass(frozen=True, slots=True)
class PickerState:
    """What the picker offers and what is picked.

    Attributes:
        datasets: every prepared data set.
        dataset: the one whose users are shown.
        people: its personas.
        chosen: user id on screen.
        query: what was searched for; None when nothing was.
        found: users whose id matches, with how many items their history has on screen.
        more: whether there are others of whom the same is true.
        notes: a line for whatever is missing: recorded runs, the database, models.
    """

    datasets: tuple[Dataset, ...]
    dataset: str
    people: tuple[Person, ...]
    chosen: str
    query: str | None = None
    found: tuple[tuple[str, int], ...] = ()
    more: bool = False
    notes: tuple[str, ...] = ()

    @property
    def is_sample(self) -> bool:
        """Say whether the data set comes with the project: its users are simulated."""
        return self.dataset in SAMPLE


def masthead(screen: Screen) -> str:
    """Paint name, sentence and what kind of run this is."""
    return render(
        "masthead.html", screen=screen, run=screen.run, badge=badge(screen), model=model(screen.run)
    )


def picker(state: PickerState) -> str:
    """Paint the choice of data set and user."""
    known = {person.user_id for person in state.people} | {user for user, _ in state.found}
    return render("picker.html", state=state, extra=state.chosen not in known)


def strip(screen: Screen, cards: Sequence[BlockCard]) -> str:
    """Paint the whole method in three steps: read, wrote, scored."""
    run = screen.run
    rows = ranked_rows(run, screen.block)
    top = [row for row in rows if row.score][:STRIP_RANKS]
    card = cards[screen.block - 1] if screen.block else None
    return render(
        "strip.html",
        screen=screen,
        run=run,
        noun=run.noun,
        items=numbered_items(run)[-STRIP_COVERS:],
        dropped=max(len(run.history) - STRIP_COVERS, 0),
        read=sum(len(done.block.items) for done in run.preferences[: screen.block]),
        text=card.text if card else "",
        themes=_themes(card) if card else (),
        top=top,
        next_row=_next_row(rows, top),
    )


def controls(screen: Screen) -> str:
    """Paint the buttons that move the story, and how it is shown."""
    run = screen.run
    return render(
        "controls.html",
        screen=screen,
        views=VIEW_LABELS.items(),
        rank=next_rank(run, screen.block) if screen.scored_block == screen.block else None,
        link=link_query(screen),
    )


def live_region(sentence: str) -> str:
    """Paint one sentence for screen readers and the status line."""
    return render("live_region.html", sentence=sentence)


def nothing_taken() -> str:
    """Paint the place where a file to take away is put for the browser."""
    return render("take_away.html", file=None)


def badge(screen: Screen) -> str:
    """Name the kind of run on screen, as it really is."""
    if not (screen.is_run or screen.run.summaries or screen.running):
        return "Not run yet"
    return "Recorded run" if screen.is_recorded else "Live run"


def model(run: Run) -> str:
    """Name the model that wrote the preferences; one without an adapter was never tuned for it."""
    if not run.preferences:
        return ""
    name = run.preferences[-1].written.provenance.checkpoint
    return name if "+" in name else f"{name}, zero-shot"


def _themes(card: BlockCard) -> tuple[Theme, ...]:
    """The supported themes, in the order in which the text beside them names them."""
    supported = [chip.theme for chip in card.chips if chip.fate != "lost" and chip.support]
    names = tuple(theme.phrase for theme in supported if theme.is_name)
    found = [theme for theme in find_themes(card.text, names) if theme in supported]
    return tuple(found[:STRIP_CHIPS])


def _next_row(rows: Sequence[RankedRow], top: Sequence[RankedRow]) -> RankedRow | None:
    return next((row for row in rows if row.is_next and row.score and row not in top), None)
