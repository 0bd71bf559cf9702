"""The catalogue, as the shop reads it. Withdrawn books are left out, except by id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.book import Book, Form, Stock, Supply
from domain.ids import BookId
from domain.listing import span
from domain.money import Money
from domain.ports.books import Filters, Page, Shelf, ShelvedWork, Sort
from domain.views import Facet, NamedShelf
from storage.connection import Connection, lengthy
from storage.names import joined, parted
from storage.shelves import LATEST, conditions, editions, leads, narrowed, order, settled, source, works
from storage.similar import similar
from storage.statements import locked, unawaited
from storage.tables import book_subjects, books, shelf_counts

_COLUMNS = (
    books.c.id,
    books.c.title,
    books.c.authors,
    books.c.price,
    books.c.currency,
    books.c.on_hand,
    books.c.held,
    books.c.supply,
    books.c.lead_days,
    books.c.available_from,
    books.c.subtitle,
    books.c.isbn13,
    books.c.series,
    books.c.series_no,
    books.c.year,
    books.c.language,
    books.c.form,
    books.c.pages,
    books.c.publisher,
    books.c.subjects,
    books.c.blurb,
    books.c.staff_pick,
    books.c.shelf,
    books.c.cover_url,
    books.c.work,
    books.c.withdrawn_at,
)
_BOOK = sa.select(*_COLUMNS)
_SOLD = books.c.withdrawn_at.is_(None)

GET = _BOOK.where(books.c.id == bindparam("book"))
MANY = _BOOK.where(books.c.id.in_(bindparam("ids", expanding=True)))
BY_ISBN = _BOOK.where(books.c.isbn13 == bindparam("isbn"), _SOLD)
NEWEST = _BOOK.where(_SOLD).order_by(books.c.added_at.desc(), books.c.id.desc()).limit(bindparam("most"))
EDITIONS = _BOOK.where(books.c.work == bindparam("the_work"), _SOLD).order_by(
    books.c.popularity.desc(), books.c.id
)
WITHDRAWN = sa.select(books.c.withdrawn_at.is_not(None)).where(books.c.id == bindparam("book"))

# Kept by the catalogue with every change of it, so that no turn counts the whole shop.
COUNTED = (
    sa.select(shelf_counts.c.key, shelf_counts.c.books)
    .where(shelf_counts.c.kind == bindparam("what"))
    .order_by(shelf_counts.c.books.desc(), shelf_counts.c.key)
)
COUNTED_ONE = sa.select(shelf_counts.c.books).where(
    shelf_counts.c.kind == bindparam("what"), shelf_counts.c.key == bindparam("name")
)


OWN_FIELDS = locked(sa.select(books.c.own_fields).where(books.c.id == bindparam("book")))
SET_PRICE = unawaited(
    sa.update(books)
    .where(books.c.id == bindparam("book"))
    .values(price=bindparam("minor"), currency=bindparam("in_currency"), own_fields=bindparam("own"))
)
UNCOUNT_PRICES = unawaited(sa.delete(shelf_counts).where(shelf_counts.c.kind == "price"))


class SqlBooks:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def get(self, book_id: BookId) -> Book | None:
        row = (await self._connection.execute(GET, {"book": book_id})).one_or_none()
        return None if row is None else _book(row)

    async def many(self, ids: Sequence[BookId]) -> dict[BookId, Book]:
        if not ids:
            return {}
        rows = await self._connection.execute(MANY, {"ids": list(dict.fromkeys(ids))})
        return {BookId(row[0]): _book(row) for row in rows}

    async def browse(self, shelf: Shelf, filters: Filters, sort: Sort, *, offset: int, limit: int) -> Page:
        shelf, filters = settled(shelf, filters)
        among = await self._among(shelf)
        if shelf.similar_to is not None and sort is Sort.BEST:
            return await self._alike(shelf, filters, among, offset, limit)
        page = lengthy(
            _BOOK.select_from(source(shelf))
            .where(*conditions(shelf, filters, among), leads(shelf, filters, sort, among))
            .order_by(*order(shelf, sort))
            .limit(limit)
            .offset(offset)
        )
        found = [_book(row) for row in await self._connection.execute(page)]
        shown = await self._works(shelf, filters, among, found)
        if len(found) < limit and (found or not offset):
            return Page(shown, offset + len(found))
        # What was counted when the catalogue changed may be older than the page, and says nothing of one beyond the end.
        kept = await self._kept(shelf, filters) if found else None
        total = await self._count(shelf, filters, among) if kept is None else kept
        return Page(shown, max(total, offset + len(found)) if found else total)

    async def _works(
        self, shelf: Shelf, filters: Filters, among: Sequence[int], leading: Sequence[Book]
    ) -> tuple[ShelvedWork, ...]:
        """The works that these are the first editions of."""
        of: dict[str, list[tuple[BookId, Money | None]]] = {book.work: [] for book in leading if book.work}
        if of:
            statement = editions(shelf, filters, list(of), among)
            rows = (await self._connection.execute(statement)).all()
            for number, work, price, currency, _ in sorted(rows, key=lambda row: (-row.popularity, row.id)):
                of[work].append((BookId(number), None if price is None else Money(price, currency)))
        return tuple(_work(book, of.get(book.work, ())) for book in leading)

    async def count(self, shelf: Shelf) -> int:
        kept = await self._kept(shelf, Filters())
        if kept is not None:
            return kept
        return await self._count(shelf, Filters(), await self._among(shelf))

    async def _kept(self, shelf: Shelf, filters: Filters) -> int | None:
        """What the catalogue counted when it last changed; None for what it does not count."""
        if filters == Filters(price_min=filters.price_min, price_max=filters.price_max) and shelf == Shelf():
            # Not for every price, and not since the shop set one itself.
            what = {"what": "price", "name": span(filters.price_min, filters.price_max)}
            return (await self._connection.execute(COUNTED_ONE, what)).scalar_one_or_none()
        if filters.any or not (shelf.subject or shelf.language):
            return None
        what = {
            "what": "subject" if shelf.subject else "language",
            "name": shelf.subject or shelf.language,
        }
        return (await self._connection.execute(COUNTED_ONE, what)).scalar_one_or_none() or 0

    async def _count(self, shelf: Shelf, filters: Filters, among: Sequence[int]) -> int:
        statement = sa.select(works()).select_from(source(shelf)).where(*conditions(shelf, filters, among))
        return int((await self._connection.execute(lengthy(statement))).scalar_one())

    async def _among(self, shelf: Shelf) -> Sequence[int]:
        """The books of a shelf of few."""
        if shelf.similar_to is not None:
            return await similar(self._connection, shelf.similar_to)
        return [*(await self._connection.execute(LATEST)).scalars()] if shelf.new else ()

    async def _alike(
        self, shelf: Shelf, filters: Filters, among: Sequence[int], offset: int, limit: int
    ) -> Page:
        """Similar books are few, and in an order that only their search knows."""
        rows = await self._connection.execute(lengthy(_BOOK.where(*conditions(shelf, filters, among))))
        ranks = {book: rank for rank, book in enumerate(among)}
        found: dict[str, list[Book]] = {}
        for book in sorted(map(_book, rows), key=lambda book: ranks[book.id]):
            found.setdefault(book.work or f"#{book.id}", []).append(book)
        page = list(found.values())[offset : offset + limit]
        shown = tuple(_work(of_it[0], [(book.id, book.price) for book in of_it]) for of_it in page)
        return Page(shown, len(found))

    async def newest(self, limit: int) -> tuple[Book, ...]:
        rows = await self._connection.execute(NEWEST, {"most": limit})
        return tuple(_book(row) for row in rows)

    async def editions(self, work: str) -> tuple[Book, ...]:
        rows = await self._connection.execute(EDITIONS, {"the_work": work})
        return tuple(_book(row) for row in rows)

    async def by_isbn(self, isbn13: str) -> Book | None:
        row = (await self._connection.execute(BY_ISBN, {"isbn": isbn13})).one_or_none()
        return None if row is None else _book(row)

    async def subjects(self) -> tuple[Facet, ...]:
        return await self._counted("subject")

    async def languages(self) -> tuple[Facet, ...]:
        return await self._counted("language")

    async def named(self, by: str) -> tuple[NamedShelf, ...]:
        counts = {BookId(int(facet.key)): facet.count for facet in await self._counted(by)}
        found = await self.many(list(counts))
        return tuple(
            NamedShelf(book, (found[book].series if by == "series" else found[book].authors[0]), count)
            for book, count in counts.items()
            if book in found
        )

    async def _counted(self, what: str) -> tuple[Facet, ...]:
        rows = await self._connection.execute(COUNTED, {"what": what})
        return tuple(Facet(key, count) for key, count in rows)

    async def facets(self, shelf: Shelf, filters: Filters, by: str) -> tuple[Facet, ...]:
        if by not in ("subject", "language"):
            raise ValueError(f"books are not counted by {by!r}")
        key: sa.ColumnElement[str] = book_subjects.c.subject if by == "subject" else books.c.language
        shelf, filters = settled(shelf, narrowed(filters, by))
        of = source(shelf)
        if by == "subject":
            of = of.join(book_subjects, book_subjects.c.book_id == books.c.id)
        count = works()
        where = conditions(shelf, filters, await self._among(shelf))
        statement = lengthy(
            sa.select(key, count)
            .select_from(of)
            .where(*where, key != "")
            .group_by(key)
            .order_by(count.desc(), key)
        )
        rows = await self._connection.execute(statement)
        return tuple(Facet(name, works_of_it) for name, works_of_it in rows)

    async def set_price(self, book_id: BookId, price: Money) -> None:
        own = (await self._connection.execute(OWN_FIELDS, {"book": book_id})).scalar_one_or_none()
        if own is not None:
            fields = joined(sorted({*parted(own), "price"}))
            values = {"book": book_id, "minor": price.minor, "in_currency": price.currency, "own": fields}
            await self._connection.execute(SET_PRICE, values)
            await self._connection.execute(UNCOUNT_PRICES)

    async def withdrawn(self, book_id: BookId) -> bool:
        found = (await self._connection.execute(WITHDRAWN, {"book": book_id})).scalar_one_or_none()
        return bool(found)


def _work(book: Book, editions: Iterable[tuple[BookId, Money | None]]) -> ShelvedWork:
    """``editions`` with their prices, the most popular first."""
    prices = {number: price for number, price in editions if number != book.id}
    here = [price for price in (book.price, *prices.values()) if price is not None]
    return ShelvedWork(book, (book.id, *prices), min(here, default=None))


def _book(row: Sequence[Any]) -> Book:
    (number, title, authors, price, currency, on_hand, held, supply, lead_days, available_from, subtitle, isbn13,
     series, series_no, year, language, form, pages, publisher, subjects, blurb, staff_pick, shelf, cover_url,
     work, withdrawn_at) = row  # fmt: skip
    return Book(
        id=BookId(number),
        title=title,
        authors=parted(authors),
        price=None if price is None else Money(price, currency),
        stock=Stock(on_hand, held),
        supply=Supply(supply),
        lead_days=lead_days,
        available_from=available_from,
        subtitle=subtitle,
        isbn13=isbn13,
        series=series,
        series_no=series_no,
        year=year,
        language=language,
        form=Form(form),
        pages=pages,
        publisher=publisher,
        subjects=parted(subjects),
        blurb=blurb,
        staff_pick=staff_pick,
        shelf=shelf,
        cover_url=cover_url,
        work=work,
        withdrawn=withdrawn_at is not None,
    )
