"""Any text is a search, from anywhere but where a step asks for text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.actions import Action, SearchAsTyped, SearchFor, ShowBook, ShowHome, ShowOrder, StartSearch
from bot.conversation import Before, Route, Routes, Turn
from bot.errands import LEADS_TO
from bot.inputs import Command, Other, Text
from bot.links import unpacked
from bot.listings import find, next_serial, put, way_back
from bot.screen import Button, Result
from bot.screens import search as screens
from bot.screens.listing import listing as listing_screen
from domain.ids import OrderId
from domain.listing import Listing, ListingView
from domain.ports.books import Shelf
from domain.search.courtesies import Courtesy, courtesy
from domain.search.entry import main_title, title_keys
from domain.search.errands import Errand, errand
from domain.search.folding import plain_words
from domain.services.browsing import Browsing, is_only_isbn, slipped_isbn, typed

_ORDER_NUMBER = re.compile(r"(?i)\s*#?(B-[0-9A-Z]{4})\s*\Z")
"""`domain.ports.clock.Ids.order_number`"""


@dataclass(frozen=True, slots=True)
class Found:
    """A search that was done before the transaction. ``typed`` is the text as it was searched for; ``errand`` what it may
    have been instead."""

    view: ListingView
    typed: str
    errand: Errand | None = None


@dataclass(frozen=True, slots=True)
class Polite:
    """Nothing was asked for."""

    said: Courtesy


@dataclass(frozen=True, slots=True)
class OwnOrder:
    """The number of one of the person's own orders was typed."""

    order_id: OrderId


@dataclass(frozen=True, slots=True)
class OnErrand:
    """The shop itself was asked for something, rather than for a book. ``action``: where that leads."""

    action: Action


class SearchConversation:
    def __init__(self, *, browsing: Browsing) -> None:
        self._browsing = browsing

    def routes(self) -> Routes:
        return Routes(
            actions={
                StartSearch: Route(self.ask),
                SearchFor: Route(self.show, self._find_asked),
                SearchAsTyped: Route(self.show_as_typed, self._find_as_typed),
            },
            inputs={Text: Route(self.show, self._find_text), Other: Route(self.unreadable)},
            commands={"search": _from_command},
            deep_links={"find": _from_link},
        )

    async def ask(self, turn: Turn, action: StartSearch) -> Result:
        return Result(screens.ask(turn.words))

    async def unreadable(self, turn: Turn, given: Other) -> Result:
        return Result(screens.unreadable(turn.words))

    async def show(self, turn: Turn, given: Text | SearchFor) -> Result:
        if isinstance(turn.prepared, Polite):
            return self._answer(turn, turn.prepared.said)
        if isinstance(turn.prepared, OwnOrder):
            return Result(go=ShowOrder(turn.prepared.order_id))
        if isinstance(turn.prepared, OnErrand):
            return Result(go=turn.prepared.action)
        found = turn.brought(Found)
        view, said = found.view, found.typed
        if view.entries and is_only_isbn(said) and len(view.entries) == 1:
            return Result(go=ShowBook(view.entries[0].book.id))
        if not view.entries and not any(c.isalnum() for c in said):
            return Result(screens.unreadable(turn.words))
        put(turn.dialogue.data, view.listing)
        if not view.entries and is_only_isbn(said):
            return Result(screens.no_such_isbn(said, turn.words))
        if not view.entries and slipped_isbn(said):
            return Result(screens.slipped_isbn(said, turn.words))
        if _plainly_one(view):
            return Result(go=ShowBook(view.entries[0].book.id, view.quantity or 1))
        besides = None
        if found.errand is not None:
            label = turn.words.plain(f"errand-{found.errand.value}")
            besides = Button(label, LEADS_TO[found.errand])
        return Result(listing_screen(view, turn.words, way_back(view.listing), besides))

    def _answer(self, turn: Turn, said: Courtesy) -> Result:
        if said is Courtesy.GREETING:
            return Result(go=ShowHome())
        turn.greeted = True
        return Result(go=ShowHome(), toast=turn.words.plain("search-with-pleasure"))

    async def show_as_typed(self, turn: Turn, action: SearchAsTyped) -> Result:
        if turn.prepared is None:
            return Result(go=ShowHome(), toast=turn.words.plain("older-button"))
        view = turn.brought(ListingView)
        put(turn.dialogue.data, view.listing)
        return Result(listing_screen(view, turn.words, way_back(view.listing)))

    async def _find_text(self, before: Before, given: Text) -> Found | Polite | OwnOrder | OnErrand:
        said = courtesy(given.text)
        if said is not None:
            return Polite(said)
        if (number := _ORDER_NUMBER.match(given.text)) is not None:
            async with before.reading() as look:
                customer_id, order = (
                    await before.customer_id(look),
                    await look.orders.by_number(number[1].upper()),
                )
            if order is not None and customer_id is not None and order.customer_id == customer_id:
                return OwnOrder(order.id)
        found = await self._find(before, given.text)
        asked = errand(given.text)
        if asked is None:
            return found
        if _titled(found):
            return replace(found, errand=asked)
        return OnErrand(await self._leads_to(before, asked))

    async def _leads_to(self, before: Before, asked: Errand) -> Action:
        if asked is Errand.PICKS:
            async with before.reading() as look:
                if not await look.books.count(Shelf(picks=True)):
                    return LEADS_TO[Errand.POPULAR]
        return LEADS_TO[asked]

    async def _find_asked(self, before: Before, action: SearchFor) -> Found:
        return await self._find(before, action.text)

    async def _find(self, before: Before, text: str) -> Found:
        listing, cut = typed(next_serial(before.dialogue.data), text)
        view = await self._page(before, listing)
        return Found(replace(view, cut=cut), listing.text)

    async def _find_as_typed(self, before: Before, action: SearchAsTyped) -> ListingView | None:
        listing = find(before.dialogue.data, action.listing)
        return None if listing is None else await self._page(before, replace(listing, literal=True, page=0))

    async def _page(self, before: Before, listing: Listing) -> ListingView:
        found = await self._browsing.find(listing)
        async with before.reading() as look:
            return await self._browsing.page(look, listing, found)


def _titled(found: Found) -> bool:
    """Whether what was typed is the title of a book that was found."""
    said = "".join(plain_words(found.typed))
    titles = (entry.book.title for entry in found.view.entries)
    return any(said in (*title_keys(title), *title_keys(main_title(title))) for title in titles)


def _plainly_one(view: ListingView) -> bool:
    """So many copies of a book that is the only one it can be: nothing is left to choose."""
    return (
        view.quantity is not None and view.total == 1 and not view.shown_as and view.entries[0].editions == 1
    )


def _from_command(command: Command) -> Action:
    return SearchFor(command.argument) if command.argument else StartSearch()


def _from_link(payload: str) -> Action | None:
    """What the button above inline results that found nothing opens."""
    text = unpacked(payload)
    return SearchFor(text) if text.strip() else None
