"""What our books know of an order's money, for a charge or a refund that is looked into; and all that went back of it, there and
here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.closing import Difference, Finding
from domain.ids import AttemptId, OrderId
from domain.money import Money, total
from domain.payment import SAID_PAID, Attempt, Balance, Entry, EntryKind, charge_key, real_charge
from domain.ports.gateway import PaymentGateway, Unknown
from domain.ports.unit_of_work import Look
from domain.services.refunds import REFUSED

BY_HAND = "provider"
"""The way of money that somebody gave back at a provider: which charge's it was is not written down."""


@dataclass(frozen=True, slots=True)
class Known:
    """An order's money, for a charge that is looked into."""

    number: str
    order_id: OrderId
    attempt: Attempt
    """The one that led to the order."""
    attempts: Mapping[AttemptId, Attempt]
    entries: tuple[Entry, ...]

    def entry_of(self, gateway: str, charge_id: str, *, first: bool) -> Entry | None:
        """What was booked for a charge of this attempt. Somebody's word stands for one charge: the one that was reported as it, or,
        until one is, the ``first`` that the gateway took."""
        for entry in self.entries:
            if entry.key == charge_key(gateway, charge_id):
                return entry
        for entry in self.entries:
            if entry.kind is EntryKind.PAID and said_paid(entry) and entry.attempt_id == self.attempt.id:
                known = real_charge(entry.charge_id, self.attempt)
                if known == charge_id or (known.startswith(SAID_PAID) and first):
                    return entry
        return None


@dataclass(slots=True)
class Unclear:
    """An order of which the gateway is asked how much went back: by attempt and charge."""

    known: Known
    charges: list[tuple[AttemptId, str]] = field(default_factory=list)

    def add(self, attempt_id: AttemptId, charge_id: str) -> None:
        if (attempt_id, charge_id) not in self.charges:
            self.charges.append((attempt_id, charge_id))


async def known_of(look: Look, attempt_id: AttemptId) -> Known | None:
    attempt = await look.payments.get(attempt_id)
    order = await look.orders.get(attempt.order_id) if attempt is not None else None
    if attempt is None or order is None:
        return None
    attempts = {one.id: one for one in await look.payments.of_order(order.id)}
    return Known(order.number, order.id, attempt, attempts, await look.payments.journal(order.id))


def said_paid(entry: Entry) -> bool:
    """Paid, as somebody of the staff said."""
    return entry.charge_id.startswith(SAID_PAID)


async def known_order(look: Look, order_id: OrderId, gateway: str) -> Known | None:
    """None for an order that this gateway took nothing for."""
    for entry in await look.payments.journal(order_id):
        if entry.kind is EntryKind.PAID and entry.way == gateway and entry.attempt_id is not None:
            return await known_of(look, entry.attempt_id)
    return None


def _found_another_way(known: Known, gateway: PaymentGateway) -> bool:
    """Whether what the gateway could not pay out, or would not, may have been given back in some other way: as cash, say."""
    came_back = any(
        entry.kind is EntryKind.REFUND_FAILED and entry.way in (gateway.name, BY_HAND)
        for entry in known.entries
    )
    return came_back or known.attempt.reason.startswith(REFUSED)


async def sums_compared(gateway: PaymentGateway, unclear: Unclear) -> Difference | None:
    """All that went back of an order, there and here."""
    known, currency = unclear.known, unclear.known.attempt.amount.currency
    paid = [entry for entry in known.entries if entry.kind is EntryKind.PAID]
    for entry in paid:
        if entry.way == gateway.name and entry.attempt_id is not None:
            unclear.add(entry.attempt_id, real_charge(entry.charge_id, known.attempts[entry.attempt_id]))
    least = _gone(known, gateway.name, currency)
    most = least + _gone(known, BY_HAND, currency)
    if all(entry.way == gateway.name for entry in paid) and not _found_another_way(known, gateway):
        least = most  # by hand, too, it can only have been given back there
    attempt_id, charge_id = unclear.charges[0]

    def differ(finding: Finding, ours: Money, theirs: Money | None = None, **more: Any) -> Difference:
        return Difference(known.number, gateway.name, finding, ours, theirs, charge_id, attempt_id, **more)

    told: dict[AttemptId, Money] = {}
    for attempt, charge in unclear.charges:
        answer = await gateway.refunded_so_far(charge, currency)
        if isinstance(answer, Unknown):
            return differ(Finding.REFUND_NOT_KNOWN, most)
        told[attempt] = told.get(attempt, Money.zero(currency)) + answer
    theirs = total(list(told.values()), currency)
    if theirs < least:
        return differ(Finding.REFUND_NOT_MADE, least - theirs, theirs)
    if most < theirs:
        more = theirs - most
        return differ(Finding.REFUND_NOT_IN_BOOKS, Money.zero(currency), more, told=tuple(told.items()))
    return None


def _gone(known: Known, way: str, currency: str) -> Money:
    """What went back by this way and stayed away."""
    moved = [entry for entry in known.entries if entry.way == way]
    return Balance.of(moved, currency).refunded
