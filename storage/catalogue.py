"""Books in bulk: into the catalogue in short transactions, beside which the shop goes on, and out again as records."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Collection, Iterable, Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.catalogue import CatalogueRow, Loaded
from domain.facets import bands
from domain.ids import BookId
from domain.listing import limits
from domain.ports.search_index import SearchIndex
from storage.catalogue_batch import DROP_SUBJECTS, Draft, write
from storage.catalogue_rows import stored_rows
from storage.engine import Database
from storage.shelves import works
from storage.statements import queued
from storage.tables import book_contributors, book_subjects, books, shelf_counts

BATCH = 500
"""Records a transaction: some 0.1 s, which a customer's tap waits for at most."""

COUNT = sa.select(sa.func.count()).select_from(books).where(books.c.withdrawn_at.is_(None))
PAGE = (
    sa.select(books.c.id)
    .where(books.c.id > bindparam("after"))
    .order_by(books.c.id)
    .limit(bindparam("most", type_=sa.Integer))
)

# What a source's other records are: those that it no longer has.
OF_SOURCE = sa.select(books.c.id, books.c.source_ref).where(
    books.c.source == bindparam("whose"), books.c.withdrawn_at.is_(None)
)
WITHDRAW = (
    sa.update(books)
    .where(books.c.id.in_(bindparam("ids", expanding=True)), books.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("at"))
    .returning(books.c.id)
)

# The shelves, with the works on each; all of them are read in one moment, and written in a short transaction.
DROP_COUNTS = sa.delete(shelf_counts)
ONE_AFTER_THE_OTHER = sa.select(queued("shelves"))

_SOLD = books.c.withdrawn_at.is_(None)
SUBJECTS = (
    sa.select(book_subjects.c.subject, works())
    .join(books, books.c.id == book_subjects.c.book_id)
    .group_by(book_subjects.c.subject)
)
LANGUAGES = (
    sa.select(books.c.language, works()).where(_SOLD, books.c.language != "").group_by(books.c.language)
)
CURRENCY = sa.select(books.c.currency).where(_SOLD, books.c.price.is_not(None)).limit(1)

NAMED = 24
"""Shelves by author, or by series, that are offered: what a phone scrolls through. The others are found by typing a name."""
_ASKED_FOR = 2000
"""Among the authors and series of so many of the most popular books: nobody groups a million books by names for this."""

_asked = (
    sa.select(books.c.id, books.c.popularity, books.c.series_key)
    .where(_SOLD)
    .order_by(books.c.popularity.desc(), books.c.id.desc())
    .limit(_ASKED_FOR)
    .subquery("asked")
)
_theirs = book_contributors.alias("theirs")
_whole = books.alias("whole")
_first = sa.func.min(sa.case((_theirs.c.position == 1, _theirs.c.book_id)))
_by_author = (
    sa.select(_theirs.c.name_key, _first.label("book"), sa.func.sum(_asked.c.popularity).label("asked_for"))
    .select_from(_asked.join(_theirs, _theirs.c.book_id == _asked.c.id))
    .where(_theirs.c.role == "author")
    .group_by(_theirs.c.name_key)
    .having(_first.is_not(None))
    .subquery("by_author")
)
_by_them = (
    sa.select(works())
    .select_from(book_contributors.join(books, books.c.id == book_contributors.c.book_id))
    .where(book_contributors.c.name_key == _by_author.c.name_key, book_contributors.c.role == "author", _SOLD)
    .scalar_subquery()
)
AUTHORS = (
    sa.select(_by_author.c.book, _by_them.label("books"))
    .where(_by_them > 1)
    .order_by(_by_author.c.asked_for.desc(), _by_author.c.name_key)
    .limit(NAMED)
)
_by_series = (
    sa.select(
        _asked.c.series_key,
        sa.func.min(_asked.c.id).label("book"),
        sa.func.sum(_asked.c.popularity).label("asked_for"),
    )
    .where(_asked.c.series_key != "")
    .group_by(_asked.c.series_key)
    .subquery("by_series")
)
_of_it = (
    sa.select(works(_whole))
    .where(_whole.c.series_key == _by_series.c.series_key, _whole.c.withdrawn_at.is_(None))
    .scalar_subquery()
)
SERIES = (
    sa.select(_by_series.c.book, _of_it.label("books"))
    .where(_of_it > 1)
    .order_by(_by_series.c.asked_for.desc(), _by_series.c.series_key)
    .limit(NAMED)
)

_DEAREST = 2**63 - 1
"""The most that a price can be."""

# So that both databases know the sizes by which they plan. (SQLite never looks by itself.)
ANALYZE = sa.text("ANALYZE")


