"""What a message says besides words to search for: price, language, form, stock, years, subject, copies, and whether books
like one, or what follows one, are wanted. In the languages the shop is asked in.

Everything that is understood can be meant otherwise: a title may say the same words. Who searches asks for the words as
they stand first, and only then takes them for wishes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache

from domain.ports.books import Filters
from domain.search import vocabulary
from domain.search.folding import fold

MOST_COPIES = 99


class Wish(StrEnum):
    """What is wanted of the book that is named."""

    ITSELF = "itself"
    LIKE = "like"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Understood:
    """``rest`` is the message without what was understood. ``filters`` name prices in minor units, rounded to what the
    currency has. ``quantity`` None: not said."""

    rest: str
    filters: Filters = field(default_factory=Filters)
    quantity: int | None = None
    wish: Wish = Wish.ITSELF

    @property
    def anything(self) -> bool:
        return self.filters.any or self.quantity is not None or self.wish is not Wish.ITSELF


_Step = Callable[[Understood], Understood]
_Use = Callable[[re.Match[str]], Filters | None]

_NUMBER = r"(\d{1,6}(?:[.,]\d{1,2})?)"
_YEAR = r"(1[4-9]\d\d|20\d\d)"
_CURRENCY = (
    r"(?:€|\$|£|₽|¥|zł|eur\b|euros?\b|dollars?\b|usd\b|gbp\b|pounds?\b|quid\b|bucks?\b|zl\b|zlotych\b|pln\b|chf\b|franken\b|"
    r"francs?\b|руб\w*|р\b|rub\b|kr\b|kronor\b|yen\b|евро\b|dolar\w*|pesos?\b|reais\b|грн\b|гривень\b)"
)


_WORD = re.compile(r"\w+")


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


@cache
def _any(phrases: str) -> str:
    """A pattern of any of the phrases, the longest first. ``|`` stands between them."""
    found = sorted((part.strip() for part in phrases.split("|")), key=len, reverse=True)
    return r"(?<!\w)(?:" + "|".join(re.escape(part).replace(r"\ ", r"\s+") for part in found) + r")(?!\w)"


def understand(text: str, *, decimals: int = 2) -> Understood:
    """Read ``text``. ``decimals``: how many places the shop's currency has."""
    found = Understood(fold(text))
    words = set(_WORD.findall(found.rest))
    steps: tuple[tuple[str, bool, _Step], ...] = (
        (f"{vocabulary.COPIES}|mal", True, _copies),
        ("", True, _price(decimals)),
        ("|".join(vocabulary.LANGUAGES), False, _language),
        ("|".join(vocabulary.FORMS), False, _form),
        (vocabulary.IN_STOCK, False, _stock),
        ("", True, _bare_price(decimals)),
        ("|".join(vocabulary.DECADES), True, _years),
        (f"{vocabulary.LIKE}|{vocabulary.NEXT_AFTER}", False, _wish),
        ("|".join(vocabulary.SUBJECT_NAMES), False, _subject),
    )
    numbers = any(char.isdigit() for char in found.rest)
    for phrases, numeric, step in steps:
        # Most messages hold nothing of the kind, and the patterns are long.
        if (numeric and numbers) or not _beginnings(phrases).isdisjoint(words):
            found = step(found)
    return replace(found, rest=" ".join(found.rest.split()).strip(" ,.;:-?!"))


@cache
def _beginnings(phrases: str) -> frozenset[str]:
    """The first words of phrases."""
    return frozenset(_WORD.findall(phrase)[0] for phrase in phrases.split("|") if phrase)


def _take(found: Understood, source: str, use: Callable[[re.Match[str]], Filters | None]) -> Understood:
    """Take the first place that matches out of the text, if ``use`` makes filters of it."""
    match = _pattern(source).search(found.rest)
    if match is None:
        return found
    filters = use(match)
    if filters is None:
        return found
    rest = f"{found.rest[: match.start()]} {found.rest[match.end() :]}"
    return replace(found, rest=rest, filters=filters)


def _first_of(found: Understood, steps: Iterable[tuple[str, _Use]]) -> Understood:
    for source, use in steps:
        taken = _take(found, source, use)
        if taken is not found:
            return taken
    return found


# --- copies -----------------------------------------------------------------------------------------------------------


