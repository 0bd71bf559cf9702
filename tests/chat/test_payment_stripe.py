"""Paying on Stripe's page: its link is a button, its word comes by webhook or when it is asked, its refunds go back by themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from sandbox.persons import Person
from tests.chat.buying import at_summary, with_reservation
from tests.chat.conftest import OpenShop
from tests.chat.shop import Shop
from tests.chat.stockroom import stock_of
from tests.payments.stripe_stand_in import KEY, WEBHOOK_SECRET, StripeStandIn


@pytest.fixture
async def stripe() -> AsyncIterator[StripeStandIn]:
    async with StripeStandIn.running() as found:
        yield found


async def _opened(open_shop: OpenShop, stripe: StripeStandIn, **changes: Any) -> Shop:
    return await open_shop(
        telegram_provider_token=SecretStr(""),
        stripe_secret_key=SecretStr(KEY),
        stripe_webhook_secret=SecretStr(WEBHOOK_SECRET),
        stripe_api_url=stripe.url,
        **changes,
    )


@pytest.fixture
async def shop(open_shop: OpenShop, stripe: StripeStandIn) -> Shop:
    return await _opened(open_shop, stripe)


async def _with_link(shop: Shop, name: str, title: str) -> Person:
    person = await at_summary(shop, name, title)
    await person.taps("Pay")
    person.sees("on the page", "Your books are held for you till", "Pay at the counter", "Cancel order")
    return person


async def _paid(shop: Shop, stripe: StripeStandIn) -> Person:
    """Ann, who has paid for Dune and read so."""
    ann = await _with_link(shop, "Ann", "dune")
    _pays(stripe)
    await _hears(shop, stripe, "checkout.session.completed")
    await ann.waits_for("Paid: order B-")
    return ann


async def _hears(shop: Shop, stripe: StripeStandIn, kind: str) -> int:
    session = list(stripe.sessions.values())[-1]
    return await shop.app.gateway_events["stripe"](*stripe.event(kind, session))


def _pays(stripe: StripeStandIn) -> None:
    stripe.pays(list(stripe.sessions)[-1])


async def test_a_payment_on_the_page_is_told_in_the_chat_once(shop: Shop, stripe: StripeStandIn) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await _with_link(shop, "Ann", "dune")
    await ann.taps("Pay €12.50 now")
    assert ann.opened == list(stripe.sessions.values())[-1]["url"]
    _pays(stripe)
    for kind in ("completed", "completed", "async_payment_succeeded"):
        assert await _hears(shop, stripe, f"checkout.session.{kind}") == 200
    await ann.waits_for("Paid: order B-")
    ann.sees("€12.50, paid", "Your pickup code:")
    await tom.waits_for("paid online €12.50")
    assert ann.transcript().count("Paid: order") == 1


async def test_without_a_webhook_the_payment_is_found_by_asking(shop: Shop, stripe: StripeStandIn) -> None:
    ann = await _with_link(shop, "Ann", "dune")
    await shop.pass_time(timedelta(seconds=25))
    await ann.types("/orders")
    ann.sees("waiting for payment")
    _pays(stripe)
    await shop.pass_time(timedelta(seconds=60))
    await ann.waits_for("Paid: order B-")


async def test_an_event_that_is_not_signed_counts_nothing(shop: Shop, stripe: StripeStandIn) -> None:
    ann = await _with_link(shop, "Ann", "dune")
    _pays(stripe)
    body, _ = stripe.event("checkout.session.completed", list(stripe.sessions.values())[-1])
    assert await shop.app.gateway_events["stripe"](body, {"Stripe-Signature": "t=1,v1=00"}) == 400
    await ann.types("/orders")
    ann.sees("waiting for payment")


async def test_when_the_hold_ends_the_page_can_no_longer_be_paid(shop: Shop, stripe: StripeStandIn) -> None:
    ann = await _with_link(shop, "Ann", "dune messiah")
    await shop.pass_time(timedelta(minutes=16))
    await ann.waits_for("was not paid in time")
    assert [session["status"] for session in stripe.sessions.values()] == ["expired"]
    stock, ledger = await stock_of(shop, "Dune Messiah")
    assert stock == ledger
    assert stock.held == 0


async def test_paid_at_the_last_moment_is_paid(shop: Shop, stripe: StripeStandIn) -> None:
    ann = await _with_link(shop, "Ann", "dune messiah")
    _pays(stripe)
    await shop.pass_time(timedelta(minutes=16))
    await ann.waits_for("Paid: order B-")
    assert "was not paid in time" not in ann.transcript()


async def test_paying_at_the_counter_instead_ends_the_page(shop: Shop, stripe: StripeStandIn) -> None:
    ann = await _with_link(shop, "Ann", "dune")
    await ann.taps("Pay at the counter")
    ann.sees("Reserved: order B-")
    await shop.run_jobs()
    assert [session["status"] for session in stripe.sessions.values()] == ["expired"]


async def test_a_paid_order_that_is_cancelled_goes_back_by_itself(shop: Shop, stripe: StripeStandIn) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await _paid(shop, stripe)
    await ann.taps("Cancel order")
    await ann.taps("Yes, cancel it")
    ann.sees("was cancelled")
    await tom.waits_for("It goes back by itself.")
    for _ in range(2):
        await shop.run_jobs()
    await ann.waits_for("is on its way back to you")
    assert [refund["amount"] for refund in stripe.refunds] == [1250]


async def test_a_refund_that_the_bank_sends_back_is_owed_again_and_given_by_hand(
    shop: Shop, stripe: StripeStandIn
) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await _paid(shop, stripe)
    await ann.taps("Cancel order")
    await ann.taps("Yes, cancel it")
    await shop.run_jobs()
    await ann.waits_for("is on its way back to you")
    refund = stripe.sends_back(stripe.refunds[-1])
    for kind in ("refund.failed", "charge.refund.updated", "refund.updated"):
        assert await shop.app.gateway_events["stripe"](*stripe.event(kind, refund)) == 200
    await ann.waits_for("could not be paid out: your bank sent it back to us")
    await tom.waits_for("The customer's bank sent €12.50 for B-")
    await shop.run_jobs()
    assert len(stripe.refunds) == 1
    await tom.taps("Refunded €12.50")
    await ann.looks()
    assert ann.transcript().count("is on its way back to you") == 2
    assert ann.transcript().count("could not be paid out") == 1


async def test_a_refund_that_the_owner_makes_at_stripe_is_noted(shop: Shop, stripe: StripeStandIn) -> None:
    ann = await _with_link(shop, "Ann", "dune")
    _pays(stripe)
    await _hears(shop, stripe, "checkout.session.completed")
    session = list(stripe.sessions.values())[-1]
    charge = {"id": "ch_1", "amount_refunded": 500, "currency": "eur", "metadata": session["metadata"]}
    for _ in range(2):
        assert await shop.app.gateway_events["stripe"](*stripe.event("charge.refunded", charge)) == 200
    await ann.waits_for("€5.00 for order")
    assert ann.transcript().count("is on its way back to you") == 1


async def test_a_refund_that_the_owner_made_at_stripe_and_the_bank_sends_back_is_owed_again(
    shop: Shop, stripe: StripeStandIn
) -> None:
    """It names no attempt of ours, and our books know it by the charge alone."""
    (tom,) = await shop.staff("Tom")
    ann = await _paid(shop, stripe)
    charge = stripe.charges[-1]
    refund = stripe.gives_back(charge["payment_intent"], 500)
    gone = charge | {"amount_refunded": 500}
    assert await shop.app.gateway_events["stripe"](*stripe.event("charge.refunded", gone)) == 200
    await ann.waits_for("€5.00 for order")
    stripe.sends_back(refund)
    for kind in ("refund.failed", "charge.refund.updated", "refund.updated"):
        assert await shop.app.gateway_events["stripe"](*stripe.event(kind, refund)) == 200
    await ann.waits_for("could not be paid out: your bank sent it back to us")
    await tom.waits_for("The customer's bank sent €5.00 for B-")
    tom.sees("It has to go back: see the card.")
    await shop.run_jobs()
    assert len(stripe.refunds) == 1
    await tom.taps("Refunded €5.00")
    await ann.looks()
    assert ann.transcript().count("could not be paid out") == 1
    await tom.types("/close")
    tom.does_not_see("differs", "has to go back")


@pytest.mark.parametrize(("gone", "left"), [(1250, ""), (500, "€7.50")])
async def test_what_the_owner_gave_back_unheard_is_not_asked_of_the_staff_as_well(
    shop: Shop, stripe: StripeStandIn, gone: int, left: str
) -> None:
    """No webhook told of it; then the order is cancelled, and Stripe refuses to give back all of it."""
    (tom,) = await shop.staff("Tom")
    ann = await _paid(shop, stripe)
    stripe.gives_back(stripe.charges[-1]["payment_intent"], gone)
    await ann.taps("Cancel order")
    await ann.taps("Yes, cancel it")
    for _ in range(2):
        await shop.run_jobs()
    await ann.waits_for(f"€{gone / 100:.2f} for order")
    await tom.looks()
    if left:
        await tom.waits_for(f"The gateway refuses to give back {left}")
        assert f"Refunded {left}" in tom.transcript()
    assert "Refunded €12.50" not in tom.transcript()
    assert ("refuses" in tom.transcript()) is bool(left)


async def test_a_refund_of_other_business_on_the_account_that_fails_is_nothing_to_the_shop(
    shop: Shop, stripe: StripeStandIn
) -> None:
    (tom,) = await shop.staff("Tom")
    refund = stripe.sends_back(stripe.gives_back(stripe.charged(2000)["payment_intent"], 2000))
    assert await shop.app.gateway_events["stripe"](*stripe.event("refund.failed", refund)) == 200
    await shop.run_jobs()
    await tom.looks()
    tom.does_not_see("bank sent")


async def test_when_stripe_is_away_nothing_is_lost_and_it_can_be_tried_again(
    shop: Shop, stripe: StripeStandIn
) -> None:
    ann = await at_summary(shop, "Ann", "dune")
    stripe.down = True
    await ann.taps("Pay")
    await ann.waits_for("The payment service does not answer just now. Nothing was charged")
    stripe.down = False
    await ann.taps("Try again")
    await ann.waits_for("on the page")
    assert len(stripe.sessions) == 1


async def test_a_late_payment_goes_back_by_itself_when_the_book_is_gone(
    shop: Shop, stripe: StripeStandIn
) -> None:
    ann = await _with_link(shop, "Ann", "dune messiah")
    stripe.down = True
    await shop.pass_time(timedelta(minutes=80))
    await ann.waits_for("was not paid in time")
    await with_reservation(shop, "Bob", "dune messiah")
    stripe.down = False
    _pays(stripe)
    await _hears(shop, stripe, "checkout.session.completed")
    await ann.waits_for("a book has been sold meanwhile")
    for _ in range(2):
        await shop.run_jobs()
    await ann.waits_for("is on its way back to you")
    assert [refund["amount"] for refund in stripe.refunds] == [1100]


async def test_each_way_to_pay_has_its_button(open_shop: OpenShop, stripe: StripeStandIn) -> None:
    shop = await open_shop(stripe_secret_key=SecretStr(KEY), stripe_api_url=stripe.url)
    ann = await at_summary(shop, "Ann", "dune")
    ann.sees("Pay €12.50 · in Telegram", "Pay €12.50 · online by card", "Reserve, pay at the counter")
    await ann.taps("Pay €12.50 · online by card")
    await ann.waits_for("on the page")


async def test_what_the_shop_keeps_of_a_cancelled_order_does_not_go_back(
    open_shop: OpenShop, stripe: StripeStandIn
) -> None:
    shop = await _opened(open_shop, stripe, cancel_keeps_percent=10)
    ann = await _paid(shop, stripe)
    await ann.taps("Cancel order")
    ann.sees("€11.25 of €12.50 goes back to you; the shop keeps €1.25, as its terms say.")
    await ann.taps("Yes, cancel it")
    for _ in range(3):
        await shop.pass_time(timedelta(minutes=5))
    await ann.waits_for("is on its way back to you")
    assert [refund["amount"] for refund in stripe.refunds] == [1125]
