import json
import re
import shutil
from pathlib import Path
from statistics import fmean

import pytest

from core.errors import MsrError
from core.results import NOT_OURS, OF_EARLIER, SUMS, read_results, weights_hash
from core.settings import REPOSITORY
from train.report.notes import NOTES
from train.report.readme import with_tables
from train.report.results_page import page


def test_committed_page_is_what_the_committed_files_say() -> None:
    written = (REPOSITORY / "docs" / "results.md").read_text("utf-8")
    assert written == page(REPOSITORY / "assets" / "results")


README = (
    "# T\n<!-- scores, by python -m train.report -->\nold\n<!-- end -->\n"
    "<!-- speed, by python -m train.report -->\nold\n<!-- end -->\nrest"
)


def test_readme_has_the_tables_of_the_committed_files() -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    assert readme == with_tables(readme, read_results(REPOSITORY / "assets" / "results"))


def test_readme_names_the_best_system_that_is_not_ours(tmp_path: Path) -> None:
    def at(mean: float) -> dict[str, object]:
        figure = {"mean": mean, "ci95": [mean - 0.1, mean + 0.1]}
        return {"auc": figure, "hr@5": figure}

    ours = {"mllm-msr": at(0.6), "mllm-msr+": at(0.8), "direct": at(0.95), "oracle": at(1.0)}
    others = {"sasrec": at(0.7), "popularity": at(0.65)}
    (tmp_path / "fold0_posters.json").write_text(fitted_file(**ours, **others))
    readme = with_tables(README, read_results(tmp_path))
    assert (
        "| 9 | 0.800 (0.700 to 0.900) | 0.600 (0.500 to 0.700) | SASRec 0.700 (0.600 to 0.800) |"
        in readme
    )
    assert "old" not in readme
    assert readme.startswith("# T\n")
    assert readme.endswith("<!-- end -->\nrest")


def test_tables_of_earlier_weights_say_so(tmp_path: Path) -> None:
    results = tmp_path / "results"
    results.mkdir()
    figures = {"auc": {"mean": 0.6, "ci95": [0.5, 0.7]}}
    found = json.loads(fitted_file(sasrec=figures, **{"mllm-msr": figures}))
    bench = json.loads((REPOSITORY / "assets" / "results" / "bench_story.json").read_text("utf-8"))
    for shipped, says in ((weights_hash(tmp_path / "embedded"), False), ("others", True)):
        found["protocol"]["shipped"] = shipped
        (results / "fold0_posters.json").write_text(json.dumps(found))
        bench["protocol"]["shipped"] = shipped
        (results / "bench_story.json").write_text(json.dumps(bench))
        readme = with_tables(README, read_results(results))
        assert (OF_EARLIER in readme) == says
        assert ("earlier weights |" in readme) == says
        assert (OF_EARLIER in page(results)) == says


def test_the_page_begins_with_what_was_missed_and_earlier_weights_come_last(
    tmp_path: Path,
) -> None:
    def at(mean: float, low: float) -> dict[str, object]:
        figure = {"mean": mean, "ci95": [low, 1.0]}
        return {"auc": figure, "hr@5": figure}

    results = tmp_path / "results"
    results.mkdir()
    rows = {"mllm-msr": at(0.6, 0.5), "sasrec": at(0.7, 0.6), "mllm-msr+": at(0.7, 0.6)}
    found = json.loads(fitted_file(**rows))
    for name, shipped in (("cold_sample", "others"), ("fold0_sample", weights_hash())):
        found["protocol"]["shipped"] = shipped
        (results / f"{name}.json").write_text(json.dumps(found))
    text = page(results)
    short = text[: text.index("## Contents")]
    link = "](#cold-items-nothing-has-learnt-from-any-candidate), earlier weights: MLLM-MSR above"
    assert link in short
    assert "0 of 1 targets are reached, tables of earlier weights not counted. Missed:" in short
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings[-1] == "## Cold items: nothing has learnt from any candidate"
    for heading in headings[4:]:  # after the short, the contents, data sets and the protocol
        assert f"- [{heading[3:]}](#" in text


