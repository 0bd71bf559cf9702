"""A day's journal and the gateways' own books, held against each other in both directions.

A gateway that keeps statements is asked once for what it took and gave back that day. Whatever is on one side and not on the
other is then looked into by itself: a payment at a quarter to midnight may be counted after it, a webhook come a day late, and
neither is a difference. So a day without surprises costs one question a gateway, and a surprise one more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from domain.closing import Booked, Compared, DayClose, Difference, Finding
from domain.ids import AttemptId, OrderId
from domain.money import Money, total
from domain.order import Tender
from domain.payment import Attempt, AttemptState, Balance, Entry, EntryKind, charge_key
from domain.ports.clock import Clock
from domain.ports.gateway import Charged, GaveBack, PaymentGateway, Statement, Succeeded, Unknown
from domain.ports.unit_of_work import Look
from domain.services.refunds import REFUSED
from domain.services.settlement import SAID_PAID

Reading = Callable[[], AbstractAsyncContextManager[Look]]
"""As `UnitOfWork.reading`."""

ON_ITS_WAY = timedelta(minutes=5)
"""A charge or refund that is younger may still be reported, and is not missed yet."""
BY_HAND = "provider"
"""The way of money that somebody gave back at a provider: which charge's it was is not written down."""
_AT_THE_COUNTER = frozenset(tender.value for tender in Tender) | {BY_HAND}
_MOVED = frozenset({EntryKind.PAID, EntryKind.REFUNDED, EntryKind.REFUND_FAILED})
_AT_ONCE = 8
"""Single questions to a gateway at the same time."""


@dataclass(frozen=True, slots=True)
class _Known:
    """An order's money, for a charge that is looked into."""

    number: str
    order_id: OrderId
    attempt: Attempt
    entries: tuple[Entry, ...]


@dataclass(slots=True)
class _Unclear:
    """An order of which the gateway is asked how much went back: by attempt and charge."""

    known: _Known
    charges: list[tuple[AttemptId, str]] = field(default_factory=list)

    def add(self, attempt_id: AttemptId, charge_id: str) -> None:
        if (attempt_id, charge_id) not in self.charges:
            self.charges.append((attempt_id, charge_id))


