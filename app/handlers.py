"""What a click does: a screen and a wish in, the next screen out."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import aclosing, closing, contextmanager
from dataclasses import replace
from functools import partial
from html import escape
from typing import TypeVar, get_args

import gradio as gr

from app.library import Library
from app.live import Stage
from app.screen import Going, Screen, View
from app.what_if import WhatIf
from core.datasets.rows import MOST_ID
from core.errors import DataError, MsrError, RemoteError
from core.fusion import Weights, fused_answer, servable
from core.mllm_msr import Models, Progress, recommend
from core.records import Run
from core.rivals import Answer, System, ask, counted
from core.store import Store
from core.streams import Stream
from core.why import Explanation, explain, scores_alike

Found = TypeVar("Found", Progress, Explanation, WhatIf, Answer)
Say = Callable[[str], None]
LoadModels = Callable[[Say], Models]

logger = logging.getLogger(__name__)

REPLAY_PACE = 0.22  # seconds between two pieces of a replayed text
REPLAY_PIECES = 9
REPLAYS_AT_PACE = 8  # each paints the story four times a second, in the loop that serves everybody


@contextmanager
def one_clear_line(written: Callable[[str], str] = escape) -> Iterator[None]:
    """Turn whatever goes wrong inside into one line; the page stays as it was.

    Args:
        written: makes the line fit for where it goes: HTML on screen; programs take it as it is.
    """
    try:
        yield
    except MsrError as error:
        if isinstance(error, RemoteError):
            logger.warning("%s", error)
        raise gr.Error(written(told(error)), print_exception=False) from error
    except Exception as error:
        logger.exception("A handler failed")
        raise gr.Error(
            "Something went wrong in Tasteline itself. Nothing is lost; the server log says more.",
            print_exception=False,
        ) from error


def told(error: MsrError) -> str:
    """What a visitor is told; where models on another machine are stays in the log."""
    if not isinstance(error, RemoteError):
        return str(error)
    return "The machine that has the models did not answer as it should; the log says why."


class Explore:
    """The Explore page's behaviour, without a component in sight."""

    def __init__(
        self,
        library: Library,
        store: Store,
        load: LoadModels,
        load_base: LoadModels,
        weights: Mapping[str, Weights],
        *,
        pace: float = REPLAY_PACE,
    ) -> None:
        """Keep what the handlers work with.

        Args:
            library: what can be opened.
            store: draws the candidates of a live run.
            load: loads the models, at the first live run; takes a receiver of status lines.
            load_base: the same without the adapters for users and scores, to compare with.
            weights: of the parts of MLLM-MSR+, by data set.
            pace: seconds between two steps of a replay.
        """
        self.library = library
        self._store = store
        self._load = {True: load, False: load_base}
        self._weights = weights
        self._models: dict[bool, Models] = {}
        self._stage = Stage()
        self._pace = pace
        self._replays = 0

    def change_view(self, screen: Screen, view: str) -> Screen:
        """Show preferences as a diff, as clean text, or as the prompt that made them."""
        return replace(screen.halted, view=_view(view))

    def follow_link(self, params: Mapping[str, str]) -> Screen:
        """Open what a link names.

        Args:
            params: version (v), data set (d), user (u), block (b; all, if there is none), view, and
                the candidate that is explained (c; the first, if there is none).

        Raises:
            DataError: if it names nothing that is here.
        """
        try:
            if params.get("v") != "1" or not params.get("d") or not params.get("u"):
                raise DataError("That link is not one of ours, or it was cut off.")
            screen = self.library.open(params["d"], params["u"])
        except DataError as error:
            raise DataError(f"{error} Showing the default story instead.") from error
        block, candidate = params.get("b", ""), params.get("c", "")[:MOST_ID]
        if block.isdecimal() and len(block) < 4:
            screen = screen.at(int(block))
        return replace(screen, view=_view(params.get("view", "")), picked=candidate)

    def stop(self, screen: Screen) -> tuple[Screen, str]:
        """Keep what is there; return it with one line that says how far it came.

        The line is empty where nothing was going on.
        """
        if not screen.running:
            return screen.halted, ""
        if screen.running == "Live run, not begun":
            return screen.halted, "Live run stopped before it began"
        blocks = len(screen.blocks)
        far = f"after block {screen.block} of {blocks}" if screen.block else "in its first block"
        return screen.halted, f"{screen.running} stopped {far}"

    async def replay(self, screen: Screen) -> AsyncGenerator[Screen, None]:
        """Tell the run on screen again, piece by piece and block by block."""
        self._replays += 1
        try:
            async with aclosing(self._replay(screen)) as steps:
                async for step in steps:
                    yield step
        finally:
            self._replays -= 1

    async def _replay(self, screen: Screen) -> AsyncGenerator[Screen, None]:
        texts = [preference.written.text for preference in screen.run.preferences]
        blocks = len(screen.blocks)
        if not texts:  # takes the place of a live run that has not written yet
            note = "Nothing to replay yet: no preference is written"
            yield replace(screen.halted, note=note)
        going: Going = "Replay"
        for read, text in enumerate(texts):
            note = f"Replaying block {read + 1} of {blocks}"
            here = replace(screen, block=read, running=going, note=note)
            words = text.split(" ")
            for piece in range(REPLAY_PIECES):
                shown = words[: len(words) * piece // REPLAY_PIECES]
                yield replace(here, writing=" ".join(shown))
                await self._rest(1)
            going = going if read + 1 < len(texts) else ""
            yield replace(screen.at(read + 1), running=going)
            if going:  # no wait after the last: Gradio would hold the next click
                await self._rest(5)

    async def _rest(self, steps: int) -> None:
        """Wait for so many steps of a replay; where many are told at once, all are told slower."""
        await asyncio.sleep(steps * self._pace * max(1.0, self._replays / REPLAYS_AT_PACE))

    def run_live(self, screen: Screen) -> AsyncGenerator[Screen, None]:
        """Run the method for the user on screen and show every step.

        The screen stays as it was until the model has something to show.
        """
        return followed(
            replace(screen.halted, running="Live run, not begun"),
            self._stage.watch(partial(self._job, screen)),
            lambda now, progress: _live_screen(progress, now),
        )

    def pick(self, screen: Screen, item_id: str) -> Screen:
        """Pick the candidate that is explained.

        Raises:
            DataError: if it is none of the user's.
        """
        if item_id not in {item.item_id for item in screen.run.candidates}:
            raise DataError(f"There is no candidate {item_id!r} in this ranking.")
        return replace(screen, picked=item_id)

    async def explain(self, screen: Screen) -> AsyncGenerator[Screen, None]:
        """Measure why the picked candidate has its score, and show every step.

        Raises:
            MsrError: if nothing is scored yet, or other models made the run on screen.
        """
        if not screen.picked_id:
            raise MsrError("Nothing is scored yet: run the story first.")
        steps = followed(
            replace(screen, picked=screen.picked_id),
            self._stage.watch(partial(self._explain_job, screen)),
            lambda now, found: replace(now, measured=found, note="Measuring"),
        )
        async with aclosing(steps):
            async for shown in steps:
                yield shown
        yield replace(shown, note="Measured")

    def ask(self, run: Run, system: System) -> AsyncGenerator[Answer | str, None]:
        """Ask another system about a run's user and candidates, in the models' thread."""

        def work(say: Callable[[Answer | str], None]) -> None:
            history = self.library.history(run)
            models = partial(self._models_of, run, say)
            with closing(ask(system, history, run.candidates, models)) as asked:
                answer = Stream(asked)
                for note in answer:
                    say(note)
                say(answer.value)

        return self._stage.watch(work)

    def counted(self, run: Run, system: System) -> Answer:
        """Count what other users took; that waits for no model."""
        return counted(system, self._store, run)

    def fused(self, run: Run, own: Answer) -> Answer:
        """MLLM-MSR+ from the answer of MLLM-MSR and what other users took.

        Raises:
            MsrError: if its parts are not weighed here for this data set.
        """
        return fused_answer(self._store, run, own, self.weights(run))

    def weights(self, run: Run) -> Weights:
        """What the parts of MLLM-MSR+ count.

        Raises:
            MsrError: if they are not weighed here for the run's data set.
        """
        return servable(self._weights.get(run.dataset), run.dataset)

    def in_thread(
        self, job: Callable[[Models], WhatIf], run: Run
    ) -> AsyncGenerator[WhatIf | str, None]:
        """Run a job with the models that made a run, in their thread, and report its result.

        Raises:
            MsrError: if other models made the run.
        """

        def work(say: Callable[[WhatIf | str], None]) -> None:
            say(job(self._models_of(run, say)))

        return self._stage.watch(work)

    def _models_of(self, run: Run, say: Say, adapters: bool = True) -> Models:
        models = self._loaded(say, adapters)
        if run.profile != models.profile:
            raise MsrError(
                f"The {run.profile} profile made this run and the {models.profile} profile is "
                "loaded; run it live first."
            )
        dataset = self.library.history(run).dataset
        if adapters and run.scores and not scores_alike(run, dataset, models):
            raise MsrError(
                "Other weights than those that are loaded made this run; run it live first, so "
                "that what is measured belongs to what is shown."
            )
        return models

    def load_ahead(self, say: Say, *, once: bool = False) -> None:
        """Load the models before anyone asks for them; without them the page starts, too.

        Args:
            say: takes lines of status.
            once: whether it is now or never; else a live run tries again.
        """
        try:
            self._loaded(say)
        except MsrError as error:
            say(f"No live runs: {error}")
            self.library.no_models += (f"No live runs: {told(error)}",)
            if once:
                self._load[True] = partial(_refused, told(error))

    def models(self) -> Models:
        """The models of live runs.

        Raises:
            MsrError: if they are not loaded.
        """
        if True not in self._models:
            raise MsrError("No models are loaded here.")
        return self._models[True]

    def _loaded(self, say: Say, adapters: bool = True) -> Models:
        if adapters not in self._models:
            self._models[adapters] = self._load[adapters](say)
            if adapters:  # whatever was missing for live runs is here now
                self.library.no_models = ()
        return self._models[adapters]

    def _job(self, screen: Screen, say: Callable[[Progress | str], None]) -> None:
        history = self.library.history(screen.run)
        candidates = self._store.candidates(history)
        with closing(recommend(history, candidates, self._loaded(say))) as steps:
            for progress in steps:
                say(progress)

    def _explain_job(self, screen: Screen, say: Callable[[Explanation | str], None]) -> None:
        run, models = screen.run, self._models_of(screen.run, say)
        wrote = run.preferences[-1].written.provenance.checkpoint
        writes = models.user_summarizer.checkpoint.name
        if wrote != writes:  # it rewrites preferences without an item, to be held against these
            raise MsrError(
                f"{wrote} wrote these preferences and {writes} is loaded; run it live first, so "
                "that what is measured belongs to what is shown."
            )
        dataset, other = self.library.history(run).dataset, self.library.stranger(run)
        steps = explain(run, screen.scored_block, screen.picked_id, dataset, models, other)
        with closing(steps):
            for explanation in steps:
                say(explanation)


async def followed(
    screen: Screen,
    reports: AsyncGenerator[Found | str, None],
    show: Callable[[Screen, Found], Screen],
) -> AsyncGenerator[Screen, None]:
    """Show what a job in the models' thread reports; a text is the line of status.

    What was shown last stays when something goes wrong; the reason is its note.
    """
    shown = replace(screen, note="Waiting for the model")
    yield shown
    try:
        async with aclosing(reports):
            async for report in reports:
                if isinstance(report, str):
                    shown = replace(shown, note=report)
                else:
                    shown = show(shown, report)
                yield shown
    except Exception as error:
        why = told(error) if isinstance(error, MsrError) else "something went wrong"
        yield replace(shown.halted, note=f"Stopped: {why}")
        raise


def _refused(reason: str, _: Say) -> Models:
    """In the place of models that could not be loaded when it was time."""
    raise MsrError(reason)


def _live_screen(progress: Progress, before: Screen) -> Screen:
    """Show a live run: its finished blocks, and the text of the one being written."""
    run = progress.run
    block = len(run.preferences)
    chosen = replace(before.compared, answers=()) if before.compared else None
    screen = Screen(
        run, before.recording, block, before.view, picked=before.picked, compared=chosen
    )
    if len(run.scores) == len(screen.blocks):
        seconds = f" in {run.seconds['total']:.0f} s" if "total" in run.seconds else ""
        return replace(screen, note=f"Live run finished{seconds}")
    last = run.preferences[-1].written.text if run.preferences else None
    scoring = len(run.scores) < len(run.preferences) and progress.writing == last
    writing = None if scoring else progress.writing
    return replace(screen, writing=writing, running="Live run", note=progress.note)


def _view(value: str) -> View:
    return next((view for view in get_args(View) if view == value), "diff")
