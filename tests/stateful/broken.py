"""Ways in which a shop may be broken that the machines have to find out."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

import pytest

from domain.payment import Attempt, Entry, EntryKind
from domain.services.holds import Holds
from domain.services.lifecycle import Lifecycle
from domain.services.refunds import Refunds
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


def tells_nobody(patch: pytest.MonkeyPatch) -> None:
    async def nothing(self: Lifecycle, *_: object, **__: object) -> None:
        return None

    patch.setattr(Lifecycle, "tell_customer", nothing)
