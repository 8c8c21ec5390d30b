"""The Explore page: its components, what is wired to what, and how it is served."""

import hashlib
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import gradio as gr
from gradio.events import Dependency
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.api import Api
from app.clicks import Clicks
from app.closed import MOST_LENT, MOST_SENT, Heard, Limited, closed_routes
from app.export import Picture
from app.handlers import Explore
from app.lending import Lending
from app.pages import page_routes
from app.paint import Panel, Story, paint_story
from app.views import page
from core.covers import thumbnail
from core.errors import DataError, StoreError
from core.recording import Recording
from core.records import Dataset, Item
from core.settings import Settings
from core.store import Store

ASSETS = Path(__file__).resolve().parent / "assets"
# Gradio finds the events that a component may trigger by their quoted names.
EVENTS = """'choose' 'dataset' 'search' 'random' 'replay' 'live' 'stop' 'recorded' 'step' 'view'
'why' 'pick' 'explain' 'rescore' 'preset' 'undo' 'flip' 'own' 'ask' 'system' 'export'"""
SCRIPTS = ("asking.js", "address.js", "what_if.js", "controls.js", "keys.js", "updates.js")
MOUNT = f"/* {EVENTS} */ window.tastelineMount(element, trigger, watch);"
# Gradio keeps its last events and sums them up in a data frame after every one, for a page of
# figures that is closed here.
NO_SUMMARIES = {
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9),
}
DATABASE_RESTS_S = 15.0  # after it could not be reached, before a cover asks it again
COVERS_KNOWN = 5_000  # that are still found without it
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
# Gradio drops a choice that is made before an earlier one of the same kind is answered; these are
# answered in a moment, in their order.
IN_ORDER: dict[str, Any] = {**QUIET, "trigger_mode": "multiple", "concurrency_limit": 1}
ONCE: dict[str, Any] = {**QUIET, "trigger_mode": "once", "concurrency_limit": None}
# Gradio answers so many at once; a replay takes its time, and others are not to wait for it.
MOST_EVENTS, MOST_REPLAYS = 200, 100
MOST_LISTENERS = 300  # whose messages are kept until they are fetched: a replay's are megabytes
# Past the queue: faster, but an error shows no toast there. For what cannot fail.
AT_ONCE: dict[str, Any] = {**QUIET, "queue": False}


