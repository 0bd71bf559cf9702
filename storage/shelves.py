"""What a shelf, filters and a sort order mean in SQL. Equal shapes compile to equal statements, which are cached.

Customers look through works, not editions. Which edition stands for its work depends on what fits and on the order, so that
is asked with each page: an edition does if no other one of its work that fits comes before it (`leads`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from domain.book import Supply
from domain.ports.books import Filters, Shelf, Sort
from domain.search.folding import key as folded
from storage.statements import volume
from storage.tables import book_contributors, book_subjects, books

NEW_ONES = 100
"""So many of the latest additions stand on the shelf of new books."""

_shelved = book_subjects.alias("shelved")
_other = books.alias("other")
_LAST = 2**62
"""Behind every price and every number of a volume."""

Key = sa.ColumnElement[Any]
Holds = sa.ColumnElement[bool]


def source(shelf: Shelf) -> sa.FromClause:
    """Where a shelf's books come from."""
    if shelf.subject:
        return _shelved.join(books, books.c.id == _shelved.c.book_id)
    return books


LATEST = (
    sa.select(books.c.id)
    .where(books.c.withdrawn_at.is_(None))
    .order_by(books.c.added_at.desc(), books.c.id.desc())
    .limit(NEW_ONES)
)


def of_few(shelf: Shelf) -> bool:
    """Whether its books are so few that they are looked up first: asked together with the rest, a planner may look them up
    again for each book."""
    return shelf.new or shelf.similar_to is not None


def settled(shelf: Shelf, filters: Filters) -> tuple[Shelf, Filters]:
    """The same books as the shelf of a subject, or else of a language, if one is asked for: these have their indexes and
    their counts."""
    if filters.subject and shelf in (Shelf(), Shelf(language=shelf.language)):
        if not (shelf.language and filters.language):
            language = shelf.language or filters.language
            return Shelf(subject=filters.subject), dataclasses.replace(filters, subject="", language=language)
    elif filters.language and shelf == Shelf():
        return Shelf(language=filters.language), dataclasses.replace(filters, language="")
    return shelf, filters


def conditions(shelf: Shelf, filters: Filters, among: Sequence[int] = ()) -> list[Holds]:
    """What holds for the books of a shelf that the filters leave. ``among``: which they are, on a shelf `of_few`."""
    found = _of_shelf(books, shelf, among)
    if shelf.subject:
        found.append(_shelved.c.subject == shelf.subject)
        if filters.language:
            # The same as of the book. It is not asked of the book, so that nobody begins with all that are in the language.
            found.append(_shelved.c.language == filters.language)
            filters = dataclasses.replace(filters, language="")
    for subject in filter(None, (filters.subject, filters.readers)):
        in_it = sa.select(book_subjects.c.book_id).where(book_subjects.c.subject == subject)
        found.append(books.c.id.in_(in_it))
    return [*found, *_of_filters(books, filters)]


def leads(shelf: Shelf, filters: Filters, sort: Sort, among: Sequence[int] = ()) -> Holds:
    """Whether a book is the edition by which its work is shown."""
    before = sa.tuple_(*_rank(_other, shelf, sort)) < sa.tuple_(*_rank(books, shelf, sort))
    sooner = sa.exists().where(_other.c.work == books.c.work, before, *_fitting(shelf, filters, among))
    return sa.or_(books.c.work == sa.literal_column("''"), ~sooner)


@cache
def works(of: sa.FromClause = books) -> sa.ColumnElement[int]:
    """How many works the books are of. One whose title has no letters is a work of its own."""
    alone: Key = sa.literal_column("'#'", sa.Text) + sa.cast(of.c.id, sa.Text)
    return sa.func.count(sa.case((of.c.work == sa.literal_column("''"), alone), else_=of.c.work).distinct())


def editions(
    shelf: Shelf, filters: Filters, of: Sequence[str], among: Sequence[int] = ()
) -> sa.Select[tuple[int, str, int | None, str, int]]:
    """The editions of some works that stand on the shelf and are left by the filters, with their prices and popularity.

    In no order: asked for one, SQLite may read the whole catalogue in it instead of looking the works up.
    """
    it = _other.c
    return sa.select(it.id, it.work, it.price, it.currency, it.popularity).where(
        it.work.in_(of), *_fitting(shelf, filters, among)
    )


