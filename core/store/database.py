"""The store: data sets, histories and everything a model wrote, in one SQL database."""

import functools
import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from filelock import FileLock
from sqlalchemy import create_engine, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from core.candidates import NEGATIVES, SEED, draw_candidates
from core.errors import DataError, StoreError
from core.language_model import Checkpoint, Decoding, Generation, Margin
from core.prompts import Prompt
from core.records import Dataset, History, Item, Layout
from core.store.tables import (
    MIGRATIONS,
    DatasetRow,
    InteractionRow,
    ItemRow,
    ScoreRow,
    TextRow,
    UserRow,
    migrate,
)

HISTORY_LIMIT = 30  # ten blocks; longer histories are read from their end, in whole blocks


@dataclass(frozen=True, slots=True)
class User:
    """A user as the picker lists them; `length` counts all interactions."""

    user_id: str
    length: int


class Store:
    """One database. Every method is a transaction of its own; safe to share between threads."""

    def __init__(self, url: str) -> None:
        """Open or create the database and bring it to the newest schema.

        Raises:
            StoreError: if the URL is wrong or the database unusable or from a newer Tasteline.
        """
        try:
            self._url = make_url(url)
            if self._url.get_backend_name() == "sqlite" and self._url.database:
                Path(self._url.database).parent.mkdir(parents=True, exist_ok=True)
            self._engine = create_engine(self._url)
        except (ArgumentError, OSError, ImportError) as error:
            shown = re.sub(r"(?<=:)[^:/@]+(?=@)", "***", url)
            raise StoreError(f"The database {shown} cannot be opened: {error}") from error
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _tune_sqlite)
        with self.lock("schema"), self.session() as session:
            found = migrate(session.connection())
        if found > len(MIGRATIONS):
            raise StoreError(
                f"The database {self._url.render_as_string()} has schema version {found}; this "
                f"Tasteline knows {len(MIGRATIONS)}. Update Tasteline, or point "
                "TASTELINE_DATABASE_URL at another database."
            )

    @contextmanager
    def lock(self, purpose: str) -> Generator[None, None, None]:
        """Keep other processes on the same SQLite file out of one job; a server needs no such."""
        if self._engine.dialect.name != "sqlite" or not self._url.database:
            yield
            return
        lock = FileLock(f"{self._url.database}.{purpose}.lock")
        try:
            lock.acquire()
        except OSError as error:
            shown = self._url.render_as_string()
            raise StoreError(
                f"The database {shown} cannot be written: {error.strerror}."
            ) from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def session(self) -> Generator[Session, None, None]:
        """Open the one scope that commits, rolls back on any error, and raises StoreError."""
        try:
            with Session(self._engine) as session, session.begin():
                yield session
        except UnicodeEncodeError as error:
            raise DataError("That text cannot be stored: it is not valid Unicode.") from error
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise StoreError(
                f"The database {self._url.render_as_string()} could not be used: {reason}. "
                "Nothing of this step was written; free space or check the file, then try again."
            ) from error

    def insert_new(self, session: Session, table: type, rows: Sequence[dict[str, Any]]) -> int:
        """Insert the rows whose key is new and count them."""
        if not rows:
            return 0
        dialect = sqlite if self._engine.dialect.name == "sqlite" else postgresql
        result = session.connection().execute(dialect.insert(table).on_conflict_do_nothing(), rows)
        return result.rowcount

    # --- data sets -------------------------------------------------------------------------

    def datasets(self) -> tuple[Dataset, ...]:
        """All data sets whose import is complete, by name."""
        with self.session() as session:
            rows = session.scalars(
                select(DatasetRow).where(DatasetRow.ready).order_by(DatasetRow.name)
            )
            return tuple(_dataset(row) for row in rows)

    def dataset(self, name: str) -> Dataset:
        """Find a data set.

        Raises:
            DataError: naming the data sets there are.
        """
        found = {dataset.name: dataset for dataset in self.datasets()}
        if name not in found:
            known = ", ".join(found) or "none"
            raise DataError(
                f"There is no data set {name!r}; prepared are: {known}. "
                "Prepare one with `python -m train.prepare`."
            )
        return found[name]

    def dataset_source(self, name: str) -> str | None:
        """What a data set was made from, see `core.store.importer.Source.identity`."""
        with self.session() as session:
            row = session.get(DatasetRow, name)
            return row.source if row else None

    def item(self, dataset: str, item_id: str) -> Item:
        """Find an item.

        Raises:
            DataError: if there is none of that id.
        """
        with self.session() as session:
            row = session.get(ItemRow, (dataset, item_id))
            if row is None:
                raise DataError(f"The data set {dataset!r} has no item {item_id!r}.")
            return _item(row)

    def items(self, dataset: str, item_ids: Sequence[str]) -> tuple[Item, ...]:
        """The items of these ids, in this order; unknown ids are left out."""
        with self.session() as session:
            rows = session.scalars(
                select(ItemRow).where(ItemRow.dataset == dataset, ItemRow.item_id.in_(item_ids))
            )
            found = {row.item_id: _item(row) for row in rows}
        return tuple(found[item_id] for item_id in item_ids if item_id in found)

    def search_users(self, dataset: str, query: str, limit: int = 20) -> tuple[User, ...]:
        """Users whose id starts with `query`, the exact one first, then shortest id first."""
        query = query.strip()
        with self.session() as session:
            matching = select(UserRow).where(UserRow.dataset == dataset)
            if query:  # a range, not LIKE: it uses the key, and nothing in it is a wildcard
                matching = matching.where(
                    UserRow.user_id >= query, UserRow.user_id < query + "\U0010ffff"
                )
            rows = session.scalars(
                matching.order_by(func.length(UserRow.user_id), UserRow.user_id).limit(limit)
            )
            return tuple(User(row.user_id, row.length) for row in rows)

    def random_user(self, dataset: str) -> User | None:
        """Any user with at least two interactions; None where there is none."""
        with self.session() as session:
            row = session.scalars(
                select(UserRow)
                .where(UserRow.dataset == dataset, UserRow.length > 1)
                .order_by(func.random())
                .limit(1)
            ).first()
            return User(row.user_id, row.length) if row else None

    def user_ids(self, dataset: str, shortest: int = 2) -> tuple[str, ...]:
        """Every user with at least so many interactions, by id."""
        with self.session() as session:
            return tuple(
                session.scalars(
                    select(UserRow.user_id)
                    .where(UserRow.dataset == dataset, UserRow.length >= shortest)
                    .order_by(UserRow.user_id)
                )
            )

    def item_ids(self, dataset: str) -> tuple[str, ...]:
        """Every item id of a data set, in a fixed order."""
        return self._catalogue(dataset, self.dataset_source(dataset))

    def history(self, dataset_name: str, user_id: str) -> History:
        """All but the last item of a user, oldest first, and the last one as the next item.

        At most 30 items are read; a longer history loses whole blocks at its start.

        Raises:
            DataError: for an unknown data set or user, or fewer than two interactions.
        """
        dataset = self.dataset(dataset_name)
        item_ids = self.touched(dataset_name, user_id)
        if not item_ids:
            raise DataError(
                f"The data set {dataset_name!r} has no user {user_id!r}. "
                "Search for another id, or leave it to Random."
            )
        if len(item_ids) < 2:
            raise DataError(
                f"User {user_id} of {dataset_name!r} has 1 interaction; a story needs at least 2: "
                "one to read and one to predict."
            )
        items = self.items(dataset_name, readable(item_ids))
        return History(dataset, user_id, items[:-1], items[-1])

    def touched(self, dataset: str, user_id: str) -> tuple[str, ...]:
        """Every item id of a user, oldest first; empty for an unknown user."""
        with self.session() as session:
            return tuple(
                session.scalars(
                    select(InteractionRow.item_id)
                    .where(InteractionRow.dataset == dataset, InteractionRow.user_id == user_id)
                    .order_by(InteractionRow.at, InteractionRow.seq)
                )
            )

    def sequences(self, dataset: str) -> dict[str, tuple[str, ...]]:
        """Every user's item ids, oldest first, by user id."""
        found: dict[str, list[str]] = {}
        with self.session() as session:
            rows = session.execute(
                select(InteractionRow.user_id, InteractionRow.item_id)
                .where(InteractionRow.dataset == dataset)
                .order_by(InteractionRow.user_id, InteractionRow.at, InteractionRow.seq)
            )
            for user_id, item_id in rows:
                found.setdefault(user_id, []).append(item_id)
        return {user_id: tuple(items) for user_id, items in found.items()}

    def popularity(
        self, dataset: str, item_ids: Sequence[str], without: str = ""
    ) -> tuple[int, ...]:
        """How many interactions of other users each of these items has.

        Args:
            dataset: name.
            item_ids: of the items, in the order of the answer.
            without: a user who is not counted.
        """
        with self.session() as session:
            counted = session.execute(
                select(InteractionRow.item_id, func.count())
                .where(
                    InteractionRow.dataset == dataset,
                    InteractionRow.item_id.in_(item_ids),
                    InteractionRow.user_id != without,
                )
                .group_by(InteractionRow.item_id)
            )
            found = {item_id: count for item_id, count in counted}
        return tuple(found.get(item_id, 0) for item_id in item_ids)

    def candidates(
        self, history: History, negatives: int = NEGATIVES, seed: int = SEED
    ) -> tuple[Item, ...]:
        """Draw the candidates of the protocol for a user, see `core.candidates`."""
        name = history.dataset.name
        drawn = draw_candidates(
            history.next_item.item_id,
            self.touched(name, history.user_id),
            self.item_ids(name),
            history.user_id,
            negatives=negatives,
            seed=seed,
        )
        return self.items(name, drawn)

    @functools.lru_cache(maxsize=16)  # noqa: B019  # a store lives as long as its process
    def _catalogue(self, dataset: str, source: str | None) -> tuple[str, ...]:
        """All item ids in a fixed order; `source` renews it when a data set was prepared again."""
        with self.session() as session:
            return tuple(
                session.scalars(
                    select(ItemRow.item_id)
                    .where(ItemRow.dataset == dataset)
                    .order_by(ItemRow.item_id)
                )
            )

    # --- model outputs: the Memory of core.memory --------------------------------------------

    def find_text(self, key: str) -> Generation | None:
        """A remembered text, or None."""
        with self.session() as session:
            row = session.get(TextRow, key)
            return Generation(row.text, row.tokens, row.milliseconds) if row else None

    def keep_text(
        self,
        key: str,
        prompt: Prompt,
        checkpoint: Checkpoint,
        decoding: Decoding,
        generation: Generation,
    ) -> None:
        """Remember a text with its provenance."""
        row = _output(key, prompt, checkpoint, generation.tokens, generation.milliseconds)
        row |= {
            "prompt": prompt.shown,
            "text": generation.text,
            "decoding": str(decoding),
            "seed": decoding.seed,
        }
        with self.session() as session:
            self.insert_new(session, TextRow, [row])

    def find_margins(self, keys: Sequence[str]) -> dict[str, Margin]:
        """The remembered margins among these keys."""
        with self.session() as session:
            rows = session.scalars(select(ScoreRow).where(ScoreRow.key.in_(keys)))
            return {
                row.key: Margin(row.margin, row.label_mass, row.tokens, row.milliseconds)
                for row in rows
            }

    def keep_margins(
        self, checkpoint: Checkpoint, prompts: dict[str, Prompt], margins: dict[str, Margin]
    ) -> None:
        """Remember margins with their provenance."""
        rows = [
            _output(key, prompts[key], checkpoint, margin.tokens, margin.milliseconds)
            | {"margin": margin.margin, "label_mass": margin.label_mass}
            for key, margin in margins.items()
        ]
        with self.session() as session:
            self.insert_new(session, ScoreRow, rows)


def readable(touched: Sequence[str]) -> Sequence[str]:
    """What a user touched, without the blocks at the start that a history has no room for."""
    blocks_cut = max(0, -(-(len(touched) - 1 - HISTORY_LIMIT) // 3))
    return touched[blocks_cut * 3 :]


def _output(
    key: str, prompt: Prompt, checkpoint: Checkpoint, tokens: int, milliseconds: float
) -> dict[str, Any]:
    return {
        "key": key,
        "kind": prompt.kind,
        "checkpoint": checkpoint.name,
        "checkpoint_sha": checkpoint.sha,
        "prompt_version": prompt.version,
        "tokens": tokens,
        "milliseconds": milliseconds,
    }


def _dataset(row: DatasetRow) -> Dataset:
    return Dataset(
        row.name, cast(Layout, row.layout), Path(row.root), row.users, row.items, row.interactions
    )


def _item(row: ItemRow) -> Item:
    return Item(row.item_id, row.title, row.description, row.cover)


def _tune_sqlite(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=10000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
