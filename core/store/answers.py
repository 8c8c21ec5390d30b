"""Everything a model wrote, by the content it was made from: the Memory of core.memory."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from core.language_model import Checkpoint, Decoding, Generation, Margin
from core.prompts import Prompt
from core.store.connection import Connected
from core.store.tables import ScoreRow, TextRow


class Answers(Connected):
    """Remembered texts and margins. Every method is a transaction of its own."""

    def find_text(self, key: str) -> Generation | None:
        """A remembered text, or None."""
        with self.session() as session:
            row = session.get(TextRow, key)
            return Generation(row.text, row.tokens, row.milliseconds) if row else None

    def keep_text(
        self,
        key: str,
        prompt: Prompt,
        checkpoint: Checkpoint,
        decoding: Decoding,
        generation: Generation,
    ) -> None:
        """Remember a text with its provenance."""
        row = _output(key, prompt, checkpoint, generation.tokens, generation.milliseconds)
        row |= {
            "prompt": prompt.shown,
            "text": generation.text,
            "decoding": str(decoding),
            "seed": decoding.seed,
        }
        with self.session() as session:
            self.insert_new(session, TextRow, [row])

    def find_margins(self, keys: Sequence[str]) -> dict[str, Margin]:
        """The remembered margins among these keys."""
        with self.session() as session:
            rows = session.scalars(select(ScoreRow).where(ScoreRow.key.in_(keys)))
            return {
                row.key: Margin(row.margin, row.label_mass, row.tokens, row.milliseconds)
                for row in rows
            }

    def keep_margins(
        self, checkpoint: Checkpoint, prompts: dict[str, Prompt], margins: dict[str, Margin]
    ) -> None:
        """Remember margins with their provenance."""
        rows = [
            _output(key, prompts[key], checkpoint, margin.tokens, margin.milliseconds)
            | {"margin": margin.margin, "label_mass": margin.label_mass}
            for key, margin in margins.items()
        ]
        with self.session() as session:
            self.insert_new(session, ScoreRow, rows)


def _output(
    key: str, prompt: Prompt, checkpoint: Checkpoint, tokens: int, milliseconds: float
) -> dict[str, Any]:
    return {
        "key": key,
        "kind": prompt.kind,
        "checkpoint": checkpoint.name,
        "checkpoint_sha": checkpoint.sha,
        "prompt_version": prompt.version,
        "tokens": tokens,
        "milliseconds": milliseconds,
    }
