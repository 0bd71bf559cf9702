"""The customer's own orders: look, cancel, order again, pay at the counter instead."""

from __future__ import annotations

from collections.abc import Sequence

from domain.cancelling import CancelOffer, CancelUntil
from domain.cart import CartOwner
from domain.errors import CancelOfferChanged, OrderNotFound, PaymentRefused, TransitionRefused
from domain.ids import CustomerId, OrderId
from domain.order import Order, OrderState, Way
from domain.payment import Balance, Entry
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Look, Work
from domain.services.carts import ShoppingCart
from domain.services.lifecycle import Lifecycle
from domain.services.payments import being_approved, may_have_charged
from domain.services.refunds import offer
from domain.views import OrderView

PAGE = 6


class CustomerOrders:
    """Every method raises OrderNotFound for an order that is not this customer's: whose it is, is nobody else's business."""

    def __init__(self, *, lifecycle: Lifecycle, cart: ShoppingCart, clock: Clock) -> None:
        self._lifecycle = lifecycle
        self._cart = cart
        self._clock = clock

    async def page(self, look: Look, customer_id: CustomerId, page: int) -> tuple[tuple[Order, ...], int]:
        """A page (from 0) of the customer's orders, newest first, and how many there are."""
        return await look.orders.of_customer(customer_id, offset=max(0, page) * PAGE, limit=PAGE)

    async def view(self, look: Look, customer_id: CustomerId, order_id: OrderId) -> OrderView:
        order = await look.orders.get(order_id)
        if order is None or order.customer_id != customer_id:
            raise OrderNotFound
        return await self.view_of(look, order)

    async def view_of(self, look: Look, order: Order) -> OrderView:
        """An order as its customer may see it, with its money and what can be done with it now."""
        attempts = await look.payments.of_order(order.id) if order.way is Way.ONLINE else ()
        busy = any(being_approved(attempt, self._clock) for attempt in attempts)
        awaits = order.state is OrderState.AWAITING_PAYMENT
        entries = await look.payments.journal(order.id)
        return OrderView(
            order=order,
            balance=Balance.of(list(entries), order.total.currency),
            cancelling=self._offer(order, entries) if may_cancel(order) and not busy else None,
            can_pay=awaits and not busy,
            attempt=attempts[0].state.value if attempts else "",
            unheard=any(map(may_have_charged, attempts)),
        )

    def _offer(self, order: Order, entries: Sequence[Entry]) -> CancelOffer:
        return offer(entries, order.cancel_terms, self._clock.now(), order.total.currency)

    async def cancel(
        self, work: Work, customer_id: CustomerId, order_id: OrderId, *, agreed: int
    ) -> tuple[Order, bool]:
        """Cancel it: freely before it was paid, by the order's own terms after that; the money is due back, or its larger part.

        ``agreed`` is how much the customer was told goes back, in minor units. Returns the order and whether this changed
        anything. Raises TransitionRefused when it is too late, CancelOfferChanged when another amount would go back by now, and
        PaymentRefused("busy") while a payment of it is being approved.
        """
        order = await self._own(work, customer_id, order_id)
        if order.state in (OrderState.CANCELLED, OrderState.REFUNDED, OrderState.EXPIRED):
            return order, False
        if not may_cancel(order):
            raise TransitionRefused(order.number, order.state.value, OrderState.CANCELLED.value)
        await self._not_while_paying(work, order)
        # What is kept is decided here, once: a clock that goes on cannot change what the customer was told.
        offered = self._offer(order, await work.payments.journal(order.id))
        if offered.back.minor != agreed:
            raise CancelOfferChanged(order.number)
        called_off = await self._lifecycle.call_off(
            work, order, reason="customer", tell=False, keep=offered.kept
        )
        return called_off, True

    async def reserve_instead(
        self, work: Work, customer_id: CustomerId, order_id: OrderId
    ) -> tuple[Order, bool]:
        """Pay at the counter after all. Returns the order and whether this changed anything.

        Money that is moving at this moment is not lost: it pays the reserved order.
        """
        order = await self._own(work, customer_id, order_id)
        if order.state is not OrderState.AWAITING_PAYMENT:
            return order, False
        return await self._lifecycle.move(work, order, OrderState.RESERVED, tell=False), True

    async def order_again(
        self, work: Work, owner: CartOwner, customer_id: CustomerId, order_id: OrderId
    ) -> tuple[int, tuple[str, ...]]:
        """Put an order's books into the cart. Returns how many copies were added, and the titles that cannot be had so."""
        order = await work.orders.get(order_id)
        if order is None or order.customer_id != customer_id:
            raise OrderNotFound
        wanted = [(line.book_id, line.quantity) for line in order.lines]
        return await self._cart.add_again(work, owner, wanted)

    async def _own(self, work: Work, customer_id: CustomerId, order_id: OrderId) -> Order:
        order = await self._lifecycle.locked(work, order_id)
        if order.customer_id != customer_id:
            raise OrderNotFound
        return order

    async def _not_while_paying(self, work: Work, order: Order) -> None:
        for attempt in await work.payments.of_order(order.id):
            if being_approved(attempt, self._clock):
                raise PaymentRefused("busy", order.number)


def may_cancel(order: Order) -> bool:
    """Whether the customer may call it off: as long as it is not paid, and after that as long as its terms say."""
    if order.state in (OrderState.AWAITING_PAYMENT, OrderState.RESERVED):
        return True
    if order.state is OrderState.READY and order.way is Way.COUNTER:
        return True
    match order.cancel_terms.until:
        case CancelUntil.NEVER:
            return False
        case CancelUntil.ACCEPTED:
            return order.state is OrderState.PAID and order.accepted_at is None
        case CancelUntil.READY:
            return order.state is OrderState.PAID
        case CancelUntil.COLLECTED:
            return order.state in (OrderState.PAID, OrderState.READY)
