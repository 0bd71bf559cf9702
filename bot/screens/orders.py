"""The customer's orders: the list, one order as it stands, and whether it shall be cancelled."""

from __future__ import annotations

from datetime import datetime

from bot.actions import (
    CancelOrder,
    ConfirmCancel,
    LogIn,
    OrderAgain,
    Pay,
    Register,
    ReserveInstead,
    SendReceipt,
    ShowHome,
    ShowOrder,
    ShowOrders,
    StartSearch,
    Still,
)
from bot.screen import Button, Html, PickupQr, Row, Screen, lines, paragraphs
from bot.screens import tax
from bot.screens.lengths import shorten, visible
from bot.screens.whereabouts import place
from bot.texts import Words
from domain.cancelling import CancelOffer
from domain.order import Order, OrderLine, OrderState, Tender, Way
from domain.shop import Shop
from domain.views import OrderView

PAGE = 6
_CAPTION, _MESSAGE = 1024, 4096  # Bot API, sendPhoto.caption and sendMessage.text
_TITLE = 70
_WITH_CODE = frozenset({OrderState.RESERVED, OrderState.PAID, OrderState.READY})
_ENDED = frozenset({OrderState.CANCELLED, OrderState.EXPIRED, OrderState.REFUNDED})
_PAST = _ENDED | {OrderState.COLLECTED}


def needs_login(words: Words) -> Screen:
    return Screen(
        words.html("orders-need-login"),
        (
            (Button(words.plain("log-in"), LogIn()), Button(words.plain("register"), Register())),
            (Button(words.plain("home"), ShowHome()),),
        ),
    )


def orders(page: tuple[Order, ...], total: int, number: int, words: Words, now: datetime) -> Screen:
    """One page of them, newest first; ``number`` from 0."""
    home = Button(words.plain("home"), ShowHome())
    if not page:
        look = Button(words.plain("orders-search"), StartSearch())
        return Screen(words.html("orders-none"), ((look, home),))
    listed = [
        words.html(
            "orders-line",
            number=order.number,
            day=words.day(order.created_at),
            copies=order.copies,
            total=order.total,
            state=words.plain(f"order-short-{order.state.value.replace('_', '-')}"),
        )
        for order in page
    ]
    buttons = [Button(order.number, ShowOrder(order.id)) for order in page]
    rows: list[Row] = [tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)]
    count = (total + PAGE - 1) // PAGE
    if count > 1:
        turning = [Button(f"{number + 1}/{count}", Still())]
        if number > 0:
            turning.insert(0, Button("‹", ShowOrders(number - 1)))
        if number < count - 1:
            turning.append(Button("›", ShowOrders(number + 1)))
        rows.append(tuple(turning))
    rows.append((home,))
    return Screen(paragraphs(words.html("orders-title", count=total), lines(*listed)), tuple(rows))


def order(
    view: OrderView,
    words: Words,
    shop: Shop,
    now: datetime,
    *,
    ways: tuple[str, ...] = (),
    heading: Html | None = None,
    tax_said: bool = False,
) -> Screen:
    """An order as it stands, with the code that is shown at the counter. ``ways`` are the gateways it can be paid with;
    ``heading`` says what just happened; ``tax_said``: with the tax in the money that moved, beside which another sum's would be
    read as its own."""
    shown = view.order
    code = shown.state in _WITH_CODE
    above = lines(heading, None if heading is not None else _head(shown, words, now))
    total = lines(_total(view, words), None if tax_said else _tax(shown, words, shop))
    below = [total, _next(view, words, shop, now), _money_back(view, words)]
    if code:
        below.append(words.html("order-code", code=shown.pickup_code))
    room = (_CAPTION if code else _MESSAGE) - visible(paragraphs(above, *below)) - 8
    text = paragraphs(above, _lines(shown, words, room), *below)
    picture = PickupQr(shown.number, shown.pickup_code) if code else None
    return Screen(text, _buttons(view, words, ways), picture)


def confirm_cancel(shown: Order, offer: CancelOffer, words: Words, now: datetime) -> Screen:
    """What goes back and what is kept stands above the button, which carries it."""
    whole_until = None
    if offer.whole_until is not None:
        until = words.moment(offer.whole_until, now)
        whole_until = words.html("order-cancel-whole-until", until=until)
    return Screen(
        paragraphs(
            words.html("order-cancel-sure", number=shown.number, total=shown.total),
            lines(_goes_back(offer, words), whole_until),
        ),
        (
            (Button(words.plain("order-cancel-yes"), ConfirmCancel(shown.id, offer.back.minor)),),
            (Button(words.plain("order-cancel-no"), ShowOrder(shown.id)),),
        ),
    )


def _goes_back(offer: CancelOffer, words: Words) -> Html | None:
    if not offer.kept:
        return words.html("order-cancel-refund", amount=offer.back) if offer.back else None
    if not offer.back:
        return words.html("order-cancel-nothing", kept=offer.kept)
    return words.html("order-cancel-part", back=offer.back, paid=offer.back + offer.kept, kept=offer.kept)


def pay_buttons(view: OrderView, words: Words, ways: tuple[str, ...]) -> tuple[Row, ...]:
    """One for each way to pay online."""
    shown = view.order
    if len(ways) == 1:
        return ((Button(words.plain("pay-now", total=shown.total), Pay(shown.id, ways[0])),),)
    return tuple(
        (
            Button(
                words.plain("pay-now-with", total=shown.total, way=way_name(way, words)), Pay(shown.id, way)
            ),
        )
        for way in ways
    )


def way_name(way: str, words: Words) -> str:
    """How a gateway or a tender is called."""
    message = f"way-{way.replace('_', '-')}"
    return words.plain(message) if words.has(message) else way


