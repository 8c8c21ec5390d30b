"""The evaluation command with fake models and a store of its own, and what it evaluates on."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from core.mllm_msr import Models
from core.settings import Settings
from core.store import Store
from tests.fakes import FakeModel


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the command with fake models and a store of its own; returns what it wrote."""
    pytest.importorskip("skia", reason="planted themes are named by train.sample (extra: train)")
    evaluate = import_module("train.evaluate")
    model = FakeModel(sees_images=True)
    models = Models(model, model, model, "preference-first", "fake")
    monkeypatch.setenv("TASTELINE_HOME", str(tmp_path))
    monkeypatch.setattr(evaluate, "load_models", lambda *_, **__: models)
    monkeypatch.setattr("train.metrics.RESAMPLES", 50)

    def command(*given: str) -> dict[str, Any]:
        out = tmp_path / "results.json"
        assert evaluate.main([*given, "--out", str(out)]) == 0
        found: dict[str, Any] = json.loads(out.read_text("utf-8"))
        return found

    return command


@pytest.fixture
def bench(run: Any) -> Any:
    """Opens the first bench of what the command is given, without a model."""
    evaluate = import_module("train.evaluate")
    cases = import_module("train.cases")

    def opened(*given: str) -> Any:
        run("--dataset", "games", "--users", "1", "--methods", "random")  # brings the sample in
        settings = Settings.from_environment()
        arguments = evaluate._parser().parse_args([*given, "--out", "unused.json"])
        store = Store(settings.database_url)
        return cases.open_benches(arguments, settings, store, cases.no_models, cases.no_models)[0]

    return opened
