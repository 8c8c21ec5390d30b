"""Stage 0: tower and projector, trained from scratch (ours).

The tower learns from two plain classifiers on its own features, which are thrown away. The
projector learns to spell what was seen: each token of a view becomes one word, as the language
model that will read it keeps it, three of the theme, four of the drawing and two of the look. A
reader that copies words then has little to learn. Spelling does not reach into the tower: a large
gradient of its own held up the first thousand steps.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.tower import ConvTower
from train.epochs import in_epochs
from train.loop import learning_dtype
from train.sample.catalogue import DATASETS, Item
from train.sample.styles import STYLES
from train.targets import LOOKS
from train.wording import subject_of

SHIFT = 8  # pixels a training view is moved by at most


THEME, DRAWING, LOOK = 3, 4, 2  # words that spell each; together a view's tokens


class TowerLearner(nn.Module):
    """Tells drawings and styles apart, and spells them.

    The loss is the sum of the classifiers' cross-entropies, a style counting less because it is
    learnt in no time, and of the squared distance between tokens and words, in words' lengths.
    """

    drawings: Tensor
    looks: Tensor
    length: Tensor

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
        drawings = [
            [*spelled(ids(f" {t.words}"), THEME), *spelled(ids(_bare(subject_of(t, n))), DRAWING)]
            for t, n in all_drawings()
        ]
        looks = [spelled(ids(f" {LOOKS[style.key]}"), LOOK) for style in STYLES]
        self.register_buffer("drawings", words[torch.tensor(drawings)].float())
        self.register_buffer("looks", words[torch.tensor(looks)].float())
        self.register_buffer("length", words.float().square().sum(-1).mean())
        self.what = nn.Linear(tower.config.hidden_size, len(drawings))
        self.how = nn.Linear(tower.config.hidden_size, len(looks))

    def seen(self, views: Tensor) -> Tensor:
        """The tower's features, ``(rows, hidden)``, of uint8 views."""
        dtype, views = learning_dtype(), views.to(self.length.device)
        with torch.autocast(views.device.type, dtype, enabled=dtype != torch.float32):
            found: Tensor = self.tower(pixel_values=views.float() / 127.5 - 1).pooler_output
        return found.float()

    def tokens(self, seen: Tensor) -> Tensor:
        """What the language model will read, ``(rows, words, width)``."""
        found: Tensor = self.projector(self.tower.placed(seen))
        return found

    def read(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """Number of the drawing and of the style that tokens spell best, each ``(rows,)``."""
        what, how = tokens[:, : THEME + DRAWING], tokens[:, THEME + DRAWING :]
        return _nearest(what, self.drawings), _nearest(how, self.looks)

    def forward(self, batch: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """Loss of one batch of views, drawing numbers and style numbers."""
        views, drawings, styles = (part.to(self.length.device) for part in batch)
        seen = self.seen(views)
        wanted = torch.cat([self.drawings[drawings], self.looks[styles]], 1)
        missed = (self.tokens(seen.detach()) - wanted).square().sum(-1).mean() / self.length
        return (
            functional.cross_entropy(self.what(seen), drawings, label_smoothing=0.05)
            + 0.3 * functional.cross_entropy(self.how(seen), styles)
            + missed
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
        rng = np.random.default_rng((self._seed, index))
        rows = in_epochs(index, self._size, len(self._views), self._order_of)
        picked = self._views[rows, rng.integers(0, 2, len(rows))]
        moved = np.stack([_moved(view, rng) for view in picked])
        views = torch.from_numpy(moved).permute(0, 3, 1, 2)
        return views, self.drawings[rows], self.styles[rows]

    def _order_of(self, epoch: int) -> list[int]:
        rng = np.random.default_rng((self._seed, epoch))
        order: list[int] = rng.permutation(len(self._views)).tolist()
        return order


def _moved(view: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The view mirrored by chance and shifted by a few pixels; its edge is repeated."""
    if rng.random() < 0.5:
        view = view[:, ::-1]
    side = len(view)
    top, left = rng.integers(0, 2 * SHIFT + 1, 2)
    padded = np.pad(view, ((SHIFT, SHIFT), (SHIFT, SHIFT), (0, 0)), mode="edge")
    return padded[top : top + side, left : left + side]


def all_drawings() -> list[tuple[Any, int]]:
    """Every theme with every number of its drawings, in a fixed order."""
    return [(t, n) for d in DATASETS for t in d.themes for n in range(len(t.drawings))]


def spelled(ids: Sequence[int], length: int) -> list[int]:
    """The first ids, as many as asked for; the last one again where there are fewer."""
    return [*ids, *[ids[-1]] * length][:length]


def _bare(subject: str) -> str:
    """A subject without its article, as it stands within a sentence."""
    return " " + subject.removeprefix("a ").removeprefix("an ")


def _nearest(tokens: Tensor, texts: Tensor) -> Tensor:
    return torch.cdist(tokens.flatten(1), texts.flatten(1)).argmin(1)
