"""F2: paid for N, given fewer."""

from __future__ import annotations

from datetime import timedelta

from domain.errors import SummaryChanged
from domain.order import Order, OrderState
from tests.domain.trade import TOM, Trade
from tests.faults.guard import fault_if, prevented_by, rewritten
from tests.faults.kept import STOCK_CHECK, STOCK_CONDITION
from tests.faults.replicas import replicas
from tests.faults.rules import AGREED, HELD_AGAIN, STILL_THERE

COMPLETED = rewritten(
    "completing an order before it is ready",
    "domain.services.lifecycle:Lifecycle.move",
    "await self.holds.complete(work, order)",
    "order",
)


async def _handed_over(trade: Trade, order: Order) -> Order:
    for step in ("accept", "ready"):
        async with trade.turn() as work:
            await getattr(trade.desk, step)(work, order.id, TOM, trade.clock.now())
    async with trade.turn() as work:
        await trade.desk.hand_over(work, order.id, TOM, None, trade.clock.now())
    return await trade.order(order.id)


@prevented_by(COMPLETED)
async def test_f2_who_paid_for_five_is_given_five_though_two_were_there(database_url: str) -> None:
    async with replicas(database_url) as (trade, _):
        ann, book = await trade.customer(), await trade.book(2, orderable=True)
        order, attempt = await trade.to_pay(ann, (book, 5))
        await trade.charged(attempt)
        found = await _handed_over(trade, order)
        assert found.state is OrderState.COLLECTED
        given = sum(line.held for line in found.lines)
        fault_if(given < 5, f"five were paid for, {given} left the shop")
        await trade.stock_adds_up(book)


async def _two_of_three_left(url: str) -> None:
    """The hold ends, one of the three copies goes to somebody else, and then the money for three lands."""
    async with replicas(url) as (trade, _):
        ann, bob, book = await trade.customer("Ann"), await trade.customer("Bob"), await trade.book(3)
        order, attempt = await trade.to_pay(ann, (book, 3))
        trade.clock.pass_time(timedelta(minutes=16))
        assert await trade.expiry.run(trade.uow) == 1
        await trade.reserved(bob, (book, 1))
        await trade.charged(attempt)
        found = await trade.order(order.id)
        fault_if(found.state is OrderState.PAID, "paid for three, and two are there")
        balance = await trade.balance(order)
        assert balance.owed == balance.paid == order.total


@prevented_by((STILL_THERE, STOCK_CONDITION, STOCK_CHECK), (STILL_THERE, HELD_AGAIN))
async def test_f2_late_money_for_three_copies_does_not_pay_for_two(database_url: str) -> None:
    await _two_of_three_left(database_url)


@prevented_by(AGREED)
async def test_f2_a_copy_that_went_meanwhile_is_not_left_out_of_the_order_in_silence(
    database_url: str,
) -> None:
    async with replicas(database_url) as (trade, _):
        ann, bob = await trade.customer("Ann"), await trade.customer("Bob")
        book, other = await trade.book(2), await trade.book(1)
        await trade.fill(ann, (book, 2), (other, 1))
        async with trade.uow.reading() as look:
            summary = await trade.checkout.summary(look, ann)
        await trade.reserved(bob, (book, 1))
        try:
            async with trade.turn() as work:
                placed = await trade.checkout.place(
                    work,
                    ann,
                    checkout_id=summary.checkout_id,
                    agreed=summary.fingerprint,
                    way="telegram",
                    language="en",
                )
        except SummaryChanged:
            return
        held = sum(line.held for line in placed.order.lines)
        fault_if(held < 3, f"three are to be paid for, {held} are held")
        raise AssertionError("the order was placed, though a copy of it had gone")
