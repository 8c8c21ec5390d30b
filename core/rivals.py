"""Other systems on the same user and candidates: what each part of the method is worth."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from core.crowd import co_occurrence
from core.errors import MsrError
from core.mllm_msr import Models, recommend
from core.preference import DECODING
from core.records import History, Item, Run, Variant
from core.store import Store

System = Literal[
    "mllm-msr", "direct", "text-only", "zero-shot", "mllm-msr+", "co-occurrence", "popularity"
]
SYSTEMS: tuple[System, ...] = get_args(System)
COUNTED: tuple[System, ...] = ("co-occurrence", "popularity")  # answer at once, without a model
OWN: System = "mllm-msr"
FUSED: System = "mllm-msr+"  # adds up the answer of the first and two counts, see `core.fusion`
READERS: tuple[System, ...] = ("mllm-msr", "direct", "text-only", "zero-shot")  # see `ask`
VARIANTS: Mapping[System, Variant] = {"direct": "direct", "text-only": "text-only"}
UNTRAINED_PENALTY = 1.1  # without it, the untrained model repeats itself


@dataclass(frozen=True, slots=True)
class Answer:
    """What one system makes of a user and the candidates.

    Attributes:
        system: which one.
        preference: what it wrote about the user; empty where it writes nothing.
        values: one a candidate, in drawn order; margins in nats, or interactions of others.
        parts: what each part of the method adds to the values, in nats, for those that say.
    """

    system: System
    preference: str
    values: tuple[float, ...]
    parts: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


def answer_of(run: Run) -> Answer:
    """The answer of the method itself: the last preference of a run and its scores."""
    margins = {score.item_id: score.margin for score in run.scores[-1]}
    values = tuple(margins[item.item_id] for item in run.candidates)
    return Answer("mllm-msr", run.preferences[-1].written.text, values)


def counted(system: System, store: Store, run: Run) -> Answer:
    """The answer of a system that counts what other users took.

    Args:
        system: one of `COUNTED`.
        store: where the interactions are.
        run: whose user and candidates are asked about.
    """
    dataset, user = run.dataset, run.user_id
    candidates = [item.item_id for item in run.candidates]
    if system == "popularity":
        takers = store.popularity(dataset, candidates, user)
        return Answer(system, "", tuple(float(count) for count in takers))
    history = [item.item_id for item in run.history]
    ids = [*history, *candidates]
    known = dict(zip(ids, store.popularity(dataset, ids, user), strict=True))
    both = store.together(dataset, history, candidates, user)
    return Answer(system, "", co_occurrence(history, candidates, known, both))


def ask(
    system: System,
    history: History,
    candidates: Sequence[Item],
    models: Callable[[bool], Models],
) -> Generator[str, None, Answer]:
    """Ask another system that reads.

    Args:
        system: ``direct`` reads the whole history at once (figure 4), ``text-only`` sees no picture
            anywhere, ``zero-shot`` has no adapter for users and scores; for those that count see
            `counted`.
        history: of the user.
        candidates: to score.
        models: loads the models, with their adapters (True) or without.

    Yields:
        What it does now, again and again, so that whoever asks can leave.

    Returns:
        Its answer.

    Raises:
        MsrError: for a system that does not read, or that there is not.
    """
    if system not in READERS:
        raise MsrError(f"There is no system {system!r} that reads; choose of {', '.join(READERS)}.")
    asked = models(system != "zero-shot")
    penalty = UNTRAINED_PENALTY if system == "zero-shot" else 1.0
    steps = recommend(
        history,
        candidates,
        asked,
        VARIANTS.get(system, "recurrent"),
        decoding=replace(DECODING, repetition_penalty=penalty),
        score_every_block=False,
    )
    with closing(steps):
        for moment in steps:
            yield moment.note
    return replace(answer_of(moment.run), system=system)
