"""Five public endpoints, for programs and as MCP tools; models may be lent by more (`app.lending`).

A user with a recorded run is answered from it; anyone else is run live first, and what was run
once is remembered.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from app.experiments import Experiments
from app.handlers import Explore, one_clear_line
from app.live import MOST_JOBS
from app.screen import Screen
from app.views.timeline import numbered_items, theme_chips
from app.views.why import verdict
from core.datasets.rows import MOST_ID
from core.errors import DataError, MsrError
from core.recommender import ranked

MOST_ASKING = MOST_JOBS // 2
NAMES = (
    "list_viewers",
    "explain_viewer",
    "score_candidates",
    "attribute",
    "rescore_with_preference",
)


class Api:
    """The endpoints, over the behaviour of the page."""

    def __init__(self, explore: Explore) -> None:
        """Share library, models and thread with the page."""
        self._explore = explore
        self._experiments = Experiments(explore)
        self._asking = 0

    def publish(self) -> None:
        """Make every endpoint of the blocks that are being built.

        None of them waits in Gradio's queue, whose places are also those of the page's clicks; for
        the models they wait in `app.live`, as everybody does.
        """
        for name in NAMES:
            gr.api(getattr(self, name), api_name=name, concurrency_limit=None)

    def list_viewers(self, dataset: str = "videos", prefix: str = "") -> list[dict[str, Any]]:
        """List users whose story can be told: those with a name first, then by the start of an id.

        Parameters:
            dataset: name of a data set, for example videos, baby or games.
            prefix: start of a user id; empty lists any. At most 20 without a name are listed.
        """
        with one_clear_line(str):
            prefix = _text(prefix).strip()
            screen = self._explore.library.open_dataset(_text(dataset))
            state = self._explore.library.picker(screen, prefix)
            named = [
                {
                    "user_id": one.user_id,
                    "name": one.name,
                    "about": one.line,
                    "items": one.items or None,
                }
                for one in state.people
                if one.user_id.startswith(prefix)
            ]
            known = {one["user_id"] for one in named}
            return named + [
                {"user_id": user, "name": "", "about": "", "items": length}
                for user, length in state.found
                if user not in known
            ]

    async def explain_viewer(self, dataset: str, user_id: str) -> dict[str, Any]:
        """Tell how a user's preference evolved, block by block, with the items behind each theme.

        Parameters:
            dataset: name of a data set.
            user_id: of a user in it, see list_viewers.
        """
        with one_clear_line(str):
            screen = await self._told(dataset, user_id)
        run = screen.run
        items, blocks, read, before = numbered_items(run), [], 0, ""
        for preference in run.preferences:
            read += len(preference.block.items)
            text = preference.written.text
            chips = theme_chips(before, text, items[:read])
            blocks.append(
                {
                    "index": preference.block.index,
                    "item_ids": [item.item_id for item in preference.block.items],
                    "preference": text,
                    "themes": [
                        {
                            "theme": chip.theme.phrase,
                            "fate": chip.fate,
                            "supported_by": [it.item.item_id for it in chip.support],
                        }
                        for chip in chips
                    ],
                }
            )
            before = text
        return {
            "dataset": run.dataset,
            "user_id": run.user_id,
            "recorded": screen.is_recorded,
            "blocks": blocks,
            "next_item_id": run.next_item_id,
        }

    async def score_candidates(self, dataset: str, user_id: str) -> list[dict[str, Any]]:
        """Rank a user's 21 candidates, best first. P(yes) compares them; it is no click rate.

        Parameters:
            dataset: name of a data set.
            user_id: of a user in it, see list_viewers.
        """
        with one_clear_line(str):
            screen = await self._told(dataset, user_id)
        return ranked(screen.run, screen.run.scores[-1])

    async def attribute(self, dataset: str, user_id: str, item_id: str = "") -> dict[str, Any]:
        """Measure why a candidate has its score: sentences, image and title, items of the history.

        Parameters:
            dataset: name of a data set.
            user_id: of a user in it, see list_viewers.
            item_id: of a candidate, see score_candidates; empty takes the one ranked first.
        """
        with one_clear_line(str):
            screen = await self._told(dataset, user_id)
            if _text(item_id):
                screen = self._explore.pick(screen, item_id)
            if screen.explanation is None:
                screen = await self._last(self._explore.explain(screen))
            found = screen.explanation
            if found is None:
                raise MsrError("The measurement was cut off; ask again.")
        history = found.history
        items = [item.item_id for item in screen.run.history]
        return {
            "item_id": found.item_id,
            "margin": found.sentences.whole,
            "noise": found.sentences.noise,
            "verdict": verdict(found),
            "sentences": _effects(found.sentences.units, found.sentences.effects),
            "parts": _effects(found.modalities.units, found.modalities.effects),
            "history": [
                {"item_id": item, **effect}
                for item, effect in zip(
                    items, _effects(history.units, history.effects) if history else [], strict=False
                )
            ],
        }

    async def rescore_with_preference(
        self, dataset: str, user_id: str, preference: str
    ) -> list[dict[str, Any]]:
        """Rank a user's candidates under a preference of your own, with what it was before.

        Parameters:
            dataset: name of a data set.
            user_id: of a user in it, see list_viewers.
            preference: what the recommender is to believe, at most 1,500 characters.
        """
        with one_clear_line(str):
            screen = await self._told(dataset, user_id)
            screen = await self._last(self._experiments.rescore(screen, _text(preference)))
            tries = screen.tries
            if tries is None:
                raise MsrError("Nothing was scored; ask again.")
        before = {score.item_id: score for score in tries.attempts[0].scores}
        return [
            {
                **row,
                "margin_before": before[row["item_id"]].margin,
                "rank_before": before[row["item_id"]].rank,
            }
            for row in ranked(screen.run, tries.now.scores)
        ]

    async def _told(self, dataset: str, user_id: str) -> Screen:
        """A user's whole story: recorded, or run now."""
        named = _text(dataset)[:MOST_ID], _text(user_id)[:MOST_ID]
        screen = await asyncio.to_thread(self._explore.library.open, *named)
        return screen if screen.is_run else await self._last(self._explore.run_live(screen))

    async def _last(self, screens: AsyncIterator[Screen]) -> Screen:
        """The end of what the models are asked; programs leave half of their places to the page."""
        if self._asking >= MOST_ASKING:
            raise MsrError(
                f"{self._asking} programs ask the models already; ask again in a minute."
            )
        self._asking += 1
        try:
            return [screen async for screen in screens][-1]
        finally:
            self._asking -= 1


def _effects(units: tuple[str, ...], effects: tuple[float, ...]) -> list[dict[str, Any]]:
    return [{"text": unit, "effect": effect} for unit, effect in zip(units, effects, strict=True)]


def _text(given: object) -> str:
    """What a program sent; Gradio tells it the types, and does not see to them."""
    if not isinstance(given, str):
        raise DataError(f"{given!r:.80} came where a text is expected.")
    return given
