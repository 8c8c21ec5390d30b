"""Trans2D (Singer et al., 2022, https://arxiv.org/abs/2110.11072).

The paper's table 3 cites Zhao, Lee and Wu (2020) for it. Taken: attention in two dimensions, over
places and over the attributes of the items at them, all at once. Simplified: attributes are the
item itself and its modalities, flattened into one sequence; the linear maps over both dimensions
are an attribute's and a place's own vectors.
"""

import torch
from torch import Tensor, nn

from core.store import HISTORY_LIMIT
from train.baselines.interactions import places_from_end
from train.baselines.item_table import ItemTable
from train.baselines.sasrec import causal_layers
from train.baselines.sequential import NextItemModel, Parts


class Trans2D(NextItemModel):
    """Self-attention over places and attributes together."""

    def __init__(self, table: ItemTable, *, dropout: float) -> None:
        """Take a table and the share that training drops."""
        super().__init__(table)
        size, count = table.size, len(table.parts)
        self.places = nn.Embedding(HISTORY_LIMIT, size)
        self.attributes = nn.Embedding(count, size)
        for embedding in (self.places, self.attributes):
            nn.init.normal_(embedding.weight, std=size**-0.5)
        self.drop = nn.Dropout(dropout)
        self.layers = causal_layers(size, dropout, layers=1)
        self.back = nn.Linear(count * size, size)

    def states(self, sequences: Tensor, parts: Parts) -> Tensor:
        """As `NextItemModel.states`."""
        rows, length = sequences.shape
        count, size = len(parts), self.table.size
        items = torch.stack([own[sequences] for own in parts.values()], 2) * size**0.5
        places = self.places(places_from_end(sequences))
        items = items + places[:, :, None] + self.attributes.weight
        place = torch.arange(length).repeat_interleave(count)
        hidden = place[None] > place[:, None]  # all attributes of a place see each other
        read = self.layers(self.drop(items.view(rows, length * count, size)), mask=hidden)
        states: Tensor = self.back(read.view(rows, length, count * size))
        return states
