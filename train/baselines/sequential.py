"""What the models share: training on the next item of every position, and scoring candidates."""

from abc import abstractmethod
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from train.baselines.interactions import PAD
from train.baselines.item_table import ItemTable

NEGATIVES = 1024  # drawn for a batch; catalogues up to twice as large are softmaxed whole
Parts = Mapping[str, Tensor]
"""Vectors of all items by part, each ``(items + 1, size)``."""


class NextItemModel(nn.Module):
    """Predicts the next item after every position of a sequence."""

    def __init__(self, table: ItemTable) -> None:
        """Take the table of the items."""
        super().__init__()
        self.table = table

    def parts(self) -> Parts:
        """What is known of the items; a graph model lets them learn from their neighbours."""
        return self.table.vectors()

    @abstractmethod
    def states(self, sequences: Tensor, parts: Parts) -> Tensor:
        """What is known of the user after each position, not of what comes later.

        Args:
            sequences: item numbers, int64, ``(rows, length)``, padded on the right.
            parts: of the items.

        Returns:
            ``(rows, length, size)``.
        """

    def loss(self, sequences: Tensor) -> Tensor:
        """Mean cross-entropy of the next item among negatives that the batch shares.

        Args:
            sequences: item numbers, int64, ``(rows, length)``, padded on the right.
        """
        parts, following = self.parts(), sequences[:, 1:]
        there = following != PAD
        states = self.states(sequences[:, :-1], parts)[there]  # (predictions, size)
        targets, whole, biases = following[there], fused(parts), self.table.biases()
        if len(biases) <= 2 * NEGATIVES:
            return functional.cross_entropy(states @ whole[1:].T + biases[1:], targets - 1)
        drawn = torch.randint(1, len(biases), (NEGATIVES,))
        wrong = states @ whole[drawn].T + biases[drawn]
        wrong = wrong.masked_fill(drawn[None] == targets[:, None], -torch.inf)
        right = (states * whole[targets]).sum(1) + biases[targets]
        return (torch.cat([right[:, None], wrong], 1).logsumexp(1) - right).mean()

    def score(self, histories: Tensor, candidates: Tensor) -> Tensor:
        """Logits of candidates.

        Args:
            histories: int64, ``(users, length)``, padded on the right, none empty.
            candidates: int64, ``(users, candidates)``.

        Returns:
            float32, ``(users, candidates)``.
        """
        parts, last = self.parts(), (histories != PAD).sum(1) - 1
        state = self.states(histories, parts)[torch.arange(len(histories)), last]
        logits: Tensor = (fused(parts)[candidates] @ state[:, :, None]).squeeze(2)
        return logits + self.table.biases()[candidates]


def fused(parts: Parts) -> Tensor:
    """One vector an item, ``(items + 1, size)``."""
    return torch.stack(list(parts.values())).sum(0)
