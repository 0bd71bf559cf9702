"""The receipt as a PDF."""

from __future__ import annotations

import pytest

from catalogue.typefaces import font_files
from domain.receipt import Receipt, ReceiptLine
from payments.receipt import PdfReceipts


def _receipt(*titles: str) -> Receipt:
    return Receipt(
        shop=("The Corner Bookshop", "12 Mill Lane"),
        title="Receipt · order B-7K4Q",
        facts=("Ordered on 25 November 2026", "For Ann"),
        lines=tuple(ReceiptLine(f"1 × {title} (€10.90 each)", "€10.90") for title in titles),
        total=ReceiptLine("Total", "€10.90"),
        tax=(ReceiptLine("Net", "€10.19"), ReceiptLine("7% VAT", "€0.71")),
        money=(ReceiptLine("Paid on 25 November 2026, in cash", "€10.90"),),
        notes=("VAT ID DE123456789",),
    )


@pytest.fixture
def printer() -> PdfReceipts:
    return PdfReceipts(font_files(), text="garamond-text", display="garamond-display")


async def test_a_receipt_is_a_one_page_pdf_with_its_title(printer: PdfReceipts) -> None:
    printed = await printer.print(_receipt("The Dispossessed"))
    assert printed.startswith(b"%PDF-")
    assert printed.count(b"/Type /Page\n") == 1


async def test_fifty_long_titles_run_over_several_pages(printer: PdfReceipts) -> None:
    printed = await printer.print(_receipt(*["A very long title that needs more than one line " * 3] * 50))
    assert printed.count(b"/Type /Page\n") > 3


async def test_only_a_receipt_that_needs_them_carries_other_scripts_typefaces(printer: PdfReceipts) -> None:
    plain = await printer.print(_receipt("Преступление и наказание", "Ulysses – “1922”"))
    mixed = await printer.print(_receipt("罪と罰", "ألف ليلة وليلة", "채식주의자"))
    assert plain.count(b"/FontFile") == 2
    assert mixed.count(b"/FontFile") >= 5


async def test_a_title_of_signs_that_no_typeface_has_is_printed_all_the_same(printer: PdfReceipts) -> None:
    printed = await printer.print(_receipt('\U0001f680 <b>&" 𓀀'))
    assert printed.startswith(b"%PDF-")
