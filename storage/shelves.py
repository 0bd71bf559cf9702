"""What a shelf, filters and a sort order mean in SQL. Equal shapes compile to equal statements, which are cached."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import sqlalchemy as sa

from domain.book import Supply
from domain.ports.books import Filters, Shelf, Sort
from domain.search.folding import key as folded
from storage.tables import book_contributors, book_subjects, books

NEW_ONES = 100
"""So many of the latest additions stand on the shelf of new books."""

_shelved = book_subjects.alias("shelved")


def source(shelf: Shelf) -> sa.FromClause:
    """Where a shelf's books come from."""
    if shelf.subject:
        return _shelved.join(books, books.c.id == _shelved.c.book_id)
    return books


def conditions(shelf: Shelf, filters: Filters, among: Sequence[int] = ()) -> list[sa.ColumnElement[bool]]:
    """What holds for the books of a shelf that the filters leave. ``among``: the similar ones, on a shelf of such."""
    if shelf.similar_to is not None:
        return [books.c.id.in_(among), *_of_filters(filters)]
    return [books.c.withdrawn_at.is_(None), *_of_shelf(shelf), *_of_filters(filters)]


def narrowed(filters: Filters, by: str) -> Filters:
    """The filters without the one that a choice ``by`` subject or language would replace."""
    if by == "subject":
        return dataclasses.replace(filters, subject="")
    return dataclasses.replace(filters, language="")


def order(shelf: Shelf, sort: Sort) -> list[sa.ColumnElement[object]]:
    """Always down to the id, so that pages never overlap."""
    match sort:
        case Sort.TITLE:
            return [books.c.sort_title, books.c.id]
        case Sort.PRICE_UP:
            return [books.c.price.asc().nulls_last(), books.c.sort_title, books.c.id]
        case Sort.PRICE_DOWN:
            return [books.c.price.desc().nulls_last(), books.c.sort_title, books.c.id]
        case Sort.NEWEST:
            return _NEWEST
    if shelf.new:
        return _NEWEST
    if shelf.series:
        return [_series_place(), books.c.series_no, books.c.popularity.desc(), books.c.id]
    if shelf.subject:
        # Forwards as backwards: what the index gives without sorting.
        return [_shelved.c.popularity.desc(), _shelved.c.book_id.desc()]
    return [books.c.popularity.desc(), books.c.id.desc()]


_NEWEST: list[sa.ColumnElement[object]] = [books.c.added_at.desc(), books.c.id.desc()]


def _series_place() -> sa.ColumnElement[object]:
    """Volumes in order: ``10`` after ``2``. Longer numbers are higher ones; none comes last."""
    return sa.case((books.c.series_no == "", 99), else_=sa.func.length(books.c.series_no))


def _of_shelf(shelf: Shelf) -> list[sa.ColumnElement[bool]]:
    if shelf.subject:
        return [_shelved.c.subject == shelf.subject]
    if shelf.language:
        return [books.c.language == shelf.language]
    if shelf.author:
        by = sa.select(book_contributors.c.book_id).where(
            book_contributors.c.name_key == folded(shelf.author), book_contributors.c.role == "author"
        )
        return [books.c.id.in_(by)]
    if shelf.series:
        return [books.c.series_key == folded(shelf.series)]
    if shelf.picks:
        return [books.c.staff_pick != sa.literal_column("''")]
    if shelf.new:
        latest = (
            sa.select(books.c.id)
            .where(books.c.withdrawn_at.is_(None))
            .order_by(*_NEWEST)
            .limit(NEW_ONES)
            .correlate(None)
        )
        return [books.c.id.in_(latest)]
    return []  # the whole catalogue


def _of_filters(filters: Filters) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if filters.subject:
        found.append(_has_subject(filters.subject))
    if filters.language:
        found.append(books.c.language == filters.language)
    if filters.form:
        found.append(books.c.form == filters.form)
    if filters.price_min is not None:
        found.append(books.c.price >= filters.price_min)
    if filters.price_max is not None:
        found.append(books.c.price <= filters.price_max)
    if filters.in_stock:
        found += [books.c.on_hand > books.c.held, books.c.supply != Supply.RECALLED.value]
    if filters.year_min is not None:
        found.append(books.c.year >= filters.year_min)
    if filters.year_max is not None:
        found.append(books.c.year <= filters.year_max)
    return found


def _has_subject(subject: str) -> sa.ColumnElement[bool]:
    return books.c.id.in_(sa.select(book_subjects.c.book_id).where(book_subjects.c.subject == subject))
