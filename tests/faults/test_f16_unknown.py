"""F16: the network fails after the gateway charged (unknown outcome)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from domain.errors import PaymentUnavailable
from domain.ids import AttemptId
from domain.order import OrderState
from domain.payment import AttemptState
from domain.ports.gateway import Outcome, Unknown
from tests.chat.buying import with_invoice
from tests.chat.shop import Shop
from tests.domain.pretend_gateway import PretendGateway
from tests.domain.trade import Trade, eur
from tests.faults.guard import fault_if, prevented_by, rewritten
from tests.faults.replicas import LINK, replicas
from tests.faults.stripe_account import stripe_shop
from tests.faults.test_f8_counted_once import paid_and_cancelled

START_KEY = rewritten(
    "the idempotency key of a payment's start",
    "payments.stripe:StripeCheckout.start",
    "{'idempotency_key': f'start-{payable.attempt_id}'}",
    "{}",
)
LOOKED_AFTER = rewritten(
    "the first look after a payment that nobody reported",
    "domain.services.payments:OnlinePayments.record_start",
    "self._clock.now() + LOOK_AFTER if looks_up else None",
    "None",
)
ASKED_AGAIN = rewritten(
    "asking again about an unknown outcome",
    "domain.services.reconciliation:Reconciliation._claim",
    "now + wait",
    "None",
)
PUT_OFF = rewritten(
    "putting the next look off before the gateway is asked",
    "domain.services.reconciliation:Reconciliation._claim",
    "now + wait",
    "now",
)
KEPT_WHILE_UNKNOWN = rewritten(
    "keeping the books while the gateway does not say",
    "domain.services.expiry:Expiry.run",
    "not ended and order_id not in waiting",
    "False",
)
REFUND_ASKED_AGAIN = rewritten(
    "asking again for a refund of which nothing was heard",
    "domain.services.refunds:Refunds.record",
    "now + wait",
    "None",
)
WRITTEN_FIRST = rewritten(
    "writing down that money may move before the payer is let pay",
    "bot.asides:Asides._checked",
    "await work.commit()",
    "None",
)


@prevented_by(START_KEY)
async def test_f16_a_start_whose_answer_was_lost_leaves_one_page_to_pay_on(database_url: str) -> None:
    async with stripe_shop(database_url) as shop:
        trade = shop.trade
        ann, book = await trade.customer(), await trade.book(1)
        await trade.fill(ann, (book, 1))
        placed = await trade.place(ann, "stripe")
        assert placed.attempt is not None
        shop.stripe.loses_answers = 2  # the library's own second try as well
        try:
            await trade.start(placed.attempt.id)
        except PaymentUnavailable:
            await trade.start(placed.attempt.id)
        fault_if(len(shop.stripe.sessions) > 1, "one order can be paid on two pages")
        assert (await trade.attempt(placed.attempt.id)).state is AttemptState.STARTED


@prevented_by(LOOKED_AFTER)
async def test_f16_a_charge_that_nobody_reports_is_found(database_url: str) -> None:
    async with stripe_shop(database_url) as shop:
        order, _, session = await shop.with_page()
        shop.stripe.pays(session["id"])
        shop.trade.clock.pass_time(timedelta(seconds=25))
        await shop.trade.reconciliation.run(shop.trade.uow)
        found = await shop.trade.order(order.id)
        fault_if(found.state is not OrderState.PAID, "the customer paid, and the shop does not know")
        assert (await shop.trade.told())["order-paid"] == 1


@prevented_by(ASKED_AGAIN)
async def test_f16_an_unknown_outcome_is_asked_about_until_it_is_known(database_url: str) -> None:
    async with stripe_shop(database_url) as shop:
        trade = shop.trade
        order, attempt, session = await shop.with_page()
        shop.stripe.pays(session["id"])
        shop.stripe.down = True
        trade.clock.pass_time(timedelta(seconds=25))
        await trade.reconciliation.run(trade.uow)
        assert (await trade.attempt(attempt.id)).state is AttemptState.IN_DOUBT
        shop.stripe.down = False
        for _ in range(3):
            trade.clock.pass_time(timedelta(minutes=2))
            await trade.reconciliation.run(trade.uow)
        found = await trade.order(order.id)
        fault_if(
            found.state is not OrderState.PAID, "an outcome was unknown once and never asked about again"
        )
        assert (await trade.balance(order)).paid == eur(1000)


@dataclass
class _Busy(PretendGateway):
    """While it is asked, the other replica comes round as well."""

    other: Trade | None = None

    async def look_up(self, attempt_id: AttemptId, reference: str) -> Outcome:
        outcome = await super().look_up(attempt_id, reference)
        if self.other is not None and len(self.asked) == 1:
            await self.other.reconciliation.run(self.other.uow)
        return outcome


@prevented_by(PUT_OFF)
async def test_f16_an_unknown_outcome_is_asked_about_by_one_replica_at_a_time(database_url: str) -> None:
    gateway = _Busy("stripe", LINK)
    async with replicas(database_url, gateway) as (trade, other):
        ann, book = await trade.customer(), await trade.book(1)
        _, attempt = await trade.to_pay(ann, (book, 1))
        gateway.other, gateway.told[attempt.id] = other, Unknown("no answer")
        trade.clock.pass_time(timedelta(minutes=1))
        await trade.reconciliation.run(trade.uow)
        fault_if(gateway.asked != [attempt.id], "two replicas asked about one payment at the same time")
        assert (await trade.attempt(attempt.id)).state is AttemptState.IN_DOUBT


@prevented_by(KEPT_WHILE_UNKNOWN)
async def test_f16_while_the_outcome_is_unknown_the_books_are_not_given_to_others(database_url: str) -> None:
    async with stripe_shop(database_url) as shop:
        trade = shop.trade
        order, _, session = await shop.with_page()
        shop.stripe.pays(session["id"])
        shop.stripe.down = True
        trade.clock.pass_time(timedelta(minutes=16))
        await trade.expiry.run(trade.uow)
        found = await trade.order(order.id)
        fault_if(found.state is OrderState.EXPIRED, "an order expired whose money may have moved")
        shop.stripe.down = False
        await trade.expiry.run(trade.uow)
        assert (await trade.order(order.id)).state is OrderState.PAID


@prevented_by(REFUND_ASKED_AGAIN)
async def test_f16_a_refund_of_which_nothing_was_heard_is_asked_for_again(database_url: str) -> None:
    gateway = PretendGateway("stripe", LINK)
    async with replicas(database_url, gateway) as (trade, _):
        order, _ = await paid_and_cancelled(trade)
        gateway.refund_answers = [Unknown("no answer")]
        for _ in range(3):
            await trade.reconciliation.run(trade.uow)
            trade.clock.pass_time(timedelta(minutes=5))
        balance = await trade.balance(order)
        fault_if(balance.owed, "a refund was lost on the way and never asked for again")
        assert balance.refunded == eur(1000)


@prevented_by(WRITTEN_FIRST)
async def test_f16_a_payment_that_was_allowed_is_known_though_nothing_was_reported_of_it(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_invoice(shop, "Ann", "dune")
    payment = await ann.pays(delivery="held")
    assert payment["state"] == "paid"
    for minutes in (20, 11):
        await shop.pass_time(timedelta(minutes=minutes))
        await shop.run_jobs()
    await tom.looks()
    told = "A payment was allowed, and nothing has been reported since" in tom.transcript()
    fault_if(not told, "Ann's money may be gone, and nobody is asked to look")
