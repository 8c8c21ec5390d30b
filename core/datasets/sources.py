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
        covers,
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
    if images is not None:
        images = images.resolve()  # "." has no name
    root = images.parent if images else meta.parent
    return Source(
        name,
        "amazon",
        root,
        (
            SourceFile(meta, lambda: amazon.read_meta(meta, images)),
            SourceFile(reviews, lambda: amazon.read_reviews(reviews)),
        ),
        images,
    )


def ensure_sample(store: Store, assets: Path) -> None:
    """Bring the sample catalogue into the store, once, and again when its files changed."""
    for key in SAMPLE:
        ensure_dataset(store, sample_source(assets / "sample" / key, key, key))


def sample_source(root: Path, key: str, name: str) -> Source:
    """Find one data set of the sample catalogue, or of a world made as it is.

    Args:
        root: its folder.
        key: which of the sample's data sets it is, or is like.
        name: in the store.
    """
    if key == "videos":
        return microlens_source(root, name)
    return amazon_source(root / f"{key}.jsonl", root / f"meta_{key}.jsonl", root / "images", name)


def ensure_dataset(store: Store, source: Source) -> None:
    """Import a source unless the store has it as it is now."""
    ready = {dataset.name for dataset in store.datasets()}
    if source.name not in ready or store.dataset_source(source.name) != source.identity:
        import_dataset(store, source, replace=True)
