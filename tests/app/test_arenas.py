import platform

import pytest

from app import arenas


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_glibc_is_told() -> None:
    assert arenas.share_arenas()


def test_another_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise OSError(f"{name}: no such file")

    monkeypatch.setattr("ctypes.CDLL", missing)
    assert not arenas.share_arenas()
