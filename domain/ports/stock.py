"""Copies in the shop. Every change is one conditional statement and one row in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from domain.book import Stock
from domain.ids import BookId
from domain.stock import StockChange


class StockLedger(Protocol):
    async def apply(self, changes: Sequence[StockChange]) -> BookId | None:
        """Apply changes in the order of their book ids, each only if then 0 <= held <= on_hand.

        Returns None when all were applied, else the first book whose change would break that; nothing after it was
        done, and the caller has to roll back.
        """
        ...

    async def sums(self, book_id: BookId) -> Stock:
        """Both numbers, recomputed from the ledger."""
        ...