def _copies(found: Understood) -> Understood:
    number = r"(\d{1,2}|" + "|".join(vocabulary.NUMBERS) + ")"
    copies = _any(vocabulary.COPIES)
    patterns = (
        rf"(?<![\w.,]){number}\s+{copies}(?:\s+{_any(vocabulary.OF)})?",
        r"(?<![\w.,])(\d{1,2})\s?[x×](?=\s+\w)",
        rf"^\W*{number}\s?mal(?=\s+\w)",
        r"(?<=\w)[\s,]+[x×]\s?(\d{1,2})(?=\s*$)",
        rf"[\s,]+{number}\s+{copies}(?=\s*[.!?]*$)",
    )
    for source in patterns:
        match = _pattern(source).search(found.rest)
        if match is None:
            continue
        said = match[1]
        quantity = int(said) if said.isdigit() else vocabulary.NUMBERS[said]
        if 1 <= quantity <= MOST_COPIES:
            rest = f"{found.rest[: match.start()]} {found.rest[match.end() :]}"
            return replace(found, rest=rest, quantity=quantity)
    return found


# --- price ------------------------------------------------------------------------------------------------------------


def _minor(said: str, decimals: int) -> int:
    return int(Decimal(said.replace(",", ".")).scaleb(decimals))


def _price(decimals: int) -> _Step:
    """Prices that say so."""

    def step(found: Understood) -> Understood:
        money = rf"{_CURRENCY}?\s*{_NUMBER}\s*{_CURRENCY}?"
        sure = rf"(?:{_CURRENCY}\s*{_NUMBER}(?![\w%])|{_NUMBER}\s*{_CURRENCY})"

        def between(match: re.Match[str]) -> Filters | None:
            low, high = sorted((_minor(match[1], decimals), _minor(match[2], decimals)))
            return replace(found.filters, price_min=low, price_max=high)

        def most(match: re.Match[str]) -> Filters | None:
            return replace(found.filters, price_max=_minor(match[1] or match[2], decimals))

        def least(match: re.Match[str]) -> Filters | None:
            return replace(found.filters, price_min=_minor(match[1] or match[2], decimals))

        both = rf"(?:{_any(vocabulary.BETWEEN)}\s+)?{money}\s*(?:-|–|{_any(vocabulary.AND)})\s*"
        return _first_of(
            found,
            (
                (rf"{both}{_NUMBER}\s*{_CURRENCY}", between),
                (rf"{both}{_CURRENCY}\s*{_NUMBER}", between),
                (rf"{_any(vocabulary.AT_MOST + '|' + vocabulary.AT_MOST_IF_MONEY)}\s+{sure}", most),
                (rf"{sure}\s+{_any(vocabulary.OR_LESS)}", most),
                (rf"{_any(vocabulary.AT_LEAST + '|' + vocabulary.AT_LEAST_IF_MONEY)}\s+{sure}", least),
            ),
        )

    return step


def _bare_price(decimals: int) -> _Step:
    """ "Under 15" and no more: a number alone that ends the message, and is no year."""

    def step(found: Understood) -> Understood:
        def most(match: re.Match[str]) -> Filters | None:
            if _pattern(_YEAR + r"\Z").match(match[1]):
                return None
            return replace(found.filters, price_max=_minor(match[1], decimals))

        if found.filters.price_min is not None or found.filters.price_max is not None:
            return found
        return _first_of(
            found,
            (
                (rf"{_any(vocabulary.CHEAPER)}\s+{_NUMBER}(?!\w)", most),
                (rf"{_any(vocabulary.AT_MOST)}\s+{_NUMBER}(?=\s*[.!?]*\s*$|\s*,)", most),
            ),
        )

    return step


# --- language, form, stock --------------------------------------------------------------------------------------------


def _language(found: Understood) -> Understood:
    names = _any("|".join(vocabulary.LANGUAGES))
    edition = _any(vocabulary.EDITION)
    preposition = _any(vocabulary.IN_LANGUAGE)
    sources = (
        rf"{preposition}\s+({names})(?:\s+{_any(vocabulary.LANGUAGE_WORD)})?",
        rf"({names})\s+{edition}",
        rf"{edition}\s+({names})",
    )

    def use(match: re.Match[str]) -> Filters | None:
        name = " ".join(match[1].split())
        return replace(found.filters, language=vocabulary.LANGUAGES[name])

    return _first_of(found, ((source, use) for source in sources))


def _form(found: Understood) -> Understood:
    names = _any("|".join(vocabulary.FORMS))

    def use(match: re.Match[str]) -> Filters | None:
        return replace(found.filters, form=vocabulary.FORMS[" ".join(match[1].split())])

    return _take(
        found, rf"(?:{_any(vocabulary.AS_FORM)}\s+)?({names})(?:\s+{_any(vocabulary.EDITION)})?", use
    )


