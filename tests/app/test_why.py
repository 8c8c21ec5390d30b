"""Why this score: what is said, drawn and measured."""

import asyncio
import re
from dataclasses import replace

import pytest

from app.screen import Screen
from app.views import timeline, why
from app.views.what_if import what_if
from core.errors import DataError, MsrError
from core.explanation import Attribution
from core.faithfulness import Deletion
from core.why import Explanation
from tests.app.world import HOSTILE, World


def attribution(*effects: float, noise: float = 0.1, units: tuple[str, ...] = ()) -> Attribution:
    names = units or tuple(f"Sentence {n}." for n in range(1, len(effects) + 1))
    return Attribution(names, effects, 2.0, 0.0, noise, "shapley")


def explanation(
    sentences: tuple[float, ...],
    parts: tuple[float, ...] = (0.2, 0.1, 0.1),
    deletion: Deletion | None = None,
) -> Explanation:
    units = ("image", "title", "preference")
    return Explanation(
        "1", 4, attribution(*parts, units=units), attribution(*sentences), {}, deletion
    )


@pytest.fixture
def screen(world: World) -> Screen:
    return world.explore().library.first()


def test_a_sentence_shows_what_supports_it_and_what_nothing_does(screen: Screen) -> None:
    title = screen.run.history[1].title
    effects = (0.4, 0.1, 0.0)
    units = (
        f"They like {title.lower()}.",
        "They like submarine welding.",
        "They no longer like chess.",
    )
    found = replace(explanation(effects), sentences=attribution(*effects, units=units))
    held, bare, plain = (chips for _, chips in why.claimed(screen, found, 1.0))
    assert any(item.number == 2 for chip in held for item in chip.support)
    assert [(chip.theme.phrase, chip.support) for chip in bare] == [("submarine welding", ())]
    assert plain == ()
    seen = replace(found, item_id=screen.picked_id, block=screen.block)
    assert "submarine welding: no video supports it" in why.why(replace(screen, measured=seen))


def test_a_block_that_is_not_scored_yet_is_not_explained_by_its_name(screen: Screen) -> None:
    unscored = replace(screen.run, scores=screen.run.scores[:3])
    stopped = Screen(unscored, block=4)  # while its candidates were scored
    page = why.why(stopped)
    assert "after block 3" in page
    assert "after block 4" not in page
    assert "after block 3" in what_if(stopped)
    assert "ranked" not in timeline.announcement(stopped, timeline.block_cards(stopped))
    found = replace(explanation((0.4,)), item_id=stopped.picked_id, block=3)
    assert replace(stopped, measured=found).explanation is found


def test_the_strongest_sentence_is_named_with_its_size_and_the_noise() -> None:
    said = why.verdict(explanation((0.2, -1.5)))
    assert said.startswith(
        "“Sentence 2.” speaks against it: it divides the odds of yes by 4.5 (1.50 nats, 15 times "
        "the noise)."
    )
    quiet = explanation((0.36,))
    loud = replace(quiet, sentences=replace(quiet.sentences, noise=0.3))
    assert "(0.36 nats, 1.2 times the noise)" in why.verdict(loud)
    large = why.verdict(explanation((3.07, 0.2)))
    assert "it multiplies the odds of yes by about 22 (3.07 nats" in large


def test_a_sentence_that_does_the_opposite_of_what_it_says_is_called_that() -> None:
    found = explanation((1.5,))
    denies = replace(found, sentences=replace(found.sentences, units=("No longer football.",)))
    assert "contradicts the sentence: a weakness of this small model" in why.verdict(denies)
    against = replace(denies.sentences, effects=(-1.5,))
    assert "contradicts" not in why.verdict(replace(denies, sentences=against))


def test_where_no_sentence_matters_the_part_that_does_is_named() -> None:
    said = why.verdict(explanation((0.05, -0.08), parts=(2.1, 0.1, 0.1)))
    assert said == "No sentence matters here: the image alone explains the score."


def test_where_nothing_matters_that_is_said() -> None:
    said = why.verdict(explanation((0.01,), parts=(0.02, 0.01, 0.0)))
    assert said == "No sentence matters here, and neither does another part by itself."


def test_where_the_whole_preference_matters_and_no_sentence_does_that_is_said() -> None:
    said = why.verdict(explanation((0.01, 0.02), parts=(0.9, 0.1, -2.0)))
    assert said == (
        "No sentence matters by itself; the whole preference speaks against it, by 2.00 nats."
    )


def test_sentences_within_a_large_noise_are_not_called_small() -> None:
    loud = replace(explanation((2.0,)), sentences=attribution(2.0, 1.0, noise=3.23))
    assert why.verdict(loud).endswith("in another order move this score by up to 3.23 nats.")


@pytest.mark.parametrize(
    ("method", "random", "said"),
    [
        ((2.0, 0.0, 0.0), (2.0, 1.0, 0.0), "1.5 times as far as at random"),
        ((2.0, 1.0, 0.0), (2.0, 1.0, 0.0), "no more than in a random one"),
        ((3.7, 1.7, 0.0), (3.7, 1.85, 0.0), "no more than in a random one"),  # 1.04 times as far
        ((2.0, 1.0, 2.0), (2.0, 2.0, 2.0), "random order hardly moves it"),
        (
            (-5.0, -5.0, 0.0),
            (-5.0, -3.0, 0.0),
            "raises it by 2.25 nats in the mean; doing so in this order raises it by 1.25 nats",
        ),
    ],
)
def test_the_order_is_compared_with_random_ones(
    method: tuple[float, ...], random: tuple[float, ...], said: str
) -> None:
    assert said in why.verdict(explanation((1.0, 0.5), deletion=Deletion(method, random, method)))


