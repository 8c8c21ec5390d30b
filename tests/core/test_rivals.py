import pytest

from core.errors import MsrError
from core.mllm_msr import Models, recommend
from core.records import History, Item
from core.rivals import SYSTEMS, Answer, System, answer_of, ask
from tests.fakes import FakeModel

CANDIDATES = tuple(Item(str(i), f"Candidate {'x' * i}") for i in range(8, 20))


def asked(system: System, history: History, model: FakeModel | None = None) -> Answer:
    fake = model or FakeModel()
    models = Models(fake, fake, fake, "preference-first", "test", "recurrent")
    counts = [len(item.title) for item in CANDIDATES]
    return ask(system, history, CANDIDATES, lambda _: models, lambda: counts)


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_system_has_a_value_for_every_candidate(system: System, history: History) -> None:
    answer = asked(system, history)
    assert answer.system == system
    assert len(answer.values) == len(CANDIDATES)
    assert bool(answer.preference) == (system != "popularity")


def test_the_method_asked_again_is_the_run(history: History) -> None:
    model = FakeModel()
    models = Models(model, model, model, "preference-first", "test", "recurrent")
    *_, last = recommend(history, CANDIDATES, models)
    margins = tuple(score.margin for score in last.run.scores[-1])
    assert answer_of(last.run) == Answer("mllm-msr", last.run.preferences[-1].written.text, margins)


def test_direct_writes_once_and_the_others_once_a_block(history: History) -> None:
    for system, times in (("direct", 1), ("mllm-msr", 3), ("text-only", 3)):
        model = FakeModel()
        asked(system, history, model)  # type: ignore[arg-type]
        assert sum(prompt.kind == "preference" for prompt in model.asked) == times


def test_zero_shot_is_asked_of_models_without_adapters(history: History) -> None:
    wanted: list[bool] = []

    def models(adapters: bool) -> Models:
        wanted.append(adapters)
        fake = FakeModel()
        return Models(fake, fake, fake, "preference-first", "test", "recurrent")

    for system in ("zero-shot", "direct"):
        ask(system, history, CANDIDATES, models, lambda: [])  # type: ignore[arg-type]
    assert wanted == [False, True]


def test_unknown_system_is_named(history: History) -> None:
    with pytest.raises(MsrError, match="no system 'sasrec'"):
        asked("sasrec", history)  # type: ignore[arg-type]