def test_what_the_notes_say_of_the_sample_is_so() -> None:
    found = read_results(REPOSITORY / "assets" / "results")["sample_many"]["methods"]

    def of(method: str, name: str, figure: str) -> float:
        folds = [part for part in found[method]["folds"] if part["dataset"] == name]
        return fmean(part[figure] for part in folds)

    for rival in ("co-occurrence", "mgat", "sasrec-f"):
        for figure in ("auc", "hr@5"):
            assert of(rival, "videos", figure) > of("mllm-msr", "videos", figure), rival
        assert of(rival, "videos", "mrr@5") < of("mllm-msr", "videos", "mrr@5"), rival
        for name in ("baby", "games"):
            for figure in ("auc", "mrr@5"):
                assert of(rival, name, figure) < of("mllm-msr", name, figure), rival
    assert of("co-occurrence", "baby", "hr@5") > of("mllm-msr", "baby", "hr@5")
    both, alone = found["mllm-msr+"], found["mllm-msr"]
    assert all(both[figure]["mean"] > alone[figure]["mean"] for figure in ("auc", "hr@5"))
    assert both["mrr@5"]["mean"] < alone["mrr@5"]["mean"]


def test_what_is_said_of_popularity_in_the_sum_is_so() -> None:
    results = read_results(REPOSITORY / "assets" / "results")
    weights = {
        name: [
            part["weights"]["parts"]["popular"] for part in found["methods"]["mllm-msr+"]["folds"]
        ]
        for name, found in results.items()
        if "mllm-msr+" in found.get("methods", {})
    }
    warm = [one for name, found in weights.items() if "cold" not in name for one in found]
    assert sum(one < 0 for one in warm) > 0.75 * len(warm)
    assert {one for name, found in weights.items() if "cold" in name for one in found} == {0.0}


def test_what_the_readme_begins_with_is_so() -> None:
    results = read_results(REPOSITORY / "assets" / "results")
    for name in ("sample_many", "cold_sample"):
        methods = results[name]["methods"]
        for figure in ("auc", "hr@5"):
            means = {one: methods[one][figure]["mean"] for one in methods.keys() - {"oracle"}}
            assert max(means, key=lambda one: means[one]) == "mllm-msr+", (name, figure)
    for name in ("cold_posters", "fold0_posters", "fold0_microlens-50k", "fold0_video-games"):
        methods = results[name]["methods"]
        assert methods["mllm-msr"]["auc"]["mean"] < methods["sasrec-f"]["auc"]["mean"], name


def test_what_the_readme_says_of_films_is_so() -> None:
    results = read_results(REPOSITORY / "assets" / "results")
    cold, warm = (results[name]["methods"] for name in ("cold_posters", "fold0_posters"))
    for methods in (cold, warm):
        assert {p["weights"]["sequential"] for p in methods["mllm-msr+"]["folds"]} == {"sasrec-f"}
    ours, rival = cold["mllm-msr"]["auc"], cold["sasrec-f"]["auc"]
    assert ours["mean"] < rival["mean"] < ours["ci95"][1]
    read, both = cold["tallrec"]["auc"], cold["mllm-msr+"]["auc"]
    assert abs(read["mean"] - both["mean"]) < 0.01
    behind = cold["tallrec"]["behind"]["mllm-msr"]
    assert behind["auc"]["ci95"][1] < 0
    for figure in behind.keys() - {"auc"}:
        assert behind[figure]["ci95"][0] < 0 < behind[figure]["ci95"][1], figure
    for low, high in (part["ci95"] for part in cold["sasrec-f"]["behind"]["mllm-msr"].values()):
        assert low < 0 < high
    alone = cold.keys() & NOT_OURS - {"sasrec-f", "tallrec", *SUMS}
    assert all(cold[one]["auc"]["mean"] < ours["mean"] for one in alone)
    for rival in ("co-occurrence", "sasrec", "sasrec-f"):
        assert warm[rival]["behind"]["mllm-msr"]["auc"]["ci95"][1] < 0  # ranks better, paired
    assert round(warm["others"]["behind"]["mllm-msr+"]["auc"]["mean"], 3) == 0
    on_new = cold["others"]["behind"]["mllm-msr+"]
    assert all(part["ci95"][0] < 0 < part["mean"] for part in on_new.values())


