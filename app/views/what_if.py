"""What if on screen: the preference to edit, and what an edit does to the ranking."""

from dataclasses import dataclass

from app.screen import Screen
from app.views.render import link_query, render
from app.views.timeline import name_told, numbered_items
from app.what_if import OWN_ID, SCORED, SEARCHED, Attempt, WhatIf
from core.explanation import sentences_of
from core.prompts import PREFERENCE_CHARACTERS, TITLE_CHARACTERS
from core.records import Item, Score
from core.themes import find_themes

MOST_THEMES = 8


@dataclass(frozen=True, slots=True)
class TriedRow:
    """A candidate before and after an edit; `before` is None for the visitor's own item."""

    item: Item
    before: Score | None
    after: Score
    is_next: bool

    @property
    def is_own(self) -> bool:
        """Say whether it is the visitor's own item."""
        return self.item.item_id == OWN_ID

    @property
    def climbed(self) -> int | None:
        """Places won."""
        return self.before.rank - self.after.rank if self.before else None


def what_if(screen: Screen) -> str:
    """Paint the text to edit and the ranking before and after it."""
    run, tries = screen.run, screen.tries
    text = tries.now.text if tries else ""
    names = tuple(map(name_told, numbered_items(run)))
    picked = next((i for i in run.candidates if i.item_id == screen.picked_id), None)
    return render(
        "what_if.html",
        screen=screen,
        run=run,
        noun=run.noun,
        tries=tries,
        sentences=sentences_of(text),
        themes=_to_swap(text, names),
        rows=tried_rows(screen, tries) if tries else (),
        picked=picked,
        most=PREFERENCE_CHARACTERS,
        most_title=TITLE_CHARACTERS,
        link=link_query(screen, c=screen.picked_id, tab="what-if"),
    )


def _to_swap(text: str, names: tuple[str, ...]) -> list[str]:
    """Themes that stand in a text letter by letter; another one could not be swapped there."""
    phrases = [theme.phrase for theme in find_themes(text, names)]
    return [phrase for phrase in phrases if phrase.lower() in text.lower()][:MOST_THEMES]


def outcome(screen: Screen) -> str:
    """Say what goes on and, once a change was scored, what it did to the ranking."""
    tries = screen.tries
    if not tries or screen.note not in (SCORED, SEARCHED):
        return screen.note
    if screen.note == SEARCHED:
        return tries.said
    rows = tried_rows(screen, tries)
    said = [tries.said or f"{SCORED}."]
    for place, row in enumerate(rows, 1):
        if row.is_own:
            said.append(f"Yours would be number {place}.")
        if row.is_next and row.before:
            went = f"goes from rank {row.before.rank} to" if row.climbed else "stays at rank"
            said.append(f"Their next {screen.run.noun} {went} {row.after.rank}.")
    others = [row for row in rows if row.before and not row.is_next]
    moved = sum(bool(row.climbed) for row in others)
    count = {0: "None of the", len(others): "All"}.get(moved, f"{moved} of the")
    said.append(f"{count} {len(others)} other candidates moved.")
    return " ".join(said)


def tried_rows(screen: Screen, tries: WhatIf) -> tuple[TriedRow, ...]:
    """Candidates by their rank under the last text, each beside what it was as written.

    The ranks before are those among the same items, so that a visitor's own item does not make
    every candidate below it look as if it had fallen.
    """
    first, now = tries.attempts[0], tries.now
    items = {item.item_id: item for item in screen.run.candidates}
    if now.own:
        items[OWN_ID] = now.own.item
    before = {score.item_id: score for score in _without_own(first)}
    ranks = {score.item_id: score for score in _without_own(now)}
    rows = [
        TriedRow(
            items[score.item_id],
            before.get(score.item_id),
            ranks.get(score.item_id, score),
            score.item_id == screen.run.next_item_id,
        )
        for score in now.scores
    ]
    return tuple(sorted(rows, key=lambda row: -row.after.margin))


def _without_own(attempt: Attempt) -> tuple[Score, ...]:
    """Scores with their ranks among the candidates alone."""
    own = next((s for s in attempt.scores if s.item_id == OWN_ID), None)
    return tuple(
        Score(s.item_id, s.margin, s.p_yes, s.label_mass, s.rank - (own.margin >= s.margin))
        if own
        else s
        for s in attempt.scores
        if s.item_id != OWN_ID
    )
