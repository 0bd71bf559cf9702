"""What a message says besides words to search for: price, language, form, stock, years, subject, copies, and whether books
like one, or what follows one, are wanted. In the languages the shop is asked in.

Everything that is understood can be meant otherwise: a title may say the same words. Who searches asks for the words as
they stand first, and only then takes them for wishes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from domain.ports.books import Filters
from domain.search import vocabulary
from domain.search.folding import fold
from domain.search.prices import AMOUNTS, bare_price, price
from domain.search.subject import subject
from domain.search.understood import (
    Step,
    Understood,
    Use,
    Wish,
    any_of,
    beginnings,
    first_of,
    pattern,
    take,
    without,
)
from domain.search.years import years

__all__ = ["Understood", "Wish", "understand"]

MOST_COPIES = 9999
"""More are a slip of the finger. How many the shop sells at once is another matter."""
_WORD = re.compile(r"\w+")
_TOUCHING_ALL = "1 x"
"""Understood as nothing: every pattern of a step is tried on it."""


def understand(text: str, *, decimals: int = 2) -> Understood:
    """Read ``text``. ``decimals``: how many places the shop's currency has."""
    found = Understood(fold(text))
    words = set(_WORD.findall(found.rest))
    numbers = any(char.isdigit() for char in found.rest)
    for first_words, numeric, step in _steps(decimals):
        # Most messages hold nothing of the kind, and the patterns are long.
        if (numeric and numbers) or not first_words.isdisjoint(words):
            found = step(found)
    return replace(found, rest=" ".join(found.rest.split()).strip(" ,.;:-?!"))


def prepare(*, decimals: int = 2) -> None:
    """Compile the patterns now, which takes a tenth of a second, rather than when the first messages need them."""
    for _, _, step in _steps(decimals):
        step(Understood(_TOUCHING_ALL))


@cache
def _steps(decimals: int) -> tuple[tuple[frozenset[str], bool, Step], ...]:
    """What is read, in order, each with the words that it may begin with, and whether a number may be of it."""
    amounts = "|".join(AMOUNTS)
    steps: tuple[tuple[str, bool, Step], ...] = (
        (
            f"{vocabulary.COPIES}|{vocabulary.DOZEN}|{'|'.join(vocabulary.TIMES)}|mal",
            True,
            _copies,
        ),
        (amounts, True, price(decimals)),
        ("|".join(vocabulary.FORMS), False, _form),
        ("|".join(vocabulary.LANGUAGES), False, _language),
        (vocabulary.IN_STOCK, False, _stock),
        (amounts, True, bare_price(decimals)),
        ("|".join(vocabulary.DECADES), True, years),
        (f"{vocabulary.LIKE}|{vocabulary.NEXT_AFTER}", False, _wish),
        ("|".join(vocabulary.SUBJECT_NAMES), False, subject),
    )
    return tuple((beginnings(phrases), numeric, step) for phrases, numeric, step in steps)


# --- copies -----------------------------------------------------------------------------------------------------------


def _copies(found: Understood) -> Understood:
    words = any_of("|".join(vocabulary.NUMBERS))
    number, few = rf"(\d{{1,4}}|{words})", rf"(\d{{1,2}}|{words})"
    copies, of = any_of(vocabulary.COPIES), rf"(?:\s+{any_of(vocabulary.OF)})?"
    times = any_of("|".join(vocabulary.TIMES))
    patterns = (
        rf"(?<![\w.,]){number}\s*{copies}{of}",
        r"(?<![\w.,])(\d{1,2})\s?[x×](?=\s+\w)",
        rf"^\W*{few}\s?mal(?=\s+\w)",
        rf"^\W*({times})(?=\s+\w)",
        rf"[\s,]+({times})(?=\s*[.!?]*$)",
        r"(?<=\w)[\s,]+[x×]\s?(\d{1,2})(?=\s*$)",
        r"(?<=\w)[\s,]+(\d{1,2})\s?[x×](?=\s*$)",
        rf"{any_of(vocabulary.DOZEN)}(?:\s+{copies})?{of}(?=\s+\w)",
        rf"{any_of(vocabulary.QUANTITY)}[:\s]\s*(\d{{1,2}})(?!\w)",
        rf"[\s,]+{number}\s*{copies}(?=\s*[.!?]*$)",
    )
    for source in patterns:
        match = pattern(source).search(found.rest)
        if match is None:
            continue
        said = match[1] if match.re.groups else ""
        quantity = (
            int(said) if said.isdigit() else vocabulary.TIMES.get(said) or vocabulary.NUMBERS.get(said, 12)
        )
        if 1 <= quantity <= MOST_COPIES:
            return replace(found, rest=without(found.rest, match), quantity=quantity)
    return found


# --- language, form, stock --------------------------------------------------------------------------------------------


def _language(found: Understood) -> Understood:
    names = any_of("|".join(vocabulary.LANGUAGES))
    edition = any_of(vocabulary.EDITION)
    preposition = any_of(vocabulary.IN_LANGUAGE)
    sources = (
        rf"{preposition}\s+(?:{any_of(vocabulary.ARTICLES)}\s+)?({names})\s+{edition}",
        rf"{preposition}\s+({names})(?:\s+{any_of(vocabulary.LANGUAGE_WORD)})?",
        rf"({names})\s+{edition}",
        rf"{edition}\s+({names})",
        f"({any_of('|'.join(vocabulary.SPOKEN))})",
    )
    return first_of(found, ((source, _speak(found)) for source in sources))


def _speak(found: Understood) -> Use:
    def use(match: re.Match[str]) -> Filters:
        return replace(found.filters, language=vocabulary.LANGUAGES[" ".join(match[1].split())])

    return use


def _form(found: Understood) -> Understood:
    names = any_of("|".join(vocabulary.FORMS))

    def use(match: re.Match[str]) -> Filters | None:
        return replace(found.filters, form=vocabulary.FORMS[" ".join(match[1].split())])

    return take(
        found, rf"(?:{any_of(vocabulary.AS_FORM)}\s+)?({names})(?:\s+{any_of(vocabulary.EDITION)})?", use
    )


def _stock(found: Understood) -> Understood:
    return take(found, any_of(vocabulary.IN_STOCK), lambda _: replace(found.filters, in_stock=True))


# --- wishes -----------------------------------------------------------------------------------------------------------


def _wish(found: Understood) -> Understood:
    for phrases, wish in ((vocabulary.NEXT_AFTER, Wish.NEXT), (vocabulary.LIKE, Wish.LIKE)):
        match = pattern(any_of(phrases)).search(found.rest)
        if match is not None and found.rest[match.end() :].strip(" ?!.,"):
            # What stands before it is the request: "do you have something like ...".
            return replace(found, rest=found.rest[match.end() :], wish=wish)
    return found
