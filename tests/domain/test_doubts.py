"""Payments that nobody can be asked about stay in doubt, in sight, until somebody says what they found at the provider."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import OrderNotFound
from domain.ids import AttemptId
from domain.money import Money
from domain.order import Order, OrderState
from domain.payment import Attempt, AttemptState
from domain.services.doubts import Doubts
from domain.services.reconciliation import UNHEARD_FOR
from domain.services.settlement import Charge, Fate
from tests.databases import Store
from tests.domain.pretend_gateway import PretendGateway
from tests.domain.trade import TOM, Trade, eur


@pytest.fixture
def trade(store: Store) -> Trade:
    return Trade.over(store)


@pytest.fixture
def doubts(trade: Trade) -> Doubts:
    return Doubts(lifecycle=trade.lifecycle, settlement=trade.settlement)


async def _unheard(trade: Trade) -> tuple[Order, Attempt]:
    """Telegram asked, we said yes, the order ran out, and Telegram said nothing more."""
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    await trade.approve(attempt)
    trade.clock.pass_time(timedelta(hours=1))
    assert await trade.expiry.run(trade.uow) == 1
    await trade.reconciliation.run(trade.uow)
    assert (await trade.attempt(attempt.id)).state is AttemptState.ABANDONED
    await trade.told()
    trade.clock.pass_time(UNHEARD_FOR)
    await trade.reconciliation.run(trade.uow)
    return order, attempt


async def test_a_charge_that_was_allowed_and_never_reported_is_in_doubt_and_the_staff_are_told_once(
    trade: Trade,
) -> None:
    _, attempt = await _unheard(trade)
    assert (await trade.attempt(attempt.id)).state is AttemptState.IN_DOUBT
    assert (await trade.told())["staff-payment-unheard"] == 1
    trade.clock.pass_time(timedelta(days=30))
    await trade.reconciliation.run(trade.uow)
    assert (await trade.attempt(attempt.id)).state is AttemptState.IN_DOUBT
    assert not (await trade.told())["staff-payment-unheard"]


async def test_the_staff_are_told_though_the_shop_gave_up_that_way_to_pay(store: Store, trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    _, attempt = await trade.to_pay(ann, (book, 1))
    await trade.approve(attempt)
    without = Trade(store.uow, store.catalogue, PretendGateway("stripe"), clock=trade.clock)
    for span in (timedelta(hours=1), UNHEARD_FOR):
        without.clock.pass_time(span)
        await without.expiry.run(without.uow)
        await without.reconciliation.run(without.uow)
    assert (await trade.attempt(attempt.id)).state is AttemptState.IN_DOUBT
    assert (await trade.told())["staff-payment-unheard"] == 1


async def test_an_invoice_that_nobody_tried_to_pay_is_no_doubt(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    _, attempt = await trade.to_pay(ann, (book, 1))
    trade.clock.pass_time(timedelta(hours=1))
    await trade.expiry.run(trade.uow)
    trade.clock.pass_time(timedelta(days=1))
    await trade.reconciliation.run(trade.uow)
    assert (await trade.attempt(attempt.id)).state is AttemptState.ABANDONED


async def test_said_to_be_paid_is_paid_with_a_name_and_whatever_follows(trade: Trade, doubts: Doubts) -> None:
    order, attempt = await _unheard(trade)
    async with trade.turn() as work:
        assert await doubts.decide(work, attempt.id, TOM, paid=True)
    assert (await trade.order(order.id)).state is OrderState.PAID
    assert (await trade.told())["order-paid"] == 1
    async with trade.uow.reading() as look:
        (entry,) = await look.payments.journal(order.id)
    assert (entry.amount, entry.way, entry.by_name) == (eur(1000), "telegram", TOM.name)


async def test_said_not_to_be_paid_is_over_and_money_that_turns_up_all_the_same_is_counted(
    trade: Trade, doubts: Doubts
) -> None:
    order, attempt = await _unheard(trade)
    async with trade.turn() as work:
        assert await doubts.decide(work, attempt.id, TOM, paid=False)
    known = await trade.attempt(attempt.id)
    assert (known.state, known.reason) == (AttemptState.DECLINED, "not paid, says Tom")
    assert (await trade.charged(attempt)).fate is Fate.PAID_LATE
    assert (await trade.balance(order)).paid == eur(1000)


async def test_a_second_word_changes_nothing(trade: Trade, doubts: Doubts) -> None:
    order, attempt = await _unheard(trade)
    for paid, changed in ((True, True), (True, False), (False, False)):
        async with trade.turn() as work:
            assert await doubts.decide(work, attempt.id, TOM, paid=paid) is changed
    balance = await trade.balance(order)
    assert (balance.paid, balance.owed) == (eur(1000), eur(0))


async def test_what_is_reported_after_all_is_the_charge_that_was_said_and_the_next_one_is_not(
    trade: Trade, doubts: Doubts
) -> None:
    order, attempt = await _unheard(trade)
    async with trade.turn() as work:
        await doubts.decide(work, attempt.id, TOM, paid=True)
    assert (await trade.charged(attempt, "c1")).fate is Fate.COUNTED_BEFORE
    assert (await trade.balance(order)).paid == eur(1000)
    assert (await trade.charged(attempt, "c2")).fate is Fate.DUE_TWICE
    balance = await trade.balance(order)
    assert (balance.paid, balance.owed) == (eur(2000), eur(1000))


async def test_a_charge_that_does_not_fit_is_decided_too(trade: Trade, doubts: Doubts) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    async with trade.turn() as work:
        charge = Charge("telegram", "c1", Money(1000, "USD"))
        assert (await trade.settlement.charged(work, attempt.id, charge, tell=True)).fate is Fate.IN_DOUBT
    async with trade.turn() as work:
        assert await doubts.decide(work, attempt.id, TOM, paid=True)
    assert (await trade.order(order.id)).state is OrderState.PAID


async def test_money_in_another_currency_that_was_refunded_by_hand_is_no_word_of_the_bank(
    trade: Trade, doubts: Doubts
) -> None:
    """It was taken, so the customer does not read that it was not; and what the gateway says of the refund is no riddle."""
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    dollars = Money(1000, "USD")
    async with trade.turn() as work:
        await trade.settlement.charged(work, attempt.id, Charge("telegram", "c1", dollars), tell=True)
    async with trade.turn() as work:
        assert await doubts.decide(work, attempt.id, TOM, paid=False)
    assert not (await trade.told())["payment-declined"]
    async with trade.turn() as work:
        await trade.settlement.given_back(work, attempt.id, dollars)
    assert (await trade.balance(order)).paid == eur(0)


async def test_no_word_about_what_is_not_in_doubt(trade: Trade, doubts: Doubts) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    async with trade.turn() as work:
        assert not await doubts.decide(work, attempt.id, TOM, paid=True)
        with pytest.raises(OrderNotFound):
            await doubts.decide(work, AttemptId("nobody's"), TOM, paid=True)
    assert (await trade.order(order.id)).state is OrderState.AWAITING_PAYMENT
