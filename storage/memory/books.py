"""The catalogue, as the shop reads it."""

from __future__ import annotations

import dataclasses
import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from domain.book import Book, Stock, Supply
from domain.catalogue import Role
from domain.ids import BookId
from domain.money import Money
from domain.ports.books import Filters, Page, Shelf, ShelvedWork, Sort
from domain.search.folding import key as folded
from domain.series import volume
from domain.views import Facet, NamedShelf
from storage.keys import sort_title, work_key
from storage.memory.state import KeptBook, State
from storage.names import joined, parted
from storage.shelves import NEW_ONES, narrowed
from storage.similar import COMPARED, MOST, SUBJECTS

_Kept = tuple[BookId, KeptBook]


class MemoryBooks:
    def __init__(self, state: State) -> None:
        self._state = state

    async def get(self, book_id: BookId) -> Book | None:
        kept = self._state.books.get(book_id)
        return None if kept is None else _book(book_id, kept)

    async def many(self, ids: Sequence[BookId]) -> dict[BookId, Book]:
        known = self._state.books
        return {number: _book(number, known[number]) for number in ids if number in known}

    async def browse(self, shelf: Shelf, filters: Filters, sort: Sort, *, offset: int, limit: int) -> Page:
        found = self._filtered(self._on(shelf), filters)
        of: dict[str, list[_Kept]] = {}
        for one in found:
            of.setdefault(_group(one), []).append(one)
        if sort is Sort.BEST and shelf.similar_to is not None:
            works = [_shown(of_it[0], of_it) for of_it in of.values()]
            return Page(tuple(works[offset : offset + limit]), len(works))
        leading = {min(of_it, key=_rank(shelf, sort))[0]: of_it for of_it in of.values()}
        listed = sorted((one for one in found if one[0] in leading), key=_order(shelf, sort))
        page = listed[offset : offset + limit]
        return Page(tuple(_shown(one, leading[one[0]]) for one in page), len(listed))

    async def count(self, shelf: Shelf) -> int:
        return len({_group(one) for one in self._on(shelf)})

    async def newest(self, limit: int) -> tuple[Book, ...]:
        return tuple(_book(*one) for one in self._newest()[:limit])

    async def editions(self, work: str) -> tuple[Book, ...]:
        found = [one for one in self._sold() if _work(one[1]) == work]
        found.sort(key=lambda one: (-one[1].row.popularity, one[0]))
        return tuple(_book(*one) for one in found)

    async def by_isbn(self, isbn13: str) -> Book | None:
        return next((_book(*one) for one in self._sold() if one[1].row.isbn13 == isbn13), None)

    async def set_price(self, book_id: BookId, price: Money) -> None:
        kept = self._state.books.get(book_id)
        if kept is not None:
            own = kept.row.own_fields | {"price"}
            row = dataclasses.replace(kept.row, price=price, currency=price.currency, own_fields=own)
            self._state.books[book_id] = dataclasses.replace(kept, row=row)

    async def subjects(self) -> tuple[Facet, ...]:
        return _facets(self._sold(), "subject")

    async def languages(self) -> tuple[Facet, ...]:
        return _facets(self._sold(), "language")

    async def named(self, by: str) -> tuple[NamedShelf, ...]:
        shelves: dict[str, list[_Kept]] = {}
        for one in self._sold():
            row = one[1].row
            authors = [one.name for one in row.contributors if one.role is Role.AUTHOR]
            names = [row.series] if by == "series" else authors
            for name in filter(None, names):
                shelves.setdefault(folded(name), []).append(one)
        found: list[NamedShelf] = []
        for name, of_it in shelves.items():
            whose = [
                one[0] for one in of_it if by == "series" or folded(one[1].row.contributors[0].name) == name
            ]
            works = len({_group(one) for one in of_it})
            if works > 1 and whose:
                row = self._state.books[min(whose)].row
                found.append(NamedShelf(min(whose), row.series if by == "series" else row.authors[0], works))
        return tuple(sorted(found, key=lambda one: (-one.count, str(one.book_id))))

    async def facets(self, shelf: Shelf, filters: Filters, by: str) -> tuple[Facet, ...]:
        if by not in ("subject", "language"):
            raise ValueError(f"books are not counted by {by!r}")
        return _facets(self._filtered(self._on(shelf), narrowed(filters, by)), by)

    async def withdrawn(self, book_id: BookId) -> bool:
        kept = self._state.books.get(book_id)
        return kept is not None and kept.withdrawn_at is not None

    def _sold(self) -> list[_Kept]:
        return [(number, kept) for number, kept in self._state.books.items() if kept.withdrawn_at is None]

    def _newest(self) -> list[_Kept]:
        return sorted(self._sold(), key=lambda one: (one[1].added_at, one[0]), reverse=True)

    def _on(self, shelf: Shelf) -> list[_Kept]:
        if shelf.new:
            return self._newest()[:NEW_ONES]
        if shelf.similar_to is not None:
            return self._similar(shelf.similar_to)
        return [one for one in self._sold() if _fits(shelf, one[1])]

    def _similar(self, book_id: BookId) -> list[_Kept]:
        this = self._state.books.get(book_id)
        if this is None:
            return []
        subjects = this.row.subjects[:SUBJECTS]
        compared: dict[BookId, KeptBook] = {}
        for subject in subjects:
            of_it = [
                one
                for one in self._sold()
                if subject in one[1].row.subjects and one[1].row.language == this.row.language
            ]
            compared.update(sorted(of_it, key=lambda one: -one[1].row.popularity)[:COMPARED])
        found = [
            (len(set(subjects) & set(kept.row.subjects)), kept.row.popularity, number)
            for number, kept in compared.items()
            if number != book_id
            and (not _work(kept) or _work(kept) != _work(this))
            and kept.row.authors != this.row.authors
        ]
        works = [
            *dict.fromkeys(_group((number, compared[number])) for _, _, number in sorted(found, reverse=True))
        ]
        ranks = {work: rank for rank, work in enumerate(works[:MOST])}
        editions = [
            one for one in self._sold() if _group(one) in ranks and one[1].row.language == this.row.language
        ]
        return sorted(editions, key=lambda one: (ranks[_group(one)], *_popular(one)))

    def _filtered(self, found: list[_Kept], filters: Filters) -> list[_Kept]:
        return [one for one in found if _left_by(filters, one[1])]


