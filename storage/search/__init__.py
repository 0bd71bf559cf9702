"""Finding books by what people type, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.ids import BookId
from domain.money import exponent
from domain.ports.book_search import Hit, SearchQuery, SearchResults
from domain.ports.books import Shelf
from storage.books import SqlBooks
from storage.engine import Database
from storage.onetrip import OneTripConnection
from storage.search.answer import Answer, answer
from storage.search.index import SearchIndex
from storage.search.postgres import PostgresStore
from storage.search.sqlite import SqliteStore, finished
from storage.search.store import Time

__all__ = ["SearchIndex", "SqlBookSearch"]


class SqlBookSearch:
    """`domain.ports.book_search.BookSearch` over the index that `SearchIndex` keeps. ``currency`` is what prices in a
    message are taken to be in. After ``patience`` seconds a search makes do with what it has found.

    A search only reads, on the reading engine; on SQLite from beginning to end in its connection's own thread.
    """

    def __init__(self, database: Database, *, currency: str = "EUR", patience: float = 1.5) -> None:
        self._database = database
        self._patience = patience
        self._decimals = exponent(currency)

    async def search(self, query: SearchQuery) -> SearchResults:
        async with self._database.reading() as connection:
            found = await self._answer(connection, query)
            if found.browse is not None:
                shelf = Shelf()
                page = await SqlBooks(connection).browse(
                    shelf, found.browse, query.sort, offset=query.offset, limit=query.limit
                )
                return replace(found.results, hits=_alone([book.id for book in page.books]), total=page.total)
            if found.like is not None:
                shelf = Shelf(similar_to=found.like)
                page = await SqlBooks(connection).browse(
                    shelf, query.filters, query.sort, offset=query.offset, limit=query.limit
                )
                hits = _alone([book.id for book in page.books])
                nearest = () if hits or query.offset else _alone([found.like])
                return replace(found.results, hits=hits, total=page.total, nearest=nearest)
            return found.results

    async def _answer(self, connection: AsyncConnection, query: SearchQuery) -> Answer:
        time = Time(self._patience)
        if not self._database.sqlite:
            return await answer(PostgresStore(connection, time), query, decimals=self._decimals)

        def run(sync: Connection) -> Answer:
            driver = cast("OneTripConnection", sync.connection.dbapi_connection)
            return driver.trip(
                lambda db: finished(answer(SqliteStore(db, time), query, decimals=self._decimals))
            )

        return await connection.run_sync(run)


def _alone(books: Sequence[BookId]) -> tuple[Hit, ...]:
    return tuple(Hit(book, (book,)) for book in books)
