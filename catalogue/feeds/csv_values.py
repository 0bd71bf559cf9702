"""Single values of a book list, as people and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from catalogue.feeds import subject_codes
from catalogue.feeds.languages import language_code
from catalogue.feeds.reporting import Report
from catalogue.isbn import check_digit_problem, parse_isbn
from domain.book import Form
from domain.feed import Availability, Reason
from domain.money import Money, exponent

_LANGUAGE_NAMES: Final = {
    "english": "eng", "englisch": "eng", "german": "deu", "deutsch": "deu", "french": "fra", "französisch": "fra",
    "français": "fra", "spanish": "spa", "spanisch": "spa", "español": "spa", "italian": "ita", "italienisch": "ita",
    "italiano": "ita", "polish": "pol", "polnisch": "pol", "polski": "pol", "russian": "rus", "russisch": "rus",
    "русский": "rus", "japanese": "jpn", "japanisch": "jpn", "日本語": "jpn", "chinese": "zho", "chinesisch": "zho",
    "中文": "zho", "arabic": "ara", "arabisch": "ara", "العربية": "ara", "greek": "ell", "griechisch": "ell",
    "ελληνικά": "ell", "turkish": "tur", "türkisch": "tur", "türkçe": "tur", "dutch": "nld", "niederländisch": "nld",
    "nederlands": "nld", "portuguese": "por", "portugiesisch": "por", "português": "por", "swedish": "swe", "schwedisch": "swe",
    "svenska": "swe", "hebrew": "heb", "hebräisch": "heb", "עברית": "heb", "korean": "kor", "koreanisch": "kor", "한국어": "kor",
    "hindi": "hin", "हिन्दी": "hin", "latin": "lat", "latein": "lat", "ukrainian": "ukr", "ukrainisch": "ukr",
    "українська": "ukr",
}  # fmt: skip
_FORMS: Final = (
    (re.compile(r"e-?book|epub|kindle|pdf|electronic", re.IGNORECASE), Form.EBOOK),
    (re.compile(r"audio|hörb|mp3|\bcd\b", re.IGNORECASE), Form.AUDIO),
    (re.compile(r"paper|pbk|soft|tasch|brosch|kart|mass market|\btb\b", re.IGNORECASE), Form.PAPERBACK),
    (
        re.compile(r"hard|hbk|cloth|gebunden|\bgeb\b|leinen|pappband|board|library binding", re.IGNORECASE),
        Form.HARDBACK,
    ),
)
_AVAILABILITIES: Final = {
    word: found
    for found, words in (
        (Availability.IN_STOCK, "instock available lieferbar vorrätig auflager"),
        (Availability.TO_ORDER, "toorder orderable bestellbar"),
        (Availability.PREORDER, "preorder forthcoming notyetpublished vorbestellbar vorbestellung nochnichterschienen"),
        (Availability.UNAVAILABLE, "unavailable notavailable outofprint outofstock nichtlieferbar vergriffen"),
        (Availability.RECALLED, "recalled zurückgerufen"),
    )
    for word in words.split()
}  # fmt: skip
_FORM_CODES: Final = {"bb": Form.HARDBACK, "bc": Form.PAPERBACK, "ea": Form.EBOOK, "ed": Form.EBOOK}
_SYMBOLS: Final = {
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "zł": "PLN",
    "fr.": "CHF",
    "sfr.": "CHF",
    "₴": "UAH",
    "₽": "RUB",
}
_AMOUNT: Final = re.compile(r"\d[\d.,'\u00a0\u202f ]*")
_SPREADSHEET: Final = re.compile(r'^="?|"$|^\'')
_ISO_DAY: Final = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?!\d)")
_GERMAN_DAY: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_YEAR: Final = re.compile(r"(?<!\d)(1\d{3}|20\d\d)(?!\d)")
_QUALIFIER: Final = re.compile(r"\s*\([^()]*\)$")
_NO_NUMBER: Final = frozenset({"-", "–", "—", "0", "n/a", "na", "nan", "none", "null", "ohne", "keine"})
"""What people and programs write where there is no ISBN."""

_AS_A_NUMBER: Final = re.compile(r"(\d{13}|\d{9,10})\.0|(\d)[.,](\d{12})E\+?12", re.IGNORECASE)
_PAGES: Final = re.compile(r"(\d+)(?:\.0)?\s*(?:s\.?|seiten|p\.?|pp\.?|pages)?", re.IGNORECASE)
_PERCENT: Final = re.compile(r"\d+(?:[.,]\d+)?\s*%")
_NUMBER: Final = re.compile(r"[0-9][0-9\s\-\u2010-\u2015.]{5,20}[0-9Xx]")


def several(text: str) -> tuple[str, ...]:
    """The values between ``|``, each once."""
    if not text:
        return ()
    return tuple(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))


def headings(text: str) -> tuple[str, ...]:
    """The values between ``|``, ``;`` or line ends."""
    if not text:
        return ()
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[|;\n]", text) if part.strip()))


def people(text: str) -> tuple[str, ...]:
    """The names between ``|``, or between ``;`` where there is none; a comma belongs to a name."""
    if not text:
        return ()
    parts = text.split("|" if "|" in text else ";")
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def isbn_text(text: str) -> str:
    """The number without what spreadsheets do to it: ``="978..."``, ``9780441172719.0``, and an ISBN-10 whose leading zeros
    were dropped; and without the words that libraries put behind it (``(pbk.)``).
    """
    bare = _QUALIFIER.sub("", _SPREADSHEET.sub("", _SPREADSHEET.sub("", text.strip())).strip())
    if bare.casefold() in _NO_NUMBER:
        return ""
    if number := _AS_A_NUMBER.fullmatch(bare):
        bare = number[1] or number[2] + number[3]
    if bare.isdecimal() and 7 <= len(bare) <= 9 and parse_isbn(bare.zfill(10)):
        return bare.zfill(10)
    return bare


def may_be_a_number(text: str) -> bool:
    """Whether it looks like an ISBN with a mistake, or like another article's number: not words, not ``9,78E+12``."""
    return check_digit_problem(text) is not None or _NUMBER.fullmatch(text) is not None


