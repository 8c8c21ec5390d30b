"""Everything a model wrote, by the content it was made from: the Memory of core.memory."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from core.language_model import Checkpoint, Generation, Margin
from core.memory import KeptText
from core.prompts import Prompt
from core.store.connection import Connected
from core.store.tables import ScoreRow, TextRow


class Answers(Connected):
    """Remembered texts and margins. Every method is a transaction of its own."""

    def find_texts(self, keys: Sequence[str]) -> dict[str, Generation]:
        """The remembered texts among these keys."""
        with self.session() as session:
            rows = session.scalars(select(TextRow).where(TextRow.key.in_(keys)))
            return {row.key: Generation(row.text, row.tokens, row.milliseconds) for row in rows}

    def keep_texts(self, answers: Mapping[str, KeptText]) -> None:
        """Remember texts with their provenance, all or none; those that are known stay."""
        rows = [
            _output(key, a.prompt, a.checkpoint, a.generation.tokens, a.generation.milliseconds)
            | {
                "prompt": a.prompt.shown,
                "text": a.generation.text,
                "decoding": str(a.decoding),
                "seed": a.decoding.seed,
            }
            for key, a in answers.items()
        ]
        with self.session() as session:
            self.insert_new(session, TextRow, rows)

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
