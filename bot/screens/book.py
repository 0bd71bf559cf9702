"""A book's page: what it is, what it costs, whether it is here, and what can be done about it."""

from __future__ import annotations

from bot.actions import (
    Action,
    AddToCart,
    AskForBook,
    Browse,
    ShowBook,
    ShowCart,
    ShowEditions,
    ShowHome,
    Still,
)
from bot.screen import Button, Html, Row, Screen, lines, paragraphs
from bot.screens import offer
from bot.screens.cover import cover_of
from bot.screens.lengths import shorten, visible
from bot.screens.numbers import packed
from bot.texts import Words
from domain.book import Book, Here, NotToBeHad, Preorder, Supply, ToOrder
from domain.cart import MAX_OF_ONE_BOOK
from domain.listing import Kind
from domain.views import BookView

CAPTION = 1024  # Bot API, sendPhoto.caption, after entities are parsed
_TITLE, _SUBTITLE, _SERIES, _PUBLISHER = 200, 140, 70, 60
_SUBJECTS = 4
_NAME_ON_A_BUTTON = 26
_SHARED = 60


def book(view: BookView, words: Words, quantity: int, back: Action) -> Screen:
    """``quantity`` is what the stepper stands at, within `most`."""
    shown = view.book
    return Screen(
        _caption(view, words, quantity),
        (*_buying(view, words, quantity), *_onward(view, words), _leave(words, back)),
        cover_of(shown),
    )


def for_sale(view: BookView) -> bool:
    return not view.book.withdrawn and view.book.can_sell(1)


def most(shown: Book) -> int:
    """How many copies of a book can be asked for at once."""
    if shown.supply in (Supply.ORDERABLE, Supply.PREORDER):
        return MAX_OF_ONE_BOOK
    return max(1, min(MAX_OF_ONE_BOOK, shown.stock.free))


# --- what is written ------------------------------------------------------------------------------------------------------


def _caption(view: BookView, words: Words, quantity: int) -> Html:
    """Within a caption's length: what was written about the book gives way, and it is shortened, never the offer."""
    head, offered = _head(view.book, words), _offer(view, words, quantity)
    room = CAPTION - visible(paragraphs(head, offered)) - 4
    said: list[Html] = []
    for message, text in (("book-blurb", view.book.blurb), ("book-staff-pick", view.book.staff_pick)):
        around = visible(words.html(message, text="")) + 2
        if text and room > around + 40:
            said.append(words.html(message, text=shorten(text, room - around - 2)))
            room -= visible(said[-1]) + 2
    return paragraphs(head, *said, offered)


def _head(shown: Book, words: Words) -> Html:
    return lines(
        words.html("book-title", title=shorten(shown.title, _TITLE)),
        words.html("as-it-is", text=shorten(shown.subtitle, _SUBTITLE)) if shown.subtitle else None,
        words.html("as-it-is", text=offer.authors(shown.authors, words, most=3)) if shown.authors else None,
        _series(shown, words),
        offer.joined(_facts(shown, words), words) or None,
        _subjects(shown, words),
    )


def _series(shown: Book, words: Words) -> Html | None:
    if not shown.series:
        return None
    name = shorten(shown.series, _SERIES)
    if not shown.series_no:
        return words.html("as-it-is", text=name)
    return words.html("book-series", series=name, number=shorten(shown.series_no, 12))


def _facts(shown: Book, words: Words) -> list[str]:
    publisher = shorten(shown.publisher, _PUBLISHER)
    year = "" if shown.year is None else str(shown.year)
    return [
        ", ".join(filter(None, (publisher, year))),
        words.language_name(shown.language) if shown.language else "",
        offer.form(shown, words),
        words.plain("book-pages", count=shown.pages) if shown.pages else "",
    ]


def _subjects(shown: Book, words: Words) -> Html | None:
    names = [words.plain(f"subject-{one}") for one in shown.subjects if words.has(f"subject-{one}")]
    return offer.joined(names[:_SUBJECTS], words) if names else None