class SqlCatalogue:
    """The catalogue as its sources fill it. ``index``, if given, is kept in step inside the same transactions."""

    def __init__(self, database: Database, *, index: SearchIndex[AsyncConnection] | None = None) -> None:
        self._database = database
        self._index = index

    async def load(
        self, rows: Iterable[CatalogueRow], at: datetime, *, batch: int = BATCH
    ) -> AsyncIterator[Loaded]:
        """Bring the catalogue to what the rows say; yields what became of them so far after each transaction.

        A row is the book of its source and reference, else the one with its ISBN, else a new one. What the shop owns of
        a book (see `CatalogueRow.own_fields`) stays. Copies are counted anew only when a source counts another number
        than it did last, and never below what is held for orders. Stopped in between, it goes on when it is called again.
        """
        done = Loaded()
        for some in _batches(rows, batch):
            async with self._database.writing() as connection:
                now, written, _ = await write(connection, [Draft(row) for row in some], at)
                await self._refresh(connection, list(written))
                await connection.commit()
            done = Loaded(
                done.added + now.added,
                done.changed + now.changed,
                done.unchanged + now.unchanged,
                (*done.refused, *now.refused),
            )
            yield done
        await self._count_shelves()

    async def withdraw(self, ids: Sequence[BookId], at: datetime) -> int:
        """Take books out of the range: nobody finds them any more, old orders and buttons still lead to them."""
        gone = 0
        for some in _slices(ids, BATCH):
            async with self._database.writing() as connection:
                found = (await connection.execute(WITHDRAW, {"ids": list(some), "at": at})).scalars().all()
                if found:
                    await connection.execute(DROP_SUBJECTS, {"ids": list(found)})
                    await self._refresh(connection, found)
                await connection.commit()
            gone += len(found)
        await self._count_shelves()
        return gone

    async def withdraw_others(self, source: str, keep: Collection[str], at: datetime) -> int:
        """Withdraw what came from a source and is not among the references that it still has. Returns how many."""
        async with self._database.reading() as connection:
            found = (await connection.execute(OF_SOURCE, {"whose": source})).all()
        return await self.withdraw([BookId(book) for book, ref in found if ref not in keep], at)

    async def count(self) -> int:
        """How many books are in the range."""
        async with self._database.reading() as connection:
            return (await connection.execute(COUNT)).scalar_one()

    async def rows(self, *, batch: int = BATCH) -> AsyncGenerator[CatalogueRow, None]:
        """The whole catalogue in the order in which it came, withdrawn books too, all as of one moment."""
        async with self._database.reading() as connection:
            last = 0
            while ids := (await connection.execute(PAGE, {"after": last, "most": batch})).scalars().all():
                for row in (await stored_rows(connection, ids)).values():
                    yield row
                last = ids[-1]

    async def reindex(self) -> None:
        """Tell the index of every book again."""
        last = 0
        while True:
            async with self._database.writing() as connection:
                ids = (await connection.execute(PAGE, {"after": last, "most": BATCH})).scalars().all()
                if not ids:
                    return
                await self._refresh(connection, ids)
                await connection.commit()
            last = ids[-1]

    async def _refresh(self, connection: AsyncConnection, ids: Sequence[int]) -> None:
        if self._index is not None and ids:
            await self._index.refresh(connection, ids)

    async def _count_shelves(self) -> None:
        """What is known of the catalogue as a whole."""
        async with self._database.writing() as connection:
            await connection.execute(ANALYZE)
            await connection.commit()
        # Read with what was just found out about the tables, and before writing, so that what is written is short.
        async with self._database.reading() as connection:
            counts = await _counted(connection)
        async with self._database.writing() as connection:
            await connection.execute(ONE_AFTER_THE_OTHER)
            await connection.execute(DROP_COUNTS)
            if counts:
                await connection.execute(sa.insert(shelf_counts), counts)
            await connection.commit()


async def _counted(connection: AsyncConnection) -> list[dict[str, object]]:
    """Rows of ``shelf_counts``."""
    found: list[dict[str, object]] = []
    for kind, shelves in (
        ("subject", SUBJECTS),
        ("language", LANGUAGES),
        ("author", AUTHORS),
        ("series", SERIES),
    ):
        rows = (await connection.execute(shelves)).all()
        found += [{"kind": kind, "key": str(key), "books": count} for key, count in rows]
    currency = (await connection.execute(CURRENCY)).scalar_one_or_none()
    if currency:
        by_price = (await connection.execute(_by_price(currency))).all()
        found += [{"kind": "price", "key": row.band, "books": row.works} for row in by_price]
    return found


def _by_price(currency: str) -> sa.Select[tuple[str, int]]:
    """The works of each band of prices. One with editions in several is counted in each of them."""
    price = books.c.price
    in_band = [
        sa.and_(price >= (limits(band)[0] or 0), price <= (limits(band)[1] or _DEAREST))
        for band in bands("price", currency)
    ]
    names = sa.case(*zip(in_band, bands("price", currency), strict=True)).label("band")
    return sa.select(names, works().label("works")).where(_SOLD, price >= 0).group_by(names)


def _batches(rows: Iterable[CatalogueRow], size: int) -> Iterator[list[CatalogueRow]]:
    """In the order they come, ``size`` at a time, never one book twice in one: its second row has to see the first."""
    batch: list[CatalogueRow] = []
    names: set[object] = set()
    for row in rows:
        mine = {(row.source, row.source_ref), *([row.isbn13] if row.isbn13 else [])}
        if len(batch) >= size or names & mine:
            yield batch
            batch, names = [], set()
        batch.append(row)
        names |= mine
    if batch:
        yield batch


def _slices(ids: Sequence[BookId], size: int) -> Iterator[Sequence[BookId]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
