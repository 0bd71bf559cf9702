"""A receipt in the customer's words."""

from __future__ import annotations

from datetime import datetime

from bot.screens import tax
from bot.screens.lengths import shorten
from bot.screens.orders import way_name
from bot.texts import Words
from domain.order import Order, OrderLine
from domain.payment import Balance, Entry, EntryKind
from domain.receipt import Receipt, ReceiptLine
from domain.shop import Shop

_TITLE = 160
_MOVED = {
    EntryKind.PAID: ("receipt-paid", ""),
    EntryKind.REFUNDED: ("receipt-refunded", "−"),
    EntryKind.REFUND_FAILED: ("receipt-refund-failed", ""),
}
"""How a movement of money is named, and its sign."""


def receipt(order: Order, entries: tuple[Entry, ...], words: Words, shop: Shop, now: datetime) -> Receipt:
    """Of everything that was paid for an order, and what went back."""
    owner = shop.owner if shop.owner != shop.name else ""
    contact = " · ".join(part for part in (shop.contact_phone, shop.contact_email) if part)
    return Receipt(
        shop=tuple(part for part in (shop.name, owner, shop.address, contact, shop.tax_id) if part),
        title=words.plain("receipt-title", number=order.number),
        facts=tuple(
            part
            for part in (
                words.plain("receipt-ordered", day=words.date(order.created_at)),
                words.plain("receipt-for", name=order.customer_name) if order.customer_name else "",
            )
            if part
        ),
        lines=tuple(ReceiptLine(_bought(line, words), words.money(line.total)) for line in order.lines),
        total=ReceiptLine(words.plain("receipt-total"), words.money(order.total)),
        tax=_tax(order, words, shop),
        money=(
            *(_moved(entry, order, words, shop) for entry in entries if entry.kind in _MOVED),
            *_left(order, entries, words),
        ),
        notes=tuple(
            part
            for part in (
                shop.tax_note_in(words.language),
                words.plain("receipt-printed", day=words.date(now)),
            )
            if part
        ),
    )


def file_name(order: Order, words: Words) -> str:
    return words.plain("receipt-file", number=order.number)


def _bought(line: OrderLine, words: Words) -> str:
    title = shorten(line.title, _TITLE)
    if line.quantity == 1:
        return words.plain("receipt-line-one", title=title)
    return words.plain("receipt-line", quantity=line.quantity, title=title, price=line.unit_price)


def _left(order: Order, entries: tuple[Entry, ...], words: Words) -> tuple[ReceiptLine, ...]:
    """What still has to go back, and what the shop keeps of an order that was cancelled."""
    balance = Balance.of(list(entries), order.total.currency)
    named = (("receipt-owed", balance.owed), ("receipt-kept", balance.kept))
    return tuple(
        ReceiptLine(words.plain(message), words.money(amount))
        for message, amount in named
        if amount.minor > 0
    )


def _moved(entry: Entry, order: Order, words: Words, shop: Shop) -> ReceiptLine:
    """With the tax in what went back; that in what was paid stands beneath the total."""
    message, sign = _MOVED[entry.kind]
    text = words.plain(message, day=words.date(entry.at), way=way_name(entry.way, words))
    if sign and order.tax is not None and order.tax.points:
        rate, contained = tax.named(order.tax, words, shop.tax_name), order.tax.contained(entry.amount)
        text = words.plain("receipt-with-tax", text=text, tax=rate, amount=contained)
    return ReceiptLine(text, f"{sign}{words.money(entry.amount)}")


def _tax(order: Order, words: Words, shop: Shop) -> tuple[ReceiptLine, ...]:
    """What the total consists of, at the rate of the day the order was placed."""
    rate = order.tax
    if rate is None:
        return ()
    return (
        ReceiptLine(words.plain("receipt-net"), words.money(rate.net(order.total))),
        ReceiptLine(tax.named(rate, words, shop.tax_name), words.money(rate.contained(order.total))),
    )
