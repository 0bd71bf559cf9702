"""An import's rehearsal: the same import into a small database beside the shop's, which has the books that a file speaks of.

So its report is the one that the import would give, to the last record, however the records of one file follow from each
other; and the shop's own database is only read, which makes nobody wait.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.catalogue import CatalogueRow, Loaded
from domain.ids import BookId
from domain.ports.catalogue_intake import CatalogueIntake, KnownBook, Sought, Unacceptable
from domain.search.entry import Indexed
from storage.catalogue_batch import BY_ISBN, BY_REFERENCE, Draft, write
from storage.engine import Database
from storage.failures import StorageFault
from storage.intake import SOURCES, SqlIntake
from storage.tables import book_contributors, books, metadata

_BOOKS: Final = sa.select(books).where(books.c.id.in_(bindparam("ids", expanding=True)))
_PEOPLE: Final = sa.select(book_contributors).where(
    book_contributors.c.book_id.in_(bindparam("ids", expanding=True))
)
_NEW_FROM: Final = 2**62
"""Ids from which the rehearsal's own new books are numbered, beyond all that the shop has."""


@asynccontextmanager
async def rehearsal(database: Database) -> AsyncIterator[CatalogueIntake]:
    """What says of any number of files what their import would do. Nothing is left of it in the end."""
    with tempfile.TemporaryDirectory(prefix="bookstall-") as folder:
        beside = Database(f"sqlite+aiosqlite:///{Path(folder) / 'rehearsal.db'}", readers=1)
        try:
            async with beside.writing() as connection:
                await connection.run_sync(metadata.create_all)
                await connection.execute(sa.insert(books), _mark())
                await connection.commit()
            async with database.reading() as connection:
                sources = (await connection.execute(SOURCES)).scalars().all()
            yield _Rehearsal(database, beside, sources)
        finally:
            await beside.close()


def _mark() -> dict[str, object]:
    """A book that no record means: the next one's id comes after its."""
    return {
        "id": _NEW_FROM,
        **Draft(CatalogueRow("", "", "-", "EUR")).columns,
        "added_at": datetime.min.replace(tzinfo=UTC),
        "on_hand": 0,
        "held": 0,
        "source_digest": "",
    }


class _Rehearsal:
    """``CatalogueIntake`` over both databases. ``sources`` are those that the shop has when it begins."""

    def __init__(self, shop: Database, beside: Database, sources: Sequence[str]) -> None:
        self._shop = shop
        self._beside = beside
        self._sources = sources
        self._intake = SqlIntake(beside, index=_NoIndex(), sources=sources)
        self._here: set[int] = set()
        """The shop's books that were copied."""

    async def find(self, source: str, sought: Sequence[Sought]) -> list[KnownBook | None]:
        await self._copy(source, sought)
        return await self._intake.find(source, sought)

    async def stored(self, ids: Sequence[BookId]) -> dict[BookId, CatalogueRow]:
        return await self._intake.stored(ids)

    async def bring(self, rows: Sequence[CatalogueRow], at: datetime) -> Loaded:
        if not self._shop.sqlite:
            await self._try(rows, at)
        return await self._intake.bring(rows, at)

    async def finish(self, at: datetime) -> None:
        """There is nothing to do after it."""

    async def _copy(self, source: str, sought: Sequence[Sought]) -> None:
        """Bring over what the records may mean, as it is in the shop."""
        anywhere = any(one.anywhere for one in sought)
        names = list({one.reference for one in sought})
        isbns = list({one.isbn13 for one in sought if one.isbn13})
        ids: set[int] = set()
        try:
            async with self._shop.reading() as connection:
                for whose in {source, *(self._sources if anywhere else ())}:
                    found_by = await connection.execute(BY_REFERENCE, {"whose": whose, "names": names})
                    ids.update(found_by.scalars())
                if isbns:
                    ids.update((await connection.execute(BY_ISBN, {"names": isbns})).scalars())
                ids -= self._here
                if not ids:
                    return
                found = (await connection.execute(_BOOKS, {"ids": sorted(ids)})).mappings().all()
                people = (await connection.execute(_PEOPLE, {"ids": sorted(ids)})).mappings().all()
        except StorageFault as error:
            raise Unacceptable(str(error)) from error
        async with self._beside.writing() as connection:
            await connection.execute(sa.insert(books), [dict(row) for row in found])
            if people:
                await connection.execute(sa.insert(book_contributors), [dict(row) for row in people])
            await connection.commit()
        self._here |= ids

    async def _try(self, rows: Sequence[CatalogueRow], at: datetime) -> None:
        """PostgreSQL takes less than SQLite: let it see the rows, and take nothing."""
        try:
            async with self._shop.writing() as connection:
                await write(connection, [Draft(row) for row in rows], at)
        except StorageFault as error:
            raise Unacceptable(str(error)) from error


class _NoIndex:
    """Nobody searches a rehearsal's books."""

    async def refresh(self, transaction: AsyncConnection, ids: Sequence[int]) -> None:
        """Nothing to keep."""

    async def put(
        self,
        transaction: AsyncConnection,
        books: Mapping[int, Indexed],
        *,
        known: Collection[int],
        later: bool = False,
    ) -> None:
        """Nothing to keep."""

    async def unspelled(self, transaction: AsyncConnection) -> Sequence[tuple[int, str]]:
        return ()

    async def spell(
        self, transaction: AsyncConnection, misspellings: Sequence[int], done: Sequence[int] = ()
    ) -> None:
        """Nothing to keep."""
