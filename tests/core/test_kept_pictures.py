"""Pictures that are kept: which stay, and that a model reads each once."""

from functools import partial
from pathlib import Path

import pytest
import torch

from core import last_states, prompts, transformers_model
from core.errors import MsrError
from core.kept_pictures import KeptPictures, Layers, room
from core.language_model import Decoding
from core.records import Item
from core.streams import drain
from core.transformers_model import TransformersModel
from tests.core.questions import PREFERENCE, TITLES, asked, margins, picture
from tests.tiny_checkpoints import write_tiny_adapter


class Reader:
    """Counts what it computes: 16 bytes a picture."""

    def __init__(self, most: int | None) -> None:
        self.kept = KeptPictures(most)
        self.computed = 0

    def compute(self) -> Layers:
        self.computed += 1
        return ((torch.zeros(1, 1, 2, 1), torch.zeros(1, 1, 2, 1)),)

    def read(self, pictures: str) -> int:
        """How many pictures of a call had to be computed."""
        before = self.computed
        self.kept.begin(pictures)
        for one in pictures:
            self.kept.get(one, self.compute)
        return self.computed - before


def test_what_was_not_asked_for_lately_goes_first() -> None:
    reader = Reader(3 * 16)
    assert [reader.read(call) for call in ("a", "b", "c", "a", "d")] == [1, 1, 1, 0, 1]
    assert reader.kept.bytes == 3 * 16
    assert [reader.read(call) for call in ("a", "c", "d")] == [0, 0, 0]
    assert reader.read("b") == 1


def test_call_that_does_not_fit_finds_what_did_the_next_time() -> None:
    reader = Reader(3 * 16 + 15)
    assert reader.read("abcde") == 5
    assert reader.read("abcde") == 2
    assert reader.kept.bytes == 3 * 16
    assert reader.read("vwxyz") == 5  # and makes room for the ones after it
    assert reader.read("vwxyz") == 2


def test_new_picture_takes_the_place_of_none_that_is_asked_for_with_it() -> None:
    reader = Reader(3 * 16)
    assert reader.read("abc") == 3
    assert reader.read("xab") == 1
    assert reader.read("xab") == 0


def test_picture_that_never_fits_costs_no_other_its_place() -> None:
    reader = Reader(3 * 16)
    reader.read("abc")
    huge = ((torch.zeros(9, 9), torch.zeros(9, 9)),)
    reader.kept.begin("h")
    assert reader.kept.get("h", lambda: huge) is huge
    assert reader.read("abc") == 0


def test_nothing_is_kept_without_room() -> None:
    reader = Reader(15)
    assert [reader.read("ab"), reader.read("ab"), reader.kept.bytes] == [2, 2, 0]


def test_half_of_a_gpu_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    assert room() == 10**9
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda: (8 * 10**9, 24 * 10**9))
    assert room() == 4 * 10**9


def test_pictures_that_come_first_are_computed_once(
    tiny_llava_checkpoint: Path, tmp_path: Path
) -> None:
    adapter = write_tiny_adapter(tiny_llava_checkpoint, tmp_path / "adapter")
    load = partial(TransformersModel.load, tiny_llava_checkpoint, name="t", dtype=torch.float32)
    forgetting, keeping = load(picture_bytes=0), load()
    looked: list[int] = []
    for model in (forgetting, keeping):
        tower = model._model.model.vision_tower
        tower.register_forward_hook(lambda *_: looked.append(1))

    def answers(model: TransformersModel, preference: str) -> tuple[list[float], int]:
        looked.clear()
        batch = asked("image-first", covers=True, preference=preference)
        return margins(model, [*batch, *batch[::-1]]), len(looked)

    assert [answers(keeping, text)[1] for text in ("Trains.", "Mangoes.")] == [len(TITLES), 0]
    for text in ("Trains.", "Mangoes.", "A longer text about goals."):
        (kept, fresh), (alone, again) = answers(keeping, text), answers(forgetting, text)
        assert kept == pytest.approx(alone, abs=1e-5)
        assert (fresh, again) == (0, len(TITLES))
    assert answers(keeping.beside(adapter, "t"), "Trains.")[1] == len(TITLES)  # they see otherwise
    assert answers(keeping, "Trains.") == (pytest.approx(answers(forgetting, "Trains.")[0]), 0)


@pytest.mark.parametrize(
    ("kept_bytes", "unkept", "behind", "passes"),
    [
        (0, 1, 10_000, 2 * len(TITLES)),  # each picture has to be let go of before the next
        (0, 10_000, 10_000, len(TITLES) + 1),
        (None, 1, 10_000, len(TITLES) + 1),  # nobody waits for room
        (None, 1, 1_900, len(TITLES) + 2),  # cut between pictures and inside of what follows one
    ],
)
def test_what_follows_pictures_is_read_for_as_many_at_once_as_memory_allows(
    tiny_llava_checkpoint: Path,
    monkeypatch: pytest.MonkeyPatch,
    kept_bytes: int | None,
    unkept: int,
    behind: int,
    passes: int,
) -> None:
    model = TransformersModel.load(
        tiny_llava_checkpoint, name="t", dtype=torch.float32, picture_bytes=kept_bytes
    )
    batch = asked("image-first", covers=True)
    batch += asked("image-first", covers=True, preference="Mangoes, and what comes of them.")[:2]
    plain = model.plain_margins(batch)
    whole = model._encode(batch)["attention_mask"].sum(1).tolist()
    monkeypatch.setattr(transformers_model, "BATCH_TOKENS", unkept)
    monkeypatch.setattr(last_states, "BATCH_TOKENS", behind)
    counted: list[int] = []
    model._model.model.language_model.register_forward_hook(lambda *_: counted.append(1))
    found = model.margins(batch)
    assert [answer.margin for answer in found] == pytest.approx(plain, abs=1e-5)
    assert [answer.tokens for answer in found] == whole
    assert len(counted) == passes


def test_kept_picture_is_not_opened_again(
    tiny_llava_checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = TransformersModel.load(tiny_llava_checkpoint, name="t", dtype=torch.float32)
    batch = asked("image-first", covers=True)
    before = margins(model, batch)
    monkeypatch.setattr(model._encoder, "encode", None)  # it is what opens pictures
    assert margins(model, batch) == before
    new = prompts.recommend(PREFERENCE, Item("9", "New"), picture(9), "video", "image-first")
    with pytest.raises(MsrError, match="t failed while scoring: 'NoneType'"):
        model.margins([new])
    for ask in (
        lambda: model.generate_batch([new], Decoding(2)),
        lambda: drain(model.generate(new, Decoding(2))),
    ):
        with pytest.raises(MsrError, match="t failed while writing: 'NoneType'"):
            ask()
