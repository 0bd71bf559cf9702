"""Checking out: log in first, what would be ordered, and what changed meanwhile."""

from __future__ import annotations

from datetime import datetime

from bot.actions import CheckOut, LogIn, PlaceOrder, Register, ShowCart
from bot.screen import Button, Html, Row, Screen, lines, paragraphs
from bot.screens import cancelling, cart, tax, whereabouts
from bot.screens.orders import way_name
from bot.texts import Words
from domain.shop import Shop
from domain.views import CartLineView, SummaryView

_LISTED = 20
"""Lines that are listed in full; with more, the rest is counted, so that the summary fits a message."""
_COUNTER = "counter"


def needs_login(words: Words) -> Screen:
    return Screen(
        words.html("checkout-needs-login"),
        (
            (Button(words.plain("log-in"), LogIn()), Button(words.plain("register"), Register())),
            (Button(words.plain("back"), ShowCart()),),
        ),
    )


def summary(view: SummaryView, words: Words, shop: Shop, now: datetime) -> Screen:
    """What is agreed to by the buttons beneath: they carry its fingerprint."""
    total = view.cart.total
    rows: list[Row] = []
    for way in view.online:
        label = words.plain("pay-now", total=total)
        if len(view.online) > 1:
            label = words.plain("pay-now-with", total=total, way=way_name(way, words))
        rows.append((Button(label, PlaceOrder(view.checkout_id, view.fingerprint, way)),))
    reserve = PlaceOrder(view.checkout_id, view.fingerprint, _COUNTER)
    rows.append((Button(words.plain("reserve-at-counter"), reserve),))
    rows.append((Button(words.plain("back-to-cart"), ShowCart()),))
    return Screen(
        paragraphs(
            words.html("checkout-title"),
            _listed(view.cart.lines, words),
            lines(
                words.html("cart-total", total=total),
                tax.contained(shop.tax, total, words, shop),
                tax.note(shop, words),
            ),
            whereabouts.pick_up(shop, words, now),
            _cancelling(view, words, shop),
        ),
        tuple(rows),
    )


def changed(view: SummaryView, words: Words) -> Screen:
    """What is not as the customer last saw it. With something that can no longer be had, only the cart leads on."""
    back = Button(words.plain("back-to-cart"), ShowCart())
    row: Row = (back,)
    if not view.cart.problem:
        row = (Button(words.plain("checkout-fine"), CheckOut()), back)
    return Screen(
        paragraphs(
            words.html("checkout-changed"),
            _listed(tuple(line for line in view.cart.lines if line.changed), words),
            words.html("cart-total", total=view.cart.total),
        ),
        (row,),
    )


def _listed(shown: tuple[CartLineView, ...], words: Words) -> Html:
    listed = [
        lines(
            cart.described(line, words, 70),
            *(words.html("cart-remark", remark=remark) for remark in cart.remarks(line, words)),
        )
        for line in shown[:_LISTED]
    ]
    if len(shown) > _LISTED:
        listed.append(words.html("order-lines-more", count=len(shown) - _LISTED))
    return lines(*listed)


def _cancelling(view: SummaryView, words: Words, shop: Shop) -> Html | None:
    """Agreed to with the rest, by whoever pays now."""
    terms = shop.cancel_terms
    if not view.online or not cancelling.worth_saying(terms):
        return None
    return cancelling.rule(terms, shop.currency, words)
