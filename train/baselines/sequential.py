"""What the models share: training on the next item of every position, and scoring candidates."""

from abc import abstractmethod
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from train.baselines.interactions import PAD
from train.baselines.item_table import ItemTable

NEGATIVES = 2048  # drawn for a batch; catalogues up to twice as large are softmaxed whole
Parts = Mapping[str, Tensor]
"""Vectors of all items by part, each ``(items + 1, size)``."""


class NextItemModel(nn.Module):
    """Predicts the next item after every position of a sequence.

    Attributes:
        table: of the items.
        offered: numbers of the items that may be negatives in training, int64, sorted: all of them,
            unless some are kept from it. Pushed down as negatives, items that nobody could take
            would teach that whatever looks like them is not wanted.
    """

    offered: Tensor

    def __init__(self, table: ItemTable) -> None:
        """Take the table of the items."""
        super().__init__()
        self.table = table
        every = torch.arange(1, table.own.num_embeddings)
        self.register_buffer("offered", every, persistent=False)

    def keep_from(self, items: Tensor) -> None:
        """Train as if these item numbers, int64, ``(any,)``, did not exist."""
        self.offered = self.offered[~torch.isin(self.offered, items)]

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
        read = sequences[:, :-1].masked_fill(~there, PAD)  # a last item is never read, only told
        states = self.states(read, parts)[there]  # (predictions, size)
        targets, whole, biases = following[there], fused(parts), self.table.biases()
        if len(self.offered) <= 2 * NEGATIVES:
            logits = states @ whole[self.offered].T + biases[self.offered]
            return functional.cross_entropy(logits, torch.searchsorted(self.offered, targets))
        drawn = self.offered[torch.randint(len(self.offered), (NEGATIVES,))]
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
