"""A day's close as a table (CSV, RFC 4180), for a spreadsheet or the accountant."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.screen import Html
from bot.screens.closing import difference_line
from bot.texts import Words
from domain.closing import Booked, DayClose
from domain.money import Money

_COLUMNS = ("time", "order", "kind", "way", "amount", "currency", "charge", "by",
            "tax_percent", "tax", "gateway_amount", "note")  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TAG = re.compile(r"<[^>]*>")


def close_csv(close: DayClose, zone: ZoneInfo, words: Words) -> bytes:
    """One row for each entry of the day's journal (``paid``, ``refund_due``, ``refunded``, …), with the tax in money that moved;
    then what is left to do as it stands now: ``owed``, ``open`` orders with what they hold, attempts ``in_doubt``, and each
    ``difference`` against a gateway, with what the gateway has beside what we have. Only the journal's rows are money that moved.

    Times in the shop's zone with their offset. UTF-8 with a byte order mark, which spreadsheets ask for; a text that a spreadsheet
    would take for a formula gets an apostrophe in front (OWASP, "CSV Injection").
    """
    table = io.StringIO()
    writer = csv.DictWriter(table, _COLUMNS, restval="")
    writer.writeheader()
    for kind, row in _rows(close, zone, words):
        writer.writerow({"kind": kind} | {name: _harmless(text) for name, text in row.items()})
    return table.getvalue().encode("utf-8-sig")


def bare(text: Html) -> str:
    """Without its mark-up."""
    return html.unescape(_TAG.sub("", text))


def _rows(close: DayClose, zone: ZoneInfo, words: Words) -> Iterator[tuple[str, dict[str, str]]]:
    for booked in close.booked:
        entry = booked.entry
        yield (
            entry.kind.value,
            {
                "time": _time(entry.at, zone),
                "order": booked.number,
                "way": entry.way,
                "charge": entry.charge_id,
                "by": entry.by_name,
            }
            | _money(entry.amount)
            | _tax(booked),
        )
    for owed in close.owed:
        yield "owed", {"order": owed.number} | _money(owed.amount)
    for hold in close.holds:
        note = words.plain("close-hold-note", copies=hold.copies)
        yield (
            "open",
            {"time": _time(hold.until, zone), "order": hold.number, "note": note} | _money(hold.amount),
        )
    for doubt in close.doubts:
        attempt = doubt.attempt
        yield (
            "in_doubt",
            {
                "time": _time(attempt.created_at, zone),
                "order": doubt.number,
                "way": attempt.gateway,
                "charge": attempt.charge_id,
            }
            | _money(attempt.amount),
        )
    for one in close.compared.differences if close.compared is not None else ():
        theirs = {} if one.theirs is None else {"gateway_amount": f"{one.theirs.decimal:f}"}
        yield (
            "difference",
            {
                "time": _time(one.at, zone),
                "order": one.number,
                "way": one.gateway,
                "charge": one.charge_id,
                "note": bare(difference_line(one, words)),
            }
            | _money(one.ours)
            | theirs,
        )


def _time(moment: datetime | None, zone: ZoneInfo) -> str:
    return "" if moment is None else moment.astimezone(zone).isoformat(timespec="seconds")


def _money(amount: Money) -> dict[str, str]:
    return {"amount": f"{amount.decimal:f}", "currency": amount.currency}


def _tax(booked: Booked) -> dict[str, str]:
    if booked.contained is None or booked.tax is None:
        return {}
    return {"tax_percent": f"{booked.tax.percent:f}", "tax": f"{booked.contained.decimal:f}"}


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
