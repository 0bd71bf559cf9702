"""What happens to an order: one transition at a time, with everything that follows from it, in the caller's transaction.

For every service that changes an order (checkout, the customer's orders, payments, expiry, the staff's desk)::

    order = await lifecycle.locked(work, order_id)                      # OrderNotFound
    order = await lifecycle.move(work, order, OrderState.READY, by=member)
    order = await lifecycle.call_off(work, order, by=member, reason="sold_out")
    order = await lifecycle.note(work, order, OrderEventKind.ACCEPTED, by=member)

`move` checks the table, and then does what the new state means, so that no caller can forget it:

- READY: copies that were to be ordered have come in (free ones of the shop are taken first); a counter order's hold begins;
- COLLECTED: the copies leave the shop; a counter order needs ``tender``, and its total is entered in the journal;
- CANCELLED, EXPIRED, REFUNDED: the held copies are free again, and whatever was paid is due back;
- PAID, from EXPIRED: the copies are held again (look with `can_hold_again` first);
- away from AWAITING_PAYMENT: the payment attempts that are still open are abandoned.

Money that becomes due back without a member of staff is told to them (kind ``staff-refund-due``, with ``amount`` and ``why``).
Each writes an event, puts the staff's card into the outbox (kind ``staff-card``, data ``{"order": id}``) as soon as the order is
one that they can work, and, if ``tell``, a notice for the customer (kinds ``order-ready``, ``order-collected``, ``order-cancelled``,
``order-expired``, ``order-paid``; same data). Callers whose own screen says it already pass ``tell=False``.

Locks are taken in one order everywhere: cart, order, books by id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.errors import OrderNotFound, OutOfStock, PassingFailure, PaymentRefused
from domain.ids import AttemptId, OrderId
from domain.money import Money
from domain.order import (
    OPEN,
    Order,
    OrderEvent,
    OrderEventKind,
    OrderLine,
    OrderState,
    Tender,
    Way,
    check_transition,
)
from domain.payment import SETTLED, AttemptState, Balance, Entry, EntryKind
from domain.ports.clock import Clock, Ids
from domain.ports.outbox import STAFF_LANE, Message, chat_lane
from domain.ports.unit_of_work import Look, Work
from domain.shop import Shop
from domain.staff import Member
from domain.stock import StockChange, StockReason

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
    def __init__(self, *, clock: Clock, ids: Ids, shop: Shop) -> None:
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
    ) -> Order:
        """Take a locked order to ``new``. ``by`` None: the customer or the program did it; ``reason`` is kept with it.

        ``settles`` is the attempt that paid it: it is not abandoned. Raises TransitionRefused; PaymentRefused("paid") for a
        tender of an order that is paid online; ValueError for a counter order that is collected without one.
        """
        check_transition(order.number, order.state, new)
        old, now = order.state, self._clock.now()
        if new is OrderState.READY:
            order = await self._complete(work, order, now)
        elif new is OrderState.COLLECTED:
            await self._hand_over(work, order, by, tender, now)
        elif new is OrderState.PAID and old not in OPEN:
            await self._hold(work, order, now)
        elif new in _CLOSED:
            await self.release(work, order)
        if old is OrderState.AWAITING_PAYMENT:
            await self._abandon_attempts(work, order, settles, now)
        order = self._changed(order, new, by, tender, reason, now)
        await work.orders.save(order)
        if new in _CLOSED and new is not OrderState.COLLECTED:
            due = await self.refund_due(work, order, cause=f"{new.value}:{order.id}")
            if due and by is None:
                await self.tell_staff(work, order, "staff-refund-due", amount=due.minor, why="due_cancelled")
        await work.orders.record(_event(order, now, OrderEventKind.STATE, by, reason))
        if old is not OrderState.AWAITING_PAYMENT or new in OPEN:
            await self.show_staff(work, order)
        if tell and new in _NOTICES:
            await self.tell_customer(work, order, _NOTICES[new])
        return order

    async def call_off(
        self, work: Work, order: Order, *, by: Member | None = None, reason: str = "", tell: bool = True
    ) -> Order:
        """Cancel: an order that nothing was paid for is CANCELLED, a paid one REFUNDED, its money due back."""
        balance = await self.balance(work, order)
        new = OrderState.REFUNDED if balance.paid.minor and order.way is Way.ONLINE else OrderState.CANCELLED
        if order.state is OrderState.AWAITING_PAYMENT:
            new = OrderState.CANCELLED
        return await self.move(work, order, new, by=by, reason=reason, tell=tell)

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

    async def tell_staff(self, work: Work, order: Order, kind: str, **data: str | int) -> None:
        message = Message(self._key(kind, order), STAFF_LANE, kind, {"order": order.id, **data})
        await work.outbox.put(message, self._clock.now())

    async def tell_customer(self, work: Work, order: Order, kind: str, **data: str | int) -> None:
        """A notice in the chat that the order was placed in; none if the customer is gone."""
        if order.customer_id is None or not order.chat_id:
            return
        message = Message(self._key(kind, order), chat_lane(order.chat_id), kind, {"order": order.id, **data})
        await work.outbox.put(message, self._clock.now())

    def _key(self, kind: str, order: Order) -> str:
        # The order is locked and this is the one transaction that makes the change, so it is told once; a change of the same
        # kind may come again later (a card, a refund) and must be told again.
        return f"{kind}:{order.id}:{self._ids.token()}"

    # --- money --------------------------------------------------------------------------------------------------------

    async def balance(self, look: Look, order: Order) -> Balance:
        return Balance.of(list(await look.payments.journal(order.id)), order.total.currency)

    async def refund_due(
        self, work: Work, order: Order, *, cause: str, amount: Money | None = None, way: str = ""
    ) -> Money:
        """Enter that money has to go back, once for each ``cause``; by default all that was paid and is not due yet.

        Returns what was entered (zero: nothing to give back). The staff and the customer are told by the caller's notice.
        """
        entries = await work.payments.journal(order.id)
        zero = Money.zero(order.total.currency)
        due = {entry.key for entry in entries if entry.kind is EntryKind.REFUND_DUE}
        if f"due:{cause}" in due:
            return zero
        balance = Balance.of(list(entries), order.total.currency)
        left = balance.paid - balance.owed - balance.refunded
        amount = left if amount is None else min(amount, left, key=lambda money: money.minor)
        if amount.minor <= 0:
            return zero
        paid_by = next((entry for entry in entries if entry.kind is EntryKind.PAID), None)
        entry = Entry(
            key=f"due:{cause}",
            order_id=order.id,
            kind=EntryKind.REFUND_DUE,
            amount=amount,
            way=way or (paid_by.way if paid_by is not None else ""),
            at=self._clock.now(),
        )
        return amount if await work.payments.enter(entry) else zero

    # --- stock --------------------------------------------------------------------------------------------------------

    async def release(self, work: Work, order: Order) -> None:
        """The held copies of an open order are free again. The lines go on saying what was promised."""
        changes = _held(order.lines, -1, StockReason.RELEASED, self._clock.now(), order.id)
        await self._apply(work, changes)

    async def can_hold_again(self, look: Look, order: Order) -> bool:
        """Whether all copies that a closed order had held are free now."""
        books = await look.books.many([line.book_id for line in order.lines if line.held])
        return all(
            line.book_id in books and books[line.book_id].stock.free >= line.held
            for line in order.lines
            if line.held
        )

    async def hold(self, work: Work, order_id: OrderId, lines: Sequence[OrderLine]) -> None:
        """Hold the copies of a new order's lines. Raises OutOfStock for the first book that is not there."""
        changes = _held(lines, 1, StockReason.HELD, self._clock.now(), order_id)
        short = await work.stock.apply(changes)
        if short is not None:
            book = await work.books.get(short)
            title = next(line.title for line in lines if line.book_id == short)
            raise OutOfStock(short, title, book.stock.free if book is not None else 0)

    async def _hold(self, work: Work, order: Order, now: datetime) -> None:
        await self._apply(work, _held(order.lines, 1, StockReason.HELD, now, order.id))

    async def _complete(self, work: Work, order: Order, now: datetime) -> Order:
        """Everything is here: what the shop has free is taken for the copies that were to come, the rest came in."""
        missing = [line for line in order.lines if line.to_order]
        if not missing:
            return order
        books = await work.books.many([line.book_id for line in missing])
        changes = []
        for line in missing:
            book = books.get(line.book_id)
            taken = min(line.to_order, max(0, book.stock.free)) if book is not None else 0
            came_in = line.to_order - taken
            if taken:
                changes.append(StockChange(line.book_id, 0, taken, StockReason.HELD, now, order.id))
            if came_in:
                received = StockChange(line.book_id, came_in, came_in, StockReason.RECEIVED, now, order.id)
                changes.append(received)
        await self._apply(work, changes)
        lines = tuple(replace(line, held=line.quantity) for line in order.lines)
        await work.orders.set_lines_held(order.id, lines)
        return replace(order, lines=lines)

    async def _hand_over(
        self, work: Work, order: Order, by: Member | None, tender: Tender | None, now: datetime
    ) -> None:
        if order.way is Way.ONLINE and tender is not None:
            raise PaymentRefused("paid", order.number)
        if order.way is Way.COUNTER:
            if tender is None:
                raise ValueError("a counter order is paid as it is handed over")
            entry = Entry(
                key=f"counter:{order.id}",
                order_id=order.id,
                kind=EntryKind.PAID,
                amount=order.total,
                way=tender.value,
                at=now,
                by_name=by.name if by is not None else "",
            )
            if order.total.minor:
                await work.payments.enter(entry)
        changes = [
            StockChange(line.book_id, -line.held, -line.held, StockReason.HANDED_OVER, now, order.id)
            for line in order.lines
            if line.held
        ]
        await self._apply(work, changes)

    async def _apply(self, work: Work, changes: Sequence[StockChange]) -> None:
        if changes and await work.stock.apply(changes) is not None:
            # Somebody took the copy between our look and our change: all is rolled back, and done again on what is there.
            raise PassingFailure("the stock changed meanwhile")

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
            # One that the gateway knows of is looked at again: it may have to be ended there, or turn out paid.
            look_at = now if attempt.reference else None
            abandoned = replace(
                attempt,
                state=AttemptState.ABANDONED,
                updated_at=now,
                approved_until=None,
                next_look_at=look_at,
            )
            await work.payments.save(abandoned)


def _held(
    lines: Sequence[OrderLine], sign: int, reason: StockReason, at: datetime, order_id: OrderId
) -> list[StockChange]:
    return [
        StockChange(line.book_id, 0, sign * line.held, reason, at, order_id) for line in lines if line.held
    ]


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
