"""A try to pay: begun, repeated, replaced, given up, and what becomes of one whose end nobody knows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import PaymentRefused, PaymentUnavailable
from domain.order import OrderState
from domain.payment import AttemptState
from domain.ports.gateway import Capabilities, Declined, Succeeded, Unknown
from tests.databases import Store
from tests.domain.pretend_gateway import PretendGateway
from tests.domain.trade import Trade, eur

LINK = Capabilities(refunds=True, look_up=True, expire=True)


@pytest.fixture
def trade(store: Store) -> Trade:
    return Trade.over(store)


async def test_paying_again_takes_the_open_attempt_and_another_gateway_replaces_it(store: Store) -> None:
    trade = Trade.over(store, PretendGateway("telegram"), PretendGateway("stripe", LINK))
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert ann.customer_id is not None
    async with trade.turn() as work:
        again = await trade.payments.pay(work, ann.customer_id, order.id, "telegram")
        other = await trade.payments.pay(work, ann.customer_id, order.id, "stripe")
    assert (again.id, other.gateway) == (attempt.id, "stripe")
    assert (await trade.attempt(attempt.id)).state is AttemptState.ABANDONED
    with pytest.raises(PaymentRefused) as refused:
        await trade.approve(attempt)
    assert refused.value.why == "replaced"


async def test_an_unreachable_gateway_leaves_the_order_and_the_attempt_to_try_again(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    await trade.fill(ann, (book, 1))
    placed = await trade.place(ann, "telegram")
    assert placed.attempt is not None
    trade.gateways["telegram"].away = True
    with pytest.raises(PaymentUnavailable):
        await trade.start(placed.attempt.id)
    async with trade.turn() as work:
        await trade.payments.not_reached(work, placed.attempt.id)
    trade.gateways["telegram"].away = False
    await trade.start(placed.attempt.id)
    assert (await trade.attempt(placed.attempt.id)).state is AttemptState.STARTED


async def test_an_attempt_that_a_crash_left_unstarted_is_claimed_once(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    await trade.fill(ann, (book, 1))
    placed = await trade.place(ann, "telegram")
    assert placed.attempt is not None
    claimed = []
    for seconds in (0, 31, 0):
        trade.clock.pass_time(timedelta(seconds=seconds))
        async with trade.turn() as work:
            claimed.append([one.attempt_id for one in await trade.payments.claim_unstarted(work)])
    assert claimed == [[], [placed.attempt.id], []]


async def test_a_link_is_looked_up_when_its_hold_ends_and_money_found_pays(store: Store) -> None:
    gateway = PretendGateway("stripe", LINK)
    trade = Trade.over(store, gateway)
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    gateway.told[attempt.id] = Succeeded("ch_1", eur(1000))
    trade.clock.pass_time(timedelta(minutes=15))
    assert await trade.reconciliation.run(trade.uow) == 1
    assert (await trade.order(order.id)).state is OrderState.PAID
    assert await trade.reconciliation.run(trade.uow) == 0


async def test_an_abandoned_link_is_ended_at_the_gateway_and_counts_if_it_was_paid(store: Store) -> None:
    gateway = PretendGateway("stripe", LINK)
    trade = Trade.over(store, gateway)
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert ann.customer_id is not None
    async with trade.turn() as work:
        await trade.cancel(work, ann.customer_id, order.id)
    gateway.told[attempt.id] = Succeeded("ch_1", eur(1000))
    assert await trade.reconciliation.run(trade.uow) == 1
    assert gateway.ended == [attempt.id]
    assert (await trade.balance(order)).owed == eur(1000)


async def test_an_unknown_outcome_stays_in_doubt_and_is_asked_again_ever_more_rarely(store: Store) -> None:
    gateway = PretendGateway("stripe", LINK)
    trade = Trade.over(store, gateway)
    ann, book = await trade.customer(), await trade.book(1)
    _, attempt = await trade.to_pay(ann, (book, 1))
    gateway.told[attempt.id] = Unknown("no answer")
    trade.clock.pass_time(timedelta(minutes=15))
    asked = []
    for _ in range(10):
        asked.append(await trade.reconciliation.run(trade.uow))
        trade.clock.pass_time(timedelta(minutes=1))
    assert sum(asked) == 4
    assert (await trade.attempt(attempt.id)).state is AttemptState.IN_DOUBT


async def test_a_declined_payment_is_told_and_the_order_still_waits(store: Store) -> None:
    gateway = PretendGateway("stripe", LINK)
    trade = Trade.over(store, gateway)
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    async with trade.turn() as work:
        await trade.settlement.settle(work, attempt.id, Declined("insufficient_funds"))
    assert (await trade.attempt(attempt.id)).state is AttemptState.DECLINED
    assert (await trade.order(order.id)).state is OrderState.AWAITING_PAYMENT
    assert await trade.told() == {"payment-declined": 1}
