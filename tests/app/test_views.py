"""Views are pure: a screen in, HTML out, every text in it escaped."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from unittest.mock import Mock

import pytest

from app.paint import paint_story
from app.screen import VIEWS, Screen
from app.ui import ASSETS
from app.views import page, scores, timeline
from app.views.render import cover_url, link_query, plural, signed
from core.names import name_of
from core.records import Block, Dataset, Run, Score
from tests.app.world import HOSTILE, World

VOID = {"img", "input", "br", "meta", "link", "hr"}


class Balance(HTMLParser):
    """Collects tags and complains about one that closes nothing or stays open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check(html: str) -> Balance:
    parser = Balance()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser


def whole(run: Run) -> Screen:
    return Screen(run, block=len(run.preferences))


def story(screen: Screen) -> str:
    return timeline.timeline(screen, timeline.block_cards(screen))


def strip(screen: Screen) -> str:
    return page.strip(screen, timeline.block_cards(screen))


def announcement(screen: Screen) -> str:
    return timeline.announcement(screen, timeline.block_cards(screen))


def picker_state(screen: Screen) -> page.PickerState:
    run = screen.run
    sets = (Dataset(HOSTILE, "microlens", Path()),)
    person = page.Person(HOSTILE, HOSTILE, HOSTILE, 3, 4, 21)
    return page.PickerState(
        sets, run.dataset, (person,), run.user_id, HOSTILE, ((HOSTILE, 3),), (HOSTILE,)
    )


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("block", [0, 1, 4])
def test_every_view_of_hostile_texts_is_balanced_and_escaped(
    hostile_world: World, view: str, block: int
) -> None:
    screen = replace(whole(hostile_world.run), view=view, block=block)
    for html in (*paint_story(screen), page.picker(picker_state(screen))):
        assert "script" not in check(html).seen
        assert "<img src=x" not in html
        assert 'onerror="' not in html
    if block and view != "prompt":  # or nothing hostile was painted
        assert "&lt;img src=x" in story(screen)


def test_state_of_a_run_that_is_being_written_shows_the_words_so_far(world: World) -> None:
    screen = replace(whole(world.run), block=1, writing="The user appears <b>to")
    html = story(screen)
    assert 'The user appears &lt;b&gt;to<span class="tl-caret"' in html
    assert [card.state for card in timeline.block_cards(screen)] == [
        "read", "writing", "pending", "pending",
    ]  # fmt: skip


def test_history_that_nobody_ran_shows_its_items_and_says_so(world: World) -> None:
    unread = replace(world.run, preferences=(), scores=(), summaries=(), candidates=())
    html = story(Screen(unread))
    assert html.count('class="tl-item"') == 12
    assert "Not run yet: press Run live" in html
    assert "Nothing is scored yet: press Run live" in scores.scores(Screen(unread))
    assert page.badge(Screen(unread)) == "Not run yet"
    for writing in (None, ""):  # asked for, and begun
        going = Screen(unread, running="Live run", writing=writing)
        assert page.badge(going) == "Live run"
        assert "press Run live" not in story(going) + scores.scores(going)


def test_item_without_a_picture_says_that_the_model_does_not_see(world: World) -> None:
    html = story(whole(world.run))
    assert html.count("This model does not see images.") == 12


def test_run_without_any_cover_lists_titles_instead_of_empty_tiles(world: World) -> None:
    bare = replace(
        world.run,
        history=tuple(replace(item, cover=None) for item in world.run.history),
        candidates=tuple(replace(item, cover=None) for item in world.run.candidates),
    )
    assert "no cover" not in strip(whole(bare)).split("tl-podium")[0]
    assert "None of these videos has a cover." in story(whole(bare))


def test_block_card_has_provenance_in_small_print(world: World) -> None:
    html = story(whole(world.run))
    for part in ("seed 0", "greedy", "tokens", "1.9 s", "9f2c61a7", "preference-"):
        assert part in html


def test_prompt_view_shows_what_the_recommender_was_asked(world: World) -> None:
    screen = replace(whole(world.run), view="prompt")
    html = scores.scores(screen)
    assert html.count('<pre class="tl-prompt"') == 1
    assert "predict whether this user would interact" in html
    assert '<pre class="tl-prompt"' not in scores.scores(whole(world.run))


