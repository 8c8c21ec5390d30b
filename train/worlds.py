"""Training worlds: the sample's generator under other seeds, with nothing that is shipped in them.

A world is a catalogue and its simulated users, as the shipped sample is one, but its pictures are
drawn from other seeds, its users live other lives, and its titles and descriptions are none of
those that a shipped item bears. What is learnt here is measured there.
"""

import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from core.datasets.sources import ensure_dataset, sample_source
from core.errors import MsrError
from core.store import Store
from train.progress import progress
from train.sample.__main__ import DEFAULT_SEED as SHIPPED_SEED
from train.sample.catalogue import DATASETS, Dataset, Item, catalogue
from train.sample.parts import Theme
from train.sample.users import User, simulate
from train.sample.writer import data_files, write_world
from train.wording import written_description, written_title

WRITTEN = 12  # titles a theme that `train.wording` writes, beside those that no shipped item bears
DRAWN_BY = "drawn_by.sha256"


@dataclass(frozen=True, slots=True)
class World:
    """One data set of one seed: items with planted truth, and users with planted tastes."""

    dataset: Dataset
    seed: int
    items: tuple[Item, ...]
    users: tuple[User, ...]


def build_worlds(seed: int, users: int = 0, size: int | None = None) -> tuple[World, ...]:
    """Build the three data sets' worlds of one seed; alike for each seed.

    Args:
        seed: any but the shipped one.
        users: how many simulated users a world has.
        size: items a world; as many as the sample's when None.

    Raises:
        MsrError: for the shipped seed.
    """
    if seed == SHIPPED_SEED:
        raise MsrError(
            f"World {SHIPPED_SEED} is the shipped sample, from which nothing may learn; "
            "name others."
        )
    return tuple(
        _world(replace(dataset, size=size or dataset.size), seed, users) for dataset in DATASETS
    )


def _world(dataset: Dataset, seed: int, users: int) -> World:
    rng = Random(f"{seed}/{dataset.key}/texts")
    themes = tuple(_retold(theme, dataset, rng) for theme in dataset.themes)
    items = catalogue(replace(dataset, themes=themes), seed)
    items = [_described(item, rng) for item in items]
    lives = simulate(replace(dataset, users=users + _PERSONAS), items, seed) if users else []
    return World(dataset, seed, tuple(items), tuple(lives[_PERSONAS:]))


_PERSONAS = 6  # a simulation begins with the sample's named users; a world does without them


def _retold(theme: Theme, dataset: Dataset, rng: Random) -> Theme:
    """The theme with titles that no shipped item bears, and no description of a shipped item."""
    shipped = shipped_texts(dataset.key)
    free = [title for title in theme.titles if title not in shipped]
    written = [written_title(theme, dataset.wide, rng) for _ in range(WRITTEN)]
    return replace(theme, titles=tuple(dict.fromkeys([*free, *written])), descriptions=())


def _described(item: Item, rng: Random) -> Item:
    """Two products in three have a description, as in the shipped sample; videos have none."""
    if item.wide or rng.random() < 1 / 3:
        return item
    return replace(item, description=written_description(item.theme, item.drawing, rng))


@functools.cache
def shipped_texts(key: str) -> frozenset[str]:
    """Titles and descriptions of a shipped data set; a series' number is not part of a title."""
    dataset = next(dataset for dataset in DATASETS if dataset.key == key)
    items = catalogue(dataset, SHIPPED_SEED)
    known = {item.title for item in items} | {item.description for item in items}
    known |= {title for theme in dataset.themes for title in theme.titles if title in known}
    return frozenset(known - {""})


def refuse_shipped(items: Sequence[Item]) -> None:
    """Stop if anything of the shipped sample is about to be learnt from.

    Args:
        items: what would be learnt from.

    Raises:
        ValueError: naming the first shipped seed or text.
    """
    for dataset in DATASETS:
        seeds = {item.seed for item in catalogue(dataset, SHIPPED_SEED)}
        texts = shipped_texts(dataset.key)
        for item in items:
            if item.seed in seeds:
                raise ValueError(f"the picture seed {item.seed!r} is a shipped item's")
            if item.title in texts or item.description in texts:
                raise ValueError(f"the text of {item.seed!r} is a shipped item's: {item.title!r}")


@functools.cache
def drawing_code() -> str:
    """SHA-256 over what draws and writes a world: pictures of older code are other pictures."""
    here = Path(__file__).parent
    files = [*sorted((here / "sample").rglob("*.py")), here / "wording.py", Path(__file__)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None


def place_world(world: World, folder: Path, store: Store) -> str:
    """Write a world as a data set, once, and bring it into the store.

    Args:
        world: to write.
        folder: for all worlds.
        store: to import into.

    Returns:
        Its name in the store: ``world-3001-videos``.

    Raises:
        MsrError: if what was drawn is not this world: other users would be held out, and items
            learnt with the themes of others.
    """
    name = f"world-{world.seed}-{world.dataset.key}"
    root = folder / name
    if not root.is_dir():
        scratch = folder / f".{name}"
        bar = progress(total=len(world.items), desc=f"drawing {name}")
        with bar:
            write_world(world.dataset, world.items, world.users, world.seed, scratch, bar.update)
        (scratch / DRAWN_BY).write_text(drawing_code())
        scratch.replace(root)
    files = data_files(world.dataset, world.items, world.users, world.seed)
    files[DRAWN_BY] = drawing_code().encode()
    odd = [file for file, data in files.items() if _bytes(root / file) != data]
    if odd:
        raise MsrError(
            f"{name} was drawn with other users, items, texts or pictures than are asked for now: "
            f"{odd[0]} differs. Give stages that share a world the same `users` and `items`, or "
            "name another --out."
        )
    ensure_dataset(store, sample_source(root, world.dataset.key, name))
    return name
