"""Copies that orders hold: taken, given back, completed and handed over. Each change is one row a book in the stock ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.errors import OutOfStock, PassingFailure
from domain.ids import OrderId
from domain.order import Order, OrderLine
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Look, Work
from domain.stock import StockChange, StockReason


class Holds:
    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock

    async def take(self, work: Work, order_id: OrderId, lines: Sequence[OrderLine]) -> None:
        """Hold the copies of a new order's lines. Raises OutOfStock for the first book that is not there."""
        short = await work.stock.apply(self._held(order_id, lines, 1, StockReason.HELD))
        if short is not None:
            book = await work.books.get(short)
            title = next(line.title for line in lines if line.book_id == short)
            raise OutOfStock(short, title, max(0, book.stock.free) if book is not None else 0)

    async def release(self, work: Work, order: Order) -> None:
        """The copies of an open order are free again. Its lines go on saying what was promised."""
        await self._apply(work, self._held(order.id, order.lines, -1, StockReason.RELEASED))

    async def can_take_again(self, look: Look, order: Order) -> bool:
        """Whether all copies that a closed order had held are free now."""
        held = [line for line in order.lines if line.held]
        books = await look.books.many([line.book_id for line in held])
        return all(line.book_id in books and books[line.book_id].stock.free >= line.held for line in held)

    async def take_again(self, work: Work, order: Order) -> None:
        """Hold the same copies once more (look with `can_take_again` first)."""
        await self._apply(work, self._held(order.id, order.lines, 1, StockReason.HELD))

    async def complete(self, work: Work, order: Order) -> Order:
        """Everything is here: what the shop has free is taken for the copies that were to come, the rest came in."""
        missing = [line for line in order.lines if line.to_order]
        if not missing:
            return order
        books, now = await work.books.many([line.book_id for line in missing]), self._clock.now()
        changes = []
        for line in missing:
            book = books.get(line.book_id)
            taken = min(line.to_order, max(0, book.stock.free)) if book is not None else 0
            came = line.to_order - taken
            if taken:
                changes.append(StockChange(line.book_id, 0, taken, StockReason.HELD, now, order.id))
            if came:
                changes.append(StockChange(line.book_id, came, came, StockReason.RECEIVED, now, order.id))
        await self._apply(work, changes)
        lines = tuple(replace(line, held=line.quantity) for line in order.lines)
        await work.orders.set_lines_held(order.id, lines)
        return replace(order, lines=lines)

    async def hand_over(self, work: Work, order: Order) -> None:
        """The copies leave the shop."""
        now = self._clock.now()
        changes = [
            StockChange(line.book_id, -line.held, -line.held, StockReason.HANDED_OVER, now, order.id)
            for line in order.lines
            if line.held
        ]
        await self._apply(work, changes)

    async def _apply(self, work: Work, changes: Sequence[StockChange]) -> None:
        if changes and await work.stock.apply(changes) is not None:
            # Somebody took the copy between our look and our change: all is rolled back, and done again on what is there.
            raise PassingFailure("the stock changed meanwhile")

    def _held(
        self, order_id: OrderId, lines: Sequence[OrderLine], sign: int, reason: StockReason
    ) -> list[StockChange]:
        now = self._clock.now()
        return [
            StockChange(line.book_id, 0, sign * line.held, reason, now, order_id)
            for line in lines
            if line.held
        ]
