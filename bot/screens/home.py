"""The first screen: a greeting, what is new, and every way on."""

from __future__ import annotations

from datetime import datetime

from bot.actions import Browse, LogIn, ShowAccount, ShowCart, ShowOrders, ShowShelves
from bot.screen import Button, Html, Row, Screen, lines, paragraphs
from bot.screens import offer, whereabouts
from bot.screens.lengths import shorten
from bot.texts import Words
from domain.listing import Kind
from domain.shop import Shop
from domain.views import HomeView

_NAME_ON_A_BUTTON = 24
_NEW = 4


def home(view: HomeView, words: Words, shop: Shop, now: datetime, *, greet: bool = True) -> Screen:
    """``greet`` is false for somebody who was greeted with the same message already."""
    return Screen(
        paragraphs(
            _greeting(view, words, shop, now) if greet else None,
            words.html("home-invitation"),
            _new(view, words),
            whereabouts.here(shop, words, now),
        ),
        (_shelves(view, words), *_own(view, words)),
    )


def _greeting(view: HomeView, words: Words, shop: Shop, now: datetime) -> Html:
    hour = now.astimezone(shop.zone).hour
    part = "morning" if 5 <= hour < 12 else "day" if 12 <= hour < 18 else "evening"
    if view.customer_name:
        return words.html(f"home-{part}-name", name=shorten(view.customer_name, 60), shop=shop.name)
    return words.html(f"home-{part}", shop=shop.name)


def _new(view: HomeView, words: Words) -> Html | None:
    if not view.new:
        return None
    # Sorting keeps what is newest first among the books that the reader can surely read, and among the others.
    own = words.language_name(words.language)
    shown = sorted(view.new, key=lambda book: words.language_name(book.language) != own)[:_NEW]
    books = (
        words.html(
            "home-new-book", title=offer.title(book, 70), authors=offer.authors(book.authors, words, most=1)
        )
        if book.authors
        else words.html("as-it-is", text=offer.title(book, 70))
        for book in shown
    )
    return lines(words.html("home-new"), *books)


def _shelves(view: HomeView, words: Words) -> Row:
    row = [Button(words.plain("new"), Browse(Kind.NEW.value))]
    if view.picks:
        row.append(Button(words.plain("staff-picks"), Browse(Kind.PICKS.value)))
    return (*row, Button(words.plain("shelves"), ShowShelves()))


def _own(view: HomeView, words: Words) -> tuple[Row, ...]:
    cart = Button(words.plain("cart-count", count=view.cart_copies), ShowCart())
    if view.customer_name is None:
        return ((cart, Button(words.plain("log-in"), LogIn())),)
    account = Button(shorten(view.customer_name, _NAME_ON_A_BUTTON), ShowAccount())
    if not view.open_orders:
        return ((cart, account),)
    orders = Button(words.plain("home-orders", count=view.open_orders), ShowOrders())
    return ((cart, orders), (account,))
