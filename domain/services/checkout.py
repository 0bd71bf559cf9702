"""From a cart to an order: a summary to agree to, and placing it, in one transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from domain.book import Book, Supply
from domain.cart import CartOwner
from domain.errors import (
    CartEmpty,
    NotLoggedIn,
    OrderNotFound,
    OutOfStock,
    SummaryChanged,
    TooManyOpenOrders,
)
from domain.ids import CustomerId, OrderId
from domain.order import Order, OrderEvent, OrderEventKind, OrderLine, OrderState, Way
from domain.payment import Attempt
from domain.ports.clock import Clock, Ids
from domain.ports.unit_of_work import Look, Work
from domain.services.carts import ShoppingCart
from domain.services.lifecycle import Lifecycle
from domain.services.payments import OnlinePayments
from domain.shop import Shop
from domain.views import CartLineView, CartView, SummaryView

COUNTER = "counter"
"""The way to pay that is no gateway's."""
_PICKUP_DIGITS = 6
_NUMBER_TRIES = 12
"""Order numbers are drawn; one that is taken is drawn again. With half of all numbers taken, 12 fail once in 4,000 orders."""


class NumbersExhausted(RuntimeError):
    """No free order number was drawn: the shop needs longer ones."""


@dataclass(frozen=True, slots=True)
class Placed:
    """``attempt`` is to be started next, if the order is paid online. ``repeated``: this checkout had placed it before."""

    order: Order
    attempt: Attempt | None
    repeated: bool = False


class Checkout:
    def __init__(
        self,
        *,
        cart: ShoppingCart,
        payments: OnlinePayments,
        lifecycle: Lifecycle,
        clock: Clock,
        ids: Ids,
        shop: Shop,
    ) -> None:
        self._cart = cart
        self._payments = payments
        self._lifecycle = lifecycle
        self._clock = clock
        self._ids = ids
        self._shop = shop

    async def summary(self, look: Look, owner: CartOwner, checkout_id: str = "") -> SummaryView:
        """What would be ordered now. ``checkout_id`` is that of a summary shown before, else a new one is made.

        Raises NotLoggedIn and CartEmpty.
        """
        customer_id = owner.customer_id
        customer = await look.customers.get(customer_id) if customer_id is not None else None
        if customer is None:
            raise NotLoggedIn
        view = await self._cart.view(look, owner)
        if not view.lines:
            raise CartEmpty
        return SummaryView(
            cart=view,
            checkout_id=checkout_id or self._ids.token(),
            fingerprint=fingerprint(view, self._shop),
            customer_name=customer.name,
            online=self._payments.ways if view.total else (),
        )

    async def place(
        self,
        work: Work,
        owner: CartOwner,
        *,
        checkout_id: str,
        agreed: str,
        way: str,
        language: str,
    ) -> Placed:
        """Hold the stock, write the order and what has to be told, empty the cart. One checkout places one order.

        ``agreed`` is the fingerprint of the summary that the customer confirmed; ``way`` is ``counter`` or a gateway's name.
        Raises NotLoggedIn, CartEmpty, SummaryChanged, OutOfStock (the last copy went this very moment), TooManyOpenOrders.
        """
        customer_id = owner.customer_id
        customer = await work.customers.get(customer_id) if customer_id is not None else None
        if customer is None:
            raise NotLoggedIn
        cart = await work.carts.locked(owner)
        before = await work.orders.by_checkout(checkout_id)
        if before is not None:
            return await self._repeated(work, before, customer.id)
        if not cart.lines:
            raise CartEmpty
        view = await self._cart.view_of(work, cart.lines)
        if fingerprint(view, self._shop) != agreed or view.problem or len(view.lines) != len(cart.lines):
            raise SummaryChanged
        if way != COUNTER and (way not in self._payments.ways or not view.total):
            raise SummaryChanged
        if await work.orders.count_open(customer.id) >= self._shop.max_open_orders:
            raise TooManyOpenOrders(self._shop.max_open_orders)
        now = self._clock.now()
        online = way != COUNTER
        order = await self._write(
            work,
            Order(
                id=OrderId(0),
                number="",
                customer_id=customer.id,
                chat_id=owner.chat_id,
                customer_name=customer.name,
                language=language,
                state=OrderState.AWAITING_PAYMENT if online else OrderState.RESERVED,
                way=Way.ONLINE if online else Way.COUNTER,
                total=view.total,
                lines=tuple(_line(line) for line in view.lines),
                checkout_id=checkout_id,
                pickup_code="",
                created_at=now,
                hold_until=now + self._shop.payment_hold if online else None,
                cancel_terms=self._shop.cancel_terms,
                tax=self._shop.tax,
            ),
        )
        await self._hold(work, order, {line.book.id: line.book for line in view.lines})
        await work.carts.replace(cart.id, ())
        await work.orders.record(OrderEvent(order.id, now, OrderEventKind.PLACED, order.state))
        if not online:
            await self._lifecycle.show_staff(work, order)
            return Placed(order, None)
        return Placed(order, await self._payments.begin(work, order, way))

    async def _repeated(self, work: Work, order: Order, customer_id: CustomerId) -> Placed:
        if order.customer_id != customer_id:
            raise OrderNotFound
        attempts = await work.payments.of_order(order.id)
        awaits = order.state is OrderState.AWAITING_PAYMENT and attempts
        return Placed(order, attempts[0] if awaits else None, repeated=True)

    async def _write(self, work: Work, order: Order) -> Order:
        for _ in range(_NUMBER_TRIES):
            drawn = replace(
                order, number=self._ids.order_number(), pickup_code=self._ids.digits(_PICKUP_DIGITS)
            )
            order_id = await work.orders.add(drawn)
            if order_id is not None:
                return replace(drawn, id=order_id)
        raise NumbersExhausted

    async def _hold(self, work: Work, order: Order, books: dict[int, Book]) -> None:
        try:
            await self._lifecycle.holds.take(work, order.id, order.lines)
        except OutOfStock as gone:
            if books[gone.book_id].supply in (Supply.ORDERABLE, Supply.PREORDER):
                raise SummaryChanged from gone
            raise


def fingerprint(view: CartView, shop: Shop) -> str:
    """Names exactly what a customer agrees to: which books, how many, at what price and rate of tax, how many of them have to be
    ordered, and what becomes of the money if they cancel."""
    facts = [
        (line.book.id, line.quantity, line.book.price and line.book.price.minor, line.to_order, line.problem)
        for line in view.lines
    ]
    return hashlib.sha256(repr((facts, view.total, shop.tax, shop.cancel_terms)).encode()).hexdigest()[:12]


def _line(line: CartLineView) -> OrderLine:
    book = line.book
    if book.price is None:
        raise SummaryChanged
    return OrderLine(
        book_id=book.id,
        title=book.title,
        authors=book.authors,
        form=book.form.value,
        shelf=book.shelf,
        unit_price=book.price,
        quantity=line.quantity,
        held=line.here,
    )
