"""What people and spreadsheets do to a book list, and what it costs."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from catalogue.feeds.csv_values import isbn_text
from catalogue.feeds.csv_values import price as read_price
from catalogue.feeds.reporting import Report
from domain.book import Form
from domain.feed import Reason, Severity, UnknownCode
from domain.money import Money
from tests.catalogue.feeds.appetite import count_and_peak
from tests.catalogue.feeds.messages import read_text
from tests.catalogue.feeds.test_csv_feed import one, table

MORE = [f"Book {n},,9" for n in range(30)]
QUOTED = [f'"Book {n}",,9' for n in range(30)]


@pytest.mark.parametrize("following", [MORE, QUOTED, [*MORE, *QUOTED], [*MORE[:9], 'Last,,9"', *MORE[9:]]])
def test_a_quotation_mark_too_many_costs_its_own_line(tmp_path: Path, following: list[str]) -> None:
    text = table("title,isbn,price", "First,,9", '"Broken,9780441172719,9', *following, "After,,9")
    records, problems = read_text(tmp_path, text)
    titles = [record.title for record in records]
    assert titles[0] == "First"
    assert titles[-1] == "After"
    assert len(titles) >= len(following) + 1
    assert "Broken" not in "".join(titles)
    assert (problems[0].severity, problems[0].reason, problems[0].line) == (
        Severity.RECORD,
        Reason.BROKEN_RECORD,
        3,
    )
    assert [record.line for record in records][:3] == [2, 4, 5]


def test_quotation_marks_inside_of_a_cell_are_read_as_they_stand(tmp_path: Path) -> None:
    records, problems = read_text(tmp_path, table("title,price", '"A "quoted" word",9', '5" Disk,9', "C,9"))
    assert [record.title for record in records] == ['A quoted" word"', '5" Disk', "C"]
    assert problems == []


def test_a_row_over_many_lines_with_a_column_too_few_is_one_refusal(tmp_path: Path) -> None:
    prose = "\n".join(["One line.", "Another, with a comma.", "The last."])
    text = table("title,isbn,price,blurb", f'"A","","{prose}"', "B,,9,")
    records, problems = read_text(tmp_path, text)
    assert [record.title for record in records] == ["B"]
    assert [(one.reason, one.line) for one in problems] == [(Reason.TOO_FEW_FIELDS, 2)]


def test_a_long_description_comes_in_and_one_without_an_end_does_not(tmp_path: Path) -> None:
    long, endless = "word " * 60_000, "word " * 300_000
    text = table("title,blurb,pages", f'A,"{long}",1', f'B,"{endless}",2', "C,,3")
    records, problems = read_text(tmp_path, text)
    assert [record.title for record in records] == ["A", "C"]
    assert records[0].shop is not None
    assert len(records[0].shop.blurb) == len(long.strip())
    assert [(one.reason, one.line) for one in problems] == [(Reason.BROKEN_RECORD, 3)]


def test_a_packed_line_without_an_end_takes_no_memory(tmp_path: Path) -> None:
    bomb, small = tmp_path / "bomb.zip", tmp_path / "small.csv"
    for path, header in ((bomb, "title,blurb\nGood,x\n"), (tmp_path / "header.zip", "title,blurb")):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("bomb.csv", header + "x" * 200_000_000)
        path.write_bytes(packed.getvalue())
    small.write_text("title,blurb\nGood,x\n")
    least = count_and_peak(small)[1]
    assert count_and_peak(bomb)[0] == 2
    assert count_and_peak(bomb)[1] - least < 30_000
    assert count_and_peak(tmp_path / "header.zip")[1] - least < 30_000


@pytest.mark.parametrize(
    "above",
    ["sep=;\r\n", '"sep=;"\n', "\n\n", ";;\n", "Unsere Liste;;\nStand: 28.11.2026;;\n;;\n"],
)
def test_what_stands_above_the_header_is_passed_over(tmp_path: Path, above: str) -> None:
    records, problems = read_text(tmp_path, f"{above}Titel;ISBN;Preis\nDie Wand;;9,99\n")
    assert [(record.title, record.price) for record in records] == [("Die Wand", Money(999, "EUR"))]
    assert records[0].line == above.count("\n") + 2
    assert problems == []


def test_a_delimiter_may_be_a_bar_and_a_header_may_break_its_lines(tmp_path: Path) -> None:
    records, _ = read_text(tmp_path, 'title|isbn|"price\n(EUR)"\nA|9780441172719|9.99\n')
    assert [(one.title, one.isbn13, one.price) for one in records] == [
        ("A", "9780441172719", Money(999, "EUR"))
    ]


def test_letters_of_windows_late_in_a_file_are_read_as_such(tmp_path: Path) -> None:
    data = b"title,publisher\n" + b"Plain,X\n" * 9000 + "Käse,Größe\n".encode("cp1252")
    records, problems = read_text(tmp_path, data)
    assert (records[-1].title, records[-1].publisher) == ("Käse", "Größe")
    assert problems == []


def test_control_characters_are_left_out_and_cost_nothing(tmp_path: Path) -> None:
    records, problems = read_text(tmp_path, "title,isbn\nA\0\x08😀,\nB,\n")
    assert [record.title for record in records] == ["A😀", "B"]
    assert problems == []


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            "ISBN-13,Book Title,Author(s),List Price,Qty,Pub Date,Binding,Publisher Name",
            "9780441172719,A,B,9.99,3,2001-02-03,Hardcover,Ace",
        ),
        (
            "EAN/ISBN;Titel;Autor;Ladenpreis in €;Bestand;ET;Einbandart;Verlag",
            "9780441172719;A;B;9,99;3;03.02.2001;geb.;Ace",
        ),
        ("gtin13\ttitle\tauthors\tRRP (EUR)\tin stock\tpublish_date\tformat\timprint",
         "9780441172719\tA\tB\t9.99\t3\t20010203\thbk\tAce"),
    ],
)  # fmt: skip
def test_columns_as_others_call_them(tmp_path: Path, header: str, row: str) -> None:
    record = one(tmp_path, header, row)
    assert (record.title, record.authors, record.publisher) == ("A", ("B",), "Ace")
    assert (record.price, record.form) == (Money(999, "EUR"), Form.HARDBACK)
    assert (record.published_on, record.year) == (date(2001, 2, 3), 2001)
    assert record.shop is not None
    assert record.shop.on_hand == 3


def test_a_header_with_another_currency_is_believed(tmp_path: Path) -> None:
    records, problems = read_text(tmp_path, table("title,Price (USD)", "A,9.99"))
    assert records[0].price is None
    assert [(one.reason, one.values["currencies"]) for one in problems] == [(Reason.OTHER_CURRENCY, "USD")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("9780441172719.0", "9780441172719"),
        ("9.780441172719E12", "9780441172719"),
        ("9,780441172719E+12", "9780441172719"),
        ("978-0-441-17271-9 (pbk.)", "978-0-441-17271-9"),
        ("9,78E+12", "9,78E+12"),
        ("n/a", ""),
        ("–", ""),
    ],
)
def test_a_number_that_a_spreadsheet_bent_is_straightened(text: str, number: str) -> None:
    assert isbn_text(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", "7"), ("Band 7", "7"), ("Vol. 7", "7"), ("#7", "7"), ("1.5", "1.5"), ("II", "II"), ("1-3", "1-3")],
)
def test_a_volume_is_known_by_its_number_alone(tmp_path: Path, text: str, number: str) -> None:
    assert one(tmp_path, "title,series,volume", f"A,B,{text}").series_no == number


def test_an_isbn_with_a_digit_too_few_is_told(tmp_path: Path) -> None:
    records, problems = read_text(tmp_path, table("title,ean", "A,978044117271", "B,4006381333931"))
    assert [record.isbn13 for record in records] == [None, None]
    assert [(one.severity, one.reason, one.line) for one in problems] == [
        (Severity.NOTE, Reason.NOT_AN_ISBN, 2)
    ]


@pytest.mark.parametrize("text", ["1e3", "19,99 - 24,99", "2 for 10"])
def test_what_may_be_one_price_or_another_is_none(text: str) -> None:
    report = Report()
    assert read_price(text, "", "EUR", report) is None
    assert [one.reason for one in report.take()] == [Reason.BAD_PRICE]
    assert read_price("9,99 € inkl. 7 % MwSt.", "", "EUR", report) == Money(999, "EUR")


def test_dates_and_counts_with_words_around_them(tmp_path: Path) -> None:
    records, problems = read_text(
        tmp_path,
        table("title;published;pages", "A;Februar 2001;312 S.", "B;03/02/2001;300 pages", "C;31.12.99;x"),
    )
    assert [(record.published_on, record.year, record.pages) for record in records] == [
        (None, 2001, 312),
        (None, 2001, 300),
        (None, None, None),
    ]
    assert {(one.reason, one.values["text"]) for one in problems} == {
        (Reason.BAD_NUMBER, "x"),
        (Reason.BAD_DATE, "31.12.99"),
    }


def test_an_availability_that_is_not_known_is_kept_and_told(tmp_path: Path) -> None:
    records, problems = read_text(tmp_path, table("title,availability", "A,perhaps"))
    assert records[0].unknown_codes == (UnknownCode("availability", "perhaps"),)
    assert [one.reason for one in problems] == [Reason.UNKNOWN_CODE]