@pytest.mark.parametrize(
    ("effects", "said"),
    [
        ((0.01, -0.02), "No single item moves this score"),
        ((0.1, 0.6), "Without item 2 it falls most, by 0.60 nats"),
        ((-0.6, 0.1), "Without item 1 it rises most, by 0.60 nats"),
        ((0.3, 0.2), "No single item"),  # below the noise
    ],
)
def test_the_item_that_moves_most_is_named_or_that_none_does(
    effects: tuple[float, ...], said: str
) -> None:
    history = Attribution(("a", "b"), effects, 1.0, None, 0.4, "leave-one-out")
    assert said in why.history_verdict(history)


def test_bars_of_all_lenses_share_a_scale(screen: Screen) -> None:
    found = screen.explanation
    assert found
    lenses = [found.sentences, found.modalities, found.history]
    widest = why.widest_effect(found)
    widths = [bar.width for lens in lenses if lens for bar in why.bars(lens, widest)]
    assert max(widths) == pytest.approx(100)
    assert sum(width > 99 for width in widths) == 1


def test_recorded_explanation_is_painted_whole(screen: Screen) -> None:
    page = why.why(screen)
    assert "Recorded with the run" in page
    assert page.count('class="tl-effect-bar"') == 3 + 2 + 12  # sentences, parts, items
    assert page.count('class="tl-curve') == 3
    assert "greedy order" in page  # the chart's numbers, for who cannot see it


def test_other_candidates_wait_to_be_measured(world: World, screen: Screen) -> None:
    explore = world.explore()
    other = next(i.item_id for i in screen.run.candidates if i.item_id != screen.picked_id)
    page = why.why(explore.pick(screen, other))
    assert "Not measured for this candidate" in page
    assert f'<option value="{other}" selected' in page


def test_a_candidate_that_is_not_there_cannot_be_picked(world: World, screen: Screen) -> None:
    with pytest.raises(DataError, match="no candidate 'x'"):
        world.explore().pick(screen, "x")


def test_an_earlier_block_has_its_own_explanation(screen: Screen) -> None:
    assert screen.explanation
    assert screen.at(2).explanation is None
    assert "Not measured" in why.why(screen.at(2))


async def _measured(world: World, screen: Screen) -> list[Screen]:
    return [shown async for shown in world.explore().explain(screen)]


def test_measuring_live_grows_and_ends(world: World, screen: Screen) -> None:
    other = next(i.item_id for i in screen.run.candidates if i.item_id != screen.picked_id)
    shown = asyncio.run(_measured(world, replace(screen, picked=other, block=2)))
    assert shown[0].note == "Waiting for the model"
    last = shown[-1]
    assert last.note == "Measured"
    assert last.is_measured_live
    assert last.explanation
    assert last.explanation.block == 2
    assert last.explanation.history
    assert len(last.explanation.history.units) == 6
    assert "Measured live" in why.why(last)


def test_a_run_of_another_profile_is_not_explained_by_these_models(
    world: World, screen: Screen
) -> None:
    foreign = replace(screen, run=replace(screen.run, profile="paper"))
    with pytest.raises(MsrError, match="The paper profile made this run"):
        asyncio.run(_measured(world, foreign))


def test_a_run_of_other_weights_is_not_explained_by_these(world: World, screen: Screen) -> None:
    *before, last = screen.run.scores
    moved = tuple(replace(score, margin=score.margin + 1) for score in last)
    *asked, told = screen.run.score_prompts
    other = replace(told, provenance=replace(told.provenance, checkpoint_sha="of others"))
    run = replace(screen.run, scores=(*before, moved), score_prompts=(*asked, other))
    foreign = replace(screen, run=run)
    with pytest.raises(MsrError, match="Other weights than those that are loaded"):
        asyncio.run(_measured(world, foreign))


def test_nothing_scored_is_said_in_one_line(world: World) -> None:
    screen = world.explore().library.open("videos", "u0003")
    assert "Nothing is scored yet" in why.why(screen)
    with pytest.raises(MsrError, match="run the story first"):
        asyncio.run(_measured(world, screen))


def test_hostile_words_stay_words(hostile_world: World) -> None:
    page = why.why(hostile_world.explore().library.first())
    assert "<img src=x" not in page
    assert "<b>x</b>" not in page
    assert re.search(r"&lt;img src=x", page)
    assert HOSTILE not in page


def test_a_part_explains_a_score_alone_only_where_no_other_one_counts() -> None:
    alone = why.verdict(explanation((0.05,), parts=(0.9, 0.05, 0.05)))
    assert alone == "No sentence matters here: the image alone explains the score."
    first = why.verdict(explanation((0.05,), parts=(0.9, 0.05, -0.6)))
    assert (
        first == "No sentence matters here: the image more than anything else explains the score."
    )


def test_many_sentences_are_measured_once_their_noise_is(screen: Screen) -> None:
    first = explanation((0.1,) * 9)
    single = replace(first.sentences, method="leave-one-out")
    begun = replace(first.modalities, method="leave-one-out")
    last = replace(first, sentences=single)
    assert "the noise floor and all subsets" in why.missing(replace(last, modalities=begun))
    assert "the noise floor and all subsets" not in why.missing(last)
    few = replace(explanation((0.1, 0.2)), sentences=replace(single, units=("One.", "Two.")))
    assert "the noise floor and all subsets" in why.missing(few)