class Comparison:
    def __init__(self, *, gateways: Mapping[str, PaymentGateway], clock: Clock) -> None:
        self._gateways = dict(gateways)
        self._clock = clock

    async def compare(self, reading: Reading, close: DayClose) -> Compared:
        """Ask every gateway that can be asked about this day: the network, so outside of any transaction."""
        ways = {booked.entry.way for booked in close.booked if booked.entry.kind in _MOVED}
        unasked = [way for way in ways - _AT_THE_COUNTER if self._cannot_ask(way)]
        differences: list[Difference] = []
        unheard: list[str] = []
        one_by_one: list[str] = []
        for name, gateway in self._gateways.items():
            if gateway.capabilities.statements:
                statement = await gateway.statement(close.start, close.end)
                if isinstance(statement, Unknown):
                    unheard.append(name)
                    continue
                differences += await self._taken(reading, close, gateway, statement)
                differences += await self._given_back(reading, close, gateway, statement)
            elif gateway.capabilities.look_up and name in ways:
                one_by_one.append(name)
                differences += await self._looked_up(reading, gateway, _paid(close, name))
        return Compared(
            differences=tuple(differences),
            unasked=tuple(sorted(unasked)),
            unheard=tuple(unheard),
            one_by_one=tuple(one_by_one),
        )

    def _cannot_ask(self, way: str) -> bool:
        """Nor can one that the shop no longer has."""
        gateway = self._gateways.get(way)
        return gateway is None or not (gateway.capabilities.look_up or gateway.capabilities.statements)

    # --- what came in -------------------------------------------------------------------------------------------------

    async def _taken(
        self, reading: Reading, close: DayClose, gateway: PaymentGateway, statement: Statement
    ) -> list[Difference]:
        theirs = {_key(gateway, charge.charge_id): charge for charge in statement.charges}
        named = {charge.attempt_id: key for key, charge in theirs.items()}
        ours = {
            named.get(booked.entry.attempt_id, booked.entry.key)
            if _by_hand(booked.entry) and booked.entry.attempt_id is not None
            else booked.entry.key: booked
            for booked in _paid(close, gateway.name)
        }
        found = [
            _other_amount(gateway, booked.number, booked.entry, theirs[key].amount)
            for key, booked in ours.items()
            if key in theirs and theirs[key].amount != booked.entry.amount
        ]
        found += await self._looked_up(reading, gateway, [ours[key] for key in ours if key not in theirs])
        missed = [
            charge for key, charge in theirs.items() if key not in ours and not self._on_its_way(charge)
        ]
        async with reading() as look:
            for charge in sorted(missed, key=lambda one: one.at):
                known = await _known(look, charge.attempt_id)
                entry = _entry_of(known, _key(gateway, charge.charge_id)) if known is not None else None
                if known is not None and entry is not None:
                    if entry.amount != charge.amount:
                        found.append(_other_amount(gateway, known.number, entry, charge.amount))
                elif known is None or not _in_doubt(known.attempt, charge):
                    found.append(_not_in_books(gateway, known, charge))
        return found

    async def _looked_up(
        self, reading: Reading, gateway: PaymentGateway, ours: Sequence[Booked]
    ) -> list[Difference]:
        """Payments of ours that are not on the gateway's list, if it has one: each is asked about by itself."""
        async with reading() as look:
            asked = [(one, await _attempt(look, one.entry.attempt_id)) for one in ours]
        door = asyncio.Semaphore(_AT_ONCE)

        async def ask(booked: Booked, attempt: Attempt) -> Difference | None:
            async with door:
                return await _compared(gateway, booked, attempt)

        answers = await asyncio.gather(*(ask(one, attempt) for one, attempt in asked if attempt is not None))
        return [found for found in answers if found is not None]

    def _on_its_way(self, moved: Charged | GaveBack) -> bool:
        return moved.at > self._clock.now() - ON_ITS_WAY

    # --- what went back -----------------------------------------------------------------------------------------------

    async def _given_back(
        self, reading: Reading, close: DayClose, gateway: PaymentGateway, statement: Statement
    ) -> list[Difference]:
        """Refunds are found by their ids; where one has no partner, the order's sums are held against each other, as a refund
        that was made at the provider is booked by its charge, and one by hand by nothing."""
        ours = [
            booked.entry
            for booked in close.booked
            if booked.entry.kind is EntryKind.REFUNDED and booked.entry.way in (gateway.name, BY_HAND)
        ]
        theirs = {refund.refund_id: refund.amount for refund in statement.refunds}
        same = {entry.charge_id for entry in ours if theirs.get(entry.charge_id) == entry.amount}
        found: list[Difference] = []
        unclear: dict[OrderId, _Unclear] = {}
        async with reading() as look:
            for refund in sorted(statement.refunds, key=lambda one: one.at):
                if refund.refund_id in same or self._on_its_way(refund):
                    continue
                known = await _known(look, refund.attempt_id)
                if known is None:
                    found.append(_refund_of_nobody(gateway, refund))
                elif not any(entry.charge_id == refund.refund_id for entry in known.entries):
                    unclear.setdefault(known.order_id, _Unclear(known)).add(
                        refund.attempt_id, refund.charge_id
                    )
            for entry in ours:
                if entry.charge_id not in same and entry.order_id not in unclear:
                    order = await _known_order(look, entry.order_id, gateway.name)
                    if order is not None:
                        unclear[entry.order_id] = _Unclear(order)
        answers = [await _sums_compared(gateway, one) for one in unclear.values()]
        return found + [one for one in answers if one is not None]


def _key(gateway: PaymentGateway, charge_id: str) -> str:
    """As `Settlement` enters a charge."""
    return charge_key(gateway.name, charge_id)


def _paid(close: DayClose, way: str) -> list[Booked]:
    return [one for one in close.booked if one.entry.kind is EntryKind.PAID and one.entry.way == way]


async def _attempt(look: Look, attempt_id: AttemptId | None) -> Attempt | None:
    return await look.payments.get(attempt_id) if attempt_id is not None else None


