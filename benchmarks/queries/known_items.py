"""How people ask for a book that they know, by kind: each kind makes a query for a given book, or declines it.

A kind declines what would not be fair to ask: a part of a title that more than five works have, a slip that makes another title,
a title too short to be told by its letters. Right is every edition of the work and, where no author is named, every book whose
title was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.queries import slips
from benchmarks.queries.books import Book, BookList, folded, works
from benchmarks.queries.phrases import Phrases
from catalogue.isbn import hyphenated, to_isbn10

_MOST_WORKS = 5  # that part of a title may fit: as many as a first page shows
_LONGEST = 60  # letters of a title that anyone types


@dataclass(frozen=True, slots=True)
class Known:
    """A query and the books that are right. A book that the list does not have is right as well if it is by ``author`` and has
    ``title`` in its title (folded; `benchmarks.search`): a larger catalogue may hold such."""

    query: str
    right: Sequence[Book]
    author: str = ""
    title: str = ""


class KnownItems:
    """Makes queries in the order of its dice."""

    def __init__(self, books: BookList, phrases: Phrases, dice: Random) -> None:
        self._books = books
        self._phrases = phrases
        self._common = frozenset(phrases.words("common"))
        self._articles = frozenset(phrases.words("articles"))
        self._dice = dice

    # The title.

    def exact(self, book: Book) -> Known | None:
        if len(book.folded_main) < 4 or len(book.main) > _LONGEST:
            return None
        return self._titled(self._cased(book.main), book)

    def shuffled(self, book: Book) -> Known | None:
        words = book.main.lower().split()
        if not book.latin or not 3 <= len(words) <= 8:
            return None
        said = " ".join(self._dice.sample(words, len(words)))
        return None if said == " ".join(words) else self._titled(said, book, self._books.shuffled(said))

    def partial(self, book: Book) -> Known | None:
        words = self._telling(book, least=3)
        if not book.latin or len(words) < 3:
            return None
        two = self._dice.sample(words, 2)
        return self._if_few(" ".join(two), self._books.holding(two))

    def prefix(self, book: Book) -> Known | None:
        title = book.main.lower()
        if not book.latin or not 8 <= len(title) <= _LONGEST:
            return None
        said = title[: self._dice.randint(max(5, len(title) // 2), len(title) - 2)].rstrip()
        return self._if_few(said, self._books.beginning(said))

    def slipped(self, book: Book, count: int) -> Known | None:
        if not book.latin or len(book.folded_main) < 8 or len(book.main) > _LONGEST:
            return None
        said = slips.slipped(book.main.lower(), count, self._dice)
        return None if said is None or self._books.titled(said) else self._titled(said, book)

    def without_diacritics(self, book: Book) -> Known | None:
        said = slips.without_diacritics(book.main)
        return self._titled(said.lower(), book) if said.isascii() and said != book.main else None

    def other_article(self, book: Book) -> Known | None:
        """The title with another article, with none, or with one that it does not have; often without its punctuation."""
        first, *others = book.main.lower().split()
        rest = " ".join(others)
        if not book.latin or len(book.folded_main) < 5 or len(book.main) > _LONGEST:
            return None
        if first not in self._articles:
            said = f"the {first} {rest}"
        elif len(rest) < 3:
            return None
        else:
            said = self._dice.choice((rest, self._dice.choice(("a ", "the ")) + rest))
        if self._dice.random() < 0.3:
            said = said.replace("'", "").replace("’", "").replace("-", " ")
        return None if folded(said) == book.folded_main else self._titled(said.strip(), book)

    def subtitle(self, book: Book) -> Known | None:
        subtitle = book.title[len(book.main) :].strip(" :;()[]-–—")
        words = folded(subtitle).split()
        if not book.latin or len(words) < 3 or len(book.title) > 2 * _LONGEST:
            return None
        run = f" {' '.join(words)} "
        having = [other for other in self._books.holding(words) if run in f" {other.folded} "]
        said = self._dice.choice((subtitle, book.title)).lower()
        return self._if_few(said, [*having, *self._books.editions(book)])

    def not_latin(self, book: Book) -> Known | None:
        letters = [char for char in book.folded_main if char.isalpha()]
        return self._titled(book.main, book) if letters and not any(map(str.isascii, letters)) else None

    def romanised(self, book: Book) -> Known | None:
        said = slips.romanised(book.main, self._dice)
        return self._titled(said, book) if said else None

    def joined_or_split(self, book: Book) -> Known | None:
        if not book.latin or len(book.folded_main) < 8 or len(book.main) > _LONGEST:
            return None
        said = slips.joined_or_split(book.main.lower(), self._dice)
        return self._titled(said, book) if said else None

    def all_joined(self, book: Book) -> Known | None:
        words = book.main.lower().split()
        if not book.latin or not 2 <= len(words) <= 4 or len(book.main) <= 8:
            return None
        return self._titled("".join(words), book)

    def initials(self, book: Book) -> Known | None:
        """Of books that many people talk about; of others nobody would understand them."""
        words = book.folded_main.split()
        if not self._books.is_popular(book) or not book.latin:
            return None
        if not 4 <= len(words) <= 6 or not all(map(str.isalpha, words)):
            return None
        said = "".join(word[0] for word in words)
        return self._if_few(said, self._books.with_initials(said))

    # The series, and the number on the back.

    def series_number(self, book: Book) -> Known | None:
        if not book.series or not book.number.isdigit():
            return None
        form = self._dice.choice(self._phrases.lines("series_number"))
        said = form.replace("{number}", book.number).replace("{series}", book.series.lower())
        return Known(said, self._books.part(book.series, book.number))

    def isbn13(self, book: Book) -> Known | None:
        return Known(book.isbn, [book])

    def isbn10(self, book: Book) -> Known | None:
        ten = to_isbn10(book.isbn)
        return Known(ten, [book]) if ten else None

    def isbn_hyphenated(self, book: Book) -> Known | None:
        parts = hyphenated(book.isbn).split("-")
        ten = to_isbn10(book.isbn)
        if len(parts) < 5:
            return None
        if ten and self._dice.random() < 0.4:
            parts = [*parts[1:-1], ten[-1]]
        return Known(self._dice.choice(("", "ISBN ", "isbn: ")) + self._dice.choice("- ").join(parts), [book])

    # The author.

    def surname(self, book: Book) -> Known | None:
        return self._by_surname(book.surname, book) if self._has_surname(book) else None

    def author(self, book: Book) -> Known | None:
        return self._by_author(book.authors[0].lower(), book) if self._has_surname(book) else None

    def author_slipped(self, book: Book) -> Known | None:
        if not self._has_surname(book):
            return None
        said = slips.slipped(book.authors[0].lower(), 1, self._dice)
        return None if said is None or self._books.by(said) else self._by_author(said, book)

    def author_and_title_word(self, book: Book) -> Known | None:
        surname = book.surname
        words = [word for word in self._telling(book, least=4) if word != surname]
        if not words or not book.latin or len(surname) < 3 or not surname.isascii():
            return None
        word = self._dice.choice(words)
        theirs = {other.isbn for other in self._books.surnamed(surname)}
        right = [other for other in self._books.holding([word]) if other.isbn in theirs]
        said = self._dice.choice((f"{word} {surname}", f"{surname} {word}"))
        return Known(said, right, author=surname, title=word)

    def title_and_author_slipped(self, book: Book) -> Known | None:
        if not book.latin or not self._has_surname(book) or not 5 <= len(book.folded_main) <= 50:
            return None
        said = slips.slipped(f"{book.main.lower()} {book.surname}", 2, self._dice)
        return Known(said, self._books.editions(book)) if said else None

    # A sentence around it.

    def in_a_request(
        self, section: str, book: Book, *, title_slips: int = 0, request_slips: int = 0
    ) -> Known | None:
        title = self._title_for_chat(book)
        request: str | None = self._dice.choice(self._phrases.lines(section))
        if title and title_slips:
            title = slips.slipped(title, title_slips, self._dice)
        if request and request_slips:
            request = slips.slipped(request, request_slips, self._dice)
        if not title or not request or (title_slips and self._books.titled(title)):
            return None
        return Known(request.replace("{title}", title), self._once(self._books.editions(book), book.main))

    def author_and_title_in_a_request(self, section: str, book: Book) -> Known | None:
        title = self._title_for_chat(book)
        if not title or not self._has_surname(book):
            return None
        author = self._dice.choice((book.authors[0], book.authors[0].split()[-1]))
        request = self._dice.choice(self._phrases.lines(section))
        return Known(
            request.replace("{author}", author).replace("{title}", title), self._books.editions(book)
        )

    def author_in_a_request(self, book: Book) -> Known | None:
        if not self._has_surname(book):
            return None
        request = self._dice.choice(self._phrases.lines("chat_author"))
        if self._dice.random() < 0.4:
            return self._by_surname(request.replace("{author}", book.authors[0].split()[-1]), book)
        return self._by_author(request.replace("{author}", book.authors[0]), book)

    # What is right, and how it is written.

    def _titled(self, said: str, book: Book, others: Iterable[Book] = ()) -> Known:
        return Known(said, self._once([*self._books.editions(book), *others], said, book.main))

    def _once(self, right: Iterable[Book], *literally: str) -> list[Book]:
        found = [*right, *(book for title in literally for book in self._books.titled(title))]
        return list({book.isbn: book for book in found}.values())

    def _if_few(self, said: str, right: Iterable[Book]) -> Known | None:
        """None if it fits too many works to mean one, and for a query of a letter."""
        found = self._once(right)
        return Known(said, found) if len(said) > 1 and works(found) <= _MOST_WORKS else None

    def _by_surname(self, said: str, book: Book) -> Known:
        return Known(said, self._once(self._books.surnamed(book.surname), said), author=book.surname)

    def _by_author(self, said: str, book: Book) -> Known:
        return Known(said, self._once(self._books.by(book.names[0]), said), author=book.names[0])

    def _telling(self, book: Book, *, least: int) -> list[str]:
        """The words of its title that are not too common, of at least so many letters, each once."""
        words = dict.fromkeys(book.folded_main.split())
        return [word for word in words if len(word) >= least and word not in self._common]

    def _has_surname(self, book: Book) -> bool:
        """Whether the first author's name has a surname that can be asked by: of Latin letters, four and more."""
        name = book.names[0] if book.names else ""
        return " " in name and name.isascii() and len(book.surname) >= 4

    def _title_for_chat(self, book: Book) -> str | None:
        if not book.latin or len(book.folded_main) < 5 or len(book.main) > 50:
            return None
        return self._cased(book.main)

    def _cased(self, text: str) -> str:
        return text.lower() if self._dice.random() < 0.65 else text
