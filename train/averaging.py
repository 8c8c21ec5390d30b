"""The mean of several trainings' weights ("model soups", Wortsman et al., 2022).

Trainings that differ in their batches alone end in places that differ by chance. The mean of their
weights is one adapter of the same size, with less of that chance in it.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import torch
from accelerate import PartialState
from safetensors.torch import load_file, save_file

from core.adapters import WEIGHTS
from train.language import Trained
from train.loop import Schedule
from train.lora import ADAPTER


def train_averaged(
    several: int, schedule: Schedule, folder: Path, train: Callable[[Schedule, Path], Trained]
) -> Trained:
    """Train several times, each on batches of its own, and leave the mean of the adapters.

    Args:
        several: trainings; one is left as it is.
        schedule: of the first; those that follow have other seeds.
        folder: run folder; each training's own is inside.
        train: trains once from the start, and leaves its adapter in the folder that it is given.

    Returns:
        As `Trained`; of several trainings the mean loss of every step, and the first one's data.
    """
    if several < 2:
        return train(schedule, folder)
    folders = [folder / f"training-{number}" for number in range(1, several + 1)]
    trained = [
        train(replace(schedule, seed=schedule.seed + 100 * number), own)
        for number, own in enumerate(folders)
    ]
    processes = PartialState()
    if processes.is_main_process:
        shutil.copytree(folders[0] / ADAPTER, folder / ADAPTER, dirs_exist_ok=True)
        average_into(folder / ADAPTER, [own / ADAPTER for own in folders])
    processes.wait_for_everyone()
    losses = [fmean(step) for step in zip(*(losses for losses, _ in trained), strict=True)]
    return losses, trained[0][1]


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
