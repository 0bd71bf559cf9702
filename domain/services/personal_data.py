"""Everything the shop keeps about a customer, as one document (the right of access and of portability, GDPR articles 15 and 20)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from domain.cart import CartOwner
from domain.errors import NotLoggedIn
from domain.ids import ChatId, CustomerId, UserId
from domain.money import Money
from domain.order import Order
from domain.ports.unit_of_work import Look

_AT_ONCE = 50


async def export(
    look: Look, customer_id: CustomerId, chat_id: ChatId, user_id: UserId, now: datetime
) -> dict[str, Any]:
    """A document of texts, numbers, lists and objects; amounts are decimals with their currency, moments ISO 8601 in UTC.

    The password's hash and the logins' secrets are not in it: they would help only somebody else. Who of the staff
    handled an order is about them, not about the customer. Raises NotLoggedIn if there is no such customer any more.
    """
    customer = await look.customers.get(customer_id)
    if customer is None:
        raise NotLoggedIn
    return {
        "written_at": _moment(now),
        "account": {
            "email": customer.email,
            "email_confirmed_at": _moment(customer.confirmed_at),
            "name": customer.name,
            "language": customer.language,
            "registered_at": _moment(customer.created_at),
        },
        "cart": await _cart(look, CartOwner(customer_id, chat_id, user_id)),
        "orders": await _orders(look, customer_id),
        "questions": await _questions(look, customer_id, chat_id),
        "logins": [
            {
                "telegram_chat": session.chat_id,
                "since": _moment(session.issued_at),
                "until": _moment(session.expires_at),
            }
            for session in await look.sessions.live(customer_id, now)
        ],
    }


async def _cart(look: Look, owner: CartOwner) -> list[dict[str, Any]]:
    cart = await look.carts.of(owner)
    lines = cart.lines if cart is not None else ()
    books = await look.books.many([line.book_id for line in lines])
    return [
        {
            "title": books[line.book_id].title if line.book_id in books else "",
            "isbn": books[line.book_id].isbn13 if line.book_id in books else None,
            "quantity": line.quantity,
            "price_last_shown": _amount(line.seen_price),
        }
        for line in lines
    ]


async def _questions(look: Look, customer_id: CustomerId, chat_id: ChatId) -> list[dict[str, Any]]:
    """What was asked of the shop's people, also from this chat before anybody was logged in."""
    asked = await look.questions.of_person(customer_id, chat_id)
    books = await look.books.many([one.book_id for one in asked if one.book_id is not None])
    return [
        {
            "text": one.text,
            "about": books[one.book_id].title if one.book_id in books else None,
            "name": one.first_name,
            "telegram_chat": one.chat_id,
            "language": one.language,
            "asked_at": _moment(one.asked_at),
            "closed_at": _moment(one.done_at),
            "answers": [{"text": answer.text, "at": _moment(answer.at)} for answer in one.answers],
        }
        for one in asked
    ]


async def _orders(look: Look, customer_id: CustomerId) -> list[dict[str, Any]]:
    written: list[dict[str, Any]] = []
    while True:
        page, total = await look.orders.of_customer(customer_id, offset=len(written), limit=_AT_ONCE)
        for order in page:
            written.append(await _order(look, order))
        if not page or len(written) >= total:
            return written


async def _order(look: Look, order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "state": order.state.value,
        "paid_by": order.tender.value if order.tender is not None else order.way.value,
        "name": order.customer_name,
        "telegram_chat": order.chat_id,
        "language": order.language,
        "total": _amount(order.total),
        "tax_percent": None if order.tax is None else str(order.tax.percent),
        "placed_at": _moment(order.created_at),
        "ready_at": _moment(order.ready_at),
        "closed_at": _moment(order.closed_at),
        "cancel_reason": order.cancel_reason,
        "pickup_code": order.pickup_code,
        "lines": [
            {
                "title": line.title,
                "authors": list(line.authors),
                "form": line.form,
                "quantity": line.quantity,
                "unit_price": _amount(line.unit_price),
                "total": _amount(line.total),
            }
            for line in order.lines
        ],
        "history": [
            {"at": _moment(event.at), "what": event.kind.value, "state": event.state.value}
            for event in await look.orders.events(order.id)
        ],
        "payments": [
            {
                "through": attempt.gateway,
                "amount": _amount(attempt.amount),
                "state": attempt.state.value,
                "reference": attempt.charge_id or attempt.reference,
                "at": _moment(attempt.created_at),
            }
            for attempt in await look.payments.of_order(order.id)
        ],
        "money": [
            {"what": entry.kind.value, "amount": _amount(entry.amount), "at": _moment(entry.at)}
            for entry in await look.payments.journal(order.id)
        ],
    }


def _amount(money: Money | None) -> dict[str, str] | None:
    return None if money is None else {"amount": str(money.decimal), "currency": money.currency}


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
