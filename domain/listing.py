"""What a customer is looking through: a search or a shelf, narrowed down and sorted, a page at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.book import Book, Form
from domain.ids import BookId
from domain.money import Money
from domain.ports.books import Filters, Shelf, Sort
from domain.subjects import is_subject
from domain.views import Facet

PAGE_SIZE = 8
"""Books on a page: two rows of four number buttons, and no more text than a phone shows at once."""
MAX_TYPED = 200
"""Characters of a message that are searched for; nobody remembers a longer title."""

Choice = tuple[str, str]
"""One thing that narrows a listing down: a name of `NARROWED_BY` and its value as text."""

NARROWED_BY = ("subject", "readers", "language", "form", "in_stock", "price", "year")
AUTHOR, COPIES, LIKE, AFTER, SORT = "author", "copies", "like", "after", "sort"
"""What else a message may ask for, as choices that can be taken away: whose books (by name), how many copies, books like
the one that is named, or that follow it (by its title), and how they are sorted."""

_LANGUAGE = re.compile(r"[a-z]{3}\Z")
_RANGE = re.compile(r"(\d{0,9})-(\d{0,9})\Z")


class Kind(StrEnum):
    """Where a listing's books come from."""

    SEARCH = "search"
    NEW = "new"
    PICKS = "picks"
    POPULAR = "popular"
    SUBJECT = "subject"
    LANGUAGE = "language"
    AUTHOR = "author"
    SERIES = "series"
    SIMILAR = "similar"
    PHOTO = "photo"

    @property
    def of_a_book(self) -> bool:
        """Whether it is that of a book, by whose id it is named."""
        return self in (Kind.AUTHOR, Kind.SERIES, Kind.SIMILAR)


@dataclass(frozen=True, slots=True)
class Listing:
    """One listing of one chat. ``serial`` tells it from the chat's earlier ones.

    ``key`` is the subject's or the language's code, or the id of the book whose author, series or like it is; ``name``
    the words for it where it has a name of its own. ``text`` is what was typed. ``literal``: without mending the spelling
    and without reading filters out of it; ``plain``: only without reading filters out of it, as they were turned into
    ``choices`` that can be taken away. ``words`` and ``understood`` are what the last search made of the text, ``like`` the
    book of which it asks for more alike. ``shelved``: an author or a series that was picked from the shelves.
    """

    serial: int
    kind: Kind
    key: str = ""
    name: str = ""
    text: str = ""
    literal: bool = False
    plain: bool = False
    words: str = ""
    understood: tuple[Choice, ...] = ()
    choices: tuple[Choice, ...] = ()
    sort: Sort = Sort.BEST
    page: int = 0
    books: tuple[BookId, ...] = ()
    like: BookId | None = None
    shelved: bool = False

    @property
    def of_a_book(self) -> bool:
        """Whether it was opened from a book's page, to which it leads back."""
        return self.kind.of_a_book and not self.shelved

    @property
    def narrowed(self) -> tuple[Choice, ...]:
        """All that narrows it, understood or chosen, in the order in which it came; a choice replaces what was understood."""
        chosen = {name for name, _ in self.choices}
        return (*(one for one in self.understood if one[0] not in chosen), *self.choices)

    @property
    def empty(self) -> bool:
        """A search for nothing: no words, and nothing that narrows it."""
        return self.kind is Kind.SEARCH and not self.text and all(name == COPIES for name, _ in self.narrowed)

    @property
    def asked(self) -> str:
        """What is to be searched for: the text, and the author that was taken out of it."""
        author = dict(self.choices).get(AUTHOR)
        if author is None:
            return self.text
        return f"{self.text or 'anything'} by {author}"

    @property
    def sorting(self) -> Sort:
        """As was chosen, else as was asked for in words and is a choice since."""
        return Sort(dict(self.choices).get(SORT, self.sort)) if self.sort is Sort.BEST else self.sort

    def sorted(self, sort: Sort) -> Listing:
        """In this order, whatever was asked for in words. From the first page."""
        listing = self.narrow(SORT, "") if SORT in dict(self.narrowed) else self
        return replace(listing, sort=sort, page=0)

    @property
    def filters(self) -> Filters:
        return filters_of(self.narrowed)

    @property
    def orders(self) -> tuple[Sort, ...]:
        """The orders it can be shown in; new books are the newest first anyhow."""
        return tuple(sort for sort in Sort if self.kind is not Kind.NEW or sort is not Sort.NEWEST)

    @property
    def shelf(self) -> Shelf:
        """The shelf that is browsed; ValueError for what is not one (a search, a photo)."""
        match self.kind:
            case Kind.NEW:
                return Shelf(new=True)
            case Kind.PICKS:
                return Shelf(picks=True)
            case Kind.POPULAR:
                return Shelf()
            case Kind.SUBJECT:
                return Shelf(subject=self.key)
            case Kind.LANGUAGE:
                return Shelf(language=self.key)
            case Kind.AUTHOR:
                return Shelf(author=self.name)
            case Kind.SERIES:
                return Shelf(series=self.name)
            case Kind.SIMILAR:
                return Shelf(similar_to=BookId(int(self.key)))
            case _:
                raise ValueError(f"not a shelf: {self.kind}")

    def settled(self) -> Listing:
        """With what was understood turned into choices, so that each of them can be changed or taken away."""
        if self.kind is Kind.SEARCH and self.like is not None:
            kept = tuple(one for one in self.narrowed if one[0] in NARROWED_BY)
            return Listing(self.serial, Kind.SIMILAR, str(self.like), self.name, choices=kept, sort=self.sort)
        if self.plain or not self.understood:
            return self
        return replace(self, text=self.words, plain=True, choices=self.narrowed, understood=())

    def narrow(self, name: str, value: str) -> Listing:
        """With this choice instead of an earlier one of its name; without one if ``value`` is empty. From the first page."""
        settled = (
            replace(self, like=None, name="").settled() if (name, value) == (LIKE, "") else self.settled()
        )
        kept = tuple(one for one in settled.choices if one[0] != name)
        return replace(settled, choices=(*kept, (name, value)) if value else kept, page=0)

    def without(self, name: str) -> Listing:
        """As it would be if nothing of this name narrowed it: what its alternatives are counted against."""
        return self.narrow(name, "")


