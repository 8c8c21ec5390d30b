"""The pages beside the story, plain HTML: evidence and about."""

from collections.abc import Callable, Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from app.views.evidence import evidence
from app.views.render import render
from core.recording import Recording
from core.results import read_results

CSS = Path(__file__).resolve().parent / "assets" / "page.css"


def page_routes(results: Path, recordings: Sequence[Recording]) -> list[Route]:
    """Serve /evidence from the result files, read anew at every visit, and /about."""
    css = CSS.read_text("utf-8")

    def served(paint: Callable[[], str]) -> Callable[[Request], HTMLResponse]:
        return lambda request: HTMLResponse(paint(), headers={"Cache-Control": "no-cache"})

    return [
        Route("/evidence", served(lambda: evidence(read_results(results), recordings, css))),
        Route("/about", served(lambda: render("about.html", css=css, live=True))),
    ]
