"""The shop's stock in the staff's chat: a photo of a book's back or ``/stock`` opens a book's card, buttons and answers change it.

Whoever is in the staff's chat may count and price: they sell the books. Every change of stock is a row of the ledger.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.actions import StaffCount, StaffLookUp, StaffStock, StaffStockBeneath
from bot.conversation import Before, Route, Routes, Turn
from bot.errors import describe
from bot.inputs import File, Photo, Text
from bot.screen import Result, Screen
from bot.screens import stock as screens
from domain.barcode import NoIsbn
from domain.book import Book
from domain.errors import BookNotFound, CountedMeanwhile, HeldForOrders
from domain.ids import BookId
from domain.money import Money, exponent
from domain.ports.book_search import BookSearch, SearchQuery
from domain.services.stockroom import Stockroom

_MOST_BYTES = 20_000_000  # Bot API, getFile: "files of up to 20MB in size"
_MOST_BOOKS = 8
_COUNT = re.compile(r"\s*(\d{1,6})\s*\Z")
_PRICE = re.compile(r"\s*(?P<before>[€$£¥]|[A-Za-z]{3})?\s*(?P<whole>\d{1,7})(?:[.,](?P<part>\d{1,3}))?"
                    r"\s*(?P<after>[€$£¥]|[A-Za-z]{3})?\s*\Z")  # fmt: skip
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a picture shows: ISBNs, and those of the shop's books that have them, or ``none`` and why."""

    isbns: tuple[str, ...] = ()
    books: tuple[BookId, ...] = ()
    none: NoIsbn | None = None


class StockConversation:
    """``fetch`` brings a file of Telegram's by its id; ``read_barcodes`` finds the ISBN-13s in a picture, or why there is none."""

    def __init__(
        self,
        *,
        stockroom: Stockroom,
        search: BookSearch,
        fetch: Callable[[str], Awaitable[bytes]],
        read_barcodes: Callable[[bytes], tuple[str, ...] | NoIsbn],
    ) -> None:
        self._stockroom = stockroom
        self._search = search
        self._fetch = fetch
        self._read_barcodes = read_barcodes

    def routes(self) -> Routes:
        return Routes(
            actions={
                StaffStock: Route(self.show, staff=True),
                StaffStockBeneath: Route(self.show_beneath, staff=True),
                StaffCount: Route(self.count, staff=True),
                StaffLookUp: Route(self.list_found, prepare=self.look_up, staff=True),
            },
            group_commands={"stock": lambda command: StaffLookUp(command.argument)},
            group_inputs={
                Photo: Route(self.photo, prepare=self.look_at, staff=True),
                Text: Route(self.answer, staff=True),
            },
        )

    async def show(self, turn: Turn, action: StaffStock) -> Result:
        book = await turn.work.books.get(BookId(action.book_id))
        if book is None:
            raise BookNotFound(BookId(action.book_id))
        return Result(screens.card(book, turn.words))

    async def show_beneath(self, turn: Turn, action: StaffStockBeneath) -> Result:
        """What was tapped shows something else and stays as it is."""
        return replace(await self.show(turn, StaffStock(action.book_id)), fresh=True)

    async def count(self, turn: Turn, action: StaffCount) -> Result:
        book_id, words = BookId(action.book_id), turn.words
        try:
            book = await self._stockroom.count(
                turn.work, book_id, max(action.to, 0), turn.now, seen=action.seen
            )
        except (CountedMeanwhile, HeldForOrders) as error:
            # Nothing was written; the card is shown as it stands now.
            shown = await self.show(turn, StaffStock(book_id))
            return Result(shown.screen, toast=describe(error, words, turn.now), alert=True)
        return Result(
            screens.card(book, words), toast=words.plain("stock-toast-counted", count=book.stock.on_hand)
        )

    async def look_up(self, before: Before, action: StaffLookUp) -> tuple[BookId, ...]:
        if not action.words.strip():
            return ()
        found = await self._search.search(SearchQuery(action.words, limit=_MOST_BOOKS, understand=False))
        return tuple(edition for hit in found.hits for edition in hit.editions)

    async def list_found(self, turn: Turn, action: StaffLookUp) -> Result:
        if not action.words.strip():
            return Result(screens.how(turn.words))
        books = await self._books(turn, turn.brought(tuple))
        return Result(
            self._one_or_more(books, turn) if books else screens.nothing_found(action.words, turn.words)
        )

    async def look_at(self, before: Before, given: Photo | File) -> Seen:
        if given.size > _MOST_BYTES:
            return Seen(none=NoIsbn.TOO_LARGE)
        picture = await self._fetch(given.file_id)
        isbns = await asyncio.to_thread(self._read_barcodes, picture)
        if isinstance(isbns, NoIsbn):
            return Seen(none=isbns)
        async with before.reading() as look:
            found = [await look.books.by_isbn(isbn) for isbn in isbns[:_MOST_BOOKS]]
        return Seen(isbns, tuple(book.id for book in found if book is not None))

    async def photo(self, turn: Turn, given: Photo | File) -> Result:
        seen, words = turn.brought(Seen), turn.words
        if seen.none is not None:
            return Result(screens.no_isbn(seen.none, words))
        books = await self._books(turn, seen.books)
        return Result(self._one_or_more(books, turn) if books else screens.not_here(seen.isbns, words))

    async def answer(self, turn: Turn, given: Text) -> Result:
        """A number in answer to a book's card counts it, a price prices it."""
        if not isinstance(given.under, StaffStock | StaffCount):
            return Result()
        book_id, words = BookId(given.under.book_id), turn.words
        try:
            if (counted := _COUNT.match(given.text)) is not None:
                book = await self._stockroom.count(turn.work, book_id, int(counted[1]), turn.now)
                said = words.html("stock-counted", count=book.stock.on_hand)
            elif (price := read_price(given.text, turn.shop.currency)) is not None:
                book = await self._stockroom.price(turn.work, book_id, price)
                said = words.html("stock-priced", price=price)
            else:
                return Result(toast=words.plain("stock-toast-not-read"))
        except HeldForOrders as error:
            return Result(toast=describe(error, words, turn.now))
        return Result(screens.card(book, words, said))

    def _one_or_more(self, books: tuple[Book, ...], turn: Turn) -> Screen:
        if len(books) == 1:
            return screens.card(books[0], turn.words)
        return screens.choice(books, turn.words)

    async def _books(self, turn: Turn, ids: tuple[BookId, ...]) -> tuple[Book, ...]:
        found = await turn.work.books.many(ids[:_MOST_BOOKS])
        return tuple(found[number] for number in ids if number in found)


def read_price(text: str, currency: str) -> Money | None:
    """``12.90``, ``€12,90``, ``12 EUR``; None if it is no price, or one in another currency. A bare whole number is none."""
    found = _PRICE.match(text)
    if found is None:
        return None
    marks = {
        _SIGNS.get(mark, mark.upper()) for name in ("before", "after") if (mark := found[name]) is not None
    }
    part = found["part"] or ""
    if marks - {currency} or len(part) > exponent(currency) or not (marks or part):
        return None
    price = Money.parse(f"{found['whole']}.{part or '0'}", currency)
    return price if price.minor > 0 else None