def narrowed(filters: Filters, by: str) -> Filters:
    """The filters without the one that a choice ``by`` subject or language would replace."""
    if by == "subject":
        return dataclasses.replace(filters, subject="")
    return dataclasses.replace(filters, language="")


def order(shelf: Shelf, sort: Sort) -> list[Key]:
    """Always down to the id, so that pages never overlap."""
    match sort:
        case Sort.TITLE:
            return [books.c.sort_title, books.c.id]
        case Sort.PRICE_UP:
            return [books.c.price.asc().nulls_last(), books.c.sort_title, books.c.id]
        case Sort.PRICE_DOWN:
            return [books.c.price.desc().nulls_last(), books.c.sort_title, books.c.id]
        case Sort.NEWEST:
            return [books.c.year.desc().nulls_last(), *_ARRIVED]
    if shelf.new:
        return _ARRIVED
    if shelf.series:
        return [_place(books), books.c.series_no, books.c.popularity.desc(), books.c.id]
    if shelf.subject:
        # Forwards as backwards: what the index gives without sorting.
        return [_shelved.c.popularity.desc(), _shelved.c.book_id.desc()]
    return [books.c.popularity.desc(), books.c.id.desc()]


_ARRIVED: list[Key] = [books.c.added_at.desc(), books.c.id.desc()]


def _rank(of: sa.FromClause, shelf: Shelf, sort: Sort) -> list[Key]:
    """What the edition that is shown has the least of. By default it is the one that a search shows: the most popular."""
    popular: list[Key] = [-of.c.popularity, of.c.id]
    if sort in (Sort.PRICE_UP, Sort.PRICE_DOWN):
        return [sa.func.coalesce(of.c.price, _LAST), *popular]
    if sort is Sort.NEWEST:
        arrived = -sa.type_coerce(of.c.added_at, sa.BigInteger)
        return [-sa.func.coalesce(of.c.year, 0), arrived, *popular]
    if sort is Sort.BEST and shelf.new:
        return [-sa.type_coerce(of.c.added_at, sa.BigInteger), *popular]
    if sort is Sort.BEST and shelf.series:
        return [_place(of), *popular]
    return popular


def _place(of: sa.FromClause) -> Key:
    """Volumes in order: those without a number come last."""
    return sa.func.coalesce(volume(of.c.series_no), _LAST)


def _fitting(shelf: Shelf, filters: Filters, among: Sequence[int]) -> list[Holds]:
    """`conditions` for other editions than the one that is looked at: of one work, so that each is looked up by itself."""
    found: list[Holds] = [*_of_shelf(_other, shelf, among), *_of_filters(_other, filters)]
    for subject in filter(None, (shelf.subject, filters.subject, filters.readers)):
        theirs = book_subjects.alias()
        found.append(sa.exists().where(theirs.c.book_id == _other.c.id, theirs.c.subject == subject))
    return found


def _of_shelf(of: sa.FromClause, shelf: Shelf, among: Sequence[int]) -> list[Holds]:
    """All but its subject."""
    if of_few(shelf):
        return [of.c.id.in_(among)]
    found: list[Holds] = [of.c.withdrawn_at.is_(None)]
    if shelf.language:
        found.append(of.c.language == shelf.language)
    elif shelf.author:
        by = sa.select(book_contributors.c.book_id).where(
            book_contributors.c.name_key == folded(shelf.author), book_contributors.c.role == "author"
        )
        found.append(of.c.id.in_(by))
    elif shelf.series:
        found.append(of.c.series_key == folded(shelf.series))
    elif shelf.picks:
        found.append(of.c.staff_pick != sa.literal_column("''"))
    return found


def _of_filters(of: sa.FromClause, filters: Filters) -> list[Holds]:
    """All but the subjects."""
    found: list[Holds] = []
    if filters.language:
        found.append(of.c.language == filters.language)
    if filters.form:
        found.append(of.c.form == filters.form)
    if filters.price_min is not None:
        found.append(of.c.price >= filters.price_min)
    if filters.price_max is not None:
        found.append(of.c.price <= filters.price_max)
    if filters.in_stock:
        found += [of.c.on_hand > of.c.held, of.c.supply != Supply.RECALLED.value]
    if filters.year_min is not None:
        found.append(of.c.year >= filters.year_min)
    if filters.year_max is not None:
        found.append(of.c.year <= filters.year_max)
    return found
