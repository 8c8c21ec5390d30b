"""Checkpoints that are missing, damaged or refused: one clear line each."""

import json
import math
import shutil
from pathlib import Path
from typing import Any

import httpx2
import pytest
import torch
from huggingface_hub.errors import GatedRepoError, HfHubHTTPError
from safetensors.torch import load_file, save_file

from core.errors import MsrError, WeightsError
from core.prompts import Prompt
from core.transformers_model import TransformersModel


def test_missing_checkpoint_gives_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="gone could not be loaded") as error:
        TransformersModel.load(tmp_path / "gone", name="gone")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model.safetensors", None),
        ("config.json", {"num_hidden_layers": 9}),  # more than there are weights for
        ("config.json", {"hidden_act": "warp"}),
        ("config.json", {"hidden_size": 48}),
        ("tokenizer.json", {"model": {}}),
        ("generation_config.json", "{"),
    ],
)
def test_damaged_checkpoint_gives_one_clear_line(
    tiny_text_checkpoint: Path, tmp_path: Path, name: str, content: dict[str, Any] | str | None
) -> None:
    folder = shutil.copytree(tiny_text_checkpoint, tmp_path / "part")
    file = folder / name
    if content is None:
        file.write_bytes(file.read_bytes()[:-100])
    elif isinstance(content, str):
        file.write_text(content)
    else:
        file.write_text(json.dumps(json.loads(file.read_text()) | content))
    with pytest.raises(WeightsError, match=r"^The model part could not be loaded from .+$"):
        TransformersModel.load(folder, name="part")


def test_margin_that_is_no_number_is_refused(tiny_text_checkpoint: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(tiny_text_checkpoint, tmp_path / "part")
    weights = load_file(folder / "model.safetensors")
    weights["model.norm.weight"][:] = math.nan
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    model = TransformersModel.load(folder, name="part", dtype=torch.float32)
    with pytest.raises(MsrError, match="part answers with what is no number"):
        model.margins([Prompt("score", "", after="Well?")])


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [(403, GatedRepoError, "licence has to be accepted"), (401, HfHubHTTPError, "right HF_TOKEN")],
)
def test_a_refusal_of_the_hub_is_told_from_a_bad_line(
    monkeypatch: pytest.MonkeyPatch, status: int, kind: type[HfHubHTTPError], said: str
) -> None:
    answer = httpx2.Response(status, request=httpx2.Request("GET", "https://hub/x"))

    def refuse(*_: Any, **__: Any) -> None:
        try:
            raise kind("403 Client Error.\n\nA long story", response=answer)
        except kind as refusal:
            raise OSError("There was a specific connection error:\nmore") from refusal

    monkeypatch.setattr("core.transformers_model.load_frozen", refuse)
    with pytest.raises(WeightsError, match=f"could not be loaded from owner/name: .*{said}"):
        TransformersModel.load("owner/name", name="M")
