"""Rebuilds the sample data: ``python -m train.sample [--seed 7] [--out assets/sample]``."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from core.commands import command
from train.sample.catalogue import DATASETS
from train.sample.writer import write_dataset, write_readme

DEFAULT_SEED = 7


@command
def main(argv: list[str]) -> None:
    """Write the three data sets."""
    parser = argparse.ArgumentParser(
        prog="python -m train.sample",
        description="Draw the sample catalogue and simulate its users, alike for each seed.",
    )
    parser.add_argument(
        "--seed", type=int, default=DEFAULT_SEED, help="what everything is drawn from"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("assets/sample"), help="folder to write to"
    )
    options = parser.parse_args(argv)
    for dataset in DATASETS:
        bar = tqdm(total=dataset.size, desc=dataset.key, unit="cover")
        with bar:
            write_dataset(dataset, options.seed, options.out, bar.update)
    write_readme(options.out)


if __name__ == "__main__":
    sys.exit(main())
