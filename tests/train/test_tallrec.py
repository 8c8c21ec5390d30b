from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("skia", reason="planted themes are named by train.sample (extra: train)")

from core.transformers_model import TransformersModel
from tests.tiny_checkpoints import write_tiny_llama
from train.baselines import tallrec


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkpoint = write_tiny_llama(tmp_path / "llama")
    monkeypatch.setattr(tallrec, "embedded_checkpoint", lambda home: checkpoint)
    monkeypatch.setattr(tallrec, "SCHEDULE", replace(tallrec.SCHEDULE, steps=2))


def test_tallrec_is_trained_and_asked_once_and_scores_every_candidate(
    run: Any, tiny: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = ("--dataset", "games", "--users", "3", "--methods", "tallrec")
    first = run(*given)["methods"]["tallrec"]
    monkeypatch.setattr(tallrec, "fit", None)
    monkeypatch.setattr(TransformersModel, "margins", None)
    assert run(*given)["methods"]["tallrec"]["auc"] == first["auc"]


def test_tallrec_is_trained_anew_where_what_learns_or_how_is_another(
    run: Any, tiny: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = ("--dataset", "games", "--users", "1", "--methods", "tallrec")
    trained = []
    train = tallrec._train
    monkeypatch.setattr(tallrec, "_train", lambda *of: (trained.append(of), train(*of)))
    run(*given)
    run(*given)
    assert len(trained) == 1
    other = write_tiny_llama(tmp_path / "other", seed=2)
    monkeypatch.setattr(tallrec, "embedded_checkpoint", lambda home: other)
    run(*given)
    assert len(trained) == 2
    (code := tmp_path / "loop.py").write_text("another loop")
    monkeypatch.setattr(tallrec, "LOOP", [code])
    run(*given)
    assert len(trained) == 3


def test_examples_are_what_came_next_and_as_many_that_did_not(bench: Any) -> None:
    bench = bench("--dataset", "games", "--cold")
    titles = {bench.items[item].title for item in bench.cold}
    assert bench.learnable is bench.learnable  # cut once, not for each of fifty thousand users
    known = bench.learnable.sequences
    batches = tallrec.TitleBatches(bench, seed=1)
    for index in range(20):
        for example in batches(index):
            assert sum(example.labels) * 2 == len(example.labels)
            asked = [prompt.after.removeprefix('Title: "')[:-1] for prompt in example.prompts]
            taken = {t for t, label in zip(asked, example.labels, strict=True) if label}
            owners = [
                user for user in bench.split.train
                if taken <= {bench.items[item].title for item in known[user]}
            ]  # fmt: skip
            assert owners
            assert not titles & set(asked)
            assert not any(f'"{title}"' in example.prompts[0].before for title in titles)
    assert batches(3) == batches(3)
