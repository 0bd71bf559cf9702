"""An order's life, from the shelf into a hand or back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import TransitionRefused
from domain.order import OrderState, Tender
from tests.databases import Store
from tests.domain.trade import TOM, Trade, eur


@pytest.fixture
def trade(store: Store) -> Trade:
    return Trade.over(store)


async def test_a_counter_order_goes_from_the_shelf_into_a_hand(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(2, orderable=True)
    order = await trade.reserved(ann, (book, 5))
    for step in ("accept", "ready"):
        async with trade.turn() as work:
            await getattr(trade.desk, step)(work, order.id, TOM, trade.clock.now())
    ready = await trade.order(order.id)
    assert (ready.state, ready.lines[0].held) == (OrderState.READY, 5)
    assert ready.hold_until is not None
    await trade.stock_adds_up(book)
    async with trade.turn() as work:
        await trade.desk.hand_over(work, order.id, TOM, Tender.CASH, trade.clock.now())
    await trade.stock_adds_up(book)
    async with trade.uow.reading() as look:
        found = await look.books.get(book)
        assert found is not None
        assert found.stock.on_hand == 0
        (entry,) = await look.payments.journal(order.id)
    assert (entry.way, entry.amount, entry.by_name) == ("cash", eur(5000), "Tom")


async def test_copies_that_came_in_meanwhile_are_taken_for_what_was_to_order(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1, orderable=True, title="Dune")
    order = await trade.reserved(ann, (book, 3))
    await trade.catalogued("Dune", 2, orderable=True)
    async with trade.turn() as work:
        await trade.desk.ready(work, order.id, TOM, trade.clock.now())
    async with trade.uow.reading() as look:
        found = await look.books.get(book)
    assert found is not None
    assert (found.stock.on_hand, found.stock.held) == (3, 3)
    await trade.stock_adds_up(book)


async def test_a_paid_order_that_is_cancelled_owes_all_of_it_once(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert ann.customer_id is not None
    await trade.charged(attempt)
    changes = []
    for _ in range(2):
        async with trade.turn() as work:
            changes.append((await trade.cancel(work, ann.customer_id, order.id))[1])
    assert changes == [True, False]
    assert (await trade.order(order.id)).state is OrderState.REFUNDED
    assert (await trade.balance(order)).owed == eur(1000)
    await trade.stock_adds_up(book)


async def test_a_ready_paid_order_is_not_cancelled_by_a_tap(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert ann.customer_id is not None
    await trade.charged(attempt)
    async with trade.turn() as work:
        await trade.desk.ready(work, order.id, TOM, trade.clock.now())
    async with trade.uow.writing() as work:
        with pytest.raises(TransitionRefused):
            await trade.cancel(work, ann.customer_id, order.id)


async def test_nothing_paid_ever_expires(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(3)
    paid, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt)
    async with trade.turn() as work:
        await trade.desk.ready(work, paid.id, TOM, trade.clock.now())
    trade.clock.pass_time(timedelta(days=300))
    assert await trade.expiry.run(trade.uow) == 0


async def test_a_reservation_that_nobody_accepts_reminds_the_staff_once(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(3)
    await trade.reserved(ann, (book, 1))
    reminded = []
    for minutes in (29, 2, 60):
        trade.clock.pass_time(timedelta(minutes=minutes))
        reminded.append(await trade.expiry.remind(trade.uow))
    assert reminded == [0, 1, 0]
    assert (await trade.told())["staff-reminder"] == 1
