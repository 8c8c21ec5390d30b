"""What a visitor takes away: whole, plain, and safe to open."""

import base64
import codecs
import csv
import io
import json
import re
from dataclasses import replace

import pytest

from app.export import KINDS, as_csv, export
from app.screen import Screen
from tests.app.world import HOSTILE, World


@pytest.fixture
def screen(world: World) -> Screen:
    return world.explore().library.first()


def test_report_needs_nothing_else(world: World, screen: Screen) -> None:
    made = export(screen, "html", "/* look */", world.picture, "Mira")
    assert made.name == "tasteline-videos-mira.html"
    assert "/* look */" in made.content
    assert not re.findall(r'(?:src|href)="(?!data:|#|evidence|about)', made.content)
    assert made.content.count('src="data:image/webp;base64,') > 20
    assert "Night market noodles" in made.content
    assert "Mira · videos · after block 4 of 4" in made.content
    assert "Why this score" in made.content
    assert "<script" not in made.content
    assert made.address.startswith("data:text/html;charset=utf-8;base64,")


def test_report_without_an_explanation_has_no_empty_lenses(world: World, screen: Screen) -> None:
    assert 'class="tl-why' not in export(
        screen.at(2), "html", "", world.picture, "Mira"
    ).content.replace("tl-why-link", "")


def test_json_holds_the_run_and_what_was_found(world: World, screen: Screen) -> None:
    found = json.loads(export(screen, "json", "", world.picture, "Mira").content)
    assert found["run"]["user_id"] == "mira"
    assert len(found["run"]["scores"]) == 4
    assert found["explanation"]["sentences"]["method"] == "shapley"
    assert found["tried"][0]["preference"] == screen.run.preferences[-1].written.text
    assert {answer["system"] for answer in found["answers"]} == {"zero-shot", "popularity"}


def test_a_spreadsheet_knows_what_letters_a_csv_is_in(screen: Screen, world: World) -> None:
    for kind, marked in (("csv", True), ("json", False)):
        file = export(screen, kind, "", world.picture, "Mira")
        sent = base64.b64decode(file.address.partition(",")[2])
        assert sent.startswith(codecs.BOM_UTF8) is marked


def test_csv_has_a_line_for_every_score(screen: Screen) -> None:
    lines = list(csv.DictReader(io.StringIO(as_csv(screen.run))))
    assert len(lines) == 4 * 21
    assert [line["rank"] for line in lines[:3]] == ["1", "2", "3"]
    assert sum(int(line["is_next"]) for line in lines) == 4


@pytest.mark.parametrize("words", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1"])
def test_no_words_are_a_formula(screen: Screen, words: str) -> None:
    first, *others = screen.run.candidates
    hostile = replace(screen.run, candidates=(replace(first, title=words), *others))
    lines = list(csv.DictReader(io.StringIO(as_csv(hostile))))
    assert {line["title"] for line in lines if line["item_id"] == first.item_id} == {f"'{words}"}
    scores = tuple(
        tuple(replace(s, item_id=words) if s.item_id == first.item_id else s for s in block)
        for block in screen.run.scores
    )
    hostile = replace(hostile, candidates=(replace(first, item_id=words), *others), scores=scores)
    lines = list(csv.DictReader(io.StringIO(as_csv(hostile))))
    assert not [line for line in lines if line["item_id"] == words]
    assert {line["item_id"] for line in lines if line["item_id"].endswith(words)} == {f"'{words}"}


def test_a_name_is_safe_for_any_file_system(world: World, screen: Screen) -> None:
    odd = replace(screen, run=replace(screen.run, user_id="../../etc/päss wd\x00"))
    assert (
        export(odd, "csv", "", world.picture, "Mira").name
        == "tasteline-videos-..-..-etc-p-ss-wd-.csv"
    )


def test_hostile_words_stay_words(hostile_world: World) -> None:
    screen = hostile_world.explore().library.first()
    page = export(screen, "html", "", hostile_world.picture, f"Mira{HOSTILE}").content
    assert "<img src=x" not in page
    assert "<b>x</b>" not in page


@pytest.mark.parametrize("kind", KINDS)
def test_a_history_nobody_ran_can_be_taken_away_too(world: World, kind: str) -> None:
    screen = world.explore().library.open("videos", "u0003")
    assert export(screen, kind, "", world.picture, "Mira").content  # type: ignore[arg-type]
