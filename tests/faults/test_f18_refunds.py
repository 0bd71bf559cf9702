"""F18: a refund larger than the payment; two refunds at once."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.cancelling import CancelTerms
from domain.errors import CancelOfferChanged, OverRefund, RefundUnderWay
from domain.money import Money
from domain.order import Order
from domain.payment import EntryKind
from domain.ports.gateway import Capabilities
from domain.ports.unit_of_work import Work
from domain.shop import Shop
from tests.domain.trade import SHOP, TOM, Running, Trade, eur
from tests.faults.guard import fault_if, prevented_by, rewritten
from tests.faults.kept import JOURNAL_KEY, ORDER_LOCK
from tests.faults.replicas import LINK, overlapping, replicas
from tests.faults.rules import GONE_THERE
from tests.faults.test_f8_counted_once import paid_and_cancelled
from tests.faults.till import Till

LEFT_OF_CHARGE = rewritten(
    "what of a charge is not due back yet",
    "domain.services.refunds:_left",
    "Money(paid.amount.minor - due, paid.amount.currency)",
    "paid.amount",
)
OWED_AS_SHOWN = rewritten(
    "the sum that is owed, held against the button's",
    "domain.services.desk:Desk.refunded_at_provider",
    "balance.owed.minor != owed",
)
NOTHING_OWED = rewritten(
    "the second look at whether anything is owed",
    "domain.services.desk:Desk.refunded_at_provider",
    "not balance.owed",
)
UNDER_WAY = rewritten(
    "the look for a refund that is under way",
    "domain.services.desk:Desk.refunded_at_provider",
    "await self._lifecycle.refunds.under_way(work, order)",
)
AT_MOST_PAID = rewritten(
    "the sum that was paid, held against a refund made elsewhere",
    "domain.services.refunds:Refunds.given_back_elsewhere",
    "balance.paid < balance.refunded + more",
)


AS_TOLD = rewritten(
    "what would go back, held against what the customer was told",
    "domain.services.orders:CustomerOrders.cancel",
    "offered.back.minor != agreed",
)
DECIDED_ONCE = rewritten(
    "deciding once what is kept",
    "domain.services.orders:CustomerOrders.cancel",
    "offered.kept",
    "self._offer(order, await work.payments.journal(order.id)).kept",
)
AT_MOST_ALL = rewritten(
    "the limit of what is kept",
    "domain.cancelling:CancelTerms.keeps",
    "min(wanted, amount.minor)",
    "wanted",
)
LEFT_TO_KEEP = rewritten(
    "what of a charge is left to keep",
    "domain.services.refunds:Refunds.all_due",
    "min(rest, left)",
    "rest",
)
KNOWS_PARTS = rewritten(
    "the look whether a gateway gives back a part of a charge",
    "domain.services.refunds:Refunds.next_due",
    "not self._can_give_back(attempt, due, entries)",
)
KEEPING = replace(SHOP, cancel_terms=CancelTerms(percent=10))


async def _not_more_than_was_paid(trade: Trade, order: Order) -> None:
    balance = await trade.balance(order)
    back = balance.refunded.minor + max(0, balance.owed.minor)
    fault_if(back > balance.paid.minor, f"{back} goes back of {balance.paid.minor}")
    async with trade.uow.reading() as look:
        entries = await look.payments.journal(order.id)
    kept = sum(entry.amount.minor for entry in entries if entry.kind is EntryKind.KEPT)
    fault_if(back + kept > balance.paid.minor, f"{back} goes back and {kept} is kept of {balance.paid.minor}")


async def _by_hand(trade: Trade, work: Work, order: Order, owed: Money) -> bool:
    """A member of staff taps "Refunded"; False if that changed nothing or was refused."""
    try:
        return (
            await trade.desk.refunded_at_provider(work, order.id, TOM, owed.minor, trade.clock.now())
        ).changed
    except (OverRefund, RefundUnderWay):
        return False


@prevented_by(OWED_AS_SHOWN)
async def test_f18_no_more_is_given_back_by_hand_than_is_owed(database_url: str) -> None:
    async with replicas(database_url) as (trade, _):
        order, _ = await paid_and_cancelled(trade)
        async with trade.turn() as work:
            changed = await _by_hand(trade, work, order, eur(2000))
        await _not_more_than_was_paid(trade, order)
        assert not changed


@prevented_by((NOTHING_OWED, OWED_AS_SHOWN))
async def test_f18_the_button_that_was_tapped_twice_gives_back_once(database_url: str) -> None:
    async with replicas(database_url) as (one, two):
        order, _ = await paid_and_cancelled(one)
        changed = []
        for trade in (one, two):
            async with trade.turn() as work:
                changed.append(await _by_hand(trade, work, order, eur(1000)))
        await _not_more_than_was_paid(one, order)
        assert changed == [True, False]


@pytest.mark.postgres
@prevented_by((ORDER_LOCK, JOURNAL_KEY))
async def test_f18_two_who_tap_refunded_at_the_same_moment_give_back_once(postgres_url: str) -> None:
    async with replicas(postgres_url) as (one, two):
        order, _ = await paid_and_cancelled(one)
        changed = await overlapping(one, two, lambda work: _by_hand(one, work, order, eur(1000)))
        await _not_more_than_was_paid(one, order)
        assert changed == (True, False)


@prevented_by(UNDER_WAY)
async def test_f18_nobody_gives_back_by_hand_what_the_gateway_gives_back(database_url: str) -> None:
    till = Till("stripe", LINK)
    async with replicas(database_url, till) as (trade, _):
        order, attempt = await paid_and_cancelled(trade)
        async with trade.uow.reading() as look:
            due = await trade.refunds.next_due(look, attempt)
        assert due is not None
        outcome = await trade.refunds.ask(attempt, due)  # it has paid out, and its answer is on the way
        async with trade.turn() as work:
            by_hand = await _by_hand(trade, work, order, eur(1000))
        async with trade.turn() as work:
            await trade.refunds.record(work, attempt.id, due, outcome)
        fault_if(by_hand and till.out, "the gateway and a person both gave the money back")
        await _not_more_than_was_paid(trade, order)


@prevented_by(LEFT_OF_CHARGE)
async def test_f18_what_went_back_already_does_not_go_back_again_when_the_order_is_cancelled(
    database_url: str,
) -> None:
    till = Till("stripe", LINK)
    async with replicas(database_url, till) as (trade, _):
        ann, book = await trade.customer(), await trade.book(1)
        order, attempt = await trade.to_pay(ann, (book, 1))
        await trade.charged(attempt)
        async with trade.turn() as work:
            await trade.settlement.given_back(work, attempt.id, eur(400))
        assert ann.customer_id is not None
        async with trade.turn() as work:
            await trade.cancel(work, ann.customer_id, order.id)
        for _ in range(2):
            await trade.reconciliation.run(trade.uow)
        fault_if(
            till.out + 400 > 1000, f"4.00 went back at the provider, and then {till.out / 100:.2f} of 10.00"
        )
        assert till.out == 600


@prevented_by(GONE_THERE)
async def test_f18_what_went_back_unheard_is_not_owed_when_the_gateway_refuses_to_give_it_back_again(
    database_url: str,
) -> None:
    """The owner gave it back at the provider, no report came, and then the order was cancelled."""
    till = Till("stripe", replace(LINK, statements=True), gone={"c1": eur(400)})
    till.refuses = True
    async with replicas(database_url, till) as (trade, _):
        order, _ = await paid_and_cancelled(trade)
        for _ in range(2):
            await trade.reconciliation.run(trade.uow)
        balance = await trade.balance(order)
        fault_if(balance.owed.minor + 400 > 1000, "4.00 went back, and all of 10.00 is asked of the staff")
        assert (balance.refunded, balance.owed) == (eur(400), eur(600))
        assert (await trade.told())["order-refunded"] == 1


@prevented_by(AT_MOST_PAID)
async def test_f18_a_refund_larger_than_the_payment_is_not_booked(database_url: str) -> None:
    """A gateway's account may hold other shops' charges, and reports can be wrong: the journal stays one that adds up."""
    async with replicas(database_url, Till("stripe", LINK)) as (trade, _):
        ann, book = await trade.customer(), await trade.book(1)
        order, attempt = await trade.to_pay(ann, (book, 1))
        await trade.charged(attempt)
        async with trade.turn() as work:
            await trade.settlement.given_back(work, attempt.id, eur(5000))
        await _not_more_than_was_paid(trade, order)


@pytest.mark.postgres
@pytest.mark.parametrize("shop", [SHOP, KEEPING], ids=["whole", "part"])
@prevented_by((ORDER_LOCK, JOURNAL_KEY))
async def test_f18_an_order_that_customer_and_staff_cancel_at_once_is_given_back_once(
    postgres_url: str, shop: Shop
) -> None:
    async with replicas(postgres_url, shop=shop) as (one, two):
        ann, bob, book = await one.customer("Ann"), await one.customer("Bob"), await one.book(2)
        await one.reserved(bob, (book, 1))
        order, attempt = await one.to_pay(ann, (book, 1))
        await one.charged(attempt)
        customer_id = ann.customer_id
        assert customer_id is not None

        async def by_staff(work: Work) -> object:
            return await two.desk.cancel(work, order.id, TOM, "sold_out", two.clock.now())

        async def by_customer(work: Work) -> object:
            return await one.cancel(work, customer_id, order.id)

        await overlapping(one, two, by_customer, by_staff)
        await _not_more_than_was_paid(one, order)
        await one.stock_adds_up(book)


@prevented_by(AS_TOLD)
async def test_f18_an_old_confirmation_gives_back_nothing_else_than_it_said(database_url: str) -> None:
    """The hours in which cancelling is free end between the question and the tap."""
    shop = replace(SHOP, cancel_terms=CancelTerms(percent=10, free_hours=1))
    async with replicas(database_url, shop=shop) as (trade, _):
        ann, book = await trade.customer(), await trade.book(1)
        order, attempt = await trade.to_pay(ann, (book, 1))
        await trade.charged(attempt)
        assert ann.customer_id is not None
        async with trade.uow.reading() as look:
            told = (await trade.orders.view(look, ann.customer_id, order.id)).cancelling
        assert told is not None
        trade.clock.pass_time(timedelta(hours=1))
        try:
            async with trade.turn() as work:
                await trade.orders.cancel(work, ann.customer_id, order.id, agreed=told.back.minor)
        except CancelOfferChanged:
            pass
        balance = await trade.balance(order)
        gone = balance.refunded + balance.owed
        fault_if(gone and gone != told.back, f"{gone.minor} goes back, and {told.back.minor} was promised")
        assert (await trade.order(order.id)).open


@prevented_by(DECIDED_ONCE)
async def test_f18_free_hours_that_end_while_it_is_cancelled_change_nothing_of_what_was_told(
    database_url: str,
) -> None:
    shop = replace(SHOP, cancel_terms=CancelTerms(percent=10, free_hours=1))
    clock = Running()
    async with replicas(database_url, clock=clock, shop=shop) as (trade, _):
        ann, book = await trade.customer(), await trade.book(9)
        assert ann.customer_id is not None
        for seconds in range(1, 9):
            order, attempt = await trade.to_pay(ann, (book, 1))
            await trade.charged(attempt, f"c{seconds}")
            clock.pass_time(timedelta(hours=1, seconds=-seconds))
            clock.running = True
            with contextlib.suppress(CancelOfferChanged):
                async with trade.turn() as work:
                    await trade.orders.cancel(work, ann.customer_id, order.id, agreed=1000)
            clock.running = False
            balance = await trade.balance(order)
            fault_if(balance.kept, f"{balance.kept.minor} was kept of what was to go back whole")


@prevented_by((AT_MOST_ALL, LEFT_TO_KEEP))
async def test_f18_no_more_is_kept_than_was_paid(database_url: str) -> None:
    shop = replace(SHOP, cancel_terms=CancelTerms(percent=50, fee=900))
    async with replicas(database_url, shop=shop) as (trade, _):
        order, _ = await paid_and_cancelled(trade)
        await _not_more_than_was_paid(trade, order)


@prevented_by(KNOWS_PARTS)
async def test_f18_a_gateway_that_gives_back_only_all_of_a_charge_is_not_asked_for_a_part(
    database_url: str,
) -> None:
    till = Till("stripe", Capabilities(refunds=True, partial_refunds=False, look_up=True))
    async with replicas(database_url, till, shop=KEEPING) as (trade, _):
        order, _ = await paid_and_cancelled(trade)
        await trade.reconciliation.run(trade.uow)
        fault_if(till.out > 900, f"{till.out} went back, of which 100 was the shop's to keep")
        assert (await trade.balance(order)).owed == eur(900)
