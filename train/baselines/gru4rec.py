"""GRU4Rec (Hidasi et al., 2016, https://arxiv.org/abs/1511.06939).

Taken: a gated recurrent network over the items of a session; its last state scores every item.
Simplified: every user is a session; a softmax over uniform negatives with an item bias takes the
place of TOP1 and BPR. GRU4Rec_F is the same over items with text and image.
"""

from torch import Tensor, nn

from train.baselines.item_table import ItemTable
from train.baselines.sequential import NextItemModel, Parts, fused


class GRU4Rec(NextItemModel):
    """One recurrent layer."""

    def __init__(self, table: ItemTable, *, dropout: float) -> None:
        """Take a table and the share of inputs and states that training drops."""
        super().__init__(table)
        self.drop = nn.Dropout(dropout)
        self.cells = nn.GRU(table.size, 2 * table.size, batch_first=True)
        self.back = nn.Linear(2 * table.size, table.size)

    def states(self, sequences: Tensor, parts: Parts) -> Tensor:
        """As `NextItemModel.states`."""
        states, _ = self.cells(self.drop(fused(parts)[sequences]))
        projected: Tensor = self.back(self.drop(states))
        return projected