def test_prompt_view_shows_the_prompt_that_was_sent(world: World) -> None:
    html = story(replace(whole(world.run), view="prompt"))
    assert "Night market noodles: 5 stalls" in html
    assert "<ins>" not in html
    assert html.count('<pre class="tl-prompt"') == 4 + 12


def test_chips_are_few_and_best_supported_first(world: World) -> None:
    for card in timeline.block_cards(whole(world.run)):
        assert 0 < len(card.chips) <= timeline.MOST_CHIPS
        for fate in ("gained", "kept", "lost"):
            support = [len(chip.support) for chip in card.chips_of(fate)]
            assert support == sorted(support, reverse=True)


def test_diff_sets_no_gap_where_the_texts_have_none(world: World) -> None:
    first, second = world.run.preferences[:2]
    before = replace(first, written=replace(first.written, text="They like calm bands. All"))
    after = replace(second, written=replace(second.written, text="They like calm bands, which"))
    html = story(whole(replace(world.run, preferences=(before, after), scores=())))
    shown = re.sub(r'<span class="tl-sr">.*?</span>', "", html)
    assert "calm bands<del>. All</del><ins>, which</ins></p>" in shown
    css = (ASSETS / "page.css").read_text()
    assert not re.search(r"(?:ins|del)[^{}]*\{[^}]*(?:margin|padding)", css)


def test_paint_makes_the_cards_of_a_screen_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Mock(side_effect=timeline.block_cards)
    monkeypatch.setattr(timeline, "block_cards", made)
    paint_story(whole(world.run))
    assert made.call_count == 1


def test_block_that_changes_no_word_says_so(world: World) -> None:
    same = replace(world.run.preferences[1], written=world.run.preferences[0].written)
    run = replace(world.run, preferences=(world.run.preferences[0], same), scores=())
    assert "Not one word changed" in story(whole(run))


def test_chip_without_support_is_flagged(world: World) -> None:
    chips = timeline.theme_chips("", "They like bagpipes.", timeline.numbered_items(world.run))
    assert [(chip.theme.phrase, chip.support) for chip in chips] == [("bagpipes", ())]
    assert "no item supports this" in story(whole(world.run))


def test_chip_of_an_items_name_is_supported_by_that_item_alone(world: World) -> None:
    items = timeline.numbered_items(world.run)
    name = name_of(items[0].item.title)
    named, *_ = timeline.theme_chips("", f"topics such as {name}.", items)
    assert named.theme.phrase == name
    assert named.support == items[:1]


def test_an_item_whose_summary_tells_no_year_is_named_without_one(world: World) -> None:
    first, *others = timeline.numbered_items(world.run)
    dated = replace(first, item=replace(first.item, title="Airplane! (1980)"))
    named, *_ = timeline.theme_chips("", "topics such as Airplane!.", (dated, *others))
    assert named.theme.is_name
    assert named.support == (dated,)


def test_chip_is_only_supported_by_items_read_by_then(world: World) -> None:
    for card in timeline.block_cards(whole(world.run)):
        last = card.items[-1].number
        assert all(it.number <= last for chip in card.chips for it in chip.support)


def test_announcement_names_block_changes_and_rank(world: World) -> None:
    said = announcement(whole(world.run).at(2))
    assert said.startswith("Block 2 of 4 done. Gained: ")
    assert re.search(r"Their next video is ranked \d+ of 21\.$", said)


def test_ranking_marks_the_next_item_and_counts_places_climbed(world: World) -> None:
    rows = scores.ranked_rows(world.run, 4)
    before = {s.item_id: s.rank for s in world.run.scores[2]}
    assert [row.is_next for row in rows].count(True) == 1
    assert all(
        row.score and row.climbed == before[row.item.item_id] - row.score.rank for row in rows
    )
    assert scores.ranked_rows(world.run, 1)[0].climbed is None


def test_ranking_before_any_block_lists_candidates_without_numbers(world: World) -> None:
    rows = scores.ranked_rows(world.run, 0)
    assert [row.item for row in rows] == list(world.run.candidates)
    assert all(row.score is None for row in rows)


def test_ranking_keeps_the_last_scores_while_a_block_is_being_scored(world: World) -> None:
    scoring = replace(world.run, scores=world.run.scores[:3])
    assert scores.ranked_rows(scoring, 4) == scores.ranked_rows(scoring, 3)


