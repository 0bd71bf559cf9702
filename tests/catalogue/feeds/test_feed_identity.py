"""By what a feed's record is known, and what may be said of a book that is known already."""

from __future__ import annotations

import re
from pathlib import Path

from domain.feed import Notification, Reason, Severity
from tests.catalogue.feeds.messages import onix, product, read_text


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
