"""Holds that end, and reservations that nobody takes on. Done by a job, over and over; each order in a transaction of its own."""

from __future__ import annotations

from datetime import timedelta

from domain.errors import PassingFailure
from domain.ids import OrderId
from domain.order import OrderState, Way
from domain.ports.clock import Clock
from domain.ports.unit_of_work import UnitOfWork, Work
from domain.services.lifecycle import Lifecycle
from domain.services.payments import being_approved
from domain.services.reconciliation import Reconciliation
from domain.shop import Shop

_AT_A_TIME = 50
_TO_DO = frozenset({OrderState.PAID, OrderState.RESERVED})


_PATIENCE = timedelta(hours=1)
"""How long after its hold an order waits for a gateway that does not say whether it was paid."""


class Expiry:
    def __init__(
        self, *, lifecycle: Lifecycle, reconciliation: Reconciliation, clock: Clock, shop: Shop
    ) -> None:
        self._lifecycle = lifecycle
        self._reconciliation = reconciliation
        self._clock = clock
        self._shop = shop

    async def run(self, unit_of_work: UnitOfWork) -> int:
        """Expire what is due, once its payment is ended at the gateway; returns how many orders. What goes wrong with one order is
        raised when the others are done, and keeps it waiting no longer than a gateway that does not say."""
        async with unit_of_work.reading() as look:
            due = await look.orders.due(self._clock.now(), _AT_A_TIME)
            waiting = set(await look.orders.due(self._clock.now() - _PATIENCE, _AT_A_TIME))
        expired, failed = 0, list[Exception]()
        for order_id in due:
            try:
                ended = await self._reconciliation.end(unit_of_work, order_id)
            except PassingFailure:
                raise
            except Exception as error:
                ended = False
                failed.append(error)
            if not ended and order_id not in waiting:
                continue
            async with unit_of_work.writing() as work:
                if await self.expire(work, order_id):
                    await work.commit()
                    expired += 1
        if failed:
            raise failed[0]
        return expired

    async def expire(self, work: Work, order_id: OrderId) -> bool:
        """Expire this order if, under its lock, its hold has ended: it awaits payment and none is being approved, or it lies at
        the counter and nobody came. A paid order never expires. The customer is told."""
        order = await work.orders.locked(order_id)
        now = self._clock.now()
        if order is None or order.hold_until is None or order.hold_until > now:
            return False
        waits_at_counter = order.state is OrderState.READY and order.way is Way.COUNTER
        if order.state is not OrderState.AWAITING_PAYMENT and not waits_at_counter:
            return False
        balance = await self._lifecycle.balance(work, order)
        if balance.paid.minor > balance.owed.minor + balance.refunded.minor:
            return False
        for attempt in await work.payments.of_order(order.id):
            if being_approved(attempt, self._clock):
                return False
        reason = "not_collected" if waits_at_counter else "not_paid"
        await self._lifecycle.move(work, order, OrderState.EXPIRED, reason=reason)
        return True

    async def remind(self, unit_of_work: UnitOfWork) -> int:
        """Remind the staff, once, of orders that nobody accepted for a while (kind ``staff-reminder``); returns how many."""
        before = self._clock.now() - self._shop.remind_staff_after
        async with unit_of_work.reading() as look:
            waiting = await look.orders.unaccepted(before, _AT_A_TIME)
        reminded = 0
        for order_id in waiting:
            async with unit_of_work.writing() as work:
                order = await work.orders.locked(order_id)
                if order is None or order.accepted_by is not None or order.state not in _TO_DO:
                    continue
                if order_id not in await work.orders.unaccepted(before, _AT_A_TIME):
                    continue  # another replica was quicker
                await work.orders.mark_reminded(order_id, self._clock.now())
                await self._lifecycle.tell_staff(work, order, "staff-reminder")
                await work.commit()
                reminded += 1
        return reminded
