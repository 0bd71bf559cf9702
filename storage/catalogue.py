"""Books in bulk: into the catalogue in short transactions, beside which the shop goes on, and out again as records."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.catalogue import CatalogueRow, Loaded, Refused
from domain.ids import BookId
from domain.ports.search_index import SearchIndex
from domain.stock import StockChange, StockReason
from storage.catalogue_rows import columns, contributor_rows, stored_rows, subject_rows
from storage.engine import Database
from storage.stock import RECORD, ledger_row
from storage.tables import book_contributors, book_subjects, books, shelf_counts

BATCH = 500
"""Records a transaction: some 0.1 s, which a customer's tap waits for at most."""

_KNOWN = sa.select(
    books.c.id,
    books.c.isbn13,
    books.c.source,
    books.c.source_ref,
    books.c.source_digest,
    books.c.source_on_hand,
    books.c.withdrawn_at,
    books.c.on_hand,
    books.c.held,
    books.c.own_fields,
)

# The books of one source's records, and the books with some ISBNs. Locked in one order, against orders of the same books.
BY_REFERENCE = (
    _KNOWN.where(
        books.c.source == bindparam("whose"),
        books.c.source_ref.in_(bindparam("names", expanding=True)),
    )
    .order_by(books.c.id)
    .with_for_update()
)
BY_ISBN = (
    _KNOWN.where(books.c.isbn13.in_(bindparam("names", expanding=True)))
    .order_by(books.c.id)
    .with_for_update()
)

ADD = sa.insert(books).returning(books.c.id, sort_by_parameter_order=True)
DROP_CONTRIBUTORS = sa.delete(book_contributors).where(
    book_contributors.c.book_id.in_(bindparam("ids", expanding=True))
)
DROP_SUBJECTS = sa.delete(book_subjects).where(book_subjects.c.book_id.in_(bindparam("ids", expanding=True)))
ADD_CONTRIBUTORS = sa.insert(book_contributors)
ADD_SUBJECTS = sa.insert(book_subjects)

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


class _Copies(NamedTuple):
    """A book's copies: as they are, and what its source counted last."""

    on_hand: int
    held: int
    counted: int | None


