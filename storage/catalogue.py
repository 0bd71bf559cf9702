"""Books in bulk: into the catalogue in short transactions, beside which the shop goes on, and out again as records."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Collection, Iterable, Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.catalogue import CatalogueRow, Loaded
from domain.ids import BookId
from domain.ports.search_index import SearchIndex
from storage.catalogue_batch import DROP_SUBJECTS, Draft, write
from storage.catalogue_rows import stored_rows
from storage.engine import Database
from storage.tables import book_subjects, books, shelf_counts

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

DROP_COUNTS = sa.delete(shelf_counts)
COUNT_SUBJECTS = sa.insert(shelf_counts).from_select(
    ["kind", "key", "books"],
    sa.select(sa.literal("subject"), book_subjects.c.subject, sa.func.count()).group_by(
        book_subjects.c.subject
    ),
)
COUNT_LANGUAGES = sa.insert(shelf_counts).from_select(
    ["kind", "key", "books"],
    sa.select(sa.literal("language"), books.c.language, sa.func.count())
    .where(books.c.withdrawn_at.is_(None), books.c.language != "")
    .group_by(books.c.language),
)

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
            for statement in (DROP_COUNTS, COUNT_SUBJECTS, COUNT_LANGUAGES):
                await connection.execute(statement)
            await connection.execute(ANALYZE)
            await connection.commit()


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
