"""Imports a data set into the store: streamed, resumable, free of duplicates.

Every batch and the number of records it comes from are written in one transaction. A killed
import therefore goes on at the record after the last batch, and reading a file twice adds nothing.
An import is staged under a name of its own; what it renews stays in use until it is whole.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from core.datasets.rows import MOST_ID, InteractionRead, Read, Records, Skipped
from core.errors import DataError
from core.records import Layout
from core.store.database import Store
from core.store.places import path_of, place_of, state_of
from core.store.tables import DatasetRow, ImportRow, InteractionRow, ItemRow, UserRow

BATCH_RECORDS = 10_000
BATCH_READS = 100_000  # a record may be a whole history
STAGED = "~importing"  # no name of a data set may hold a tilde


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read and how; `records` starts over at each call."""

    path: Path
    records: Callable[[], Records]


@dataclass(frozen=True, slots=True)
class Source:
    """A data set on disk.

    Attributes:
        name: in the store.
        layout: of the files.
        root: the folder that covers are relative to.
        files: in the order in which they are read.
        pictures: the folder of covers, or None.
    """

    name: str
    layout: Layout
    root: Path
    files: tuple[SourceFile, ...]
    pictures: Path | None = None

    @property
    def identity(self) -> str:
        """Tell whether the files are still the same, see `core.store.places`."""
        seen = (place_of(self.pictures),) if self.pictures else ()
        return json.dumps(
            {place_of(file.path): (*state_of(file.path), *seen) for file in self.files}
        )


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import left in the store, and what it skipped, by reason."""

    users: int
    items: int
    interactions: int
    skipped: Mapping[str, int]
    seconds: float


@dataclass(frozen=True, slots=True)
class Advance:
    """How far an import is: records read of a file so far, and with the last batch."""

    file: str
    records: int
    new: int


def import_dataset(
    store: Store,
    source: Source,
    *,
    k_core: int = 0,
    replace: bool = False,
    on_progress: Callable[[Advance], None] = lambda advance: None,
) -> Imported:
    """Read a source into the store, or go on where a killed import stopped.

    Args:
        store: where to.
        source: what to read.
        k_core: keep only users and items with at least this many interactions, repeatedly.
        replace: take the place of another data set of the same name, once this one is whole.
        on_progress: called after every batch.

    Raises:
        DataError: for unreadable files, or a name that another data set has.
        StoreError: if the database gives up; a rerun goes on from the last batch.
    """
    started = time.perf_counter()
    staged = f"{source.name}{STAGED}"
    with store.lock(f"import-{source.name}"):
        _claim(store, source, staged, replace)
        for number, file in enumerate(source.files):
            _read_file(store, staged, f"{number} {file.path.name}", file, on_progress)
        with store.session() as session:
            progress = session.scalars(select(ImportRow).where(ImportRow.dataset == staged))
            read = sum((Counter(json.loads(row.skipped)) for row in progress), Counter[str]())
            skipped = read + _finish(session, staged, k_core)
            row = session.get_one(DatasetRow, staged)
            counts = (row.users, row.items, row.interactions)
            if row.interactions:
                _publish(session, staged, source.name)
            else:
                _forget(session, staged)
    if not counts[-1]:
        raise DataError(
            f"Nothing in the files of {source.name!r} can be used; skipped: "
            f"{dict(skipped) or 'nothing'}. Check the layout (python -m train.prepare -h)."
        )
    return Imported(*counts, dict(skipped), round(time.perf_counter() - started, 2))


def _forget(session: Session, name: str) -> None:
    """Remove a data set and its import; what models wrote is kept, it is keyed by content."""
    for table in (InteractionRow, ItemRow, UserRow, ImportRow):
        session.execute(delete(table).where(table.dataset == name))
    session.execute(delete(DatasetRow).where(DatasetRow.name == name))


def _publish(session: Session, staged: str, name: str) -> None:
    """Put a finished import in the place of the data set it renews, in one transaction."""
    _forget(session, name)
    session.execute(delete(ImportRow).where(ImportRow.dataset == staged))
    for table in (InteractionRow, ItemRow, UserRow):
        session.execute(update(table).where(table.dataset == staged).values(dataset=name))
    session.execute(update(DatasetRow).where(DatasetRow.name == staged).values(name=name))


def _claim(store: Store, source: Source, staged: str, replace: bool) -> None:
    """Refuse a name that other files have; keep an unfinished import of the same files."""
    with store.session() as session:
        row = session.get(DatasetRow, source.name)
        others = row is not None and set(json.loads(row.source)) != set(json.loads(source.identity))
        if row is not None and others and not replace:
            raise DataError(
                f"A data set {source.name!r} exists already, made from other files in "
                f"{path_of(row.root)}. Choose another --name, or pass --replace."
            )
        unfinished = session.get(DatasetRow, staged)
        if unfinished is not None and unfinished.source == source.identity:
            return
        _forget(session, staged)
        session.add(
            DatasetRow(
                name=staged,
                layout=source.layout,
                root=place_of(source.root),
                source=source.identity,
            )
        )


def _read_file(
    store: Store,
    dataset: str,
    place: str,
    file: SourceFile,
    on_progress: Callable[[Advance], None],
) -> None:
    with store.session() as session:
        known = session.get(ImportRow, (dataset, place))
        done = known.records if known else 0
    records = islice(file.records(), done, None)
    for batch in _batches(records):
        with store.session() as session:
            skipped = _write(store, session, dataset, batch, first=done)
            progress = session.get(ImportRow, (dataset, place))
            if progress is None:
                progress = ImportRow(dataset=dataset, file=place, skipped="{}")
                session.add(progress)
            done += len(batch)
            progress.records = done
            progress.skipped = json.dumps(Counter(json.loads(progress.skipped)) + skipped)
        on_progress(Advance(file.path.name, done, len(batch)))


def _batches(records: Records) -> Iterator[list[tuple[Read, ...]]]:
    """Records to be written at once."""
    batch: list[tuple[Read, ...]] = []
    reads = 0
    for record in records:
        batch.append(record)
        reads += len(record)
        if len(batch) == BATCH_RECORDS or reads >= BATCH_READS:
            yield batch
            batch, reads = [], 0
    if batch:
        yield batch


def _write(
    store: Store, session: Session, dataset: str, batch: list[tuple[Read, ...]], first: int
) -> Counter[str]:
    """Insert a batch of one file's records and count what was skipped by reason."""
    skipped: Counter[str] = Counter()
    items: list[dict[str, Any]] = []
    interactions: list[dict[str, Any]] = []
    for seq, record in enumerate(batch, first):
        for read in record:
            if isinstance(read, Skipped):
                skipped[read.reason] += 1
            elif any(len(name) > MOST_ID for name in read.ids):
                skipped["id too long"] += 1
            elif isinstance(read, InteractionRead):
                interactions.append({"dataset": dataset, "seq": seq, **read._asdict()})
            else:
                items.append({"dataset": dataset, **read._asdict()})
    skipped["duplicate item"] += len(items) - store.insert_new(session, ItemRow, items)
    new = store.insert_new(session, InteractionRow, interactions)
    skipped["duplicate interaction"] += len(interactions) - new
    if new < len(interactions):
        _keep_earliest(session, interactions)
    return +skipped


