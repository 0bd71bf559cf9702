"""F1: a stale row read before a lock sells the last copy twice."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import pytest

from domain.cart import CartOwner
from domain.errors import OutOfStock, SummaryChanged
from domain.ids import BookId, OrderId
from domain.order import Order, OrderLine, Tender
from storage.stock import SqlStockLedger
from tests.domain.trade import TOM, Trade, eur
from tests.faults.guard import fault_if, prevented_by
from tests.faults.kept import ORDER_LOCK, STOCK_CHECK, STOCK_CONDITION
from tests.faults.replicas import WAITS, overlapping, replicas
from tests.faults.rules import AGREED


async def _takes_what_it_saw(trade: Trade, book_id: BookId, number: int, both_saw: asyncio.Barrier) -> bool:
    """Decides by a row that was read before the transaction in which the copy is taken."""
    async with trade.uow.reading() as look:
        seen = await look.books.get(book_id)
    assert seen is not None
    await both_saw.wait()
    if seen.stock.free < 1:
        return False
    line = OrderLine(book_id, seen.title, (), "paperback", "", eur(1000), 1, 1)
    async with trade.turn() as work:
        try:
            await trade.lifecycle.holds.take(work, OrderId(number), (line,))
        except OutOfStock:
            return False
    return True


@prevented_by((STOCK_CONDITION, STOCK_CHECK))
async def test_f1_a_stale_row_read_before_a_lock_does_not_sell_the_last_copy_twice(database_url: str) -> None:
    async with replicas(database_url) as both:
        book, saw = await both[0].book(1), asyncio.Barrier(2)
        taken = await asyncio.gather(
            *(_takes_what_it_saw(trade, book, number, saw) for number, trade in enumerate(both, 1))
        )
        fault_if(sum(taken) > 1, "the last copy was sold twice")
        assert sum(taken) == 1


async def _checks_out(trade: Trade, buyer: CartOwner, checkout_id: str, agreed: str) -> Order | None:
    async with trade.uow.writing() as work:
        try:
            placed = await trade.checkout.place(
                work, buyer, checkout_id=checkout_id, agreed=agreed, way="counter", language="en"
            )
        except (OutOfStock, SummaryChanged):
            return None
        await work.commit()
        return placed.order


async def _two_check_out(url: str) -> None:
    """Both saw the summary; both placed before either had committed, as far as the database lets them."""
    async with replicas(url) as both:
        book, waiting = await both[0].book(1), []
        for trade in both:
            buyer = await both[0].customer()
            await both[0].fill(buyer, (book, 1))
            async with trade.uow.reading() as look:
                summary = await trade.checkout.summary(look, buyer)
            waiting.append(_checks_out(trade, buyer, summary.checkout_id, summary.fingerprint))
        placed = [order for order in await asyncio.gather(*waiting) if order is not None]
        fault_if(len(placed) > 1, "two orders were placed for the last copy")
        assert len(placed) == 1


@prevented_by(AGREED)
async def test_f1_two_checkouts_of_the_last_copy_one_after_the_other_place_one_order(sqlite_url: str) -> None:
    await _two_check_out(sqlite_url)


@pytest.mark.postgres
@prevented_by((STOCK_CONDITION, STOCK_CHECK))
async def test_f1_two_checkouts_that_read_at_the_same_time_place_one_order(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_read, apply = asyncio.Barrier(2), SqlStockLedger.apply

    async def after_both_have_read(self: SqlStockLedger, changes: Any) -> Any:
        with contextlib.suppress(TimeoutError, asyncio.BrokenBarrierError):
            async with asyncio.timeout(5 * WAITS):
                await both_read.wait()
        return await apply(self, changes)

    monkeypatch.setattr(SqlStockLedger, "apply", after_both_have_read)
    await _two_check_out(postgres_url)


@pytest.mark.postgres
@prevented_by(ORDER_LOCK)
async def test_f1_an_order_that_two_hand_over_at_once_leaves_the_shop_once(postgres_url: str) -> None:
    async with replicas(postgres_url) as (one, two):
        ann, bob, book = await one.customer("Ann"), await one.customer("Bob"), await one.book(2)
        order = await one.reserved(ann, (book, 1))
        await one.reserved(bob, (book, 1))
        async with one.turn() as work:
            await one.desk.ready(work, order.id, TOM, one.clock.now())
        await overlapping(
            one,
            two,
            lambda work: one.desk.hand_over(work, order.id, TOM, Tender.CASH, one.clock.now()),
        )
        async with one.uow.reading() as look:
            stock = await look.stock.sums(book)
        fault_if(stock.on_hand < 1, "one order took two copies off the shelf")
        assert (stock.on_hand, stock.held) == (1, 1)
