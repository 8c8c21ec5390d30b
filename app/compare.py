"""Which two systems are compared, and what they answered."""

from dataclasses import dataclass, replace

from core.rivals import Answer, System


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems side by side.

    Attributes:
        of: data set and user; another screen starts anew.
        left: the one whose order is kept.
        right: the one it is compared with.
        answers: those that were asked live.
    """

    of: tuple[str, str]
    left: System = "mllm-msr"
    right: System = "zero-shot"
    answers: tuple[Answer, ...] = ()

    def with_answer(self, answer: Answer) -> "Comparison":
        """Keep an answer; a newer one of the same system takes its place."""
        others = tuple(one for one in self.answers if one.system != answer.system)
        return replace(self, answers=(*others, answer))
