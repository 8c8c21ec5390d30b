from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from core import weights
from core.errors import WeightsError
from core.llava_assembly import save_parts, untrained_model
from tests.tiny_checkpoints import write_tiny_llama


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_tiny_llama(tmp_path / "text")
    monkeypatch.setattr(weights, "embedded_checkpoint", lambda home, on_progress: folder)
    (tmp_path / "home" / "weights").mkdir(parents=True)
    return folder


def test_vision_checkpoint_is_put_together_once(text: Path, tmp_path: Path) -> None:
    save_parts(untrained_model(text), tmp_path / "parts.safetensors")
    notes: list[str] = []
    given = (tmp_path / "home", tmp_path / "parts.safetensors", notes.append)
    folder = weights.vision_checkpoint(*given)
    assert (folder / "model.safetensors").is_file()
    assert weights.vision_checkpoint(*given) == folder
    assert notes == ["Putting the vision-language model together, once"]


def test_parts_that_are_not_there_are_named(text: Path, tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"absent\.safetensors cannot be read: No such file"):
        weights.vision_checkpoint(tmp_path / "home", tmp_path / "absent.safetensors")


@pytest.mark.parametrize("kept", [None, 60])
def test_parts_that_do_not_fit_give_one_line_and_leave_nothing(
    text: Path, tmp_path: Path, kept: int | None
) -> None:
    file = tmp_path / "parts.safetensors"
    save_file({"image_newline": torch.zeros(3)}, file)
    file.write_bytes(file.read_bytes()[:kept])
    with pytest.raises(WeightsError, match="does not fit this Tasteline's") as error:
        weights.vision_checkpoint(tmp_path / "home", file)
    assert "\n" not in str(error.value)
    left = [file.name for file in (tmp_path / "home" / "weights").iterdir()]
    assert not [name for name in left if not name.endswith(".lock")]
