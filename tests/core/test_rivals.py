import pytest

from core.errors import MsrError
from core.mllm_msr import Models, recommend
from core.records import History, Item, Run
from core.rivals import COUNTED, READERS, Answer, System, answer_of, ask, counted
from core.store import Store
from core.streams import drain
from tests.core.test_store import fill
from tests.fakes import FakeModel

CANDIDATES = tuple(Item(str(i), f"Candidate {'x' * i}") for i in range(8, 20))


def asked(system: System, history: History, model: FakeModel | None = None) -> Answer:
    fake = model or FakeModel()
    models = Models(fake, fake, fake, "preference-first", "test")
    return drain(ask(system, history, CANDIDATES, lambda _: models))


@pytest.mark.parametrize("system", READERS)
def test_every_system_has_a_value_for_every_candidate(system: System, history: History) -> None:
    answer = asked(system, history)
    assert answer.system == system
    assert len(answer.values) == len(CANDIDATES)
    assert answer.preference


def test_the_method_asked_again_is_the_run(history: History) -> None:
    model = FakeModel()
    models = Models(model, model, model, "preference-first", "test")
    *_, last = recommend(history, CANDIDATES, models)
    margins = tuple(score.margin for score in last.run.scores[-1])
    assert answer_of(last.run) == Answer("mllm-msr", last.run.preferences[-1].written.text, margins)


def test_direct_writes_once_and_the_others_once_a_block(history: History) -> None:
    for system, times in (("direct", 1), ("mllm-msr", 3), ("text-only", 3)):
        model = FakeModel()
        asked(system, history, model)  # type: ignore[arg-type]
        assert sum(prompt.kind == "preference" for prompt in model.asked) == times


def test_a_reader_says_what_it_does_and_can_be_left(history: History) -> None:
    model = FakeModel()
    models = Models(model, model, model, "preference-first", "test")
    said = list(dict.fromkeys(ask("mllm-msr", history, CANDIDATES, lambda _: models)))
    assert said[0] == f"Reading items 1 to 3 of {len(history.items)}"
    writing = [note for note in said if note.startswith("Writing")]
    assert writing == [f"Writing the preference after block {n} of 3" for n in (1, 2, 3)]
    assert [note for note in said if note.startswith("Scoring")] == [
        f"Scoring {len(CANDIDATES)} candidates after block 3"
    ]
    leaving = FakeModel()
    models = Models(leaving, leaving, leaving, "preference-first", "test")
    steps = ask("mllm-msr", history, CANDIDATES, lambda _: models)
    assert next(steps).startswith("Reading")
    steps.close()
    assert not [prompt for prompt in leaving.asked if prompt.kind == "preference"]


def test_zero_shot_is_asked_of_models_without_adapters(history: History) -> None:
    wanted: list[bool] = []

    def models(adapters: bool) -> Models:
        wanted.append(adapters)
        fake = FakeModel()
        return Models(fake, fake, fake, "preference-first", "test")

    for system in ("zero-shot", "direct"):
        drain(ask(system, history, CANDIDATES, models))  # type: ignore[arg-type]
    assert wanted == [False, True]


def test_unknown_system_is_named(history: History) -> None:
    with pytest.raises(MsrError, match="no system 'sasrec'"):
        asked("sasrec", history)  # type: ignore[arg-type]


def test_a_system_that_counts_is_not_asked_to_read(history: History) -> None:
    with pytest.raises(MsrError, match="choose of mllm-msr, direct, text-only, zero-shot"):
        asked("popularity", history)


@pytest.mark.parametrize("system", COUNTED)
def test_what_others_took_is_counted_without_the_user(system: System, store: Store) -> None:
    fill(store, {"ann": ["1", "2", "9"], "ben": ["1", "8"], "cleo": ["2", "8"], "dan": ["7"]})
    ann = store.history("clips", "ann")
    candidates = tuple(store.items("clips", ["7", "8", "9"]))
    run = Run("clips", "microlens", "ann", "test", "recurrent", ann.items, "9", candidates)
    answer = counted(system, store, run)
    assert (answer.system, answer.preference) == (system, "")
    seven, eight, nine = answer.values
    assert eight > seven >= nine == 0.0
