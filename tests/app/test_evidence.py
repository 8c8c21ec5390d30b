"""The pages beside the story: every figure from a file, misses shown as misses."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import markupsafe
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.pages import page_routes
from app.views.evidence import evidence, misses, reliability
from app.views.measures import FIGURES
from app.views.paper import beside_the_paper
from core.results import EARLIER, METHODS, TABLES, read_results
from core.settings import REPOSITORY
from tests.app.world import World

PROVENANCE = {"command": "python -m train.evaluate explanations", "date": "2026-11-24"}


def row(mean: float) -> dict[str, Any]:
    return {"mean": mean, "ci95": [mean - 0.1, mean + 0.1], "count": 9}


def kinds(*means: float) -> dict[str, Any]:
    return dict(zip(("method", "random", "oracle"), map(row, means), strict=True))


def explanations() -> dict[str, Any]:
    bins = [
        {"predicted": 0.05, "taken": 0.02, "count": 900},
        {"predicted": 0.95, "taken": 0.7, "count": 30},
    ]
    calibration = {"bins": bins, "brier": row(0.2), "ece": row(0.15)}
    part = {
        "headline": row(0.8) | {"deletion_auc": kinds(1.0, 2.0, 0.8)},
        **dict.fromkeys(("comprehensiveness", "sufficiency", "insertion_auc"), kinds(3, 2, 4)),
        "curves": {
            "method": [2.0, 0.5, 0.1, -0.5, -1.0],
            "random": [2.0, 1.2, 0.5, -0.2, -1.0],
            "oracle": [2.0, 0.2, -0.3, -0.8, -1.0],
        },
    }
    edit = {"success": row(0.95), "effect": row(2.0), "others": row(0.1)}
    return {
        "headline": row(0.8),
        "sentences": dict.fromkeys(("delete", "neutral", "stranger"), part),
        "scrutability": {
            "flip": edit,
            "add": edit,
            "delete": edit | {"success": row(0.8)},
            "paraphrase": {"drift": row(0.2), "relative_to_deletion": row(0.1)},
        },
        "stranger_tau": row(0.3),
        "empty_tau": row(0.4),
        "modalities": {"image": row(-0.2), "title": row(0.1), "preference": row(3.8)},
        "forgetting": {"2": row(0.9), "3": row(0.8)},
        "grounding": {"claims_supported": row(0.95), "themes_in_history": row(0.99)},
        "evolution_over_noise": row(4.0),
        "shuffled": row(0.5),
        "calibration": {"raw": calibration, "platt": calibration},
        "provenance": PROVENANCE,
    }


@pytest.fixture
def client(world: World, tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "explanations.json").write_text(json.dumps(explanations()))
    with TestClient(Starlette(routes=page_routes(tmp_path, world.recordings))) as opened:
        yield opened


def test_pages_are_served_whole_and_from_nowhere_else(client: TestClient) -> None:
    for path, title in (("/evidence", "Evidence"), ("/about", "About")):
        answer = client.get(path)
        assert answer.status_code == 200
        assert f"<title>{title} · Tasteline</title>" in answer.text
        assert "src=" not in answer.text
        assert "http" not in answer.text


def test_deletion_is_drawn_and_its_numbers_are_in_a_table(client: TestClient) -> None:
    section = client.get("/evidence").text.partition("while sentences are deleted</h3>")[2]
    assert section.count("<path class=") == 3
    row = section.partition("This order</th>")[2].partition("</tr>")[0]
    assert "+2.00" in row
    assert "−1.00" in row


def test_parts_of_a_score_and_what_lasts_are_shown_with_a_real_minus(client: TestClient) -> None:
    page = client.get("/evidence").text
    image = page.partition("Its image adds")[2].partition("</tr>")[0]
    assert "−0.200" in image
    assert "tl-range" not in image  # the drawing goes from 0 to 1
    assert "0.800" in page.partition("still named after block 3")[2].partition("</tr>")[0]


def test_losses_and_speed_of_training_are_shown(client: TestClient, tmp_path: Path) -> None:
    of = {"steps": 240, "users": 108, "auc": row(0.9), "hr@5": row(0.8)}
    losses = {"losses": {"answer": of, "listwise": of}, "provenance": PROVENANCE}
    (tmp_path / "losses.json").write_text(json.dumps(losses))
    for name in ("bench_finetune.json", "bench_paper.json"):
        shipped = REPOSITORY / "assets" / "results" / name
        (tmp_path / name).write_text(shipped.read_text("utf-8"))
    page = client.get("/evidence").text
    assert "candidates, kept pictures" in page
    assert "one round" in page
    assert "Against new pictures" in page
    kept = page.partition("candidates, kept pictures, 4 bit")[2].partition("</tr>")[0]
    assert kept.endswith("<td>0.10×</td>")  # as many digits as every other row has
    assert "listwise</th><td>240</td><td>108</td><td>0.900" in page
    assert "candidates one by one" in page


def test_a_miss_is_shown_as_a_miss(client: TestClient) -> None:
    page = client.get("/evidence").text
    deleted = page.partition("A deleted theme falls")[2].partition("</tr>")[0]
    assert "0.800" in deleted
    assert "missed" in deleted
    flipped = page.partition("A flipped theme moves")[2].partition("</tr>")[0]
    assert "reached" in flipped


def test_figures_that_want_to_be_small_are_judged_so(client: TestClient) -> None:
    page = client.get("/evidence").text
    assert "reached" in page.partition("with a stranger’s preference")[2].partition("</tr>")[0]
    assert "reached" in page.partition("under a paraphrase")[2].partition("</tr>")[0]


def test_every_committed_figure_is_on_the_page(world: World) -> None:
    found = read_results(REPOSITORY / "assets" / "results")
    page = evidence(found, world.recordings, "")
    for name in TABLES.keys() & found.keys():
        part = page.partition(f'id="{name}"')[2].partition("</section>")[0]
        for method, row in found[name]["methods"].items():
            head = f'<th scope="row">{markupsafe.escape(METHODS[method])}</th>'
            cells = part.partition(head)[2].partition("</tr>")[0]
            shown = re.findall(r"<td>([\d.]+) <small>\(([\d.]+) to ([\d.]+)\)", cells)
            figures = [(row[key]["mean"], *row[key]["ci95"]) for key in FIGURES]
            assert shown == [tuple(f"{value:.3f}" for value in one) for one in figures], method
            assert str(markupsafe.escape(row["provenance"]["command"])) in part
    stages = found.get("stages", {"stages": {}})["stages"]
    for part in stages.get("descriptions", {}).values():
        assert f"{part['mean']:.3f}" in page


def test_the_papers_figures_stand_beside_ours(world: World) -> None:
    found = read_results(REPOSITORY / "assets" / "results")
    paper = evidence(found, [], "").partition('id="paper"')[2].partition("</section>")[0]
    rows = paper.partition("Table 3, MicroLens-50k")[2]
    cells = rows.partition('<th scope="row">SASRec</th>')[2].partition("</tr>")[0]
    figures = re.findall(r"<td>(0\.\d{3})", cells)
    printed = found["paper"]["table_3"]["microlens-50k"]["sasrec"]
    ours = found["table3_microlens-50k"]["methods"]["sasrec"]
    keys = ("auc", "hr@5", "mrr@5")
    wanted = [f"{figure:.3f}" for key in keys for figure in (printed[key], ours[key]["mean"])]
    assert figures == wanted
    assert "50,000 users, 5 folds" in cells


def test_a_row_that_only_the_paper_has_is_empty_on_our_side() -> None:
    paper = {"paper": "P", "notes": [], "table_1": {}}
    printed = {"microlens-50k": {"sasrec": {"auc": 0.7}, "mmsr": {"auc": 0.8}}}
    row_of_ours = {"auc": row(0.9), "hr@5": row(0.8), "mrr@5": row(0.7)}
    measured = {"protocol": {"test_users": {"microlens-50k": 1000}, "folds": 1}}
    results = {
        "paper": paper | {"table_3": printed},
        "fold0_microlens-50k": measured | {"methods": {"sasrec": row_of_ours}},
    }
    (table,) = beside_the_paper(results)
    (mmsr, sasrec) = table.rows
    assert mmsr == ("MMSR", ((0.8, None), (None, None), (None, None)), "")
    assert sasrec[1][0][0] == 0.7
    assert sasrec[1][0][1].mean == 0.9
    assert sasrec[2] == "1,000 users, fold 0"


def test_contents_lead_to_every_section_and_nowhere_else(world: World) -> None:
    folder = REPOSITORY / "assets" / "results"
    found = {file.stem: json.loads(file.read_text()) for file in folder.glob("*.json")}
    page = evidence(found, world.recordings, "")
    listed = re.findall(r'<li><a href="#([\w-]+)">', page)
    assert listed == re.findall(r'<section [^>]*id="([\w-]+)">', page)
    assert page.count("<section") == len(listed)
    assert len(set(listed)) == len(listed) > 10


def test_nothing_is_claimed_where_no_file_is(world: World) -> None:
    page = evidence({}, [], "")
    assert "<table" not in page
    assert "Not reproduced" in page
    assert "held to a bar" not in page


def test_reliability_points_lie_where_their_bins_are() -> None:
    found = reliability(explanations()["calibration"])
    (_, (low, high)), _ = found.points
    assert low[0] < high[0]  # further right: a higher P
    assert low[1] > high[1]  # further up: taken more often
    assert low[2] > high[2]  # larger: more candidates
    assert all(30 <= x <= 210 and 10 <= y <= 190 for x, y, _ in (low, high))


def test_worst_recorded_runs_come_first_and_good_ones_not_at_all(world: World) -> None:
    ((recording, rank, _),) = misses(world.recordings)
    assert (recording.persona, rank) == ("Jonas", 21)


def test_hostile_words_stay_words(hostile_world: World) -> None:
    page = evidence({}, hostile_world.recordings, "")
    assert "<img src=x" not in page
    assert "<b>x</b>" not in page


def test_a_table_is_held_to_what_was_wanted() -> None:
    figures = {name: row(0.9) for name in ("auc", "hr@5", "mrr@5", "ndcg@5")}
    behind = {"mllm-msr": {"auc": {"mean": 0.011, "ci95": [-0.001, 0.024]}}}
    methods = {
        "oracle": figures | {"auc": row(0.99)},
        "mllm-msr": figures | {"auc": row(0.95)},
        "direct": figures | {"auc": row(0.94), "behind": behind},
        "text-only": figures | {"auc": row(0.6), "behind": behind},
    }
    for method in methods.values():
        method["provenance"] = PROVENANCE
    found = {"methods": methods, "protocol": {"test_users": {"videos": 9}}}
    page = evidence({"sample": found}, (), "")
    wanted = page.partition("Wanted:")[2].partition("</ul>")[0].split("<li>")[1:]
    assert [("reached" in line, "missed" in line) for line in wanted] == [
        (True, False),
        (True, False),
        (False, True),
        (True, False),
    ]
    assert "AUC of MLLM-MSR at least 0.92" in wanted[0]
    assert "paired difference 0.011, −0.001 to 0.024" in wanted[2]
    assert "3 of 4 reached" in page.partition('href="#sample"')[2].partition("</li>")[0]
    assert "Of 4 figures held to a bar, 3 reach it." in page
    assert "Wanted" not in evidence({"posters": found}, (), "")
    assert "earlier" not in page
    earlier = evidence({"sample": found | {EARLIER: True}}, (), "")
    assert "Measured with earlier weights" in earlier
    assert "3 reach it. Marked earlier: 4 of them" in earlier
    assert "3 of 4 reached · earlier" in earlier
