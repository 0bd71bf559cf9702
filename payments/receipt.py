"""Receipts as PDF documents."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from domain.receipt import Receipt


class PdfReceipts:
    """``fonts`` are files by name; ``text`` and ``display`` name those for Latin, Greek and Cyrillic, the others set the rest."""

    def __init__(self, fonts: Mapping[str, Path], *, text: str, display: str) -> None:
        self._text = fonts[text]
        self._display = fonts[display]
        self._others = {name: path for name, path in fonts.items() if name not in (text, display)}

    async def print(self, receipt: Receipt) -> bytes:
        return await asyncio.to_thread(self._draw, receipt)

    def _draw(self, receipt: Receipt) -> bytes:
        # Loading the PDF library costs a quarter of the program's start, and most runs of it print nothing.
        from payments.receipt_page import ReceiptPage

        return ReceiptPage(self._text, self._display, self._others).draw(receipt)