@dataclass(slots=True)
class _Batch:
    """What has to be written of some records: new ones, and changed ones by their books' ids."""

    new: list[CatalogueRow] = field(default_factory=list)
    changed: dict[int, tuple[CatalogueRow, Any]] = field(default_factory=dict)
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)


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
                work = await self._compare(connection, some)
                added = await self._add(connection, work.new, at)
                await self._change(connection, work.changed, at)
                await self._describe(
                    connection, added | {book: row for book, (row, _) in work.changed.items()}
                )
                await self._refresh(connection, [*added, *work.changed])
                await connection.commit()
            done = Loaded(
                done.added + len(work.new),
                done.changed + len(work.changed),
                done.unchanged + work.unchanged,
                (*done.refused, *work.refused),
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

    async def rows(self, *, batch: int = BATCH) -> AsyncIterator[CatalogueRow]:
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

    async def _compare(self, connection: AsyncConnection, rows: Sequence[CatalogueRow]) -> _Batch:
        """Find out which rows are new and which say something new."""
        by_reference: dict[tuple[str, str], Any] = {}
        for source in sorted({row.source for row in rows}):
            names = [row.source_ref for row in rows if row.source == source]
            for known in await connection.execute(BY_REFERENCE, {"whose": source, "names": names}):
                by_reference[known.source, known.source_ref] = known
        isbns = [row.isbn13 for row in rows if row.isbn13]
        found = await connection.execute(BY_ISBN, {"names": isbns}) if isbns else ()
        by_isbn: dict[str | None, Any] = {book.isbn13: book for book in found}
        batch = _Batch()
        for row in rows:
            same = by_isbn.get(row.isbn13)
            book: Any = by_reference.get((row.source, row.source_ref), same)
            if book is None:
                batch.new.append(row)
            elif (same is not None and same.id != book.id) or book.id in batch.changed:
                batch.refused.append(Refused(row.source_ref, "isbn-of-another"))
            elif _says_the_same(book, row):
                batch.unchanged += 1
            else:
                batch.changed[book.id] = (row, book)
        await self._keep_what_is_owned(connection, batch)
        return batch

    async def _keep_what_is_owned(self, connection: AsyncConnection, batch: _Batch) -> None:
        owned = [number for number, (_, book) in batch.changed.items() if book.own_fields]
        for number, stored in (await stored_rows(connection, owned)).items():
            row, book = batch.changed[number]
            kept = {name: getattr(stored, name) for name in stored.own_fields - row.own_fields}
            if "on_hand" in kept:
                kept["on_hand"] = None
            if "price" in kept:
                kept["currency"] = stored.currency
            digest = row.fingerprint
            merged = dataclasses.replace(
                row, **kept, own_fields=stored.own_fields | row.own_fields, digest=digest
            )
            batch.changed[number] = (merged, book)

    async def _add(
        self, connection: AsyncConnection, rows: Sequence[CatalogueRow], at: datetime
    ) -> dict[int, CatalogueRow]:
        if not rows:
            return {}
        values = [
            {
                **columns(row),
                "source_digest": row.fingerprint,
                "source_on_hand": row.on_hand,
                "on_hand": row.on_hand or 0,
                "held": 0,
                "added_at": row.added_at or at,
                "withdrawn_at": at if row.withdrawn else None,
            }
            for row in rows
        ]
        ids = (await connection.execute(ADD, values)).scalars().all()
        await self._enter(
            connection, {book: row.on_hand or 0 for book, row in zip(ids, rows, strict=True)}, at
        )
        return dict(zip(ids, rows, strict=True))

    async def _change(
        self, connection: AsyncConnection, changed: dict[int, tuple[CatalogueRow, Any]], at: datetime
    ) -> None:
        if not changed:
            return
        values, differences = [], {}
        for number, (row, book) in sorted(changed.items()):
            on_hand = _recount(row, _Copies(book.on_hand, book.held, book.source_on_hand))
            differences[number] = on_hand - book.on_hand
            values.append(
                {
                    "book": number,
                    **{f"new_{name}": value for name, value in columns(row).items()},
                    "new_source_digest": row.fingerprint,
                    "new_source_on_hand": book.source_on_hand if row.on_hand is None else row.on_hand,
                    "new_on_hand": on_hand,
                    "new_withdrawn_at": (book.withdrawn_at or at) if row.withdrawn else None,
                }
            )
        names = [name.removeprefix("new_") for name in values[0] if name.startswith("new_")]
        statement = (
            sa.update(books)
            .where(books.c.id == bindparam("book"))
            .values({name: bindparam(f"new_{name}") for name in names})
        )
        await connection.execute(statement, values)
        await self._enter(connection, differences, at)

    async def _enter(self, connection: AsyncConnection, differences: dict[int, int], at: datetime) -> None:
        """Leave what was counted in the ledger."""
        entries = [
            ledger_row(StockChange(BookId(book), more, 0, StockReason.COUNTED, at))
            for book, more in differences.items()
            if more
        ]
        if entries:
            await connection.execute(RECORD, entries)

    async def _describe(self, connection: AsyncConnection, rows: dict[int, CatalogueRow]) -> None:
        """Write anew who made the books and what they are about."""
        if not rows:
            return
        await connection.execute(DROP_CONTRIBUTORS, {"ids": list(rows)})
        await connection.execute(DROP_SUBJECTS, {"ids": list(rows)})
        for statement, of in ((ADD_CONTRIBUTORS, contributor_rows), (ADD_SUBJECTS, subject_rows)):
            if values := [line for book, row in rows.items() for line in of(book, row)]:
                await connection.execute(statement, values)

    async def _count_shelves(self) -> None:
        """What is known of the catalogue as a whole."""
        async with self._database.writing() as connection:
            for statement in (DROP_COUNTS, COUNT_SUBJECTS, COUNT_LANGUAGES):
                await connection.execute(statement)
            await connection.execute(ANALYZE)
            await connection.commit()


def _says_the_same(book: Any, row: CatalogueRow) -> bool:
    return (
        book.source == row.source
        and book.source_digest == row.fingerprint
        and (book.withdrawn_at is not None) == row.withdrawn
    )


def _recount(row: CatalogueRow, copies: _Copies) -> int:
    """How many copies there are now, as far as the row knows better."""
    if row.on_hand is None or row.on_hand == copies.counted:
        return copies.on_hand
    return max(row.on_hand, copies.held)


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
