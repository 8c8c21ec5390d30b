from collections.abc import Sequence

import pytest
import torch

from core.errors import MsrError
from core.gpu_memory import in_halves


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
