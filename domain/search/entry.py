"""What is indexed of a book: its words, and the keys of its titles and authors."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.search import folding, transliteration
from domain.search.filler import ARTICLES

INITIALS = "^"
"""Stands before a title's initials in the index, so that they are never taken for a word."""

_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|dell|nell|sull|all|un)['’](?=\w\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(\w{2,})['’]s\b", re.IGNORECASE)
_HYPHENED = re.compile(r"\w+(?:[-‐‑.]\w+)+")
_SUBTITLE = re.compile(r"\s*(?::\s|\s\(|\s\[|\s[-–—]\s|;\s)")
_BUCKETS = 63
_LONGEST_KEY = 200
"""Nobody types more of a title, and PostgreSQL indexes no key of more than 2,704 bytes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """``terms`` are lines of words: title, the rest of the title, other titles, authors, series and number (several of
    one kind have ``|`` between), and the spellings to find it by besides. ``titles`` and ``names`` are keys."""

    terms: str
    titles: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def words(self) -> set[str]:
        found = set(self.terms.split())
        found.discard("|")
        return found


@dataclass(frozen=True, slots=True)
class Indexed:
    """A book as the index is told of it. ``entry`` None: nobody is to find it any more."""

    work: str
    popularity: int
    entry: Entry | None


def main_title(title: str) -> str:
    """A title without what follows a colon, a dash or an opening bracket."""
    cut = _SUBTITLE.search(title, 1)
    return title[: cut.start()] if cut else title


def rank(popularity: int, book_id: int) -> int:
    """The key under which a book is indexed: the more popular, the lower, so that reading in key order finds the books
    that are asked for most first. Ids must stay below 2**32."""
    return (_BUCKETS - popularity_bucket(popularity)) << 32 | book_id


def popularity_bucket(popularity: int) -> int:
    return min(_BUCKETS, int(2.8 * math.log2(1 + max(0, popularity))))


def bucket_of(rank: int) -> int:
    return _BUCKETS - (rank >> 32)


def compose(
    *,
    title: str,
    subtitle: str = "",
    other_titles: Sequence[str] = (),
    authors: Sequence[str] = (),
    series: str = "",
    series_no: str = "",
    helpers: Sequence[str] = (),
) -> Entry:
    """``helpers`` are those who translated, edited, drew or read: they are found, but no title or name is measured by them."""
    main = main_title(title)
    rest = title[len(main) :]
    main_plain, rest_plain = folding.plain_words(main), folding.plain_words(rest)
    if not main_plain:
        main_plain, rest_plain = rest_plain, []
    subtitle_plain = folding.plain_words(subtitle)
    others_plain = [folding.plain_words(other) for other in other_titles]
    series_plain, number = folding.plain_words(series), folding.plain_words(series_no)
    main_words = folding.apart(main_plain)
    rest_words = folding.apart(rest_plain + subtitle_plain)
    others = [folding.apart(other) for other in others_plain if other]
    names = [folding.words(name) for name in authors]
    series_words = folding.apart(series_plain)

    beside: dict[str, None] = {}
    for text, plain in (
        (title, main_plain + rest_plain),
        (subtitle, subtitle_plain),
        (series, series_plain),
        *zip(other_titles, others_plain, strict=True),
        *((name, None) for name in authors),
    ):
        for word in _beside(text, plain):
            beside[word] = None
    for name in helpers:
        for word in folding.words(name):
            beside[word] = None
    for group in (main_words, *others, series_words):
        for initials in _initials(group):
            beside[initials] = None

    lines = (
        " ".join(main_words),
        " ".join(rest_words),
        " | ".join(" ".join(other) for other in others),
        " | ".join(" ".join(name) for name in names if name),
        " ".join([*series_words, "|", *number] if number else series_words),
        " ".join(beside),
    )
    titles: dict[str, None] = {}
    whole = main_plain + rest_plain
    for plain in (main_plain, whole, whole + subtitle_plain, *others_plain):
        for key in _title_keys(plain):
            titles[key] = None
    if series_plain and number:
        titles["".join(series_plain + number)[:_LONGEST_KEY]] = None
    return Entry(
        "\n".join(lines),
        tuple(titles),
        tuple({"".join(name)[:_LONGEST_KEY]: None for name in names if len(name) > 1}),
    )


def title_keys(title: str) -> list[str]:
    """The keys of a title: as it is, and without its leading article."""
    return _title_keys(folding.plain_words(title))


def _title_keys(plain: Sequence[str]) -> list[str]:
    whole = "".join(plain)[:_LONGEST_KEY]
    if not whole:
        return []
    if len(plain) > 1 and plain[0] in ARTICLES:
        return [whole, whole[len(plain[0]) :]]
    return [whole]


def _beside(text: str, plain: Sequence[str] | None) -> list[str]:
    """Other spellings of words of ``text``: joined, taken apart, mended, and the rough forms of other alphabets.
    ``plain`` are its folded words, if they are known."""
    found: list[str] = []
    if not text.isascii():
        for word in folding.plain_words(text) if plain is None else plain:
            roman = transliteration.latin(word)
            if roman:
                found.append(transliteration.MARK + transliteration.sounding(roman))
            elif folding.unspaced(word):
                found.extend(word)
        mended = folding.mended(text)
        if mended != text:
            found.extend(folding.words(mended))
    if "'" in text or "’" in text:
        for match in _POSSESSIVE.finditer(text):
            found.extend(folding.words(match[1]))
        if _ELISION.search(text):
            found.extend(folding.words(_ELISION.sub(" ", text)))
    if "-" in text or "." in text or "‐" in text or "‑" in text:
        found.extend(folding.key(match[0]) for match in _HYPHENED.finditer(text))
    return found


def _initials(words: Sequence[str]) -> list[str]:
    """The initials of a title of at least three words, with and without its small words at the beginning."""
    if not 3 <= len(words) <= 9 or not all(word.isascii() for word in words):
        return []
    letters = "".join(word[0] for word in words)
    found = [INITIALS + letters]
    if words[0] in ARTICLES and len(words) > 3:
        found.append(INITIALS + letters[1:])
    return found
