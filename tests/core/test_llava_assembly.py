from pathlib import Path

import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from core import prompts
from core.covers import Cover
from core.llava_assembly import (
    PATCH,
    SIDE,
    assemble,
    load_parts,
    save_parts,
    untrained_model,
)
from core.records import Item
from core.tower import ConvTower, ConvTowerConfig, without_norms
from core.transformers_model import TransformersModel
from tests.tiny_checkpoints import write_tiny_llama

WIDE, SQUARE = (320, 180), (240, 240)


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_llama(tmp_path_factory.mktemp("text"))


@pytest.fixture(scope="module")
def parts(text: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(4)
    file = tmp_path_factory.mktemp("parts") / "parts.safetensors"
    save_parts(untrained_model(text), file)
    return file


@pytest.fixture(scope="module")
def model(text: Path, parts: Path, tmp_path_factory: pytest.TempPathFactory) -> TransformersModel:
    folder = tmp_path_factory.mktemp("whole")
    assemble(text, parts, folder)
    return TransformersModel.load(folder, name="whole", dtype=torch.float32)


def picture(size: tuple[int, int], red: int = 200) -> Cover:
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.paste((red, 20, 90), (0, 0, size[0] // 2, size[1] // 2))
    return Cover(image, f"{size}-{red}")


@pytest.mark.parametrize(("size", "tokens"), [(WIDE, 13), (SQUARE, 21)])
def test_cover_costs_few_tokens(
    model: TransformersModel, size: tuple[int, int], tokens: int
) -> None:
    prompt = prompts.image_description(picture(size), "video")
    ids = model._encode([prompt])["input_ids"]
    assert int((ids == model._encoder.image_id).sum()) == tokens


def test_picture_changes_the_score_and_the_text_weights_are_kept(
    model: TransformersModel, text: Path
) -> None:
    def asked(red: int) -> list[prompts.Prompt]:
        cover = picture(WIDE, red)
        return [
            prompts.recommend("Likes cats.", Item("1", "T"), cover, "video", "preference-first")
        ]

    assert model.margins(asked(0))[0].margin != model.margins(asked(255))[0].margin
    whole = model._model.model.language_model.state_dict()
    plain = TransformersModel.load(text, name="text", dtype=torch.float32)
    for key, value in plain._model.model.state_dict().items():
        assert torch.allclose(whole[key], value, atol=1e-2), key


def test_image_token_is_a_spare_one(model: TransformersModel) -> None:
    tokenizer = model._tokenizer
    assert "<empty_output>" not in tokenizer.get_vocab()
    assert model._encoder.image_id == tokenizer.convert_tokens_to_ids("<image>")


def test_parts_are_small_and_fit_back_exactly(text: Path, parts: Path) -> None:
    model = untrained_model(text)
    load_parts(model, load_file(parts))
    tower = model.model.vision_tower
    assert sum(p.numel() for p in tower.parameters()) < 4_000_000
    saved = load_file(parts)
    for key, value in tower.state_dict().items():
        assert torch.equal(saved[f"vision_tower.{key}"].float(), value)


def test_parts_of_another_size_are_refused(text: Path, parts: Path, tmp_path: Path) -> None:
    broken = load_file(parts)
    broken.pop("vision_tower.stages.0.convolution.bias")
    save_file(broken, tmp_path / "broken.safetensors")
    with pytest.raises(RuntimeError, match=r"stages\.0\.convolution\.bias"):
        assemble(text, tmp_path / "broken.safetensors", tmp_path / "out")


def test_tokens_of_a_view_differ_in_their_place_only() -> None:
    tower = ConvTower(ConvTowerConfig()).eval()
    with torch.no_grad():
        found = tower(torch.randn(2, 3, SIDE, SIDE))
    shared = found.last_hidden_state - tower.places
    assert torch.allclose(shared, found.pooler_output[:, None].expand_as(shared), atol=1e-5)
    assert not torch.allclose(found.pooler_output[0], found.pooler_output[1])


def test_tower_without_norms_sees_the_same() -> None:
    torch.manual_seed(0)
    tower = ConvTower(ConvTowerConfig(normalized=True))
    views = torch.randn(6, 3, SIDE, SIDE)
    tower(views)  # running means move
    folded = without_norms(tower)
    with torch.no_grad():
        expected, found = (t.eval()(views).last_hidden_state for t in (tower, folded))
    assert expected.shape == (6, (SIDE // PATCH) ** 2, 192)
    assert torch.allclose(found, expected, atol=1e-4)
    assert not [name for name, _ in folded.named_parameters() if "norm" in name]