def build_demo(explore: Explore, picture: Picture, *, lend: bool = False) -> gr.Blocks:
    """Build the page with its first story already in it.

    Args:
        explore: what the clicks do.
        picture: finds thumbnails for the files that visitors take away.
        lend: let other Tastelines use the models.
    """
    for name, value in NO_SUMMARIES.items():
        os.environ.setdefault(name, value)
    css = (ASSETS / "page.css").read_text()
    clicks = Clicks(explore, css, picture)
    built_with = explore.library.dataset_names()
    first = explore.library.first()
    fresh = partial(clicks.fresh_picker, first, built_with)
    painted = paint_story(first)
    with gr.Blocks(
        title="Tasteline", fill_width=True, analytics_enabled=False, delete_cache=(3600, 3600)
    ) as demo:
        screen = gr.State(first)
        masthead = _html(painted.masthead)
        taken = _html(page.nothing_taken(), elem_id="tl-taken")
        picker = _html(clicks.paint_picker(first))
        strip = _html(painted.strip)
        with gr.Tabs(selected="story", overflow_behavior="wrap", elem_classes=["tl-tabs"]) as tabs:
            with gr.Tab("Story", id="story", elem_id="tl-tab-story"):
                controls = _html(painted.controls, elem_id="tl-bar")
                status = _html(painted.status, elem_id="tl-now")
                stopped = _html(page.live_region(""), elem_id="tl-stopped")
                timeline = _html(painted.timeline)
                scores = _html(painted.scores)
            why = _panel("Why this score", "why")
            what_if = _panel("What if", "what-if")
            compare = _panel("Compare", "compare")
        story = Story(masthead, strip, controls, timeline, scores, status)
        beside = [*story, stopped]  # what is asked for in a panel stops the story
        told = [screen, *beside]
        opened = [*told, picker, *why.parts, *what_if.parts, *compare.parts]

        live = controls.live(clicks.run_live, screen, told, **ONCE)
        replay = controls.replay(
            clicks.replay, screen, told, cancels=live, **ONCE | {"concurrency_limit": MOST_REPLAYS}
        )
        runs = [replay, live]
        panels = [tab.parts.view for tab in (why, what_if, compare)]
        for run in runs:  # who opened a panel meanwhile sees what came of it
            for ended in (run.then, run.failure):
                ended(clicks.paint_panels, screen, panels, **AT_ONCE)
        measures = _wire_panels(clicks, screen, beside, runs, why, what_if, compare)
        # What has the last word ends every stream (app/clicks.py); cancelled, it ends at once.
        controls.live(None, cancels=[replay, *measures], **AT_ONCE)
        streams = [*runs, *measures]
        controls.stop(clicks.stop, screen, told, cancels=streams, **AT_ONCE)
        moves: dict[str, Any] = {**AT_ONCE, "cancels": streams, "trigger_mode": "multiple"}
        controls.step(clicks.step, screen, told, **moves)
        controls.view(clicks.view, screen, told, **moves)
        opens: dict[str, Any] = {**QUIET, "cancels": streams, "concurrency_limit": None}
        openings = [
            controls.recorded(clicks.reopen, screen, opened, **opens),
            picker.choose(clicks.choose, screen, opened, **opens),
            picker.dataset(clicks.switch_dataset, None, opened, **opens),
            picker.random(clicks.random, screen, opened, **opens),
        ]
        picker.search(clicks.search, screen, picker, **IN_ORDER)
        masthead.export(clicks.take_away, screen, taken, **QUIET)

        picked = [screen, *why.parts, *beside]
        asked_why = scores.why(clicks.pick, screen, picked, cancels=streams, **IN_ORDER)
        opened_why = asked_why.then(lambda: gr.Tabs(selected="why"), None, tabs, **AT_ONCE)
        opened_why.then(None, js="() => window.tasteline.focusOn('#tl-picked')", **AT_ONCE)

        for asked in [*openings, asked_why]:
            asked.failure(clicks.halt, screen, told, **AT_ONCE)
        _wire_opening(demo, clicks, (picker, fresh), [*opened, tabs], streams, openings)
        Api(explore).publish()
        if lend:
            Lending(explore).publish()

        def leave(request: gr.Request) -> None:
            clicks.forget(str(request.session_hash))
            _forget_paint(demo, str(request.session_hash))

        demo.unload(leave)
        _cancel_first(demo)
    demo.queue(max_size=32, default_concurrency_limit=8, api_open=False)  # nothing overtakes it
    demo._queue.pending_messages_per_session = Heard(MOST_LISTENERS)
    return demo


def _wire_opening(
    demo: gr.Blocks,
    clicks: Clicks,
    picker: tuple[gr.HTML, Callable[[], str | None]],
    linkable: Sequence[Any],
    streams: Sequence[Dependency],
    openings: Sequence[Dependency],
) -> None:
    """Open what the address names when the page is loaded, and tell the page when all is there.

    Args:
        demo: the page.
        clicks: find what a link names.
        picker: and how it is painted if there are data sets that came since.
        linkable: everything that a link may change.
        streams: to be cancelled by another history.
        openings: what else opens a history.
    """

    def restore(request: gr.Request) -> Any:
        linked = clicks.follow_link(request)
        if linked:
            return linked
        shown, paint = picker
        fresh = paint()
        return tuple(fresh if fresh and one is shown else gr.skip() for one in linkable)

    loaded = demo.load(restore, None, linkable, cancels=streams, **QUIET)
    ends = [(loaded, "arrived"), *((opening, "opened") for opening in openings)]
    for event, end in ends:
        for after in (event.then, event.failure):  # Gradio's `then` is for success alone
            after(None, js=f"() => window.tasteline.{end}()", **AT_ONCE)


