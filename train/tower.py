"""Stage 0: tower and projector, trained from scratch as CLIP is (ours).

The tower learns from two plain classifiers on its own features, which are thrown away. The
projector matches those features with texts. The text side is frozen and already there: the word
vectors of the language model that will read the projector's tokens. A picture's tokens, averaged,
have to point at the words for what it shows and for how it looks, so that they speak the language
model's language before it ever reads them. The matching does not reach into the tower: it held up
its first thousand steps.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.tower import ConvTower
from core.transformers_model import best_dtype
from train.sample.catalogue import DATASETS, Item
from train.sample.styles import STYLES
from train.wording import subject_of

SHIFT = 8  # pixels a training view is moved by at most


class TowerLearner(nn.Module):
    """Matches pictures with what they show and how they look.

    The loss is the sum of cross-entropies among the texts of all drawings and among those of all
    styles, over cosine similarities of projected tokens, and of the two classifiers; a style is
    learnt in no time and counts less.
    """

    def __init__(self, tower: ConvTower, projector: nn.Module, words: Tensor, ids: Any) -> None:
        """Take the parts to train and the frozen word vectors.

        Args:
            tower: a `core.tower.ConvTower` with its norms.
            projector: LLaVA-NeXT's, from the tower's width to the language model's.
            words: the language model's input embeddings, ``(vocabulary, width)``.
            ids: text -> its token ids.
        """
        super().__init__()
        self.tower, self.projector = tower, projector
        drawings = [f"{subject_of(t, n)}, {t.words}" for t, n in all_drawings()]
        looks = [f"{style.words}, {style.palette}, {style.mood}" for style in STYLES]
        self.register_buffer("drawings", _text_vectors(drawings, words, ids))
        self.register_buffer("looks", _text_vectors(looks, words, ids))
        self.scale = nn.Parameter(torch.tensor([20.0, 20.0]).log())
        self.what = nn.Linear(tower.config.hidden_size, len(drawings))
        self.how = nn.Linear(tower.config.hidden_size, len(looks))

    def patches(self, views: Tensor) -> Tensor:
        """The tower's patch features, ``(rows, patches, width)``, of uint8 views."""
        dtype = best_dtype()
        with torch.autocast(views.device.type, dtype, enabled=dtype != torch.float32):
            found: Tensor = self.tower(pixel_values=views.float() / 127.5 - 1).last_hidden_state
        return found.float()

    def similarities(self, patches: Tensor) -> tuple[Tensor, Tensor]:
        """Similarities with all drawings and all styles, each ``(rows, texts)``."""
        tokens = functional.normalize(self.projector(patches).mean(1), dim=-1)
        what, how = self.scale.exp()
        return what * tokens @ self.drawings.T, how * tokens @ self.looks.T

    def forward(self, batch: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """Loss of one batch of views, drawing numbers and style numbers."""
        views, drawings, styles = batch
        patches = self.patches(views)
        pooled = patches.mean(1)
        what, how = self.similarities(patches.detach())
        return (
            functional.cross_entropy(self.what(pooled), drawings, label_smoothing=0.05)
            + 0.3 * functional.cross_entropy(self.how(pooled), styles)
            + functional.cross_entropy(what, drawings)
            + functional.cross_entropy(how, styles)
        )


class ViewBatches:
    """Seeded batches of augmented views out of drawn worlds."""

    def __init__(self, views: np.ndarray, items: Sequence[Item], size: int, seed: int) -> None:
        """Take views, uint8 ``(items, 2, side, side, 3)``, of these items."""
        numbers = {(t.key, n): k for k, (t, n) in enumerate(all_drawings())}
        styles = {style.key: k for k, style in enumerate(STYLES)}
        self._views, self._size, self._seed = views, size, seed
        self.drawings = torch.tensor([numbers[i.theme.key, i.drawing] for i in items])
        self.styles = torch.tensor([styles[i.style.key] for i in items])

    def __call__(self, index: int) -> tuple[Tensor, Tensor, Tensor]:
        """The micro-batch of this index: every epoch sees every item once, as either view."""
        count = len(self._views)
        rng = np.random.default_rng((self._seed, index))
        epoch, start = divmod(index * self._size, count)
        order = np.random.default_rng((self._seed, epoch)).permutation(count)
        rows = np.take(order, range(start, start + self._size), mode="wrap")
        picked = self._views[rows, rng.integers(0, 2, len(rows))]
        moved = np.stack([_moved(view, rng) for view in picked])
        views = torch.from_numpy(moved).permute(0, 3, 1, 2)
        return views, self.drawings[rows], self.styles[rows]


def _moved(view: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The view mirrored by chance and shifted by a few pixels; what leaves comes in as black."""
    if rng.random() < 0.5:
        view = view[:, ::-1]
    side = len(view)
    top, left = rng.integers(0, 2 * SHIFT + 1, 2)
    padded = np.pad(view, ((SHIFT, SHIFT), (SHIFT, SHIFT), (0, 0)), mode="edge")
    return padded[top : top + side, left : left + side]


def all_drawings() -> list[tuple[Any, int]]:
    """Every theme with every number of its drawings, in a fixed order."""
    return [(t, n) for d in DATASETS for t in d.themes for n in range(len(t.drawings))]


def _text_vectors(texts: Sequence[str], words: Tensor, ids: Any) -> Tensor:
    """Mean word vector of each text, less what all texts share, at length one."""
    means = torch.stack([words[ids(text)].float().mean(0) for text in texts])
    return functional.normalize(means - means.mean(0), dim=-1)
