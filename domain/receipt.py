"""A receipt as it is printed: already in words, so that whoever draws it needs no language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    text: str
    amount: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """From top to bottom: whose it is, what it is, what was bought, the total and the tax in it, how money came and went, and what
    else is said."""

    shop: tuple[str, ...]
    title: str
    facts: tuple[str, ...]
    lines: tuple[ReceiptLine, ...]
    total: ReceiptLine
    tax: tuple[ReceiptLine, ...]
    money: tuple[ReceiptLine, ...]
    notes: tuple[str, ...]
