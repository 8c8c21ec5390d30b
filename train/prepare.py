"""`python -m train.prepare`: a downloaded data set -> the store; `summarize`: what is said of it.

`summarize` writes the item summaries and preferences of a prepared data set ahead of anyone who
asks for them.
"""

import argparse
import dataclasses
import json
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from core.commands import command
from core.datasets.sources import SAMPLE, amazon_source, ensure_sample, microlens_source
from core.errors import MsrError
from core.models import load_models
from core.settings import Settings
from core.store import Store
from core.store.importer import Advance, Imported, import_dataset
from train.arguments import positive
from train.progress import progress, say
from train.summarize import Summarized, summarize


@command
def main(argv: list[str]) -> None:
    """Import or summarise a data set and print what came of it as JSON."""
    arguments = _parser().parse_args(argv)
    done = (_summarize if arguments.what == "summarize" else _import)(arguments)
    print(json.dumps(dataclasses.asdict(done)))


def _summarize(arguments: argparse.Namespace) -> Summarized:
    settings = Settings.from_environment()
    store = Store(settings.database_url)
    ensure_sample(store, settings.assets)
    store.dataset(arguments.dataset)  # an unknown one is told before models are loaded

    if arguments.engine == "ray":
        done: Summarized = _cluster().summarize_on_ray(
            arguments.dataset, store, settings, arguments.users
        )
        return done
    models = load_models(settings, store, say, must_keep=True)
    return summarize(arguments.dataset, store, models, arguments.users)


def _cluster() -> Any:
    try:
        return import_module("train.cluster")
    except ModuleNotFoundError as missing:
        raise MsrError(
            f"--engine ray needs the package {missing.name}: pip install -e '.[cluster]'"
        ) from missing


def _import(arguments: argparse.Namespace) -> Imported:
    if arguments.name in SAMPLE:
        raise MsrError(f"{arguments.name!r} is a sample data set; choose another --name.")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", arguments.name):
        raise MsrError(
            f"The name {arguments.name!r} cannot be used; take up to 64 letters, digits, "
            "dots, dashes and underscores."
        )
    source = (
        microlens_source(arguments.root, arguments.name)
        if arguments.what == "microlens"
        else amazon_source(arguments.reviews, arguments.meta, arguments.images, arguments.name)
    )
    store = Store(Settings.from_environment().database_url)
    with progress(unit=" records") as bar:
        bar.set_description(f"Reading {arguments.name}", refresh=False)

        def advance(at: Advance) -> None:
            bar.set_postfix_str(at.file, refresh=False)
            bar.update(at.new)

        return import_dataset(
            store,
            source,
            k_core=arguments.k_core,
            replace=arguments.replace,
            on_progress=advance,
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m train.prepare", description=__doc__)
    layouts = parser.add_subparsers(dest="what", required=True)
    microlens = layouts.add_parser("microlens", help="*_pairs.tsv, *_titles.csv, *_covers/")
    microlens.add_argument("--root", type=Path, required=True, help="folder of the three")
    amazon = layouts.add_parser("amazon", help="Amazon Reviews 2023, jsonl or jsonl.gz")
    amazon.add_argument("--reviews", type=Path, required=True, help="reviews file")
    amazon.add_argument("--meta", type=Path, required=True, help="item metadata file")
    amazon.add_argument("--images", type=Path, help="folder of <parent_asin>.jpg files")
    for layout in (microlens, amazon):
        layout.add_argument("--name", required=True, help="name of the data set in Tasteline")
        layout.add_argument(
            "--k-core",
            type=int,
            default=0,
            metavar="K",
            help="keep only users and items with at least K interactions",
        )
        layout.add_argument(
            "--replace",
            action="store_true",
            help="take the place of another data set of that name, once this one is whole",
        )
    summaries = layouts.add_parser("summarize", help="item summaries and preferences, ahead")
    summaries.add_argument("--dataset", required=True, help="name of a prepared data set")
    summaries.add_argument("--users", type=positive, metavar="N", help="the first N (default: all)")
    summaries.add_argument(
        "--engine",
        choices=["local", "ray"],
        default="local",
        help="ray: the cluster that RAY_ADDRESS names, or one on this machine",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
