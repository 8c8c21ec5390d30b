"""SASRec (Kang and McAuley, 2018, https://arxiv.org/abs/1808.09781).

Taken: causal self-attention over the items of a history, with learnt places, which count from the
end, as in the original, whose sequences end where they are padded to: what is taken last is taken
in other times than what was taken first. Simplified: torch's
own transformer layers, normed first. A softmax over uniform negatives with an item bias takes the
place of one negative a position, from which much of SASRec's strength comes (Klenitskiy and
Vasilev, 2023, https://arxiv.org/abs/2309.07602). SASRec_F is the same over items with text and
image.
"""

import torch
from torch import Tensor, nn

from core.store import HISTORY_LIMIT
from train.baselines.interactions import places_from_end
from train.baselines.item_table import ItemTable
from train.baselines.sequential import NextItemModel, Parts, fused

LAYERS, HEADS = 2, 2


class SASRec(NextItemModel):
    """Layers of causal self-attention."""

    def __init__(self, table: ItemTable, *, dropout: float) -> None:
        """Take a table and the share that training drops."""
        super().__init__(table)
        self.places = nn.Embedding(HISTORY_LIMIT, table.size)
        nn.init.normal_(self.places.weight, std=table.size**-0.5)
        self.drop = nn.Dropout(dropout)
        self.layers = causal_layers(table.size, dropout, LAYERS)

    def states(self, sequences: Tensor, parts: Parts) -> Tensor:
        """As `NextItemModel.states`."""
        length = sequences.shape[1]
        places = self.places(places_from_end(sequences))
        vectors = fused(parts)[sequences] * self.table.size**0.5 + places
        hidden = torch.ones(length, length, dtype=torch.bool).triu(1)
        states: Tensor = self.layers(self.drop(vectors), mask=hidden)
        return states


def causal_layers(size: int, dropout: float, layers: int) -> nn.TransformerEncoder:
    """Transformer layers that are told by their mask what they may not see."""
    layer = nn.TransformerEncoderLayer(
        size, HEADS, 4 * size, dropout, "gelu", batch_first=True, norm_first=True
    )
    norm = nn.LayerNorm(size)
    return nn.TransformerEncoder(layer, layers, norm, enable_nested_tensor=False)
