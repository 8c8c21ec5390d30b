"""What models wrote and scored, remembered in the store."""

import threading
from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from PIL import Image

from core.covers import Cover
from core.errors import StoreError
from core.language_model import Checkpoint, Decoding, Generation, Margin
from core.memory import KeptText, RememberingModel, content_key, text_key
from core.mllm_msr import Models, recommend
from core.prompts import Prompt
from core.records import Dataset, History, Item
from core.store import Store
from core.streams import drain
from tests.fakes import FakeModel

PROMPT = Prompt("preference", "v1", after="What do they like?")


@pytest.fixture
def store(new_database: Callable[[], str]) -> Store:
    """On both databases."""
    return Store(new_database())


def answer(generation: Generation) -> KeptText:
    return KeptText(PROMPT, Checkpoint("m", "sha"), Decoding(5), generation)


def test_remembered_text_and_margin_come_back_as_they_were(store: Store) -> None:
    first, second = Generation("Trains.", 3, 12.5), Generation("Cats.", 2, 1.0)
    store.keep_texts({"key": answer(first)})
    store.keep_texts({"key": answer(Generation("Other.", 1, 1.0)), "new": answer(second)})
    assert store.find_texts(["key", "new", "other"]) == {"key": first, "new": second}
    margin = Margin(-0.25, 0.5, 40, 1.5)
    store.keep_margins(Checkpoint("m", "sha"), {"k": PROMPT}, {"k": margin})
    assert store.find_margins(["k", "l"]) == {"k": margin}


def test_texts_of_a_batch_are_kept_together_or_not_at_all(store: Store) -> None:
    broken = answer(Generation("Cats.", None, 1.0))  # type: ignore[arg-type]
    with pytest.raises(StoreError):
        store.keep_texts({"whole": answer(Generation("Trains.", 3, 1.0)), "broken": broken})
    assert store.find_texts(["whole", "broken"]) == {}


def test_batch_is_kept_in_one_piece(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []
    monkeypatch.setattr(store, "keep_texts", lambda answers: kept.append(len(answers)))
    other = Prompt("fusion", "v", after="Another one?")
    RememberingModel(FakeModel(), store).generate_batch([PROMPT, other, PROMPT], Decoding(9))
    assert kept == [2]


def test_key_depends_on_everything_an_answer_is_made_from(dataset: Dataset) -> None:
    checkpoint = Checkpoint("m", "sha")
    changed = [
        replace(PROMPT, before="x"), replace(PROMPT, after="x"), replace(PROMPT, kind="fusion"),
        replace(PROMPT, answer_start="x"),
        replace(PROMPT, cover=Cover(Image.new("L", (1, 1)), "a")),
        replace(PROMPT, cover=Cover(Image.new("L", (1, 1)), "b")),
    ]  # fmt: skip
    keys = [content_key(prompt, checkpoint, "greedy") for prompt in (PROMPT, *changed)]
    keys += [content_key(PROMPT, Checkpoint("m", "other"), "greedy")]
    keys += [content_key(PROMPT, checkpoint, "sample")]
    assert len(set(keys)) == len(keys)


def test_key_of_a_text_depends_on_everything_it_is_decoded_with() -> None:
    decoding = Decoding(9, temperature=0.5, top_p=0.9, repetition_penalty=1.1, seed=1)
    changed = [
        {"max_new_tokens": 8},
        {"temperature": 0.6},
        {"top_p": 0.8},
        {"repetition_penalty": 1.2},
        {"seed": 2},
    ]
    others = [replace(decoding, **one) for one in changed]
    keys = {text_key(PROMPT, Checkpoint("m", "sha"), one) for one in (decoding, *others)}
    assert len(keys) == 1 + len(fields(Decoding)) == 1 + len(changed)


def test_remembering_model_asks_once_and_again_for_another_checkpoint(store: Store) -> None:
    for sha, calls in (("one", 1), ("one", 0), ("two", 1)):
        model = FakeModel(sha=sha)
        remembering = RememberingModel(model, store)
        drain(remembering.generate(PROMPT, Decoding(9)))
        remembering.margins([PROMPT])
        assert (len(model.asked), len(model.scored)) == (calls, calls)


def test_only_unknown_prompts_are_scored(store: Store) -> None:
    model = FakeModel()
    remembering = RememberingModel(model, store)
    other = Prompt("score", "v", after="Longer, another one?")
    first = remembering.margins([PROMPT])
    both = remembering.margins([other, PROMPT])
    assert both[1] == first[0]
    assert model.scored == [PROMPT, other]


def test_unfinished_text_is_not_remembered(store: Store) -> None:
    model = FakeModel()
    stream = RememberingModel(model, store).generate(PROMPT, Decoding(9))
    next(stream)
    stream.close()
    assert model.closed == 1
    again = FakeModel()
    next(RememberingModel(again, store).generate(PROMPT, Decoding(9)))
    assert len(again.asked) == 1


@pytest.mark.parametrize("names", [("keep_texts", "keep_margins"), ("find_texts", "find_margins")])
def test_answer_that_cannot_be_kept_or_looked_up_is_not_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("The disk is full.")

    for name in names:
        monkeypatch.setattr(store, name, fail)
    remembering = RememberingModel(FakeModel(), store)
    assert drain(remembering.generate(PROMPT, Decoding(9))).text
    assert remembering.generate_batch([PROMPT], Decoding(9))[0].text
    assert len(remembering.margins([PROMPT])) == 1
    strict = RememberingModel(FakeModel(), store, must_keep=True)
    for ask in (
        lambda: drain(strict.generate(PROMPT, Decoding(9))),
        lambda: strict.generate_batch([PROMPT], Decoding(9)),
        lambda: strict.margins([PROMPT]),
    ):
        with pytest.raises(StoreError, match="disk is full"):
            ask()


def test_store_is_shared_between_threads(store: Store) -> None:
    errors: list[Exception] = []

    def write(number: int) -> None:
        try:
            for i in range(20):
                store.keep_texts({f"{number}-{i}": answer(Generation("t", 1, 1.0))})
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(store.find_texts([f"{n}-{i}" for n in range(6) for i in range(20)])) == 120


def test_appending_an_interaction_infers_only_the_last_block_again(
    store: Store, dataset: Dataset
) -> None:
    items = tuple(Item(str(i), f"Title {i}") for i in range(9))
    for count, expected in ((7, 7 + 3), (8, 1 + 1)):
        model = FakeModel()
        remembering = RememberingModel(model, store)
        models = Models(remembering, remembering, remembering, "preference-first", "p")
        list(recommend(History(dataset, "ann", items[:count], items[8]), items[8:], models))
        assert len(model.asked) == expected


def test_a_text_is_kept_without_zero_characters(store: Store) -> None:
    store.keep_texts({"k": answer(Generation("a\0b", 1, 1.0))})
    assert store.find_texts(["k"]) == {"k": Generation("ab", 1, 1.0)}
