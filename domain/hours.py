"""When the shop is open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.views import Day

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_RULE = re.compile(r"(?P<first>[A-Z][a-z])(?:-(?P<last>[A-Z][a-z]))?\s+(?P<spans>.+)\Z")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\Z")


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Weekly spans in the shop's own time, less the closed days. ``week[0]`` is Monday."""

    week: tuple[tuple[tuple[time, time], ...], ...]
    zone: ZoneInfo
    closed: frozenset[date] = frozenset()

    @classmethod
    def parse(cls, text: str, zone: ZoneInfo, closed: frozenset[date] = frozenset()) -> OpeningHours:
        """Read ``Mo-Fr 09:00-12:30, 14:00-18:30; Sa 10:00-16:00`` (the everyday part of OpenStreetMap's opening_hours).

        ValueError, naming the part, if it is none.
        """
        week: list[list[tuple[time, time]]] = [[] for _ in _DAYS]
        for part in filter(None, (rule.strip() for rule in text.split(";"))):
            match = _RULE.match(part)
            if match is None or match["first"] not in _DAYS or (match["last"] or "Mo") not in _DAYS:
                raise ValueError(f"not opening hours: {part!r} (like: Mo-Fr 09:00-18:30; Sa 10:00-16:00)")
            first = _DAYS.index(match["first"])
            last = _DAYS.index(match["last"] or match["first"])
            for day in range(first, last + 1 if last >= first else last + 8):
                week[day % 7] += [_span(span.strip(), part) for span in match["spans"].split(",")]
        return cls(tuple(tuple(sorted(spans)) for spans in week), zone, closed)

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """A day's opening, in UTC."""
        if day in self.closed:
            return []
        return [
            (
                datetime.combine(day, opens, self.zone).astimezone(UTC),
                datetime.combine(day, closes, self.zone).astimezone(UTC),
            )
            for opens, closes in self.week[day.weekday()]
        ]

    def open_until(self, now: datetime) -> datetime | None:
        """When the shop, open now, closes; None if it is closed now."""
        today = now.astimezone(self.zone).date()
        return next((closes for opens, closes in self.spans(today) if opens <= now < closes), None)

    def opens_next(self, now: datetime) -> datetime | None:
        """When it opens next; None if it does not within a month (or no hours are set)."""
        today = now.astimezone(self.zone).date()
        for ahead in range(31):
            for opens, _ in self.spans(today + timedelta(days=ahead)):
                if opens > now:
                    return opens
        return None

    def closing_after(self, now: datetime, open_days: int) -> datetime:
        """When the shop closes on the ``open_days``-th day that it is open after today.

        How long a reservation is kept: a customer is given days on which one can come. With no hours set, whole days count.
        """
        today = now.astimezone(self.zone).date()
        left = open_days
        for ahead in range(1, 366):
            spans = self.spans(today + timedelta(days=ahead))
            left -= bool(spans)
            if spans and left == 0:
                return spans[-1][1]
        return now + timedelta(days=open_days)

    def days(self, first: date, count: int) -> tuple[Day, ...]:
        """The next days' opening, a day each (from the first opening to the last closing)."""
        result = []
        for ahead in range(count):
            day = first + timedelta(days=ahead)
            spans = self.spans(day)
            result.append(Day(day, spans[0][0] if spans else None, spans[-1][1] if spans else None))
        return tuple(result)


def _span(text: str, part: str) -> tuple[time, time]:
    match = _SPAN.match(text)
    if match is None:
        raise ValueError(f"not opening hours: {part!r} (like: Mo-Fr 09:00-18:30; Sa 10:00-16:00)")
    try:
        opens, closes = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    except ValueError as error:
        raise ValueError(f"no such time of day in {part!r}") from error
    if closes <= opens:
        raise ValueError(f"closes before it opens: {part!r}")
    return opens, closes
