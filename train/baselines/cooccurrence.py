"""Item co-occurrence: nearest neighbours between items (Sarwar et al., 2001).

Taken: items are as alike as the cosine of the users who took them; a candidate's score is how
alike it is to the history (https://doi.org/10.1145/371920.372071). Ours: newer items of the history
count more, and popularity breaks ties. `core.crowd` counts the same for one user of the demo.
"""

from collections.abc import Sequence

import numpy as np
import torch
from scipy import sparse
from torch import Tensor

from core.crowd import FADING, TIES
from train.baselines.interactions import PAD
from train.baselines.neighbours import together


class Cooccurrence:
    """Counts, nothing is learnt."""

    def __init__(self, sequences: Sequence[Sequence[int]], items: int) -> None:
        """Count who took what together.

        Args:
            sequences: of training users, item numbers.
            items: in the catalogue.
        """
        self._alike = together(sequences, items)
        counts = np.bincount(np.concatenate([np.asarray(s) for s in sequences]), None, items + 1)
        self._popular = TIES * counts / max(1, counts.max())

    def score(self, histories: Tensor, candidates: Tensor) -> Tensor:
        """As `NextItemModel.score`."""
        users, places = (histories != PAD).nonzero(as_tuple=True)
        age = (histories != PAD).sum(1)[users] - 1 - places
        weights = (FADING ** age.numpy(), (users.numpy(), histories[users, places].numpy()))
        read = sparse.csr_matrix(weights, (len(histories), len(self._popular)))
        alike = (read @ self._alike).tocsr()
        rows, columns = np.arange(len(histories))[:, None], np.array(candidates.tolist())
        found = np.asarray(alike[rows, columns].todense()) + self._popular[columns]
        return torch.from_numpy(found).float()
