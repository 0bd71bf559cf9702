"""An order to columns and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from domain.cancelling import CancelTerms, CancelUntil
from domain.ids import ChatId, CustomerId, OrderId, UserId
from domain.money import Money
from domain.order import Order, OrderLine, OrderState, Tender, Way
from domain.tax import TaxRate
from storage.names import joined, parted
from storage.tables import orders

COLUMNS = (
    orders.c.id,
    orders.c.number,
    orders.c.customer_id,
    orders.c.chat_id,
    orders.c.customer_name,
    orders.c.language,
    orders.c.state,
    orders.c.way,
    orders.c.currency,
    orders.c.total,
    orders.c.checkout_id,
    orders.c.pickup_code,
    orders.c.created_at,
    orders.c.hold_until,
    orders.c.ready_at,
    orders.c.closed_at,
    orders.c.accepted_by,
    orders.c.accepted_name,
    orders.c.accepted_at,
    orders.c.closed_name,
    orders.c.tender,
    orders.c.cancel_reason,
    orders.c.cancel_until,
    orders.c.cancel_percent,
    orders.c.cancel_fee,
    orders.c.cancel_free_hours,
    orders.c.tax_points,
)


def changing(order: Order) -> dict[str, Any]:
    return {
        "customer_id": order.customer_id,
        "chat_id": order.chat_id,
        "customer_name": order.customer_name,
        "language": order.language,
        "state": order.state.value,
        "way": order.way.value,
        "total": order.total.minor,
        "hold_until": order.hold_until,
        "ready_at": order.ready_at,
        "closed_at": order.closed_at,
        "accepted_by": order.accepted_by,
        "accepted_name": order.accepted_name,
        "accepted_at": order.accepted_at,
        "closed_name": order.closed_name,
        "tender": None if order.tender is None else order.tender.value,
        "cancel_reason": order.cancel_reason,
    }


def promised(order: Order) -> dict[str, Any]:
    """What is written with the order and never changes."""
    terms = order.cancel_terms
    return {
        "number": order.number,
        "currency": order.total.currency,
        "checkout_id": order.checkout_id,
        "pickup_code": order.pickup_code,
        "created_at": order.created_at,
        "cancel_until": terms.until.value,
        "cancel_percent": terms.percent,
        "cancel_fee": terms.fee,
        "cancel_free_hours": terms.free_hours,
        "tax_points": None if order.tax is None else order.tax.points,
    }


def line_rows(order_id: int, lines: Sequence[OrderLine]) -> list[dict[str, Any]]:
    return [
        {
            "order_id": order_id,
            "position": position,
            "book_id": line.book_id,
            "title": line.title,
            "authors": joined(line.authors),
            "form": line.form,
            "shelf": line.shelf,
            "unit_price": line.unit_price.minor,
            "quantity": line.quantity,
            "held": line.held,
        }
        for position, line in enumerate(lines, start=1)
    ]


def line_of(row: Sequence[Any], currency: str) -> OrderLine:
    book, title, authors, form, shelf, price, quantity, held = row
    return OrderLine(book, title, parted(authors), form, shelf, Money(price, currency), quantity, held)


def order_of(row: sa.Row[*tuple[Any, ...]], lines: list[OrderLine]) -> Order:
    return Order(
        id=OrderId(row.id),
        number=row.number,
        customer_id=None if row.customer_id is None else CustomerId(row.customer_id),
        chat_id=ChatId(row.chat_id),
        customer_name=row.customer_name,
        language=row.language,
        state=OrderState(row.state),
        way=Way(row.way),
        total=Money(row.total, row.currency),
        lines=tuple(lines),
        checkout_id=row.checkout_id,
        pickup_code=row.pickup_code,
        created_at=row.created_at,
        hold_until=row.hold_until,
        ready_at=row.ready_at,
        closed_at=row.closed_at,
        accepted_by=None if row.accepted_by is None else UserId(row.accepted_by),
        accepted_name=row.accepted_name,
        accepted_at=row.accepted_at,
        closed_name=row.closed_name,
        tender=None if row.tender is None else Tender(row.tender),
        cancel_reason=row.cancel_reason,
        cancel_terms=CancelTerms(
            CancelUntil(row.cancel_until), row.cancel_percent, row.cancel_fee, row.cancel_free_hours
        ),
        tax=None if row.tax_points is None else TaxRate(row.tax_points),
    )
