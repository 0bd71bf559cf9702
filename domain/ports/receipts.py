"""Receipts as a document that one would keep."""

from __future__ import annotations

from typing import Protocol

from domain.receipt import Receipt


class ReceiptPrinter(Protocol):
    async def print(self, receipt: Receipt) -> bytes:
        """The receipt as a PDF. It may take a moment: call it outside of any transaction."""
        ...
