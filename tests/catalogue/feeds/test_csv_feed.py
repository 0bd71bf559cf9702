"""Book lists: the shop's own file, and what wholesalers and spreadsheets make of one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.feeds.csv_values import isbn_text
from catalogue.feeds.csv_values import price as read_price
from catalogue.feeds.reporting import Report
from catalogue.titles import divided
from domain.book import Form
from domain.catalogue import Role
from domain.feed import (
    Availability,
    FeedContributor,
    FeedRecord,
    Notification,
    Reason,
    Severity,
    ShopFacts,
    UnknownCode,
)
from domain.money import Money
from tests.catalogue.feeds.messages import TODAY, read, read_text

DEMO = Path(__file__).parents[3] / "catalogue" / "demo" / "books.csv"


def table(header: str, *rows: str) -> str:
    return "\n".join((header, *rows)) + "\n"


def one(folder: Path, header: str, row: str) -> FeedRecord:
    records, problems = read_text(folder, table(header, row))
    assert len(records) == 1, problems
    return records[0]


def test_the_shops_own_file_comes_in_whole(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        "isbn13,title,authors,series,series_no,year,language,subjects,alt_title,form,pages,publisher,price,on_hand,lead_days,"
        "shelf,staff_pick,blurb,popularity,added_days_ago,preorder_in_days",
        "9780061054884,The Dispossessed,Ursula K. Le Guin,Hainish Cycle,6,1974,eng,science-fiction|classics,Les dépossédés,"
        'paperback,387,Harper,10.90,3,4,F-12,Read it.,"Two worlds, one wall.",46660,12,',
    )
    assert record == FeedRecord(
        reference="9780061054884",
        notification=Notification.REPLACE,
        record=1,
        line=2,
        isbn13="9780061054884",
        title="The Dispossessed",
        other_titles=("Les dépossédés",),
        contributors=(FeedContributor("Ursula K. Le Guin", (Role.AUTHOR,)),),
        series="Hainish Cycle",
        series_no="6",
        year=1974,
        language="eng",
        subjects=("science-fiction", "classics"),
        publisher="Harper",
        pages=387,
        form=Form.PAPERBACK,
        price=Money(1090, "EUR"),
        availability=Availability.TO_ORDER,
        popularity=46660,
        shop=ShopFacts(
            on_hand=3,
            lead_days=4,
            shelf="F-12",
            staff_pick="Read it.",
            blurb="Two worlds, one wall.",
            added_days_ago=12,
        ),
    )


def test_the_demo_catalogue_is_read_without_a_word() -> None:
    records, problems = read(DEMO)
    assert problems == []
    assert len(records) > 2900
    assert len({record.reference for record in records}) == len(records)
    assert all(record.shop is not None for record in records)


def test_a_list_with_ratings_and_headings_comes_as_it_is(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        "isbn13,title,authors,series,series_no,year,language,subjects,publisher,pages,rating,ratings_count,alt_title,source",
        "9780062315007,The Alchemist,Paulo Coelho,,,1988,,Literature & Fiction,,,3.82,1299566,O Alquimista,x",
    )
    assert (record.rating, record.popularity, record.subjects) == (Decimal("3.82"), 1299566, ("fiction",))
    assert (record.language, record.availability, record.shop, record.price) == ("", None, None, None)


def test_only_the_shops_own_export_says_which_source_a_book_came_from(tmp_path: Path) -> None:
    other = one(tmp_path, "id,title,source", "1,A,warehouse")
    ours = one(tmp_path, "reference,title,source,own_fields,unknown_codes", "1,A,onix,price|shelf,thema:ZZZ9")
    assert (other.source, ours.source) == ("", "onix")
    assert ours.unknown_codes == (UnknownCode("thema", "ZZZ9"),)


def test_a_german_spreadsheet(tmp_path: Path) -> None:
    text = table(
        "Titel;Untertitel;Autor;ISBN;Verlag;Erscheinungstermin;Preis;Einband;Sprache;Lagerbestand",
        'Die Wand;Roman;Haushofer, Marlen;="978-3-548-60571-5";List;01.09.2004;"9,99 €";Taschenbuch;Deutsch;2',
    )
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        records, problems = read_text(tmp_path, text.encode(encoding))
        assert [one.severity for one in problems] == []
        record = records[0]
        assert (record.title, record.subtitle, record.isbn13) == ("Die Wand", "Roman", "9783548605715")
        assert (record.price, record.form, record.language) == (Money(999, "EUR"), Form.PAPERBACK, "deu")
        assert (record.published_on, record.year) == (date(2004, 9, 1), 2004)
        assert record.authors == ("Haushofer, Marlen",)


def test_people_have_roles_by_their_columns(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        "title\tauthors\ttranslator\tillustrator",
        "Emil\tErich Kästner|Anna Co\tE. Hall\tWalter Trier; Anna Co",
    )
    assert record.contributors == (
        FeedContributor("Erich Kästner", (Role.AUTHOR,)),
        FeedContributor("Anna Co", (Role.AUTHOR, Role.ILLUSTRATOR)),
        FeedContributor("E. Hall", (Role.TRANSLATOR,)),
        FeedContributor("Walter Trier", (Role.ILLUSTRATOR,)),
    )


def test_one_bad_row_stops_nothing(tmp_path: Path) -> None:
    text = table(
        "isbn,title,price",
        "9780061054884,Good,10.90",
        "9780061054885,Wrong digit,10.90",
        "hello,No number,10.90",
        "9.78006E+12,Spreadsheet,10.90",
        ",,10.90",
        "9780340839935,Too,many,fields",
        "9780340839935,Few",
        "",
        '9780547928227,"Broken\nacross lines",9.90',
        ",No ISBN at all,8.00",
    )
    records, problems = read_text(tmp_path, text)
    assert [(record.title, record.line) for record in records] == [
        ("Good", 2),
        ("Broken across lines", 10),
        ("No ISBN at all", 12),
    ]
    assert [(one.severity, one.reason, one.line) for one in problems] == [
        (Severity.RECORD, Reason.ISBN_CHECK_DIGIT, 3),
        (Severity.RECORD, Reason.NOT_AN_ISBN, 4),
        (Severity.RECORD, Reason.NOT_AN_ISBN, 5),
        (Severity.RECORD, Reason.NO_TITLE, 6),
        (Severity.RECORD, Reason.TOO_MANY_FIELDS, 7),
        (Severity.RECORD, Reason.TOO_FEW_FIELDS, 8),
    ]
    assert problems[0].values["corrected"] == "9780061054884"


def test_values_that_are_none_are_left_out_and_noted(tmp_path: Path) -> None:
    records, problems = read_text(
        tmp_path,
        table(
            "title,year,pages,rating,price,language,popularity",
            "A,soon,many,good,cheap,klingon,1e5",
            "B,1999,0,,,xx,7.0",
        ),
    )
    assert [
        (record.year, record.pages, record.rating, record.price, record.language, record.popularity)
        for record in records
    ] == [
        (None, None, None, None, "", None),
        (1999, None, None, None, "", 7),
    ]
    assert {(one.reason, one.values.get("field") or one.values["text"]) for one in problems} == {
        (Reason.BAD_NUMBER, "year"),
        (Reason.BAD_NUMBER, "pages"),
        (Reason.BAD_NUMBER, "rating"),
        (Reason.BAD_NUMBER, "popularity"),
        (Reason.BAD_PRICE, "cheap"),
        (Reason.UNKNOWN_LANGUAGE, "klingon"),
        (Reason.UNKNOWN_LANGUAGE, "xx"),
    }


def test_a_list_without_titles_is_refused_with_its_columns(tmp_path: Path) -> None:
    _, problems = read_text(tmp_path, table("name,amount", "x,1"))
    assert [(one.severity, one.reason, one.values) for one in problems] == [
        (Severity.FILE, Reason.NO_TITLE_COLUMN, {"columns": "name, amount"})
    ]


def test_availability_by_the_shops_own_numbers(tmp_path: Path) -> None:
    header = "title,on_hand,lead_days,preorder_in_days"
    assert one(tmp_path, header, "A,0,5,").availability is Availability.TO_ORDER
    assert one(tmp_path, header, "A,2,,").availability is Availability.IN_STOCK
    assert one(tmp_path, header, "A,0,,").availability is Availability.UNAVAILABLE
    coming = one(tmp_path, header, "A,0,,10")
    assert (coming.availability, coming.available_from) == (Availability.PREORDER, date(2026, 12, 2))
    assert date(2026, 12, 2) - TODAY == timedelta(days=10)
    assert one(tmp_path, "title,availability", "A,pre-order").availability is Availability.PREORDER
    assert one(tmp_path, "title,availability", "A,vergriffen").availability is Availability.UNAVAILABLE
    assert one(tmp_path, "title,availability", "A,To order").availability is Availability.TO_ORDER


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("10.90", 1090),
        ("10,90", 1090),
        ("10,9", 1090),
        ("€ 10.90", 1090),
        ("10,90 EUR", 1090),
        ("1.234,50 €", 123450),
        ("1,234.50", 123450),
        ("1'234.50", 123450),
        ("1.234", 123400),
        ("12", 1200),
        ("10.9051", None),
        ("0", None),
        ("-5", None),
        ("$9.99", None),
        ("gratis", None),
    ],
)
def test_prices_as_people_write_them(text: str, minor: int | None) -> None:
    found = read_price(text, "", "EUR", Report())
    assert found == (None if minor is None else Money(minor, "EUR"))


@given(st.integers(min_value=1, max_value=99_999_999))
def test_every_amount_is_read_back(minor: int) -> None:
    amount = Money(minor, "EUR")
    for text in (
        f"{amount.decimal}",
        f"{amount.decimal:,}",
        f"{amount.decimal} €",
        str(amount.decimal).replace(".", ","),
    ):
        assert read_price(text, "", "EUR", Report()) == amount


def test_what_spreadsheets_do_to_an_isbn_is_undone() -> None:
    assert isbn_text('="9780061054884"') == "9780061054884"
    assert isbn_text("61054887") == "0061054887"
    assert isbn_text("12345678") == "12345678"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sapiens: A Brief History of Humankind", ("Sapiens", "A Brief History of Humankind")),
        ("2001: A Space Odyssey", ("2001: A Space Odyssey", "")),
        ("Batman: Year One", ("Batman: Year One", "")),
        ("Y: The Last Man, Vol. 1: Unmanned", ("Y: The Last Man, Vol. 1: Unmanned", "")),
        ("Ishmael: A Novel", ("Ishmael", "A Novel")),
        ("Momo", ("Momo", "")),
        (": ", (":", "")),
    ],
)
def test_only_an_explanation_is_a_subtitle(text: str, expected: tuple[str, str]) -> None:
    assert divided(text) == expected
