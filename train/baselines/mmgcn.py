"""MMGCN (Wei et al., 2019, https://doi.org/10.1145/3343031.3351034).

Taken: one graph of users and items for each modality; messages are passed in each by itself, and
the modalities' views are added up. Simplified: users of a test fold are in no training graph, so a
user is the mean of the items so far, passed through the same weights; items exchange messages with
those that the same users took.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from train.baselines.item_table import ItemTable
from train.baselines.sequential import NextItemModel, Parts


class MMGCN(NextItemModel):
    """Graph convolutions, one graph a modality."""

    numbers: Tensor
    shares: Tensor

    def __init__(
        self, table: ItemTable, neighbours: tuple[Tensor, Tensor], *, dropout: float
    ) -> None:
        """Take a table, every item's nearest items with their weights, and what is dropped."""
        super().__init__(table)
        numbers, weights = neighbours
        self.register_buffer("numbers", numbers, persistent=False)
        share = weights / weights.sum(1, keepdim=True).clamp(min=1e-6)
        self.register_buffer("shares", share, persistent=False)
        self.pass_on = nn.ModuleDict({p: nn.Linear(table.size, table.size) for p in table.parts})
        self.keep = nn.ModuleDict({p: nn.Linear(table.size, table.size) for p in table.parts})
        self.user = nn.ModuleDict({p: nn.Linear(table.size, table.size) for p in table.parts})
        self.drop = nn.Dropout(dropout)

    def parts(self) -> Parts:
        """Every item with what its neighbours passed on, modality by modality."""
        return {name: self._passed(name, own) for name, own in self.table.vectors().items()}

    def _passed(self, name: str, own: Tensor) -> Tensor:
        sent = self.pass_on[name](self.drop(own))
        heard = functional.embedding_bag(
            self.numbers, sent, per_sample_weights=self.shares, mode="sum"
        )
        return own + functional.leaky_relu(heard + self.keep[name](own))

    def states(self, sequences: Tensor, parts: Parts) -> Tensor:
        """As `NextItemModel.states`: the mean of the items so far."""
        count = torch.arange(1, sequences.shape[1] + 1)[:, None]
        views = [
            self.user[name](self.drop(own)[sequences].cumsum(1) / count)
            for name, own in parts.items()
        ]
        return torch.stack(views).sum(0)
