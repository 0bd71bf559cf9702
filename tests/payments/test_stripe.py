"""Stripe Checkout against a strict stand-in."""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from annotated_types import Le

from bot.settings import Settings
from domain.ids import AttemptId
from domain.money import Money
from domain.payment import OpenLink, PriceLabel
from domain.ports.gateway import (
    BadSignature,
    Declined,
    Expired,
    GatewayUnreachable,
    Payable,
    Pending,
    Succeeded,
    Unknown,
)
from payments.stripe import StripeCheckout
from tests.payments.stripe_stand_in import KEY, WEBHOOK_SECRET, StripeStandIn

ATTEMPT = AttemptId("an-attempt")
LINES = (
    PriceLabel("2 × The Dispossessed", Money(2180, "EUR")),
    PriceLabel("A gift", Money(0, "EUR")),
    PriceLabel("Dune " * 100, Money(1250, "EUR")),
)
PAYABLE = Payable(
    attempt_id=ATTEMPT,
    number="B-7K4Q",
    title="The Corner Bookshop · B-7K4Q",
    description="two books",
    labels=LINES,
    total=Money(3430, "EUR"),
    until=datetime.now(UTC) + timedelta(minutes=15),
)


@pytest.fixture
async def stand_in() -> AsyncIterator[StripeStandIn]:
    async with StripeStandIn.running() as found:
        yield found


@pytest.fixture
async def gateway(stand_in: StripeStandIn) -> AsyncIterator[StripeCheckout]:
    found = _gateway(stand_in)
    yield found
    await found.close()


def _gateway(stand_in: StripeStandIn, key: str = KEY) -> StripeCheckout:
    return StripeCheckout(
        secret_key=key, webhook_secret=WEBHOOK_SECRET, back_url="https://t.me/shop_bot", api_url=stand_in.url
    )


async def _opened(gateway: StripeCheckout) -> OpenLink:
    started = await gateway.start(PAYABLE)
    assert isinstance(started, OpenLink)
    return started


async def test_a_session_asks_for_the_orders_total_and_names_the_attempt(
    gateway: StripeCheckout, stand_in: StripeStandIn
) -> None:
    link = await _opened(gateway)
    session = stand_in.sessions[link.reference]
    assert link.url == session["url"]
    assert (session["amount_total"], session["currency"]) == (3430, "eur")
    assert session["client_reference_id"] == session["metadata"]["attempt"] == ATTEMPT


async def test_the_longest_hold_that_a_shop_may_set_is_one_that_stripe_takes(gateway: StripeCheckout) -> None:
    """A session ends at most 24 hours after it was made (API reference, Checkout Session, expires_at)."""
    longest = next(one.le for one in Settings.model_fields["payment_minutes"].metadata if isinstance(one, Le))
    until = datetime.now(UTC) + timedelta(minutes=float(str(longest)))
    assert isinstance(await gateway.start(dataclasses.replace(PAYABLE, until=until)), OpenLink)


async def test_the_same_attempt_again_is_the_same_session(
    gateway: StripeCheckout, stand_in: StripeStandIn
) -> None:
    assert await _opened(gateway) == await _opened(gateway)
    assert len(stand_in.sessions) == 1


async def test_an_answer_that_was_lost_makes_no_second_session(
    gateway: StripeCheckout, stand_in: StripeStandIn
) -> None:
    stand_in.loses_answers = 2
    with pytest.raises(GatewayUnreachable):
        await gateway.start(PAYABLE)
    await _opened(gateway)
    assert len(stand_in.sessions) == 1


async def test_a_server_that_is_down_is_unreachable_and_a_look_is_unknown(
    gateway: StripeCheckout, stand_in: StripeStandIn
) -> None:
    stand_in.down = True
    with pytest.raises(GatewayUnreachable):
        await gateway.start(PAYABLE)
    assert isinstance(await gateway.look_up(ATTEMPT, "cs_test_1"), Unknown)


async def test_a_wrong_key_starts_nothing_and_refuses_no_refund_for_good(stand_in: StripeStandIn) -> None:
    gateway = _gateway(stand_in, "sk_test_wrong")
    try:
        assert isinstance(await gateway.start(PAYABLE), Unknown)
        assert isinstance(await gateway.refund(ATTEMPT, "pi_1", Money(1, "EUR"), "key"), Unknown)
    finally:
        await gateway.close()


