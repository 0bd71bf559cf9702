"""Volumes of a series, and the numbers that catalogues give them."""

from __future__ import annotations

import re

# Storage has the same in SQL (`storage.statements.volume`). More digits than these are no volume's.
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")


def volume(number: str) -> float | None:
    """Where a volume stands, of its number as a catalogue writes it: ``10`` stands after ``2``, ``1.5`` (or ``1,5``) between
    1 and 2, ``1-3`` (three in one) and ``Band 1`` where 1 stands. None: nothing says where."""
    match = _NUMBER.search(number.replace(",", "."))
    return float(match[0]) if match else None
