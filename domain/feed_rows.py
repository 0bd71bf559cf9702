"""A feed's record as a row of the catalogue: what replaces, what changes a part, what goes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from domain.book import Form, Supply
from domain.catalogue import CatalogueRow, Contributor
from domain.feed import Availability, FeedRecord, Notification

_SUPPLY: Final = {
    Availability.IN_STOCK: Supply.ORDERABLE,
    Availability.TO_ORDER: Supply.ORDERABLE,
    Availability.PREORDER: Supply.PREORDER,
    Availability.UNAVAILABLE: Supply.UNAVAILABLE,
    Availability.RECALLED: Supply.RECALLED,
}

# The row's fields that each of a record's fields decides.
_DECIDES: Final = {
    "availability": ("supply",),
    "description": ("blurb",),
    "published_on": (),
    "keywords": (),
}

SHOPS_OWN: Final = frozenset({"price", "on_hand", "lead_days", "shelf", "staff_pick", "blurb"})
"""What a shop's own list sets, and no other feed may overwrite."""


def row_of(
    record: FeedRecord, *, source: str, currency: str, now: datetime, before: CatalogueRow | None = None
) -> CatalogueRow | None:
    """The row that ``record`` asks for; None if it asks to change or take out what is not there.

    ``before`` is the row of the same book as it stands: a partial record and one to delete need it, a whole one keeps the
    popularity that it knows nothing of. ``currency`` is the
    shop's. What supplies no word of availability can be ordered: the trade lists what it can get. A record of the shop's own
    list owns the fields `SHOPS_OWN` that it fills, or those of them that it says are the shop's own.
    """
    match record.notification:
        case Notification.DELETE:
            return None if before is None else replace(before, withdrawn=True, digest="")
        case Notification.PARTIAL:
            return None if before is None else _changed(record, before)
        case Notification.REPLACE:
            row = _whole(record, source, currency, now)
            if before is not None and record.popularity is None:
                row = replace(row, popularity=before.popularity)
            return row


def _whole(record: FeedRecord, source: str, currency: str, now: datetime) -> CatalogueRow:
    values = _said(record)
    shop = record.shop
    if shop is not None:
        values |= {
            "on_hand": shop.on_hand,
            "lead_days": shop.lead_days,
            "shelf": shop.shelf,
            "staff_pick": shop.staff_pick,
        }
        values["blurb"] = shop.blurb or record.description
        if shop.added_days_ago is not None:
            values["added_at"] = now - timedelta(days=shop.added_days_ago)
        filled = frozenset(name for name in SHOPS_OWN if values.get(name) not in (None, ""))
        values["own_fields"] = filled if shop.own is None else filled & shop.own
    return CatalogueRow(
        source=record.source or source,
        source_ref=record.reference,
        isbn13=record.isbn13,
        currency=currency,
        **values,
    )


def _changed(record: FeedRecord, before: CatalogueRow) -> CatalogueRow:
    """``before`` with what the record speaks of; what it speaks of and leaves empty becomes empty."""
    said = _said(record)
    names = {name for field in record.stated for name in _DECIDES.get(field, (field,))}
    values = {name: value for name, value in said.items() if name in names}
    if not values.get("title", before.title):
        values["title"] = before.title
    codes = tuple(dict.fromkeys((*before.unknown_codes, *said["unknown_codes"])))
    return replace(before, **values, unknown_codes=codes, withdrawn=False, digest="")


def _said(record: FeedRecord) -> dict[str, Any]:
    """The row's fields as the record has them."""
    return {
        "title": record.title,
        "subtitle": record.subtitle,
        "other_titles": record.other_titles,
        # A bar divides the names where several stand in one text.
        "contributors": tuple(
            Contributor(one.name.replace("|", "/"), role) for one in record.contributors for role in one.roles
        ),
        "series": record.series,
        "series_no": record.series_no,
        "year": record.year,
        "language": record.language,
        "form": record.form or Form.OTHER,
        "pages": record.pages,
        "publisher": record.publisher,
        "subjects": record.subjects,
        "blurb": record.description,
        "cover_url": record.cover_url,
        "price": record.price,
        "supply": Supply.ORDERABLE if record.availability is None else _SUPPLY[record.availability],
        "available_from": record.available_from,
        "popularity": record.popularity or 0,
        "unknown_codes": tuple(f"{one.scheme}:{one.code}" for one in record.unknown_codes),
    }
