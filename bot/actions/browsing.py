"""Buttons for looking around."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.action import Action


@dataclass(frozen=True, slots=True)
class ShowHome(Action):
    tag = "h"


@dataclass(frozen=True, slots=True)
class StartSearch(Action):
    tag = "s"


@dataclass(frozen=True, slots=True)
class SearchFor(Action):
    """Not a button: what ``/search dune`` asks for. ``text`` is as typed."""

    tag = "sf"
    text: str


@dataclass(frozen=True, slots=True)
class ShowShelves(Action):
    """``by`` is ``subject``, ``language``, ``author``, ``series`` or ``price``."""

    tag = "sh"
    by: str = "subject"


@dataclass(frozen=True, slots=True)
class Browse(Action):
    """A shelf: ``kind`` is new, picks, popular, subject, language, price, author, series or similar. ``key`` is the subject's or
    the language's code, or a range such as ``1000-1499`` in minor units; for author, series and similar the id of a
    book that has it (a name would not fit); shelf-author and shelf-series are the same, picked from the shelves."""

    tag = "b"
    kind: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class ShowPage(Action):
    """A page (from 0) of the dialogue's listing. ``listing`` is its serial: another one is an old button."""

    tag = "p"
    listing: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowFilters(Action):
    """What the listing can be narrowed by; ``by`` (subject, language, price, year, sort) opens one of them."""

    tag = "f"
    listing: int
    by: str = ""


@dataclass(frozen=True, slots=True)
class SetFilter(Action):
    """``name`` is a field of `domain.ports.books.Filters`, or ``price`` or ``year`` for a range such as ``10-20``; an
    empty ``value`` takes the filter away."""

    tag = "fs"
    listing: int
    name: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class SetSort(Action):
    tag = "so"
    listing: int
    sort: str


@dataclass(frozen=True, slots=True)
class SearchAsTyped(Action):
    """Search again without mending the spelling."""

    tag = "lit"
    listing: int


@dataclass(frozen=True, slots=True)
class ShowBook(Action):
    """``quantity`` is what the stepper beside "Add to cart" stands at."""

    tag = "k"
    book_id: int
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class ShowEditions(Action):
    """The editions of a book's work. ``quantity`` copies were asked for."""

    tag = "ed"
    book_id: int
    quantity: int = 1
