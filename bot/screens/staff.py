"""What the staff see: an order's card, the list of open orders, the question for a reason."""

from __future__ import annotations

from datetime import datetime

from bot.actions import (
    StaffAccept,
    StaffCancel,
    StaffCancelFor,
    StaffHandOver,
    StaffOrders,
    StaffReady,
    StaffRefunded,
    StaffShow,
)
from bot.screen import Button, Html, Row, Screen, lines, paragraphs
from bot.texts import Words
from domain.order import Order, OrderLine, OrderState, Way
from domain.payment import Balance
from domain.shop import Shop

REASONS = ("sold_out", "damaged", "customer", "not_collected", "other")
"""Why staff cancel an order."""

_TITLE = 90
_LINES = 25
"""Lines that a card lists; with more, the rest is counted, so that the card fits a message."""


def order_card(
    order: Order, balance: Balance, words: Words, now: datetime, *, by_itself: bool = False
) -> Screen:
    """One order as the staff work it: what state, whose, what to fetch from where, what to do next. ``by_itself``: a gateway
    gives back what is owed."""
    return Screen(_text(order, balance, words, now, by_itself), _buttons(order, balance, words, by_itself))


def cancel_reasons(order: Order, balance: Balance, words: Words, now: datetime) -> Screen:
    """The card, asking why the order is cancelled."""
    question = words.html("staff-why-cancel", number=order.number)
    if balance.here:
        question = lines(question, words.html("staff-cancel-refunds", amount=balance.here))
    rows: list[Row] = [
        (Button(words.plain(f"staff-reason-{reason.replace('_', '-')}"), StaffCancelFor(order.id, reason)),)
        for reason in REASONS
        if reason != "not_collected" or order.state is OrderState.READY
    ]
    rows.append((Button(words.plain("staff-keep"), StaffShow(order.id)),))
    return Screen(paragraphs(_text(order, balance, words, now), question), tuple(rows))


def open_orders(
    orders: tuple[Order, ...], total: int, page: int, size: int, words: Words, now: datetime
) -> Screen:
    """The orders that somebody still has to do something about, oldest first."""
    if not orders:
        return Screen(words.html("staff-nothing-open"))
    listed = [
        words.html(
            "staff-list-line",
            number=order.number,
            state=_state(order, words, now),
            name=order.customer_name,
            amount=order.total,
            copies=order.copies,
        )
        for order in orders
    ]
    buttons = [Button(order.number, StaffShow(order.id, anew=True)) for order in orders]
    rows: list[Row] = [tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)]
    turning = []
    if page > 0:
        turning.append(Button(words.plain("staff-earlier"), StaffOrders(page - 1)))
    if (page + 1) * size < total:
        turning.append(Button(words.plain("staff-later"), StaffOrders(page + 1)))
    if turning:
        rows.append(tuple(turning))
    return Screen(paragraphs(words.html("staff-open-orders", count=total), lines(*listed)), tuple(rows))


def reminder(order: Order, since: str, words: Words) -> Screen:
    """Nobody accepted it yet."""
    text = words.html("staff-reminder", number=order.number, since=since)
    return Screen(text, ((Button(words.plain("staff-accept"), StaffAccept(order.id)),),))


def help_page(shop: Shop, words: Words) -> Screen:
    return Screen(words.html("staff-help", shop=shop.name))


def _text(order: Order, balance: Balance, words: Words, now: datetime, by_itself: bool = False) -> Html:
    head = words.html(
        "staff-head",
        number=order.number,
        state=_state(order, words, now),
        money=_money(order, balance, words),
    )
    who = words.html(
        "staff-who",
        name=order.customer_name or words.plain("staff-nobody"),
        at=words.moment(order.created_at, now),
    )
    claimed = None
    if order.accepted_at is not None and order.state in (OrderState.PAID, OrderState.RESERVED):
        claimed = words.html(
            "staff-claimed", name=order.accepted_name, at=words.moment(order.accepted_at, now)
        )
    listed = [_line(line, words, order.state) for line in order.lines[:_LINES]]
    if len(order.lines) > _LINES:
        listed.append(words.html("staff-more-lines", count=len(order.lines) - _LINES))
    reason = None
    if order.cancel_reason:
        reason = words.html("staff-reason", reason=reason_text(order.cancel_reason, words))
    owed = None
    if balance.owed:
        owed = words.html("staff-owed-by-itself" if by_itself else "staff-owed", amount=balance.owed)
    kept = words.html("staff-kept", amount=balance.kept) if balance.kept else None
    return paragraphs(lines(head, who, claimed), lines(*listed), lines(reason, kept, owed))


