"""A gateway that did not say, and then does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.payment import AttemptState
from domain.ports.gateway import Capabilities, Unknown
from tests.databases import Store
from tests.domain.pretend_gateway import PretendGateway
from tests.domain.trade import Trade

LINK = Capabilities(refunds=True, partial_refunds=True, look_up=True, expire=True)


@pytest.mark.parametrize("cancelled", [False, True])
async def test_a_doubt_ends_when_the_gateway_says_again_that_nothing_was_paid(
    store: Store, cancelled: bool
) -> None:
    """It is payable as before, or, if its order was called off meanwhile, ended at the gateway."""
    gateway = PretendGateway("stripe", LINK)
    trade = Trade.over(store, gateway)
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    gateway.told[attempt.id] = Unknown("no answer")
    trade.clock.pass_time(timedelta(minutes=1))
    await trade.reconciliation.run(trade.uow)
    assert (await trade.attempt(attempt.id)).state is AttemptState.IN_DOUBT
    assert ann.customer_id is not None
    if cancelled:
        async with trade.turn() as work:
            await trade.cancel(work, ann.customer_id, order.id)
    gateway.told.clear()
    for _ in range(3):
        trade.clock.pass_time(timedelta(minutes=2))
        await trade.reconciliation.run(trade.uow)
    state = (await trade.attempt(attempt.id)).state
    assert state is (AttemptState.ABANDONED if cancelled else AttemptState.STARTED)
    assert gateway.ended == ([attempt.id] if cancelled else [])
    if not cancelled:
        async with trade.turn() as work:
            again = await trade.payments.pay(work, ann.customer_id, order.id, "stripe")
        assert again.id == attempt.id
