"""Shops to search in: a loaded database and the search over it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from domain.book import Book
from domain.catalogue import CatalogueRow, Contributor
from domain.ids import BookId
from domain.ports.book_search import SearchQuery, SearchResults
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.search import SearchIndex, SqlBookSearch
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import opened
from tests.storage.samples import NOW, eur, row


@dataclass(frozen=True, slots=True)
class Searched:
    """A search's results as people see them: titles, best first."""

    results: SearchResults
    books: dict[BookId, Book]

    @property
    def titles(self) -> list[str]:
        return [self.books[hit.book_id].title for hit in self.results.hits]

    @property
    def nearest(self) -> list[str]:
        return [self.books[hit.book_id].title for hit in self.results.nearest]

    @property
    def first(self) -> Book:
        return self.books[self.results.hits[0].book_id]


@dataclass(frozen=True, slots=True)
class Shop:
    database: Database
    catalogue: SqlCatalogue
    search: SqlBookSearch

    async def load(self, rows: Sequence[CatalogueRow]) -> None:
        async for _ in self.catalogue.load(rows, NOW):
            pass

    async def find(self, text: str, **query: Any) -> Searched:
        results = await self.search.search(SearchQuery(text, **query))
        ids = {one for hit in (*results.hits, *results.nearest) for one in hit.editions}
        ids.update(one for one in (results.like, results.after) if one is not None)
        return Searched(results, await self.books(sorted(ids)))

    async def books(self, ids: Sequence[BookId]) -> dict[BookId, Book]:
        async with SqlUnitOfWork(self.database).reading() as look:
            return await look.books.many(ids)

    async def withdraw(self, book: BookId) -> None:
        await self.catalogue.withdraw([book], NOW)


@asynccontextmanager
async def opened_shop(url: str) -> AsyncIterator[Shop]:
    async with opened(url) as database:
        yield Shop(database, SqlCatalogue(database, index=SearchIndex()), SqlBookSearch(database))


def book(title: str, author: str = "Nora Vale", **changes: Any) -> CatalogueRow:
    """A record of one edition, priced 12.90, in English."""
    ref = changes.pop("ref", f"{title}|{author}")
    fields = {"price": eur(1290), "subjects": (), **changes}
    return row(ref, title=title, contributors=(Contributor(author),), **fields)
