"""A list of books to ask for, and which of them are right for what was asked.

All editions of a work are right: books of the same title, with or without its subtitle or under its other title, that share
an author. Titles are compared folded, as the shop compares them: what folding loses, no search could tell apart.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalogue.isbn import parse_isbn
from domain.search import folding

COLUMNS = (
    "isbn13", "title", "authors", "series", "series_no", "year", "language", "publisher", "ratings_count", "alt_title",
)  # fmt: skip
"""What `benchmarks.search` reads; a list may have more."""

_SUBTITLE = re.compile(r"\s*(?::\s|\s[(\[]|\s[-–—]\s|;\s)")


class UnreadableBooks(Exception):
    """The file is no list of books; its message says to a person what is wrong."""


@dataclass(frozen=True, slots=True)
class Book:
    """A row of the list. ``main`` is the title without its subtitle; ``folded``, ``folded_main``, ``folded_alt`` and ``names``
    (of the authors) are spelled as the shop compares them."""

    isbn: str
    title: str
    main: str
    authors: tuple[str, ...]
    series: str
    number: str
    popularity: int
    folded: str
    folded_main: str
    folded_alt: str
    names: tuple[str, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """Every title it goes by, folded."""
        return tuple(dict.fromkeys(filter(None, (self.folded_main, self.folded, self.folded_alt))))

    @property
    def title_words(self) -> list[str]:
        return f"{self.folded} {self.folded_alt}".split()

    @property
    def surname(self) -> str:
        """Of the first author, folded; empty if there is no author."""
        return self.names[0].split()[-1] if self.names else ""

    @property
    def latin(self) -> bool:
        return self.folded.isascii()


def folded(text: str) -> str:
    return " ".join(folding.words(text))


def read(path: Path) -> list[Book]:
    """The books of a CSV file that have an ISBN and a title; raises UnreadableBooks."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
            if missing:
                raise UnreadableBooks(
                    f"{path} has no column {', '.join(missing)}; it needs {', '.join(COLUMNS)}."
                )
            books = [
                _book(row, f"{path}, line {rows.line_num}") for row in rows if row["isbn13"] and row["title"]
            ]
    except OSError as error:
        raise UnreadableBooks(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableBooks(f"{path} is no CSV file in UTF-8: {error}.") from error
    return [book for book in books if book.folded]


def _book(row: dict[str, str | None], where: str) -> Book:
    told = {name: row[name] or "" for name in COLUMNS}
    if parse_isbn(told["isbn13"]) != told["isbn13"]:
        raise UnreadableBooks(f"{where}: {told['isbn13']!r} is no ISBN of 13 digits, the last of them right.")
    if told["ratings_count"] and not told["ratings_count"].isdigit():
        raise UnreadableBooks(f"{where}: ratings_count is {told['ratings_count']!r}, not a number.")
    main = _SUBTITLE.split(told["title"], maxsplit=1)[0].strip()
    if not folded(main):
        main = told["title"]
    authors = tuple(name for name in told["authors"].split("|") if folded(name))
    return Book(
        isbn=told["isbn13"],
        title=told["title"],
        main=main,
        authors=authors,
        series=told["series"],
        number=told["series_no"],
        popularity=int(told["ratings_count"] or 0),
        folded=folded(told["title"]),
        folded_main=folded(main),
        folded_alt=folded(told["alt_title"]),
        names=tuple(map(folded, authors)),
    )


def works(books: Iterable[Book]) -> int:
    """How many different works these are."""
    return len({(book.folded_main, book.names[:1]) for book in books})


class BookList:
    """Looks up the books that are right for a query."""

    def __init__(self, books: Sequence[Book], articles: Iterable[str]) -> None:
        self.books = books
        self._isbns = {book.isbn for book in books}
        ranks = sorted((book.popularity for book in books), reverse=True)
        self._popular = max(1, ranks[len(ranks) // 10])
        self._titled: dict[str, list[Book]] = defaultdict(list)
        self._shuffled: dict[tuple[str, ...], list[Book]] = defaultdict(list)
        self._holding: dict[str, list[Book]] = defaultdict(list)
        self._by: dict[str, list[Book]] = defaultdict(list)
        self._surnamed: dict[str, list[Book]] = defaultdict(list)
        self._parts: dict[tuple[str, str], list[Book]] = defaultdict(list)
        self._initials: dict[str, list[Book]] = defaultdict(list)
        known: set[str] = set()
        starts: list[tuple[str, Book]] = []
        leading = frozenset(articles)
        for book in books:
            for title in book.titles:
                words = title.split()
                self._titled[title].append(book)
                self._shuffled[tuple(sorted(words))].append(book)
                self._initials["".join(word[0] for word in words)].append(book)
                starts.append(("".join(words), book))
                if words[0] in leading:
                    starts.append(("".join(words[1:]), book))
            for word in dict.fromkeys(book.title_words):
                self._holding[word].append(book)
            for name in dict.fromkeys(book.names):
                self._by[name].append(book)
            for word in dict.fromkeys(" ".join(book.names).split()):
                self._surnamed[word].append(book)
            if book.series:
                self._parts[folded(book.series), book.number].append(book)
            known.update(book.title_words, " ".join(book.names).split(), folded(book.series).split())
        starts.sort(key=lambda start: (start[0], start[1].isbn))
        self._starts = starts
        self._spellings = [start for start, _ in starts]
        self._words = sorted(known)

    def has(self, isbn: str) -> bool:
        return isbn in self._isbns

    def is_popular(self, book: Book) -> bool:
        """Whether it is of the tenth of the books that are asked for most."""
        return book.popularity >= self._popular

    def titled(self, text: str) -> list[Book]:
        """Those whose title, alone or with its subtitle, is ``text``."""
        return self._titled.get(folded(text), [])

    def editions(self, book: Book) -> list[Book]:
        """The book and the others of the same work."""
        same = _once(other for title in book.titles for other in self._titled[title])
        return [other for other in same if not book.names or set(book.names) & set(other.names)]

    def shuffled(self, text: str) -> list[Book]:
        """Those whose title has just these words, in any order."""
        return self._shuffled.get(tuple(sorted(folded(text).split())), [])

    def holding(self, words: Iterable[str]) -> list[Book]:
        """Those whose titles hold every one of these folded words."""
        return _in_all([self._holding.get(word, []) for word in words])

    def beginning(self, text: str) -> list[Book]:
        """Those whose title, with or without its article, begins so, spaces aside."""
        key = "".join(folded(text).split())
        at = bisect_left(self._spellings, key)
        found: list[Book] = []
        while at < len(self._spellings) and self._spellings[at].startswith(key):
            found.append(self._starts[at][1])
            at += 1
        return _once(found)

    def by(self, name: str) -> list[Book]:
        return self._by.get(folded(name), [])

    def surnamed(self, word: str) -> list[Book]:
        """Those one of whose authors has this folded word in the name."""
        return self._surnamed.get(word, [])

    def part(self, series: str, number: str) -> list[Book]:
        return self._parts.get((folded(series), number), [])

    def with_initials(self, initials: str) -> list[Book]:
        return _once(self._initials.get(initials, []))

    def begins_a_word(self, letters: str) -> bool:
        """Whether some title, author or series has a word that begins so: who types it may be on the way to that word."""
        at = bisect_left(self._words, letters)
        return at < len(self._words) and self._words[at].startswith(letters)


def _once(books: Iterable[Book]) -> list[Book]:
    return list({book.isbn: book for book in books}.values())


def _in_all(lists: list[list[Book]]) -> list[Book]:
    first, *others = sorted(lists, key=len)
    isbns = [{book.isbn for book in other} for other in others]
    return [book for book in first if all(book.isbn in other for other in isbns)]
