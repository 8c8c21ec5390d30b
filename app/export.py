"""What a visitor takes away: the current view as one HTML file, as JSON, or its scores as CSV."""

import base64
import csv
import html
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args
from urllib.parse import unquote

from pydantic import TypeAdapter

from app.screen import Screen
from app.views import page, scores, timeline, why
from app.views.render import render
from core.recommender import ranked
from core.records import Run

Kind = Literal["html", "json", "csv"]
KINDS: tuple[Kind, ...] = get_args(Kind)
TYPES: dict[Kind, str] = {
    "html": "text/html;charset=utf-8",
    "json": "application/json",
    "csv": "text/csv;charset=utf-8",
}
Picture = Callable[[str, str], bytes | None]
"""Thumbnail of an item, by data set and item id."""
_PRESSED = '<button type="button" class="tl-why-link"'
_COVER = re.compile(r'src="covers/([^"/]+)/([^"]+)"')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Export:
    """One file to take away."""

    name: str
    kind: Kind
    content: str

    @property
    def address(self) -> str:
        """The file as a data URI."""
        # a spreadsheet takes a table without a mark for one of its own country's letters
        written = self.content.encode("utf-8-sig" if self.kind == "csv" else "utf-8")
        data = base64.b64encode(written).decode()
        return f"data:{TYPES[self.kind]};base64,{data}"


def export(screen: Screen, kind: Kind, css: str, picture: Picture, called: str) -> Export:
    """Write the current view as a file.

    Args:
        screen: what is shown.
        kind: of the file.
        css: the page's look.
        picture: finds thumbnails, which the HTML file carries inside.
        called: what the user is called on screen.
    """
    run = screen.run
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{run.dataset}-{run.user_id}")[:80]
    write = {"html": lambda: report(screen, css, picture, called), "json": lambda: as_json(screen),
             "csv": lambda: as_csv(run)}  # fmt: skip
    return Export(f"tasteline-{safe}.{kind}", kind, write[kind]())


def report(screen: Screen, css: str, picture: Picture, called: str) -> str:
    """The story, the ranking and the reasons as one HTML file that needs nothing else."""
    cards = timeline.block_cards(screen)
    parts = [
        page.masthead(screen),
        page.strip(screen, cards),
        timeline.timeline(screen, cards),
        scores.scores(screen),
        *([why.why(screen)] if screen.explanation else []),
    ]
    painted = _COVER.sub(lambda found: _inlined(found, picture), "\n".join(parts))
    painted = painted.replace(_PRESSED, f"{_PRESSED} disabled")  # a copy answers nothing
    return render("report.html", css=css, body=painted, screen=screen, called=called)


def _inlined(found: re.Match[str], picture: Picture) -> str:
    dataset, item_id = (unquote(html.unescape(part)) for part in found.groups())
    data = picture(dataset, item_id)
    if data is None:
        return 'src="data:,"'
    return f'src="data:image/webp;base64,{base64.b64encode(data).decode()}"'


def as_json(screen: Screen) -> str:
    """Everything on screen as data: run, explanation, attempts and answers."""
    tries = screen.tries
    tried = tuple(
        {
            "preference": attempt.text,
            "own_item": attempt.own.item.title if attempt.own else None,
            "margins": {score.item_id: score.margin for score in attempt.scores},
        }
        for attempt in (tries.attempts if tries else ())
    )
    known = (*screen.recorded_answers, *screen.comparison.answers)
    answers = {answer.system: answer for answer in known}
    shown = {
        "run": screen.run,
        "block": screen.block,
        "explanation": screen.explanation,
        "tried": tried,
        "answers": tuple(answers.values()),
    }
    return TypeAdapter(dict[str, Any]).dump_json(shown, indent=1).decode() + "\n"


def as_csv(run: Run) -> str:
    """Every score of every block, a line each; a title cannot become a spreadsheet's formula."""
    buffer = io.StringIO()
    lines = csv.writer(buffer)
    lines.writerow(("block", "item_id", "title", "margin", "p_yes", "rank", "is_next"))
    for block, scored in enumerate(run.scores, 1):
        for row in ranked(run, scored):
            names = _plain(row["item_id"]), _plain(row["title"])
            figures = f"{row['margin']:.6f}", f"{row['p_yes']:.6f}", row["rank"]
            lines.writerow((block, *names, *figures, int(row["is_next"])))
    return buffer.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