def _keep_earliest(session: Session, interactions: list[dict[str, Any]]) -> None:
    """Of a repeated interaction the earliest counts, whatever the order of the file."""
    row = InteractionRow
    session.connection().execute(
        update(row)
        .where(
            row.dataset == bindparam("in_dataset"),
            row.user_id == bindparam("in_user"),
            row.item_id == bindparam("in_item"),
            row.at > bindparam("earlier"),
        )
        .values(at=bindparam("earlier"), seq=bindparam("in_seq")),
        [
            {
                "in_dataset": i["dataset"],
                "in_user": i["user_id"],
                "in_item": i["item_id"],
                "earlier": i["at"],
                "in_seq": i["seq"],
            }
            for i in interactions
        ],
    )


def _finish(session: Session, dataset: str, k_core: int) -> Counter[str]:
    """Drop what does not fit together, list the users, count, and declare the data set ready."""
    dropped: Counter[str] = Counter()
    # Differences of two sets: PostgreSQL goes through a long list again for every row `NOT IN` it.
    known = select(ItemRow.item_id).where(ItemRow.dataset == dataset)
    touched = select(InteractionRow.item_id).where(InteractionRow.dataset == dataset)
    dropped["interaction with an unknown item"] = _delete(
        session, InteractionRow, dataset, InteractionRow.item_id.in_(touched.except_(known))
    )
    if k_core > 1:
        dropped[f"outside the {k_core}-core"] = _cut_to_core(session, dataset, k_core)
    dropped["item that nobody touched"] = _delete(
        session, ItemRow, dataset, ItemRow.item_id.in_(known.except_(touched))
    )
    session.execute(delete(UserRow).where(UserRow.dataset == dataset))
    lengths = (
        select(InteractionRow.dataset, InteractionRow.user_id, func.count())
        .where(InteractionRow.dataset == dataset)
        .group_by(InteractionRow.dataset, InteractionRow.user_id)
    )
    session.execute(insert(UserRow).from_select(["dataset", "user_id", "length"], lengths))
    keys = {
        "users": UserRow.dataset,
        "items": ItemRow.dataset,
        "interactions": InteractionRow.dataset,
    }
    counts = {
        name: session.scalar(select(func.count()).where(key == dataset))
        for name, key in keys.items()
    }
    session.execute(
        update(DatasetRow).where(DatasetRow.name == dataset).values(ready=True, **counts)
    )
    return +dropped


def _cut_to_core(session: Session, dataset: str, k_core: int) -> int:
    """Drop items and users with fewer interactions, until none has; how many interactions went."""
    dropped = 0
    while True:
        few = 0
        for column in (InteractionRow.item_id, InteractionRow.user_id):
            rare = (
                select(column)
                .where(InteractionRow.dataset == dataset)
                .group_by(column)
                .having(func.count() < k_core)
            )
            few += _delete(session, InteractionRow, dataset, column.in_(rare))
        if not few:
            return dropped
        dropped += few


def _delete(
    session: Session, table: type[InteractionRow] | type[ItemRow], dataset: str, condition: object
) -> int:
    result = session.execute(
        delete(table).where(table.dataset == dataset, condition),  # type: ignore[arg-type]
        execution_options={"synchronize_session": False},
    )
    return int(result.rowcount)  # type: ignore[attr-defined]
