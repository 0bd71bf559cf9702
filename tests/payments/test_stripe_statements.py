"""What Stripe took and gave back in a span, page by page, without what else goes over the account."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from domain.ids import AttemptId
from domain.money import Money
from domain.ports.gateway import Charged, GaveBack, Statement, Unknown
from payments.stripe import StripeCheckout
from tests.payments.stripe_stand_in import KEY, WEBHOOK_SECRET, StripeStandIn

MIDNIGHT = datetime(2026, 11, 25, tzinfo=UTC)
NEXT = MIDNIGHT + timedelta(days=1)
OURS = {"attempt": "an-attempt", "order": "B-7K4Q"}


@pytest.fixture
async def stand_in() -> AsyncIterator[StripeStandIn]:
    async with StripeStandIn.running() as found:
        yield found


@pytest.fixture
async def gateway(stand_in: StripeStandIn) -> AsyncIterator[StripeCheckout]:
    found = StripeCheckout(
        secret_key=KEY, webhook_secret=WEBHOOK_SECRET, back_url="https://t.me/shop_bot", api_url=stand_in.url
    )
    yield found
    await found.close()


async def test_a_span_has_its_first_second_and_not_the_first_of_the_next(
    gateway: StripeCheckout, stand_in: StripeStandIn
) -> None:
    start, end = MIDNIGHT.timestamp(), NEXT.timestamp()
    _, first, last, _ = (
        stand_in.charged(1000, "eur", OURS, at=at) for at in (start - 1, start, end - 1, end)
    )
    backs = [stand_in.gives_back(first["payment_intent"], 100, at=at) for at in (start - 1, start, end)]
    found = await gateway.statement(MIDNIGHT, NEXT)
    attempt, eur = AttemptId("an-attempt"), Money(1000, "EUR")
    assert found == Statement(
        (
            Charged(last["payment_intent"], attempt, eur, NEXT - timedelta(seconds=1)),
            Charged(first["payment_intent"], attempt, eur, MIDNIGHT),
        ),
        (GaveBack(backs[1]["id"], first["payment_intent"], attempt, Money(100, "EUR"), MIDNIGHT),),
    )


async def test_many_pages_are_one_statement(gateway: StripeCheckout, stand_in: StripeStandIn) -> None:
    stand_in.page = 3
    for number in range(10):
        charge = stand_in.charged(100 + number, "eur", OURS, at=MIDNIGHT.timestamp() + number // 4)
        stand_in.gives_back(charge["payment_intent"], 50, at=MIDNIGHT.timestamp() + 10)
    found = await gateway.statement(MIDNIGHT, NEXT)
    assert isinstance(found, Statement)
    assert sorted(charge.amount.minor for charge in found.charges) == list(range(100, 110))
    assert len({refund.refund_id for refund in found.refunds}) == 10
    assert [path for _, path in stand_in.requests] == ["/v1/charges"] * 4 + ["/v1/refunds"] * 4


async def test_other_business_on_the_account_and_what_took_no_money_is_left_out(
    gateway: StripeCheckout, stand_in: StripeStandIn
) -> None:
    at = MIDNIGHT.timestamp()
    foreign = stand_in.charged(9900, "eur", {"invoice": "4711"}, at=at)
    stand_in.gives_back(foreign["payment_intent"], 9900, at=at)
    for status in ("failed", "pending"):
        stand_in.charged(1000, "eur", OURS, at=at, status=status)
    ours = stand_in.charged(1000, "eur", OURS, at=at)
    stand_in.sends_back(stand_in.gives_back(ours["payment_intent"], 300, at=at))
    found = await gateway.statement(MIDNIGHT, NEXT)
    assert isinstance(found, Statement)
    assert [charge.charge_id for charge in found.charges] == [ours["payment_intent"]]
    assert found.refunds == ()
    assert await gateway.refunded_so_far(ours["payment_intent"], "EUR") == Money(0, "EUR")


async def test_what_went_back_of_a_charge_is_told_in_all_whoever_gave_it_back(
    gateway: StripeCheckout, stand_in: StripeStandIn
) -> None:
    charge = stand_in.charged(50000, "isk", OURS)["payment_intent"]
    assert await gateway.refunded_so_far(charge, "ISK") == Money(0, "ISK")
    stand_in.gives_back(charge, 10000)
    await gateway.refund(AttemptId("an-attempt"), charge, Money(50, "ISK"), "key")
    assert await gateway.refunded_so_far(charge, "ISK") == Money(150, "ISK")
    assert isinstance(await gateway.refunded_so_far("pi_999", "ISK"), Unknown)


async def test_a_statement_that_cannot_be_had_is_unknown_and_never_half_of_one(
    gateway: StripeCheckout, stand_in: StripeStandIn
) -> None:
    stand_in.charged(1000, "eur", OURS, at=MIDNIGHT.timestamp())
    stand_in.down = True
    assert isinstance(await gateway.statement(MIDNIGHT, NEXT), Unknown)
    assert isinstance(await gateway.refunded_so_far("pi_1", "EUR"), Unknown)
    stand_in.down = False
    # The charges are answered; then, however often it is tried, the list of refunds is not.
    stand_in.breaks_at = "/v1/refunds"
    assert isinstance(await gateway.statement(MIDNIGHT, NEXT), Unknown)
