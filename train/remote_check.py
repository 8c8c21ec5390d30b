"""`python -m train.remote_check`: does a vLLM server answer as the engine here does?

Starts vLLM, which lives in an environment of its own, with the embedded text model and our adapter
by its name, asks it and the engine the same questions in float32, and writes how far they agree.
The embedded model that sees cannot be served so: vLLM knows LLaVA-NeXT with CLIP's tower only.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import torch
from scipy.stats import spearmanr

from core import prompts
from core.commands import command
from core.datasets.sources import ensure_sample
from core.errors import RemoteError
from core.language_model import Decoding, LanguageModel
from core.local_models import checkpoint_source
from core.profiles import TEXT_CHECKPOINT
from core.prompts import Prompt
from core.recording import load_recordings
from core.remote_model import RemoteModel
from core.settings import Settings
from core.store import Store
from core.transformers_model import TransformersModel
from train.progress import say
from train.result_files import check_out, of_shipped, provenance_of, versions_in, write

ADAPTER = "user-summarizer"
STORIES, CANDIDATES = 4, 10
START_S = 600  # a server takes its time before it answers
GREEDY = Decoding(max_new_tokens=48)
FLAGS = (
    *("--dtype", "float32", "--max-model-len", "2048", "--max-lora-rank", "8"),
    *("--enforce-eager", "--block-size", "32"),
)
ENVIRONMENT = {  # a small cache, no telemetry, no Hub
    "VLLM_CPU_KVCACHE_SPACE": "1",
    "VLLM_CPU_OMP_THREADS_BIND": "nobind",
    "VLLM_NO_USAGE_STATS": "1",
    "DO_NOT_TRACK": "1",
    "HF_HUB_OFFLINE": "1",
}


@dataclass(frozen=True, slots=True)
class Questions:
    """What both are asked: prompts to score, and prompts to write an answer to."""

    scored: Sequence[Prompt]
    written: Sequence[Prompt]


@command
def main(argv: list[str]) -> None:
    """Compare and write what came out."""
    arguments = _parser().parse_args(argv)
    check_out(arguments.out, "starts_in_s")
    public = versions_in(arguments.python, ("vllm-cpu", "torch", "transformers"))
    settings = Settings.from_environment()
    store = Store(settings.database_url)
    ensure_sample(store, settings.assets)
    folder = Path(checkpoint_source(TEXT_CHECKPOINT, settings, lambda _: None))
    adapter = settings.assets / "embedded" / ADAPTER
    asked = questions(settings, store)
    rows = {}
    with served(arguments.python, folder, adapter) as (url, seconds):
        for name, tuned in ((TEXT_CHECKPOINT, None), (ADAPTER, adapter)):
            remote = RemoteModel.connect(url, name)
            here = TransformersModel.load(folder, name=name, adapter=tuned, dtype=torch.float32)
            rows[name] = compared(remote, here, asked)
            say(f"{name}: {rows[name]}")
    told = [word.replace(arguments.python, "PYTHON") for word in argv]
    found = {
        "checkpoint": TEXT_CHECKPOINT,
        **of_shipped(),
        "starts_in_s": round(seconds, 1),
        "rows": rows,
        "provenance": provenance_of("train.remote_check", told) | {"server": public},
    }
    write(arguments.out, found)


def questions(settings: Settings, store: Store) -> Questions:
    """Candidates of recorded stories to score without covers; first preferences to write."""
    scored, written = [], []
    recordings, _ = load_recordings(settings.assets / "recordings")
    for recording in recordings[:STORIES]:
        run, dataset = recording.run, store.dataset(recording.run.dataset)
        text = run.preferences[-1].written.text
        ids = [item.item_id for item in run.candidates[:CANDIDATES]]
        scored += [
            prompts.recommend(text, item, None, dataset.noun, "preference-first")
            for item in store.items(dataset.name, ids)
        ]
        fused = [summary.fused.text for summary in run.summaries[:3]]
        written.append(prompts.preference(fused, dataset.noun, None))
    return Questions(scored, written)


def compared(remote: LanguageModel, here: LanguageModel, asked: Questions) -> dict[str, Any]:
    """How far two models agree on margins and texts, and what each takes for the margins."""
    seconds, margins = [], []
    for model in (remote, here):
        began = time.perf_counter()
        margins.append([found.margin for found in model.margins(asked.scored)])
        seconds.append(round(time.perf_counter() - began, 2))
    texts = [
        [text.text.strip() for text in model.generate_batch(asked.written, GREEDY)]
        for model in (remote, here)
    ]
    pairs = list(zip(*margins, strict=True))
    return {
        "margins": len(pairs),
        "spearman": round(float(spearmanr(*margins).statistic), 5),
        "largest_difference": round(max(abs(a - b) for a, b in pairs), 5),
        "spread_here": round(max(margins[1]) - min(margins[1]), 3),
        "distinct": len({round(a, 6) for a, _ in pairs}),
        "texts": len(asked.written),
        "same_texts": sum(a == b for a, b in zip(*texts, strict=True)),
        "server_s": seconds[0],
        "here_s": seconds[1],
    }


@contextmanager
def served(python: str, folder: Path, adapter: Path) -> Iterator[tuple[str, float]]:
    """Run vLLM on a free port; give its address and the seconds until it answered.

    Raises:
        RemoteError: with the end of its log, if it does not come up.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [python, "-m", "vllm.entrypoints.openai.api_server", "--model", str(folder)]
    command += ["--served-model-name", TEXT_CHECKPOINT, "--host", "127.0.0.1", "--port", str(port)]
    command += ["--enable-lora", "--lora-modules", f"{ADAPTER}={adapter.resolve()}", *FLAGS]
    with tempfile.TemporaryDirectory() as scratch, open(f"{scratch}/log", "w+") as log:
        environment = os.environ | ENVIRONMENT | {"VLLM_CACHE_ROOT": f"{scratch}/cache"}
        began = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment, cwd=scratch, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            while not _answers(port):
                if process.poll() is not None or time.perf_counter() - began > START_S:
                    log.seek(0)
                    raise RemoteError(f"vLLM did not come up: {log.read()[-2000:]}")
                time.sleep(1)
            yield f"http://127.0.0.1:{port}/v1", time.perf_counter() - began
        finally:
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m train.remote_check",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--python", required=True, help="interpreter that has vllm-cpu")
    parser.add_argument("--out", type=Path, required=True, help="JSON file to write")
    return parser


if __name__ == "__main__":
    sys.exit(main())
