from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import torch

from core import transformers_model
from core.errors import MsrError
from core.gpu_memory import in_halves
from core.language_model import Decoding
from core.prompts import Prompt
from core.streams import drain
from core.transformers_model import TransformersModel


def test_what_does_not_fit_at_once_is_asked_in_parts_and_comes_in_order() -> None:
    asked: list[int] = []
    forgotten: list[int] = []

    def ask(questions: Sequence[int]) -> tuple[int, ...]:
        asked.append(len(questions))
        if len(questions) > 3:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return tuple(question * 10 for question in questions)

    answers = in_halves(ask, [1, 2, 3, 4, 5], lambda: forgotten.append(len(asked)))
    assert answers == (10, 20, 30, 40, 50)
    assert asked == [5, 2, 3]
    assert forgotten == [1]


def test_one_that_does_not_fit_is_said_with_what_to_do() -> None:
    def ask(_: Sequence[int]) -> tuple[int, ...]:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate")

    with pytest.raises(MsrError, match="Set TASTELINE_4BIT=1") as error:
        in_halves(ask, [1, 2], lambda: None)
    assert "CUDA" not in str(error.value)


def test_one_question_is_asked_again_where_what_was_kept_had_taken_its_room() -> None:
    kept = ["pictures"]

    def ask(questions: Sequence[int]) -> tuple[int, ...]:
        if kept:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return tuple(questions)

    assert in_halves(ask, [7], kept.clear) == (7,)


def test_a_text_that_memory_does_not_hold_frees_it_and_says_what_to_do(
    text_model: TransformersModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decode(*_: Any) -> Iterator[list[list[int]]]:
        yield [[0]]
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate")

    freed: list[bool] = []
    monkeypatch.setattr(transformers_model, "decode", decode)
    monkeypatch.setattr(text_model._weights, "forget_pictures", lambda: freed.append(True))
    with pytest.raises(MsrError, match="too little memory for one question"):
        drain(text_model.generate(Prompt("preference", "", after="?"), Decoding(9)))
    assert freed
