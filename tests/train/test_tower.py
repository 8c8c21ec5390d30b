from contextlib import nullcontext
from zlib import crc32

import pytest
import torch
from torch import nn

pytest.importorskip("skia", reason="train.tower knows the drawings (extra: train)")

from core.tower import ConvTower, ConvTowerConfig
from train.tower import TowerLearner, all_drawings, spelled

WIDTH = 32


def word_ids(text: str) -> list[int]:
    return [crc32(word.encode()) % 1024 for word in text.split()]


@pytest.fixture
def learner() -> TowerLearner:
    torch.manual_seed(0)
    tower = ConvTower(ConvTowerConfig(normalized=True))
    words = torch.randn(1024, WIDTH)
    projector = nn.Linear(tower.config.hidden_size, WIDTH)
    return TowerLearner(tower, projector, words, word_ids)


def test_short_texts_repeat_their_last_word_and_long_ones_are_cut() -> None:
    assert spelled([5, 6], 4) == [5, 6, 6, 6]
    assert spelled([5, 6, 7, 8], 2) == [5, 6]


def test_words_are_read_back_as_what_they_spell(learner: TowerLearner) -> None:
    drawings, styles = torch.tensor([3, 70, 138]), torch.tensor([0, 5, 2])
    tokens = torch.cat([learner.drawings[drawings], learner.looks[styles]], 1)
    found = learner.read(tokens + 0.1 * torch.randn_like(tokens))
    assert [part.tolist() for part in found] == [drawings.tolist(), styles.tolist()]


def test_spelling_does_not_reach_into_the_tower(learner: TowerLearner) -> None:
    views = torch.randint(0, 255, (4, 3, 96, 96), dtype=torch.uint8)
    batch = views, torch.tensor([1, 9, 80, 138]), torch.tensor([0, 1, 2, 3])
    found = []
    for scale in (1.0, 50.0):
        learner.zero_grad()
        with torch.no_grad():
            learner.projector.weight.mul_(scale)
        learner(batch).backward()
        assert learner.tower.places.grad.abs().sum() > 0
        found.append([p.grad.clone() for p in learner.tower.stages.parameters()])
    assert all(torch.equal(*pair) for pair in zip(*found, strict=True))
    assert len(all_drawings()) == len(learner.drawings)


def test_a_batch_goes_where_the_tower_is(
    learner: TowerLearner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("train.tower.torch.autocast", lambda *_, **__: nullcontext())
    views = torch.zeros(2, 3, 96, 96, dtype=torch.uint8)
    batch = views, torch.tensor([1, 9]), torch.tensor([0, 1])
    assert learner.to("meta")(batch).device.type == "meta"  # no GPU is here
