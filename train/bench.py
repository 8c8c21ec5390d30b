"""`python -m train.bench NAME --json`: how fast things are, side by side with plainer ways."""

import argparse
import contextlib
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from scipy.stats import kendalltau

from core import prompts
from core.candidates import SEED
from core.checkpoints import best_dtype
from core.datasets.sources import ensure_sample
from core.encoding import shared_length
from core.errors import MsrError
from core.language_model import Decoding, Margin
from core.mllm_msr import recommend
from core.models import load_models
from core.prompts import Prompt
from core.settings import REPOSITORY, Settings
from core.store import Store
from core.transformers_model import TransformersModel
from core.weights import embedded_checkpoint
from train.progress import progress

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@dataclass(frozen=True, slots=True)
class Row:
    """One timed thing.

    Attributes:
        name: what.
        median_s: median wall seconds over the rounds.
        spread_s: slowest minus fastest round.
        ratio: its median over ours, for a rival; None for ours and for things without one.
    """

    name: str
    median_s: float
    spread_s: float
    ratio: float | None = None


def main(argv: Sequence[str] | None = None) -> int:
    """Run a bench and print its figures."""
    parser = argparse.ArgumentParser(prog="python -m train.bench", description=__doc__)
    parser.add_argument("bench", choices=["story", "finetune"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--user", default=None, help="sample viewer of videos (default: the first)")
    parser.add_argument(
        "--microlens", type=Path, metavar="DIR", help="also prepare this MicroLens folder"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args(argv)
    try:
        if arguments.bench == "finetune":
            result = finetune_result(arguments.rounds)
        else:
            result = bench_story(arguments.rounds, arguments.user, arguments.microlens)
    except MsrError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if arguments.json:
        print(json.dumps(result, indent=1))
    else:
        for row in result["rows"]:
            ratio = f"  x{row['ratio']:.1f}" if row["ratio"] else ""
            print(f"{row['name']:42} {row['median_s']:8.3f} s  +-{row['spread_s']:.3f}{ratio}")
        print({key: value for key, value in result.items() if key != "rows"})
    return 0


def bench_story(rounds: int, user: str | None, microlens: Path | None) -> dict[str, Any]:
    """Time the first paint, a live block, the scoring of 21 candidates, and an import."""
    settings = Settings.from_environment()
    store = Store(settings.database_url)
    ensure_sample(store, settings.assets)
    user = (
        user
        or json.loads((settings.assets / "sample" / "videos" / "personas.json").read_text("utf-8"))[
            0
        ]["user_id"]
    )
    with progress(total=4 + bool(microlens), desc="bench story") as bar:
        page, sizes = _page(min(rounds, 3))
        bar.update()
        models = load_models(settings, store)
        history = store.history("videos", user)
        candidates = store.candidates(history)
        *_, last = recommend(history, candidates, models, score_every_block=False)
        bar.update()
        weights = embedded_checkpoint(settings.home)
        writer = TransformersModel.load(weights, name="writer")
        scorer = TransformersModel.load(weights, name="scorer", dtype=best_dtype(exact=True))
        preference = last.run.preferences[-1]
        asked = [
            prompts.recommend(preference.written.text, item, None, "video", models.order)
            for item in candidates
        ]
        update = prompts.preference(
            [s.fused.text for s in last.run.summaries[-3:]], "video", preference.written.text
        )
        first = _row("first token of a block", rounds, lambda: _first_token(writer, update))
        bar.update()
        scoring, agreement, floor = _scoring(scorer, asked, rounds)
        bar.update()
        imported, more = _prepare(microlens) if microlens else ([], {})
        bar.update(bool(microlens))
    return {
        "bench": "story",
        "machine": f"{platform.machine()}, {os.cpu_count()} CPUs, torch {torch.__version__}",
        "rounds": rounds,
        "rows": [asdict(row) for row in (*page, first, *scoring, *imported)],
        "floor_s": round(floor, 4),
        "over_floor": round(scoring[0].median_s / floor, 2),
        "agreement": agreement,
        "sizes": sizes | more,
        "provenance": {
            "command": "python -m train.bench story --json" + " --microlens DIR" * bool(microlens),
            "date": datetime.now(UTC).date().isoformat(),
            "seed": SEED,
            "versions": {name: version(name) for name in ("gradio", "torch", "transformers")},
        },
    }


def finetune_result(rounds: int) -> dict[str, Any]:
    """Time the recommender's training step, packed and one by one."""
    from train.bench_finetune import bench_finetune  # noqa: PLC0415  (needs the extra: train)

    (ours, *rivals), found = bench_finetune(rounds)
    first = _summary(*ours)
    rows = [first, *(_summary(name, seconds, first) for name, seconds in rivals)]
    return {
        "bench": "finetune",
        "machine": f"{platform.machine()}, {os.cpu_count()} CPUs, torch {torch.__version__}",
        "rounds": rounds,
        "rows": [asdict(row) for row in rows],
        "floor_s": None,
        "over_floor": None,
        **found,
        "provenance": {
            "command": f"python -m train.bench finetune --rounds {rounds} --json",
            "date": datetime.now(UTC).date().isoformat(),
            "seed": SEED,
            "versions": {name: version(name) for name in ("peft", "torch", "transformers")},
        },
    }


def _row(name: str, rounds: int, run: Callable[[], object], ours: Row | None = None) -> Row:
    run()  # warm up
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - started)
    return _summary(name, seconds, ours)


def _summary(name: str, seconds: Sequence[float], ours: Row | None = None) -> Row:
    median = statistics.median(seconds)
    return Row(
        name,
        round(median, 4),
        round(max(seconds) - min(seconds), 4),
        round(median / ours.median_s, 2) if ours else None,
    )


def _first_token(model: TransformersModel, prompt: Prompt) -> None:
    stream = model.generate(prompt, Decoding(max_new_tokens=96, repetition_penalty=1.1))
    next(stream)
    stream.close()


def _scoring(
    model: TransformersModel, asked: list[Prompt], rounds: int
) -> tuple[list[Row], dict[str, float], float]:
    """Score the same candidates with a shared prefix, in one plain batch, and one by one."""
    shared: tuple[Margin, ...] = ()

    def share() -> None:
        nonlocal shared
        shared = model.margins(asked)

    name = f"{len(asked)} candidates"
    ours = _row(f"{name}, shared prefix (ours)", rounds, share)
    single: list[Margin] = []

    def one_by_one() -> None:
        single[:] = [model.margins([prompt])[0] for prompt in asked]

    rivals = [_row(f"{name}, one forward each", rounds, one_by_one, ours)]
    inputs = model._encode(asked)

    @torch.inference_mode()
    def batch() -> None:
        model._model.model(**inputs)

    rivals.append(_row(f"{name}, one batch without sharing", rounds, batch, ours))

    def answer() -> None:
        for prompt in asked:
            for _ in model.generate(prompt, Decoding(max_new_tokens=2)):
                pass

    rivals.append(_row(f"{name}, generate(2) each", max(1, rounds // 2), answer, ours))
    ranks = [[m.margin for m in answers] for answers in (shared, single)]
    agreement = {
        "kendall_tau": round(float(kendalltau(*ranks).statistic), 4),
        "top1": float(ranks[0].index(max(ranks[0])) == ranks[1].index(max(ranks[1]))),
    }
    return [ours, *rivals], agreement, _floor(model, asked)


def _floor(model: TransformersModel, asked: list[Prompt]) -> float:
    """Seconds that only the matrix products of the unshared tokens would take at full speed."""
    inputs = model._encode(asked)
    lengths = inputs["attention_mask"].sum(1)
    prefix = shared_length(inputs, model._encoder.image_id)
    tokens = prefix + int((lengths - prefix).sum())
    layers: int = sum(
        p.numel() for name, p in model._model.named_parameters() if "layers" in name and p.ndim == 2
    )
    size, dtype = 1024, model._model.dtype
    a, b = torch.randn(size, size).to(dtype), torch.randn(size, size).to(dtype)
    row = _row("gemm", 5, lambda: [a @ b for _ in range(20)])
    flops_per_second: float = 20 * 2 * size**3 / row.median_s
    return float(2 * layers * tokens / flops_per_second)


def _page(rounds: int) -> tuple[list[Row], dict[str, int]]:
    """Start `python app.py` as a visitor would and wait for the port, then for the story."""
    answers, stories, sizes = [], [], {}
    for _ in range(rounds):
        port = _free_port()
        started = time.perf_counter()
        with _demo(port) as url:
            html = _wait_for(url)
            answers.append(time.perf_counter() - started)
            sizes = {"page_bytes": len(html)}
            if Path(CHROMIUM).exists():
                seconds, covers = _open_browser(url)
                stories.append(seconds)
                sizes |= {"cover_bytes": covers}
    rows = [_summary("server answers after python app.py", answers)]
    if stories:
        rows.append(_summary("story in the browser after that", stories))
    return rows, sizes


@contextlib.contextmanager
def _demo(port: int) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=REPOSITORY,
        env={**os.environ, "TASTELINE_PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(url: str, limit_s: float = 60) -> bytes:
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                body: bytes = response.read()
                return body
        except OSError:
            time.sleep(0.02)
    raise MsrError(f"The demo did not answer at {url} within {limit_s:.0f} s.")


def _open_browser(url: str) -> tuple[float, int]:
    """Seconds until a cold browser shows the story, and bytes of covers it loaded."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # an extra, not needed else

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS))
        page = browser.new_page()
        started = time.perf_counter()
        page.goto(url, wait_until="commit")
        page.locator(".tl-story .tl-preference").first.wait_for()
        seconds = time.perf_counter() - started
        page.wait_for_function(
            "[...document.images].filter((i) => i.getBoundingClientRect().top < innerHeight)"
            ".every((i) => i.complete)"
        )
        covers = page.evaluate(
            "performance.getEntriesByType('resource')"
            ".filter((e) => e.name.includes('/covers/'))"
            ".reduce((sum, e) => sum + e.encodedBodySize, 0)"
        )
        browser.close()
    return seconds, int(covers)


def _prepare(folder: Path) -> tuple[list[Row], dict[str, int]]:
    """Import a MicroLens folder into a new store and search its users."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "train.prepare", "microlens", "--root", str(folder)]
        started = time.perf_counter()
        process = subprocess.Popen(
            [*command, "--name", "bench"],
            cwd=REPOSITORY,
            env={**os.environ, "TASTELINE_HOME": home, "TASTELINE_DATABASE_URL": ""},
            stdout=subprocess.DEVNULL,
        )
        peak_kb = 0
        while process.poll() is None:
            with contextlib.suppress(OSError, IndexError):  # not Linux, or just gone
                status = Path(f"/proc/{process.pid}/status").read_text()
                peak_kb = int(status.partition("VmHWM:")[2].split()[0])
            time.sleep(0.01)
        if process.returncode:
            raise MsrError(f"The import of {folder} failed; run it by itself to see why.")
        prepared = _summary("prepare the MicroLens folder", [time.perf_counter() - started])
        store = Store(f"sqlite:///{home}/tasteline.db")
        search = _row("search its users", 20, lambda: store.search_users("bench", "49"))
    return [prepared, search], {"prepare_peak_mb": peak_kb // 1024}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
