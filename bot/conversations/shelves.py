"""Shelves and listings: opening one, turning its pages, narrowing it down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.actions import Browse, SetFilter, SetSort, ShowFilters, ShowHome, ShowPage, ShowShelves, StartSearch
from bot.conversation import Before, Route, Routes, Turn
from bot.listings import find, next_serial, present, put, way_back
from bot.screen import Result
from bot.screens import filters as filter_screens
from bot.screens import shelves as shelf_screens
from bot.screens.listing import listing as listing_screen
from domain.errors import BookNotFound
from domain.ids import BookId
from domain.listing import Kind, Listing, ListingView, Option, is_choice
from domain.ports.books import Sort
from domain.ports.unit_of_work import Look
from domain.services.browsing import Browsing, at_price
from domain.views import Facet, NamedShelf

_NARROWED_IN_A_MENU = ("subject", "language", "form", "price", "year")
_BY_NAME = {"shelf-author": "author", "shelf-series": "series"}
"""The shelves that a button names by one of their books."""
_LAST_PAGE = 99_999
"""No listing is longer; a forged number beyond it must not reach the database."""


@dataclass(frozen=True, slots=True)
class Page:
    """A listing's page, read before the transaction. ``old``: the button belonged to a listing that is forgotten, so
    this is the present one as it stands."""

    view: ListingView
    old: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """The values of one filter that leave something of a listing."""

    listing: Listing
    options: tuple[Option, ...]


class ShelvesConversation:
    def __init__(self, *, browsing: Browsing) -> None:
        self._browsing = browsing

    def routes(self) -> Routes:
        return Routes(
            actions={
                ShowShelves: Route(self.shelves, self._counted),
                Browse: Route(self.page, self._open),
                ShowPage: Route(self.page, self._turn_to),
                SetFilter: Route(self.page, self._narrow),
                SetSort: Route(self.page, self._sort),
                ShowFilters: Route(self.filters, self._count),
            }
        )

    async def shelves(self, turn: Turn, action: ShowShelves) -> Result:
        shelves, words = turn.brought(tuple), turn.words
        if action.by == "language":
            return Result(shelf_screens.by_language(shelves, words))
        if action.by == "price":
            return Result(shelf_screens.by_price(shelves, words, self._browsing.currency))
        if action.by in _BY_NAME.values():
            return Result(shelf_screens.by_name(action.by, shelves, words))
        return Result(shelf_screens.by_subject(shelves, words))

    async def page(self, turn: Turn, action: Browse | ShowPage | SetFilter | SetSort | ShowFilters) -> Result:
        """A page of a listing. The button of one that is forgotten brings the present one instead, and says so."""
        if turn.prepared is None:
            return Result(go=ShowHome(), toast=turn.words.plain("older-button"))
        page = turn.brought(Page)
        if page.view.listing.empty:  # its last wish was taken away
            return Result(go=ShowShelves("price") if page.view.listing.key else StartSearch())
        put(turn.dialogue.data, page.view.listing)
        screen = listing_screen(page.view, turn.words, way_back(page.view.listing))
        return Result(screen, toast=turn.words.plain("older-button") if page.old else "")

    async def filters(self, turn: Turn, action: ShowFilters) -> Result:
        words, currency = turn.words, self._browsing.currency
        match turn.prepared:
            case Options(listing, options):
                return Result(filter_screens.options(listing, action.by, options, words, currency))
            case Page(view, old=False) if action.by == "sort":
                return Result(filter_screens.sorting(view.listing, words))
            case Page(view, old=False):
                return Result(filter_screens.menu(view.listing, view.total, words, currency))
            case _:
                return await self.page(turn, action)

    # --- before the transaction ---------------------------------------------------------------------------------------

    async def _counted(
        self, before: Before, action: ShowShelves
    ) -> tuple[Facet, ...] | tuple[NamedShelf, ...]:
        async with before.reading() as look:
            if action.by in _BY_NAME.values():
                return await self._browsing.named_shelves(look, action.by)
            return await self._browsing.shelves(look, action.by)

    async def _open(self, before: Before, action: Browse) -> Page | None:
        """None for a shelf that never was; raises BookNotFound for that of a book which is gone."""
        async with before.reading() as look:
            listing = await self._listing(look, next_serial(before.dialogue.data), action)
            return None if listing is None else Page(await self._browsing.page(look, listing))

    async def _listing(self, look: Look, serial: int, action: Browse) -> Listing | None:
        if action.kind == "price":
            return at_price(serial, action.key) if is_choice("price", action.key) else None
        named = _BY_NAME.get(action.kind, action.kind)
        if named not in set(Kind):
            return None
        kind = Kind(named)
        if kind in (Kind.NEW, Kind.PICKS, Kind.POPULAR):
            return Listing(serial, kind)
        if kind in (Kind.SUBJECT, Kind.LANGUAGE):
            return Listing(serial, kind, action.key) if is_choice(kind.value, action.key) else None
        if not kind.of_a_book or not action.key.isdecimal() or len(action.key) > 18:
            return None
        book = await self._browsing.known(look, BookId(int(action.key)))
        names = {Kind.AUTHOR: book.authors[0] if book.authors else "", Kind.SERIES: book.series}
        name = names.get(kind, book.title)
        if not name:
            raise BookNotFound(book.id)
        return Listing(serial, kind, str(book.id), name, shelved=named != action.kind)

    async def _turn_to(self, before: Before, action: ShowPage) -> Page | None:
        page = min(max(0, action.page), _LAST_PAGE)
        return await self._changed(before, action.listing, lambda listing: replace(listing, page=page))

    async def _narrow(self, before: Before, action: SetFilter) -> Page | None:
        name, value = action.name, action.value
        if value and not is_choice(name, value):
            return None
        return await self._changed(before, action.listing, lambda listing: listing.narrow(name, value))

    async def _sort(self, before: Before, action: SetSort) -> Page | None:
        if action.sort not in set(Sort):
            return None
        sort = Sort(action.sort)
        return await self._changed(before, action.listing, lambda listing: listing.sorted(sort))

    async def _count(self, before: Before, action: ShowFilters) -> Page | Options | None:
        listing = find(before.dialogue.data, action.listing)
        if listing is None or action.by not in _NARROWED_IN_A_MENU:
            return await self._changed(before, action.listing, lambda listing: listing)
        async with before.reading() as look:
            return Options(listing, await self._browsing.options(look, listing, action.by))

    async def _changed(
        self, before: Before, serial: int, change: Callable[[Listing], Listing]
    ) -> Page | None:
        """The listing of this serial, changed; the present one as it is if that is forgotten; None if there is none."""
        data = before.dialogue.data
        asked = find(data, serial)
        listing = present(data) if asked is None else change(asked)
        if listing is None:
            return None
        found = await self._browsing.find(listing) if listing.kind is Kind.SEARCH else None
        async with before.reading() as look:
            return Page(await self._browsing.page(look, listing, found), old=asked is None)
