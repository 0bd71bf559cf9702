"""A receipt's page (fpdf2): one column on A5, in any script that the shop's typefaces have."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos

from domain.receipt import Receipt, ReceiptLine

_A5 = (148.0, 210.0)  # ISO 216, millimetres
_MARGIN = 16.0
_AMOUNTS = 32.0
"""Width of the column of amounts, in millimetres."""
_LEADING = 5.4


class ReceiptPage:
    """Draws with the files of ``text`` and ``display`` for Latin, Greek and Cyrillic; ``others`` set the rest."""

    def __init__(self, text: Path, display: Path, others: Mapping[str, Path]) -> None:
        self._text = text
        self._display = display
        self._others = others

    def draw(self, receipt: Receipt) -> bytes:
        page = FPDF(format=_A5)
        page.set_margins(_MARGIN, _MARGIN, _MARGIN)
        page.set_auto_page_break(True, margin=_MARGIN)
        page.set_title(receipt.title)
        page.add_font("text", fname=self._text)
        page.add_font("display", fname=self._display)
        if _beyond_cyrillic(receipt):
            # Opening these takes most of a second, so it is done only for a receipt that needs one of them.
            for name, path in self._others.items():
                page.add_font(name, fname=path)
            page.set_fallback_fonts(list(self._others), exact_match=False)
        # Every paragraph is the shop's own sentence, so it runs from left to right even where a title in it does not.
        page.set_text_shaping(True, direction="ltr", features={"lnum": True, "tnum": True})
        page.c_margin = 0
        page.add_page()
        self._head(page, receipt)
        for line in receipt.lines:
            _row(page, line)
        _rule(page)
        page.set_font("text", size=12)
        _row(page, receipt.total)
        page.set_font("text", size=10)
        for line in receipt.tax:
            _row(page, line)
        page.ln(2)
        for line in receipt.money:
            _row(page, line)
        page.ln(4)
        for note in receipt.notes:
            _paragraph(page, note)
        return bytes(page.output())

    def _head(self, page: FPDF, receipt: Receipt) -> None:
        page.set_font("display", size=16)
        _paragraph(page, receipt.shop[0], leading=8.0)
        page.set_font("text", size=10)
        for line in receipt.shop[1:]:
            _paragraph(page, line)
        page.ln(6)
        page.set_font("display", size=13)
        _paragraph(page, receipt.title, leading=7.0)
        page.set_font("text", size=10)
        for fact in receipt.facts:
            _paragraph(page, fact)
        _rule(page)


def _paragraph(page: FPDF, text: str, leading: float = _LEADING) -> None:
    page.multi_cell(0, leading, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _row(page: FPDF, line: ReceiptLine) -> None:
    """The text may run over several lines; the amount stands beside its first."""
    width = page.epw - _AMOUNTS
    height = page.multi_cell(width, _LEADING, line.text, dry_run=True, output=MethodReturnValue.HEIGHT)
    if page.will_page_break(cast("float", height)):
        page.add_page()
    top = page.get_y()
    page.multi_cell(width, _LEADING, line.text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    bottom = page.get_y()
    page.set_xy(page.l_margin + width, top)
    page.cell(_AMOUNTS, _LEADING, line.amount, align=Align.R)
    page.set_xy(page.l_margin, bottom)


def _rule(page: FPDF) -> None:
    page.ln(2)
    page.line(page.l_margin, page.get_y(), page.w - page.r_margin, page.get_y())
    page.ln(2)


def _beyond_cyrillic(receipt: Receipt) -> bool:
    """Whether some text needs another script's typeface: from Armenian (U+0530) on, but for general punctuation and signs."""
    texts = [
        *receipt.shop,
        receipt.title,
        *receipt.facts,
        *(line.text for line in (*receipt.lines, *receipt.tax, *receipt.money)),
        *receipt.notes,
    ]
    return any(char >= "\u0530" and not "\u2000" <= char <= "\u22ff" for text in texts for char in text)
