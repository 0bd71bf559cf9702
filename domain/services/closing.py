"""The day's close, recomputed from the journal, and held against what the gateways say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from domain.closing import Booked, DayClose, Doubt, Hold, Owed, Sum, Taxed
from domain.ids import OrderId
from domain.money import Money, total
from domain.payment import Balance, Entry, EntryKind
from domain.ports.clock import Clock
from domain.ports.gateway import PaymentGateway
from domain.ports.unit_of_work import Look
from domain.services.comparison import Comparison, Reading
from domain.shop import Shop
from domain.tax import TaxRate

_MOST = 500
"""Orders and attempts that a close looks at, of those that somebody has to look after."""


class DailyClose:
    def __init__(self, *, gateways: Mapping[str, PaymentGateway], shop: Shop, clock: Clock) -> None:
        self._comparison = Comparison(gateways=gateways, clock=clock)
        self._shop = shop

    def today(self, now: datetime) -> date:
        """The shop's own day."""
        return now.astimezone(self._shop.zone).date()

    async def close(self, reading: Reading, day: date) -> DayClose:
        """The close of a day, held against every gateway that can be asked: the network, so outside of any transaction."""
        async with reading() as look:
            close = await self.read(look, day)
        return replace(close, compared=await self._comparison.compare(reading, close))

    async def read(self, look: Look, day: date) -> DayClose:
        """The close of a day by our own books alone."""
        zone = self._shop.zone
        # From midnight to midnight of the shop's clock: the day that has 23 or 25 hours is a day too.
        start, end = (
            datetime.combine(when, time(), zone).astimezone(UTC) for when in (day, day + timedelta(days=1))
        )
        entries = await look.payments.journal_between(start, end)
        about: dict[OrderId, tuple[str, TaxRate | None]] = {}
        for entry in entries:
            if entry.order_id not in about:
                order = await look.orders.get(entry.order_id)
                about[entry.order_id] = (order.number, order.tax) if order is not None else ("", None)
        orders, open_orders = await look.orders.open_ones(offset=0, limit=_MOST)
        taken = _sums(entries, EntryKind.PAID)
        booked = tuple(
            Booked(number, entry, tax) for entry in entries for number, tax in (about[entry.order_id],)
        )
        return DayClose(
            day=day,
            start=start,
            end=end,
            booked=booked,
            taken=taken,
            given_back=_sums(entries, EntryKind.REFUNDED),
            came_back=_sums(entries, EntryKind.REFUND_FAILED),
            total=total([one.amount for one in taken], self._shop.currency),
            owed=await self._owed(look),
            open_orders=open_orders,
            holds=tuple(
                Hold(order.number, order.total, sum(line.held for line in order.lines), order.hold_until)
                for order in orders
            ),
            doubts=await self._doubts(look),
            taxed=_taxed(booked, self._shop.currency),
            kept=_sums(entries, EntryKind.KEPT),
        )

    async def _owed(self, look: Look) -> tuple[Owed, ...]:
        found = []
        for order_id in await look.payments.owing(_MOST):
            order = await look.orders.get(order_id)
            if order is not None:
                entries = list(await look.payments.journal(order_id))
                found.append(Owed(order.number, Balance.of(entries, order.total.currency).owed))
        return tuple(found)

    async def _doubts(self, look: Look) -> tuple[Doubt, ...]:
        found = []
        for attempt in await look.payments.in_doubt(_MOST):
            order = await look.orders.get(attempt.order_id)
            found.append(Doubt(order.number if order is not None else "", attempt))
        return tuple(found)


def _taxed(booked: Iterable[Booked], currency: str) -> tuple[Taxed, ...]:
    zero = Money.zero(currency)
    sums: dict[TaxRate | None, Taxed] = {}
    for one in booked:
        amount, tax = one.entry.amount, one.contained or zero
        so_far = sums.get(one.tax, Taxed(one.tax, zero, zero))
        if one.entry.kind in (EntryKind.PAID, EntryKind.REFUND_FAILED):
            sums[one.tax] = replace(so_far, gross=so_far.gross + amount, tax=so_far.tax + tax)
        elif one.entry.kind is EntryKind.REFUNDED:
            sums[one.tax] = replace(so_far, gross=so_far.gross - amount, tax=so_far.tax - tax)
    if not any(rate is not None for rate in sums):
        return ()
    return tuple(sorted(sums.values(), key=lambda one: one.rate.points if one.rate is not None else -1))


def _sums(entries: Iterable[Entry], kind: EntryKind) -> tuple[Sum, ...]:
    """By way of payment, the largest first."""
    ways: dict[str, list[Money]] = {}
    for entry in entries:
        if entry.kind is kind:
            ways.setdefault(entry.way, []).append(entry.amount)
    sums = (Sum(way, len(amounts), total(amounts, amounts[0].currency)) for way, amounts in ways.items())
    return tuple(sorted(sums, key=lambda one: (-one.amount.minor, one.way)))
