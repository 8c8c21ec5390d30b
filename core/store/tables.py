"""The tables of the store and the numbered migrations that lead to them."""

from collections.abc import Callable
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Connection, Dialect, MetaData, Text, TypeDecorator, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class PlainText(TypeDecorator[str]):
    """Text that is kept and sorted alike everywhere: by code point, without zero characters."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """PostgreSQL would sort by the language of its server."""
        collation = "C" if dialect.name == "postgresql" else None
        return dialect.type_descriptor(Text(collation=collation))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """PostgreSQL has no place for a zero character, and nobody means one."""
        return value.replace("\0", "") if value else value


class Base(DeclarativeBase):
    """Root of the typed models."""

    metadata = MetaData()
    type_annotation_map: ClassVar = {str: PlainText}


class DatasetRow(Base):
    """A data set; `ready` turns true when its import is complete."""

    __tablename__ = "datasets"
    name: Mapped[str] = mapped_column(primary_key=True)
    layout: Mapped[str]
    root: Mapped[str]
    source: Mapped[str]
    ready: Mapped[bool] = mapped_column(default=False)
    users: Mapped[int] = mapped_column(default=0)
    items: Mapped[int] = mapped_column(default=0)
    interactions: Mapped[int] = mapped_column(default=0)


class ItemRow(Base):
    """An item of a data set."""

    __tablename__ = "items"
    dataset: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    cover: Mapped[str | None]


class InteractionRow(Base):
    """A user touched an item. Order is by `at`, then by `seq`, the place in the file."""

    __tablename__ = "interactions"
    __table_args__ = ({"sqlite_with_rowid": False},)
    dataset: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger)
    seq: Mapped[int]


class UserRow(Base):
    """A user and the length of the history; made when an import ends, for the search."""

    __tablename__ = "users"
    __table_args__ = ({"sqlite_with_rowid": False},)
    dataset: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    length: Mapped[int]


class ImportRow(Base):
    """How far an import has read a file; written with the rows it counts, so a kill loses none."""

    __tablename__ = "imports"
    dataset: Mapped[str] = mapped_column(primary_key=True)
    file: Mapped[str] = mapped_column(primary_key=True)
    records: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[str] = mapped_column(default="{}")


class _Output:
    """Columns of every model output: its content key and where it came from."""

    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    checkpoint: Mapped[str]
    checkpoint_sha: Mapped[str]
    prompt_version: Mapped[str]
    tokens: Mapped[int]
    milliseconds: Mapped[float]


class TextRow(_Output, Base):
    """A text: kind is text_summary, image_description, fusion or preference."""

    __tablename__ = "texts"
    prompt: Mapped[str]
    text: Mapped[str]
    decoding: Mapped[str]
    seed: Mapped[int]


class ScoreRow(_Output, Base):
    """A yes/no margin."""

    __tablename__ = "scores"
    margin: Mapped[float]
    label_mass: Mapped[float]


def m001_initial(connection: Connection) -> None:
    """Create the first schema.

    The next migration freezes this one as plain statements before it changes a model above.
    """
    Base.metadata.create_all(connection)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (m001_initial,)


def migrate(connection: Connection) -> int:
    """Bring a database to the newest version, one numbered step after the other.

    Returns:
        The version found before.
    """
    connection.execute(text("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)"))
    found = connection.execute(text("SELECT max(version) FROM schema_version")).scalar() or 0
    for number, migration in enumerate(MIGRATIONS, 1):
        if number > found:
            migration(connection)
            connection.execute(
                text("INSERT INTO schema_version (version) VALUES (:number)"), {"number": number}
            )
    return int(found)
