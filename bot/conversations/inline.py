"""``@bot dune`` in any chat: cards with price and availability that lead to the book, ready to be added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import Before, Route, Routes, Turn
from bot.inputs import InlineQuery
from bot.links import packed
from bot.screen import Cover, CoverAddresses, InlineStart, Result
from bot.screens.card import card
from bot.screens.cover import cover_of
from bot.texts import Words
from domain.listing import Kind, Listing, ListingView
from domain.ports.unit_of_work import Look
from domain.services.browsing import Browsing, typed

_CARDS = 20
"""Cards at a time: what a phone scrolls through before it asks for more (Bot API, answerInlineQuery: at most 50)."""
_LONGEST_OFFSET = 4
"""Digits; Telegram sends back what we gave it, but what arrives is not trusted."""


class InlineConversation:
    """``bot_link`` makes the deep link of a payload; ``cover_addresses`` tells where a cover's pictures are."""

    def __init__(
        self,
        *,
        browsing: Browsing,
        bot_link: Callable[[str], str],
        cover_addresses: Callable[[Cover], CoverAddresses],
    ) -> None:
        self._browsing = browsing
        self._bot_link = bot_link
        self._cover_addresses = cover_addresses

    def routes(self) -> Routes:
        return Routes(inputs={InlineQuery: Route(self.show, self._find, anywhere_chat=True)})

    async def show(self, turn: Turn, given: InlineQuery) -> Result:
        view = turn.brought(ListingView)
        cards = tuple(
            card(book, turn.words, self._bot_link(f"book_{book.id}"), self._cover_addresses(cover_of(book)))
            for book in (entry.book for entry in view.entries)
        )
        following = view.listing.page + 1
        more = cards and following * _CARDS < view.total
        start = None
        if not view.total:
            # In the chat there is more to be said: what is nearest, what to leave out, whom to ask.
            start = InlineStart(turn.words.plain("card-nothing-found"), packed("find", view.listing.text))
        return Result(cards=cards, next_offset=str(following) if more else "", start=start)

    async def _find(self, before: Before, given: InlineQuery) -> ListingView:
        """With nothing typed yet, what is new."""
        page = int(given.offset) if given.offset.isdecimal() and len(given.offset) <= _LONGEST_OFFSET else 0
        text = typed(0, given.query)[0].text
        listing = Listing(0, Kind.SEARCH if text else Kind.NEW, text=text, page=page)
        found = await self._browsing.find(listing, _CARDS) if text else None
        async with before.reading() as look:
            if not text:
                listing = await self._readable(look, listing, before.words)
            view = await self._browsing.page(look, listing, found, _CARDS)
        # Beyond the end there is nothing, whereas a page of the chat would show its last books again.
        return view if view.listing.page == page else replace(view, entries=())

    async def _readable(self, look: Look, listing: Listing, words: Words) -> Listing:
        """Only what is in the reader's own language, if there is anything: they did not ask for anything else yet."""
        own = words.language_name(words.language)
        for option in await self._browsing.options(look, listing, "language"):
            if words.language_name(option.value) == own:
                return replace(listing, choices=(("language", option.value),))
        return listing
