"""A day's journal as a table (CSV, RFC 4180), for a spreadsheet or the accountant."""

from __future__ import annotations

import csv
import io
from zoneinfo import ZoneInfo

from domain.closing import DayClose

_COLUMNS = ("time", "order", "kind", "way", "amount", "currency", "charge", "by", "tax_percent", "tax")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def close_csv(close: DayClose, zone: ZoneInfo) -> bytes:
    """One row for each entry, with the tax in what was paid or given back; times in the shop's zone with their offset. UTF-8 with a
    byte order mark, which spreadsheets ask for; a text that a spreadsheet would take for a formula gets an apostrophe in front
    (OWASP, "CSV Injection")."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    for booked in close.booked:
        entry = booked.entry
        writer.writerow(
            (
                entry.at.astimezone(zone).isoformat(timespec="seconds"),
                _harmless(booked.number),
                entry.kind.value,
                _harmless(entry.way),
                f"{entry.amount.decimal:f}",
                entry.amount.currency,
                _harmless(entry.charge_id),
                _harmless(entry.by_name),
                "" if booked.contained is None or booked.tax is None else f"{booked.tax.percent:f}",
                "" if booked.contained is None else f"{booked.contained.decimal:f}",
            )
        )
    return table.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
