import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from accelerate import Accelerator, DeepSpeedPlugin, DistributedType
from torch import Tensor, nn

from core.errors import MsrError
from core.settings import REPOSITORY
from train.loop import CHECKPOINT, LOSSES, Schedule, fit, learning_dtype

SCHEDULE = Schedule(steps=12, learning_rate=0.4, accumulation=2, checkpoint_every=4, seed=3)


class Line(nn.Module):
    """Learns y = 2x; the dropout makes every step random."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.layer = nn.Linear(1, 1)
        self.norm = nn.BatchNorm1d(1)
        self.dropout = nn.Dropout(0.2)
        self.killed_at: int | None = None
        self.calls = 0

    def forward(self, batch: Tensor) -> Tensor:
        self.calls += 1
        if self.calls == self.killed_at:
            raise KeyboardInterrupt
        found = self.layer(self.dropout(batch)) + 0 * self.norm(batch)
        return ((found - 2 * batch) ** 2).mean()


class Turning(Line):
    """Has frequencies, as rotary places have."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("inv_freq", torch.full((3,), 0.1), persistent=False)


def test_frequencies_are_not_rounded_where_all_else_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = Accelerator.prepare

    def as_deepspeed(self: Accelerator, model: nn.Module, *more: object) -> object:
        model.inv_freq = model.inv_freq.bfloat16()
        return prepare(self, model, *more)

    monkeypatch.setattr(Accelerator, "prepare", as_deepspeed)
    module = Turning()
    fit(module, batch, SCHEDULE, tmp_path)
    assert torch.equal(module.inv_freq, torch.full((3,), 0.1))


def batch(index: int) -> Tensor:
    return torch.randn(8, 1, generator=torch.Generator().manual_seed(index))


def test_loss_falls_and_is_logged(tmp_path: Path) -> None:
    losses = fit(Line(), batch, SCHEDULE, tmp_path)
    assert len(losses) == 12
    assert sum(losses[6:]) / 6 < losses[0] / 2
    rows = [json.loads(line) for line in (tmp_path / LOSSES).read_text().splitlines()]
    assert [row["step"] for row in rows] == list(range(12))
    assert [row["loss"] for row in rows] == pytest.approx(losses, abs=1e-5)
    assert all(row["examples_per_s"] > 0 for row in rows)


@pytest.mark.parametrize("killed_at", [9, 10, 19])
def test_killed_run_goes_on_with_the_same_loss_curve(tmp_path: Path, killed_at: int) -> None:
    whole = Line()
    expected = fit(whole, batch, SCHEDULE, tmp_path / "whole")
    killed = Line()
    killed.killed_at = killed_at
    with pytest.raises(KeyboardInterrupt):
        fit(killed, batch, SCHEDULE, tmp_path / "killed")
    resumed = Line()
    assert fit(resumed, batch, SCHEDULE, tmp_path / "killed") == expected
    assert resumed.calls < 24
    assert torch.equal(resumed.layer.weight, whole.layer.weight)
    assert torch.equal(resumed.norm.running_mean, whole.norm.running_mean)
    logs = [(tmp_path / name / LOSSES).read_text().splitlines() for name in ("whole", "killed")]
    steps = [[json.loads(line)["step"] for line in log] for log in logs]
    assert steps[0] == steps[1]


def test_running_means_are_kept_where_a_device_has_buffers_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = Accelerator.prepare

    def moved(self: Accelerator, module: nn.Module, *rest: object) -> object:
        module._apply(torch.clone)  # as a move to a GPU does: parameters stay, buffers are new
        return prepare(self, module, *rest)

    monkeypatch.setattr(Accelerator, "prepare", moved)
    line = Line()
    fit(line, batch, SCHEDULE, tmp_path)
    kept = torch.load(tmp_path / CHECKPOINT, weights_only=True)["state"]
    assert kept["norm.running_mean"].any()
    resumed = Line()
    fit(resumed, batch, SCHEDULE, tmp_path)
    assert torch.equal(resumed.norm.running_mean, line.norm.running_mean)
    assert torch.equal(resumed.layer.weight, line.layer.weight)


def test_a_loss_that_is_no_number_ends_the_training_and_keeps_the_checkpoint(
    tmp_path: Path,
) -> None:
    def broken(index: int) -> Tensor:
        return batch(index) * (float("nan") if index >= 2 * 6 else 1.0)

    with pytest.raises(MsrError, match=r"^tower broke down at step 6: its loss is nan"):
        fit(Turning(), broken, SCHEDULE, tmp_path, name="tower")
    kept = torch.load(tmp_path / CHECKPOINT, weights_only=True)
    assert len(kept["losses"]) == 4
    assert all(value.isfinite().all() for value in kept["state"].values())


