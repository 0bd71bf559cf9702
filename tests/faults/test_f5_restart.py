"""F5: a payment update lost in a restart."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from domain.errors import PassingFailure
from domain.order import OrderState
from storage.payments import SqlPayments
from storage.unit_of_work import SqlWork
from tests.chat.buying import with_invoice
from tests.chat.shop import Shop
from tests.faults.guard import fault_if, prevented_by, rewritten

OFFSET = rewritten(
    "an offset that stays below what is not committed",
    "bot.polling:Poller._offset",
    "min(self._under_way, default=self._next)",
    "self._next",
)
COMMITTED = rewritten(
    "counting an update as handled only when it is committed",
    "bot.intake:Intake.take",
    "await committed",
    "None",
)
NEVER_GIVEN_UP = rewritten(
    "that a payment's update is never given up",
    "bot.intake:Intake._given_up",
    "not isinstance(received.input, PaymentDone)",
    "True",
)


@asynccontextmanager
async def _nothing_is_committed() -> AsyncIterator[None]:
    """What was about to be is still waiting at the end, and dies."""
    over = asyncio.Event()

    async def dies(work: SqlWork) -> None:
        await over.wait()
        raise asyncio.CancelledError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqlWork, "commit", dies)
        yield
        over.set()
        await asyncio.sleep(0)


async def _is_paid(shop: Shop) -> bool:
    async with shop.app.unit_of_work.reading() as look:
        (order,), _ = await look.orders.open_ones(offset=0, limit=2)
    return order.state is OrderState.PAID


async def _comes_to_be_paid(shop: Shop) -> bool:
    """Whether the payment is counted by the time at which somebody who writes later has been answered."""
    bob = await shop.person("Bob")
    await bob.types("/help")
    return await _is_paid(shop)


@prevented_by(OFFSET, COMMITTED)
async def test_f5_a_payment_that_was_being_counted_when_the_shop_died_is_counted(shop: Shop) -> None:
    ann = await with_invoice(shop, "Ann", "dune")
    payment = await ann.pays(delivery="held")
    async with _nothing_is_committed():
        await shop.telegram.request("POST", f"/payments/{payment['id']}/deliver", {})
        await asyncio.sleep(0.4)  # polls go on meanwhile, with what they take for handled
        await shop.crash()
    await shop.start()
    paid = await _comes_to_be_paid(shop)
    fault_if(not paid, "the customer paid, and the update was lost")
    await ann.waits_for("Thank you, €12.50 received")


@prevented_by(NEVER_GIVEN_UP)
async def test_f5_a_payment_that_cannot_be_counted_now_is_counted_when_it_can_be(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other updates are given up after three failures, as they would hold up those behind them."""
    failed, enter = 0, SqlPayments.enter

    async def fails(self: SqlPayments, entry: Any) -> bool:
        nonlocal failed
        failed += 1
        raise PassingFailure("the disk is full")

    async def another_failure() -> bool:
        return failed > before

    ann = await with_invoice(shop, "Ann", "dune")
    payment = await ann.pays(delivery="held")
    monkeypatch.setattr(SqlPayments, "enter", fails)
    await shop.telegram.request("POST", f"/payments/{payment['id']}/deliver", {})
    for _ in range(3):
        before = failed
        await shop.eventually(another_failure)
        await asyncio.sleep(0.05)
        await shop.crash()
        await shop.start()
    monkeypatch.setattr(SqlPayments, "enter", enter)
    await shop.restart()
    fault_if(not await _comes_to_be_paid(shop), "a payment was given up after three failures")
