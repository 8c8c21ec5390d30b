"""Compare: two systems on the same candidates."""

import asyncio
import re
from dataclasses import replace

import pytest

from app.experiments import Experiments
from app.screen import Screen
from app.views import compare
from app.views.evidence import evidence
from core.errors import MsrError
from core.results import read_results
from core.rivals import COUNTED, SYSTEMS, Answer, System
from core.settings import REPOSITORY
from tests.app.world import World


@pytest.fixture
def screen(world: World) -> Screen:
    return world.explore().library.first()


def asked(desk: Experiments, screen: Screen) -> list[Screen]:
    async def drained() -> list[Screen]:
        return [shown async for shown in desk.ask(screen)]

    return asyncio.run(drained())


def test_recorded_rival_is_compared_at_once(screen: Screen) -> None:
    page = compare.compare(screen)
    assert page.count('<th scope="row">') == 21
    assert "Kendall tau" in page
    assert "Rank by </span>MLLM-MSR</th>" in page
    assert "Ask it" not in page


def test_one_user_is_linked_to_the_table_of_many(screen: Screen) -> None:
    (anchor,) = re.findall(r'href="evidence#([^"]+)"', compare.compare(screen))
    results = read_results(REPOSITORY / "assets" / "results")
    assert f'id="{anchor}"' in evidence(results, [], "")
    other = replace(screen, run=replace(screen.run, dataset="my own"))
    assert 'href="evidence"' in compare.compare(other)


def test_disagreements_come_first_after_the_true_item(screen: Screen) -> None:
    left, right = screen.answer("mllm-msr"), screen.answer("popularity")
    assert left
    assert right
    first, *others = compare.compared_rows(screen, left, right)
    assert first.is_next
    assert [row.apart for row in others] == sorted((row.apart for row in others), reverse=True)


def test_the_better_system_is_named(screen: Screen) -> None:
    items = screen.run.candidates
    truth = [float(item.item_id == screen.run.next_item_id) for item in items]
    good = Answer("mllm-msr", "a", tuple(truth))
    bad = Answer("direct", "b", tuple(-value for value in truth))
    rows = compare.compared_rows(screen, good, bad)
    assert compare.verdict(rows, "mllm-msr", "direct") == (
        "MLLM-MSR ranks the item that really came next 1 of 21, Direct 21."
    )
    rows = compare.compared_rows(screen, bad, bad)
    assert "Both rank the item that really came next 21 of 21." in compare.verdict(
        rows, "direct", "direct"
    )


def test_agreement_of_a_ranking_with_itself_its_reverse_and_none() -> None:
    up = Answer("direct", "", (1.0, 2.0, 3.0))
    down = Answer("text-only", "", (3.0, 2.0, 1.0))
    flat = Answer("popularity", "", (1.0, 1.0, 1.0))
    assert compare.agreement(up, up) == pytest.approx(1.0)
    assert compare.agreement(up, down) == pytest.approx(-1.0)
    assert compare.agreement(up, flat) is None


def test_system_that_has_not_answered_is_asked(world: World, screen: Screen) -> None:
    desk = Experiments(world.explore())
    chosen = desk.choose(screen, "right", "direct")
    assert "has not answered for this user" in compare.compare(chosen)
    last = asked(desk, chosen)[-1]
    assert last.note == "Answered"
    assert last.answer("direct")
    assert compare.compare(last).count('<th scope="row">') == 21


def test_both_are_asked_where_neither_is_known(world: World, screen: Screen) -> None:
    desk = Experiments(world.explore())
    chosen = desk.choose(desk.choose(screen, "left", "text-only"), "right", "direct")
    last = asked(desk, chosen)[-1]
    assert {answer.system for answer in last.comparison.answers} == {"text-only", "direct"}


def test_system_that_writes_nothing_says_so(world: World, screen: Screen) -> None:
    chosen = Experiments(world.explore()).choose(screen, "right", "popularity")
    assert "Popularity writes nothing about a user." in compare.compare(chosen)


@pytest.mark.parametrize("system", COUNTED)
def test_what_others_took_answers_when_it_is_chosen(world: World, system: System) -> None:
    explore = world.explore()
    live = explore.library.open("videos", "u0001")
    scored = replace(live, run=world.run, recording=None)  # nothing recorded answers for it
    chosen = Experiments(explore).choose(scored, "right", system)
    answer = chosen.answer(system)
    assert answer
    assert len(answer.values) == len(world.run.candidates)