async def _known(look: Look, attempt_id: AttemptId) -> _Known | None:
    attempt = await look.payments.get(attempt_id)
    order = await look.orders.get(attempt.order_id) if attempt is not None else None
    if attempt is None or order is None:
        return None
    return _Known(order.number, order.id, attempt, await look.payments.journal(order.id))


async def _known_order(look: Look, order_id: OrderId, gateway: str) -> _Known | None:
    """None for an order that this gateway took nothing for."""
    for entry in await look.payments.journal(order_id):
        if entry.kind is EntryKind.PAID and entry.way == gateway and entry.attempt_id is not None:
            return await _known(look, entry.attempt_id)
    return None


def _entry_of(known: _Known, key: str) -> Entry | None:
    for entry in known.entries:
        if entry.key == key or (_by_hand(entry) and entry.attempt_id == known.attempt.id):
            return entry
    return None


def _by_hand(entry: Entry) -> bool:
    """Paid, as somebody of the staff said: the gateway's name for it is not known."""
    return entry.charge_id.startswith(SAID_PAID)


def _in_doubt(attempt: Attempt, charge: Charged) -> bool:
    """It is in sight already, among the doubts."""
    return attempt.state is AttemptState.IN_DOUBT and attempt.charge_id == charge.charge_id


def _other_amount(gateway: PaymentGateway, number: str, entry: Entry, theirs: Money) -> Difference:
    return Difference(
        number, gateway.name, Finding.OTHER_AMOUNT, entry.amount, theirs, entry.charge_id, entry.attempt_id
    )


def _not_in_books(gateway: PaymentGateway, known: _Known | None, charge: Charged) -> Difference:
    return Difference(
        known.number if known is not None else "",
        gateway.name,
        Finding.NOT_IN_BOOKS,
        Money.zero(charge.amount.currency),
        charge.amount,
        charge.charge_id,
        charge.attempt_id,
        charge.at,
    )


def _refund_of_nobody(gateway: PaymentGateway, refund: GaveBack) -> Difference:
    zero = Money.zero(refund.amount.currency)
    return Difference(
        "", gateway.name, Finding.REFUND_NOT_IN_BOOKS, zero, refund.amount, refund.charge_id, at=refund.at
    )


async def _compared(gateway: PaymentGateway, booked: Booked, attempt: Attempt) -> Difference | None:
    """How the gateway's word differs from this entry; None if it does not."""
    outcome, entry = await gateway.look_up(attempt.id, attempt.reference), booked.entry
    finding, theirs = None, None
    if isinstance(outcome, Unknown):
        finding = Finding.NOT_KNOWN
    elif not isinstance(outcome, Succeeded):
        finding = Finding.NOT_PAID
    elif outcome.amount != entry.amount:
        finding, theirs = Finding.OTHER_AMOUNT, outcome.amount
    elif outcome.charge_id != entry.charge_id and not _by_hand(entry):
        finding = Finding.OTHER_CHARGE
    if finding is None:
        return None
    return Difference(
        booked.number, gateway.name, finding, entry.amount, theirs, entry.charge_id, attempt.id, entry.at
    )


def _found_another_way(known: _Known, gateway: PaymentGateway) -> bool:
    """Whether what the gateway could not pay out, or would not, may have been given back in some other way: as cash, say."""
    came_back = any(
        entry.kind is EntryKind.REFUND_FAILED and entry.way in (gateway.name, BY_HAND)
        for entry in known.entries
    )
    return came_back or known.attempt.reason.startswith(REFUSED)


async def _sums_compared(gateway: PaymentGateway, unclear: _Unclear) -> Difference | None:
    """All that went back of an order, there and here."""
    known, currency = unclear.known, unclear.known.attempt.amount.currency
    paid = [entry for entry in known.entries if entry.kind is EntryKind.PAID]
    for entry in paid:
        if entry.way == gateway.name and entry.attempt_id is not None:
            unclear.add(entry.attempt_id, entry.charge_id)
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


def _gone(known: _Known, way: str, currency: str) -> Money:
    """What went back by this way and stayed away."""
    moved = [entry for entry in known.entries if entry.way == way]
    return Balance.of(moved, currency).refunded