def test_map_has_a_cell_for_every_candidate_and_block_read(world: World) -> None:
    rows = scores.map_rows(whole(world.run).at(2))
    assert len(rows) == 21
    assert all([cell is None for cell in row.cells] == [False, False, True, True] for row in rows)


@pytest.mark.parametrize(
    ("margin", "widest", "expected"), [(2.0, 2.0, 4), (-2.0, 2.0, -4), (0.1, 2.0, 0), (0.0, 0.0, 0)]
)
def test_shade_diverges_around_zero(margin: float, widest: float, expected: int) -> None:
    assert scores.shade(margin, widest) == expected


def test_low_label_mass_is_said_plainly(world: World) -> None:
    assert "together only 2% probability" in scores.scores(whole(world.run))
    sure = tuple(replace(score, label_mass=0.9) for score in world.run.scores[-1])
    run = replace(world.run, scores=(*world.run.scores[:-1], sure))
    assert "probability" not in scores.scores(whole(run))


def test_p_yes_is_never_called_a_chance(world: World) -> None:
    html = scores.scores(whole(world.run))
    assert "It compares the candidates shown; it is not the chance of a click." in html


@pytest.mark.parametrize(("rank", "miss"), [(1, False), (5, False), (6, True), (21, True)])
def test_miss_is_a_next_item_below_the_best_quarter(rank: int, miss: bool) -> None:
    assert page.Person("u", "U", "", 9, rank, 21).is_miss is miss


def test_live_run_does_not_claim_that_every_step_was_run_just_now(world: World) -> None:
    assert "taken from the store" in page.masthead(whole(world.run))
    recorded = replace(whole(world.run), recording=world.recordings[0])
    assert "taken from the store" not in page.masthead(recorded)


def test_badge_and_model_say_what_the_run_really_is(world: World) -> None:
    recorded = replace(whole(world.run), recording=world.recordings[0])
    assert page.badge(recorded) == "Recorded run"
    live = replace(recorded, run=replace(world.run))
    assert page.badge(live) == page.badge(whole(world.run)) == "Live run"
    assert "Back to the recorded run" in page.controls(live)
    assert "Back to the recorded run" not in page.controls(recorded)
    assert page.model(world.run) == "SmolLM2-135M-Instruct, zero-shot"


def test_strip_shows_the_true_next_item_even_when_it_ranks_low(world: World) -> None:
    miss = world.recordings[1].run
    html = strip(whole(miss))
    assert html.count("watched next") == 1
    assert html.count('class="tl-podium-row') == 4


def test_blocks_of_a_direct_run_are_the_whole_history(world: World) -> None:
    direct = replace(world.run, variant="direct", preferences=(), scores=())
    assert Screen(direct).blocks == (Block(1, world.run.history),)


def test_screen_stays_within_the_blocks_that_were_read(world: World) -> None:
    screen = whole(world.run)
    assert [screen.at(block).block for block in (-3, 0, 2, 99)] == [1, 1, 2, 4]
    assert Screen(replace(world.run, preferences=())).at(3).block == 0


def test_addresses_keep_odd_ids_in_one_piece() -> None:
    assert cover_url("a b", "x/../y?#&") == "covers/a%20b/x%2F..%2Fy%3F%23%26"


def test_a_link_holds_what_is_shown_whatever_the_user_is_called(world: World) -> None:
    screen = Screen(replace(world.run, dataset="d", user_id="ü&b=1"), block=2)
    assert link_query(screen) == "?v=1&d=d&u=%C3%BC%26b%3D1&b=2&view=diff"
    assert link_query(screen, tab="why").endswith("&view=diff&tab=why")


def test_numbers_are_formatted_for_reading() -> None:
    assert [signed(x) for x in (0.5, -0.5, 0.001, -0.001)] == ["+0.50", "−0.50", "0.00", "0.00"]
    assert [plural(n, "item") for n in (1, 2, 50_000)] == ["1 item", "2 items", "50,000 items"]


def test_equal_ranks_keep_their_shared_rank(world: World) -> None:
    tied = tuple(Score(i.item_id, 0.0, 0.5, 0.1, 21) for i in world.run.candidates)
    run = replace(world.run, scores=(*world.run.scores[:-1], tied))
    assert {row.score.rank for row in scores.ranked_rows(run, 4) if row.score} == {21}