def test_what_is_said_of_microlens_is_so() -> None:
    methods = read_results(REPOSITORY / "assets" / "results")["fold0_microlens-50k"]["methods"]
    both, rival = methods["mllm-msr+"], methods["sasrec-f"]
    assert {part["weights"]["sequential"] for part in both["folds"]} == {"sasrec-f"}
    assert methods["mllm-msr"]["auc"]["ci95"][1] < methods["popularity"]["auc"]["ci95"][0]
    read = methods["tallrec"]["auc"]
    assert methods["mllm-msr"]["auc"]["ci95"][1] < read["ci95"][0]
    assert read["mean"] < methods["popularity"]["auc"]["mean"]
    assert rival["auc"]["ci95"][1] < both["auc"]["ci95"][0]
    for figure in ("auc of each", "hr@5", "mrr@5"):
        assert abs(both[figure]["mean"] - rival[figure]["mean"]) < 0.002, figure
    assert round(methods["others"]["behind"]["mllm-msr+"]["auc"]["mean"], 3) == 0


def test_what_is_said_of_video_games_is_so() -> None:
    results = read_results(REPOSITORY / "assets" / "results")
    methods, titles = (
        results[f"fold0_{name}"]["methods"] for name in ("video-games", "microlens-50k")
    )
    ours, both = methods["mllm-msr"], methods["mllm-msr+"]
    assert titles["mllm-msr"]["auc"]["ci95"][1] < ours["auc"]["ci95"][0]
    assert abs(ours["auc"]["mean"] - methods["popularity"]["auc"]["mean"]) < 0.02
    assert all(
        ours["auc"]["ci95"][1] < methods[one]["auc"]["ci95"][0]
        for one in ("co-occurrence", "sasrec", "sasrec-f")
    )
    read = methods["tallrec"]["auc"]["ci95"]
    assert ours["auc"]["ci95"][1] < read[0]
    sequential = ("gru4rec", "sasrec", "gru4rec-f", "sasrec-f", "mmsr", "trans2d")
    assert all(read[1] < methods[one]["auc"]["ci95"][0] for one in sequential)
    assert {part["weights"]["sequential"] for part in both["folds"]} == {"sasrec-f"}
    assert methods["sasrec-f"]["auc"]["ci95"][1] < both["auc"]["ci95"][0]
    for figure in ("auc of each", "hr@5", "mrr@5"):
        low, high = methods["sasrec-f"]["behind"]["mllm-msr+"][figure]["ci95"]
        assert low < 0 < high, figure
    worth = methods["others"]["behind"]["mllm-msr+"]
    assert 0 < worth["auc"]["ci95"][0] < worth["auc"]["mean"] < 0.005
    assert worth["auc of each"]["ci95"][0] < 0 < worth["auc of each"]["ci95"][1]


def test_what_is_said_of_fits_that_were_cut_is_so() -> None:
    """Best epochs so late that the sixtieth came before five worse ones."""
    results = read_results(REPOSITORY / "assets" / "results")
    cut = {
        (method, part["dataset"])
        for found in results.values()
        for method, row in found.get("methods", {}).items()
        for part in row["folds"]
        if part.get("epochs", 0) > 55
    }
    assert cut == {
        ("gru4rec", "video-games"),
        ("gru4rec-image", "videos"),
        ("gru4rec-summary", "baby"),
    }


def test_what_is_said_to_be_unmeasured_has_no_row() -> None:
    found = read_results(REPOSITORY / "assets" / "results")
    said = 0
    for name, notes in NOTES.items():
        for sentence in notes.replace("\n", " ").split("."):
            if "still to be measured" in sentence:
                said += 1
                for called, method in (("TALLRec", "tallrec"), ("ero-shot", "zero-shot")):
                    assert called not in sentence or method not in found[name]["methods"], name
    assert said


