"""The adapter of the card gateway, against the gateway itself."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from domain.ids import AttemptId
from domain.money import Money
from domain.payment import OpenLink, PriceLabel
from domain.ports.gateway import (
    BadSignature,
    Charged,
    Declined,
    Expired,
    GatewayUnreachable,
    GaveBack,
    Payable,
    Pending,
    Statement,
    Succeeded,
    Unknown,
)
from payments.card import TOLERANCE, CardGateway
from sandbox.card.client import CardClient
from sandbox.card.events import SIGNATURE, signature
from sandbox.client import SandboxClient
from sandbox.sandbox import Sandbox

ATTEMPT = AttemptId("an-attempt")
PAYABLE = Payable(
    attempt_id=ATTEMPT,
    number="B-7K4Q",
    title="The Corner Bookshop · B-7K4Q",
    description="two books",
    labels=(
        PriceLabel("2 × The Dispossessed", Money(2180, "EUR")),
        PriceLabel("A gift", Money(0, "EUR")),
        PriceLabel("Dune " * 100, Money(1250, "EUR")),
    ),
    total=Money(3430, "EUR"),
    until=datetime.now(UTC) + timedelta(minutes=15),
)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.running(smtp_port=-1) as found:
        yield found


@pytest.fixture
async def card(sandbox: Sandbox) -> AsyncIterator[CardClient]:
    async with SandboxClient(sandbox.url) as client:
        yield CardClient(client)


@pytest.fixture
async def gateway(sandbox: Sandbox) -> AsyncIterator[CardGateway]:
    found = _gateway(sandbox)
    yield found
    await found.close()


def _gateway(sandbox: Sandbox, key: str = "", url: str = "") -> CardGateway:
    return CardGateway(
        api_url=url or f"{sandbox.url}/card",
        key=key or sandbox.settings.card_key,
        webhook_secret=sandbox.settings.card_webhook_secret,
        back_url="https://t.me/shop_bot",
        timeout=0.5,
    )


async def _opened(gateway: CardGateway) -> OpenLink:
    started = await gateway.start(PAYABLE)
    assert isinstance(started, OpenLink)
    return started


async def _charged(gateway: CardGateway, card: CardClient) -> Succeeded:
    link = await _opened(gateway)
    await card.pays()
    outcome = await gateway.look_up(ATTEMPT, link.reference)
    assert isinstance(outcome, Succeeded)
    return outcome


async def test_a_payment_asks_for_the_orders_total_and_is_made_once(
    gateway: CardGateway, card: CardClient
) -> None:
    first, second = await _opened(gateway), await _opened(gateway)
    assert first == second
    (payment,) = await card.payments()
    assert (payment["amount"], payment["currency"], payment["reference"]) == (3430, "EUR", ATTEMPT)
    assert first.url.endswith(f"/card/pay/{payment['id']}")
    assert await gateway.look_up(ATTEMPT, first.reference) == Pending()


async def test_another_request_under_the_same_key_is_refused(gateway: CardGateway, card: CardClient) -> None:
    await _opened(gateway)
    other = dataclasses.replace(PAYABLE, title="Another order")
    assert await gateway.start(other) == Unknown("idempotency_key_reused")
    assert len(await card.payments()) == 1


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "timeout_before", "timeout_after", "500"])
async def test_a_start_without_an_answer_is_unknown_and_the_next_one_brings_the_same_payment(
    gateway: CardGateway, card: CardClient, kind: str
) -> None:
    await card.fault(kind, "create", seconds=1)
    assert isinstance(await gateway.start(PAYABLE), Unknown)
    await _opened(gateway)
    assert len(await card.payments()) == 1


async def test_a_gateway_that_is_not_there_was_not_asked(sandbox: Sandbox) -> None:
    gateway = _gateway(sandbox, url="http://127.0.0.1:1/card")
    with pytest.raises(GatewayUnreachable):
        await gateway.start(PAYABLE)
    assert isinstance(await gateway.look_up(ATTEMPT, "pay_1"), Unknown)
    assert isinstance(await gateway.refund(ATTEMPT, "pay_1/chg_1", Money(1, "EUR"), "k"), Unknown)
    await gateway.close()


async def test_a_wrong_key_says_nothing_of_the_money(sandbox: Sandbox) -> None:
    gateway = _gateway(sandbox, key="guess")
    assert await gateway.start(PAYABLE) == Unknown("wrong_key")
    assert await gateway.look_up(ATTEMPT, "pay_1") == Unknown("wrong_key")
    assert await gateway.refund(ATTEMPT, "pay_1/chg_1", Money(1, "EUR"), "k") == Unknown("wrong_key")
    await gateway.close()


async def test_what_was_paid_is_found_by_its_id_and_by_the_attempts(
    gateway: CardGateway, card: CardClient
) -> None:
    assert await gateway.look_up(ATTEMPT, "") == Pending()
    charged = await _charged(gateway, card)
    assert charged.amount == Money(3430, "EUR")
    assert await gateway.look_up(ATTEMPT, "") == charged


async def test_a_declined_card_leaves_another_try_and_the_third_is_the_last(
    gateway: CardGateway, card: CardClient
) -> None:
    link = await _opened(gateway)
    await card.declines()
    assert await gateway.look_up(ATTEMPT, link.reference) == Pending()
    await card.declines()
    await card.declines(reason="expired_card")
    assert await gateway.look_up(ATTEMPT, link.reference) == Declined("expired_card")


async def test_a_payment_that_is_ended_can_no_longer_be_paid_and_a_paid_one_not_be_ended(
    gateway: CardGateway, card: CardClient
) -> None:
    link = await _opened(gateway)
    assert await gateway.expire(ATTEMPT, link.reference) == Expired()
    assert await gateway.expire(ATTEMPT, link.reference) == Expired()
    other = await gateway.start(dataclasses.replace(PAYABLE, attempt_id=AttemptId("another")))
    assert isinstance(other, OpenLink)
    await card.pays()
    assert isinstance(await gateway.expire(AttemptId("another"), other.reference), Succeeded)


async def test_a_bank_that_takes_its_time_is_pending_until_it_answers(
    gateway: CardGateway, card: CardClient, sandbox: Sandbox
) -> None:
    link = await _opened(gateway)
    await card.pays(after=30)
    assert await gateway.look_up(ATTEMPT, link.reference) == Pending()
    assert await gateway.expire(ATTEMPT, link.reference) == Pending()
    sandbox.clock.advance(31)
    assert isinstance(await gateway.look_up(ATTEMPT, link.reference), Succeeded)


async def test_parts_go_back_each_once_and_never_more_than_was_paid(
    gateway: CardGateway, card: CardClient
) -> None:
    charged = await _charged(gateway, card)
    first = await gateway.refund(ATTEMPT, charged.charge_id, Money(1000, "EUR"), "due:1")
    again = await gateway.refund(ATTEMPT, charged.charge_id, Money(1000, "EUR"), "due:1")
    assert first == again
    assert isinstance(first, Succeeded)
    too_much = await gateway.refund(ATTEMPT, charged.charge_id, Money(2431, "EUR"), "due:2")
    assert too_much == Declined("refund_exceeds_payment")
    assert isinstance(
        await gateway.refund(ATTEMPT, charged.charge_id, Money(2430, "EUR"), "due:3"), Succeeded
    )
    assert (await card.payment())["amount_refunded"] == 3430


@pytest.mark.parametrize("kind", ["drop_after", "timeout_after"])
async def test_a_refund_whose_answer_is_lost_is_made_once(
    gateway: CardGateway, card: CardClient, kind: str
) -> None:
    charged = await _charged(gateway, card)
    await card.fault(kind, "refund", seconds=1)
    assert isinstance(await gateway.refund(ATTEMPT, charged.charge_id, charged.amount, "due:1"), Unknown)
    assert isinstance(await gateway.refund(ATTEMPT, charged.charge_id, charged.amount, "due:1"), Succeeded)
    assert len((await card.payment())["refunds"]) == 1


async def test_events_are_believed_only_with_a_right_and_recent_signature(
    gateway: CardGateway, card: CardClient, sandbox: Sandbox
) -> None:
    charged = await _charged(gateway, card)
    body = json.dumps((await card.events())[-1]["body"])
    secret, now = sandbox.settings.card_webhook_secret, int(time.time())
    event = gateway.read_event(body.encode(), {SIGNATURE.upper(): signature(secret, body, now)})
    assert (event.attempt_id, event.outcome, event.kind) == (ATTEMPT, charged, "payment.paid")
    for wrong in (
        signature("another secret", body, now),
        signature(secret, body, now - TOLERANCE - 5),
        signature(secret, body + " ", now),
        signature(secret, body, now).replace(f"t={now}", f"t={now + 1}"),
        "",
        "t=,v1=",
        "t=٣,v1=é",
        "nonsense",
    ):
        with pytest.raises(BadSignature):
            gateway.read_event(body.encode(), {SIGNATURE: wrong})
    for nonsense in ("[]", "{}", '{"id": 1, "type": "x", "payment": 3}', "no json"):
        with pytest.raises(ValueError):  # noqa: PT011  # json's own error is one
            gateway.read_event(nonsense.encode(), {SIGNATURE: signature(secret, nonsense, now)})


async def test_a_refund_at_the_providers_desk_is_told_as_what_went_back_in_all(
    gateway: CardGateway, card: CardClient, sandbox: Sandbox
) -> None:
    await _charged(gateway, card)
    await card.refunds(amount=500)
    body = json.dumps((await card.events())[-1]["body"])
    signed = signature(sandbox.settings.card_webhook_secret, body, int(time.time()))
    event = gateway.read_event(body.encode(), {SIGNATURE: signed})
    assert (event.refunded, event.outcome) == (Money(500, "EUR"), None)
    assert "The Dispossessed" not in event.raw


async def test_a_statement_lists_the_spans_charges_and_refunds_whoever_made_them(
    gateway: CardGateway, card: CardClient, sandbox: Sandbox
) -> None:
    charged = await _charged(gateway, card)
    refund = await gateway.refund(ATTEMPT, charged.charge_id, Money(1000, "EUR"), "due:1")
    assert isinstance(refund, Succeeded)
    payment = await card.refunds(amount=500)
    ids = [one["id"] for one in payment["refunds"]]
    assert refund.charge_id == ids[0]
    paid_at = datetime.fromtimestamp(payment["paid_at"], UTC)
    start, end = paid_at - timedelta(seconds=10), paid_at + timedelta(seconds=60)
    found = await gateway.statement(start, end)
    assert isinstance(found, Statement)
    assert found.charges == (Charged(charged.charge_id, ATTEMPT, charged.amount, paid_at),)
    assert [(one.refund_id, one.charge_id, one.attempt_id, one.amount.minor) for one in found.refunds] == [
        (ids[0], charged.charge_id, ATTEMPT, 1000),
        (ids[1], charged.charge_id, ATTEMPT, 500),
    ]
    assert isinstance(found.refunds[0], GaveBack)
    assert await gateway.refunded_so_far(charged.charge_id, "EUR") == Money(1500, "EUR")
    # From its own second on, and no longer in the next.
    assert await gateway.statement(paid_at - timedelta(days=1), paid_at) == Statement()
    at_that_second = await gateway.statement(paid_at, paid_at + timedelta(seconds=1))
    assert isinstance(at_that_second, Statement)
    assert at_that_second.charges == found.charges


async def test_a_statement_that_cannot_be_had_is_unknown_and_never_half_of_one(
    gateway: CardGateway, card: CardClient, sandbox: Sandbox
) -> None:
    charged = await _charged(gateway, card)
    start, end = datetime.now(UTC) - timedelta(days=1), datetime.now(UTC) + timedelta(days=1)
    # A dropped connection is tried once more by the client, since it only asks.
    for kind, times in (("500", 1), ("drop_before", 2)):
        await card.fault(kind, "find", times=times)
        assert isinstance(await gateway.statement(start, end), Unknown)
        await card.fault(kind, "find", times=times)
        assert isinstance(await gateway.refunded_so_far(charged.charge_id, "EUR"), Unknown)
    stranger = _gateway(sandbox, key="guess")
    assert await stranger.statement(start, end) == Unknown("wrong_key")
    await stranger.close()
