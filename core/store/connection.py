"""The database behind the store: opened, migrated, one scope for every transaction."""

import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from core.errors import DataError, StoreError
from core.store.tables import MIGRATIONS, migrate


class Connected:
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
