"""`python -m train.bench NAME --json`: how fast things are, side by side with plainer ways."""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch

from core.candidates import SEED
from core.commands import command
from core.datasets.sources import ensure_sample
from core.settings import Settings
from core.store import Store
from train.arguments import positive
from train.bench.kills import bench_kills
from train.bench.page import open_page, prepare_microlens
from train.bench.scoring import bench_run
from train.bench.summarize import bench_summaries, seconds_a_text
from train.bench.timing import Row, summary
from train.progress import progress
from train.result_files import of_shipped


@command
def main(argv: list[str]) -> None:
    """Run a bench and print its figures."""
    parser = argparse.ArgumentParser(prog="python -m train.bench", description=__doc__)
    parser.add_argument("bench", choices=["story", "finetune", "summarize", "kills", "paper"])
    parser.add_argument(
        "--rounds",
        type=positive,
        default=5,
        help="of story, finetune and paper; what is slow has fewer",
    )
    parser.add_argument("--user", default=None, help="sample viewer of videos (default: the first)")
    parser.add_argument(
        "--microlens", type=Path, metavar="DIR", help="also prepare this MicroLens folder"
    )
    parser.add_argument("--dataset", default="microlens-50k", help="of summarize and kills")
    parser.add_argument("--users", type=positive, default=2000, help="of summarize and kills")
    parser.add_argument("--kills", type=positive, default=20, help="how often the job is killed")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="where summarize leaves its texts, and goes on"
    )
    parser.add_argument(
        "--alone", type=Path, metavar="DB", help="filled by the same job, left alone, before"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args(argv)
    if arguments.bench == "finetune":
        result = finetune_result(arguments.rounds)
    elif arguments.bench == "summarize":
        result = summarize_result(arguments.dataset, arguments.users, arguments.keep)
    elif arguments.bench == "kills":
        result = kills_result(arguments.dataset, arguments.users, arguments.kills, arguments.alone)
    elif arguments.bench == "paper":
        result = paper_result(arguments.rounds)
    else:
        result = bench_story(arguments.rounds, arguments.user, arguments.microlens)
    if arguments.json:
        print(json.dumps(result, indent=1))
    else:
        for row in result["rows"]:
            ratio = f"  x{row['ratio']:.1f}" if row["ratio"] else ""
            print(f"{row['name']:42} {row['median_s']:8.3f} s  +-{row['spread_s']:.3f}{ratio}")
        print({key: value for key, value in result.items() if key != "rows"})


def bench_story(rounds: int, user: str | None, microlens: Path | None) -> dict[str, Any]:
    """Time the first paint, a live block, scoring and explaining, and an import."""
    settings = Settings.from_environment()
    store = Store(settings.database_url)
    ensure_sample(store, settings.assets)
    asked = f" --user {user}" if user else ""
    if user is None:
        personas = settings.assets / "sample" / "videos" / "personas.json"
        user = str(json.loads(personas.read_text("utf-8"))[0]["user_id"])
    with progress(total=2 + bool(microlens), desc="bench story") as bar:
        page, sizes = open_page(min(rounds, 3))
        bar.update()
        run, agreement, floor = bench_run(settings, store, user, rounds)
        bar.update()
        imported, more = prepare_microlens(microlens) if microlens else ([], {})
        bar.update(bool(microlens))
    ours = next(row for row in run if row.name.endswith("(ours)"))
    return {
        **of_shipped(),
        **_about(
            "story",
            rounds,
            [*page, *run, *imported],
            ("gradio", "torch", "transformers"),
            asked + " --microlens DIR" * bool(microlens),
        ),
        "floor_s": round(floor, 4),
        "over_floor": round(ours.median_s / floor, 2),
        "agreement": agreement,
        "sizes": sizes | more,
    }


def finetune_result(rounds: int) -> dict[str, Any]:
    """Time the recommender's training step, packed and one by one."""
    from train.bench.finetune import bench_finetune  # noqa: PLC0415  (needs the extra: train)

    (ours, *rivals), found = bench_finetune(rounds)
    first = summary(*ours)
    rows = [first, *(summary(name, seconds, first) for name, seconds in rivals)]
    about = _about("finetune", rounds, rows, ("peft", "torch", "transformers"))
    return about | {"floor_s": None, "over_floor": None, **found}


def summarize_result(dataset: str, users: int, folder: Path | None) -> dict[str, Any]:
    """Time summaries of many users in step, and a few of them in slower ways."""
    with tempfile.TemporaryDirectory() as passing:
        found, facts = bench_summaries(dataset, users, folder or Path(passing))
    first = next(iter(found.values()))
    per_text = [(name, [seconds_a_text(way, first)]) for name, way in found.items()]
    ours = summary(*per_text[0])
    rows = [ours, *(summary(name, spent, ours) for name, spent in per_text[1:])]
    options = f" --dataset {dataset} --users {users}"
    kinds = {
        name: {
            kind: {"texts": texts.texts, "seconds": round(texts.seconds, 1)}
            for kind, texts in way.items()
        }
        for name, way in found.items()
    }
    return {
        **of_shipped(),
        **_about("summarize", 1, rows, ("torch", "transformers"), options),
        "floor_s": None,
        "over_floor": None,
        "agreement": None,
        "kinds": kinds,
        **facts,
    }


def kills_result(dataset: str, users: int, kills: int, alone: Path | None) -> dict[str, Any]:
    """Kill summaries of many users at random, and compare them with those left alone."""
    found = bench_kills(dataset, users, kills, alone)
    seconds = found.pop("seconds")
    first = summary("left alone", [seconds["alone"]])
    rows = [first, summary(f"killed {found['kills']} times", [seconds["killed"]], first)]
    options = f" --dataset {dataset} --users {users} --kills {kills}"
    if alone:
        options += f" --alone {alone.name}"
    return {
        **of_shipped(),
        **_about("kills", 1, rows, ("torch", "transformers"), options),
        "floor_s": None,
        "over_floor": None,
        "agreement": found,
        "users": users,
        "threads": torch.get_num_threads(),
    }


def paper_result(rounds: int) -> dict[str, Any]:
    """Time models of the paper's shapes, with random weights: a GPU's bench."""
    from train.bench.paper import bench_paper  # noqa: PLC0415  (needs the extra: train)

    settings = Settings.from_environment()
    store = Store(settings.database_url)
    ensure_sample(store, settings.assets)
    found = bench_paper(settings, store, rounds)
    rows = found.pop("rows")
    about = _about("paper", rounds, rows, ("bitsandbytes", "peft", "torch", "transformers"))
    return about | {"floor_s": None, "over_floor": None, **found}


def _about(
    bench: str, rounds: int, rows: Sequence[Row], packages: Sequence[str], options: str = ""
) -> dict[str, Any]:
    return {
        "bench": bench,
        "machine": _machine(),
        "rounds": rounds,
        "rows": [asdict(row) for row in rows],
        "provenance": {
            "command": f"python -m train.bench {bench} --rounds {rounds} --json{options}",
            "date": datetime.now(UTC).date().isoformat(),
            "seed": SEED,
            "versions": {name: version(name) for name in packages},
        },
    }


def _machine() -> str:
    gpu = f"{torch.cuda.get_device_name(0)}, " if torch.cuda.is_available() else ""
    return f"{gpu}{platform.machine()}, {os.cpu_count()} CPUs, torch {torch.__version__}"


if __name__ == "__main__":
    sys.exit(main())