def _offer(view: BookView, words: Words, quantity: int) -> Html:
    shown = view.book
    if shown.withdrawn:
        return words.html("book-withdrawn")
    if isinstance(shown.availability, NotToBeHad):
        recalled = shown.availability.recalled
        return words.html("book-recalled" if recalled else "book-not-to-be-had")
    if shown.price is None:
        coming = _wait(view, words, quantity) if isinstance(shown.availability, Preorder) else None
        return lines(_here(shown, words), coming, words.html("book-ask-price"))
    price = words.html("book-price", price=shown.price)
    here = _here(shown, words)
    return lines(price if here is None else Html(f"{price} · {here}"), _wait(view, words, quantity))


def _here(shown: Book, words: Words) -> Html | None:
    """How many stand in the shop, and where."""
    if not isinstance(shown.availability, Here):
        return None
    copies = shown.availability.copies
    if not shown.shelf:
        return words.html("offer-here", copies=copies)
    return words.html("book-here-shelf", copies=copies, shelf=shown.shelf)


def _wait(view: BookView, words: Words, quantity: int) -> Html | None:
    """What is to be expected of copies that are not here."""
    shown = view.book
    wanted = view.in_cart or quantity
    match shown.availability:
        case Here(copies) if wanted > copies:
            if shown.lead_days is None:
                return words.html("book-rest-to-order")
            return words.html("book-rest-to-order-days", days=shown.lead_days)
        case ToOrder(None):
            return words.html("book-to-order")
        case ToOrder(days):
            return words.html("book-to-order-days", days=days or 0)
        case Preorder(None):
            return words.html("book-preorder")
        case Preorder(on):
            return words.html("book-preorder-on", day="" if on is None else words.date(on))
        case _:
            return None


# --- what can be pressed --------------------------------------------------------------------------------------------------


def _buying(view: BookView, words: Words, quantity: int) -> tuple[Row, ...]:
    shown, in_cart = view.book, view.in_cart
    if not for_sale(view):
        ask = (Button(words.plain("ask-the-shop"), AskForBook(shown.id)),)
        return (ask, (_cart(view, words),)) if in_cart else (ask,)
    if in_cart:
        stepper = (
            Button("−", AddToCart(shown.id, in_cart, in_cart - 1)),
            Button(words.plain("in-cart", count=in_cart), ShowCart()),
            Button("+", AddToCart(shown.id, in_cart, in_cart + 1)),
        )
        return (stepper, (_cart(view, words),))
    return (
        (Button(_add(shown, words, quantity), AddToCart(shown.id, 0, quantity)),),
        (
            Button("−", ShowBook(shown.id, quantity - 1) if quantity > 1 else Still()),
            Button(str(quantity), Still()),
            Button("+", ShowBook(shown.id, quantity + 1)),
        ),
    )


def _add(shown: Book, words: Words, quantity: int) -> str:
    if quantity == 1 or shown.price is None:
        return words.plain("add-to-cart")
    return words.plain("add-copies-to-cart", count=quantity, total=shown.price * quantity)


def _cart(view: BookView, words: Words) -> Button:
    return Button(words.plain("cart-count", count=view.cart_copies), ShowCart())


def _onward(view: BookView, words: Words) -> tuple[Row, ...]:
    shown, around = view.book, view.around
    rows: list[Row] = []
    if shown.authors and around.by_author > 1:
        label = words.plain("more-by", author=shorten(shown.authors[0], _NAME_ON_A_BUTTON))
        rows.append((Button(label, Browse(Kind.AUTHOR.value, str(shown.id))),))
    others: list[Button] = []
    if around.editions > 1:
        others.append(Button(words.plain("editions", count=around.editions), ShowEditions(shown.id)))
    if shown.series and around.in_series > 1:
        label = words.plain("series", count=around.in_series)
        others.append(Button(label, Browse(Kind.SERIES.value, str(shown.id))))
    if shown.subjects:  # books are alike by their subjects; counting them would take longer than showing them
        others.append(Button(words.plain("similar"), Browse(Kind.SIMILAR.value, str(shown.id))))
    others.append(Button(words.plain("share"), share=shown.isbn13 or shorten(shown.title, _SHARED)))
    return (*rows, *packed(others))


def _leave(words: Words, back: Action) -> Row:
    if back == ShowHome():
        return (Button(words.plain("home"), back),)
    return (Button(words.plain("back"), back), Button(words.plain("home"), ShowHome()))
