"""What a shelf, filters and a sort order mean in SQL. Equal shapes compile to equal statements, which are cached."""

from __future__ import annotations

import dataclasses

import sqlalchemy as sa

from domain.book import Supply
from domain.ids import BookId
from domain.ports.books import Filters, Shelf, Sort
from domain.search.folding import key as folded
from storage.tables import book_contributors, book_subjects, books

NEW_ONES = 100
"""So many of the latest additions stand on the shelf of new books."""
SIMILAR_ONES = 24
"""So many books are shown as similar to one."""


def source(shelf: Shelf) -> sa.FromClause:
    """Where a shelf's books come from."""
    if shelf.similar_to is None:
        return books
    likeness = _similar(shelf.similar_to)
    return books.join(likeness, likeness.c.book_id == books.c.id)


def conditions(shelf: Shelf, filters: Filters) -> list[sa.ColumnElement[bool]]:
    """What holds for the books of a shelf that the filters leave."""
    return [books.c.withdrawn_at.is_(None), *_of_shelf(shelf), *_of_filters(filters)]


def narrowed(filters: Filters, by: str) -> Filters:
    """The filters without the one that a choice ``by`` subject or language would replace."""
    return (
        dataclasses.replace(filters, subject="")
        if by == "subject"
        else dataclasses.replace(filters, language="")
    )


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
    if shelf.similar_to is not None:
        return [sa.literal_column("similar.shared").desc(), books.c.popularity.desc(), books.c.id]
    return [books.c.popularity.desc(), books.c.id]


_NEWEST: list[sa.ColumnElement[object]] = [books.c.added_at.desc(), books.c.id.desc()]


def _series_place() -> sa.ColumnElement[object]:
    """Volumes in order: ``10`` after ``2``. Longer numbers are higher ones; none comes last."""
    return sa.case((books.c.series_no == "", 99), else_=sa.func.length(books.c.series_no))


def _of_shelf(shelf: Shelf) -> list[sa.ColumnElement[bool]]:
    if shelf.subject:
        return [_has_subject(shelf.subject)]
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
    return []


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


def _similar(book_id: BookId) -> sa.Subquery:
    """The books in the same language that share the most subjects with one, other works by other authors."""
    this, other = books.alias("this"), books.alias("other")
    mine, theirs = book_subjects.alias("mine"), book_subjects.alias("theirs")
    shared = sa.func.count().label("shared")
    return (
        sa.select(theirs.c.book_id, shared)
        .select_from(this)
        .join(mine, mine.c.book_id == this.c.id)
        .join(theirs, theirs.c.subject == mine.c.subject)
        .join(other, other.c.id == theirs.c.book_id)
        .where(
            this.c.id == book_id,
            other.c.id != this.c.id,
            other.c.language == this.c.language,
            other.c.withdrawn_at.is_(None),
            other.c.work != this.c.work,
            other.c.authors != this.c.authors,
        )
        .group_by(theirs.c.book_id, other.c.popularity)
        .order_by(shared.desc(), other.c.popularity.desc(), theirs.c.book_id)
        .limit(SIMILAR_ONES)
        .subquery("similar")
    )
