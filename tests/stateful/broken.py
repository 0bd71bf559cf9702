"""Ways in which a shop may be broken that the machines have to find out."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

import pytest

from domain.ids import CustomerId, OrderId
from domain.order import Order
from domain.payment import Attempt, Entry, EntryKind
from domain.ports.unit_of_work import Work
from domain.services.holds import Holds
from domain.services.lifecycle import Lifecycle
from domain.services.orders import CustomerOrders
from domain.services.refunds import Refunds, offer
from storage.orders import SqlOrders
from storage.payments import SqlPayments


def counts_a_charge_each_time(patch: pytest.MonkeyPatch) -> None:
    """The journal's key is no longer the charge's."""
    enter, numbers = SqlPayments.enter, itertools.count()

    async def anew(self: SqlPayments, entry: Entry) -> bool:
        if entry.kind is EntryKind.PAID:
            entry = dataclasses.replace(entry, key=f"{entry.key}#{next(numbers)}")
        return await enter(self, entry)

    patch.setattr(SqlPayments, "enter", anew)


def asks_for_a_refund_under_a_new_key(patch: pytest.MonkeyPatch) -> None:
    ask = Refunds.ask

    async def anew(self: Refunds, attempt: Attempt, due: Entry) -> Any:
        return await ask(self, attempt, dataclasses.replace(due, key=f"{due.key} {attempt.tries}"))

    patch.setattr(Refunds, "ask", anew)


def forgets_what_was_ordered(patch: pytest.MonkeyPatch) -> None:
    """A confirmation that comes again does not find the order that it placed."""

    async def nothing(self: SqlOrders, checkout_id: str) -> None:
        return None

    patch.setattr(SqlOrders, "by_checkout", nothing)


def keeps_what_nobody_wants(patch: pytest.MonkeyPatch) -> None:
    """The copies of an order that ended stay held."""

    async def nothing(self: Holds, *_: object) -> None:
        return None

    patch.setattr(Holds, "release", nothing)


def takes_any_answer_to_what_goes_back(patch: pytest.MonkeyPatch) -> None:
    """A confirmation cancels by the terms of the moment, whatever the customer read."""
    cancel = CustomerOrders.cancel

    async def anyhow(
        self: CustomerOrders, work: Work, customer_id: CustomerId, order_id: OrderId, *, agreed: int
    ) -> Any:
        seen = (await self.view(work, customer_id, order_id)).cancelling
        agreed = seen.back.minor if seen is not None else agreed
        return await cancel(self, work, customer_id, order_id, agreed=agreed)

    patch.setattr(CustomerOrders, "cancel", anyhow)


def keeps_a_part_of_what_the_staff_cancel(patch: pytest.MonkeyPatch) -> None:
    call_off = Lifecycle.call_off

    async def keeping(self: Lifecycle, work: Work, order: Order, **facts: Any) -> Any:
        entries = await work.payments.journal(order.id)
        kept = offer(entries, order.cancel_terms, self._clock.now(), order.total.currency).kept
        return await call_off(self, work, order, **(facts | {"keep": kept}))

    patch.setattr(Lifecycle, "call_off", keeping)


def tells_nobody(patch: pytest.MonkeyPatch) -> None:
    async def nothing(self: Lifecycle, *_: object, **__: object) -> None:
        return None

    patch.setattr(Lifecycle, "tell_customer", nothing)
