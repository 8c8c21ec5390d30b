"""A data set as numbers: what the baselines learn from and are asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from core.errors import DataError
from core.store import HISTORY_LIMIT, Store

PAD = 0  # stands behind the end of a sequence; items count from 1


@dataclass(frozen=True)
class Interactions:
    """Every user's items, oldest first.

    Attributes:
        dataset: its name.
        item_ids: of the catalogue, in its order; the item of number n is ``item_ids[n - 1]``.
        sequences: user id -> item ids.
    """

    dataset: str
    item_ids: tuple[str, ...]
    sequences: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, store: Store, dataset: str) -> "Interactions":
        """Read a prepared data set."""
        return cls(dataset, store.item_ids(dataset), store.sequences(dataset))

    def numbered(self, item_ids: Sequence[Sequence[str]]) -> list[list[int]]:
        """Ids as numbers.

        Raises:
            DataError: for an id that the catalogue does not have.
        """
        number = {item_id: n for n, item_id in enumerate(self.item_ids, 1)}
        try:
            return [[number[item_id] for item_id in row] for row in item_ids]
        except KeyError as missing:
            raise DataError(
                f"The data set {self.dataset!r} has no item {missing.args[0]!r}."
            ) from missing


def padded(rows: Sequence[Sequence[int]], length: int = HISTORY_LIMIT) -> Tensor:
    """Rows of item numbers as one tensor; a longer one keeps its end.

    Returns:
        int64, ``(rows, longest)``, padded on the right with `PAD`.
    """
    width = max(1, min(length, max(map(len, rows), default=1)))
    table = torch.full((len(rows), width), PAD)
    for line, row in zip(table, rows, strict=True):
        kept = torch.tensor(row[-width:], dtype=torch.int64)
        line[: len(kept)] = kept
    return table


def trimmed(rows: Tensor) -> Tensor:
    """Rows without the columns in which all of them are padded."""
    return rows[:, : int((rows != PAD).sum(1).max())]


def places_from_end(rows: Tensor) -> Tensor:
    """How many items come after each, int64, as `rows`; 0 for padding, too."""
    after = (rows != PAD).sum(1, keepdim=True) - 1 - torch.arange(rows.shape[1])
    return after.clamp(min=0)
