"""The page about a machine's models: five probes that can be failed."""

from collections.abc import Sequence

import pytest

from core.datasets.sources import ensure_sample
from core.language_model import Margin
from core.mllm_msr import Models
from core.prompts import Prompt
from core.settings import REPOSITORY
from core.store import Store
from tests.fakes import FakeModel
from train.verify_gpu import page


class Working(FakeModel):
    """Reads preference and picture; says the same thing twice."""

    def __init__(self) -> None:
        super().__init__(sees_images=True)
        self.mass = 0.9
        self.batch_of_one: float = 1.0
        self.blind = self.deaf = False

    def margins(self, prompts: Sequence[Prompt]) -> tuple[Margin, ...]:
        return tuple(self._margin(prompt, len(prompts)) for prompt in prompts)

    def _margin(self, prompt: Prompt, count: int) -> Margin:
        said = sum(map(ord, prompt.after)) % 97 + (0 if self.deaf else len(prompt.before))
        seen = 0 if self.blind or not prompt.cover else int(prompt.cover.sha256[:2], 16)
        value = (said + seen) / 100 * (self.batch_of_one if count == 1 else 1.0)
        return Margin(value, self.mass, 10, 1.0)

    def generate(self, prompt: Prompt, decoding: object):  # type: ignore[no-untyped-def]
        self.asked.clear()
        return super().generate(prompt, decoding)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('verify') / 'store.db'}")
    ensure_sample(store, REPOSITORY / "assets")
    return store


def shown(store: Store, model: FakeModel) -> tuple[list[str], bool]:
    models = Models(model, model, model, "preference-first", "embedded")

    def alone(asked: Sequence[Prompt]) -> list[float]:
        return [model.margins([prompt])[0].margin for prompt in asked]

    return page(store, models, alone)


def failed(store: Store, model: FakeModel) -> list[str]:
    lines, passed = shown(store, model)
    found = [line for line in lines if line.startswith("FAIL")]
    assert passed == (not found)
    return found


def test_a_working_model_passes_and_the_page_says_what_it_cost(sample: Store) -> None:
    lines, passed = shown(sample, Working())
    assert passed, lines
    assert sum(line.startswith("pass") for line in lines) == 5
    assert any(line.startswith("6 items summarised") for line in lines)
    assert any(line.startswith("21 candidates: ") for line in lines)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"mass": 0.01}, "yes and no take up"),
        ({"batch_of_one": -1.0}, "one by one"),
        ({"deaf": True}, "another preference"),
        ({"blind": True}, "another picture"),
    ],
)
def test_each_probe_can_be_failed(sample: Store, change: dict[str, object], said: str) -> None:
    model = Working()
    vars(model).update(change)
    (line,) = failed(sample, model)
    assert said in line


def test_a_model_that_answers_otherwise_every_time_fails(sample: Store) -> None:
    (line,) = failed(sample, Changing())
    assert "the same question" in line


class Changing(Working):
    """Counts its answers, so that none is like another."""

    def generate(self, prompt: Prompt, decoding: object):  # type: ignore[no-untyped-def]
        return FakeModel.generate(self, prompt, decoding)  # type: ignore[arg-type]