def order_lines(of: tuple[OrderLine, ...], words: Words, room: int, *, promised: bool) -> Html:
    """As many lines as fit into ``room``; the rest is counted. ``promised``: copies to order are still on their way."""
    listed: list[Html] = []
    for at, line in enumerate(of):
        text = words.html(
            "order-line", quantity=line.quantity, title=shorten(line.title, _TITLE), total=line.total
        )
        if promised and line.to_order:
            text = lines(text, words.html("order-line-to-order", count=line.to_order))
        rest = words.html("order-lines-more", count=len(of) - at)
        if visible(lines(*listed, text)) + visible(rest) + 1 > room and at:
            listed.append(rest)
            break
        listed.append(text)
    return lines(*listed)


def _lines(shown: Order, words: Words, room: int) -> Html:
    return order_lines(shown.lines, words, room, promised=shown.state not in _PAST)


def _head(shown: Order, words: Words, now: datetime) -> Html:
    name = f"order-head-{shown.state.value.replace('_', '-')}"
    at = words.moment(shown.closed_at, now) if shown.closed_at is not None else ""
    return words.html(name, number=shown.number, at=at)


def _total(view: OrderView, words: Words) -> Html:
    shown = view.order
    if shown.tender is not None:
        message = "order-total-cash" if shown.tender is Tender.CASH else "order-total-card"
    elif shown.state in (OrderState.RESERVED, OrderState.READY) and shown.way is Way.COUNTER:
        message = "order-total-counter"
    elif view.balance.here.minor > 0 and shown.state not in _ENDED:
        message = "order-total-paid"
    else:
        message = "order-total"
    return words.html(message, total=shown.total)


def _tax(shown: Order, words: Words, shop: Shop) -> Html | None:
    """At the rate of the day it was placed; nothing for an order that nobody will pay for any more."""
    if shown.state in (OrderState.CANCELLED, OrderState.EXPIRED):
        return None
    return tax.contained(shown.tax, shown.total, words, shop)


def _next(view: OrderView, words: Words, shop: Shop, now: datetime) -> Html | None:
    """What happens next, or why nothing does any more."""
    shown = view.order
    match shown.state:
        case OrderState.AWAITING_PAYMENT:
            return _awaiting(view, words, now)
        case OrderState.RESERVED:
            return words.html("order-next-reserved", days=shop.pickup_days)
        case OrderState.PAID:
            return lines(words.html("order-next-paid"), _if_cancelled(view, words, now))
        case OrderState.READY if shown.hold_until is not None:
            until = words.moment(shown.hold_until, now)
            return words.html("order-next-ready-until", place=place(shop, words), until=until)
        case OrderState.READY:
            ready = words.html("order-next-ready", place=place(shop, words))
            return lines(ready, _if_cancelled(view, words, now))
        case OrderState.COLLECTED:
            return tax.note(shop, words)
        case _:
            return _why(view, words)


def _if_cancelled(view: OrderView, words: Words, now: datetime) -> Html | None:
    """What it would cost, if it would cost something now or later."""
    offer = view.cancelling
    if offer is None:
        return None
    if offer.whole_until is not None:
        return words.html("order-free-until", until=words.moment(offer.whole_until, now))
    return words.html("order-cancel-costs", kept=offer.kept) if offer.kept else None


def _awaiting(view: OrderView, words: Words, now: datetime) -> Html:
    if view.attempt == "in_doubt":
        return words.html("order-next-in-doubt")
    if not view.can_pay:
        return words.html("order-next-approving")
    until = view.order.hold_until
    if until is None or until <= now:
        return words.html("order-next-awaiting")
    return words.html("order-next-awaiting-until", until=words.time(until))


def _why(view: OrderView, words: Words) -> Html | None:
    """And, of an order that was not paid in time, whether anything was charged: not if money came in after all, or may have."""
    shown = view.order
    message = f"order-reason-{shown.cancel_reason.replace('_', '-')}"
    why = words.html(message) if shown.cancel_reason and words.has(message) else None
    if shown.cancel_reason != "not_paid" or view.balance.paid:
        return why
    return lines(why, words.html("order-maybe-charged" if view.unheard else "order-nothing-charged"))


def _money_back(view: OrderView, words: Words) -> Html | None:
    owed, refunded, kept = view.balance.owed, view.balance.refunded, view.balance.kept
    return lines(
        words.html("order-owed", amount=owed) if owed.minor > 0 else None,
        words.html("order-refunded", amount=refunded) if refunded.minor > 0 else None,
        words.html("order-kept", amount=kept) if kept else None,
    )


def _buttons(view: OrderView, words: Words, ways: tuple[str, ...]) -> tuple[Row, ...]:
    shown = view.order
    rows: list[Row] = []
    if shown.state is OrderState.AWAITING_PAYMENT:
        if view.can_pay:
            rows.extend(pay_buttons(view, words, ways))
        else:
            rows.append((Button(words.plain("order-look-again"), ShowOrder(shown.id)),))
        rows.append((Button(words.plain("reserve-instead"), ReserveInstead(shown.id)),))
    own: list[Button] = []
    if view.cancelling is not None:
        own.append(Button(words.plain("order-cancel"), CancelOrder(shown.id)))
    if view.balance.paid:
        own.append(Button(words.plain("order-receipt"), SendReceipt(shown.id)))
    if shown.state in _PAST:
        own.append(Button(words.plain("order-again"), OrderAgain(shown.id)))
    if own:
        rows.append(tuple(own))
    rows.append((Button(words.plain("orders-all"), ShowOrders()), Button(words.plain("home"), ShowHome())))
    return tuple(rows)
