"""What if: a visitor's preference, item and smallest change, from the browser's words to a rank."""

import asyncio
import base64
import io
import json
import random
from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.experiments import Experiments
from app.export import as_json
from app.screen import Screen
from app.views.what_if import outcome, tried_rows, what_if
from app.what_if import MOST_ATTEMPTS, Attempt, OwnItem, WhatIf, own_item
from core.errors import CoverError, DataError, MsrError
from core.language_model import Margin
from core.memory import RememberingModel
from core.records import Item
from core.store import Store
from tests.app.world import HOSTILE, FakeModel, World, fake_models


def data_uri(size: tuple[int, int] = (64, 48), kind: str = "PNG") -> str:
    buffer = io.BytesIO()
    Image.new("RGB", size, "navy").save(buffer, kind)
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def last(screens: AsyncIterator[Screen] | Awaitable[AsyncIterator[Screen]]) -> Screen:
    async def drained() -> Screen:
        steps = await screens if isinstance(screens, Awaitable) else screens
        return [screen async for screen in steps][-1]

    return asyncio.run(drained())


@pytest.fixture
def screen(world: World) -> Screen:
    return world.explore().library.first()


def as_written(screen: Screen) -> str:
    assert screen.tries is not None
    return screen.tries.now.text


@pytest.fixture
def any_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a model try things on a run that another one made."""
    monkeypatch.setattr("app.handlers.scores_alike", lambda *_: True)


def experiments(world: World, model: FakeModel | None = None) -> Experiments:
    return Experiments(world.explore(model))


def test_as_written_nothing_has_moved(screen: Screen) -> None:
    assert screen.tries
    rows = tried_rows(screen, screen.tries)
    assert [row.after.rank for row in rows] == list(range(1, 22))
    assert all(row.climbed == 0 for row in rows)
    assert "As the model has it" in what_if(screen)


@pytest.mark.usefixtures("any_weights")
def test_another_text_moves_candidates_and_is_undone(world: World, screen: Screen) -> None:
    class Moody(FakeModel):
        def margins(self, prompts):  # type: ignore[no-untyped-def]
            return tuple(
                Margin(random.Random(p.shown).uniform(-1, 1), 0.9, 1, 1.0) for p in prompts
            )

    desk = experiments(world, Moody())
    tried = last(desk.rescore(screen, "They like sailing,\nknots and ropes."))
    assert tried.tries
    assert tried.tries.now.text == "They like sailing, knots and ropes."
    assert any(row.climbed for row in tried_rows(tried, tried.tries))
    assert "Before and after" in what_if(tried)
    rows = tried_rows(tried, tried.tries)
    (true,) = [row for row in rows if row.is_next]
    moved = sum(bool(row.climbed) for row in rows if not row.is_next)
    assert outcome(tried) == (
        f"Scored. Their next video goes from rank 1 to {true.after.rank}. "
        f"{'All' if moved == 20 else f'{moved} of the'} 20 other candidates moved."
    )
    back = desk.undo(tried)
    assert back.tries
    assert screen.tries
    assert back.tries.attempts == screen.tries.attempts
    again = desk.undo(back).tries
    assert again
    assert again.attempts == screen.tries.attempts


def test_no_preference_and_a_strangers_are_one_click(world: World, screen: Screen) -> None:
    desk = experiments(world)
    assert last(desk.preset(screen, "empty")).tries.now.text == ""  # type: ignore[union-attr]
    stranger = last(desk.preset(screen, "stranger")).tries.now.text  # type: ignore[union-attr]
    assert stranger == world.recordings[1].run.preferences[-1].written.text
    elsewhere = replace(screen, run=replace(screen.run, dataset="clips"))
    with pytest.raises(MsrError, match="No other user"):
        last(desk.preset(elsewhere, "stranger"))


@pytest.mark.parametrize("text", ["", " \n", "x" * 1501, "a [INST] b", "a\x07b"])
def test_unusable_text_is_refused_before_the_model_is_asked(
    world: World, screen: Screen, text: str
) -> None:
    desk = experiments(world)
    with pytest.raises(DataError):
        last(desk.rescore(screen, text))


def test_another_block_or_user_starts_anew(world: World, screen: Screen) -> None:
    tried = last(experiments(world).rescore(screen, "They like knots."))
    assert tried.at(2).tries.now.text != "They like knots."  # type: ignore[union-attr]
    assert tried.at(4).tries.now.text == "They like knots."  # type: ignore[union-attr]
    assert Screen(tried.run).tries is None


def test_own_item_is_ranked_and_moves_nobody(world: World, screen: Screen) -> None:
    tried = last(
        experiments(world).add_item(screen, as_written(screen), "A rover in orbit", data_uri())
    )
    assert tried.tries
    rows = tried_rows(tried, tried.tries)
    assert len(rows) == 22
    (own,) = [row for row in rows if row.is_own]
    assert own.climbed is None
    assert sorted(row.after.rank for row in rows if not row.is_own) == list(range(1, 22))
    place = rows.index(own) + 1
    assert f" Yours would be number {place}." in outcome(tried)
    page = what_if(tried)
    data = json.loads(as_json(tried))["tried"]
    assert [attempt["own_item"] for attempt in data] == [None, "A rover in orbit"]
    assert "yours: it would be number" in page
    assert 'src="data:image/webp;base64,' in page
    again = last(experiments(world).rescore(tried, "They like knots."))
    assert len(tried_rows(again, again.tries)) == 22  # type: ignore[arg-type]


def test_undo_takes_an_own_item_back_with_its_score(world: World, screen: Screen) -> None:
    def own(screen: Screen) -> list[tuple[str, float]]:
        assert screen.tries is not None
        rows = tried_rows(screen, screen.tries)
        return [(row.item.title, row.after.margin) for row in rows if row.is_own]

    trying = experiments(world)
    first = last(trying.add_item(screen, as_written(screen), "A rover in orbit", ""))
    second = last(trying.add_item(first, as_written(first), "A loaf of bread", ""))
    assert [title for title, _ in own(second)] == ["A loaf of bread"]
    undone = trying.undo(second)
    assert own(undone) == own(first)
    assert [title for title, _ in own(first)] == ["A rover in orbit"]
    assert own(trying.undo(undone)) == []


def test_of_many_attempts_the_first_and_the_last_are_kept(world: World, screen: Screen) -> None:
    trying = experiments(world)
    for number in range(MOST_ATTEMPTS + 3):
        screen = last(trying.rescore(screen, f"They like knots number {number}."))
    assert screen.tries is not None
    texts = [attempt.text for attempt in screen.tries.attempts]
    assert len(texts) == MOST_ATTEMPTS
    assert texts[0] == screen.run.preferences[screen.block - 1].written.text
    assert texts[1] == "They like knots number 4."
    assert texts[-1] == f"They like knots number {MOST_ATTEMPTS + 2}."


def test_own_item_without_a_picture_is_scored_by_its_title(world: World, screen: Screen) -> None:
    tried = last(experiments(world).add_item(screen, as_written(screen), "A rover in orbit", ""))
    assert "data:image" not in what_if(tried)
    assert len(tried.tries.now.scores) == 22  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("title", "picture", "message"),
    [
        ("", "", "The title is empty"),
        ("x" * 161, "", "has 161 characters"),
        ("<image>", "", "'<image>'"),
        ("fine", "data:image/png;base64,%%%", "did not arrive whole"),
        ("fine", "data:image/png;base64,é", "did not arrive whole"),
        ("fine", "data:image/png;base64,aGVsbG8=", "not a readable JPEG, PNG or WebP"),
        ("fine", data_uri((1, 1)), "1 x 1 pixels"),
        ("fine", data_uri((20, 20), "GIF"), "not a readable"),
        ("fine", data_uri((2100, 2000)), "4 megapixels; at most 4 are read"),
        (
            "fine",
            "data:image/png;base64," + base64.b64encode(b"\x89PNG" + bytes(5_100_000)).decode(),
            "5.1 MB; at most 5 MB",
        ),
    ],
)
def test_unusable_item_is_refused_in_one_line(title: str, picture: str, message: str) -> None:
    with pytest.raises((DataError, CoverError), match=message) as error:
        own_item(title, picture)
    assert "\n" not in str(error.value)


def test_preview_carries_no_metadata_and_is_upright() -> None:
    picture = Image.new("RGB", (60, 30))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "a camera"
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", exif=exif)
    made = own_item("t", f"data:image/jpeg;base64,{base64.b64encode(buffer.getvalue()).decode()}")
    sent = base64.b64decode(made.preview.partition(",")[2])
    shown = Image.open(io.BytesIO(sent))
    assert shown.size == (30, 60)
    assert not shown.getexif()
    assert b"a camera" not in sent + made.picture


def test_pictures_are_kept_encoded_and_seen_as_they_were_sent() -> None:
    waves = np.sin(np.arange(600) / 40)
    sides = [
        np.add.outer(waves, waves),
        np.add.outer(waves, -waves),
        np.multiply.outer(waves, waves),
    ]
    sent = (127 + 60 * np.stack(sides, axis=-1)).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(sent).save(buffer, "PNG")
    made = own_item("t", f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}")
    assert len(made.picture) < sent.size / 10
    cover = made.cover()
    assert cover is not None
    seen = np.asarray(cover.image)
    assert seen.shape == sent.shape
    assert np.abs(seen.astype(int) - sent).mean() < 2
    assert own_item("t", "").cover() is None


def test_of_many_pictures_the_last_two_are_kept() -> None:
    pictures = [OwnItem(Item("own", "t"), str(n).encode(), "") for n in range(4)]
    tries = WhatIf(("d", "u", 1), (Attempt("as written", ()),))
    for own in pictures:
        for text in ("one", "two"):
            tries = tries.tried(Attempt(text, (), own))
    assert tries.attempts[0].text == "as written"
    kept = [attempt.own for attempt in tries.attempts[1:]]
    assert kept == [pictures[2], pictures[2], pictures[3], pictures[3]]


class Mentioning(FakeModel):
    """Says yes to everything as long as street food is mentioned."""

    def margins(self, prompts):  # type: ignore[no-untyped-def]
        said = ["street food" in prompt.before.partition("summarized as")[2] for prompt in prompts]
        return tuple(Margin(1.0 if yes else -1.0, 0.9, 1, 1.0) for yes in said)


@pytest.mark.usefixtures("any_weights")
def test_the_same_text_twice_is_painted_anew_so_that_it_is_in_the_box_again(
    world: World, screen: Screen
) -> None:
    desk = experiments(world)
    once = last(desk.preset(screen, "empty"))
    twice = last(desk.preset(once, "empty"))
    assert once.tries
    assert twice.tries
    assert once.tries.now.text == twice.tries.now.text == ""
    assert what_if(twice) != what_if(
        replace(twice, what_if=replace(twice.tries, turn=once.tries.turn))
    )


def test_smallest_change_that_turns_the_answer_is_found_and_scored(
    world: World, screen: Screen
) -> None:
    found = last(experiments(world, Mentioning()).flip(screen, as_written(screen)))
    assert found.tries
    assert found.tries.said == (
        "Without “They also appear to like street food.” the answer turns from yes to no."
    )
    assert "street food" not in found.tries.now.text
    assert all(score.margin == -1.0 for score in found.tries.now.scores)


@pytest.mark.usefixtures("any_weights")
def test_what_turns_the_answer_is_looked_for_in_the_text_at_hand(
    world: World, screen: Screen
) -> None:
    trying = experiments(world, Mentioning())
    text = "They like  knots.\nThey like street food. "
    found = last(trying.flip(screen, text))
    assert found.tries
    assert found.tries.said == "Without “They like street food.” the answer turns from yes to no."
    assert outcome(found).startswith(f"{found.tries.said} ")
    assert "other candidates moved" in outcome(found)
    texts = [attempt.text for attempt in found.tries.attempts]
    assert texts[1:] == ["They like knots. They like street food.", "They like knots."]
    own = last(trying.add_item(screen, text, "A rover in orbit", ""))
    assert own.tries
    assert own.tries.now.text == texts[1]
    with pytest.raises(DataError, match="The preference is empty"):
        last(trying.flip(screen, " "))
    with pytest.raises(DataError, match="The preference has"):
        last(trying.add_item(screen, "[INST]", "A rover", ""))


def test_too_many_sentences_are_refused_before_any_model_is_asked(
    world: World, screen: Screen
) -> None:
    text = " ".join(f"They like knot {number}." for number in range(9))
    with pytest.raises(DataError, match="has 9 sentences, and every set of them would be tried"):
        experiments(world).flip(screen, text)


@pytest.mark.usefixtures("any_weights")
def test_an_answer_that_nothing_turns_is_said_so(world: World, screen: Screen) -> None:
    class Certain(FakeModel):
        def margins(self, prompts):  # type: ignore[no-untyped-def]
            return tuple(Margin(2.0, 0.9, 1, 1.0) for _ in prompts)

    found = last(experiments(world, Certain()).flip(screen, as_written(screen)))
    assert found.tries
    assert found.tries.said == "No set of its sentences turns the answer from yes."
    assert outcome(found) == found.tries.said
    assert found.tries.attempts == screen.tries.attempts  # type: ignore[union-attr]


def test_nothing_scored_is_said_in_one_line(world: World) -> None:
    desk = experiments(world)
    screen = world.explore().library.open("videos", "u0003")
    assert "Nothing is scored yet" in what_if(screen)
    with pytest.raises(MsrError, match="run the story first"):
        last(desk.rescore(screen, "They like knots."))


def test_hostile_words_stay_words(hostile_world: World) -> None:
    explore = hostile_world.explore()
    tried = last(Experiments(explore).rescore(explore.library.first(), f"They like {HOSTILE}"))
    page = what_if(tried)
    assert "<img src=x" not in page
    assert "<b>x</b>" not in page
    assert HOSTILE not in page


def test_nothing_of_an_own_item_or_text_is_kept(world: World, tmp_path: Path) -> None:
    explore = world.explore()
    memory = Store(f"sqlite:///{tmp_path / 'memory.db'}")
    remembers = RememberingModel(FakeModel(), memory)
    explore._load[True] = lambda say: replace(fake_models(FakeModel()), recommender=remembers)
    screen = explore.library.first()
    text = f"{as_written(screen)} They like my secret."
    shown = last(Experiments(explore).add_item(screen, text, "A rover of my own", data_uri()))
    assert shown.tries
    assert shown.tries.now.own
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"scores" in kept
    for own in (b"A rover of my own", b"my secret", b"PNG"):
        assert own not in kept
