"""What a baseline knows of an item: a vector of its own, and what can be read and seen of it."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

OWN = "own"  # the part that is learnt for each item
# Of the vectors before training. Rare items keep much of what they started with, and what is large
# and random stays in the way (docs/decisions.md).
SPREAD = 0.02


class ItemTable(nn.Module):
    """Item vectors in parts: one that is learnt for each item, one projected from each modality.

    An item that no training user touched has nothing but its modalities: its own vector and bias
    were never learnt, and count as zero once `forget` has named it.
    """

    known: Tensor

    def __init__(self, items: int, size: int, features: Mapping[str, Tensor]) -> None:
        """Make a table.

        Args:
            items: in the catalogue; they are numbered from 1.
            size: of a vector.
            features: by modality, float32, ``(items, any)``; given, not learnt.
        """
        super().__init__()
        self.size = size
        self.own = nn.Embedding(items + 1, size)  # of the padding too
        nn.init.normal_(self.own.weight, std=SPREAD)
        self.bias = nn.Embedding(items + 1, 1)
        nn.init.zeros_(self.bias.weight)
        self.register_buffer("known", torch.ones(items + 1, 1), persistent=False)
        self.project = nn.ModuleDict()
        for name, values in features.items():
            rows = torch.cat([torch.zeros(1, values.shape[1]), functional.normalize(values, dim=1)])
            self.register_buffer(f"given_{name}", rows, persistent=False)
            self.project[name] = nn.Linear(values.shape[1], size)

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of the parts."""
        return (OWN, *self.project)

    def vectors(self) -> dict[str, Tensor]:
        """Every item's vector, by part, each ``(items + 1, size)``."""
        found: dict[str, Tensor] = {OWN: self.own.weight * self.known}
        for name, project in self.project.items():
            found[name] = project(self.get_buffer(f"given_{name}"))
        return found

    def biases(self) -> Tensor:
        """How popular every item is to begin with, ``(items + 1,)``."""
        biases: Tensor = (self.bias.weight * self.known).squeeze(1)
        return biases

    def forget(self, items: Tensor) -> None:
        """Nothing was learnt of these item numbers, int64, ``(any,)``."""
        self.known[items] = 0.0
