"""The planted truth of a sample data set, read for evaluation only; no stage ever sees it."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.errors import DataError
from core.records import Dataset


@cache  # every test user asks for it
def _read(file: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return truth


@dataclass(frozen=True, slots=True)
class PlantedTaste:
    """What a user wants at some point: two themes and a style, as keys."""

    themes: tuple[str, ...]
    style: str


class PlantedTruth:
    """Themes and styles of items, tastes of users."""

    def __init__(self, dataset: Dataset) -> None:
        """Read ``truth.json`` beside a sample data set.

        Raises:
            DataError: if the data set has none.
        """
        try:
            self._truth = _read(dataset.root / "truth.json")
        except OSError as error:
            raise DataError(
                f"The data set {dataset.name!r} has no planted truth; only the sample has."
            ) from error

    def theme(self, item_id: str) -> str:
        """Key of an item's theme."""
        return str(self._truth["items"][item_id]["theme"])

    def style(self, item_id: str) -> str:
        """Key of an item's style."""
        return str(self._truth["items"][item_id]["style"])

    def drawing(self, item_id: str) -> int:
        """Which of its theme's drawings an item shows."""
        return int(self._truth["items"][item_id]["drawing"])

    def taste(self, user_id: str, index: int) -> PlantedTaste:
        """The taste behind a user's interaction, counted from 0."""
        tastes = [t for t in self._truth["users"][user_id]["tastes"] if t["from"] <= index]
        return PlantedTaste(tuple(tastes[-1]["themes"]), tastes[-1]["style"])

    def drift(self, user_id: str) -> tuple[int, str] | None:
        """From which interaction on a user's taste is another, and in what; None without."""
        user = self._truth["users"][user_id]
        return (user["drift_at"], user["drift"]) if user["drift_at"] is not None else None