def is_mistyped(text: str) -> bool:
    """Whether it was meant for an ISBN-13, to judge by its prefix, and has too few or too many digits."""
    digits = "".join(char for char in text if char.isdigit())
    return parse_isbn(text) is None and digits.startswith(("978", "979")) and 10 < len(digits) != 13


def availability(text: str) -> Availability | None:
    """What a word for it means; None if there is none or it is not known."""
    return _AVAILABILITIES.get(re.sub(r"[\W_]+", "", text.casefold()))


def language(text: str) -> str | None:
    """ISO 639-3 of a code or of a language's name in English, German or its own words; None if it is neither."""
    if not text:
        return ""
    return _LANGUAGE_NAMES.get(text.casefold()) or language_code(text)


def form(text: str) -> Form | None:
    """What a word for a binding means; None if there is none or it is not known."""
    if not text:
        return None
    known = text.casefold()
    if known in set(Form):
        return Form(known)
    if known in _FORM_CODES:
        return _FORM_CODES[known]
    return next((kind for pattern, kind in _FORMS if pattern.search(text)), Form.OTHER)


def subjects(given: tuple[str, ...], thema: str, bisac: str) -> tuple[tuple[str, ...], list[str]]:
    """The shop's subjects of headings and codes, and the headings that say nothing to it."""
    found = [subject_codes.from_thema(code) for code in headings(thema)]
    found += [subject_codes.from_bisac(code) for code in headings(bisac)]
    unknown = []
    for heading in given:
        known = subject_codes.from_heading(heading)
        if known:
            found.append(known)
        else:
            unknown.append(heading)
    return subject_codes.gathered(found), unknown


def price(text: str, currency: str, shop_currency: str, report: Report) -> Money | None:
    """What a customer pays, if it is in the shop's currency: ``10.90``, ``10,90 €``, ``EUR 1.234,50``, ``1'234.50``."""
    if not text:
        return None
    amount = _AMOUNT.search(text)
    places = exponent(shop_currency)
    number = None if amount is None else _decimal(amount.group(0), places)
    if number is None or amount is None or "-" in text[: amount.start()] or not 0 < number < 1_000_000:
        report.note(Reason.BAD_PRICE, text=text[:40])
        return None
    words = (text[: amount.start()] + text[amount.end() :]).strip().casefold()
    if any(char.isdigit() for char in _PERCENT.sub("", words)):
        # A range, or a number of another kind (``1e3``): which one it is would be a guess.
        report.note(Reason.BAD_PRICE, text=text[:40])
        return None
    stated = (
        currency.strip().upper()
        or _SYMBOLS.get(words)
        or (words.upper() if len(words) == 3 and words.isalpha() else "")
    )
    if stated and stated != shop_currency:
        report.once(Reason.OTHER_CURRENCY, currencies=stated)
        return None
    minor = number.scaleb(places)
    if minor != minor.to_integral_value():
        report.note(Reason.BAD_PRICE, text=text[:40])
        return None
    return Money(int(minor), shop_currency)


def _decimal(text: str, most_places: int) -> Decimal | None:
    """A number with either decimal sign: the last of both kinds, or one that is followed by one or two digits, or by three in
    a currency that has as many.
    """
    bare = re.sub(r"['\u00a0\u202f ]", "", text).rstrip(".,")
    comma, point = bare.rfind(","), bare.rfind(".")
    sign = "," if comma > point else "."
    grouping = "." if sign == "," else ","
    bare = bare.replace(grouping, "")
    whole, found, places = bare.rpartition(sign)
    if found and (
        len(places) == 3 and most_places < 3 and bare.count(sign) >= 1 and (comma < 0 or point < 0)
    ):
        bare = bare.replace(sign, "")
    elif found:
        bare = f"{whole.replace(sign, '')}.{places}"
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


def pages(text: str) -> str:
    """A count of pages without the word for them: ``312 S.``."""
    found = _PAGES.fullmatch(text)
    return found[1] if found else text


def day(text: str) -> date | None:
    """``2026-11-22``, ``20261122`` or ``22.11.2026``; None for anything else, and for ``03/02/2001``, which is read in two ways."""
    iso, german = _ISO_DAY.match(text), _GERMAN_DAY.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[3]), int(iso[4]))
        if german:
            return date(int(german[3]), int(german[2]), int(german[1]))
    except ValueError:
        return None
    return None


def year_in(text: str) -> int | None:
    """The one year that a date names, whichever way it is written."""
    found = set(_YEAR.findall(text))
    return int(found.pop()) if len(found) == 1 else None