def is_choice(name: str, value: str) -> bool:
    """Whether a button's name and value are something a listing can be narrowed by."""
    match name:
        case "subject" | "readers":
            return is_subject(value)
        case "language":
            return _LANGUAGE.match(value) is not None
        case "form":
            return value in set(Form)
        case "in_stock":
            return value == "1"
        case "price" | "year":
            return _RANGE.match(value) is not None and value != "-"
        case _:
            return False


def limits(value: str) -> tuple[int | None, int | None]:
    """Both ends of a range such as ``1000-1999``, ``-999`` or ``2000-``; an end that is not there is None."""
    match = _RANGE.match(value)
    if match is None:
        return None, None
    return int(match[1]) if match[1] else None, int(match[2]) if match[2] else None


def span(low: int | None, high: int | None) -> str:
    """A range as text: the other way round than `limits`."""
    return f"{'' if low is None else low}-{'' if high is None else high}"


def filters_of(choices: tuple[Choice, ...]) -> Filters:
    chosen = dict(choices)
    price_min, price_max = limits(chosen.get("price", ""))
    year_min, year_max = limits(chosen.get("year", ""))
    return Filters(
        subject=chosen.get("subject", ""),
        readers=chosen.get("readers", ""),
        language=chosen.get("language", ""),
        form=chosen.get("form", ""),
        price_min=price_min,
        price_max=price_max,
        in_stock="in_stock" in chosen,
        year_min=year_min,
        year_max=year_max,
    )


def choices_of(filters: Filters) -> tuple[Choice, ...]:
    """The same filters as choices, one for each that is set."""
    found = {
        "subject": filters.subject,
        "readers": filters.readers,
        "language": filters.language,
        "form": filters.form,
        "in_stock": "1" if filters.in_stock else "",
        "price": span(filters.price_min, filters.price_max),
        "year": span(filters.year_min, filters.year_max),
    }
    return tuple((name, value) for name, value in found.items() if value not in ("", "-"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a listing: a book, and how many editions of the work there are, the cheapest at ``from_price``."""

    book: Book
    editions: int = 1
    from_price: Money | None = None


@dataclass(frozen=True, slots=True)
class Others:
    """More by the author of the best result."""

    book_id: BookId
    author: str
    count: int


@dataclass(frozen=True, slots=True)
class ListingView:
    """A page of a listing as it stands now, its prices in ``currency``.

    ``shown_as`` is the spelling searched for, if it was mended; ``quantity`` the copies that were asked for; ``nearest``
    are suggestions when there are no entries. ``like`` and ``after`` are the book that was named, where books like it, or
    what follows it, were asked for.
    """

    listing: Listing
    entries: tuple[Entry, ...]
    total: int
    currency: str
    shown_as: str = ""
    quantity: int | None = None
    nearest: tuple[Entry, ...] = ()
    others: Others | None = None
    like: Book | None = None
    after: Book | None = None
    shelf: Facet | None = None
    """The shelf of the subject that was typed, and how many books are on it."""
    cut: bool = False
    """More was typed than was searched for."""

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a listing could be narrowed to, with the books it would leave (None: too many to count)."""

    value: str
    count: int | None
    chosen: bool = False
