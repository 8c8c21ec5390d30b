import json
import os
from pathlib import Path

import pytest

from core.covers import open_cover
from core.settings import Settings
from core.store import Store
from tests.core.test_datasets import TITLES, microlens
from train.prepare import main

REAL = Path(__file__).parent.parent.parent.parent / "shared" / "data"
needs_real_data = pytest.mark.skipif(not REAL.is_dir(), reason="the real data is not here")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TASTELINE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TASTELINE_DATABASE_URL", raising=False)


def store() -> Store:
    return Store(Settings.from_environment(os.environ).database_url)


def test_prepare_prints_what_it_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = microlens(tmp_path / "m", TITLES, "7\t1 2 3\nbroken\n")
    assert main(["microlens", "--root", str(root), "--name", "clips"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == {"users", "items", "interactions", "skipped", "seconds"}
    assert printed["skipped"] == {"malformed line": 1}
    assert store().history("clips", "7").next_item.item_id == "3"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["microlens", "--root", "/nowhere", "--name", "m"], "holds nothing matching"),
        (["amazon", "--reviews", "/a", "--meta", "/b", "--name", "m"], "There is no file /a"),
        (["microlens", "--root", ".", "--name", "videos"], "is a sample data set"),
        (["microlens", "--root", ".", "--name", ""], "cannot be used"),
        (["microlens", "--root", ".", "--name", "a/b"], "cannot be used"),
        (["microlens", "--root", ".", "--name", "m~importing"], "cannot be used"),
    ],
)
def test_bad_input_exits_with_one_clear_line(
    capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    assert main(words) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert captured.err.strip().count("\n") == 0


@needs_real_data
def test_real_microlens_has_the_published_counts(capsys: pytest.CaptureFixture[str]) -> None:
    root = REAL / "microlens-50k"
    assert main(["microlens", "--root", str(root), "--name", "microlens-50k"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["users"], printed["items"], printed["interactions"]) == (50000, 19220, 359708)
    assert printed["skipped"] == {}
    assert store().search_users("microlens-50k", "4999")[0].user_id == "4999"


@needs_real_data
def test_real_amazon_reviews_are_read_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    folder = REAL / "Video_Games"
    words = ["--reviews", str(folder / "Video_Games.jsonl.gz"),
             "--meta", str(folder / "meta_Video_Games.jsonl.gz")]  # fmt: skip
    assert main(["amazon", *words, "--name", "video-games"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["users"], printed["items"], printed["interactions"]) == (50546, 16859, 440264)


@needs_real_data
def test_real_posters_have_covers_that_open(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["microlens", "--root", str(REAL / "posters"), "--name", "posters"]) == 0
    history = store().history("posters", "5")
    assert all(open_cover(history.dataset, item).image.width > 50 for item in history.items)
