"""F6: one invoice paid twice, or paid after it expired, or by somebody else."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from domain.errors import PaymentRefused
from domain.ids import UserId
from domain.payment import Attempt
from domain.ports.unit_of_work import Work
from sandbox.model import Json
from sandbox.persons import Person
from tests.chat.buying import with_invoice
from tests.chat.shop import Shop
from tests.domain.trade import Trade, eur
from tests.faults.guard import fault_if, prevented_by, rewritten
from tests.faults.kept import ORDER_LOCK
from tests.faults.replicas import overlapping, replicas
from tests.faults.rules import AWAITS_PAYMENT, DUE_BACK, OPEN_ATTEMPT

_APPROVE = "domain.services.payments:OnlinePayments.approve"

ONE_AT_A_TIME = rewritten(
    "the look for a payment that is being approved already",
    _APPROVE,
    "being_approved(other, self._clock) and not second_try",
)
PAYER = rewritten("the payer of an invoice", _APPROVE, "payer != shown_to")
RIGHTFUL = rewritten(
    "the payer of a charge", "domain.services.settlement:Settlement._fate", "not charge.rightful"
)


def _invoice(person: Person) -> Json:
    return next(message for message in reversed(person.messages) if "invoice" in message)


async def _pays(shop: Shop, payer: Person, chat: int, invoice: Json) -> str:
    """Pays an invoice, whoever's it is; what became of the payment."""
    path = f"/chats/{chat}/messages/{invoice['message_id']}/pay"
    payment = await shop.telegram.request("POST", path, {"user": payer.id, "outcome": "paid", "wait": 10})
    await shop.settle(0)
    return str(payment["state"])


@prevented_by((AWAITS_PAYMENT, OPEN_ATTEMPT))
async def test_f6_an_invoice_that_was_paid_is_not_paid_a_second_time(shop: Shop) -> None:
    ann = await with_invoice(shop, "Ann", "dune")
    invoice = _invoice(ann)
    states = [await _pays(shop, ann, ann.chat, invoice) for _ in range(2)]
    fault_if(states == ["paid", "paid"], "one invoice was paid twice")
    assert states == ["paid", "refused"]


@prevented_by(ONE_AT_A_TIME)
async def test_f6_two_payments_of_one_invoice_at_the_same_time_are_one(shop: Shop) -> None:
    ann = await with_invoice(shop, "Ann", "dune")
    first = asyncio.create_task(ann.pays(bank_delay=0.6))
    await asyncio.sleep(0.3)
    states = [await _pays(shop, ann, ann.chat, _invoice(ann)), str((await first)["state"])]
    fault_if(states == ["paid", "paid"], "one invoice was paid twice at once")
    assert states == ["refused", "paid"]


@pytest.mark.postgres
@prevented_by(ORDER_LOCK)
async def test_f6_two_replicas_that_are_asked_at_once_approve_one_payment(postgres_url: str) -> None:
    async with replicas(postgres_url) as (one, two):
        ann, book = await one.customer(), await one.book(1)
        _, attempt = await one.to_pay(ann, (book, 1))
        approved = await overlapping(
            one,
            two,
            lambda work: _approved(one, work, attempt, "q1"),
            lambda work: _approved(two, work, attempt, "q2"),
        )
        fault_if(approved == (True, True), "two replicas approved a payment of one order each")
        assert approved == (True, False)


async def _approved(trade: Trade, work: Work, attempt: Attempt, query: str) -> bool:
    try:
        await trade.payments.approve(
            work,
            attempt.id,
            query_id=query,
            payer=UserId(1),
            shown_to=UserId(1),
            amount=attempt.amount,
        )
    except PaymentRefused:
        return False
    return True


@prevented_by(DUE_BACK)
async def test_f6_money_that_was_taken_twice_all_the_same_goes_back(database_url: str) -> None:
    """Not every gateway asks before it charges: what it took once too often is due back."""
    async with replicas(database_url) as (trade, _):
        ann, book = await trade.customer(), await trade.book(1)
        order, attempt = await trade.to_pay(ann, (book, 1))
        for charge in ("c1", "c2"):
            await trade.charged(attempt, charge)
        balance = await trade.balance(order)
        fault_if(not balance.owed, "the second payment of an order is not due back")
        assert (balance.paid, balance.owed) == (eur(2000), eur(1000))


@prevented_by((AWAITS_PAYMENT, OPEN_ATTEMPT))
async def test_f6_an_invoice_whose_order_expired_is_not_paid(shop: Shop) -> None:
    ann = await with_invoice(shop, "Ann", "dune messiah")
    invoice = _invoice(ann)
    await shop.pass_time(timedelta(minutes=16))
    await ann.waits_for("was not paid in time")
    state = await _pays(shop, ann, ann.chat, invoice)
    fault_if(state == "paid", "an invoice was paid after its order had expired")
    assert state == "refused"


@prevented_by(PAYER)
async def test_f6_an_invoice_is_not_paid_by_somebody_else(shop: Shop) -> None:
    bob = await shop.person("Bob")
    await bob.starts()
    ann = await with_invoice(shop, "Ann", "dune")
    state = await _pays(shop, bob, ann.chat, _invoice(ann))
    fault_if(state == "paid", "somebody else paid a forwarded invoice")
    assert state == "refused"


@prevented_by(RIGHTFUL)
async def test_f6_money_that_somebody_else_paid_all_the_same_goes_back(database_url: str) -> None:
    async with replicas(database_url) as (trade, _):
        ann, book = await trade.customer(), await trade.book(1)
        order, attempt = await trade.to_pay(ann, (book, 1))
        await trade.charged(attempt, rightful=False)
        balance = await trade.balance(order)
        fault_if(not balance.owed, "a stranger's money is kept")
        assert balance.owed == eur(1000)
