"""What happens to an order: one transition at a time, with everything that follows from it, in the caller's transaction.

For every service that changes an order (checkout, the customer's orders, payments, expiry, the staff's desk)::

    order = await lifecycle.locked(work, order_id)                      # OrderNotFound
    order = await lifecycle.move(work, order, OrderState.READY, by=member)
    order = await lifecycle.call_off(work, order, by=member, reason="sold_out")
    order = await lifecycle.note(work, order, OrderEventKind.ACCEPTED, by=member)

`move` checks the table, and then does what the new state means, so that no caller can forget it:

- READY: copies that were to be ordered have come in (free ones of the shop are taken first); a counter order's hold begins;
- COLLECTED: the copies leave the shop; a counter order needs ``tender``, and its total is entered in the journal;
- CANCELLED, EXPIRED, REFUNDED: the held copies are free again, and whatever was paid is due back, but for ``keep``;
- PAID, from EXPIRED: the copies are held again (look with `holds.can_take_again` first);
- away from AWAITING_PAYMENT: the payment attempts that are still open are abandoned.

Money that becomes due back without a member of staff is told to them (kind ``staff-refund-due``; ``amount``, ``why``, ``by_hand``,
and ``kept`` if something is).
Each writes an event, puts the staff's card into the outbox (kind ``staff-card``, data ``{"order": id}``) as soon as the order is
one that they can work, and, if ``tell``, a notice for the customer (kinds ``order-ready``, ``order-collected``, ``order-cancelled``,
``order-expired``, ``order-paid``; same data). Callers whose own screen says it already pass ``tell=False``.

Locks are taken in one order everywhere: cart, order, books by id.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.errors import OrderNotFound, PaidOnline
from domain.ids import AttemptId, OrderId
from domain.money import Money
from domain.order import (
    OPEN,
    Order,
    OrderEvent,
    OrderEventKind,
    OrderState,
    Tender,
    Way,
    check_transition,
)
from domain.payment import SETTLED, AttemptState, Balance, Entry, EntryKind
from domain.ports.clock import Clock, Ids
from domain.ports.outbox import STAFF_LANE, Message, chat_lane
from domain.ports.unit_of_work import Look, Work
from domain.services.holds import Holds
from domain.services.refunds import Refunds
from domain.shop import Shop
from domain.staff import Member

_NOTICES = {
    OrderState.READY: "order-ready",
    OrderState.COLLECTED: "order-collected",
    OrderState.CANCELLED: "order-cancelled",
    OrderState.REFUNDED: "order-cancelled",
    OrderState.EXPIRED: "order-expired",
    OrderState.PAID: "order-paid",
}
_CLOSED = frozenset(OrderState) - OPEN


class Lifecycle:
    """``holds`` and ``refunds`` are what moves copies and money with an order."""

    def __init__(self, *, holds: Holds, refunds: Refunds, clock: Clock, ids: Ids, shop: Shop) -> None:
        self.holds = holds
        self.refunds = refunds
        self._clock = clock
        self._ids = ids
        self._shop = shop

    async def locked(self, work: Work, order_id: OrderId) -> Order:
        """The order as it is now, locked. Raises OrderNotFound."""
        order = await work.orders.locked(order_id)
        if order is None:
            raise OrderNotFound
        return order

    async def move(
        self,
        work: Work,
        order: Order,
        new: OrderState,
        *,
        by: Member | None = None,
        tender: Tender | None = None,
        reason: str = "",
        tell: bool = True,
        settles: AttemptId | None = None,
        keep: Money | None = None,
    ) -> Order:
        """Take a locked order to ``new``. ``by`` None: the customer or the program did it; ``reason`` is kept with it.

        ``settles`` is the attempt that paid it: it is not abandoned. ``keep`` is what the shop keeps of the money of
        an order that ends unfulfilled: nothing, unless the customer cancels it. Raises TransitionRefused; PaidOnline for a
        tender of an order that is paid online; ValueError for a counter order that is collected without one.
        """
        check_transition(order.number, order.state, new)
        old, now = order.state, self._clock.now()
        if new is OrderState.READY:
            order = await self.holds.complete(work, order)
        elif new is OrderState.COLLECTED:
            await self._take_payment(work, order, by, tender)
            await self.holds.hand_over(work, order)
        elif new is OrderState.PAID and old not in OPEN:
            await self.holds.take_again(work, order)
        elif new in _CLOSED:
            await self.holds.release(work, order)
        if old is OrderState.AWAITING_PAYMENT:
            await self._abandon_attempts(work, order, settles, now)
        order = self._changed(order, new, by, tender, reason, now)
        await work.orders.save(order)
        if new in _CLOSED and new is not OrderState.COLLECTED:
            due = await self.refunds.all_due(work, order, new.value, keep=keep)
            if due and by is None:
                await self.tell_staff_of_refund(work, order, due, "due_called_off", kept=keep)
        await work.orders.record(_event(order, now, OrderEventKind.STATE, by, reason))
        if old is not OrderState.AWAITING_PAYMENT or new in OPEN:
            await self.show_staff(work, order)
        if tell and new in _NOTICES:
            await self.tell_customer(work, order, _NOTICES[new])
        return order

    async def call_off(
        self,
        work: Work,
        order: Order,
        *,
        by: Member | None = None,
        reason: str = "",
        tell: bool = True,
        keep: Money | None = None,
    ) -> Order:
        """Cancel: an order that nothing was paid for is CANCELLED, a paid one REFUNDED, its money due back but for ``keep``."""
        balance = await self.balance(work, order)
        new = OrderState.REFUNDED if balance.paid.minor and order.way is Way.ONLINE else OrderState.CANCELLED
        if order.state is OrderState.AWAITING_PAYMENT:
            new = OrderState.CANCELLED
        return await self.move(work, order, new, by=by, reason=reason, tell=tell, keep=keep)

    async def note(
        self, work: Work, order: Order, kind: OrderEventKind, *, by: Member | None = None, note: str = ""
    ) -> Order:
        """Save a change that is no transition (a claim), with its event, and show the staff."""
        await work.orders.save(order)
        await work.orders.record(_event(order, self._clock.now(), kind, by, note))
        await self.show_staff(work, order)
        return order

    # --- telling ------------------------------------------------------------------------------------------------------

    async def show_staff(self, work: Work, order: Order) -> None:
        """The order's card in the staff's chat is to show how it stands."""
        await self.tell_staff(work, order, "staff-card")

    async def tell_staff(self, work: Work, order: Order, kind: str, **data: str | int | bool) -> None:
        message = Message(self._key(kind, order), STAFF_LANE, kind, {"order": order.id, **data})
        await work.outbox.put(message, self._clock.now())

    async def tell_staff_of_refund(
        self, work: Work, order: Order, amount: Money, why: str, *, kept: Money | None = None
    ) -> None:
        """Money has to go back; the gateway does it, or (``by_hand``) somebody of them has to. ``kept`` of it stays here."""
        facts: dict[str, str | int] = {"amount": amount.minor, "why": why}
        if kept:
            facts["kept"] = kept.minor
        by_hand = not await self.refunds.under_way(work, order)
        await self.tell_staff(work, order, "staff-refund-due", by_hand=by_hand, **facts)

    async def tell_customer(self, work: Work, order: Order, kind: str, **data: str | int | bool) -> None:
        """A notice in the chat that the order was placed in; none if the customer is gone."""
        if order.customer_id is None or not order.chat_id:
            return
        message = Message(self._key(kind, order), chat_lane(order.chat_id), kind, {"order": order.id, **data})
        await work.outbox.put(message, self._clock.now())

    def _key(self, kind: str, order: Order) -> str:
        # The order is locked and this is the one transaction that makes the change, so it is told once; a change of the same
        # kind may come again later (a card, a refund) and must be told again.
        return f"{kind}:{order.id}:{self._ids.token()}"

    async def balance(self, look: Look, order: Order) -> Balance:
        return await self.refunds.balance(look, order)

    async def _take_payment(self, work: Work, order: Order, by: Member | None, tender: Tender | None) -> None:
        """At the counter, as the books are handed over."""
        if order.way is Way.ONLINE and tender is not None:
            raise PaidOnline(order.number)
        if order.way is not Way.COUNTER:
            return
        if tender is None:
            raise ValueError("a counter order is paid as it is handed over")
        entry = Entry(
            key=f"counter:{order.id}",
            order_id=order.id,
            kind=EntryKind.PAID,
            amount=order.total,
            way=tender.value,
            at=self._clock.now(),
            by_name=by.name if by is not None else "",
        )
        if order.total:
            await work.payments.enter(entry)

    # --- the order ----------------------------------------------------------------------------------------------------

    def _changed(
        self,
        order: Order,
        new: OrderState,
        by: Member | None,
        tender: Tender | None,
        reason: str,
        now: datetime,
    ) -> Order:
        if new is OrderState.READY:
            kept = self._shop.hours.closing_after(now, self._shop.pickup_days)
            hold_until = kept if order.way is Way.COUNTER else None
            return replace(order, state=new, ready_at=now, hold_until=hold_until)
        if new is OrderState.PAID:
            return replace(
                order, state=new, way=Way.ONLINE, hold_until=None, closed_at=None, cancel_reason=""
            )
        if new is OrderState.RESERVED:
            return replace(order, state=new, way=Way.COUNTER, hold_until=None)
        return replace(
            order,
            state=new,
            hold_until=None,
            closed_at=now,
            closed_name=by.name if by is not None else "",
            tender=tender,
            cancel_reason="" if new is OrderState.COLLECTED else reason,
        )

    async def _abandon_attempts(
        self, work: Work, order: Order, settles: AttemptId | None, now: datetime
    ) -> None:
        for attempt in await work.payments.of_order(order.id):
            if attempt.id == settles or attempt.state in SETTLED or attempt.state is AttemptState.IN_DOUBT:
                continue
            # One that the gateway knows of is looked at again: it may have to be ended there, or turn out paid. That its charge
            # was allowed stays written (`approved_until`).
            look_at = now if attempt.reference else None
            abandoned = replace(
                attempt,
                state=AttemptState.ABANDONED,
                updated_at=now,
                next_look_at=look_at,
            )
            await work.payments.save(abandoned)


def _event(order: Order, at: datetime, kind: OrderEventKind, by: Member | None, note: str) -> OrderEvent:
    return OrderEvent(
        order_id=order.id,
        at=at,
        kind=kind,
        state=order.state,
        by=by.user_id if by is not None else None,
        by_name=by.name if by is not None else "",
        note=note,
    )
