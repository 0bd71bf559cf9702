"""By what a feed's record is known, and what may be said of a book that is known already."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from domain.feed import Availability, Notification, Reason, Severity
from domain.money import Money
from tests.catalogue.feeds.messages import onix, only, price, product, read_text, supply


def test_identities(tmp_path: Path) -> None:
    def found(
        *identifiers: tuple[str, str], reference: str = "r"
    ) -> tuple[str | None, list[tuple[Severity, Reason]]]:
        records, problems = read_text(tmp_path, onix(product(reference=reference, identifiers=identifiers)))
        return records[0].isbn13 if records else None, [(one.severity, one.reason) for one in problems]

    isbn = "9780061054884"
    assert found(("15", isbn)) == (isbn, [])
    assert found(("03", isbn)) == (isbn, [])
    assert found(("02", "0061054887")) == (isbn, [])
    assert found(("15", "978-0-06-105488-4")) == (isbn, [])
    assert found(("01", "X1"), ("03", "4006381333931")) == (None, [])
    assert found(("15", "9780061054885"), ("02", "0061054887")) == (
        isbn,
        [(Severity.NOTE, Reason.ISBN_CHECK_DIGIT)],
    )
    assert found(("15", "9780061054885")) == (None, [(Severity.RECORD, Reason.ISBN_CHECK_DIGIT)])
    assert found(("01", "X1"), reference="") == (None, [(Severity.RECORD, Reason.NO_REFERENCE)])


def test_a_wrong_check_digit_says_which_would_be_right(tmp_path: Path) -> None:
    _, problems = read_text(tmp_path, onix(product(identifiers=(("15", "978-0-06-105488-5"),))))
    assert problems[0].values == {
        "isbn": "9780061054885",
        "found": "5",
        "expected": "4",
        "corrected": "9780061054884",
    }


def test_notifications(tmp_path: Path) -> None:
    codes = ("01", "02", "03", "04", "05", "08", "89", "77", "")
    books = [product(reference=f"r{code}", notification=code, identifiers=()) for code in codes]
    records, problems = read_text(tmp_path, onix(*books))
    assert {record.reference: record.notification for record in records} == {
        "r01": Notification.REPLACE,
        "r02": Notification.REPLACE,
        "r03": Notification.REPLACE,
        "r04": Notification.PARTIAL,
        "r05": Notification.DELETE,
    }
    assert [(one.reference, one.reason) for one in problems] == [
        ("r08", Reason.NOTIFICATION),
        ("r89", Reason.TEST_RECORD),
        ("r77", Reason.NOTIFICATION),
        ("r", Reason.NOTIFICATION),
    ]


def test_a_delete_needs_no_more_than_its_reference(tmp_path: Path) -> None:
    gone = "<Product><RecordReference>r1</RecordReference><NotificationType>05</NotificationType></Product>"
    records, problems = read_text(tmp_path, onix(gone))
    assert problems == []
    assert [(one.reference, one.notification, one.title) for one in records] == [
        ("r1", Notification.DELETE, "")
    ]


def test_a_partial_update_tells_what_it_speaks_of(tmp_path: Path) -> None:
    whole = product(notification="04")
    prices_only = re.sub(r"<DescriptiveDetail>.*</PublishingDetail>", "<ProductSupply/>", whole)
    records, problems = read_text(tmp_path, onix(prices_only, whole))
    assert problems == []
    assert records[0].stated == {"price", "availability", "available_from"}
    assert {"title", "contributors", "publisher", "year"} <= records[1].stated
    assert "price" not in records[1].stated


def partial(*blocks: str) -> str:
    """A partial update of these blocks."""
    whole = product(notification="04")
    return re.sub(r"<DescriptiveDetail>.*</PublishingDetail>", "".join(blocks), whole)


def test_a_partial_update_of_another_market_leaves_this_one_as_it_is(tmp_path: Path) -> None:
    elsewhere = "<Market><Territory><CountriesIncluded>US</CountriesIncluded></Territory></Market>"
    here = "<Market><Territory><CountriesIncluded>AT DE</CountriesIncluded></Territory></Market>"
    assert only(tmp_path, partial(supply(price("9.90"), market=elsewhere))).stated == frozenset()
    both = only(
        tmp_path, partial(supply(price("9.90"), market=elsewhere), supply(price("8.80"), market=here))
    )
    assert both.stated == {"price", "availability", "available_from"}
    assert both.price == Money(880, "EUR")


@pytest.mark.parametrize(
    ("status", "expected"), [("15", Availability.RECALLED), ("07", Availability.UNAVAILABLE)]
)
def test_a_partial_update_in_which_the_publisher_ends_a_book_ends_it(
    tmp_path: Path, status: str, expected: Availability
) -> None:
    block = f"<PublishingDetail><PublishingStatus>{status}</PublishingStatus></PublishingDetail>"
    record = only(tmp_path, partial(block))
    assert record.availability is expected
    assert {"availability", "available_from"} <= record.stated
    assert "price" not in record.stated
    active = block.replace(status, "04")
    assert "availability" not in only(tmp_path, partial(active)).stated


def test_a_partial_update_of_supply_keeps_the_day_that_the_publisher_named(tmp_path: Path) -> None:
    coming = supply(price("9.90"), availability="10")
    assert only(tmp_path, partial(coming)).stated == {"price", "availability"}
    dated = supply(
        price("9.90"),
        availability="10",
        dates="<SupplyDate><SupplyDateRole>08</SupplyDateRole><Date>20270105</Date></SupplyDate>",
    )
    record = only(tmp_path, partial(dated))
    assert record.available_from == date(2027, 1, 5)
    assert record.stated == {"price", "availability", "available_from"}
