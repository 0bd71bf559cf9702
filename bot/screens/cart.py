"""The cart: its lines with steppers, what changed since the customer last looked, and the total."""

from __future__ import annotations

from bot.actions import (
    Action,
    CheckOut,
    EmptyCart,
    OrderMore,
    SetQuantity,
    ShowBook,
    ShowCart,
    ShowHome,
    ShowShelves,
    Still,
    UndoEmpty,
)
from bot.screen import Button, Html, Row, Screen, lines, paragraphs
from bot.screens import offer
from bot.texts import Words
from domain.book import Book
from domain.views import CartLineView, CartView

PAGE = 6
"""Lines on one page: each has a row of buttons."""


def page_of(view: CartView, page: int) -> int:
    """The page nearest to the one asked for that the cart has."""
    return max(0, min(page, (len(view.lines) - 1) // PAGE))


def on_page(view: CartView, page: int) -> tuple[CartLineView, ...]:
    return view.lines[page * PAGE : (page + 1) * PAGE]


def cart(
    view: CartView, words: Words, page: int, onward: Action, asked: tuple[int, int] | None = None
) -> Screen:
    """``onward`` is where looking around goes on. ``asked``: a book and how many copies of it were just asked for, of which
    some would have to be ordered: the button that says yes to it is shown."""
    numbered = len(view.lines) > 1
    shown, rows = [], []
    for number, line in enumerate(on_page(view, page), start=page * PAGE + 1):
        shown.append(lines(*_line(line, words, number if numbered else None)))
        rows.append(_stepper(line, words, number if numbered else None))
        if asked is not None and asked[0] == line.book.id and asked[1] > line.quantity:
            label = _order_more(line.book, asked[1] - line.here, words)
            rows.append((Button(label, OrderMore(line.book.id, line.quantity, asked[1])),))
    rows.extend(_pages(page, (len(view.lines) + PAGE - 1) // PAGE))
    if not view.problem:
        rows.append((Button(words.plain("check-out"), CheckOut()),))
    rows.append(
        (
            Button(words.plain("go-on-looking"), onward),
            Button(words.plain("empty-cart"), EmptyCart(view.copies)),
        )
    )
    return Screen(
        paragraphs(
            words.html("cart-title"),
            lines(*shown) if not numbered else paragraphs(*shown),
            words.html("cart-problem") if view.problem else None,
            words.html("cart-total", total=view.total),
        ),
        tuple(rows),
    )


def empty(words: Words, *, undo: bool = False) -> Screen:
    """``undo``: it was emptied just now."""
    on: Row = (Button(words.plain("shelves"), ShowShelves()), Button(words.plain("home"), ShowHome()))
    if undo:
        return Screen(words.html("cart-emptied"), ((Button(words.plain("undo"), UndoEmpty()),), on))
    return Screen(words.html("cart-empty"), (on,))


def described(line: CartLineView, words: Words, limit: int = 90) -> Html:
    """``2 × Dune · €21.80``"""
    title = offer.title(line.book, limit)
    if line.total is None:
        return words.html("cart-line-no-price", quantity=line.quantity, title=title)
    return words.html("cart-line", quantity=line.quantity, title=title, total=line.total)


def remarks(line: CartLineView, words: Words) -> list[Html]:
    """What the customer has to know of a line: what changed, and what has to be ordered."""
    said = []
    price = line.book.price
    if line.was is not None and price is not None:
        said.append(words.html("cart-line-price", price=price, was=line.was))
    if line.problem:
        said.append(words.html("cart-line-problem", here=line.here))
    elif line.to_order and line.was_here is not None:
        said.append(words.html("cart-line-scarcer", here=line.here))
    if line.to_order and not line.problem:
        said.append(_to_order(line, words))
    return said


def _line(line: CartLineView, words: Words, number: int | None) -> list[Html]:
    first = described(line, words)
    if number is not None:
        first = words.html("cart-numbered", number=number, line=first)
    return [first, *(words.html("cart-remark", remark=remark) for remark in remarks(line, words))]


def _to_order(line: CartLineView, words: Words) -> Html:
    book = line.book
    if book.supply.value == "preorder":
        if book.available_from is None:
            return words.html("cart-line-preorder", count=line.to_order)
        return words.html("cart-line-preorder-on", count=line.to_order, day=words.date(book.available_from))
    if book.lead_days is None:
        return words.html("cart-line-to-order", count=line.to_order)
    return words.html("cart-line-to-order-days", count=line.to_order, days=book.lead_days)


def _order_more(book: Book, count: int, words: Words) -> str:
    if book.lead_days is None:
        return words.plain("cart-order-more", count=count)
    return words.plain("cart-order-more-days", count=count, days=book.lead_days)


def _stepper(line: CartLineView, words: Words, number: int | None) -> Row:
    book_id, count = line.book.id, line.quantity
    row: Row = (
        Button("−", SetQuantity(book_id, count, count - 1)),
        Button(str(count), Still()),
        Button("+", SetQuantity(book_id, count, count + 1)),
    )
    if number is None:
        return (*row, Button(words.plain("remove"), SetQuantity(book_id, count, 0)))
    return (
        Button(f"{number}.", ShowBook(book_id)),
        *row,
        Button("✕", SetQuantity(book_id, count, 0)),
    )


def _pages(page: int, count: int) -> tuple[Row, ...]:
    if count < 2:
        return ()
    row = [Button(f"{page + 1}/{count}", Still())]
    if page > 0:
        row.insert(0, Button("‹", ShowCart(page - 1)))
    if page < count - 1:
        row.append(Button("›", ShowCart(page + 1)))
    return (tuple(row),)
