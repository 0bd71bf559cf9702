"""The catalogue as a book list: what `catalogue.feeds.csv_file` reads, so that it can come back."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import aclosing
from datetime import datetime
from typing import Final, TextIO

from domain.book import Supply
from domain.catalogue import CatalogueRow, Role
from domain.feed import Availability
from storage.catalogue import SqlCatalogue
from storage.engine import Database

COLUMNS: Final = (
    "isbn13", "title", "authors", "series", "series_no", "year", "language", "subjects", "publisher", "pages", "rating",
    "ratings_count", "alt_title", "source", "reference", "subtitle", "editors", "translators", "illustrators", "narrators",
    "form", "price", "currency", "availability", "available_from", "on_hand", "lead_days", "shelf", "staff_pick", "blurb",
    "cover_url", "added_days_ago", "others", "own_fields", "unknown_codes",
)  # fmt: skip
_PEOPLE: Final = {
    "authors": Role.AUTHOR,
    "editors": Role.EDITOR,
    "translators": Role.TRANSLATOR,
    "illustrators": Role.ILLUSTRATOR,
    "narrators": Role.NARRATOR,
    "others": Role.OTHER,
}
_AVAILABILITY: Final = {
    Supply.ORDERABLE: Availability.TO_ORDER,
    Supply.PREORDER: Availability.PREORDER,
    Supply.UNAVAILABLE: Availability.UNAVAILABLE,
    Supply.RECALLED: Availability.RECALLED,
}


async def write(database: Database, file: TextIO, now: datetime) -> int:
    """Write all books of the range, in the order in which they came. Returns how many."""
    lines = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    lines.writeheader()
    books = 0
    # Closed even if writing fails: the reading it holds must end before the database is closed.
    async with aclosing(SqlCatalogue(database).rows()) as rows:
        async for row in rows:
            if not row.withdrawn:
                lines.writerow(_line(row, now))
                books += 1
    return books


def _line(row: CatalogueRow, now: datetime) -> dict[str, object]:
    people = {
        column: _names(one.name for one in row.contributors if one.role is role)
        for column, role in _PEOPLE.items()
    }
    return {
        **people,
        "isbn13": row.isbn13,
        "title": row.title,
        "series": row.series,
        "series_no": row.series_no,
        "year": row.year,
        "language": row.language,
        "subjects": "|".join(row.subjects),
        "publisher": row.publisher,
        "pages": row.pages,
        "ratings_count": row.popularity,
        "alt_title": "|".join(row.other_titles),
        "source": row.source,
        "reference": row.source_ref,
        "subtitle": row.subtitle,
        "form": row.form.value,
        "price": None if row.price is None else row.price.decimal,
        "currency": row.currency,
        "availability": _AVAILABILITY[row.supply].value,
        "available_from": row.available_from,
        "on_hand": row.on_hand,
        "lead_days": row.lead_days,
        "shelf": row.shelf,
        "staff_pick": row.staff_pick,
        "blurb": row.blurb,
        "cover_url": row.cover_url,
        "added_days_ago": (now - row.added_at).days if row.added_at else None,
        "own_fields": "|".join(sorted(row.own_fields)),
        "unknown_codes": "|".join(row.unknown_codes),
    }


def _names(names: Iterable[str]) -> str:
    """With bars between them. One more at the end tells that a semicolon belongs to a name."""
    joined = "|".join(name.replace("|", "/") for name in names)
    return f"{joined}|" if ";" in joined and "|" not in joined else joined