def _stock(found: Understood) -> Understood:
    return _take(found, _any(vocabulary.IN_STOCK), lambda _: replace(found.filters, in_stock=True))


# --- years ------------------------------------------------------------------------------------------------------------


def _years(found: Understood) -> Understood:
    def decade(match: re.Match[str]) -> Filters | None:
        said = match[1]
        if not said.isdigit():
            first = vocabulary.DECADES[said]
        elif len(said) == 4:
            first = int(said)
        else:
            # The decades of the century that people still speak of so.
            first = (2000 if int(said) < 30 else 1900) + int(said)
        return replace(found.filters, year_min=first, year_max=first + 9)

    def between(match: re.Match[str]) -> Filters | None:
        low, high = sorted((int(match[1]), int(match[2])))
        return replace(found.filters, year_min=low, year_max=high)

    number = r"(\d\d\d0|\d0)"
    since, before, of = _any(vocabulary.SINCE), _any(vocabulary.BEFORE), _any(vocabulary.OF_YEAR)
    published = rf"(?:{_any(vocabulary.PUBLISHED)}\s+)?"
    published_then = rf"(?!\w)(?:\s+{_any(vocabulary.PUBLISHED)})?"
    from_decade = rf"(?:{_any(vocabulary.OF_DECADE)}\s+)?"
    steps: tuple[tuple[str, _Use], ...] = (
        (
            rf"{from_decade}(?<!\w){number}\s?-?(?:{vocabulary.DECADE_ENDING})(?!\w)(?:\s+{_any(vocabulary.YEARS)})?",
            decade,
        ),
        (rf"{from_decade}{_any(vocabulary.YEARS)}\s+{number}(?!\w)", decade),
        (rf"{_any(vocabulary.OF_DECADE)}\s+({'|'.join(vocabulary.DECADES)})(?!\w)", decade),
        (rf"{_any(vocabulary.BETWEEN)}\s+{_YEAR}\s*(?:-|–|{_any(vocabulary.AND)})\s*{_YEAR}(?!\w)", between),
        (
            rf"{published}{since}\s+{_YEAR}{published_then}",
            lambda match: replace(found.filters, year_min=int(match[1])),
        ),
        (
            rf"{published}{before}\s+{_YEAR}{published_then}",
            lambda match: replace(found.filters, year_max=int(match[1]) - 1),
        ),
        (
            rf"{of}\s+{_YEAR}(?!\w)",
            lambda match: replace(found.filters, year_min=int(match[1]), year_max=int(match[1])),
        ),
    )
    return _first_of(found, steps)


# --- wishes and subjects ----------------------------------------------------------------------------------------------


def _wish(found: Understood) -> Understood:
    for phrases, wish in ((vocabulary.NEXT_AFTER, Wish.NEXT), (vocabulary.LIKE, Wish.LIKE)):
        match = _pattern(_any(phrases)).search(found.rest)
        if match is not None and found.rest[match.end() :].strip(" ?!.,"):
            # What stands before it is the request: "do you have something like ...".
            return replace(found, rest=found.rest[match.end() :], wish=wish)
    return found


def _subject(found: Understood) -> Understood:
    """A subject is understood beside a word for books, after an article or the like ("a thriller"), or if nothing else is
    left beside another wish."""
    names = _any("|".join(vocabulary.SUBJECT_NAMES))
    books = _any(vocabulary.BOOKS)

    def use(match: re.Match[str]) -> Filters | None:
        return replace(found.filters, subject=vocabulary.SUBJECT_NAMES[" ".join(match[1].split())])

    for source in (rf"({names})[\s-]+{books}", rf"{books}\s+(?:{_any(vocabulary.OF_SUBJECT)}\s+)?({names})"):
        taken = _take(found, source, use)
        if taken is not found:
            return taken
    if found.anything and found.wish is Wish.ITSELF:
        return _take(found, rf"^\W*(?:{_any(vocabulary.SOME)}\s+)?({names})\W*$", use)
    taken = _take(found, rf"^\W*{_any(vocabulary.SOME)}\s+({names})\W*$", use)
    if taken is not found:
        return taken
    plural = _any(vocabulary.SUBJECT_PLURALS)
    return _take(found, rf"^\W*(?:{_any(vocabulary.SOME)}\s+)?({plural})\W*$", use)
