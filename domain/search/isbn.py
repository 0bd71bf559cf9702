"""Spotting book numbers in what people type (ISO 2108: ISBN-10 and ISBN-13, and the check digits of both)."""

from __future__ import annotations

import re
import unicodedata

# Ten or thirteen digits, with at most one hyphen or space between two of them.
_CANDIDATE = re.compile(r"(?<![0-9A-Za-z])(?:[0-9][- ]?){9}(?:[0-9](?:[- ]?[0-9]){3}|[0-9Xx])(?![0-9A-Za-z])")
_HYPHENS = re.compile("[\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


def check_digit(twelve: str) -> str:
    """The thirteenth digit for the first twelve."""
    total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(twelve))
    return str(-total % 10)


def as_isbn13(number: str) -> str | None:
    """``number`` (digits, and X at the end of ten) as ISBN-13; None if its check digit is wrong."""
    if len(number) == 13:
        if number[:3] not in ("978", "979") or check_digit(number[:12]) != number[12]:
            return None
        return number
    total = sum((10 if digit in "xX" else int(digit)) * (10 - place) for place, digit in enumerate(number))
    if total % 11:
        return None
    twelve = "978" + number[:9]
    return twelve + check_digit(twelve)


def spot(text: str) -> tuple[tuple[str, ...], str]:
    """The ISBN-13s that ``text`` names, in order and once each, and what is left of it without them.

    A number with a wrong check digit is left in the text: it may be a phone number or part of a title.
    """
    text = _HYPHENS.sub("-", unicodedata.normalize("NFKC", text))
    found: dict[str, None] = {}

    def take(match: re.Match[str]) -> str:
        isbn = as_isbn13(re.sub("[- ]", "", match[0]))
        if isbn is None:
            return match[0]
        found[isbn] = None
        return " "

    rest = _CANDIDATE.sub(take, text)
    if found:
        rest = re.sub(r"(?i)\bisbn\s*(?:-?1[03])?\b[\s:#-]*", " ", rest)
    return tuple(found), rest.strip()
