from typing import Any

import pytest
import torch

from core.decoding import decode
from core.errors import MsrError
from core.language_model import Decoding
from core.prompts import Prompt
from core.streams import drain
from core.transformers_model import TransformersModel

ASKED = [Prompt("preference", "", after=f"Tell me{'!' * n}") for n in (1, 9, 4)]


def never(_: list[int]) -> bool:
    return False


def written(
    model: TransformersModel, decoding: Decoding, image_id: int | None = None, ended: Any = never
) -> list[list[int]]:
    *_, last = decode(model._model, model._encode(ASKED), image_id, decoding, ended)
    return last


@pytest.mark.parametrize("penalty", [1.0, 1.5])
def test_each_text_is_what_transformers_writes(
    text_model: TransformersModel, penalty: float
) -> None:
    ends = text_model._tokenizer.eos_token_id
    theirs = [
        text_model._model.generate(
            **text_model._encode([prompt]),
            do_sample=False,
            max_new_tokens=12,
            repetition_penalty=penalty,
            eos_token_id=ends,
            pad_token_id=ends,
        )[0].tolist()[-12:]
        for prompt in ASKED
    ]
    assert written(text_model, Decoding(12, repetition_penalty=penalty)) == theirs
    assert len(set(map(tuple, theirs))) == len(theirs)


def test_a_library_that_drops_the_cache_is_refused(
    text_model: TransformersModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = text_model._model.model.forward

    def older(**given: Any) -> Any:
        return whole(**{name: value for name, value in given.items() if name != "cache"})

    monkeypatch.setattr(text_model._model.model, "forward", older)
    with pytest.raises(MsrError, match="does not fill the cache"):
        written(text_model, Decoding(4))


def test_a_text_is_there_as_it_grows(text_model: TransformersModel) -> None:
    asked = text_model._encode(ASKED[:1])
    whole = written(text_model, Decoding(4))[0]
    steps = [list(ids) for (ids,) in decode(text_model._model, asked, None, Decoding(4), never)]
    assert steps == [whole[:length] for length in (1, 2, 3, 4)]


def test_chance_is_a_batch_s_own(text_model: TransformersModel) -> None:
    asked = text_model._encode(ASKED[:1])
    chance = Decoding(8, temperature=1.0, seed=1)
    texts = []
    for seed in (5, 6):
        stream = decode(text_model._model, asked, None, chance, never)
        texts.append([(torch.manual_seed(seed), ids[-1])[1] for (ids,) in stream])  # between steps
    assert texts[0] == texts[1]


def test_what_has_ended_leaves_the_batch(text_model: TransformersModel) -> None:
    whole = written(text_model, Decoding(6))
    first = [ids[0] for ids in whole]
    assert len(set(first)) == len(first)  # or the callback below could not tell them apart
    lengths = dict(zip(first, (4, 2, 6), strict=True))
    rows: list[int] = []
    body = text_model._model.model
    hook = body.register_forward_pre_hook(
        lambda _, args, given: rows.append(len(given["input_ids"])), with_kwargs=True
    )
    try:
        found = written(text_model, Decoding(6), ended=lambda ids: len(ids) == lengths[ids[0]])
    finally:
        hook.remove()
    assert rows == [1, 3, 2, 2, 1, 1]  # all prompts as one sequence first
    assert found == [ids[: lengths[ids[0]]] for ids in whole]


def test_repeating_costs_a_short_prompt_in_a_batch_what_it_costs_it_alone(
    text_model: TransformersModel,
) -> None:
    decoding = Decoding(12, repetition_penalty=1.5)
    alone = [drain(text_model.generate(prompt, decoding)).text for prompt in ASKED]
    assert [g.text for g in text_model.generate_batch(ASKED, decoding)] == alone
    assert written(text_model, decoding) != written(text_model, Decoding(12))


def test_a_seed_repeats_a_sample(text_model: TransformersModel) -> None:
    def sampled(seed: int, top_p: float = 1.0) -> list[list[int]]:
        return written(text_model, Decoding(8, temperature=1.0, top_p=top_p, seed=seed))

    assert sampled(1) == sampled(1)
    assert sampled(1) != sampled(2)
    assert sampled(1, top_p=1e-6) == written(text_model, Decoding(8))  # none but the likeliest


def test_no_picture_is_written(text_model: TransformersModel) -> None:
    usual = written(text_model, Decoding(4))
    likeliest = usual[0][0]
    found = written(text_model, Decoding(4), image_id=likeliest)
    assert all(likeliest not in ids for ids in found)


@pytest.mark.parametrize("tokens", [1, 3])
def test_no_more_is_written_than_was_asked_for(text_model: TransformersModel, tokens: int) -> None:
    assert [len(ids) for ids in written(text_model, Decoding(tokens))] == [tokens] * len(ASKED)


def test_the_same_prompt_twice_is_answered_twice(text_model: TransformersModel) -> None:
    asked = text_model._encode([ASKED[0]] * 2)
    *_, twice = decode(text_model._model, asked, None, Decoding(5), never)
    assert twice[0] == twice[1] == written(text_model, Decoding(5))[0]
