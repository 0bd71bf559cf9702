"""F8: a refund or a credit counted twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.order import Order
from domain.payment import Attempt, EntryKind
from domain.ports.gateway import RefundFailed, Succeeded
from domain.services.settlement import Charge
from tests.domain.trade import Trade, eur
from tests.faults.guard import fault_if, prevented_by, rewritten
from tests.faults.kept import JOURNAL_KEY
from tests.faults.replicas import LINK, overlapping, replicas
from tests.faults.till import Till

IDEMPOTENCY_KEY = rewritten(
    "the refund's idempotency key",
    "domain.services.refunds:Refunds.ask",
    "due.key",
    "f'{due.key} at {self._clock.now()}'",
)
SUM_SO_FAR = rewritten(
    "the sum that went back so far",
    "domain.services.refunds:Refunds.given_back_elsewhere",
    "given_back - gone_before",
    "given_back",
)


async def paid_and_cancelled(trade: Trade) -> tuple[Order, Attempt]:
    """An order of 10.00 that was paid, and called off by its customer."""
    ann, book = await trade.customer(), await trade.book(3)
    order, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt)
    assert ann.customer_id is not None
    async with trade.turn() as work:
        await trade.cancel(work, ann.customer_id, order.id)
    return order, attempt


@prevented_by(JOURNAL_KEY)
async def test_f8_a_charge_that_is_reported_twice_is_counted_once(database_url: str) -> None:
    async with replicas(database_url) as (trade, _):
        ann, book = await trade.customer(), await trade.book(1)
        order, attempt = await trade.to_pay(ann, (book, 1))
        for _ in range(2):
            await trade.charged(attempt, "c1")
        balance = await trade.balance(order)
        fault_if(balance.paid != eur(1000), "one charge was counted twice")
        assert not balance.owed


@prevented_by(JOURNAL_KEY)
async def test_f8_a_charge_that_two_replicas_hear_of_at_once_is_counted_once(database_url: str) -> None:
    async with replicas(database_url) as (one, two):
        ann, book = await one.customer(), await one.book(1)
        order, attempt = await one.to_pay(ann, (book, 1))
        charge = Charge(attempt.gateway, "c1", attempt.amount)
        await overlapping(one, two, lambda work: one.settlement.charged(work, attempt.id, charge, tell=True))
        fault_if((await one.balance(order)).paid != eur(1000), "one charge was counted twice")


@prevented_by(IDEMPOTENCY_KEY)
async def test_f8_a_refund_whose_answer_was_lost_is_paid_out_once(database_url: str) -> None:
    till = Till("stripe", LINK, loses_answers=2)
    async with replicas(database_url, till) as (trade, _):
        order, _ = await paid_and_cancelled(trade)
        for _ in range(4):
            await trade.reconciliation.run(trade.uow)
            trade.clock.pass_time(timedelta(minutes=5))
        fault_if(till.out > 1000, "10.00 went back more than once")
        assert (await trade.balance(order)).refunded == eur(till.out)


@prevented_by(JOURNAL_KEY)
async def test_f8_a_refund_that_two_replicas_made_together_is_counted_once(database_url: str) -> None:
    """Both asked the gateway, which paid out once; both write down what it said."""
    till = Till("stripe", LINK)
    async with replicas(database_url, till) as (one, two):
        order, attempt = await paid_and_cancelled(one)
        async with one.uow.reading() as look:
            due = await one.refunds.next_due(look, attempt)
        assert due is not None
        said: list[Any] = [await trade.refunds.ask(attempt, due) for trade in (one, two)]
        assert till.out == 1000
        for trade, outcome in zip((one, two), said, strict=True):
            assert isinstance(outcome, Succeeded)
            async with trade.turn() as work:
                await trade.refunds.record(work, attempt.id, due, outcome)
        balance = await one.balance(order)
        fault_if(balance.refunded != eur(1000), "one refund was counted twice")
        assert not balance.owed


@prevented_by(JOURNAL_KEY)
async def test_f8_a_refund_that_the_bank_sent_back_is_owed_once_however_often_it_is_told(
    database_url: str,
) -> None:
    till = Till("stripe", LINK)
    async with replicas(database_url, till) as (trade, _):
        order, attempt = await paid_and_cancelled(trade)
        await trade.reconciliation.run(trade.uow)
        assert (await trade.balance(order)).refunded == eur(1000)
        failed = RefundFailed(f"re-{next(iter(till.paid_out))}", eur(1000), "expired_or_canceled_card")
        for _ in range(2):
            async with trade.turn() as work:
                await trade.settlement.refund_failed(work, attempt.gateway, attempt.id, failed)
        balance = await trade.balance(order)
        fault_if(balance.owed != eur(1000), "money that came back once is owed twice")
        assert (balance.paid, balance.refunded) == (eur(1000), eur(0))


@prevented_by((SUM_SO_FAR, JOURNAL_KEY))
async def test_f8_a_refund_that_the_owner_made_is_counted_once_however_often_it_is_told(
    database_url: str,
) -> None:
    async with replicas(database_url, Till("stripe", LINK)) as (trade, _):
        ann, book = await trade.customer(), await trade.book(1)
        order, attempt = await trade.to_pay(ann, (book, 1))
        await trade.charged(attempt)
        for _ in range(2):
            async with trade.turn() as work:
                await trade.settlement.given_back(work, attempt.id, eur(400))
        balance = await trade.balance(order)
        fault_if(balance.refunded != eur(400), "one refund at the provider was counted twice")
        async with trade.uow.reading() as look:
            kinds = [entry.kind for entry in await look.payments.journal(order.id)]
        assert kinds == [EntryKind.PAID, EntryKind.REFUND_DUE, EntryKind.REFUNDED]
