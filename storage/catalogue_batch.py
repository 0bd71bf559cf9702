"""One batch of records, compared with what is there and written in one transaction."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.catalogue import CatalogueRow, Loaded, Refused
from domain.ids import BookId
from domain.stock import StockChange, StockReason
from storage.catalogue_rows import columns, contributor_rows, stored_rows, subject_rows
from storage.statements import locked
from storage.stock import RECORD, ledger_row
from storage.tables import book_contributors, book_subjects, books

# The books of one source's records, and the books with some ISBNs.
BY_REFERENCE = sa.select(books.c.id).where(
    books.c.source == bindparam("whose"), books.c.source_ref.in_(bindparam("names", expanding=True))
)
BY_ISBN = sa.select(books.c.id).where(books.c.isbn13.in_(bindparam("names", expanding=True)))

# What has to be known of them to compare. Locked in the order of their ids, as orders of the same books lock them.
KNOWN = locked(
    sa.select(
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
    .where(books.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(books.c.id)
)

ADD = sa.insert(books).returning(books.c.id, sort_by_parameter_order=True)
DROP_CONTRIBUTORS = sa.delete(book_contributors).where(
    book_contributors.c.book_id.in_(bindparam("ids", expanding=True))
)
DROP_SUBJECTS = sa.delete(book_subjects).where(book_subjects.c.book_id.in_(bindparam("ids", expanding=True)))
ADD_CONTRIBUTORS = sa.insert(book_contributors)
ADD_SUBJECTS = sa.insert(book_subjects)


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


async def write(
    connection: AsyncConnection, rows: Sequence[CatalogueRow], at: datetime
) -> tuple[Loaded, list[int]]:
    """Bring the catalogue to what the rows say: what became of them, and the ids of the books that are new or changed."""
    batch = await _compare(connection, rows)
    added = await _add(connection, batch.new, at)
    await _change(connection, batch.changed, at)
    await _describe(connection, added | {book: row for book, (row, _) in batch.changed.items()})
    done = Loaded(len(batch.new), len(batch.changed), batch.unchanged, tuple(batch.refused))
    return done, [*added, *batch.changed]


async def _compare(connection: AsyncConnection, rows: Sequence[CatalogueRow]) -> _Batch:
    """Find out which rows are new and which say something new."""
    known = await _known(connection, rows)
    by_reference: dict[tuple[str, str], Any] = {(book.source, book.source_ref): book for book in known}
    by_isbn: dict[str | None, Any] = {book.isbn13: book for book in known if book.isbn13}
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
    await _keep_what_is_owned(connection, batch)
    return batch


async def _known(connection: AsyncConnection, rows: Sequence[CatalogueRow]) -> Sequence[Any]:
    """The books that the rows may be about."""
    ids: set[int] = set()
    for source in {row.source for row in rows}:
        names = [row.source_ref for row in rows if row.source == source]
        ids.update((await connection.execute(BY_REFERENCE, {"whose": source, "names": names})).scalars())
    if isbns := [row.isbn13 for row in rows if row.isbn13]:
        ids.update((await connection.execute(BY_ISBN, {"names": isbns})).scalars())
    return (await connection.execute(KNOWN, {"ids": sorted(ids)})).all() if ids else ()


async def _keep_what_is_owned(connection: AsyncConnection, batch: _Batch) -> None:
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
    connection: AsyncConnection, rows: Sequence[CatalogueRow], at: datetime
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
    await _enter(connection, {book: row.on_hand or 0 for book, row in zip(ids, rows, strict=True)}, at)
    return dict(zip(ids, rows, strict=True))


async def _change(
    connection: AsyncConnection, changed: dict[int, tuple[CatalogueRow, Any]], at: datetime
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
    await _enter(connection, differences, at)


async def _enter(connection: AsyncConnection, differences: dict[int, int], at: datetime) -> None:
    """Leave what was counted in the ledger."""
    entries = [
        ledger_row(StockChange(BookId(book), more, 0, StockReason.COUNTED, at))
        for book, more in differences.items()
        if more
    ]
    if entries:
        await connection.execute(RECORD, entries)


async def _describe(connection: AsyncConnection, rows: dict[int, CatalogueRow]) -> None:
    """Write anew who made the books and what they are about."""
    if not rows:
        return
    await connection.execute(DROP_CONTRIBUTORS, {"ids": list(rows)})
    await connection.execute(DROP_SUBJECTS, {"ids": list(rows)})
    for statement, of in ((ADD_CONTRIBUTORS, contributor_rows), (ADD_SUBJECTS, subject_rows)):
        if values := [line for book, row in rows.items() for line in of(book, row)]:
            await connection.execute(statement, values)


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
