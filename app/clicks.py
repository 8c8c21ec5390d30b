"""Between Gradio and `Explore`: reads what a browser sent, and paints what comes back."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from html import escape
from typing import Any, TypeAlias

import gradio as gr

from app.experiments import Experiments
from app.export import KINDS, Picture, export
from app.handlers import Explore, one_clear_line
from app.paint import Panel, paint_compare, paint_story, paint_what_if, paint_why
from app.screen import Screen
from app.turns import Turns
from app.views import page
from app.views.render import render
from app.what_if import MOST_BYTES
from core.datasets.rows import MOST_ID
from core.errors import DataError, MsrError

Painted: TypeAlias = tuple[Any, ...]
"""In the order of an event's outputs, see app/ui.py; where it holds a screen, that is the first."""
TABS = ("story", "why", "what-if", "compare")
MOST_TEXT = 20_000  # characters; what is too long is to be told so, not cut
MOST_PICTURE = 2 * MOST_BYTES  # base64 takes four characters for three bytes


def _unpainted(parts: Painted) -> Painted:
    return tuple(gr.skip() for _ in parts)


class Clicks:
    """One method per thing a visitor does. An error is one line on screen, whatever it was."""

    def __init__(self, explore: Explore, css: str, picture: Picture) -> None:
        self._explore = explore
        self._experiments = Experiments(explore)
        self._library = explore.library
        self._css, self._picture = css, picture
        self._turns = Turns()

    def _replacing(self, request: gr.Request, paint: Callable[[], Painted]) -> Any:
        """Have the last word from the beginning, and once more when all is painted.

        Unless something else was asked for meanwhile: then that has it, and nothing is painted.
        """
        turn = self._turns.take(_session(request))
        try:
            with one_clear_line():
                painted = paint()
        except gr.Error:
            if not turn.is_lost:
                raise
        if turn.is_lost:
            return gr.skip()
        self._turns.take(_session(request))
        return painted

    def forget(self, session: str) -> None:
        """Drop what is kept of a visitor who has left."""
        self._turns.forget(session[:64])

    async def _streamed(
        self,
        request: gr.Request,
        paint_one: Callable[[Screen], Painted],
        ask: Callable[[], AsyncGenerator[Screen, None]],
        once: Painted,
    ) -> AsyncIterator[Painted]:
        """Paint what is asked for, step by step, behind its screen; with the first step, `once`.

        Gradio repeats the last step when a stream ends, over whatever was painted since; so the
        last one changes nothing.
        """
        painted: Painted = ()
        with one_clear_line():
            async with aclosing(self._turns.followed(_session(request), ask)) as steps:
                async for screen in steps:
                    painted = (screen, *paint_one(screen), *once)
                    yield painted
                    once = _unpainted(once)
        # A stream that gives nothing is a blank page to Gradio.
        yield _unpainted(painted) if painted else gr.skip()

    def _run(
        self, request: gr.Request, ask: Callable[[], AsyncGenerator[Screen, None]]
    ) -> AsyncIterator[Painted]:
        """Paint a run; it is not stopped any more, and a late step must not say so again."""
        return self._streamed(request, paint_story, ask, (page.live_region(""),))

    def paint_picker(self, screen: Screen, query: str | None = None) -> str:
        """Paint the picker, with the answer to a search if there was one."""
        return page.picker(self._library.picker(screen, query))

    def fresh_picker(self, screen: Screen, painted_with: tuple[str, ...]) -> str | None:
        """Paint the picker again if the data sets are not those it was painted with."""
        with one_clear_line():
            if self._library.dataset_names() == painted_with:
                return None
            return self.paint_picker(screen)

    async def replay(self, now: Screen, request: gr.Request) -> AsyncIterator[Painted]:
        """Tell the story on screen again."""
        async for painted in self._run(request, lambda: self._explore.replay(now)):
            yield painted

    async def run_live(self, now: Screen, request: gr.Request) -> AsyncIterator[Painted]:
        """Run the method for the user on screen."""
        async for painted in self._run(request, lambda: self._explore.run_live(now)):
            yield painted

    def stop(self, now: Screen, request: gr.Request) -> Any:
        """Keep what is there and say how far it came."""
        return self._replacing(request, lambda: self._stopped(now))

    def halt(self, now: Screen, request: gr.Request) -> Any:
        """After a refusal: a stream that Gradio ended for it is over; say how far it came."""
        stopped = self.stop(now, request)
        return stopped if now.running else gr.skip()

    def paint_panels(self, now: Screen, request: gr.Request) -> Painted:
        """Paint the panels as they are at the end of a run, unless a click has painted anew."""
        turn = self._turns.of(_session(request))
        painted = (paint_why(now).view, paint_what_if(now).view, paint_compare(now).view)
        return painted if self._turns.of(_session(request)) is turn else _unpainted(painted)

    def _halted(self, now: Screen) -> Painted:
        """The story, stopped for what is asked for beside it; unpainted where nothing went on."""
        _, *story = self._stopped(now)
        return tuple(story) if now.running else _unpainted(tuple(story))

    def step(self, now: Screen, event: gr.EventData, request: gr.Request) -> Any:
        """Show the story up to the block that was asked for."""
        block = _sent(event, "block")
        wanted = int(block) if block.isdecimal() else 0
        return self._replacing(
            request, lambda: self._stopped(now, lambda screen: screen.at(wanted))
        )

    def view(self, now: Screen, event: gr.EventData, request: gr.Request) -> Any:
        """Show preferences another way."""
        wanted = _sent(event, "view")
        return self._replacing(
            request,
            lambda: self._stopped(now, lambda screen: self._explore.change_view(screen, wanted)),
        )

    def _stopped(
        self, now: Screen, then: Callable[[Screen], Screen] = lambda screen: screen
    ) -> Painted:
        """The screen and the story, stopped, after what is then done to it."""
        screen, said = self._explore.stop(now)
        screen = then(screen)
        return screen, *paint_story(screen), page.live_region(said)

    def _opened_panel(
        self, now: Screen, paint: Callable[[Screen], Panel], request: gr.Request
    ) -> Any:
        """A tab that is opened, unless something else was asked for while it was painted.

        The screen stays whose it is, a run may be writing it; what a question that is still going
        on has said of the tab stays, too.
        """
        turn = self._turns.of(_session(request))
        panel = paint(replace(now, note=""))
        if self._turns.of(_session(request)) is not turn:
            return gr.skip()
        return panel._replace(status=gr.skip()) if turn and turn.streams else panel

    def show_why(self, now: Screen, request: gr.Request) -> Any:
        """Paint the tab that is opened."""
        return self._opened_panel(now, paint_why, request)

    def pick(self, now: Screen, event: gr.EventData, request: gr.Request) -> Any:
        """Explain another candidate."""

        def picked() -> Painted:
            screen = replace(self._explore.pick(now.halted, _sent(event, "item")), note="")
            return screen, *paint_why(screen), *self._halted(now)

        return self._replacing(request, picked)

    async def explain(self, now: Screen, request: gr.Request) -> AsyncIterator[Painted]:
        """Measure why the picked candidate has its score."""
        measured = self._streamed(
            request, paint_why, lambda: self._explore.explain(now.halted), self._halted(now)
        )
        async for painted in measured:
            yield painted

    def show_what_if(self, now: Screen, request: gr.Request) -> Any:
        """Paint the tab that is opened."""
        return self._opened_panel(now, paint_what_if, request)

    async def rescore(
        self, now: Screen, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[Painted]:
        """Score under the visitor's text."""
        text = _sent(event, "text", MOST_TEXT)
        async for painted in self._tried(
            request, now, lambda here: self._experiments.rescore(here, text)
        ):
            yield painted

    async def preset(
        self, now: Screen, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[Painted]:
        """Score under no preference, or under another user's."""
        name = _sent(event, "name")
        async for painted in self._tried(
            request, now, lambda here: self._experiments.preset(here, name)
        ):
            yield painted

    async def flip(
        self, now: Screen, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[Painted]:
        """Find the smallest change of the visitor's text that turns the answer."""
        text = _sent(event, "text", MOST_TEXT)
        async for painted in self._tried(
            request, now, lambda here: self._experiments.flip(here, text)
        ):
            yield painted

    async def own(
        self, now: Screen, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[Painted]:
        """Rank the visitor's own item under their text."""
        text = _sent(event, "text", MOST_TEXT)
        title, picture = _sent(event, "title", MOST_TEXT), _sent(event, "picture", MOST_PICTURE)
        async for painted in self._tried(
            request, now, lambda here: self._experiments.add_item(here, text, title, picture)
        ):
            yield painted

    def _tried(
        self,
        request: gr.Request,
        now: Screen,
        ask: Callable[[Screen], AsyncGenerator[Screen, None]],
    ) -> AsyncIterator[Painted]:
        return self._streamed(request, paint_what_if, lambda: ask(now.halted), self._halted(now))

    def undo(self, now: Screen, request: gr.Request) -> Any:
        """Take the last attempt back."""

        def undone() -> Painted:
            screen = self._experiments.undo(now.halted)
            return screen, *paint_what_if(screen), *self._halted(now)

        return self._replacing(request, undone)

    def show_compare(self, now: Screen, request: gr.Request) -> Any:
        """Paint the tab that is opened."""
        return self._opened_panel(now, paint_compare, request)

    def system(self, now: Screen, event: gr.EventData, request: gr.Request) -> Any:
        """Compare with another system."""
        side, system = _sent(event, "side"), _sent(event, "system")

        def chosen() -> Painted:
            screen = self._experiments.choose(now.halted, side, system)
            return screen, *paint_compare(screen), *self._halted(now)

        return self._replacing(request, chosen)

    async def ask(self, now: Screen, request: gr.Request) -> AsyncIterator[Painted]:
        """Ask the compared systems."""
        asked = self._streamed(
            request, paint_compare, lambda: self._experiments.ask(now.halted), self._halted(now)
        )
        async for painted in asked:
            yield painted

    def take_away(self, now: Screen, event: gr.EventData) -> str:
        """Write the current view as a file that the browser then keeps."""
        kind = _sent(event, "kind")
        with one_clear_line():
            if kind not in KINDS:
                raise DataError(f"There is no file of kind {kind!r}; choose of {', '.join(KINDS)}.")
            called = self._library.called(now.run)
            file = export(now, kind, self._css, self._picture, called)
            return render("take_away.html", file=file, at=_sent(event, "at"))

    def search(self, now: Screen, event: gr.EventData, request: gr.Request) -> Any:
        """List the users whose id starts like this, unless another history was opened meanwhile."""
        turn = self._turns.of(_session(request))
        with one_clear_line():
            found = self.paint_picker(now, _sent(event, "query"))
        return found if self._turns.of(_session(request)) is turn else gr.skip()

    def choose(self, now: Screen, event: gr.EventData, request: gr.Request) -> Any:
        """Open the user that was picked."""
        user = _sent(event, "user")
        return self._opening(request, lambda: self._library.open(now.run.dataset, user))

    def switch_dataset(self, event: gr.EventData, request: gr.Request) -> Any:
        """Open the data set that was picked."""
        dataset = _sent(event, "dataset")
        return self._opening(request, lambda: self._library.open_dataset(dataset))

    def random(self, now: Screen, request: gr.Request) -> Any:
        """Open any user of the data set on screen."""
        return self._opening(request, lambda: self._library.open_random(now.run.dataset))

    def reopen(self, now: Screen, request: gr.Request) -> Any:
        """Go back from a live run to the recorded one."""
        run = now.run
        return self._opening(request, lambda: self._library.open(run.dataset, run.user_id))

    def _opening(self, request: gr.Request, found: Callable[[], Screen]) -> Any:
        return self._replacing(request, lambda: self._opened(found()))

    def follow_link(self, request: gr.Request) -> Any:
        """Open what the page's address names; None when it names nothing."""
        if not {"v", "d", "u"} & set(request.query_params):
            return None

        def linked() -> Painted:
            screen = self._explore.follow_link(request.query_params)
            for side, name in (("left", "l"), ("right", "r")):
                if system := request.query_params.get(name):
                    screen = self._compared(screen, side, system[:40])
            tab = request.query_params.get("tab")
            return *self._opened(screen), gr.Tabs(selected=tab if tab in TABS else TABS[0])

        return self._replacing(request, linked)

    def _compared(self, screen: Screen, side: str, system: str) -> Screen:
        """Compare with what a link names; the history is worth opening without it, too."""
        try:
            return self._experiments.choose(screen, side, system)
        except MsrError as error:
            gr.Warning(escape(str(error)))
            return screen

    def _opened(self, screen: Screen) -> Painted:
        return (
            screen,
            *paint_story(screen, f"{self._library.called(screen.run)}."),
            page.live_region(""),
            self.paint_picker(screen),
            *paint_why(screen),
            *paint_what_if(screen),
            *paint_compare(screen),
        )


def _session(request: gr.Request) -> str:
    return str(request.session_hash)[:64]


def _sent(event: gr.EventData, name: str, most: int = MOST_ID) -> str:
    """Read what a browser sent; it can be anything, so it is only ever a bounded text here."""
    sent = event._data if isinstance(event._data, dict) else {}
    value = sent.get(name)
    return str(value)[:most] if isinstance(value, str | int) else ""
