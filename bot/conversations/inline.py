"""``@bot dune`` in any chat: cards with price and availability that lead to the book, ready to be added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import Before, Route, Routes, Turn
from bot.inputs import InlineQuery
from bot.screen import Result
from bot.screens.card import card
from domain.listing import Kind, Listing, ListingView
from domain.services.browsing import Browsing, typed

_CARDS = 20
"""Cards at a time: what a phone scrolls through before it asks for more (Bot API, answerInlineQuery: at most 50)."""
_LONGEST_OFFSET = 4
"""Digits; Telegram sends back what we gave it, but what arrives is not trusted."""


class InlineConversation:
    """``bot_link`` makes the deep link of a payload."""

    def __init__(self, *, browsing: Browsing, bot_link: Callable[[str], str]) -> None:
        self._browsing = browsing
        self._bot_link = bot_link

    def routes(self) -> Routes:
        return Routes(inputs={InlineQuery: Route(self.show, self._find, anywhere_chat=True)})

    async def show(self, turn: Turn, given: InlineQuery) -> Result:
        view = turn.brought(ListingView)
        cards = tuple(
            card(entry.book, turn.words, self._bot_link(f"book_{entry.book.id}")) for entry in view.entries
        )
        following = view.listing.page + 1
        more = cards and following * _CARDS < view.total
        return Result(cards=cards, next_offset=str(following) if more else "")

    async def _find(self, before: Before, given: InlineQuery) -> ListingView:
        """With nothing typed yet, what is new."""
        page = int(given.offset) if given.offset.isdecimal() and len(given.offset) <= _LONGEST_OFFSET else 0
        text = typed(0, given.query)[0].text
        listing = Listing(0, Kind.SEARCH if text else Kind.NEW, text=text, page=page)
        found = await self._browsing.find(listing, _CARDS) if text else None
        async with before.reading() as look:
            view = await self._browsing.page(look, listing, found, _CARDS)
        # Beyond the end there is nothing, whereas a page of the chat would show its last books again.
        return view if view.listing.page == page else replace(view, entries=())
