"""The loop that every stage is trained in: seeded, logged, resumable, on one device or several."""

import json
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator, DistributedType
from torch import distributed, nn
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR

from core.checkpoints import best_dtype
from core.errors import MsrError, first_line
from core.files import whole
from train.progress import progress
from train.runs import stage_of

CHECKPOINT = "checkpoint.pt"
LOSSES = "losses.jsonl"
_kept: list[Any] = []


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast a stage learns.

    Attributes:
        steps: optimizer steps; 0 trains nothing.
        learning_rate: AdamW's at its highest; a cosine takes it to a tenth.
        accumulation: micro-batches of one device in a step.
        warmup: share of the steps over which the rate rises.
        weight_decay: AdamW's.
        clip: largest gradient norm.
        checkpoint_every: steps between two checkpoints.
        seed: of batches and dropout.
    """

    steps: int
    learning_rate: float
    accumulation: int = 1
    warmup: float = 0.05
    weight_decay: float = 0.0
    clip: float = 1.0
    checkpoint_every: int = 50
    seed: int = 0


def fit(
    module: nn.Module,
    batch: Callable[[int], Any],
    schedule: Schedule,
    folder: Path,
    *,
    examples: Callable[[Any], int] = len,
    name: str = "training",
) -> list[float]:
    """Train what requires a gradient; a killed run goes on at its last checkpoint.

    Everything random is a function of the seed and the step, so a resumed run has the loss curve
    that an undisturbed one has; on a GPU, whose sums come in any order, up to rounding.

    Args:
        module: its ``forward(batch)`` gives the loss, a scalar.
        batch: micro-batch by its global index; devices take turns.
        schedule: steps, rates, seed.
        folder: for the checkpoint and ``losses.jsonl``.
        examples: how many examples a micro-batch holds, for the speed that is shown.
        name: of the stage, for the progress bar.

    Returns:
        The loss of every step, mean over its micro-batches and devices.

    Raises:
        MsrError: if a checkpoint cannot be gone on from, or a loss is no number; checkpoints that
            were written before are as they were.
    """
    folder.mkdir(parents=True, exist_ok=True)
    accelerator = Accelerator(gradient_accumulation_steps=schedule.accumulation)
    trainable = {key: p for key, p in module.named_parameters() if p.requires_grad}
    optimizer = AdamW(
        trainable.values(), lr=schedule.learning_rate, weight_decay=schedule.weight_decay
    )
    rates = LambdaLR(optimizer, lambda step: _rate(step, schedule))
    main, count = accelerator.is_main_process, accelerator.num_processes
    _refuse_to_go_on_in_parts(accelerator, folder)
    wrapped, stepper = _prepared(accelerator, module, optimizer, schedule)
    # Running means are learnt too. On its device a module has other buffers than before.
    state = trainable | dict(module.named_buffers())
    losses = _resume(folder, state, optimizer, rates, schedule)
    if main and losses:
        _cut(folder / LOSSES, len(losses))
    wrapped.train()
    with (
        progress(total=schedule.steps, initial=len(losses), desc=name, disable=not main) as bar,
        (folder / LOSSES).open("a" if losses else "w", buffering=1) as log,
    ):
        while len(losses) < schedule.steps:
            step, started, seen = len(losses), time.perf_counter(), 0
            torch.manual_seed(schedule.seed * 1_000_003 + step)
            total = torch.zeros((), device=accelerator.device)
            for part in range(schedule.accumulation):
                index = (step * schedule.accumulation + part) * count + accelerator.process_index
                given = batch(index)
                seen += examples(given) * count
                with accelerator.accumulate(wrapped):
                    loss = wrapped(given)
                    _learn(accelerator, loss, stepper, trainable.values(), schedule.clip)
                total += loss.detach() / schedule.accumulation
            rate = rates.get_last_lr()[0]
            rates.step()
            losses.append(_finite(float(accelerator.reduce(total, "mean")), name, step, folder))
            speed = seen / (time.perf_counter() - started)
            if main:
                row = {"step": step, "loss": round(losses[-1], 6), "rate": rate}
                log.write(json.dumps(row | {"examples_per_s": round(speed, 2)}) + "\n")
                bar.set_postfix_str(f"loss {losses[-1]:.4f}, {speed:.1f} examples/s", refresh=False)
                bar.update()
            done = len(losses)
            if main and (done % schedule.checkpoint_every == 0 or done == schedule.steps):
                _save(folder, state, optimizer, rates, losses, schedule)
    accelerator.wait_for_everyone()
    return losses


def _refuse_to_go_on_in_parts(accelerator: Accelerator, folder: Path) -> None:
    in_parts = accelerator.distributed_type == DistributedType.DEEPSPEED
    if in_parts and (folder / CHECKPOINT).exists():
        raise MsrError(
            f"{folder} holds a training, or part of one, and DeepSpeed's optimizer, which is in "
            f"parts on all devices, cannot go on from it; remove {stage_of(folder)} to train this "
            "stage from its start."
        )


def _prepared(
    accelerator: Accelerator, module: nn.Module, optimizer: AdamW, schedule: Schedule
) -> tuple[nn.Module, Any]:
    """A module and its optimizer on their device, or spread over several."""
    exact = _frequencies(module)
    wrapped, stepper = accelerator.prepare(module, optimizer)
    if (found := accelerator.gradient_accumulation_steps) != schedule.accumulation:
        raise MsrError(
            f"Accelerate's configuration has {found} micro-batches in a step, and this stage has "
            f"{schedule.accumulation}; leave gradient_accumulation_steps out of it, or auto."
        )
    for owner, buffer, values in exact:
        setattr(owner, buffer, values.to(accelerator.device))
    return wrapped, stepper


def _learn(
    accelerator: Accelerator,
    loss: torch.Tensor,
    stepper: Any,
    trainable: Iterable[nn.Parameter],
    clip: float,
) -> None:
    """Take a micro-batch's gradients, and with the last one of a step the step."""
    accelerator.backward(loss)
    if accelerator.sync_gradients:
        accelerator.clip_grad_norm_(trainable, clip)
    stepper.step()
    stepper.zero_grad()


