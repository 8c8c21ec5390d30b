import sys
from pathlib import Path

import pytest

from core.commands import command
from core.errors import MsrError


def test_a_command_ends_with_what_it_says_or_with_nothing_wrong() -> None:
    asked: list[list[str]] = []
    assert command(asked.append)(["--dataset", "videos"]) == 0
    assert asked == [["--dataset", "videos"]]
    assert command(lambda _: 3)([]) == 3


def test_a_command_takes_the_words_that_its_process_was_started_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "argv", ["train.tune", "--dataset", "videos"])
    asked: list[list[str]] = []
    command(asked.append)()
    assert asked == [["--dataset", "videos"]]


@pytest.mark.parametrize("wrong", ["asked", "a file"])
def test_what_goes_wrong_is_one_line(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    @command
    def main(_: list[str]) -> None:
        if wrong == "asked":
            raise MsrError("There is no data set 'x'.")
        Path("/nowhere/at/all").write_text("")

    assert main([]) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert said.count("\n") == 1
