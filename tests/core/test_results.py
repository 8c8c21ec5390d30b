"""Result files, and the figures in them."""

import json
from pathlib import Path

import pytest

from core.results import EARLIER, Figure, read_results, weights_hash
from core.settings import REPOSITORY


def test_a_figure_that_a_file_has_not_is_none() -> None:
    flip = Figure(("scrutability", "flip", "success"), "flips")
    assert flip.of({"scrutability": {}}) is None
    assert flip.of({"scrutability": {"flip": {"success": {"mean": 1.0}}}}) == {"mean": 1.0}


@pytest.mark.parametrize(
    ("methods", "shipped", "earlier"),
    [
        ({"mllm-msr": {}}, "now", False),
        ({"mllm-msr": {}}, "before", True),
        ({"random": {}, "gru4rec-summary": {}}, "before", True),  # its summaries are of our model
        (None, "before", True),  # a check of the models
        (None, None, False),
        ({"random": {}, "sasrec-f": {}}, "before", False),  # no model of ours
    ],
)
def test_what_was_measured_with_earlier_weights_is_marked(
    tmp_path: Path, methods: dict[str, object] | None, shipped: str | None, earlier: bool
) -> None:
    embedded = tmp_path / "embedded"
    embedded.mkdir()
    (embedded / "adapter.safetensors").write_bytes(b"before")
    hashes = {"before": weights_hash(embedded), None: None}
    (embedded / "adapter.safetensors").write_bytes(b"now")
    hashes["now"] = weights_hash(embedded)
    protocol = {"shipped": hashes[shipped]} if shipped else {}
    results = tmp_path / "results"
    results.mkdir()
    found = {"protocol": protocol} | ({"methods": methods} if methods is not None else {})
    (results / "sample.json").write_text(json.dumps(found))
    assert (EARLIER in read_results(results)["sample"]) == earlier


def test_every_table_of_ours_says_which_weights_were_shipped() -> None:
    for name, result in read_results(REPOSITORY / "assets" / "results").items():
        if "protocol" in result:
            assert result["protocol"]["shipped"], name
