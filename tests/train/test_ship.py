import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("skia", reason="train.ship names stages that draw (extra: train)")

from core.errors import MsrError, WeightsError
from core.scorer_card import ScorerCard
from core.settings import Settings
from train.config import STAGES
from train.ship import main, ship, unship


def test_unfinished_run_is_not_shipped(tmp_path: Path) -> None:
    settings = replace(Settings.from_environment({}), assets=tmp_path / "assets")
    with pytest.raises(MsrError, match=r"The stage tower of .* is not finished"):
        ship(tmp_path, settings)
    assert not (tmp_path / "assets").exists()


def test_stages_that_do_not_belong_together_are_not_shipped(tmp_path: Path) -> None:
    settings = Settings.from_environment({})
    run = tmp_path / "run"
    unship(run, settings)
    log = run / "user-summarizer" / "run.json"
    told = json.loads(log.read_text()) | {"finished_at": "2999-01-01T00:00:00+00:00"}
    log.write_text(json.dumps(told))
    elsewhere = replace(settings, assets=tmp_path / "assets")
    with pytest.raises(MsrError, match=r"user-summarizer was trained anew after .*recommender had"):
        ship(run, elsewhere)
    assert not (tmp_path / "assets").exists()


def test_run_that_is_too_large_leaves_what_is_shipped(tmp_path: Path) -> None:
    settings = Settings.from_environment({})
    unship(tmp_path / "run", settings)
    (tmp_path / "run" / "tower" / "parts.safetensors").write_bytes(bytes(45_000_000))
    elsewhere = replace(settings, assets=tmp_path / "assets")
    with pytest.raises(MsrError, match="at most 40 are shipped"):
        ship(tmp_path / "run", elsewhere)
    assert not (tmp_path / "assets").exists()


def test_run_with_a_damaged_stage_leaves_what_is_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    unship(tmp_path / "run", Settings.from_environment({}))
    (tmp_path / "run" / "recommender" / "run.json").write_text('{"config"')
    shipped: list[object] = []
    monkeypatch.setattr("train.ship.ship", lambda *given: shipped.append(given))
    assert main(["--run", str(tmp_path / "run")]) == 1
    assert "is damaged; train the stage recommender again" in capsys.readouterr().err
    assert not shipped


def test_logs_of_another_run_do_not_stay(tmp_path: Path) -> None:
    settings = replace(Settings.from_environment({}), assets=tmp_path / "assets")
    logs = tmp_path / "assets" / "results" / "training" / "recommender"
    logs.mkdir(parents=True)
    (logs / "phase-3-losses.jsonl").write_text("[0, 1.0]")
    run = tmp_path / "run"
    for stage in STAGES:
        (run / stage / "adapter").mkdir(parents=True)
        (run / stage / "run.json").write_text("{}")
    (run / "tower" / "parts.safetensors").write_bytes(b"")
    (run / "recommender" / "phase-1").mkdir()
    (run / "recommender" / "phase-1" / "losses.jsonl").write_text("[0, 0.7]")
    ship(run, settings)
    assert {file.name for file in logs.iterdir()} == {"run.json", "phase-1-losses.jsonl"}


def test_a_run_made_out_of_what_is_shipped_leaves_its_logs(tmp_path: Path) -> None:
    assets = Settings.from_environment({}).assets
    settings = replace(Settings.from_environment({}), assets=tmp_path / "assets")
    for part in ("embedded", "results/training"):
        shutil.copytree(assets / part, settings.assets / part)
    logs = settings.assets / "results" / "training"
    before = {file.relative_to(logs) for file in logs.rglob("*")}
    unship(tmp_path / "run", settings)
    ship(tmp_path / "run", settings)
    assert {file.relative_to(logs) for file in logs.rglob("*")} == before
    assert len(before) > 2 * len(STAGES)


def test_what_is_shipped_becomes_the_run_that_it_was(tmp_path: Path) -> None:
    settings = Settings.from_environment({})
    unship(tmp_path / "run", settings)
    elsewhere = replace(settings, assets=tmp_path / "assets")
    card = tmp_path / "assets" / "embedded" / "recommender" / "scorer_card.json"
    card.parent.mkdir(parents=True)
    card.write_text("{}")
    ship(tmp_path / "run", elsewhere)
    assert not card.exists()  # it was of other weights; the new one comes last
    for file in (settings.assets / "embedded").rglob("*.safetensors"):
        again = tmp_path / file.relative_to(settings.assets.parent)
        assert again.read_bytes() == file.read_bytes()
    assert not list((tmp_path / "run").rglob("scorer_card.json"))
    with pytest.raises(MsrError, match="exists; name a folder that does not"):
        unship(tmp_path / "run", settings)


def test_card_survives_a_round_trip_and_names_what_differs(tmp_path: Path) -> None:
    card = ScorerCard(
        "base", "sha", "v1", "preference-first", 7, 8, 1500, [[96, 96]], "answer", 0.5, -2.0, "5"
    )
    card.write(tmp_path)
    assert ScorerCard.read(tmp_path) == card
    card.check(yes_id=7, no_id=8)
    with pytest.raises(WeightsError, match="with yes_id 7, and this Tasteline has 9"):
        card.check(yes_id=9)
    for damaged in ("{}", "", "[" * 100_000):
        (tmp_path / "scorer_card.json").write_text(damaged)
        with pytest.raises(WeightsError, match="is not a scorer card"):
            ScorerCard.read(tmp_path)
