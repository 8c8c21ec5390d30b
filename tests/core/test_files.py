import json
from pathlib import Path

import pytest

from core.files import whole, write_json


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "new" / "kept.json"
    write_json(file, {"a": "é"})
    assert json.loads(file.read_text("utf-8")) == {"a": "é"}
    with pytest.raises(TypeError):
        write_json(file, {"a": object()})

    def killed_on_the_way() -> None:
        with whole(file) as partial:
            partial.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed_on_the_way()
    assert json.loads(file.read_text("utf-8")) == {"a": "é"}
    assert [kept.name for kept in file.parent.iterdir()] == ["kept.json"]
