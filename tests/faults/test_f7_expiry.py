"""F7: the expiry job expires a paid order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.order import Order, OrderState
from domain.payment import Attempt
from domain.ports.gateway import Succeeded
from domain.ports.unit_of_work import Work
from domain.services.settlement import Charge
from tests.domain.pretend_gateway import PretendGateway
from tests.domain.trade import Trade
from tests.faults.guard import fault_if, prevented_by, replaced, rewritten
from tests.faults.kept import ORDER_LOCK
from tests.faults.replicas import LINK, overlapping, replicas

_EXPIRE = "domain.services.expiry:Expiry.expire"

STATE = rewritten(
    "the second look at the order's state",
    _EXPIRE,
    "order.state is not OrderState.AWAITING_PAYMENT and not waits_at_counter",
)
HOLD = rewritten(
    "the second look at the order's hold",
    _EXPIRE,
    "order is None or order.hold_until is None or order.hold_until > now",
)
MONEY = rewritten(
    "the look at what was paid",
    _EXPIRE,
    "balance.paid.minor > balance.owed.minor + balance.refunded.minor",
)
TABLE = replaced(
    "the table of transitions",
    "domain.order:TRANSITIONS",
    lambda table: {**table, OrderState.PAID: table[OrderState.PAID] | {OrderState.EXPIRED}},
)
APPROVED = rewritten(
    "the look for a payment that is being approved", _EXPIRE, "being_approved(attempt, self._clock)"
)
ASKED_FIRST = rewritten(
    "ending the payment at its gateway first",
    "domain.services.expiry:Expiry.run",
    "await self._reconciliation.end(unit_of_work, order_id)",
    "True",
)


def _pays(trade: Trade, attempt: Attempt) -> Any:
    charge = Charge(attempt.gateway, "c1", attempt.amount)
    return lambda work: trade.settlement.charged(work, attempt.id, charge, tell=True)


async def _is_still_paid(trade: Trade, order: Order) -> None:
    found = await trade.order(order.id)
    fault_if(found.state is OrderState.EXPIRED, "a paid order expired")
    assert found.state is OrderState.PAID


@prevented_by((STATE, HOLD, MONEY, TABLE))
async def test_f7_an_order_that_is_paid_after_the_job_saw_it_due_does_not_expire(database_url: str) -> None:
    """Four guards, each of which is enough: they are taken out together."""
    async with replicas(database_url) as (one, two):
        ann, book = await one.customer(), await one.book(1)
        order, attempt = await one.to_pay(ann, (book, 1))
        one.clock.pass_time(timedelta(minutes=16))
        async with one.uow.reading() as look:
            assert await look.orders.due(one.clock.now(), 10) == (order.id,)
        async with two.turn() as work:
            await _pays(two, attempt)(work)
        async with one.turn() as work:
            await one.expiry.expire(work, order.id)
        await _is_still_paid(one, order)


@pytest.mark.postgres
@prevented_by(ORDER_LOCK)
async def test_f7_an_order_that_is_being_paid_this_very_moment_does_not_expire(postgres_url: str) -> None:
    async with replicas(postgres_url) as (one, two):
        ann, book = await one.customer(), await one.book(1)
        order, attempt = await one.to_pay(ann, (book, 1))
        one.clock.pass_time(timedelta(minutes=16))

        async def expires(work: Work) -> Any:
            return await two.expiry.expire(work, order.id)

        await overlapping(one, two, _pays(one, attempt), expires)
        await _is_still_paid(one, order)


@prevented_by(APPROVED)
async def test_f7_an_order_whose_payment_is_being_approved_does_not_expire(database_url: str) -> None:
    async with replicas(database_url) as (trade, _):
        ann, book = await trade.customer(), await trade.book(1)
        order, attempt = await trade.to_pay(ann, (book, 1))
        await trade.approve(attempt)
        trade.clock.pass_time(timedelta(seconds=20))
        ended = await trade.order(order.id)
        async with trade.turn() as work:  # a shop that holds books for seconds only
            ended = await _with_hold_until_now(trade, work, ended)
            await trade.expiry.expire(work, ended.id)
        found = await trade.order(order.id)
        fault_if(found.state is OrderState.EXPIRED, "an order expired while its payment was being approved")
        assert found.state is OrderState.AWAITING_PAYMENT


async def _with_hold_until_now(trade: Trade, work: Work, order: Order) -> Order:
    order = replace(order, hold_until=trade.clock.now())
    await work.orders.save(order)
    return order


@prevented_by(ASKED_FIRST)
async def test_f7_an_order_that_was_paid_at_the_gateway_unheard_does_not_expire(database_url: str) -> None:
    gateway = PretendGateway("stripe", LINK)
    async with replicas(database_url, gateway) as (trade, _):
        ann, book = await trade.customer(), await trade.book(1)
        order, attempt = await trade.to_pay(ann, (book, 1))
        gateway.told[attempt.id] = Succeeded("pi_1", attempt.amount)
        trade.clock.pass_time(timedelta(minutes=16))
        await trade.expiry.run(trade.uow)
        await _is_still_paid(trade, order)