def _fits(shelf: Shelf, kept: KeptBook) -> bool:
    row = kept.row
    if shelf.subject:
        return shelf.subject in row.subjects
    if shelf.language:
        return row.language == shelf.language
    if shelf.author:
        wanted = folded(shelf.author)
        return any(one.role is Role.AUTHOR and folded(one.name) == wanted for one in row.contributors)
    if shelf.series:
        return folded(row.series) == folded(shelf.series)
    # Else the shelf says nothing: it is the whole catalogue.
    return bool(row.staff_pick) if shelf.picks else True


def _left_by(filters: Filters, kept: KeptBook) -> bool:
    row = kept.row
    price = None if row.price is None else row.price.minor
    return (
        (not filters.subject or filters.subject in row.subjects)
        and (not filters.readers or filters.readers in row.subjects)
        and (not filters.language or filters.language == row.language)
        and (not filters.form or filters.form == row.form.value)
        and _between(price, filters.price_min, filters.price_max)
        and _between(row.year, filters.year_min, filters.year_max)
        and (not filters.in_stock or (kept.on_hand > kept.held and row.supply is not Supply.RECALLED))
    )


def _between(value: int | None, least: int | None, most: int | None) -> bool:
    if least is None and most is None:
        return True
    return value is not None and (least is None or value >= least) and (most is None or value <= most)


def _order(shelf: Shelf, sort: Sort) -> Callable[[_Kept], Any]:
    def title(one: _Kept) -> tuple[str, int]:
        return sort_title(one[1].row.title, one[1].row.language), one[0]

    def price(one: _Kept) -> int:
        return 0 if one[1].row.price is None else one[1].row.price.minor

    match sort:
        case Sort.TITLE:
            return title
        case Sort.PRICE_UP:
            return lambda one: (one[1].row.price is None, price(one), title(one))
        case Sort.PRICE_DOWN:
            return lambda one: (one[1].row.price is None, -price(one), title(one))
    if sort is Sort.NEWEST:
        return lambda one: (-(one[1].row.year or 0), -one[1].added_at.timestamp(), -one[0])
    if shelf.new:
        return lambda one: (-one[1].added_at.timestamp(), -one[0])
    if shelf.series:
        return lambda one: (_place(one), one[1].row.series_no, *_popular(one))
    return lambda one: (-one[1].row.popularity, -one[0])


def _rank(shelf: Shelf, sort: Sort) -> Callable[[_Kept], Any]:
    """What the edition that a work is shown by has the least of."""
    if sort in (Sort.PRICE_UP, Sort.PRICE_DOWN):
        return lambda one: (*_order(shelf, Sort.PRICE_UP)(one)[:2], *_popular(one))
    if sort is Sort.NEWEST:
        return lambda one: (-(one[1].row.year or 0), -one[1].added_at.timestamp(), *_popular(one))
    if sort is Sort.BEST and shelf.new:
        return lambda one: (-one[1].added_at.timestamp(), *_popular(one))
    if sort is Sort.BEST and shelf.series:
        return lambda one: (_place(one), *_popular(one))
    return _popular


def _popular(one: _Kept) -> tuple[int, int]:
    return -one[1].row.popularity, one[0]


def _place(one: _Kept) -> float:
    place = volume(one[1].row.series_no)
    return math.inf if place is None else place


def _group(one: _Kept) -> str:
    """What the editions of a work have in common. A book whose title has no letters is a work of its own."""
    return _work(one[1]) or f"#{one[0]}"


def _shown(book: _Kept, editions: Sequence[_Kept]) -> ShelvedWork:
    prices = [one[1].row.price for one in editions if one[1].row.price is not None]
    others = [number for number, _ in sorted(editions, key=_popular) if number != book[0]]
    return ShelvedWork(_book(*book), (book[0], *others), min(prices, default=None))


def _facets(found: list[_Kept], by: str) -> tuple[Facet, ...]:
    works: dict[str, set[str]] = defaultdict(set)
    for one in found:
        row = one[1].row
        for name in row.subjects if by == "subject" else (row.language,):
            works[name].add(_group(one))
    works.pop("", None)
    counts = {name: len(of_it) for name, of_it in works.items()}
    return tuple(
        Facet(key, count) for key, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    )


def _work(kept: KeptBook) -> str:
    return kept.row.work or work_key(kept.row.title, kept.row.authors)


def _book(number: BookId, kept: KeptBook) -> Book:
    row = kept.row
    return Book(
        id=number,
        title=row.title,
        authors=parted(joined(row.authors)),
        price=row.price,
        stock=Stock(kept.on_hand, kept.held),
        supply=row.supply,
        lead_days=row.lead_days,
        available_from=row.available_from,
        subtitle=row.subtitle,
        isbn13=row.isbn13,
        series=row.series,
        series_no=row.series_no,
        year=row.year,
        language=row.language,
        form=row.form,
        pages=row.pages,
        publisher=row.publisher,
        subjects=row.subjects,
        blurb=row.blurb,
        staff_pick=row.staff_pick,
        shelf=row.shelf,
        cover_url=row.cover_url,
        work=_work(kept),
        withdrawn=kept.withdrawn_at is not None,
    )
