"""Carts and orders to draw screens with."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

from domain.book import Book
from domain.cancelling import CancelOffer
from domain.ids import BookId, ChatId, CustomerId, OrderId
from domain.order import Order, OrderLine, OrderState, Way
from domain.payment import Balance
from domain.views import CartLineView, CartView, OrderView
from tests.screens.samples import LONGEST, TUESDAY_EVENING, a_book, euros

NOW = TUESDAY_EVENING
NOTHING = Balance(euros("0"), euros("0"), euros("0"), euros("0"))
FREE = CancelOffer(back=euros("0"), kept=euros("0"))


def a_line(
    quantity: int = 1, here: int | None = None, book: Book | None = None, **facts: Any
) -> CartLineView:
    return CartLineView(book or a_book(), quantity, quantity if here is None else here, **facts)


def a_cart(*lines: CartLineView) -> CartView:
    amounts = [line.total.minor for line in lines if line.total is not None and not line.problem]
    return CartView(lines, dataclasses.replace(euros("0"), minor=sum(amounts)))


def full_cart() -> CartView:
    """Fifty of the longest titles, each of which changed in every way it can."""
    return a_cart(
        *(
            a_line(20, 3, dataclasses.replace(LONGEST, id=BookId(number)), was=euros("9.90"), was_here=20)
            for number in range(1, 51)
        )
    )


def an_order(**facts: Any) -> Order:
    usual: dict[str, Any] = {
        "id": OrderId(12),
        "number": "B-7K4Q",
        "customer_id": CustomerId(5),
        "chat_id": ChatId(5),
        "customer_name": "Ann",
        "language": "en",
        "state": OrderState.RESERVED,
        "way": Way.COUNTER,
        "total": euros("10.90"),
        "lines": (an_order_line(),),
        "checkout_id": "a checkout",
        "pickup_code": "123456",
        "created_at": NOW,
    }
    return Order(**(usual | facts))


def an_order_line(**facts: Any) -> OrderLine:
    usual: dict[str, Any] = {
        "book_id": BookId(7),
        "title": "The Dispossessed",
        "authors": ("Ursula K. Le Guin",),
        "form": "paperback",
        "shelf": "F-12",
        "unit_price": euros("10.90"),
        "quantity": 1,
        "held": 1,
    }
    return OrderLine(**(usual | facts))


def a_view(order: Order, **facts: Any) -> OrderView:
    usual: dict[str, Any] = {"balance": NOTHING, "cancelling": None, "can_pay": False}
    return OrderView(order, **(usual | facts))


def big_order(**facts: Any) -> Order:
    """Fifty of the longest titles, most copies still to come."""
    line = an_order_line(title=LONGEST.title, quantity=20, held=3)
    return an_order(lines=(line,) * 50, total=euros("10900"), hold_until=NOW + timedelta(days=3), **facts)
