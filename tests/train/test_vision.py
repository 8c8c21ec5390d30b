import pytest
import torch
from torch import nn

pytest.importorskip("skia", reason="train.vision draws (extra: train)")

from train.vision import shorten


class Projector(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.linear_1, self.linear_2 = nn.Linear(4, 8), nn.Linear(8, 6)

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = self.linear_2(self.linear_1(given).relu())
        return found


def test_tokens_get_the_length_of_words_and_keep_their_direction() -> None:
    torch.manual_seed(0)
    projector, patches, words = Projector(), torch.randn(5, 9, 4), 0.1 * torch.randn(50, 6)
    before = projector(patches)
    shorten(projector, patches, words)
    after = projector(patches)
    assert torch.isclose(after.norm(dim=-1).mean(), words.norm(dim=-1).mean())
    assert torch.allclose(torch.cosine_similarity(before, after, dim=-1), torch.tensor(1.0))