async def test_looking_up_tells_open_paid_and_expired_apart(
    gateway: StripeCheckout, stand_in: StripeStandIn
) -> None:
    link = await _opened(gateway)
    assert await gateway.look_up(ATTEMPT, link.reference) == Pending()
    session = stand_in.pays(link.reference)
    paid = Succeeded(session["payment_intent"], Money(3430, "EUR"))
    assert await gateway.look_up(ATTEMPT, link.reference) == paid
    assert isinstance(await gateway.look_up(ATTEMPT, "cs_test_999"), Unknown)
    assert isinstance(await gateway.look_up(ATTEMPT, ""), Unknown)


async def test_ending_a_session_ends_it_and_one_that_was_paid_says_so(
    gateway: StripeCheckout, stand_in: StripeStandIn
) -> None:
    link = await _opened(gateway)
    assert [await gateway.expire(ATTEMPT, link.reference) for _ in range(2)] == [Expired(), Expired()]
    other = await gateway.start(dataclasses.replace(PAYABLE, attempt_id=AttemptId("another")))
    assert isinstance(other, OpenLink)
    session = stand_in.pays(other.reference)
    ended = await gateway.expire(AttemptId("another"), other.reference)
    assert ended == Succeeded(session["payment_intent"], Money(3430, "EUR"))


async def test_a_refund_is_made_once_by_its_key_in_part_or_whole_and_never_more(
    gateway: StripeCheckout, stand_in: StripeStandIn
) -> None:
    link = await _opened(gateway)
    charge = stand_in.pays(link.reference)["payment_intent"]
    stand_in.loses_answers = 2
    assert isinstance(await gateway.refund(ATTEMPT, charge, Money(1000, "EUR"), "key-1"), Unknown)
    first = await gateway.refund(ATTEMPT, charge, Money(1000, "EUR"), "key-1")
    rest = await gateway.refund(ATTEMPT, charge, Money(2430, "EUR"), "key-2")
    assert isinstance(first, Succeeded)
    assert isinstance(rest, Succeeded)
    assert [refund["amount"] for refund in stand_in.refunds] == [1000, 2430]
    more = await gateway.refund(ATTEMPT, charge, Money(1, "EUR"), "key-3")
    assert more == Declined("charge_already_refunded")
    other = await gateway.refund(ATTEMPT, charge, Money(999, "EUR"), "key-1")
    assert isinstance(other, Unknown)


async def test_an_event_names_its_attempt_and_what_happened_and_keeps_nothing_personal(
    gateway: StripeCheckout, stand_in: StripeStandIn
) -> None:
    link = await _opened(gateway)
    event = gateway.read_event(
        *stand_in.event("checkout.session.completed", stand_in.sessions[link.reference])
    )
    assert (event.attempt_id, event.outcome) == (ATTEMPT, Pending())
    session = stand_in.pays(link.reference)
    paid = Succeeded(session["payment_intent"], Money(3430, "EUR"))
    for kind in ("checkout.session.completed", "checkout.session.async_payment_succeeded"):
        assert gateway.read_event(*stand_in.event(kind, session)).outcome == paid
    assert gateway.read_event(*stand_in.event("checkout.session.expired", session)).outcome == Expired()
    failed = gateway.read_event(*stand_in.event("checkout.session.async_payment_failed", session))
    assert failed.outcome == Declined("async_payment_failed")
    charge = {"id": "ch_1", "amount_refunded": 500, "currency": "eur", "metadata": {"attempt": ATTEMPT}}
    assert gateway.read_event(*stand_in.event("charge.refunded", charge)).refunded == Money(500, "EUR")
    other = gateway.read_event(*stand_in.event("customer.created", {"id": "cus_1"}))
    assert (other.attempt_id, other.outcome, other.refunded) == (None, None, None)
    kept = json.loads(event.raw)
    assert kept["object"]["id"] == link.reference
    assert "ann@example.org" not in event.raw
    card = {"payment_method_details": {"card": {"last4": "4242", "fingerprint": "Xt5EWLLDS7FJjR1c"}}}
    person = {"billing_details": {"name": "Ann B.", "address": {"line1": "12 Mill Lane"}}}
    foreign = charge | card | person | {"metadata": {"attempt": ATTEMPT, "patient": "Ann B., born 1980"}}
    kept = json.loads(gateway.read_event(*stand_in.event("charge.refunded", foreign)).raw)["object"]
    assert kept == {"id": "ch_1", "amount_refunded": 500, "currency": "eur", "metadata": {"attempt": ATTEMPT}}


