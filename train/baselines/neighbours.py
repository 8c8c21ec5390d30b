"""The graph that the graph models share: items that training users took together."""

from collections.abc import Sequence

import numpy as np
import torch
from scipy import sparse
from torch import Tensor

MOST = 16  # neighbours of an item


def together(sequences: Sequence[Sequence[int]], items: int) -> sparse.csr_matrix:
    """How alike items are: shared users over the geometric mean of both items' users.

    Args:
        sequences: of training users, item numbers.
        items: in the catalogue.

    Returns:
        float32, ``(items + 1, items + 1)``, nothing on the diagonal.
    """
    rows = np.repeat(np.arange(len(sequences)), [len(s) for s in sequences])
    columns = np.concatenate([np.asarray(s, dtype=np.int64) for s in sequences])
    ones = np.ones(len(columns), dtype=np.float32)
    touched = sparse.csr_matrix((ones, (rows, columns)), (len(sequences), items + 1))
    shared = (touched.T @ touched).tocsr()
    counts = shared.diagonal()
    scale = sparse.diags_array(1 / np.sqrt(np.maximum(counts, 1)))
    return (scale @ (shared - sparse.diags_array(counts)) @ scale).tocsr()


def nearest(alike: sparse.csr_matrix, most: int = MOST) -> tuple[Tensor, Tensor]:
    """Each item's closest neighbours.

    Returns:
        Item numbers, int64, and how alike they are, float32, both ``(items + 1, most)``; 0 and
        0.0 where an item has fewer.
    """
    numbers = np.zeros((alike.shape[0], most), dtype=np.int64)
    weights = np.zeros((alike.shape[0], most), dtype=np.float32)
    for row in range(alike.shape[0]):
        part = slice(alike.indptr[row], alike.indptr[row + 1])
        order = np.argsort(-alike.data[part], kind="stable")[:most]
        numbers[row, : len(order)] = alike.indices[part][order]
        weights[row, : len(order)] = alike.data[part][order]
    return torch.from_numpy(numbers), torch.from_numpy(weights)
