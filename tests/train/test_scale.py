"""What a catalogue costs: the page is what the files say."""

from pathlib import Path
from typing import Any

import pytest

from core.results import read_results
from core.settings import REPOSITORY
from train.scale import Gpu, cost, hours_here, main, page

CALLS = {
    kind: {"prompt_tokens": 100.0, "tokens": 10.0}
    for kind in ("text_summary", "image_description", "fusion", "preference")
} | {"blocks": 2.0, "bytes_a_text": 1000}


def test_cost_counts_three_texts_an_item_one_a_block_and_every_picture() -> None:
    found = cost(10, 4, CALLS, Gpu(1, 1, 1, image_tokens=5))
    assert found.texts == 3 * 10 + 2 * 4
    assert found.read == 38 * 100 + 10 * 5
    assert found.written == 38 * 10
    assert found.stored == 38 * 1000


def test_gpu_reads_and_writes_at_the_measured_rates() -> None:
    rows = [
        {"name": "64 texts by the user summariser, in one batch", "median_s": 2.0},
        {"name": "16 pictures described in one batch, 16 bit", "median_s": 4.0},
        {"name": "21 candidates, one pass each, 16 bit", "median_s": 4.0},
    ]
    facts = {
        "tokens of 21 candidates": 4000,
        "user summariser, tokens written": 10_000,
        "pictures, tokens written, 16 bit": 2000,
    }
    gpu = Gpu.measured({"rows": rows, **facts})
    assert (gpu.reads, gpu.writes, gpu.describes) == (1000, 5000, 500)
    assert cost(0, 1, CALLS, gpu).gpu_hours(gpu) == pytest.approx(20 / 5000 / 3600)
    assert cost(1, 0, CALLS, gpu).gpu_hours(gpu) == pytest.approx((20 / 5000 + 10 / 500) / 3600)


def test_each_kind_of_text_takes_its_own_time() -> None:
    def bench(**seconds: float) -> dict[str, Any]:
        kinds = {kind: {"texts": 10, "seconds": 10 * each} for kind, each in seconds.items()}
        return {"rows": [{"name": "ours"}], "kinds": {"ours": kinds, "others": {}}}

    sample = bench(text_summary=1, image_description=2, fusion=3, preference=9)
    real = bench(text_summary=8, preference=4)
    assert hours_here(3600, 0, sample, real) == 1 + 2 + 3
    assert hours_here(0, 3600, sample, real) == 4


def test_the_page_is_what_the_files_say(tmp_path: Path) -> None:
    main(["--out", str(tmp_path / "scale.md")])
    written = (tmp_path / "scale.md").read_text("utf-8")
    assert written == (REPOSITORY / "docs" / "scale.md").read_text("utf-8")
    assert written == page(read_results(REPOSITORY / "assets" / "results"))
