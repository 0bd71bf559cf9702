"""ISBNs as people and files write them, brought to the 13 digits that the shop keeps.

The rules are ISO 2108's: an ISBN-13 is an EAN-13 with the prefix 978 or 979; an ISBN-10, from before 2007, is the same
book under 978 with another check digit, which may be X for ten.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import isbnlib

_SEPARATOR: Final = (
    "["
    "\\s\\-_.\u00ad\u058a\u2010-\u2015\u2043\u207b\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"  # hyphens, dashes, minus signs
    "\u200b-\u200f\u2028-\u202f\u2060\u2066-\u2069\ufeff"  # what has no width, and marks of direction
    "]"
)
_SEPARATORS: Final = re.compile(f"{_SEPARATOR}+")
_LABEL: Final = re.compile(
    f"{_SEPARATOR}*(?:e?isbn|ean)(?:{_SEPARATOR}?1[03](?=:|{_SEPARATOR}))?:?", re.IGNORECASE
)
# The library has no annotations; these give its functions their types.
_mask: Final[Callable[[str], str | None]] = isbnlib.mask
_to_10: Final[Callable[[str], str | None]] = isbnlib.to_isbn10
_check_digit_10: Final[Callable[[str], str]] = isbnlib.check_digit10

_THIRTEEN: Final = re.compile(r"97[89][0-9]{10}")
_TEN: Final = re.compile(r"[0-9]{9}[0-9X]")


@dataclass(frozen=True, slots=True)
class WrongCheckDigit:
    """``text`` has an ISBN's form, but its last digit is ``found`` where the others demand ``expected``.

    ``corrected`` is the 13-digit ISBN with the right digit. It is a hint to a person, never a substitute: any of the
    other digits may be the mistaken one.
    """

    text: str
    found: str
    expected: str
    corrected: str


def parse_isbn(text: str) -> str | None:
    """The 13 digits of the one ISBN that ``text`` is, or None if it is none or its check digit is wrong.

    Takes ISBN-10 and ISBN-13, full-width and other digits, any Unicode hyphen or space or none, and a leading "ISBN".
    Nothing else may stand around it: a sentence that mentions an ISBN is a search, not an ISBN.
    """
    bare = text if _THIRTEEN.fullmatch(text) else _bare(text)
    if _THIRTEEN.fullmatch(bare):
        return bare if _check_digit_13(bare[:12]) == bare[12] else None
    if _TEN.fullmatch(bare):
        return _under_978(bare[:9]) if _check_digit_10(bare[:9]) == bare[9] else None
    return None


def check_digit_problem(text: str) -> WrongCheckDigit | None:
    """What is wrong with an ISBN whose form is right; None if nothing is, or if ``text`` does not look like one.

    A string of ten bare digits is taken for an ISBN-10 here, so ask only about what is said to be an ISBN.
    """
    bare = _bare(text)
    if _THIRTEEN.fullmatch(bare):
        expected = _check_digit_13(bare[:12])
        corrected = bare[:12] + expected
    elif _TEN.fullmatch(bare):
        expected = _check_digit_10(bare[:9])
        corrected = _under_978(bare[:9])
    else:
        return None
    if expected == bare[-1]:
        return None
    return WrongCheckDigit(text=bare, found=bare[-1], expected=expected, corrected=corrected)


def hyphenated(isbn13: str) -> str:
    """The ISBN with its hyphens, by the agency's table of ranges (978-0-06-105488-4); unchanged if it is in none."""
    return _mask(isbn13) or isbn13


def to_isbn10(isbn13: str) -> str | None:
    """The old ten-digit form of a valid ISBN-13, or None if it has none (prefix 979)."""
    return _to_10(isbn13) or None


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    label = _LABEL.match(folded)
    number = folded[label.end() :] if label else folded
    return "".join(_ascii_digit(char) for char in _SEPARATORS.sub("", number)).upper()


def _ascii_digit(char: str) -> str:
    if char.isascii():
        return char
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def _under_978(nine: str) -> str:
    return f"978{nine}{_check_digit_13(f'978{nine}')}"


def _check_digit_13(twelve: str) -> str:
    """ISO 2108: weights 1 and 3 in turn, to a multiple of ten."""
    digits = twelve.encode()
    return str((24 * 48 - sum(digits[::2]) - 3 * sum(digits[1::2])) % 10)
