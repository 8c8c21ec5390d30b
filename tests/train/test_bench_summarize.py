"""Summaries of many users in three ways: what is counted, and that a bench goes on."""

from pathlib import Path

import pytest

from core.errors import DataError
from core.memory import Memory, RememberingModel
from core.mllm_msr import Models
from core.settings import Settings
from core.store import Store
from tests.core.test_store import fill
from tests.fakes import FakeModel
from train.bench import summarize as bench_summarize
from train.bench.summarize import Written, bench_summaries, seconds_a_text


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeModel:
    """Reads whatever is summarised; the store has forty users of one data set."""
    monkeypatch.setenv("TASTELINE_HOME", str(tmp_path))
    monkeypatch.delenv("TASTELINE_DATABASE_URL", raising=False)
    users = {f"u{n:02}": [str(1 + (n + k) % 9) for k in range(6)] for n in range(40)}
    fill(Store(Settings.from_environment().database_url), users)
    model = FakeModel()

    def load(_: Settings, memory: Memory) -> Models:
        remembering = RememberingModel(model, memory)
        return Models(*(remembering,) * 3, "image-first", "embedded")

    monkeypatch.setattr(bench_summarize, "load_models", load)
    monkeypatch.setattr(bench_summarize, "_calls", lambda ours, _: {key: {} for key in ours})
    return model


def test_every_way_writes_what_its_users_need_and_a_killed_bench_goes_on(
    model: FakeModel, tmp_path: Path
) -> None:
    found, facts = bench_summaries("clips", 40, tmp_path / "kept")
    ours, one_user, one_text = ({k: w.texts for k, w in way.items()} for way in found.values())
    assert ours == {"preference": 18, "text_summary": 9}  # nine different histories among them
    assert one_user["preference"] == 4  # two of forty users
    assert one_text["preference"] == 2
    assert facts["users"] == {"ours": 40, "rivals": 2}
    asked = len(model.asked)
    again, _ = bench_summaries("clips", 40, tmp_path / "kept")
    assert again == found
    assert len(model.asked) == asked


def test_more_users_than_there_are_is_one_line(model: FakeModel, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="has 40 users; the bench needs 41"):
        bench_summaries("clips", 41, tmp_path)


def test_kinds_of_text_weigh_as_in_ours() -> None:
    ours = {"preference": Written(3, 3.0, 9, ()), "text_summary": Written(1, 0.5, 9, ())}
    rival = {"preference": Written(1, 5.0, 9, ()), "text_summary": Written(9, 9.0, 9, ())}
    assert seconds_a_text(ours, ours) == pytest.approx(3.5 / 4)
    assert seconds_a_text(rival, ours) == pytest.approx(3 / 4 * 5 + 1 / 4 * 1)