def test_systems_that_were_chosen_before_a_run_answer_after_it(world: World) -> None:
    explore = world.explore()
    desk = Experiments(explore)
    unread = explore.library.open("videos", "u0005")
    chosen = desk.choose(desk.choose(unread, "left", "text-only"), "right", "popularity")
    assert not chosen.answer("popularity")  # there are no candidates yet

    async def told() -> Screen:
        return [shown async for shown in explore.run_live(chosen)][-1]

    last = asked(desk, asyncio.run(told()))[-1]
    assert {answer.system for answer in last.comparison.answers} == {"text-only", "popularity"}


def test_the_sum_of_parts_answers_when_it_is_chosen_and_is_taken_apart(
    world: World, screen: Screen
) -> None:
    chosen = Experiments(world.explore()).choose(screen, "right", "mllm-msr+")
    answer = chosen.answer("mllm-msr+")
    assert answer
    rows = compare.summed_rows(chosen, answer)
    assert [row.rank for row in rows] == sorted(row.rank for row in rows)
    assert any(row.is_next for row in rows)
    assert all(row.total == pytest.approx(sum(b.effect for b in row.bars)) for row in rows)
    page = compare.compare(chosen)
    for part in ("What you like", "What people like you did next", "What is popular"):
        assert f'<th scope="col">{part}</th>' in page
    assert "adds up" not in compare.compare(screen)


def test_the_sum_of_parts_asks_for_its_own_answer_first(world: World, screen: Screen) -> None:
    desk = Experiments(world.explore())
    unread = replace(screen, block=0, run=replace(screen.run, variant="direct"), recording=None)
    chosen = desk.choose(desk.choose(unread, "left", "popularity"), "right", "mllm-msr+")
    assert not chosen.answer("mllm-msr+")
    last = asked(desk, chosen)[-1]
    assert last.answer("mllm-msr")
    assert last.answer("mllm-msr+")


def test_parts_that_were_never_weighed_are_one_line(world: World) -> None:
    explore = world.explore()
    clips = replace(explore.library.first(), run=replace(world.run, dataset="clips"))
    cut = replace(clips, run=replace(clips.run, variant="direct"))  # MLLM-MSR has not answered
    chosen = replace(cut, compared=replace(cut.comparison, right="mllm-msr+"))
    for screen in (clips, cut):
        with pytest.raises(MsrError, match="are not weighed on 'clips' for the models"):
            Experiments(explore).choose(screen, "right", "mllm-msr+")
    with pytest.raises(MsrError, match="are not weighed on 'clips' for the models"):
        asked(Experiments(explore), chosen)


def test_what_is_summed_up_is_said_to_read_what_the_other_wrote(
    world: World, screen: Screen
) -> None:
    desk = Experiments(world.explore())
    page = compare.compare(
        desk.choose(desk.choose(screen, "left", "mllm-msr+"), "right", "mllm-msr")
    )
    assert "MLLM-MSR+: what it reads" in page
    assert "MLLM-MSR: what it wrote" in page


def test_every_system_has_a_name() -> None:
    assert set(compare.NAMES) == set(SYSTEMS)


def test_another_user_starts_anew(world: World, screen: Screen) -> None:
    explore = world.explore()
    chosen = Experiments(explore).choose(screen, "right", "popularity")
    other = explore.library.open("videos", "u0001")
    assert replace(other, compared=chosen.compared).comparison.right == "zero-shot"


def test_unknown_system_or_no_candidates_is_one_line(world: World, screen: Screen) -> None:
    desk = Experiments(world.explore())
    with pytest.raises(MsrError, match="no system 'sasrec'"):
        desk.choose(screen, "right", "sasrec")
    unread = world.explore().library.open("videos", "u0003")
    assert "press Run live on the Story tab" in compare.compare(unread)
    with pytest.raises(MsrError, match="no candidates yet"):
        asked(desk, unread)


def test_hostile_words_stay_words(hostile_world: World) -> None:
    page = compare.compare(hostile_world.explore().library.first())
    assert "<img src=x" not in page
    assert "<b>x</b>" not in page
