"""The staff's desk: claim an order, make it ready, hand it over, cancel it. Each happens once, however often it is tapped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from domain.errors import AlreadyAccepted, OverRefund, RefundUnderWay
from domain.ids import OrderId
from domain.money import Money
from domain.order import Order, OrderEventKind, OrderState, Tender, Way
from domain.payment import Entry, EntryKind
from domain.ports.unit_of_work import Look, Work
from domain.services.lifecycle import Lifecycle
from domain.staff import Member

_TO_DO = frozenset({OrderState.PAID, OrderState.RESERVED})


@dataclass(frozen=True, slots=True)
class Done:
    """The order's number, and whether anything changed: a second tap changes nothing."""

    number: str
    changed: bool


class Desk:
    """All raise OrderNotFound, and TransitionRefused when the order has moved on to where that cannot be done."""

    def __init__(self, lifecycle: Lifecycle) -> None:
        self._lifecycle = lifecycle

    async def accept(self, work: Work, order_id: OrderId, member: Member, now: datetime) -> Done:
        """Claim it. Raises AlreadyAccepted if somebody else did."""
        order = await self._lifecycle.locked(work, order_id)
        if order.accepted_by == member.user_id:
            return await self._nothing(work, order)
        if order.accepted_by is not None and order.accepted_at is not None:
            raise AlreadyAccepted(order.number, order.accepted_name, order.accepted_at)
        if order.state not in _TO_DO:
            return await self._nothing(work, order)
        await self._lifecycle.note(work, _claimed(order, member, now), OrderEventKind.ACCEPTED, by=member)
        return Done(order.number, changed=True)

    async def ready(self, work: Work, order_id: OrderId, member: Member, now: datetime) -> Done:
        """All copies lie at the counter. Whoever says so without having claimed it has claimed it."""
        order = await self._lifecycle.locked(work, order_id)
        if order.state is OrderState.READY:
            return await self._nothing(work, order)
        if order.accepted_by is None:
            order = _claimed(order, member, now)
        await self._lifecycle.move(work, order, OrderState.READY, by=member)
        return Done(order.number, changed=True)

    async def hand_over(
        self, work: Work, order_id: OrderId, member: Member, tender: Tender | None, now: datetime
    ) -> Done:
        """The customer has the books. ``tender`` is needed for a counter order. Raises PaidOnline with one for an order that was
        paid online: that money is one too many, and not in the books."""
        order = await self._lifecycle.locked(work, order_id)
        if order.state is OrderState.COLLECTED or (order.way is Way.COUNTER and tender is None):
            return await self._nothing(work, order)
        await self._lifecycle.move(work, order, OrderState.COLLECTED, by=member, tender=tender)
        return Done(order.number, changed=True)

    async def cancel(self, work: Work, order_id: OrderId, member: Member, reason: str, now: datetime) -> Done:
        """Call it off. What was paid is due back; the customer reads the reason."""
        order = await self._lifecycle.locked(work, order_id)
        if order.state in (OrderState.CANCELLED, OrderState.REFUNDED, OrderState.EXPIRED):
            return await self._nothing(work, order)
        await self._lifecycle.call_off(work, order, by=member, reason=reason)
        return Done(order.number, changed=True)

    async def goes_back_by_itself(self, look: Look, order: Order) -> bool:
        """Whether a gateway is about to give back what is owed: there is nothing to do for the staff then."""
        return await self._lifecycle.refunds.under_way(look, order)

    async def refunded_at_provider(
        self, work: Work, order_id: OrderId, member: Member, owed: int, now: datetime
    ) -> Done:
        """What was owed went back by hand at the provider. ``owed`` is what the button showed, in minor
        units of the order's currency.

        Raises OverRefund when less than that is still owed: the sum must have been given back, in part, before;
        RefundUnderWay while the gateway is giving it back itself.
        """
        order = await self._lifecycle.locked(work, order_id)
        balance = await self._lifecycle.balance(work, order)
        if not balance.owed:
            return await self._nothing(work, order)
        if balance.owed.minor != owed:
            raise OverRefund(balance.owed)
        if await self._lifecycle.refunds.under_way(work, order):
            raise RefundUnderWay(order.number)
        entry = Entry(
            # What went back in all only grows, also when some of it came back.
            key=f"refunded-by-hand:{order.id}:{await self._lifecycle.refunds.gross(work, order) + owed}",
            order_id=order.id,
            kind=EntryKind.REFUNDED,
            amount=Money(owed, order.total.currency),
            way="provider",
            at=now,
            by_name=member.name,
        )
        changed = await work.payments.enter(entry)
        await self._lifecycle.show_staff(work, order)
        if changed:
            await self._lifecycle.tell_customer(work, order, "order-refunded", amount=owed)
        return Done(order.number, changed)

    async def _nothing(self, work: Work, order: Order) -> Done:
        """Nothing to change; the card is shown as it is, since the one that was tapped seems to be behind."""
        await self._lifecycle.show_staff(work, order)
        return Done(order.number, changed=False)


def _claimed(order: Order, member: Member, now: datetime) -> Order:
    return replace(order, accepted_by=member.user_id, accepted_name=member.name, accepted_at=now)
