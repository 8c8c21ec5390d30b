"""Templates: every value is escaped on its way into the page, and a missing one is an error."""

from pathlib import Path
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.screen import Screen

_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def cover_url(dataset: str, item_id: str) -> str:
    """Address of an item's thumbnail, relative to the page."""
    return f"covers/{quote(dataset, safe='')}/{quote(item_id, safe='')}"


def link_query(screen: Screen, **more: str) -> str:
    """Query string that brings this view back; see `app.handlers.Explore.follow_link`."""
    run = screen.run
    shown = {"v": 1, "d": run.dataset, "u": run.user_id, "b": screen.block, "view": screen.view}
    return "?" + urlencode({**shown, **more})


def signed(number: float, digits: int = 2) -> str:
    """Format with a sign that lines up: a true minus, and no sign on zero."""
    text = f"{abs(number):.{digits}f}"
    if float(text) == 0:
        return text
    return f"{'+' if number > 0 else '−'}{text}"


def plural(count: int, noun: str) -> str:
    """Count a noun: ``1 item``, ``2 items``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def render(template: str, **values: object) -> str:
    """Fill a template of `app/templates`."""
    return _ENVIRONMENT.get_template(template).render(values)


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters |= {"signed": signed, "plural": plural, "cover": cover_url}
