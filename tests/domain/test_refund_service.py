"""Money that goes back goes back once: by the gateway that took it, or by hand, never both."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import OrderNotFound, OverRefund, RefundUnderWay
from domain.order import Order, OrderState
from domain.payment import Attempt, AttemptState
from domain.ports.gateway import Capabilities, Declined, RefundFailed, Succeeded, Unknown
from domain.services.settlement import Fate
from tests.databases import Store
from tests.domain.pretend_gateway import PretendGateway
from tests.domain.trade import TOM, Trade, eur

LINK = Capabilities(refunds=True, partial_refunds=True, look_up=True, expire=True)


@pytest.fixture
def gateway() -> PretendGateway:
    return PretendGateway("stripe", LINK)


@pytest.fixture
def trade(store: Store, gateway: PretendGateway) -> Trade:
    return Trade.over(store, gateway)


async def _paid_and_cancelled(trade: Trade) -> tuple[Order, Attempt]:
    ann, book = await trade.customer(), await trade.book(3)
    order, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt)
    assert ann.customer_id is not None
    async with trade.turn() as work:
        await trade.cancel(work, ann.customer_id, order.id)
    return order, attempt


async def test_a_cancelled_paid_order_is_given_back_once_by_its_gateway(
    trade: Trade, gateway: PretendGateway
) -> None:
    order, attempt = await _paid_and_cancelled(trade)
    for _ in range(3):
        await trade.reconciliation.run(trade.uow)
        trade.clock.pass_time(timedelta(hours=1))
    assert gateway.given_back == [("due:refunded:stripe:c1", 1000)]
    balance = await trade.balance(order)
    assert (balance.paid, balance.refunded, balance.owed) == (eur(1000), eur(1000), eur(0))
    assert (await trade.told())["order-refunded"] == 1
    assert (await trade.attempt(attempt.id)).next_look_at is None


async def test_an_unknown_answer_is_asked_again_with_the_same_key(
    trade: Trade, gateway: PretendGateway
) -> None:
    order, _ = await _paid_and_cancelled(trade)
    gateway.refund_answers = [Unknown("no answer"), Unknown("no answer")]
    for _ in range(4):
        await trade.reconciliation.run(trade.uow)
        trade.clock.pass_time(timedelta(minutes=5))
    assert {key for key, _ in gateway.given_back} == {"due:refunded:stripe:c1"}
    assert len(gateway.given_back) == 3
    assert (await trade.balance(order)).refunded == eur(1000)


async def test_a_crash_after_the_gateway_gave_it_back_gives_nothing_back_twice(
    trade: Trade, gateway: PretendGateway
) -> None:
    """The answer was lost: the same key is asked again, and the entry counts once."""
    order, attempt = await _paid_and_cancelled(trade)
    async with trade.uow.reading() as look:
        due = await trade.refunds.next_due(look, attempt)
    assert due is not None
    assert await trade.refunds.ask(attempt, due)
    await trade.reconciliation.run(trade.uow)
    assert [key for key, _ in gateway.given_back] == [due.key, due.key]
    assert (await trade.balance(order)).refunded == eur(1000)


async def test_nobody_gives_back_by_hand_what_the_gateway_is_giving_back(trade: Trade) -> None:
    order, _ = await _paid_and_cancelled(trade)
    async with trade.uow.writing() as work:
        with pytest.raises(RefundUnderWay):
            await trade.desk.refunded_at_provider(work, order.id, TOM, 1000, trade.clock.now())


async def test_what_the_gateway_refuses_is_owed_until_somebody_did_it_by_hand(
    trade: Trade, gateway: PretendGateway
) -> None:
    order, _ = await _paid_and_cancelled(trade)
    gateway.refund_answers = [Declined("charge_too_old")]
    await trade.told()
    await trade.reconciliation.run(trade.uow)
    assert (await trade.told())["staff-refund-due"] == 1
    for _ in range(2):
        async with trade.turn() as work:
            await trade.desk.refunded_at_provider(work, order.id, TOM, 1000, trade.clock.now())
    trade.clock.pass_time(timedelta(days=1))
    await trade.reconciliation.run(trade.uow)
    assert len(gateway.given_back) == 1
    assert (await trade.balance(order)).refunded == eur(1000)


async def test_by_hand_no_more_goes_back_than_is_owed(store: Store) -> None:
    trade = Trade.over(store)
    order, _ = await _paid_and_cancelled(trade)
    async with trade.uow.writing() as work:
        with pytest.raises(OverRefund) as refused:
            await trade.desk.refunded_at_provider(work, order.id, TOM, 2000, trade.clock.now())
    assert refused.value.left == eur(1000)


async def test_two_charges_of_one_cancelled_order_go_back_each(trade: Trade, gateway: PretendGateway) -> None:
    ann, book = await trade.customer(), await trade.book(3)
    order, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt, "c1")
    assert (await trade.charged(attempt, "c2")).fate is Fate.DUE_TWICE
    assert ann.customer_id is not None
    async with trade.turn() as work:
        await trade.cancel(work, ann.customer_id, order.id)
    for _ in range(3):
        await trade.reconciliation.run(trade.uow)
    assert sorted(gateway.given_back) == [("due:refunded:stripe:c1", 1000), ("due:unwanted:stripe:c2", 1000)]
    assert (await trade.balance(order)).owed == eur(0)


# --- a hold that ends -----------------------------------------------------------------------------------------------------


async def test_what_the_owner_gives_back_of_one_charge_is_noted_though_another_went_back(
    trade: Trade, gateway: PretendGateway
) -> None:
    """An order was charged twice; the second charge went back by itself, and part of the first at the provider."""
    ann, book = await trade.customer(), await trade.book(3)
    order, first = await trade.to_pay(ann, (book, 1))
    async with trade.turn() as work:
        second = await trade.payments.begin(work, order, gateway.name)
    await trade.start(second.id)
    await trade.charged(first, "c1")
    assert (await trade.charged(second, "c2")).fate is Fate.DUE_TWICE
    await trade.reconciliation.run(trade.uow)
    async with trade.turn() as work:
        await trade.settlement.given_back(work, second.id, eur(1000))
        await trade.settlement.given_back(work, first.id, eur(400))
    balance = await trade.balance(order)
    assert (balance.paid, balance.refunded, balance.owed) == (eur(2000), eur(1400), eur(0))


async def test_an_old_word_of_a_refund_does_not_pay_off_what_came_back(trade: Trade) -> None:
    """Events come in any order: that the money went is told, or told again, after it came back."""
    order, attempt = await _paid_and_cancelled(trade)
    await trade.reconciliation.run(trade.uow)
    failed = RefundFailed("re-due:refunded:stripe:c1", eur(1000), "expired_or_canceled_card")
    async with trade.turn() as work:
        await trade.settlement.refund_failed(work, attempt.gateway, attempt.id, failed)
        await trade.settlement.given_back(work, attempt.id, eur(1000))
    assert (await trade.balance(order)).owed == eur(1000)


async def test_what_went_back_at_the_provider_and_came_back_is_owed_again_once(
    trade: Trade, gateway: PretendGateway
) -> None:
    """The gateway refused, Tom gave back 6.00 by hand and the owner 4.00 at the provider; 7.00 of it come back, as one refund."""
    order, attempt = await _paid_and_cancelled(trade)
    gateway.refund_answers = [Declined("charge_too_old")]
    await trade.reconciliation.run(trade.uow)
    async with trade.turn() as work:
        await trade.settlement.given_back(work, attempt.id, eur(400))
        await trade.desk.refunded_at_provider(work, order.id, TOM, 600, trade.clock.now())
    assert (await trade.balance(order)).owed == eur(0)
    failed = RefundFailed("re_1", eur(700), "expired_or_canceled_card", "c1")
    await trade.told()
    for _ in range(2):
        async with trade.turn() as work:
            await trade.settlement.refund_failed(work, "stripe", None, failed)
    balance = await trade.balance(order)
    assert (balance.paid, balance.refunded, balance.owed) == (eur(1000), eur(300), eur(700))
    told = await trade.told()
    assert (told["staff-refund-due"], told["refund-failed"]) == (1, 1)
    # Another one can bring back no more than is still gone.
    async with trade.turn() as work:
        await trade.settlement.refund_failed(work, "stripe", None, replace(failed, refund_id="re_12"))
    assert (await trade.balance(order)).owed == eur(1000)


async def test_a_refund_that_fails_and_was_never_booked_changes_nothing(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt)
    failed = RefundFailed("re_1", eur(700), "expired_or_canceled_card", "c1")
    async with trade.turn() as work:
        await trade.settlement.refund_failed(work, "stripe", None, failed)
        with pytest.raises(OrderNotFound):
            await trade.settlement.refund_failed(work, "stripe", None, replace(failed, charge_id="c2"))
    assert (await trade.balance(order)).owed == eur(0)


async def test_what_is_owed_of_one_charge_stays_owed_when_the_owner_gives_back_of_another(
    trade: Trade, gateway: PretendGateway
) -> None:
    ann, book = await trade.customer(), await trade.book(3)
    order, first = await trade.to_pay(ann, (book, 1))
    async with trade.turn() as work:
        second = await trade.payments.begin(work, order, gateway.name)
    await trade.start(second.id)
    await trade.charged(first, "c1")
    await trade.charged(second, "c2")
    gateway.refund_answers = [Declined("charge_too_old")]
    await trade.reconciliation.run(trade.uow)
    async with trade.turn() as work:
        await trade.settlement.given_back(work, first.id, eur(400))
    assert (await trade.balance(order)).owed == eur(1000)


async def test_one_answer_that_nobody_can_read_keeps_no_other_order_from_expiring(
    trade: Trade, gateway: PretendGateway
) -> None:
    """What a gateway answers is not in our hands: it may be anything, and come over and over."""
    ann, book = await trade.customer(), await trade.book(2)
    stuck, odd = await trade.to_pay(ann, (book, 1))
    trade.clock.pass_time(timedelta(seconds=1))
    other, _ = await trade.to_pay(ann, (book, 1))
    gateway.unreadable.add(odd.id)
    trade.clock.pass_time(timedelta(minutes=16))
    for _ in range(2):
        with pytest.raises(KeyError):
            await trade.expiry.run(trade.uow)
    assert (await trade.order(stuck.id)).state is OrderState.AWAITING_PAYMENT
    assert (await trade.order(other.id)).state is OrderState.EXPIRED
    trade.clock.pass_time(timedelta(hours=1))
    with pytest.raises(KeyError):
        await trade.expiry.run(trade.uow)
    assert (await trade.order(stuck.id)).state is OrderState.EXPIRED


async def test_an_order_expires_once_its_link_is_ended(trade: Trade, gateway: PretendGateway) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    trade.clock.pass_time(timedelta(minutes=16))
    assert await trade.expiry.run(trade.uow) == 1
    assert gateway.ended == [attempt.id]
    assert (await trade.order(order.id)).state is OrderState.EXPIRED


async def test_a_link_that_turns_out_paid_when_it_is_ended_pays(
    trade: Trade, gateway: PretendGateway
) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    gateway.told[attempt.id] = Succeeded("pi_1", eur(1000))
    trade.clock.pass_time(timedelta(minutes=16))
    assert await trade.expiry.run(trade.uow) == 0
    assert (await trade.order(order.id)).state is OrderState.PAID
    assert (await trade.told())["order-expired"] == 0


async def test_while_the_gateway_does_not_say_the_books_are_held_an_hour_longer(
    trade: Trade, gateway: PretendGateway
) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    gateway.told[attempt.id] = Unknown("no answer")
    trade.clock.pass_time(timedelta(minutes=16))
    assert await trade.expiry.run(trade.uow) == 0
    assert (await trade.attempt(attempt.id)).state is AttemptState.IN_DOUBT
    trade.clock.pass_time(timedelta(hours=1))
    assert await trade.expiry.run(trade.uow) == 1
    gateway.told[attempt.id] = Succeeded("pi_1", eur(1000))
    await trade.reconciliation.run(trade.uow)
    assert (await trade.order(order.id)).state is OrderState.PAID
