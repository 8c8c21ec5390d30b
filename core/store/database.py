"""The store: data sets, histories and everything a model wrote, in one SQL database."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TypeVar, cast

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from core.candidates import NEGATIVES, draw_candidates
from core.errors import DataError
from core.preference import BLOCK_SIZE
from core.records import Dataset, History, Item, Layout
from core.store.answers import Answers
from core.store.places import path_of
from core.store.tables import DatasetRow, InteractionRow, ItemRow, UserRow

Touched = TypeVar("Touched")

ASKED_AT_ONCE = 10_000  # a database takes some tens of thousands of values in one question
HISTORY_LIMIT = 30  # ten blocks; longer histories are read from their end, in whole blocks


@dataclass(frozen=True, slots=True)
class User:
    """A user as the picker lists them; `length` counts all interactions."""

    user_id: str
    length: int


class Store(Answers):
    """Data sets and histories; safe to share between threads.

    Each query is a transaction of its own. A data set may be replaced between two; what needs both
    says so then.
    """

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
        found: dict[str, Item] = {}
        with self.session() as session:
            for start in range(0, len(item_ids), ASKED_AT_ONCE):
                some = item_ids[start : start + ASKED_AT_ONCE]
                rows = session.scalars(
                    select(ItemRow).where(ItemRow.dataset == dataset, ItemRow.item_id.in_(some))
                )
                found |= {row.item_id: _item(row) for row in rows}
        return tuple(found[item_id] for item_id in item_ids if item_id in found)

    def search_users(self, dataset: str, query: str, limit: int = 20) -> tuple[User, ...]:
        """Users with at least two interactions whose id starts with `query`, shortest id first."""
        query = query.strip()
        with self.session() as session:
            matching = select(UserRow).where(UserRow.dataset == dataset, UserRow.length > 1)
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
        with self.session() as session:
            row = session.get(DatasetRow, dataset)
            made = (row.source, row.users, row.items, row.interactions) if row else None
        return self._catalogue(dataset, made)

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
        asked = readable(item_ids)
        items = self.items(dataset_name, asked)
        if len(items) < len(asked):
            raise _prepared_anew(dataset_name)
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

    def popularity(self, dataset: str, item_ids: Sequence[str], without: str) -> tuple[int, ...]:
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

    def together(
        self, dataset: str, item_ids: Sequence[str], others: Sequence[str], without: str
    ) -> dict[tuple[str, str], int]:
        """How many users took both, for pairs of these items with those others; 0 is left out.

        Args:
            dataset: name.
            item_ids: of one side.
            others: of the other side.
            without: a user who is not counted.
        """
        one, two = aliased(InteractionRow), aliased(InteractionRow)
        with self.session() as session:
            counted = session.execute(
                select(one.item_id, two.item_id, func.count())
                .join(two, (two.dataset == one.dataset) & (two.user_id == one.user_id))
                .where(
                    one.dataset == dataset,
                    one.item_id.in_(item_ids),
                    two.item_id.in_(others),
                    one.user_id != without,
                )
                .group_by(one.item_id, two.item_id)
            )
            return {(item, other): count for item, other, count in counted}

    def candidates(self, history: History, negatives: int = NEGATIVES) -> tuple[Item, ...]:
        """Draw the candidates of the protocol for a user, see `core.candidates`."""
        name, next_id = history.dataset.name, history.next_item.item_id
        touched = self.touched(name, history.user_id)
        if next_id not in touched:
            raise _prepared_anew(name)
        drawn = draw_candidates(
            next_id, touched, self.item_ids(name), history.user_id, negatives=negatives
        )
        items = self.items(name, drawn)
        if len(items) < len(drawn):
            raise _prepared_anew(name)
        return items

    @functools.lru_cache(maxsize=16)  # noqa: B019  # a store lives as long as its process
    def _catalogue(self, dataset: str, made: object) -> tuple[str, ...]:
        """All item ids in a fixed order; `made` renews it when a data set was prepared again."""
        with self.session() as session:
            return tuple(
                session.scalars(
                    select(ItemRow.item_id)
                    .where(ItemRow.dataset == dataset)
                    .order_by(ItemRow.item_id)
                )
            )


def _prepared_anew(dataset: str) -> DataError:
    return DataError(f"{dataset!r} is being prepared anew; ask again in a moment.")


def readable(touched: Sequence[Touched]) -> Sequence[Touched]:
    """What a user touched, without the blocks at the start that a history has no room for."""
    blocks_cut = max(0, ceil((len(touched) - 1 - HISTORY_LIMIT) / BLOCK_SIZE))
    return touched[blocks_cut * BLOCK_SIZE :]


def _dataset(row: DatasetRow) -> Dataset:
    root, layout = path_of(row.root), cast(Layout, row.layout)
    return Dataset(row.name, layout, root, row.users, row.items, row.interactions)


def _item(row: ItemRow) -> Item:
    return Item(row.item_id, row.title, row.description, row.cover)
