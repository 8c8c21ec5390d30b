"""A prepared data set of a few users, with covers, in the MicroLens layout."""

import csv
from pathlib import Path
from random import Random

from PIL import Image

from core.datasets.sources import microlens_source
from core.store import Store
from core.store.importer import import_dataset

NAME = "microlens-50k"


def import_clips(store: Store, root: Path) -> None:
    """Write 30 items and 24 users of five items each, and bring them into a store."""
    rng = Random(1)
    (root / "clips_covers").mkdir(parents=True)
    with (root / "clips_titles.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("item", "title"))
        for item in range(1, 31):
            rows.writerow((item, f"Clip {item}"))
            Image.new("RGB", (40, 28), (8 * item, 90, 10)).save(root / f"clips_covers/{item}.jpg")
    pairs = (
        f"u{user}\t{' '.join(map(str, rng.sample(range(1, 31), 5)))}\n" for user in range(1, 25)
    )
    (root / "clips_pairs.tsv").write_text("".join(pairs))
    import_dataset(store, microlens_source(root, NAME))
