"""What one visitor looks at: everything a page is painted from, and nothing else."""

from dataclasses import dataclass, replace
from typing import Literal, get_args

from app.compare import Comparison
from app.what_if import Attempt, WhatIf
from core.preference import split_blocks
from core.recording import Recording
from core.records import Block, Run
from core.rivals import Answer, System, answer_of
from core.why import Explanation

View = Literal["diff", "clean", "prompt"]
VIEWS: tuple[View, ...] = get_args(View)
Going = Literal["", "Replay", "Live run", "Live run, not begun"]
"""What goes on; a live run that has shown nothing yet leaves the screen as it was before."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One moment of one run on screen.

    Attributes:
        run: what is shown; a run without preferences is a history nobody ran yet.
        recording: the recorded run of this user, if there is one.
        block: the last block that is shown as read; 0 shows none.
        view: how preferences are shown.
        writing: the preference of the next block while it is being written, else None.
        running: what is going on.
        note: one line of status.
        picked: id of the candidate that is explained; empty for the one ranked first.
        measured: what a live measurement knows of it so far.
        what_if: what the visitor tried, maybe on another preference (see `tries`).
        compared: which systems are compared, maybe for another user (see `comparison`).
    """

    run: Run
    recording: Recording | None = None
    block: int = 0
    view: View = "diff"
    writing: str | None = None
    running: Going = ""
    note: str = ""
    picked: str = ""
    measured: Explanation | None = None
    what_if: WhatIf | None = None
    compared: Comparison | None = None

    def __deepcopy__(self, memo: object) -> "Screen":
        """Return itself: Gradio copies a session's first state, and this one never changes."""
        return self

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the history, read or not."""
        read = tuple(preference.block for preference in self.run.preferences)
        if self.run.variant == "direct":
            return read or (Block(1, self.run.history),)
        return read + split_blocks(self.run.history)[len(read) :]

    @property
    def is_recorded(self) -> bool:
        """Say whether the recorded run is on screen, and not a live one of the same user."""
        return self.recording is not None and self.run is self.recording.run

    @property
    def is_run(self) -> bool:
        """Say whether a model has written anything for this history."""
        return bool(self.run.preferences)

    @property
    def has_covers(self) -> bool:
        """Say whether there is any picture to show."""
        return any(item.cover for item in (*self.run.history, *self.run.candidates))

    @property
    def scored_block(self) -> int:
        """The block whose scores are shown: that on screen, or the last one before with scores."""
        return min(self.block, len(self.run.scores))

    @property
    def picked_id(self) -> str:
        """Id of the candidate that is explained; empty while nothing is scored."""
        scored = self.run.scores[: self.block]
        if not scored:
            return ""
        known = {score.item_id for score in scored[-1]}
        if self.picked in known:
            return self.picked
        return max(scored[-1], key=lambda score: score.margin).item_id

    @property
    def recorded_explanations(self) -> tuple[Explanation, ...]:
        """The reasons that came with the run on screen, if it is a recorded one."""
        return self.recording.explanations if self.recording and self.is_recorded else ()

    @property
    def recorded_answers(self) -> tuple[Answer, ...]:
        """The answers of other systems that came with it."""
        return self.recording.rivals if self.recording and self.is_recorded else ()

    @property
    def explanation(self) -> Explanation | None:
        """What is known about the picked candidate after the block whose scores are shown."""
        for found in (self.measured, *self.recorded_explanations):
            if found and (found.item_id, found.block) == (self.picked_id, self.scored_block):
                return found
        return None

    @property
    def tries(self) -> WhatIf | None:
        """What was tried on the preference that was scored; None where nothing is."""
        block = self.scored_block
        if not block:
            return None
        of = (self.run.dataset, self.run.user_id, block)
        text = self.run.preferences[block - 1].written.text
        as_written = Attempt(text, self.run.scores[block - 1])
        if self.what_if and (self.what_if.of, self.what_if.attempts[0]) == (of, as_written):
            return self.what_if
        return WhatIf(of, (as_written,))

    @property
    def comparison(self) -> Comparison:
        """Which systems are compared for the user on screen."""
        of = (self.run.dataset, self.run.user_id)
        return self.compared if self.compared and self.compared.of == of else Comparison(of)

    def answer(self, system: System) -> Answer | None:
        """What a system answered for this user: asked live, recorded, or the run itself."""
        whole = self.is_run and len(self.run.scores) == len(self.blocks)
        own = (answer_of(self.run),) if whole and self.run.variant == "recurrent" else ()
        known = (*own, *self.comparison.answers, *self.recorded_answers)
        return next((answer for answer in known if answer.system == system), None)

    @property
    def is_measured_live(self) -> bool:
        """Say whether the explanation on screen was measured just now."""
        return self.measured is not None and self.explanation is self.measured

    def at(self, block: int) -> "Screen":
        """Show the run up to a block, as far as it has one."""
        last = len(self.run.preferences)
        return replace(self.halted, block=max(min(block, last), min(1, last)))

    @property
    def halted(self) -> "Screen":
        """The same with nothing going on; what was recorded is worth more than half of it anew."""
        again = self.measured and self.measured.history is None and self._recorded(self.measured)
        measured = None if again else self.measured
        return replace(self, writing=None, running="", note="", measured=measured)

    def _recorded(self, measured: Explanation) -> bool:
        """Whether the recording holds the reasons of what is measured."""
        of = (measured.item_id, measured.block)
        return any((found.item_id, found.block) == of for found in self.recorded_explanations)
