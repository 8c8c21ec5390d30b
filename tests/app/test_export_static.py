"""The recorded runs as files: what is written."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app import export_static
from app.export_static import write_site
from app.library import Library
from core.errors import MsrError
from tests.app.world import World, written_site


def test_every_block_view_candidate_and_pair_of_systems_is_there(site: Path, world: World) -> None:
    run = world.run
    story = json.loads((site / "stories" / run.dataset / f"{run.user_id}.json").read_text())
    assert len(story["shown"]) == len(run.preferences)
    assert all(set(views) == {"diff", "clean", "prompt"} for views in story["shown"])
    assert len(story["why"]) == len(story["picked"]) == len(run.preferences)
    candidates = {item.item_id for item in run.candidates}
    assert all(set(reasons) == candidates for reasons in story["why"])
    assert set(story["picked"]) <= candidates
    assert set(story["systems"]) > {"mllm-msr", "zero-shot", "popularity"}
    assert len(story["compare"]) == len(story["systems"]) ** 2
    assert all('href="evidence.html#' in painted for painted in story["compare"].values())


def test_only_what_is_recorded_is_offered_and_every_cover_is_a_file(site: Path) -> None:
    index = (site / "index.html").read_text()
    assert "clips" not in index  # a data set without a recorded run
    covers = {part.split('"')[0] for part in index.split('src="')[1:]}
    assert covers
    assert all((site / cover).is_file() for cover in covers)
    assert 'href="evidence.html"' in index
    assert (site / "about.html").is_file()


def test_hostile_words_stay_words(hostile_world: World, tmp_path: Path) -> None:
    site = written_site(hostile_world, tmp_path / "site")
    for file in site.rglob("*.html"):
        assert "<img src=x" not in file.read_text()
    story = json.loads(next(site.rglob("mira.json")).read_text())
    assert "<img src=x" not in json.dumps(story)


def test_an_earlier_export_is_replaced_and_another_folder_is_not(
    world: World, tmp_path: Path
) -> None:
    written_site(world, tmp_path / "site")
    written_site(world, tmp_path / "site")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    with pytest.raises(MsrError, match=r"is not empty and no earlier export\. Choose another"):
        written_site(world, tmp_path / "mine")
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
    with pytest.raises(MsrError, match="no recorded run to export"):
        write_site(world.explore(), (), {}, world.picture, tmp_path / "other")


def test_nothing_is_written_outside_and_what_is_recorded_no_more_goes(
    world: World, tmp_path: Path
) -> None:
    site = written_site(world, tmp_path / "site")
    stale = site / "stories" / "videos" / "gone.json"
    stale.write_text("{}")
    written_site(world, site)
    assert not stale.exists()
    mira = world.recordings[0]
    foreign = replace(mira, run=replace(mira.run, user_id="../../../mira"))
    library = Library(world.store, (), (foreign,))
    explore = world.explore()
    explore.library = library
    with pytest.raises(MsrError, match="would be written outside of"):
        write_site(explore, (foreign,), {}, world.picture, site)


def test_command_says_in_one_line_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TASTELINE_HOME", str(tmp_path / "home"))
    (tmp_path / "note.txt").write_text("mine")
    assert export_static.main(["--out", str(tmp_path)]) == 1
    assert "Choose another --out" in capsys.readouterr().err
