"""MMSR (Hu et al., 2023, https://arxiv.org/abs/2308.15980).

Taken: modalities may be fused before the sequence is read or after, and the model decides at every
place which of the two says more. Simplified: two recurrent paths and a gate stand in for the
heterogeneous graph of modality codes, with its two kinds of attention and its update order.
"""

import torch
from torch import Tensor, nn

from train.baselines.item_table import ItemTable
from train.baselines.sequential import NextItemModel, Parts


class MMSR(NextItemModel):
    """Early and late fusion side by side."""

    def __init__(self, table: ItemTable, *, dropout: float) -> None:
        """Take a table and the share of inputs that training drops."""
        super().__init__(table)
        size = table.size
        self.drop = nn.Dropout(dropout)
        self.early = nn.GRU(size, size, batch_first=True)
        self.late = nn.ModuleDict({p: nn.GRU(size, size, batch_first=True) for p in table.parts})
        self.before, self.after = nn.Linear(size, 1), nn.Linear(size, 1)
        self.choose = nn.Linear(2 * size, size)
        self.back = nn.Linear(size, size)

    def states(self, sequences: Tensor, parts: Parts) -> Tensor:
        """As `NextItemModel.states`."""
        items = {name: self.drop(own[sequences]) for name, own in parts.items()}
        early, _ = self.early(attended(list(items.values()), self.before))
        late = attended([self.late[name](given)[0] for name, given in items.items()], self.after)
        share = self.choose(torch.cat([early, late], 2)).sigmoid()
        states: Tensor = self.back(share * early + (1 - share) * late)
        return states


def attended(views: list[Tensor], weigh: nn.Linear) -> Tensor:
    """A weighted sum of modalities, each ``(rows, length, size)``, weighed at every place."""
    stacked = torch.stack(views, 2)
    weights: Tensor = weigh(stacked).softmax(2)
    return (weights * stacked).sum(2) * len(views)