def reason_text(reason: str, words: Words) -> str:
    """A reason's words; one from an older program as it was kept."""
    message = f"staff-reason-{reason.replace('_', '-')}"
    return words.plain(message) if words.has(message) else reason


def _line(line: OrderLine, words: Words, state: OrderState) -> Html:
    author = line.authors[0] if line.authors else ""
    text = words.html(
        "staff-line",
        shelf=line.shelf or "–",
        quantity=line.quantity,
        title=_short(line.title),
        author=author,
        form=words.plain(f"staff-form-{line.form}"),
    )
    if line.to_order and state not in (OrderState.CANCELLED, OrderState.EXPIRED, OrderState.REFUNDED):
        text = lines(text, words.html("staff-line-to-order", count=line.to_order))
    return text


def _state(order: Order, words: Words, now: datetime) -> str:
    if order.state in (OrderState.PAID, OrderState.RESERVED):
        if order.accepted_at is None:
            return words.plain("staff-state-new")
        return words.plain("staff-state-accepted", name=order.accepted_name)
    if order.state is OrderState.READY and order.ready_at is not None:
        since = words.moment(order.ready_at, now)
        if order.hold_until is None:
            return words.plain("staff-state-ready", since=since)
        return words.plain("staff-state-ready-until", since=since, until=words.moment(order.hold_until, now))
    if order.closed_at is None:
        return words.plain("staff-state-awaiting-payment")
    name = f"staff-state-{order.state.value.replace('_', '-')}"
    at = words.moment(order.closed_at, now)
    if order.closed_name:
        return words.plain(f"{name}-by", at=at, name=order.closed_name)
    return words.plain(name, at=at)


def _money(order: Order, balance: Balance, words: Words) -> str:
    if order.tender is not None:
        return words.plain(f"staff-money-{order.tender.value}", amount=order.total)
    if balance.paid and balance.refunded + balance.kept == balance.paid:
        if not balance.kept:
            return words.plain("staff-money-refunded", amount=balance.refunded)
        if not balance.refunded:
            return words.plain("staff-money-kept", kept=balance.kept)
        return words.plain("staff-money-refunded-part", amount=balance.refunded, kept=balance.kept)
    if balance.paid:
        return words.plain("staff-money-paid", amount=balance.paid)
    if order.way is Way.COUNTER:
        return words.plain("staff-money-counter", amount=order.total)
    return words.plain("staff-money-online", amount=order.total)


def _buttons(order: Order, balance: Balance, words: Words, by_itself: bool) -> tuple[Row, ...]:
    cancel = Button(words.plain("staff-cancel"), StaffCancel(order.id))
    rows: list[Row] = []
    match order.state:
        case OrderState.PAID | OrderState.RESERVED if order.accepted_at is None:
            rows.append((Button(words.plain("staff-accept"), StaffAccept(order.id)), cancel))
        case OrderState.PAID | OrderState.RESERVED:
            rows.append((Button(words.plain("staff-ready"), StaffReady(order.id)), cancel))
        case OrderState.READY if order.way is Way.ONLINE:
            rows.append((Button(words.plain("staff-hand-over"), StaffHandOver(order.id)), cancel))
        case OrderState.READY:
            rows.append(
                (
                    Button(words.plain("staff-paid-cash"), StaffHandOver(order.id, "cash")),
                    Button(words.plain("staff-paid-card"), StaffHandOver(order.id, "card")),
                )
            )
            rows.append((cancel,))
        case _:
            pass
    if balance.owed and not by_itself:
        label = words.plain("staff-refunded", amount=balance.owed)
        rows.append((Button(label, StaffRefunded(order.id, balance.owed.minor)),))
    return tuple(rows)


def _short(title: str) -> str:
    return title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"
