"""Counting copies and setting prices by hand. Each change of stock is a row of the ledger; a price set here is the shop's own."""

from __future__ import annotations

from datetime import datetime

from domain.book import Book
from domain.errors import BookNotFound, CountedMeanwhile, HeldForOrders
from domain.ids import BookId
from domain.money import Money
from domain.ports.unit_of_work import Work
from domain.stock import StockChange, StockReason

MOST = 100_000
"""Copies of one book."""


class Stockroom:
    """All raise BookNotFound."""

    async def count(
        self, work: Work, book_id: BookId, to: int, now: datetime, *, seen: int | None = None
    ) -> Book:
        """``to`` copies are on hand from now on. Returns the book as it is then.

        ``seen`` is how many the person saw: raises CountedMeanwhile if there are others now, unless there are ``to``
        already. Raises HeldForOrders if fewer would be left than are promised.
        """
        book = await self._book(work, book_id)
        to = min(to, MOST)
        if book.stock.on_hand == to:
            return book
        if seen is not None and seen != book.stock.on_hand:
            raise CountedMeanwhile(book.stock.on_hand)
        if to < book.stock.held:
            raise HeldForOrders(book.stock.held)
        change = StockChange(book_id, to - book.stock.on_hand, 0, StockReason.COUNTED, now)
        if await work.stock.apply([change]) is not None:
            raise HeldForOrders(book.stock.held)
        return await self._book(work, book_id)

    async def price(self, work: Work, book_id: BookId, price: Money) -> Book:
        """It costs this from now on, whatever a feed says."""
        await self._book(work, book_id)
        await work.books.set_price(book_id, price)
        return await self._book(work, book_id)

    async def _book(self, work: Work, book_id: BookId) -> Book:
        book = await work.books.get(book_id)
        if book is None:
            raise BookNotFound(book_id)
        return book