@pytest.mark.parametrize(
    ("seconds", "told", "is_missed"),
    [(11_000, "3 h 3 min. ", False), (15_000, "4 h 10 min. ", True)],
)
def test_a_rebuild_is_held_to_four_hours_and_stands_beside_what_is_shipped(
    tmp_path: Path, seconds: float, told: str, is_missed: bool
) -> None:
    results = tmp_path / "results"
    results.mkdir()
    for name in ("sample", "stages"):
        shutil.copy(REPOSITORY / "assets" / "results" / f"{name}.json", results)
    known = read_results(results)
    auc = {"mean": 0.9, "ci95": [0.8, 1.0]}
    rebuild = {
        "machine": "two cores",
        "beside": "",
        "parts": {"eyes": 300.0},
        "seconds": seconds,
        "found": {"sample": {"methods": {"mllm-msr": {"auc": auc}}}, "stages": known["stages"]},
        "provenance": {
            "command": "make train-embedded",
            "date": "2026-11-29",
            "commit": "abc",
            "precision": "bfloat16",
            "versions": {"torch": "2.13.0"},
        },
    }
    (results / "rebuild.json").write_text(json.dumps(rebuild))
    text = page(results)
    part = text.partition("## Rebuilt from nothing")[2].partition("\n## ")[0]
    assert told in part
    assert "| eyes | 5 |" in part
    (row,) = re.findall(r"\| AUC, uniform candidates \| (.+) \| (.+) \|", part)
    assert row[1] == "0.900 (0.800 to 1.000)"
    assert row[0].startswith(f"{known['sample']['methods']['mllm-msr']['auc']['mean']:.3f}")
    assert "AUC, hard candidates" not in part  # nobody measured it here
    missed = text[: text.index("## Contents")]
    assert ("rebuilt in at most 4 hours" in missed) == is_missed


def test_readme_that_lost_a_mark_is_refused_whole() -> None:
    for mark in ("<!-- end -->\nrest", "<!-- speed, by"):
        with pytest.raises(MsrError, match=r"lacks <!-- speed, by python -m train\.report -->"):
            with_tables(README.replace(mark, ""), {})


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
    assert "| the cover's motif is named | 0.950 | 0.400 to 0.600 | 9 | at least 0.9 |" in text
    assert (
        "| the cover's style is named | 0.500 | 0.400 to 0.600 | 9 | at least 0.9, missed |" in text
    )
    assert "9 of videos" in text


def fitted_file(**rows: object) -> str:
    figures = {
        name: {"mean": 0.5, "ci95": [0.4, 0.6]} for name in ("auc", "hr@5", "mrr@5", "ndcg@5")
    }
    about = {"provenance": {"command": "python -m train.evaluate", "date": "2026-11-25"}}
    protocol = {"test_users": {"microlens-50k": 9}, "candidate_seed": 7, "folds": 5}
    methods = {name: figures | about | extra for name, extra in rows.items()}  # type: ignore[operator]
    return json.dumps({"methods": methods, "protocol": protocol})


def test_page_says_what_a_fit_costs_and_what_the_paper_prints(tmp_path: Path) -> None:
    part = {"dataset": "microlens-50k"}
    cost = {"parameters": 1234567, "folds": [part | {"seconds": 100.0}, part | {"seconds": 300.0}]}
    text = fitted_file(sasrec=cost, popularity={"parameters": 0, "folds": []})
    (tmp_path / "table3_microlens-50k.json").write_text(text)
    figures = {"auc": 0.74, "hr@5": 0.58, "mrr@5": 0.36}
    printed = {"microlens-50k": {"sasrec": figures, "mmgcn": figures}}
    paper = {"paper": "A paper", "notes": [], "table_1": {}, "table_3": printed}
    (tmp_path / "paper.json").write_text(json.dumps(paper))
    found = page(tmp_path)
    assert "| 1,234,567 | 200 |" in found
    assert "| SASRec | 0.740 | 0.500 (0.400 to 0.600) |" in found
    assert "| 9 users, 5 folds |" in found
    assert "| MMGCN | 0.740 |  | 0.580 |  |" in found  # not measured by us, and not left out
