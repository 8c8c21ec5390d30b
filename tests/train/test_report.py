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


def fitted_file(**rows: object) -> str:
    figures = {
        name: {"mean": 0.5, "ci95": [0.4, 0.6]} for name in ("auc", "hr@5", "mrr@5", "ndcg@5")
    }
    about = {"provenance": {"command": "python -m train.evaluate", "date": "2026-11-25"}}
    protocol = {"test_users": {"microlens-50k": 9}, "candidate_seed": 7}
    methods = {name: figures | about | extra for name, extra in rows.items()}  # type: ignore[operator]
    return json.dumps({"methods": methods, "protocol": protocol})


def test_page_says_what_a_fit_costs_and_what_the_paper_prints(tmp_path: Path) -> None:
    cost = {"parameters": 1234567, "folds": [{"seconds": 100.0}, {"seconds": 300.0}]}
    text = fitted_file(sasrec=cost, popularity={"parameters": 0, "folds": []})
    (tmp_path / "table3_microlens-50k.json").write_text(text)
    figures = {"auc": 0.74, "hr@5": 0.58, "mrr@5": 0.36}
    printed = {"microlens-50k": {"sasrec": figures, "mmgcn": figures}}
    paper = {"paper": "A paper", "notes": [], "table_1": {}, "table_3": printed}
    (tmp_path / "paper.json").write_text(json.dumps(paper))
    found = page(tmp_path)
    assert "| 1,234,567 | 200 |" in found
    assert "| SASRec | 0.740 | 0.500 (0.400 to 0.600) |" in found
    assert "| MMGCN | 0.740 |  | 0.580 |  |" in found  # not measured by us, and not left out