async def test_without_a_webhooks_secret_no_event_is_believed(stand_in: StripeStandIn) -> None:
    """An empty secret signs as any other does: whoever knows that there is none could say that an order was paid."""
    gateway = StripeCheckout(secret_key="sk_test_1", webhook_secret="", back_url="https://t.me/shop_bot")
    body, _ = stand_in.event("checkout.session.completed", {"metadata": {"attempt": "a"}})
    at = int(time.time())
    signed = hmac.new(b"", f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    with pytest.raises(BadSignature):
        gateway.read_event(body, {"Stripe-Signature": f"t={at},v1={signed}"})


async def test_an_event_without_the_right_and_recent_signature_is_refused(
    gateway: StripeCheckout, stand_in: StripeStandIn
) -> None:
    link = await _opened(gateway)
    body, headers = stand_in.event("checkout.session.completed", stand_in.pays(link.reference))
    old = stand_in.event("checkout.session.completed", {}, at=time.time() - 3600)
    forged = body.replace(b"3430", b"3431")
    for given, signed in [
        (body, {}),
        (forged, headers),
        old,
        (b"\xff\xfe", headers),
        (body, {"Stripe-Signature": "t=x"}),
    ]:
        with pytest.raises(BadSignature):
            gateway.read_event(given, signed)
    assert (
        gateway.read_event(body, {name.lower(): value for name, value in headers.items()}).attempt_id
        == ATTEMPT
    )


@pytest.mark.parametrize(
    ("currency", "sent"), [("EUR", 500), ("JPY", 500), ("ISK", 50000), ("UGX", 50000), ("MGA", 5)]
)
async def test_amounts_are_written_as_stripe_writes_them(
    gateway: StripeCheckout, stand_in: StripeStandIn, currency: str, sent: int
) -> None:
    amount = Money(500, currency)
    started = await gateway.start(
        dataclasses.replace(PAYABLE, labels=(PriceLabel("Dune", amount),), total=amount)
    )
    assert isinstance(started, OpenLink)
    assert stand_in.sessions[started.reference]["amount_total"] == sent
    charge = stand_in.pays(started.reference)["payment_intent"]
    assert await gateway.look_up(ATTEMPT, started.reference) == Succeeded(charge, amount)


async def test_an_amount_that_stripe_cannot_write_is_neither_charged_nor_given_back(
    gateway: StripeCheckout, stand_in: StripeStandIn
) -> None:
    """ISO 4217 divides the ariary, and Stripe does not: nothing is rounded."""
    amount = Money(550, "MGA")
    payable = dataclasses.replace(PAYABLE, labels=(PriceLabel("Dune", amount),), total=amount)
    assert isinstance(await gateway.start(payable), Unknown)
    assert isinstance(await gateway.refund(ATTEMPT, "pi_1", amount, "key"), Declined)
    assert not stand_in.requests


async def test_more_lines_than_stripe_takes_are_summed_up(
    gateway: StripeCheckout, stand_in: StripeStandIn
) -> None:
    lines = tuple(PriceLabel(f"Title {number}", Money(100, "EUR")) for number in range(150))
    started = await gateway.start(dataclasses.replace(PAYABLE, labels=lines, total=Money(15000, "EUR")))
    assert isinstance(started, OpenLink)
    assert stand_in.sessions[started.reference]["amount_total"] == 15000


async def test_no_secret_shows_in_what_might_be_printed(gateway: StripeCheckout) -> None:
    assert KEY not in repr(gateway)
    assert WEBHOOK_SECRET not in repr(gateway)
