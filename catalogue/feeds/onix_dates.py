"""Dates as ONIX writes them (list 55)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from catalogue.feeds.onix_names import Element, Group, text_of
from catalogue.feeds.reporting import Report
from domain.feed import Reason

_DIGITS: Final = {
    "00": 8,
    "01": 6,
    "05": 4,
    "13": 8,
    "14": 8,
    "06": 8,
    "07": 6,
    "11": 4,
    "03": 4,
    "04": 4,
    "02": 4,
}


@dataclass(frozen=True, slots=True)
class When:
    """A day, as far as it is given: ``first`` is its earliest reading, ``year`` always known."""

    year: int
    first: date
    exact: bool

    @classmethod
    def read(cls, text: str, kind: str) -> When | None:
        """By the date format ``kind``; by the number of digits where that is empty or does not fit. None if it is no date."""
        digits = "".join(char for char in text if char.isdigit())
        length = min(_DIGITS.get(kind, len(digits)), len(digits))
        if not digits.isascii() or length not in (4, 6, 8):
            length = next((n for n in (8, 6, 4) if len(digits) >= n), 0)
        if length == 0:
            return None
        year, month, day = (
            int(digits[:4]),
            int(digits[4:6] or 0) if length > 4 else 0,
            int(digits[6:8] or 0) if length > 6 else 0,
        )
        if not 1000 <= year <= 2999:
            return None
        try:
            # A month or a day of 00 is how some say that they don't know it.
            return cls(year, date(year, month or 1, day or 1), exact=bool(month and day))
        except ValueError:
            return None


def when(group: Group, report: Report, name: str = "Date") -> When | None:
    """The date of a composite; a text that is none is noted."""
    found: list[Element] = group.get(name, [])
    text = text_of(group, name)
    if not text:
        return None
    kind = found[0].get("dateformat") or text_of(group, "DateFormat")
    if kind in ("12", "32"):
        return None
    read = When.read(text, kind)
    if read is None:
        report.note(Reason.BAD_DATE, text=text)
    return read
