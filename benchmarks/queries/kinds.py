"""The kinds of queries, by the names in the table that `benchmarks.search` prints."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.queries.books import Book
from benchmarks.queries.known_items import Known, KnownItems

Kind = Callable[[KnownItems, Book], Known | None]


def _request(section: str, *, title_slips: int = 0, request_slips: int = 0) -> Kind:
    def ask(items: KnownItems, book: Book) -> Known | None:
        return items.in_a_request(section, book, title_slips=title_slips, request_slips=request_slips)

    return ask


KINDS: dict[str, Kind] = {
    "exact": KnownItems.exact,
    "shuffled": KnownItems.shuffled,
    "partial": KnownItems.partial,
    "prefix": KnownItems.prefix,
    "typo1": lambda items, book: items.slipped(book, 1),
    "typo2": lambda items, book: items.slipped(book, 2),
    "typo2_title_author": KnownItems.title_and_author_slipped,
    "no_diacritics": KnownItems.without_diacritics,
    "other_article": KnownItems.other_article,
    "subtitle": KnownItems.subtitle,
    "series_number": KnownItems.series_number,
    "surname": KnownItems.surname,
    "author": KnownItems.author,
    "author_typo": KnownItems.author_slipped,
    "author_title_word": KnownItems.author_and_title_word,
    "isbn13": KnownItems.isbn13,
    "isbn10": KnownItems.isbn10,
    "isbn_hyphenated": KnownItems.isbn_hyphenated,
    "non_latin": KnownItems.not_latin,
    "transliterated": KnownItems.romanised,
    "word_boundary": KnownItems.joined_or_split,
    "all_joined": KnownItems.all_joined,
    "initials": KnownItems.initials,
    **{f"chat_{tongue}": _request(f"chat_{tongue}") for tongue in ("en", "de", "fr", "es", "other")},
    **{f"chat_{tongue}_title_typo": _request(f"chat_{tongue}", title_slips=1) for tongue in ("en", "de")},
    **{
        f"chat_{tongue}_request_typo": _request(f"chat_{tongue}", request_slips=1)
        for tongue in ("en", "de", "fr", "es")
    },
    "chat_en_author_title": lambda items, book: items.author_and_title_in_a_request(
        "chat_en_author_title", book
    ),
    "chat_de_author_title": lambda items, book: items.author_and_title_in_a_request(
        "chat_de_author_title", book
    ),
    "chat_author": KnownItems.author_in_a_request,
}
