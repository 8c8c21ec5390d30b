"""Finds a data set's files: the two published layouts, and the sample catalogue that is ours."""

from pathlib import Path

from core.datasets import amazon, microlens
from core.errors import DataError
from core.store import Store
from core.store.importer import Source, SourceFile, import_dataset

SAMPLE = ("videos", "baby", "games")


def microlens_source(root: Path, name: str) -> Source:
    """Find a data set in the MicroLens layout.

    Raises:
        DataError: if a file is missing.
    """
    titles = microlens.find_file(root, "*_titles.csv")
    pairs = microlens.find_file(root, "*_pairs.tsv")
    covers = next(iter(sorted(root.glob("*_covers"))), None)
    return Source(
        name,
        "microlens",
        root,
        (
            SourceFile(titles, lambda: microlens.read_titles(titles, covers)),
            SourceFile(pairs, lambda: microlens.read_pairs(pairs)),
        ),
    )


def amazon_source(reviews: Path, meta: Path, images: Path | None, name: str) -> Source:
    """Find a data set in the Amazon 2023 layout.

    Raises:
        DataError: if a file or the folder of pictures is missing.
    """
    for path in (reviews, meta):
        if not path.is_file():
            raise DataError(f"There is no file {path}.")
    if images is not None and not images.is_dir():
        raise DataError(f"There is no folder {images}; --images names a folder of pictures.")
    root = images.parent if images else meta.parent
    return Source(
        name,
        "amazon",
        root,
        (
            SourceFile(meta, lambda: amazon.read_meta(meta, images)),
            SourceFile(reviews, lambda: amazon.read_reviews(reviews)),
        ),
    )


def ensure_sample(store: Store, assets: Path) -> None:
    """Bring the sample catalogue into the store, once, and again when its files changed."""
    ready = {dataset.name for dataset in store.datasets()}
    for name in SAMPLE:
        root = assets / "sample" / name
        source = (
            microlens_source(root, name)
            if name == "videos"
            else amazon_source(
                root / f"{name}.jsonl", root / f"meta_{name}.jsonl", root / "images", name
            )
        )
        if name not in ready or store.dataset_source(name) != source.identity:
            import_dataset(store, source, replace=True)
