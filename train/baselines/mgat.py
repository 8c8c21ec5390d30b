"""MGAT (Tao et al., 2020, https://doi.org/10.1016/j.ipm.2020.102277).

The paper's table 3 names it beside a reference to geometric matrix completion (Monti et al., 2017);
what it describes, a graph attention network that tells interests apart by modality, is this one.
Taken: attention decides how much a neighbour says in each modality's graph, and a gate how much a
modality says about a user. Simplified: as `train.baselines.mmgcn`; a user's attention to an item
depends on the item alone.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from train.baselines.item_table import ItemTable
from train.baselines.sequential import NextItemModel, Parts


class MGAT(NextItemModel):
    """Graph attention, one graph a modality, gated."""

    numbers: Tensor
    there: Tensor

    def __init__(
        self, table: ItemTable, neighbours: tuple[Tensor, Tensor], *, dropout: float
    ) -> None:
        """Take a table, every item's nearest items with their weights, and what is dropped."""
        super().__init__(table)
        numbers, weights = neighbours
        self.register_buffer("numbers", numbers, persistent=False)
        self.register_buffer("there", weights > 0, persistent=False)
        size = table.size
        self.said = nn.ModuleDict({p: nn.Linear(size, size, bias=False) for p in table.parts})
        self.weigh = nn.ModuleDict({p: nn.Linear(size, 1) for p in table.parts})
        self.user = nn.ModuleDict({p: nn.Linear(size, size) for p in table.parts})
        self.gate = nn.ModuleDict({p: nn.Linear(size, size) for p in table.parts})
        self.drop = nn.Dropout(dropout)

    def parts(self) -> Parts:
        """Every item with what its neighbours said, modality by modality."""
        return {name: self._heard(name, own) for name, own in self.table.vectors().items()}

    def _heard(self, name: str, own: Tensor) -> Tensor:
        said = self.said[name](self.drop(own))
        around = said[self.numbers]  # (items + 1, neighbours, size)
        weight = (around @ said[:, :, None]).squeeze(2) * self.table.size**-0.5
        weight = weight.masked_fill(~self.there, -1e9).softmax(1) * self.there
        return own + functional.leaky_relu((weight[:, None] @ around).squeeze(1))

    def states(self, sequences: Tensor, parts: Parts) -> Tensor:
        """As `NextItemModel.states`: what was attended to so far, gated by modality."""
        views = []
        for name, own in parts.items():
            items = self.drop(own)[sequences]
            weight = self.weigh[name](items).clamp(-10, 10).exp()
            view = (weight * items).cumsum(1) / weight.cumsum(1)
            views.append(self.gate[name](view).sigmoid() * self.user[name](view))
        return torch.stack(views).sum(0)
