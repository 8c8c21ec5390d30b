"""The mean of several trainings' weights ("model soups", Wortsman et al., 2022).

Trainings that differ in their batches alone end in places that differ by chance. The mean of their
weights is one adapter of the same size, with less of that chance in it.
"""

from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from train.lora import WEIGHTS


def average_into(adapter: Path, adapters: Sequence[Path]) -> None:
    """Put the mean of adapters' weights into one of the same shape.

    Args:
        adapter: folder whose weights are replaced.
        adapters: folders to take the mean of, each tensor for itself; added up in float32 and
            kept in the precision that they have.
    """
    parts = [load_file(folder / WEIGHTS) for folder in adapters]
    mean = {
        key: torch.stack([part[key].float() for part in parts]).mean(0).to(first.dtype).contiguous()
        for key, first in parts[0].items()
    }
    save_file(mean, adapter / WEIGHTS)
