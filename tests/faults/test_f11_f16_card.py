"""F16, over HTTP: the card gateway charges or gives back, and the network breaks before it has said so; and F11: its events."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest
from pydantic import SecretStr

from domain.order import OrderState
from sandbox.card.client import CardClient
from sandbox.persons import Person
from tests.chat.buying import at_summary
from tests.chat.conftest import OpenShop
from tests.chat.shop import Shop
from tests.faults.guard import fault_if, prevented_by, rewritten
from tests.faults.rules import GONE_THERE
from tests.faults.test_f16_unknown import LOOKED_AFTER

CARD_START_KEY = rewritten(
    "the idempotency key of a card payment's start",
    "payments.card:CardGateway.start",
    "f'start-{payable.attempt_id}'",
    "f'start-{time.monotonic()}'",
)
CARD_REFUND_KEY = rewritten(
    "the idempotency key of a card's refund",
    "payments.card:CardGateway.refund",
    "await self._call('POST', f'/payments/{payment}/refunds', wish, key)",
    "await self._call('POST', f'/payments/{payment}/refunds', wish, f'{key}{time.monotonic()}')",
)

CARD_SIGNATURE = rewritten(
    "the signature of a card gateway's event, and its time",
    "payments.card:CardGateway.read_event",
    "hmac.compare_digest(expected.encode(), signed.encode())",
    "True",
    (
        "not (at.isascii() and at.isdigit() and len(at) < 12) or abs(time.time() - int(at)) > TOLERANCE",
        "False",
    ),
)


@pytest.fixture
async def shop(open_shop: OpenShop) -> Shop:
    return await open_shop(card=True, telegram_provider_token=SecretStr(""))


@pytest.fixture
def card(shop: Shop) -> CardClient:
    return CardClient(shop.telegram)


async def _with_link(shop: Shop) -> Person:
    ann = await at_summary(shop, "Ann", "dune")
    await ann.taps("Pay")
    return ann


@prevented_by(CARD_START_KEY)
async def test_f16_a_card_payment_whose_start_was_lost_is_made_once(shop: Shop, card: CardClient) -> None:
    ann = await at_summary(shop, "Ann", "dune")
    await card.fault("drop_after", "create")
    await ann.taps("Pay")
    await ann.taps("Try again")
    payments = await card.payments()
    fault_if(len(payments) > 1, "one order can be paid on two pages")
    assert len(payments) == 1


@prevented_by(LOOKED_AFTER)
async def test_f16_a_card_that_was_charged_unheard_pays_its_order(shop: Shop, card: CardClient) -> None:
    ann = await _with_link(shop)
    await card.pays(telling="never")
    await shop.pass_time(timedelta(seconds=25))
    await ann.looks()
    fault_if("Paid: order B-" not in ann.transcript(), "the card was charged, and the shop does not know")


@prevented_by((CARD_REFUND_KEY, GONE_THERE))
async def test_f16_a_refund_that_was_made_unheard_is_not_asked_of_a_person_as_well(
    shop: Shop, card: CardClient
) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await _with_link(shop)
    await card.pays(telling="never")
    await shop.pass_time(timedelta(seconds=25))
    await ann.looks()
    await ann.taps("Cancel order")
    await ann.taps("Yes, cancel it")
    await card.fault("drop_after", "refund")
    for _ in range(3):
        await shop.pass_time(timedelta(minutes=5))
    assert (await card.payment())["amount_refunded"] == 1250
    await tom.looks()
    by_hand = "by hand" in tom.transcript() or "Refunded €12.50" in tom.transcript()
    fault_if(by_hand, "the staff are to give back what has gone back already")
    await ann.waits_for("is on its way back to you")


@pytest.mark.parametrize("signature", ["", "t={now},v1=", "t={now},v1=00"])
@prevented_by(CARD_SIGNATURE)
async def test_f11_an_event_that_the_card_gateway_did_not_sign_pays_nothing(
    shop: Shop, card: CardClient, signature: str
) -> None:
    await _with_link(shop)
    paid = {**await card.payment(), "state": "paid", "charge": "ch_forged"}
    body = json.dumps({"id": "ev_forged", "type": "payment.paid", "created": 1, "payment": paid}).encode()
    headers = {"Card-Signature": signature.format(now=int(time.time()))}
    status = await shop.app.gateway_events["sandbox_card"](body, headers)
    async with shop.app.unit_of_work.reading() as look:
        (order,), _ = await look.orders.open_ones(offset=0, limit=2)
    fault_if(order.state is OrderState.PAID, "an event that the gateway never sent paid an order")
    assert status == 400
