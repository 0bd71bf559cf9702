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
    """By the year of publication; of one year, what came into the shop last."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrowing down: only what matches all of it. ``readers``: a subject besides, that says whom books are for. Prices are
    minor units of the shop's currency, both ends included."""

    subject: str = ""
    readers: str = ""
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
class ShelvedWork:
    """One work on a shelf: the edition that it is shown by, the ids of all its editions that stand there, that one first, and
    the lowest of their prices (None: none has any)."""

    book: Book
    editions: tuple[BookId, ...]
    from_price: Money | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of works, and how many there are in all."""

    works: tuple[ShelvedWork, ...]
    total: int

    @property
    def books(self) -> tuple[Book, ...]:
        """The editions that the works are shown by."""
        return tuple(work.book for work in self.works)


class Books(Protocol):
    """Reading never shows a withdrawn book, except by id (old orders and buttons still lead to it)."""

    async def get(self, book_id: BookId) -> Book | None: ...

    async def many(self, ids: Sequence[BookId]) -> dict[BookId, Book]:
        """Those of ``ids`` that exist, in one query."""
        ...

    async def browse(self, shelf: Shelf, filters: Filters, sort: Sort, *, offset: int, limit: int) -> Page:
        """A page of the works of which at least one edition stands on the shelf and is left by the filters.

        Of these editions a work is shown by the most popular; in an order by price, by the cheapest, either way; by novelty,
        by the newest; in a series, by the one with the lowest number. Pages neither repeat nor skip a work.
        """
        ...

    async def count(self, shelf: Shelf) -> int:
        """How many works stand on the shelf: as many as `browse` shows."""
        ...

    async def newest(self, limit: int) -> tuple[Book, ...]:
        """The latest additions to the catalogue, newest first."""
        ...

    async def editions(self, work: str) -> tuple[Book, ...]:
        """All editions of one work, most popular first."""
        ...

    async def by_isbn(self, isbn13: str) -> Book | None: ...

    async def subjects(self) -> tuple[Facet, ...]:
        """The shelves by subject that have books, fullest first, with how many works stand there."""
        ...

    async def languages(self) -> tuple[Facet, ...]: ...

    async def named(self, by: str) -> tuple[NamedShelf, ...]:
        """The shelves by ``author`` or by ``series`` that are asked for most, of two works or more, fullest first. Of an author,
        the book is one that names them first."""
        ...

    async def facets(self, shelf: Shelf, filters: Filters, by: str) -> tuple[Facet, ...]:
        """The subjects or languages (``by`` is ``subject`` or ``language``) that a shelf's books have, with how many works each
        would leave, fullest first."""
        ...

    async def set_price(self, book_id: BookId, price: Money) -> None:
        """The shop's own price from now on: no feed overwrites it."""
        ...

    async def withdrawn(self, book_id: BookId) -> bool: ...
