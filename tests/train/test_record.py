from pathlib import Path

import pytest

import train.record as record
from core.datasets.sources import ensure_sample
from core.mllm_msr import Models
from core.personas import read_personas
from core.recommender import p_yes, rank_margins
from core.recording import load_recordings
from core.rivals import COUNTED, READERS
from core.settings import REPOSITORY, Settings
from core.store import Store
from tests.fakes import FakeModel

SHIPPED = REPOSITORY / "assets" / "sample"


@pytest.fixture(autouse=True)
def fake_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TASTELINE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TASTELINE_DATABASE_URL", raising=False)
    model = FakeModel()
    monkeypatch.setattr(
        record, "load_models",
        lambda *_, **__: Models(model, model, model, "preference-first", "embedded"),
    )  # fmt: skip


def test_every_persona_of_a_data_set_is_recorded_and_verifies(tmp_path: Path) -> None:
    assert record.main(["--datasets", "baby", "--out", str(tmp_path / "runs")]) == 0
    recordings, refused = load_recordings(tmp_path / "runs")
    personas = read_personas(SHIPPED)
    assert refused == ()
    assert {r.persona for r in recordings} == {p.name for p in personas if p.dataset == "baby"}
    for recording in recordings:
        assert len(recording.run.candidates) == 21
        assert len(recording.run.preferences) >= 3
        best = max(recording.run.scores[-1], key=lambda score: score.margin).item_id
        explained = {explanation.item_id for explanation in recording.explanations}
        assert explained == {best, recording.run.next_item_id}
        assert all(explanation.history for explanation in recording.explanations)
        assert all(len(explanation.removals) == 3 for explanation in recording.explanations)
        assert {rival.system for rival in recording.rivals} == {*READERS[1:], *COUNTED}
        assert set(recording.versions) == set(record.PACKAGES)
        assert recording.command.startswith("python -m train.record --datasets baby --users ")


def test_unknown_persona_gives_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert record.main(["--datasets", "baby", "--users", "nobody"]) == 1
    assert "None of the personas is called nobody." in capsys.readouterr().err


def test_a_run_keeps_the_times_of_when_it_ran(tmp_path: Path) -> None:
    settings = Settings.from_environment()
    store = Store(settings.database_url)
    ensure_sample(store, settings.assets)
    personas = [p for p in read_personas(SHIPPED) if p.dataset == "baby"]
    persona, other, *_ = personas
    recorders = [record.Recorder(settings, store, lambda note: None) for _ in range(2)]
    first = recorders[0].record(persona)  # runs the next persona, too
    (kept,) = (settings.home / record.KEPT).glob(f"*/baby/{other.user_id}.json")
    begun = record.read_recording(kept)
    again, follower = (recorders[1].record(one) for one in (persona, other))
    assert again.run.seconds == first.run.seconds
    assert follower.run.seconds == begun.run.seconds


def test_shipped_recordings_verify_and_cover_every_persona() -> None:
    recordings, refused = load_recordings(REPOSITORY / "assets" / "recordings")
    assert refused == ()
    expected = {(persona.dataset, persona.user_id) for persona in read_personas(SHIPPED)}
    assert {(r.run.dataset, r.run.user_id) for r in recordings} == expected
    for recording in recordings:
        for scores in recording.run.scores:
            margins = [score.margin for score in scores]
            assert tuple(score.rank for score in scores) == rank_margins(margins)
            assert [score.p_yes for score in scores] == pytest.approx([p_yes(m) for m in margins])
        last = {score.item_id: score.margin for score in recording.run.scores[-1]}
        for explanation in recording.explanations:
            whole = explanation.sentences.whole
            assert whole == pytest.approx(last[explanation.item_id], abs=0.01)
