import pytest
import torch

from core.kept_pictures import KeptPictures, Layers, room


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
        for picture in pictures:
            self.kept.get(picture, self.compute)
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
