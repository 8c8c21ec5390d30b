"""What a visitor tries: another preference, an item of their own, another system."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace

from app.handlers import Explore, followed
from app.screen import Screen
from app.what_if import SCORED, SEARCHED, Attempt, OwnItem, WhatIf, own_item
from core.errors import MsrError
from core.explanation import sentence_game, sentences_of
from core.masked_scorer import MaskedScorer
from core.mllm_msr import Models, shown_covers
from core.recommender import score_candidates
from core.rivals import COUNTED, FUSED, OWN, SYSTEMS, Answer, System
from core.what_if import checked_preference, refuse_many, smallest_flip


class Experiments:
    """What the tabs What if and Compare do; models and their thread are those of the page."""

    def __init__(self, explore: Explore) -> None:
        """Share the page's library, models and thread."""
        self._explore = explore
        self._decoding = asyncio.Semaphore(2)

    def rescore(self, screen: Screen, text: str) -> AsyncGenerator[Screen, None]:
        """Score every candidate under a visitor's preference.

        Raises:
            MsrError: if the text cannot be used, or nothing is scored yet.
        """
        wanted = checked_preference(text)
        return self._tried(screen, lambda now, models: self._rescored(now, models, wanted))

    def preset(self, screen: Screen, name: str) -> AsyncGenerator[Screen, None]:
        """Score under no preference at all, or under another user's."""
        other = self._explore.library.stranger(screen.run)
        if name == "stranger" and not other:
            raise MsrError("No other user of this data set has a recorded run.")
        text = other if name == "stranger" else ""
        return self._tried(screen, lambda now, models: self._rescored(now, models, text))

    def undo(self, screen: Screen) -> Screen:
        """Take the last attempt back."""
        known = screen.tries
        return replace(screen, what_if=known.undone() if known else None, note="")

    async def add_item(
        self, screen: Screen, text: str, title: str, picture: str
    ) -> AsyncGenerator[Screen, None]:
        """Read a visitor's own item, and rank it under the text in their hands.

        Raises:
            MsrError: if text, title or picture cannot be used.
        """
        wanted = _wanted(screen, text)
        async with self._decoding:  # beside the loop that serves everybody
            own = await asyncio.to_thread(own_item, title, picture)
        tried = self._tried(screen, lambda now, models: self._rescored(now, models, wanted, own))
        async with aclosing(tried) as steps:
            async for shown in steps:
                yield shown

    def flip(self, screen: Screen, text: str) -> AsyncGenerator[Screen, None]:
        """Find the fewest sentences of a text without which the picked candidate's answer turns.

        Raises:
            MsrError: if the text cannot be used or is too long, or nothing is scored yet.
        """
        wanted = _wanted(screen, text)
        refuse_many(sentences_of(wanted))

        def job(screen: Screen, models: Models) -> WhatIf:
            if wanted != _known(screen).now.text:
                screen = replace(screen, what_if=self._rescored(screen, models, wanted))
            known = _known(screen)
            item = next(i for i in screen.run.candidates if i.item_id == screen.picked_id)
            dataset = self._explore.library.history(screen.run).dataset
            cover = shown_covers(dataset, [item], models, screen.run.variant).get(item.item_id)
            scorer = MaskedScorer(models.recommender, dataset.noun, models.order)
            game = sentence_game(known.now.text, item, cover, scorer)
            (whole,) = game.values([game.everything])
            flip = smallest_flip(game)
            answer, other = ("yes", "no") if whole > 0 else ("no", "yes")
            if flip is None:
                return replace(
                    known, said=f"No set of its sentences turns the answer from {answer}."
                )
            left = " ".join(unit for n, unit in enumerate(game.units) if n not in flip)
            found = self._rescored(screen, models, left)
            gone = " ".join(game.units[n] for n in flip)
            return replace(
                found, said=f"Without “{gone}” the answer turns from {answer} to {other}."
            )

        return self._tried(screen, job)

    def choose(self, screen: Screen, side: str, system: str) -> Screen:
        """Compare with another system; one that counts answers at once.

        Raises:
            MsrError: for an unknown side or system, or one that this data set does not have.
        """
        if side not in ("left", "right") or system not in SYSTEMS:
            raise MsrError(f"There is no system {system!r}; choose of {', '.join(SYSTEMS)}.")
        now = screen.comparison
        chosen = replace(now, left=system) if side == "left" else replace(now, right=system)
        shown = replace(screen, compared=chosen, note="")
        if shown.answer(system):
            return shown
        if system in COUNTED and screen.run.candidates:
            return _answered(shown, self._explore.counted(screen.run, system))
        if system != FUSED:
            return shown
        self._explore.weights(screen.run)  # what cannot be summed up is not asked for first
        return self._fused(shown)

    async def ask(self, screen: Screen) -> AsyncGenerator[Screen, None]:
        """Ask the compared systems that have not answered yet.

        Raises:
            MsrError: if there are no candidates, or the models cannot be loaded.
        """
        if not screen.run.candidates:
            raise MsrError("There are no candidates yet: run the story first.")
        shown = screen
        for system in (screen.comparison.left, screen.comparison.right):
            reader: System = OWN if system == FUSED else system
            if system == FUSED and not shown.answer(system):
                self._explore.weights(screen.run)
            known = shown.answer(system) or shown.answer(reader)
            if not known and reader in COUNTED:
                answer = await asyncio.to_thread(self._explore.counted, screen.run, reader)
                yield (shown := _answered(shown, answer))
            elif not known:
                steps = followed(shown, self._explore.ask(screen.run, reader), _answered)
                async with aclosing(steps):
                    async for shown in steps:
                        yield shown
            if system == FUSED:
                yield (shown := await asyncio.to_thread(self._fused, shown))
        if shown is screen:  # who asks for what is known has not seen it
            yield replace(screen, note="Answered")

    def _fused(self, screen: Screen) -> Screen:
        """With the answer of MLLM-MSR+, if MLLM-MSR has answered.

        Raises:
            MsrError: if its parts are not weighed here for this data set.
        """
        own = screen.answer(OWN)
        return _answered(screen, self._explore.fused(screen.run, own)) if own else screen

    def _tried(
        self, screen: Screen, job: Callable[[Screen, Models], WhatIf]
    ) -> AsyncGenerator[Screen, None]:
        """Run a job in the model's thread; what was there stays when it fails."""
        before = _known(screen)
        known = replace(screen, what_if=before, picked=screen.picked_id)
        reports = self._explore.in_thread(lambda models: job(known, models), screen.run)

        def shown(now: Screen, found: WhatIf) -> Screen:
            note = SEARCHED if found.now is before.now else SCORED
            return replace(now, what_if=found, note=note)

        return followed(known, reports, shown)

    def _rescored(
        self, screen: Screen, models: Models, text: str, added: OwnItem | None = None
    ) -> WhatIf:
        known = _known(screen)
        own = added or known.now.own
        dataset = self._explore.library.history(screen.run).dataset
        items = screen.run.candidates
        covers = shown_covers(dataset, items, models, screen.run.variant)
        if own:
            items = (*items, own.item)
            if models.recommender.sees_images and (cover := own.cover()):
                covers |= {own.item.item_id: cover}
        scores, _ = score_candidates(
            text, items, covers, dataset.noun, models.recommender, models.order
        )
        return known.tried(Attempt(text, scores, own))


def _answered(screen: Screen, answer: Answer) -> Screen:
    return replace(screen, compared=screen.comparison.with_answer(answer), note="Answered")


def _known(screen: Screen) -> WhatIf:
    known = screen.tries
    if known is None:
        raise MsrError("Nothing is scored yet: run the story first.")
    return known


def _wanted(screen: Screen, text: str) -> str:
    """A visitor's text, or the one that was scored last, which may be empty, if it is that one."""
    now = _known(screen).now.text
    return now if text.split() == now.split() else checked_preference(text)
