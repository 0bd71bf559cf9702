"""One batch of records, compared with what is there and written in one transaction."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.catalogue import CatalogueRow, Loaded, Refused, Role
from domain.ids import BookId
from domain.search.entry import Indexed, compose
from domain.stock import StockChange, StockReason
from storage.catalogue_rows import columns, contributor_rows, stored_rows, subject_rows
from storage.names import parted
from storage.statements import ROWS_AT_ONCE, insert_rows, locked
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

ADD = sa.insert(books)
ADD_NUMBERED = ADD.returning(books.c.id, sort_by_parameter_order=True)
LAST = sa.select(sa.func.coalesce(sa.func.max(books.c.id), 0))
DROP_CONTRIBUTORS = sa.delete(book_contributors).where(
    book_contributors.c.book_id.in_(bindparam("ids", expanding=True))
)
DROP_SUBJECTS = sa.delete(book_subjects).where(book_subjects.c.book_id.in_(bindparam("ids", expanding=True)))
ADD_CONTRIBUTORS = sa.insert(book_contributors)
ADD_SUBJECTS = sa.insert(book_subjects)


class Draft:
    """A row with all that is written of it, each made when it is first asked for."""

    def __init__(self, row: CatalogueRow, digest: str = "") -> None:
        self.row = row
        self.digest = digest or row.fingerprint

    @cached_property
    def columns(self) -> dict[str, Any]:
        return columns(self.row)

    @cached_property
    def contributors(self) -> list[tuple[int, str, str, str]]:
        return contributor_rows(self.row)

    @cached_property
    def subjects(self) -> list[tuple[str, str, int]]:
        return subject_rows(self.row)

    @cached_property
    def indexed(self) -> Indexed:
        row, written = self.row, self.columns
        entry = None
        if not row.withdrawn:
            # From the columns: a bar inside a name is a slash there.
            entry = compose(
                title=row.title,
                subtitle=row.subtitle,
                other_titles=parted(written["other_titles"]),
                authors=parted(written["authors"]),
                series=row.series,
                series_no=row.series_no,
                helpers=[one.name for one in row.contributors if one.role is not Role.AUTHOR],
            )
        return Indexed(written["work"], row.popularity, entry)

    def complete(self) -> None:
        """Make all of it now."""
        _ = self.columns, self.contributors, self.subjects, self.indexed


class _Copies(NamedTuple):
    """A book's copies: as they are, and what its source counted last."""

    on_hand: int
    held: int
    counted: int | None


@dataclass(slots=True)
class _Batch:
    """What has to be written of some records: new ones, and changed ones by their books' ids."""

    new: list[Draft] = field(default_factory=list)
    changed: dict[int, tuple[Draft, Any]] = field(default_factory=dict)
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)


async def write(
    connection: AsyncConnection, drafts: Sequence[Draft], at: datetime
) -> tuple[Loaded, dict[int, Draft], list[int]]:
    """Bring the catalogue to what the rows say: what became of them, what was written by the books' ids, and which of
    these books are not new."""
    batch = await _compare(connection, drafts)
    added = await _add(connection, batch.new, at)
    await _change(connection, batch.changed, at)
    changed = {book: draft for book, (draft, _) in batch.changed.items()}
    if changed:
        await connection.execute(DROP_CONTRIBUTORS, {"ids": list(changed)})
        await connection.execute(DROP_SUBJECTS, {"ids": list(changed)})
    await _describe(connection, added | changed)
    done = Loaded(len(batch.new), len(batch.changed), batch.unchanged, tuple(batch.refused))
    return done, added | changed, list(changed)


