"""The database behind the store: opened, migrated, one scope for every transaction."""

import logging
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import create_engine, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from core.errors import DataError, StoreError, first_line, without_secrets
from core.store.tables import MIGRATIONS, migrate

logger = logging.getLogger(__name__)

SERVER = "postgresql"
# Of a server: seconds for it to answer; then when one that has vanished without a word counts as
# gone (libpq's names; the last in milliseconds), for which a system may take a quarter of an hour.
PATIENCE = {
    "connect_timeout": 2,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
DRIVERS = {"sqlite", "sqlite+pysqlite", SERVER, f"{SERVER}+psycopg"}
WAITS = (0.5, 2.0)  # seconds before a server is tried again: long enough for it to restart


def file_of(url: str) -> Path | None:
    """Where the database of a URL lies; None for a server's, and for one in memory.

    Raises:
        StoreError: if it is no URL of a store.
    """
    known = _address(url)
    here = known.get_backend_name() == "sqlite" and known.database
    return Path(here) if here else None


def _address(url: str) -> URL:
    try:
        known = make_url(url)
        if known.drivername not in DRIVERS:
            raise ArgumentError(f"the store is kept in SQLite or PostgreSQL ({SERVER}://)")
    except (ArgumentError, ValueError) as error:  # ValueError: a port that is none
        raise _cannot_be_opened(url, error) from error
    return known


def _cannot_be_opened(url: str, error: Exception) -> StoreError:
    return StoreError(f"The database {without_secrets(url)} cannot be opened: {error}")


class Connected:
    """One database; safe to share between threads."""

    def __init__(self, url: str) -> None:
        """Open or create the database and bring it to the newest schema.

        Raises:
            StoreError: if the URL is wrong or the database unusable or from a newer Tasteline.
        """
        self._url, self._file = _address(url), file_of(url)
        try:
            if self._file:
                self._file.parent.mkdir(parents=True, exist_ok=True)
            self._engine = create_engine(self._url, pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise StoreError(
                f"PostgreSQL needs the package {error.name}: pip install '.[postgres]'"
            ) from error
        except (ArgumentError, OSError) as error:
            raise _cannot_be_opened(url, error) from error
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _tune_sqlite)
        else:
            event.listen(self._engine, "do_connect", _connect_patiently)
        with self.lock("schema"), self.session() as session:
            found = migrate(session.connection())
        if found > len(MIGRATIONS):
            raise StoreError(
                f"The database {self._shown} has schema version {found}; this "
                f"Tasteline knows {len(MIGRATIONS)}. Update Tasteline, or point "
                "TASTELINE_DATABASE_URL at another database."
            )

    @property
    def _shown(self) -> str:
        return self._url.set(query={}).render_as_string()  # without a password anywhere

    @contextmanager
    def lock(self, purpose: str) -> Generator[None, None, None]:
        """Keep other processes on the same database out of one job."""
        if self._engine.dialect.name == SERVER:
            with self._held(func.hashtext(purpose)):
                yield
            return
        if not self._file:  # in memory: nobody else is there
            yield
            return
        lock = FileLock(f"{self._file}.{purpose}.lock")
        try:
            lock.acquire()
        except OSError as error:
            raise StoreError(
                f"The database {self._shown} cannot be written: {error.strerror}."
            ) from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _held(self, key: Any) -> Generator[None, None, None]:
        """A lock of a connection's, which ends with it; no transaction idles meanwhile."""
        with self._told(), self._engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(select(func.pg_advisory_lock(key)))
            try:
                yield
            finally:
                with suppress(SQLAlchemyError):  # gone with its connection, which ends the lock
                    connection.execute(select(func.pg_advisory_unlock(key)))
                connection.invalidate()

    @contextmanager
    def session(self) -> Generator[Session, None, None]:
        """Open the one scope that commits, rolls back on any error, and raises StoreError."""
        with self._told(), Session(self._engine) as session, session.begin():
            yield session

    @contextmanager
    def _told(self) -> Generator[None, None, None]:
        """Say in one line what a database refuses."""
        try:
            yield
        except UnicodeEncodeError as error:
            raise DataError("That text cannot be stored: it is not valid Unicode.") from error
        except SQLAlchemyError as error:
            reason = first_line(getattr(error, "orig", None) or error)
            if self._engine.dialect.name == SERVER:  # where it is, visitors need not know
                logger.warning("%s: %s", self._shown, reason)
                raise StoreError(
                    "The database could not be used; the log says why. Nothing of this step was "
                    "written; try again."
                ) from error
            raise StoreError(
                f"The database {self._shown} could not be used: {reason}. Nothing of this step was "
                "written; free space or check the file, then try again."
            ) from error

    def insert_new(self, session: Session, table: type, rows: Sequence[dict[str, Any]]) -> int:
        """Insert the rows whose key is new and count them."""
        if not rows:
            return 0
        dialect = postgresql if self._engine.dialect.name == SERVER else sqlite
        result = session.connection().execute(
            dialect.insert(table).on_conflict_do_nothing(),
            rows,
            execution_options={"preserve_rowcount": True},
        )
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


def _connect_patiently(dialect: Any, _: object, arguments: Any, options: dict[str, Any]) -> Any:
    """Try a server again that does not answer: it may be starting; give up one that is gone."""
    for name, value in PATIENCE.items():
        options.setdefault(name, value)
    for wait in WAITS:
        try:
            return dialect.connect(*arguments, **options)
        except dialect.loaded_dbapi.OperationalError:
            time.sleep(wait)
    return dialect.connect(*arguments, **options)
