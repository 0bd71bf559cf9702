"""Finding books by what people type, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import Connection

from domain.ids import BookId
from domain.ports.book_search import Hit, SearchQuery, SearchResults
from domain.ports.books import Sort
from domain.search import folding, isbn
from domain.search.filler import without_request
from storage.engine import Database
from storage.onetrip import OneTripConnection
from storage.search.index import SearchIndex
from storage.search.ladder import Ladder
from storage.search.postgres import PostgresStore
from storage.search.sqlite import SqliteStore, finished
from storage.search.store import Store

__all__ = ["SearchIndex", "SqlBookSearch"]

_LONGEST = 400


class SqlBookSearch:
    """`domain.ports.book_search.BookSearch` over the index that `SearchIndex` keeps. It reads only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def search(self, query: SearchQuery) -> SearchResults:
        async with self._database.reading() as connection:
            if not self._database.sqlite:
                return await answer(PostgresStore(connection), query)

            def run(sync: Connection) -> SearchResults:
                driver = cast("OneTripConnection", sync.connection.dbapi_connection)
                return driver.trip(lambda db: finished(answer(SqliteStore(db), query)))

            return await connection.run_sync(run)


async def answer(store: Store, query: SearchQuery) -> SearchResults:
    text = query.text[:_LONGEST]
    isbns, rest = isbn.spot(text)
    if isbns:
        found = await store.numbered(isbns, query.filters)
        return await _results(store, query, [(c.book_id, c.work) for c in found], rest)
    words = folding.words(without_request(text))
    if not words:
        if query.filters.any:
            books, total = await store.browse(query.filters, query.sort, query.offset, query.limit)
            return SearchResults(tuple(Hit(b, (b,)) for b, _ in books), total)
        return SearchResults((), 0)
    fits = await Ladder(store, query.filters, literal=query.literal).climb(words)
    return await _results(
        store, query, [(f.candidate.book_id, f.candidate.work) for f in fits], " ".join(words)
    )


async def _results(
    store: Store, query: SearchQuery, found: Sequence[tuple[int, str]], words: str
) -> SearchResults:
    works: dict[str, int] = {}
    for book, work in found:
        works.setdefault(work or f"#{book}", book)
    leads = list(works.values())
    if query.sort is not Sort.BEST:
        leads = await store.sorted(leads, query.sort)
    page = leads[query.offset : query.offset + query.limit]
    work_of = {book: work for work, book in works.items()}
    editions = await store.editions([work_of[book] for book in page], query.filters)
    hits = []
    for book in page:
        others = [other for other in editions.get(work_of[book], []) if other != book]
        hits.append(Hit(BookId(book), (BookId(book), *others)))
    return SearchResults(tuple(hits), len(leads), words=words)
