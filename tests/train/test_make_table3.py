"""Which rows `make table3` asks for: ours, where something was fine-tuned on the data set."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from core.settings import REPOSITORY

if not shutil.which("make"):
    pytest.skip("make is not installed", allow_module_level=True)


@pytest.mark.parametrize(
    ("run", "cold", "known"),
    [
        (None, None, None),
        ("posters", "posters", "posters"),
        ("posters-all", None, "posters-all"),  # has met the cold items
    ],
)
def test_rows_of_ours_are_asked_for_where_an_adapter_is_there(
    tmp_path: Path, run: str | None, cold: str | None, known: str | None
) -> None:
    if run:
        (tmp_path / "runs" / run / "recommender" / "adapter").mkdir(parents=True)
    command = ["make", "-n", "-f", str(REPOSITORY / "Makefile"), "table3-posters"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    lines = said.stdout.replace("\\\n", " ").splitlines()
    asked = dict(zip(("cold", "known", "folds"), lines, strict=True))
    for table, adapter in (("cold", cold), ("known", known), ("folds", None)):
        methods = re.search(r"--methods (\S+)", asked[table])
        assert methods
        assert ("mllm-msr" in methods[1].split(",")) == bool(adapter)
        named = f"--recommender runs/{adapter}/recommender/adapter"
        assert (named in asked[table]) == bool(adapter)
