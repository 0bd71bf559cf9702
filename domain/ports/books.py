"""The catalogue, as the shop reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from domain.book import Book
from domain.ids import BookId
from domain.money import Money
from domain.views import Facet, NamedShelf


class Sort(StrEnum):
    BEST = "best"
    """For a search, by fit; for a shelf, by popularity."""
    TITLE = "title"
    PRICE_UP = "price_up"
    PRICE_DOWN = "price_down"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrowing down: only what matches all of it. Prices are minor units of the shop's currency, both ends included."""

    subject: str = ""
    language: str = ""
    form: str = ""
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool = False
    year_min: int | None = None
    year_max: int | None = None

    @property
    def any(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which books to browse: one of the fields is set, or none for the whole catalogue."""

    subject: str = ""
    language: str = ""
    author: str = ""
    series: str = ""
    picks: bool = False
    new: bool = False
    similar_to: BookId | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of books, and how many there are in all."""

    books: tuple[Book, ...]
    total: int


class Books(Protocol):
    """Reading never shows a withdrawn book, except by id (old orders and buttons still lead to it)."""

    async def get(self, book_id: BookId) -> Book | None: ...

    async def many(self, ids: Sequence[BookId]) -> dict[BookId, Book]:
        """Those of ``ids`` that exist, in one query."""
        ...

    async def browse(
        self, shelf: Shelf, filters: Filters, sort: Sort, *, offset: int, limit: int
    ) -> Page: ...

    async def count(self, shelf: Shelf) -> int: ...

    async def newest(self, limit: int) -> tuple[Book, ...]:
        """The latest additions to the catalogue, newest first."""
        ...

    async def editions(self, work: str) -> tuple[Book, ...]:
        """All editions of one work, most popular first."""
        ...

    async def by_isbn(self, isbn13: str) -> Book | None: ...

    async def subjects(self) -> tuple[Facet, ...]:
        """The shelves by subject that have books, fullest first."""
        ...

    async def languages(self) -> tuple[Facet, ...]: ...

    async def named(self, by: str) -> tuple[NamedShelf, ...]:
        """The shelves by ``author`` or by ``series`` that are asked for most, of two books or more, fullest first. Of an author,
        the book is one that names them first."""
        ...

    async def facets(self, shelf: Shelf, filters: Filters, by: str) -> tuple[Facet, ...]:
        """The subjects or languages (``by`` is ``subject`` or ``language``) that a shelf's books have, fullest first."""
        ...

    async def set_price(self, book_id: BookId, price: Money) -> None:
        """The shop's own price from now on: no feed overwrites it."""
        ...

    async def withdrawn(self, book_id: BookId) -> bool: ...
