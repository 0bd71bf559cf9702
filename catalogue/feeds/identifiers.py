"""Which book a record is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.feeds.reporting import Report
from catalogue.isbn import WrongCheckDigit, check_digit_problem, parse_isbn
from domain.feed import Reason


@dataclass(frozen=True, slots=True)
class Identity:
    """What the record is called in its source, and the book's ISBN if it has one."""

    reference: str
    isbn13: str | None


def identity(reference: str, candidates: Sequence[str], report: Report) -> Identity | None:
    """The identity from a source's reference and the numbers that are said to be ISBNs, the most trusted first.

    The first ISBN whose check digit is right counts, and wrong ones beside it are noted. If all are wrong the record is
    refused: nobody knows which book it means. A number that is no ISBN at all (another article's GTIN) is passed over.
    """
    wrong: list[WrongCheckDigit] = []
    for text in candidates:
        isbn = parse_isbn(text)
        if isbn is not None:
            for one in wrong:
                report.note(Reason.ISBN_CHECK_DIGIT, **values_of(one))
            return Identity(reference or isbn, isbn)
        problem = check_digit_problem(text)
        if problem is not None:
            wrong.append(problem)
    if wrong:
        report.refuse(Reason.ISBN_CHECK_DIGIT, **values_of(wrong[0]))
        return None
    if not reference:
        report.refuse(Reason.NO_REFERENCE)
        return None
    return Identity(reference, None)


def values_of(problem: WrongCheckDigit) -> dict[str, str]:
    """A wrong check digit as a problem's parameters."""
    return {
        "isbn": problem.text,
        "found": problem.found,
        "expected": problem.expected,
        "corrected": problem.corrected,
    }
