from core.language_model import Decoding, TextGenerator
from core.prompts import Prompt
from core.streams import drain
from core.waves import in_waves
from tests.fakes import FakeModel

DECODING = Decoding(max_new_tokens=8)


def ask(model: TextGenerator, text: str) -> str:
    return drain(model.generate(Prompt("fusion", "v", after=text), DECODING)).text


def test_jobs_that_ask_twice_take_two_batches() -> None:
    model = FakeModel()
    jobs = [lambda ahead, n=n: ask(ahead, f"{n} after {ask(ahead, str(n))}") for n in range(5)]
    answers = drain(in_waves(jobs, model))
    assert model.batches == [5, 5]
    assert answers == [f" fusion number {n}." for n in range(6, 11)]
    assert sorted(p.after for p in model.asked[:5]) == list("01234")


def test_question_that_two_jobs_share_is_asked_once() -> None:
    model = FakeModel()
    drain(in_waves([lambda ahead: ask(ahead, "the same")] * 3, model))
    assert model.batches == [1]


def test_many_questions_are_cut_into_batches() -> None:
    model = FakeModel()
    jobs = [lambda ahead, n=n: ask(ahead, str(n)) for n in range(model.batch_size + 3)]
    drain(in_waves(jobs, model))
    assert model.batches == [model.batch_size, 3]


def test_other_decodings_are_not_mixed_in_a_batch() -> None:
    model = FakeModel()

    def job(ahead: TextGenerator, limit: int) -> str:
        return drain(ahead.generate(Prompt("fusion", "v", after="?"), Decoding(limit))).text

    drain(in_waves([lambda ahead: job(ahead, 4), lambda ahead: job(ahead, 8)], model))
    assert model.batches == [1, 1]
