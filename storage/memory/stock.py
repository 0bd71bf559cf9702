"""Copies in the shop, and the ledger of their changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from domain.book import Stock
from domain.ids import BookId
from domain.stock import StockChange
from storage.memory.state import State


class MemoryStockLedger:
    def __init__(self, state: State) -> None:
        self._state = state

    async def apply(self, changes: Sequence[StockChange]) -> BookId | None:
        ordered = sorted(changes, key=lambda change: change.book_id)
        for change in ordered:
            book = self._state.books.get(change.book_id)
            if book is None:
                return change.book_id
            on_hand, held = book.on_hand + change.on_hand, book.held + change.held
            if not 0 <= held <= on_hand:
                return change.book_id
            self._state.books[change.book_id] = dataclasses.replace(book, on_hand=on_hand, held=held)
        self._state.ledger += ordered
        return None

    async def sums(self, book_id: BookId) -> Stock:
        mine = [change for change in self._state.ledger if change.book_id == book_id]
        return Stock(sum(change.on_hand for change in mine), sum(change.held for change in mine))
