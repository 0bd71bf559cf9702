"""What a feed's import asks of the database: `domain.ports.catalogue_intake`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.catalogue import CatalogueRow, Loaded
from domain.ids import BookId
from domain.ports.catalogue_intake import KnownBook, Sought, Unacceptable
from domain.ports.search_index import BulkIndex
from storage.catalogue import SqlCatalogue
from storage.catalogue_batch import Draft, write
from storage.catalogue_rows import stored_rows
from storage.engine import Database
from storage.failures import StorageFault
from storage.search.index import misspellings
from storage.tables import books

_KNOWN = sa.select(
    books.c.id,
    books.c.popularity,
    books.c.withdrawn_at,
    books.c.source,
    books.c.source_ref,
    books.c.isbn13,
    books.c.source_digest,
)
REFERRED = _KNOWN.where(
    books.c.source == bindparam("whose"), books.c.source_ref.in_(bindparam("names", expanding=True))
)
NUMBERED = _KNOWN.where(books.c.isbn13.in_(bindparam("names", expanding=True)))
SPELLED_EVERY = 16
"""Transactions after which the misspellings of their new words are entered."""
SPELLED_AT_ONCE = 8_000
"""Misspellings a transaction: some 0.02 s."""

SOURCES = sa.select(books.c.source).distinct()


class SqlIntake:
    """For one import. ``index`` is kept in step in the same transactions. ``sources`` are those whose books there are (None:
    it looks itself).
    """

    def __init__(
        self,
        database: Database,
        *,
        index: BulkIndex[AsyncConnection],
        sources: Sequence[str] | None = None,
    ) -> None:
        self._database = database
        self._index = index
        self._sources = None if sources is None else sorted(sources)
        self._brought = 0
        self._digests: set[str] = set()
        """Of the books that were found last."""

    async def find(self, source: str, sought: Sequence[Sought]) -> list[KnownBook | None]:
        try:
            async with self._database.reading() as connection:
                return await self._found(connection, source, sought)
        except StorageFault as error:
            raise Unacceptable(str(error)) from error

    async def _found(
        self, connection: AsyncConnection, source: str, sought: Sequence[Sought]
    ) -> list[KnownBook | None]:
        self._digests.clear()
        own = await self._referred(connection, source, [one.reference for one in sought])
        isbns = [one.isbn13 for one in sought if one.isbn13]
        numbered: dict[str | None, KnownBook] = {}
        if isbns:
            for row in await connection.execute(NUMBERED, {"names": isbns}):
                numbered[row.isbn13] = _known(row)
                self._digests.add(row.source_digest)
        found = [own.get(one.reference) or numbered.get(one.isbn13) for one in sought]
        missing = {one.reference: at for at, one in enumerate(sought) if one.anywhere and found[at] is None}
        if missing:
            for other in await self._others(connection, source):
                for name, book in (await self._referred(connection, other, list(missing))).items():
                    found[missing[name]] = found[missing[name]] or book
        return found

    async def _referred(
        self, connection: AsyncConnection, source: str, references: Sequence[str]
    ) -> dict[str, KnownBook]:
        if not references:
            return {}
        rows = (await connection.execute(REFERRED, {"whose": source, "names": list(references)})).all()
        self._digests.update(row.source_digest for row in rows)
        return {row.source_ref: _known(row) for row in rows}

    async def _others(self, connection: AsyncConnection, source: str) -> list[str]:
        if self._sources is None:
            self._sources = sorted((await connection.execute(SOURCES)).scalars())
        return [other for other in self._sources if other != source]

    async def stored(self, ids: Sequence[BookId]) -> dict[BookId, CatalogueRow]:
        if not ids:
            return {}
        async with self._database.reading() as connection:
            return {BookId(book): row for book, row in (await stored_rows(connection, ids)).items()}

    async def bring(self, rows: Sequence[CatalogueRow], at: datetime) -> Loaded:
        drafts = [Draft(row) for row in rows]
        # What takes time is done before the transaction, which the shop's customers wait for.
        for one in drafts:
            if one.digest not in self._digests:
                one.complete()
        try:
            async with self._database.writing() as connection:
                done, written, known = await write(connection, drafts, at)
                if written:
                    books = {number: draft.indexed for number, draft in written.items()}
                    await self._index.put(connection, books, known=known, later=True)
                await connection.commit()
        except StorageFault as error:
            raise Unacceptable(str(error)) from error

        self._brought += 1
        if self._brought % SPELLED_EVERY == 0:
            await self.catch_up()
        return done

    async def catch_up(self) -> None:
        """Enter the misspellings of new words, those as well that an import left which was stopped."""
        async with self._database.reading() as connection:
            words = await self._index.unspelled(connection)
        if not words:
            return
        # In a thread: it takes some 0.1 s. Then piece by piece in the order in which they are kept, so that each short
        # transaction changes another part of the table.
        made = await asyncio.to_thread(misspellings, words)
        for start in range(0, len(made), SPELLED_AT_ONCE):
            async with self._database.writing() as connection:
                await self._index.spell(connection, made[start : start + SPELLED_AT_ONCE])
                await connection.commit()
        async with self._database.writing() as connection:
            await self._index.spell(connection, (), [number for number, _ in words])
            await connection.commit()

    async def finish(self, at: datetime) -> None:
        await self.catch_up()
        async for _ in SqlCatalogue(self._database, index=self._index).load((), at):
            raise AssertionError("nothing was loaded")


def _known(row: sa.Row[*tuple[Any, ...]]) -> KnownBook:
    return KnownBook(BookId(row.id), row.popularity, row.withdrawn_at is not None)
