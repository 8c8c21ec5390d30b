"""What a screen looks like, part by part; components that show the parts go by the same names."""

from typing import Any, NamedTuple

from app.screen import Screen
from app.views import compare, page, scores, timeline, what_if, why


class Story(NamedTuple):
    """Parts that follow the story on screen, or the components that show them."""

    masthead: Any
    strip: Any
    controls: Any
    timeline: Any
    scores: Any
    status: Any


class Panel(NamedTuple):
    """Parts of a tab beside the story, or their components."""

    view: Any
    status: Any


def paint_story(screen: Screen, opened: str = "") -> Story:
    """Paint the story; whose history was opened, if one was, is told before the rest."""
    cards = timeline.block_cards(screen)
    told = f"{opened} {timeline.announcement(screen, cards)}".strip()
    return Story(
        masthead=page.masthead(screen),
        strip=page.strip(screen, cards),
        controls=page.controls(screen),
        timeline=timeline.timeline(screen, cards),
        scores=scores.scores(screen),
        status=page.live_region(told),
    )


def paint_why(screen: Screen) -> Panel:
    """Paint the explanation of the candidate that is picked."""
    return Panel(why.why(screen), page.live_region(screen.note))


def paint_what_if(screen: Screen) -> Panel:
    """Paint what is tried on the preference."""
    return Panel(what_if.what_if(screen), page.live_region(what_if.outcome(screen)))


def paint_compare(screen: Screen) -> Panel:
    """Paint two systems side by side."""
    return Panel(compare.compare(screen), page.live_region(screen.note))
