"""Book lists as CSV: the shop's own export, a wholesaler's list, a spreadsheet.

UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs; the header names the columns (`csv_columns`). Several values of one
field are divided by ``|`` (authors also by ``;``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from catalogue.feeds import csv_values as values
from catalogue.feeds.csv_columns import SHOP_COLUMNS, columns, currency
from catalogue.feeds.csv_rows import BadRow, Rows
from catalogue.feeds.identifiers import identity
from catalogue.feeds.reporting import Report
from catalogue.feeds.streams import Stream
from catalogue.isbn import parse_isbn
from catalogue.titles import divided, volume_number
from domain.catalogue import Role
from domain.feed import (
    Availability,
    FeedContributor,
    FeedOptions,
    FeedProblem,
    FeedRecord,
    Notification,
    Reason,
    Severity,
    ShopFacts,
    UnknownCode,
)

_HEADING: Final = 10
"""Lines within which the header has to come."""

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PEOPLE: Final = (
    ("authors", Role.AUTHOR),
    ("editors", Role.EDITOR),
    ("translators", Role.TRANSLATOR),
    ("illustrators", Role.ILLUSTRATOR),
    ("narrators", Role.NARRATOR),
    ("others", Role.OTHER),
)


def read_csv(stream: Stream, options: FeedOptions, report: Report) -> Iterator[FeedRecord | FeedProblem]:
    """The rows of a list with a header line, which may stand beneath a heading of a few lines."""
    rows = Rows(stream)
    table: _Table | None = None
    above: list[list[str]] = []
    for found in rows:
        if isinstance(found, BadRow):
            report.begin(found.line)
            report.refuse(Reason.BROKEN_RECORD, detail=found.detail)
            yield from report.take()
            continue
        line, row = found
        if table is None:
            places = columns(row)
            if "title" in places:
                table = _Table(places, row, options, report)
                rows.width = len(row)
                continue
            above.append(row)
            if len(above) == _HEADING:
                break
            continue
        report.begin(line)
        record = table.record(row)
        if record is not None:
            yield record
        yield from report.take()
    if table is None:
        shown = ", ".join(above[0])[:200] if above else ""
        yield FeedProblem(Severity.FILE, Reason.NO_TITLE_COLUMN, line=1, values={"columns": shown})


class _Table:
    """Rows under one header."""

    def __init__(
        self, places: dict[str, int], header: list[str], options: FeedOptions, report: Report
    ) -> None:
        self._places = places
        self._width = len(header)
        self._currency = currency(header[places["price"]]) if "price" in places else ""
        self._options = options
        self._report = report
        self._own = bool(SHOP_COLUMNS & places.keys())
        self._row: list[str] = []

    def _cell(self, name: str) -> str:
        place = self._places.get(name)
        if place is None or place >= len(self._row):
            return ""
        text = self._row[place].strip()
        # What no text has: PostgreSQL does not take the first of them, and Telegram none.
        return text if text.isprintable() else _CONTROLS.sub("", text)

    def record(self, row: list[str]) -> FeedRecord | None:
        report = self._report
        self._row = row
        if len(row) < self._width or any(cell.strip() for cell in row[self._width :]):
            reason = Reason.TOO_FEW_FIELDS if len(row) < self._width else Reason.TOO_MANY_FIELDS
            report.refuse(reason, found=str(len(row)), expected=str(self._width))
            return None
        title = " ".join(self._cell("title").split())
        report.reference = self._cell("reference") or self._cell("isbn")
        if not title:
            report.refuse(Reason.NO_TITLE)
            return None
        subtitle = self._cell("subtitle")
        if "subtitle" not in self._places:
            title, subtitle = divided(title)
        number = values.isbn_text(self._cell("isbn"))
        if number and parse_isbn(number) is None and not values.may_be_a_number(number):
            report.refuse(Reason.NOT_AN_ISBN, text=number[:60])
            return None
        if number and values.is_mistyped(number):
            report.note(Reason.NOT_AN_ISBN, text=number[:60])
        named = identity(self._reference(number), [number] if number else [], report)
        if named is None:
            return None
        if any("\ufffd" in cell for cell in row):
            report.note(Reason.REPLACED_CHARACTERS)
        published = self._day("published")
        subjects, keywords = self._subjects()
        availability, from_day = self._availability()
        return FeedRecord(
            reference=named.reference,
            notification=Notification.REPLACE,
            record=report.record,
            line=report.line,
            isbn13=named.isbn13,
            title=title,
            subtitle=subtitle,
            other_titles=values.several(self._cell("other_titles")),
            contributors=self._contributors(),
            series=self._cell("series"),
            series_no=volume_number(self._cell("series_no")),
            year=self._year(published),
            published_on=published,
            language=self._language(),
            subjects=subjects,
            keywords=keywords,
            publisher=self._cell("publisher"),
            pages=self._number("pages", least=1),
            form=values.form(self._cell("form")),
            description=self._cell("description"),
            cover_url=url if (url := self._cell("cover_url")).startswith(("https://", "http://")) else "",
            price=values.price(
                self._cell("price"), self._cell("currency") or self._currency, self._options.currency, report
            ),
            availability=availability,
            available_from=from_day,
            popularity=self._number("popularity"),
            rating=self._rating(),
            shop=self._shop() if self._own else None,
            unknown_codes=(*self._unknown_codes(), *report.unknown_codes),
            source=self._source(),
        )

    def _reference(self, number: str) -> str:
        """The list's own number; else the ISBN; else what tells the edition apart."""
        own = self._cell("reference")
        if own or (number and parse_isbn(number)):
            return own
        return number or "|".join(self._cell(name) for name in ("title", "authors", "language", "form"))

    def _source(self) -> str:
        """Where a book came from once, in the shop's own export: then its reference is that source's. In another list such a
        column means something else.
        """
        return self._cell("source") if "own_fields" in self._places and self._cell("reference") else ""

    def _unknown_codes(self) -> Iterator[UnknownCode]:
        for text in values.several(self._cell("unknown_codes")):
            scheme, _, code = text.partition(":")
            yield UnknownCode(scheme, code)

    def _contributors(self) -> tuple[FeedContributor, ...]:
        found: dict[str, tuple[Role, ...]] = {}
        for column, role in _PEOPLE:
            for name in values.people(self._cell(column)):
                found[name] = (*found.get(name, ()), role)
        return tuple(FeedContributor(name, roles) for name, roles in found.items())

    def _subjects(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        headings = values.headings(self._cell("subjects"))
        subjects, unknown = values.subjects(headings, self._cell("thema"), self._cell("bisac"))
        for heading in unknown:
            self._report.once(Reason.UNKNOWN_SUBJECT, text=heading)
        return subjects, values.headings(self._cell("keywords"))

    def _year(self, published: date | None) -> int | None:
        text = self._cell("year")
        if not text:
            return published.year if published else values.year_in(self._cell("published"))
        whole = text.removesuffix(".0")
        if whole.lstrip("-").isdecimal() and -3000 <= int(whole) <= 2999:
            return int(whole) if int(whole) > 0 else None
        self._report.note(Reason.BAD_NUMBER, field="year", text=text[:40])
        return None

    def _day(self, name: str) -> date | None:
        text = self._cell(name)
        found = values.day(text) if text else None
        if text and found is None and values.year_in(text) is None:
            self._report.note(Reason.BAD_DATE, text=text[:40])
        return found

    def _number(self, name: str, *, least: int = 0) -> int | None:
        text = values.pages(self._cell(name)) if name == "pages" else self._cell(name)
        if not text:
            return None
        whole = text.removesuffix(".0")
        if whole.isdecimal() and len(whole) <= 12:
            return int(whole) if int(whole) >= least else None
        self._report.note(Reason.BAD_NUMBER, field=name, text=text[:40])
        return None

    def _rating(self) -> Decimal | None:
        text = self._cell("rating")
        try:
            rating = Decimal(text.replace(",", ".")) if text else None
        except InvalidOperation:
            rating = Decimal(-1)
        if rating is None or (rating.is_finite() and 0 <= rating <= 100):
            return rating
        self._report.note(Reason.BAD_NUMBER, field="rating", text=text[:40])
        return None

    def _language(self) -> str:
        text = self._cell("language")
        found = values.language(text)
        if found is None:
            self._report.once(Reason.UNKNOWN_LANGUAGE, text=text[:40])
        return found or ""

    def _shop(self) -> ShopFacts:
        return ShopFacts(
            on_hand=self._number("on_hand"),
            lead_days=self._number("lead_days"),
            shelf=self._cell("shelf"),
            staff_pick=self._cell("staff_pick"),
            blurb=self._cell("blurb"),
            added_days_ago=self._number("added_days_ago"),
            preorder_in_days=self._number("preorder_in_days"),
            own=frozenset(values.several(self._cell("own_fields"))) if "own_fields" in self._places else None,
        )

    def _availability(self) -> tuple[Availability | None, date | None]:
        """As the column says; else by the shop's own: days to publication, days to delivery, copies."""
        text = self._cell("availability")
        stated = values.availability(text)
        if stated is not None:
            return stated, self._day("available_from")
        if text:
            self._report.unknown("availability", text[:40])
        if days := self._number("preorder_in_days"):
            return Availability.PREORDER, self._options.today + timedelta(days=days)
        if "lead_days" not in self._places:
            return None, None
        if self._number("lead_days") is not None:
            return Availability.TO_ORDER, None
        return (Availability.IN_STOCK if self._number("on_hand") else Availability.UNAVAILABLE), None