def _forget_paint(demo: gr.Blocks, session_hash: str) -> None:
    """Drop what was painted for a visitor who has left; their screen is kept for a while.

    Gradio keeps the last paint of every session for deep links of its own, which the page has no
    use for. What was still on its way to those who had left before is dropped, too.
    """
    for key, session in list(demo.state_holder.session_data.items()):
        if key == session_hash or session.is_closed:
            session.config_values.clear()


def _cancel_first(demo: gr.Blocks) -> None:
    """Let every click cancel what it takes the place of before it asks for anything.

    A page sends what is wired to one click in turn and waits for each to end, streams, too; Gradio
    puts a listener's `cancels` behind the listener.
    """
    wired = sorted(demo.fns.items(), key=lambda entry: not entry[1].is_cancel_function)
    demo.fns.clear()
    demo.fns.update(wired)


@dataclass(frozen=True, slots=True)
class PanelTab:
    """A tab beside the story, and the components in it."""

    tab: gr.Tab
    parts: Panel


def _panel(label: str, name: str) -> PanelTab:
    """Make a tab that is painted when it is opened: the first paint is sent without it."""
    with gr.Tab(label, id=name, elem_id=f"tl-tab-{name}") as tab:
        status = _html(page.live_region(""), elem_id=f"tl-{name}-status")
        view = _html("", elem_id=f"tl-{name}")
    return PanelTab(tab, Panel(view, status))


def _wire_panels(
    clicks: Clicks,
    screen: gr.State,
    beside: Sequence[gr.HTML],
    runs: Sequence[Dependency],
    why: PanelTab,
    what_if: PanelTab,
    compare: PanelTab,
) -> list[Dependency]:
    """A panel is painted when its tab is opened and when a run ends; no run streams into one.

    Args:
        clicks: what the panels' events do.
        screen: of the visitor.
        beside: parts of the story, which is stopped by what is asked for in a panel.
        runs: its streams.
        why: its candidates are picked and measured.
        what_if: its preference is tried.
        compare: its systems are asked.

    Returns:
        The panels' streams, to be cancelled by what replaces the screen.
    """
    in_turn: dict[str, Any] = {**ONCE, "trigger_mode": "multiple"}  # the models take turns
    why.tab.select(clicks.show_why, screen, [*why.parts], **AT_ONCE)
    shown = [screen, *why.parts, *beside]
    measuring = why.parts.view.explain(clicks.explain, screen, shown, **ONCE)
    picks = [*runs, measuring]
    picked = why.parts.view.pick(clicks.pick, screen, shown, cancels=picks, **IN_ORDER)

    what_if.tab.select(clicks.show_what_if, screen, [*what_if.parts], **AT_ONCE)
    shown = [screen, *what_if.parts, *beside]
    trials = [
        what_if.parts.view.rescore(clicks.rescore, screen, shown, **in_turn),
        what_if.parts.view.preset(clicks.preset, screen, shown, **in_turn),
        what_if.parts.view.flip(clicks.flip, screen, shown, **in_turn),
        what_if.parts.view.own(clicks.own, screen, shown, **in_turn),
    ]
    what_if.parts.view.undo(clicks.undo, screen, shown, cancels=[*runs, *trials], **AT_ONCE)

    compare.tab.select(clicks.show_compare, screen, [*compare.parts], **AT_ONCE)
    shown = [screen, *compare.parts, *beside]
    asking = compare.parts.view.ask(clicks.ask, screen, shown, **ONCE)
    asks = [*runs, asking]
    chosen = compare.parts.view.system(clicks.system, screen, shown, cancels=asks, **IN_ORDER)
    chosen.failure(None, js="() => window.tasteline.restore()", **AT_ONCE)
    for asked in (picked, chosen):
        asked.failure(clicks.halt, screen, [screen, *beside], **AT_ONCE)
        for after in (asked.then, asked.failure):
            after(None, js="() => window.tasteline.chosen()", **AT_ONCE)
    return [measuring, *trials, asking]


