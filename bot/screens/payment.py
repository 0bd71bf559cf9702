"""Paying online: the invoice, a link, and what to do when the payment service cannot be reached."""

from __future__ import annotations

from bot.actions import CancelOrder, Pay, ReserveInstead, ShowHome
from bot.screen import Button, Invoice, Row, Screen, paragraphs
from bot.screens.lengths import shorten
from bot.texts import Words
from domain.ids import UserId
from domain.money import Money
from domain.order import Order
from domain.payment import OpenLink, PriceLabel, ShowInvoice

_TITLE, _DESCRIPTION = 32, 255  # Bot API, sendInvoice
_LABEL = 60
_LABELS = 20
"""Lines that an invoice lists; with more, the rest is summed up."""


def invoice(order: Order, shown: ShowInvoice, payer: UserId, words: Words) -> Screen:
    """Telegram's invoice. Its payload says for whom it was made: a forwarded copy is not paid by somebody else."""
    made = Invoice(
        provider_token=shown.provider_token,
        title=shorten(words.plain("invoice-title", number=order.number), _TITLE),
        description=shorten(_contents(order, words), _DESCRIPTION),
        payload=payload(shown.payload, payer),
        currency=shown.currency,
        prices=_prices(shown.labels, order.total, words),
    )
    pay = (Button(words.plain("invoice-pay", total=order.total), pay=True),)
    return Screen(words.escape(made.description), (pay, _instead(order, words)), invoice=made)


def link(order: Order, opened: OpenLink, words: Words) -> Screen:
    """The gateway's own page."""
    pay = (Button(words.plain("pay-now", total=order.total), url=opened.url),)
    until = order.hold_until
    return Screen(
        paragraphs(
            words.html("pay-by-link", number=order.number, total=order.total),
            words.html("order-next-awaiting-until", until=words.time(until)) if until is not None else None,
        ),
        (pay, _instead(order, words)),
    )


def unavailable(order: Order, gateway: str, words: Words) -> Screen:
    """Nothing was charged; it can be tried again, or paid at the counter."""
    again: Row = (Button(words.plain("try-again"), Pay(order.id, gateway)),)
    return Screen(words.html("pay-unavailable", number=order.number), (again, _instead(order, words)))


def unplaced(message: str, amount: Money, words: Words) -> Screen:
    """Money that came in and that nobody can tell yet what for."""
    home = (Button(words.plain("home"), ShowHome()),)
    return Screen(words.html(message, amount=amount), (home,))


def not_theirs(number: str, amount: Money, words: Words) -> Screen:
    """For whoever paid somebody else's invoice: the order is none of theirs."""
    home = (Button(words.plain("home"), ShowHome()),)
    return Screen(words.html("payment-due-payer", number=number, amount=amount), (home,))


def payload(attempt_id: str, payer: UserId) -> str:
    return f"{attempt_id}:{payer}"


def read_payload(text: str) -> tuple[str, UserId] | None:
    """The attempt, and for whom its invoice was made; None if it is none of ours."""
    attempt_id, colon, payer = text.rpartition(":")
    if not colon or not attempt_id or not payer.isascii() or not payer.isdecimal():
        return None
    return attempt_id, UserId(int(payer))


def _instead(order: Order, words: Words) -> Row:
    return (
        Button(words.plain("reserve-instead"), ReserveInstead(order.id)),
        Button(words.plain("order-cancel"), CancelOrder(order.id)),
    )


def _contents(order: Order, words: Words) -> str:
    titles = words.listing([shorten(line.title, _LABEL) for line in order.lines[:3]])
    until = order.hold_until
    if until is None:
        return words.plain("invoice-contents", titles=titles, count=order.copies)
    return words.plain("invoice-contents-until", titles=titles, count=order.copies, until=words.time(until))


def _prices(labels: tuple[PriceLabel, ...], total: Money, words: Words) -> tuple[tuple[str, int], ...]:
    """The order's lines; they add up to the total, which is what is checked when somebody pays."""
    priced = [(shorten(label.label, _LABEL), label.amount.minor) for label in labels if label.amount.minor]
    if len(priced) > _LABELS:
        rest = sum(amount for _, amount in priced[_LABELS - 1 :])
        count = len(priced) - _LABELS + 1
        priced = [*priced[: _LABELS - 1], (words.plain("invoice-more", count=count), rest)]
    return tuple(priced)