@pytest.mark.parametrize("damage", [b"", b"words", None])
def test_damaged_checkpoint_says_what_to_remove(tmp_path: Path, damage: bytes | None) -> None:
    fit(Line(), batch, SCHEDULE, tmp_path)
    file = tmp_path / CHECKPOINT
    file.write_bytes(file.read_bytes()[:-200] if damage is None else damage)
    with pytest.raises(MsrError, match=f"remove {tmp_path} to train this stage from its start"):
        fit(Line(), batch, SCHEDULE, tmp_path)


def test_checkpoint_of_another_schedule_is_not_gone_on_from(tmp_path: Path) -> None:
    fit(Line(), batch, SCHEDULE, tmp_path)
    faster = replace(SCHEDULE, steps=20, learning_rate=9.0)
    with pytest.raises(MsrError, match=r"is of another configuration \(its schedule is .*remove"):
        fit(Line(), batch, faster, tmp_path)


def test_a_log_that_a_kill_left_behind_is_cut_to_what_the_checkpoint_holds(tmp_path: Path) -> None:
    fit(Line(), batch, SCHEDULE, tmp_path)
    log = tmp_path / LOSSES
    whole = log.read_text()
    log.write_text(whole + whole[:40])
    fit(Line(), batch, SCHEDULE, tmp_path)
    assert log.read_text() == whole


def test_what_is_in_parts_on_several_devices_is_not_gone_on_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fit(Line(), batch, SCHEDULE, tmp_path)
    monkeypatch.setattr(Accelerator, "distributed_type", DistributedType.DEEPSPEED)
    with pytest.raises(MsrError, match=r"DeepSpeed.* to train this stage from its start"):
        fit(Line(), batch, SCHEDULE, tmp_path)


def test_deepspeed_takes_as_many_micro_batches_as_the_stage(tmp_path: Path) -> None:
    plugin = DeepSpeedPlugin(hf_ds_config=str(REPOSITORY / "train" / "configs" / "zero2.json"))
    plugin.fill_match(  # as Accelerate does in `prepare`
        "gradient_accumulation_steps", must_match=False, gradient_accumulation_steps=4
    )
    assert plugin.get_value("gradient_accumulation_steps") == 4
    assert plugin.get_value("gradient_clipping") == SCHEDULE.clip


def test_another_number_of_micro_batches_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCELERATE_GRADIENT_ACCUMULATION_STEPS", "8")
    with pytest.raises(MsrError, match="has 8 micro-batches in a step, and this stage has 2"):
        fit(Line(), batch, SCHEDULE, tmp_path)


def test_finished_run_is_not_trained_again(tmp_path: Path) -> None:
    first = fit(Line(), batch, SCHEDULE, tmp_path)
    again = Line()
    assert fit(again, batch, SCHEDULE, tmp_path) == first
    assert again.calls == 0


def test_rate_rises_and_then_falls_to_a_tenth(tmp_path: Path) -> None:
    plan = Schedule(steps=40, learning_rate=1.0, warmup=0.1)
    fit(Line(), batch, plan, tmp_path)
    rates = [json.loads(line)["rate"] for line in (tmp_path / LOSSES).read_text().splitlines()]
    assert rates[0] == pytest.approx(0.25)
    assert max(rates) == 1.0 == rates[3]
    assert rates[-1] == pytest.approx(0.1, abs=0.01)


SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.train.test_loop import batch, exact_line
from train.loop import Schedule, fit, leave_together
print("processes", __import__("os").environ["WORLD_SIZE"])
plan = Schedule(steps=6, learning_rate=0.05, seed=3)
fit(exact_line(), batch, plan, Path(sys.argv[1]))
leave_together()
"""


def exact_line() -> Line:
    """One whose loss is a mean over examples, however they are dealt out."""
    line = Line()
    line.norm, line.dropout = torch.nn.Identity(), torch.nn.Identity()  # type: ignore[assignment]
    return line


def test_two_processes_learn_what_one_learns_with_twice_the_accumulation(tmp_path: Path) -> None:
    root, out = str(Path(__file__).parents[2]), tmp_path / "together"
    plan = Schedule(steps=6, learning_rate=0.05, accumulation=2, seed=3)
    alone = fit(exact_line(), batch, plan, tmp_path / "alone")
    script = tmp_path / "run.py"
    script.write_text(SCRIPT.format(root=root))
    command = [
        sys.executable, "-m", "torch.distributed.run", "--nproc_per_node", "2", "--standalone",
        str(script), str(out),
    ]  # fmt: skip
    environment = {**os.environ, "ACCELERATE_USE_CPU": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=root, env=environment, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "processes 2" in done.stdout
    rows = (out / LOSSES).read_text().splitlines()
    assert [json.loads(row)["loss"] for row in rows] == pytest.approx(alone, abs=1e-5)
    assert (out / CHECKPOINT).exists()


@pytest.mark.parametrize(
    ("modern", "expected"), [(True, torch.bfloat16), (False, torch.float32)], ids=["new", "old"]
)
def test_gpus_without_bfloat16_learn_in_float32(
    monkeypatch: pytest.MonkeyPatch, modern: bool, expected: torch.dtype
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda _: modern)
    assert learning_dtype() == expected
