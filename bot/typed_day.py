"""A day as people type it after ``/close`` and on the command line."""

from __future__ import annotations

import re
from datetime import date, timedelta

_BACK = {"today": 0, "heute": 0, "yesterday": 1, "gestern": 1}
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})?")


def typed_day(text: str, today: date) -> date | None:
    """``2026-11-27``, ``27.11.2026``, ``27.11.`` (the last one there was), ``today`` or ``yesterday``; None if it is no day."""
    words = text.strip().casefold()
    if words in _BACK:
        return today - timedelta(days=_BACK[words])
    found = _GERMAN.fullmatch(words)
    try:
        if found is None:
            return date.fromisoformat(words)
        day, month, year = found.groups()
        if year is not None:
            return date(int(year), int(month), int(day))
        return _latest(int(day), int(month), today)
    except ValueError:
        return None


def _latest(day: int, month: int, today: date) -> date:
    """ValueError for a day that no year has."""
    for year in range(today.year, today.year - 8, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue  # 29 February is not in every year, but in one of eight
        if found <= today:
            return found
    raise ValueError(f"no such day: {day}.{month}.")