def _frequencies(module: nn.Module) -> list[tuple[nn.Module, str, torch.Tensor]]:
    """Frequencies of rotary places: DeepSpeed rounds them to bfloat16 with the weights.

    At a picture's length places would be off by radians, and are not where the model is asked.
    """
    return [
        (owner, name, values.clone())
        for owner in module.modules()
        for name, values in owner.named_buffers(recurse=False)
        if name.endswith("inv_freq")
    ]


def learning_dtype() -> torch.dtype:
    """What frozen weights are in while something learns behind them: never float16.

    Gradients would vanish in it where the loss is not scaled: old GPUs learn in float32.
    """
    found = best_dtype()
    return torch.float32 if found == torch.float16 else found


def leave_together() -> None:
    """The last thing that processes of one run do: none ends before the others are done.

    Gloo's own thread frees what is left of a collective, and takes the interpreter's lock for it.
    If the interpreter is ending by then, the process aborts with all its work done (torch 2.13, now
    and then on a busy machine). What is kept here, that thread does not free.
    """
    if distributed.is_initialized():
        last = distributed.barrier(async_op=True)
        last.wait()
        _kept.append(last)


def _finite(loss: float, name: str, step: int, folder: Path) -> float:
    if math.isfinite(loss):
        return loss
    raise MsrError(
        f"{name} broke down at step {step}: its loss is {loss}. Take a smaller learning_rate and "
        f"remove {stage_of(folder)}; nothing after its last checkpoint was kept."
    )


def _rate(step: int, schedule: Schedule) -> float:
    """Share of the learning rate: a linear rise, then a cosine to a tenth."""
    rise = max(1, round(schedule.warmup * schedule.steps))
    if step < rise:
        return (step + 1) / rise
    done = (step - rise) / max(1, schedule.steps - rise)
    return 0.1 + 0.9 * (1 + math.cos(math.pi * min(1.0, done))) / 2


def _save(
    folder: Path,
    state: dict[str, Any],
    optimizer: AdamW,
    rates: LambdaLR,
    losses: list[float],
    schedule: Schedule,
) -> None:
    saved = {
        "schedule": asdict(schedule),
        "state": {key: p.detach().cpu() for key, p in state.items()},
        "optimizer": optimizer.state_dict(),
        "rates": rates.state_dict(),
        "losses": losses,
    }
    with whole(folder / CHECKPOINT) as partial:
        torch.save(saved, partial)


def _resume(
    folder: Path,
    state: dict[str, Any],
    optimizer: AdamW,
    rates: LambdaLR,
    schedule: Schedule,
) -> list[float]:
    """Load the last checkpoint, if there is one; the loss of every step that it holds."""
    file = folder / CHECKPOINT
    if not file.exists():
        return []
    try:
        saved = torch.load(file, map_location="cpu", weights_only=True)
        if saved["schedule"] != asdict(schedule):  # the optimizer would bring back its own rate
            raise ValueError(f"its schedule is {saved['schedule']}")
        with torch.no_grad():
            for key, value in state.items():
                value.copy_(saved["state"][key])
        optimizer.load_state_dict(saved["optimizer"])
        rates.load_state_dict(saved["rates"])
        losses: list[float] = saved["losses"]
    except Exception as error:  # torch has one for every way in which a file can be damaged
        raise MsrError(
            f"{file} cannot be read, or is of another configuration ({first_line(error)}); remove "
            f"{stage_of(folder)} to train this stage from its start."
        ) from error
    return losses


def _cut(log: Path, steps: int) -> None:
    """Leave the first steps of a log, whole or not at all."""
    lines = log.read_text("utf-8").splitlines(keepends=True) if log.exists() else []
    scratch = log.with_suffix(".part")
    scratch.write_text("".join(lines[:steps]), "utf-8")
    scratch.replace(log)
