"""What to do when a GPU's memory does not hold as many questions as were asked at once."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

import torch

from core.errors import MsrError

logger = logging.getLogger(__name__)

Question = TypeVar("Question")
Answer = TypeVar("Answer")


def in_halves(
    ask: Callable[[Sequence[Question]], tuple[Answer, ...]],
    questions: Sequence[Question],
    forget: Callable[[], None],
) -> tuple[Answer, ...]:
    """Ask, and half as many at a time where memory does not hold that many.

    Args:
        ask: answers questions in their order.
        questions: at least one.
        forget: lets go of whatever was kept for later and can be had again.

    Raises:
        MsrError: if there is no room for a single one.
    """
    try:
        return ask(questions)
    except torch.OutOfMemoryError:
        logger.warning("%d questions at once are too many for this GPU", len(questions))
    # Not in the handler, where the traceback still holds the tensors of the attempt.
    full = make_room(forget)
    if len(questions) == 1:
        with suppress(torch.OutOfMemoryError):
            return ask(questions)  # what was kept had taken its room
        raise full
    half = len(questions) // 2
    first = in_halves(ask, questions[:half], forget)
    return first + in_halves(ask, questions[half:], forget)


def make_room(forget: Callable[[], None]) -> MsrError:
    """Free what can be had again, after the handler of an error that says memory is full.

    Args:
        forget: lets go of whatever was kept for later.

    Returns:
        What to raise if it was one question that there is no room for.
    """
    forget()
    torch.cuda.empty_cache()
    return MsrError(
        "The GPU has too little memory for one question. Set TASTELINE_4BIT=1, or fewer "
        "TASTELINE_IMAGE_TOKENS."
    )
