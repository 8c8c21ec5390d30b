import json
from pathlib import Path

from core.settings import REPOSITORY
from train.report import page


def test_committed_page_is_what_the_committed_files_say() -> None:
    written = (REPOSITORY / "docs" / "results.md").read_text("utf-8")
    assert written == page(REPOSITORY / "assets" / "results")


def test_page_shows_a_miss_as_a_miss(tmp_path: Path) -> None:
    row = {"mean": 0.5, "ci95": [0.4, 0.6], "count": 9}
    names = ("motif", "drawing", "style", "fused_theme", "fused_style")
    life = ("theme_f1", "style", "drift_named", "drift_liked", "faded_dropped")
    stages = {
        "descriptions": dict.fromkeys(names, row) | {"motif": row | {"mean": 0.95}},
        "mllm-msr": dict.fromkeys(life, row),
        "zero-shot": dict.fromkeys(life, row),
    }
    found = {
        "stages": stages,
        "protocol": {"test_users": {"videos": 9}, "candidate_seed": 7},
        "provenance": {"command": "python -m train.evaluate stages", "date": "2026-11-24"},
    }
    (tmp_path / "stages.json").write_text(json.dumps(found))
    text = page(tmp_path)
    assert "| the cover's motif is named | 0.950 | 0.400 to 0.600 | 0.90 |" in text
    assert "| the cover's style is named | 0.500 | 0.400 to 0.600 | 0.90, missed |" in text
    assert "9 of videos" in text
