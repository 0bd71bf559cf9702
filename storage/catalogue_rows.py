"""A catalogue's record to columns and back."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.book import Form, Supply
from domain.catalogue import CatalogueRow, Contributor, Role
from domain.money import Money
from domain.search.folding import key
from storage.keys import sort_title, work_key
from storage.names import joined, parted
from storage.tables import book_contributors, books

STORED = sa.select(books).where(books.c.id.in_(bindparam("ids", expanding=True))).order_by(books.c.id)
CONTRIBUTORS = (
    sa.select(book_contributors.c.book_id, book_contributors.c.name, book_contributors.c.role)
    .where(book_contributors.c.book_id.in_(bindparam("ids", expanding=True)))
    .order_by(book_contributors.c.book_id, book_contributors.c.position)
)


async def stored_rows(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, CatalogueRow]:
    """What the catalogue says of these books, as records, in the order of their ids."""
    if not ids:
        return {}
    people: dict[int, list[Contributor]] = defaultdict(list)
    for book, name, role in await connection.execute(CONTRIBUTORS, {"ids": list(ids)}):
        people[book].append(Contributor(name, Role(role)))
    found = await connection.execute(STORED, {"ids": list(ids)})
    return {row.id: _record(row, tuple(people[row.id])) for row in found}


def _record(row: sa.Row[*tuple[Any, ...]], contributors: tuple[Contributor, ...]) -> CatalogueRow:
    record = CatalogueRow(
        source=row.source,
        source_ref=row.source_ref,
        title=row.title,
        currency=row.currency,
        price=None if row.price is None else Money(row.price, row.currency),
        contributors=contributors,
        subtitle=row.subtitle,
        other_titles=parted(row.other_titles),
        isbn13=row.isbn13,
        series=row.series,
        series_no=row.series_no,
        year=row.year,
        language=row.language,
        form=Form(row.form),
        pages=row.pages,
        publisher=row.publisher,
        subjects=parted(row.subjects),
        blurb=row.blurb,
        staff_pick=row.staff_pick,
        shelf=row.shelf,
        cover_url=row.cover_url,
        supply=Supply(row.supply),
        lead_days=row.lead_days,
        available_from=row.available_from,
        on_hand=row.on_hand,
        popularity=row.popularity,
        added_at=row.added_at,
        withdrawn=row.withdrawn_at is not None,
        own_fields=frozenset(parted(row.own_fields)),
        unknown_codes=parted(row.unknown_codes),
    )
    # Only a work that was named says so; one that follows from the title goes on following it.
    if row.work != work_key(record.title, record.authors):
        record = dataclasses.replace(record, work=row.work)
    return record


def columns(row: CatalogueRow) -> dict[str, Any]:
    """The columns of a record that are written whenever it changed: all but stock and moments."""
    return {
        "isbn13": row.isbn13 or None,
        "title": row.title,
        "subtitle": row.subtitle,
        "sort_title": sort_title(row.title, row.language),
        "authors": joined(row.authors),
        "other_titles": joined(row.other_titles),
        "series": row.series,
        "series_key": key(row.series),
        "series_no": row.series_no,
        "year": row.year,
        "language": row.language,
        "form": row.form.value,
        "pages": row.pages,
        "publisher": row.publisher,
        "subjects": joined(row.subjects),
        "blurb": row.blurb,
        "staff_pick": row.staff_pick,
        "shelf": row.shelf,
        "cover_url": row.cover_url,
        "work": row.work or work_key(row.title, row.authors),
        "price": None if row.price is None else row.price.minor,
        "currency": row.currency,
        "supply": row.supply.value,
        "lead_days": row.lead_days,
        "available_from": row.available_from,
        "popularity": row.popularity,
        "source": row.source,
        "source_ref": row.source_ref,
        "own_fields": joined(sorted(row.own_fields)),
        "unknown_codes": joined(row.unknown_codes),
    }


def contributor_rows(row: CatalogueRow) -> list[tuple[int, str, str, str]]:
    """As the columns of ``book_contributors`` after the book."""
    return [
        (position, one.name, key(one.name), one.role.value)
        for position, one in enumerate(row.contributors, start=1)
    ]


def subject_rows(row: CatalogueRow) -> list[tuple[str, str, int]]:
    """As the columns of ``book_subjects`` after the book."""
    if row.withdrawn:
        return []
    return [(subject, row.language, row.popularity) for subject in dict.fromkeys(row.subjects)]
