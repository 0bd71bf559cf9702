"""Copies in the shop, and the ledger of their changes."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.book import Stock
from domain.ids import BookId
from domain.stock import StockChange
from storage.connection import Connection
from storage.tables import books, stock_ledger

# Change both numbers of one book, only if 0 <= held <= on_hand holds after it.
CHANGE = (
    sa.update(books)
    .where(
        books.c.id == bindparam("book"),
        books.c.held + bindparam("more_held") >= 0,
        books.c.on_hand + bindparam("more_on_hand") >= books.c.held + bindparam("more_held"),
    )
    .values(on_hand=books.c.on_hand + bindparam("more_on_hand"), held=books.c.held + bindparam("more_held"))
)

# Append the changes that were made.
RECORD = sa.insert(stock_ledger)

# What the ledger says both numbers are.
SUMS = sa.select(
    sa.func.coalesce(sa.func.sum(stock_ledger.c.on_hand), 0),
    sa.func.coalesce(sa.func.sum(stock_ledger.c.held), 0),
).where(stock_ledger.c.book_id == bindparam("book"))


class SqlStockLedger:
    """Rows are locked in the order of their book ids, so that two orders of the same books never wait for each other."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def apply(self, changes: Sequence[StockChange]) -> BookId | None:
        ordered = sorted(changes, key=lambda change: change.book_id)
        for change in ordered:
            result = await self._connection.execute(
                CHANGE,
                {"book": change.book_id, "more_on_hand": change.on_hand, "more_held": change.held},
            )
            if result.rowcount != 1:
                return change.book_id
        if ordered:
            await self._connection.execute(RECORD, [ledger_row(change) for change in ordered])
        return None

    async def sums(self, book_id: BookId) -> Stock:
        on_hand, held = (await self._connection.execute(SUMS, {"book": book_id})).one()
        return Stock(int(on_hand), int(held))


def ledger_row(change: StockChange) -> dict[str, object]:
    return {
        "book_id": change.book_id,
        "on_hand": change.on_hand,
        "held": change.held,
        "reason": change.reason.value,
        "order_id": change.order_id,
        "at": change.at,
    }
