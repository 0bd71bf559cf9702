"""The demo's catalogue: the books of a shop that does not exist."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

from catalogue.titles import divided
from domain.book import Form, Supply
from domain.catalogue import CatalogueRow, Contributor
from domain.money import Money

_FILE = Path(__file__).with_name("books.csv")


def demo_rows(now: datetime, currency: str) -> list[CatalogueRow]:
    """All books of the file (see its README), its relative days counted from ``now``, its prices taken as ``currency``."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return [_row(line, now, currency) for line in csv.DictReader(file)]


def _row(line: dict[str, str], now: datetime, currency: str) -> CatalogueRow:
    title, subtitle = divided(line["title"])
    preorder, lead = line["preorder_in_days"], line["lead_days"]
    supply = Supply.PREORDER if preorder else Supply.ORDERABLE if lead else Supply.UNAVAILABLE
    return CatalogueRow(
        source="demo",
        source_ref=line["isbn13"] or f"{line['title']}|{line['authors']}|{line['language']}|{line['form']}",
        title=title,
        subtitle=subtitle,
        contributors=tuple(Contributor(name) for name in _several(line["authors"])),
        other_titles=_several(line["alt_title"]),
        isbn13=line["isbn13"] or None,
        series=line["series"],
        series_no=line["series_no"],
        year=int(line["year"]) if line["year"] else None,
        language=line["language"],
        form=Form(line["form"]),
        pages=int(line["pages"]) if line["pages"] else None,
        publisher=line["publisher"],
        subjects=_several(line["subjects"]),
        blurb=line["blurb"],
        staff_pick=line["staff_pick"],
        shelf=line["shelf"],
        supply=supply,
        lead_days=int(lead) if lead else None,
        available_from=(now + timedelta(days=int(preorder))).date() if preorder else None,
        price=Money.parse(line["price"], currency) if line["price"] else None,
        currency=currency,
        on_hand=int(line["on_hand"] or 0),
        popularity=int(line["popularity"] or 0),
        added_at=now - timedelta(days=int(line["added_days_ago"] or 0)),
    )


def _several(field: str) -> tuple[str, ...]:
    return tuple(part for part in field.split("|") if part)
