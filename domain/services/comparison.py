"""A day's journal and the gateways' own books, held against each other in both directions.

A gateway that keeps statements is asked once for what it took and gave back that day. Whatever is on one side and not on the
other is then looked into by itself: a payment at a quarter to midnight may be counted after it, a webhook come a day late, and
neither is a difference. So a day without surprises costs one question a gateway, and a surprise one more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

from domain.closing import Booked, Compared, DayClose, Difference, Finding
from domain.ids import AttemptId, OrderId
from domain.money import Money
from domain.order import Tender
from domain.payment import SAID_PAID, Attempt, AttemptState, Entry, EntryKind, charge_key, real_charge
from domain.ports.clock import Clock
from domain.ports.gateway import Charged, GaveBack, PaymentGateway, Statement, Succeeded, Unknown
from domain.ports.unit_of_work import Look
from domain.services.known_money import (
    BY_HAND,
    Known,
    Unclear,
    known_of,
    known_order,
    said_paid,
    sums_compared,
)

Reading = Callable[[], AbstractAsyncContextManager[Look]]
"""As `UnitOfWork.reading`."""

ON_ITS_WAY = timedelta(minutes=5)
"""A charge or refund that is younger may still be reported, and is not missed yet."""
_AT_THE_COUNTER = frozenset(tender.value for tender in Tender) | {BY_HAND}
_MOVED = frozenset({EntryKind.PAID, EntryKind.REFUNDED, EntryKind.REFUND_FAILED})
_AT_ONCE = 8
"""Single questions to a gateway at the same time."""


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
        first = {
            charge.attempt_id: charge.charge_id
            for charge in sorted(statement.charges, key=lambda one: one.at, reverse=True)
        }
        async with reading() as look:
            ours = {
                await _their_key(look, gateway, booked.entry, first): booked
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
                known = await known_of(look, charge.attempt_id)
                entry = None
                if known is not None:
                    is_first = first[charge.attempt_id] == charge.charge_id
                    entry = known.entry_of(gateway.name, charge.charge_id, first=is_first)
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
        unclear: dict[OrderId, Unclear] = {}
        async with reading() as look:
            for refund in sorted(statement.refunds, key=lambda one: one.at):
                if refund.refund_id in same or self._on_its_way(refund):
                    continue
                known = await known_of(look, refund.attempt_id)
                if known is None:
                    found.append(_refund_of_nobody(gateway, refund))
                elif not any(entry.charge_id == refund.refund_id for entry in known.entries):
                    unclear.setdefault(known.order_id, Unclear(known)).add(
                        refund.attempt_id, refund.charge_id
                    )
            for entry in ours:
                if entry.charge_id not in same and entry.order_id not in unclear:
                    order = await known_order(look, entry.order_id, gateway.name)
                    if order is not None:
                        unclear[entry.order_id] = Unclear(order)
        answers = [await sums_compared(gateway, one) for one in unclear.values()]
        return found + [one for one in answers if one is not None]


def _key(gateway: PaymentGateway, charge_id: str) -> str:
    """As `Settlement` enters a charge."""
    return charge_key(gateway.name, charge_id)


async def _their_key(
    look: Look, gateway: PaymentGateway, entry: Entry, first: Mapping[AttemptId, str]
) -> str:
    """An entry's key, as the gateway would name its charge: of one that somebody said was there, the charge that was reported as
    it, or the first of its attempt."""
    attempt = await _attempt(look, entry.attempt_id) if said_paid(entry) else None
    if attempt is None:
        return entry.key
    known = real_charge(entry.charge_id, attempt)
    return _key(gateway, first.get(attempt.id, known) if known.startswith(SAID_PAID) else known)


def _paid(close: DayClose, way: str) -> list[Booked]:
    return [one for one in close.booked if one.entry.kind is EntryKind.PAID and one.entry.way == way]


async def _attempt(look: Look, attempt_id: AttemptId | None) -> Attempt | None:
    return await look.payments.get(attempt_id) if attempt_id is not None else None


def _in_doubt(attempt: Attempt, charge: Charged) -> bool:
    """It is in sight already, among the doubts."""
    return attempt.state is AttemptState.IN_DOUBT and attempt.charge_id == charge.charge_id


def _other_amount(gateway: PaymentGateway, number: str, entry: Entry, theirs: Money) -> Difference:
    return Difference(
        number, gateway.name, Finding.OTHER_AMOUNT, entry.amount, theirs, entry.charge_id, entry.attempt_id
    )


def _not_in_books(gateway: PaymentGateway, known: Known | None, charge: Charged) -> Difference:
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
    elif outcome.charge_id != entry.charge_id and not said_paid(entry):
        finding = Finding.OTHER_CHARGE
    if finding is None:
        return None
    return Difference(
        booked.number, gateway.name, finding, entry.amount, theirs, entry.charge_id, attempt.id, entry.at
    )