def launch_options(
    settings: Settings, picture: Picture, recordings: Sequence[Recording] = ()
) -> dict[str, Any]:
    """Everything that `Blocks.launch` is to know: look, address, pages, and what stays closed."""
    covers = cover_route(picture)
    pages = page_routes(settings.assets / "results", recordings)
    return {
        "server_name": settings.host,
        "server_port": settings.port,
        "css": (ASSETS / "page.css").read_text(),
        "head": f"{(ASSETS / 'head.html').read_text()}<script>{mount_script()}</script>",
        "footer_links": [],
        "app_kwargs": {
            "routes": [covers, *pages, *closed_routes()],
            "middleware": [Middleware(Limited, most=MOST_LENT if settings.lend else MOST_SENT)],
        },
        "max_threads": MOST_EVENTS,
        "ssr_mode": False,
        "enable_monitoring": False,
        "run_history": False,
        "mcp_server": find_spec("mcp") is not None,  # with the extra, the endpoints are tools
        "state_session_capacity": 500,
    }


def mount_script() -> str:
    """The page's own JavaScript, once, without its comments.

    The body of one function, which runs in every gr.HTML: `element`, `trigger` and `watch` are
    Gradio's.
    """
    lines = "".join((ASSETS / "component" / name).read_text() for name in SCRIPTS).splitlines()
    body = "\n".join(line for line in lines if not line.lstrip().startswith("//"))
    return f"window.tastelineMount = (element, trigger, watch) => {{\n{body}\n}};"


def thumbnails(store: Store, cache: Path) -> Picture:
    """Find thumbnails of items that the store knows; None for anything else.

    When a database goes, covers that were shown stay, and it is left alone for a while: asking it
    for each of a page's covers would take seconds every time.
    """
    shown: OrderedDict[tuple[str, str], tuple[Dataset, Item]] = OrderedDict()  # last shown last
    busy = Lock()
    rests_until = 0.0

    def find(dataset: str, item_id: str) -> bytes | None:
        nonlocal rests_until
        key = (dataset, item_id)
        try:
            if time.monotonic() < rests_until:
                found = shown.get(key)
            else:
                found = store.dataset(dataset), store.item(dataset, item_id)
                with busy:
                    shown[key] = found
                    shown.move_to_end(key)
                    if len(shown) > COVERS_KNOWN:
                        shown.popitem(last=False)
            return thumbnail(*found, cache) if found else None
        except DataError:
            return None
        except StoreError:
            rests_until = time.monotonic() + DATABASE_RESTS_S
            return find(dataset, item_id)

    return find


def cover_route(picture: Picture) -> Route:
    """Serve thumbnails of items that the store knows; nothing else can be reached."""
    placeholder = (ASSETS / "no-cover.svg").read_bytes()

    def cover(request: Request) -> Response:
        found = picture(request.path_params["dataset"], request.path_params["item_id"])
        if found is None:
            return Response(
                placeholder,
                status_code=404,
                media_type="image/svg+xml",
                headers={"Cache-Control": "no-store"},
            )
        # A data set prepared again may have another picture under the same address.
        tag = f'"{hashlib.sha256(found).hexdigest()}"'
        headers = {"Cache-Control": "public, max-age=300", "ETag": tag}
        if _has(request, tag):
            return Response(status_code=304, headers=headers)
        return Response(found, media_type="image/webp", headers=headers)

    return Route("/covers/{dataset}/{item_id:path}", cover)


def _has(request: Request, tag: str) -> bool:
    """Say whether a browser already has what is tagged so; a proxy may have weakened its tag."""
    known = request.headers.get("if-none-match", "").split(",")
    return any(one.strip().removeprefix("W/") in (tag, "*") for one in known)


def _html(value: str, **settings: Any) -> gr.HTML:
    return gr.HTML(
        value, js_on_load=MOUNT, apply_default_css=False, elem_classes=["tl"], **settings
    )
