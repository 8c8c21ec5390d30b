"""Rebuilds the sample data: ``python -m train.sample [--seed 7] [--out assets/sample]``."""

import argparse
from pathlib import Path

from PIL import Image
from tqdm import tqdm

from train.sample.catalogue import DATASETS
from train.sample.writer import write_dataset, write_readme

DEFAULT_SEED = 7


def main() -> None:
    """Write the three data sets, and a contact sheet if asked."""
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
    parser.add_argument("--sheet", type=Path, help="also write a contact sheet picture here")
    options = parser.parse_args()
    sheets = []
    for dataset in DATASETS:
        bar = tqdm(total=dataset.size, desc=dataset.key, unit="cover")
        with bar:
            sheets.append(write_dataset(dataset, options.seed, options.out, bar.update))
    write_readme(options.out)
    if options.sheet:
        _stacked(sheets).save(options.sheet)


def _stacked(sheets: list[Image.Image]) -> Image.Image:
    """The sheets one below the other."""
    width = max(sheet.width for sheet in sheets)
    whole = Image.new("RGB", (width, sum(sheet.height for sheet in sheets)), "white")
    top = 0
    for sheet in sheets:
        whole.paste(sheet, (0, top))
        top += sheet.height
    return whole


if __name__ == "__main__":
    main()