async def _compare(connection: AsyncConnection, drafts: Sequence[Draft]) -> _Batch:
    """Find out which rows are new and which say something new."""
    known = await _known(connection, [draft.row for draft in drafts])
    by_reference: dict[tuple[str, str], Any] = {(book.source, book.source_ref): book for book in known}
    by_isbn: dict[str | None, Any] = {book.isbn13: book for book in known if book.isbn13}
    batch = _Batch()
    for at, draft in enumerate(drafts):
        row = draft.row
        same = by_isbn.get(row.isbn13)
        book: Any = by_reference.get((row.source, row.source_ref), same)
        if book is None:
            batch.new.append(draft)
        elif (same is not None and same.id != book.id) or book.id in batch.changed:
            batch.refused.append(Refused(row.source_ref, "isbn-of-another", at))
        elif _says_the_same(book, draft):
            batch.unchanged += 1
        else:
            batch.changed[book.id] = (draft, book)
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
        draft, book = batch.changed[number]
        row = draft.row
        kept = {name: getattr(stored, name) for name in stored.own_fields - row.own_fields}
        if "on_hand" in kept:
            kept["on_hand"] = None
        if "price" in kept:
            kept["currency"] = stored.currency
        merged = dataclasses.replace(row, **kept, own_fields=stored.own_fields | row.own_fields)
        batch.changed[number] = (Draft(merged, draft.digest), book)


async def _add(connection: AsyncConnection, drafts: Sequence[Draft], at: datetime) -> dict[int, Draft]:
    if not drafts:
        return {}
    values = [
        {
            **draft.columns,
            "source_digest": draft.digest,
            "source_on_hand": draft.row.on_hand,
            "on_hand": draft.row.on_hand or 0,
            "held": 0,
            "added_at": draft.row.added_at or at,
            "withdrawn_at": at if draft.row.withdrawn else None,
        }
        for draft in drafts
    ]
    added = dict(zip(await _insert(connection, values), drafts, strict=True))
    await _enter(connection, {book: draft.row.on_hand or 0 for book, draft in added.items()}, at)
    return added


async def _insert(connection: AsyncConnection, values: list[dict[str, Any]]) -> Sequence[int]:
    """Write new books; returns their ids in the same order."""
    if connection.dialect.name != "sqlite":
        return list((await connection.execute(ADD_NUMBERED, values)).scalars())
    # Whoever writes is alone, so the next ids are known: many rows go with one statement, where RETURNING takes one each.
    last = (await connection.execute(LAST)).scalar_one()
    ids = range(last + 1, last + 1 + len(values))
    numbered = [{"id": book, **row} for book, row in zip(ids, values, strict=True)]
    for start in range(0, len(numbered), ROWS_AT_ONCE):
        await insert_rows(connection, books, numbered[start : start + ROWS_AT_ONCE])
    return ids


async def _change(connection: AsyncConnection, changed: dict[int, tuple[Draft, Any]], at: datetime) -> None:
    if not changed:
        return
    values, differences = [], {}
    for number, (draft, book) in sorted(changed.items()):
        row = draft.row
        on_hand = _recount(row, _Copies(book.on_hand, book.held, book.source_on_hand))
        differences[number] = on_hand - book.on_hand
        values.append(
            {
                "book": number,
                **{f"new_{name}": value for name, value in draft.columns.items()},
                "new_source_digest": draft.digest,
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


async def _describe(connection: AsyncConnection, written: dict[int, Draft]) -> None:
    """Write who made the books and what they are about."""
    people = [(book, *line) for book, draft in written.items() for line in draft.contributors]
    subjects = [(book, *line) for book, draft in written.items() for line in draft.subjects]
    for statement, into, rows in (
        (ADD_CONTRIBUTORS, book_contributors, people),
        (ADD_SUBJECTS, book_subjects, subjects),
    ):
        names = [column.name for column in into.columns]
        values = [dict(zip(names, row, strict=True)) for row in rows]
        if connection.dialect.name == "sqlite":
            for start in range(0, len(values), ROWS_AT_ONCE):
                await insert_rows(connection, into, values[start : start + ROWS_AT_ONCE])
        elif values:
            await connection.execute(statement, values)


def _says_the_same(book: Any, draft: Draft) -> bool:
    return (
        book.source == draft.row.source
        and book.source_digest == draft.digest
        and (book.withdrawn_at is not None) == draft.row.withdrawn
    )


def _recount(row: CatalogueRow, copies: _Copies) -> int:
    """How many copies there are now, as far as the row knows better."""
    if row.on_hand is None or row.on_hand == copies.counted:
        return copies.on_hand
    return max(row.on_hand, copies.held)
