"""F4: a poll marks an unpaid order paid."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.order import OrderState
from domain.ports.gateway import Succeeded
from tests.domain.pretend_gateway import PretendGateway
from tests.domain.trade import Hands, eur
from tests.faults.guard import fault_if, prevented_by, rewritten
from tests.faults.replicas import LINK, replicas
from tests.faults.rules import WHOLE_AMOUNT
from tests.faults.stripe_account import stripe

PAID_STATUS = rewritten(
    "Stripe's payment status", "payments.stripe:_outcome", "session.get('payment_status') == 'paid'", "True"
)


@pytest.mark.parametrize("status", ["open", "complete", "expired"])
@prevented_by(PAID_STATUS)
async def test_f4_a_poll_does_not_mark_an_unpaid_order_paid(database_url: str, status: str) -> None:
    """Complete and yet unpaid is what a session is whose payment the bank takes days for."""
    clock = Hands(datetime.now(UTC))
    async with (
        stripe() as (stand_in, gateway),
        replicas(database_url, gateway, clock=clock) as (trade, _),
    ):
        ann, book = await trade.customer(), await trade.book(1)
        order, _ = await trade.to_pay(ann, (book, 1))
        next(iter(stand_in.sessions.values()))["status"] = status
        clock.pass_time(timedelta(minutes=1))
        assert await trade.reconciliation.run(trade.uow) == 1
        found = await trade.order(order.id)
        fault_if(found.state is OrderState.PAID, f"a session that is {status} and unpaid paid its order")
        assert found.state is OrderState.AWAITING_PAYMENT
        assert not (await trade.balance(order)).paid


@prevented_by(WHOLE_AMOUNT)
async def test_f4_a_poll_that_finds_less_money_does_not_mark_the_order_paid(database_url: str) -> None:
    gateway = PretendGateway("stripe", LINK)
    async with replicas(database_url, gateway) as (trade, _):
        ann, book = await trade.customer(), await trade.book(1)
        order, attempt = await trade.to_pay(ann, (book, 1))
        gateway.told[attempt.id] = Succeeded("pi_1", eur(999))
        trade.clock.pass_time(timedelta(minutes=1))
        await trade.reconciliation.run(trade.uow)
        found, balance = await trade.order(order.id), await trade.balance(order)
        fault_if(found.state is OrderState.PAID, "9.99 paid an order of 10.00")
        assert (balance.paid, balance.owed) == (eur(999), eur(999))
