"""Finding books by what people type."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from domain.ids import BookId
from domain.ports.books import Filters, Sort


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """``text`` as typed (any length). ``literal`` leaves the spelling as it is. ``understand`` False reads no filters and
    no wishes out of the text; ``following`` says nevertheless that what follows the named book in its series is wanted.
    ``filters`` narrow the results; with no words left, they alone say what is found."""

    text: str
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.BEST
    literal: bool = False
    understand: bool = True
    following: bool = False
    offset: int = 0
    limit: int = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One work: the edition that fits best, and the ids of all its editions, that one first."""

    book_id: BookId
    editions: tuple[BookId, ...]


@dataclass(frozen=True, slots=True)
class SearchResults:
    """``shown_as`` is the corrected spelling the hits are for, if it was corrected. ``understood`` are the filters that
    were read out of the text, ``author`` whose books it asks for (as typed), ``words`` what was left to search for; ``quantity``
    copies if a number was asked for, ``sort`` the order if one was ("the latest", "cheap"). ``nearest`` are suggestions, only
    when there is no hit. ``like`` and ``after`` are the book that was named in "something like ..." and "the next one after ...":
    then the hits are books like it, or what follows it in its series. ``shelf``: the subject that the text names, if it is a word
    of titles as well."""

    hits: tuple[Hit, ...]
    total: int
    shown_as: str = ""
    understood: Filters = field(default_factory=Filters)
    words: str = ""
    author: str = ""
    quantity: int | None = None
    nearest: tuple[Hit, ...] = ()
    like: BookId | None = None
    after: BookId | None = None
    shelf: str = ""
    sort: Sort = Sort.BEST


class BookSearch(Protocol):
    async def search(self, query: SearchQuery) -> SearchResults: ...
