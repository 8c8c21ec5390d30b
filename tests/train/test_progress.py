import pytest

from train.progress import progress


def test_a_log_gets_a_first_and_a_last_line(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(range(500), desc="reading") as bar:
        for number in bar:
            bar.set_postfix_str(f"item {number}", refresh=False)
    lines = [line for line in capsys.readouterr().err.split("\r") if line.strip()]
    assert 1 <= len(lines) <= 3
    assert "reading" in lines[-1]
    assert "500/500" in lines[-1]
