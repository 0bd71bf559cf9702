"""A book's stock, for the staff."""

from __future__ import annotations

from collections.abc import Callable

from bot.actions import StaffCount, StaffStock
from bot.screen import Button, Html, Row, Screen, lines, paragraphs
from bot.screens import offer
from bot.screens.lengths import shorten
from bot.screens.search import NO_ISBN
from bot.texts import Words
from domain.barcode import NoIsbn
from domain.book import Book

_STEPS = (-1, 1, 5, 10)
_LISTED = 8
_LABEL = 50


def card(book: Book, words: Words, said: Html | None = None) -> Screen:
    """What stands of it where, what it costs, and the buttons to count it. ``said`` stands above."""
    parts = [
        book.isbn13 or "",
        offer.form(book, words),
        words.money(book.price) if book.price else words.plain("offer-ask-price"),
    ]
    title = words.html("stock-title", title=offer.title(book), authors=offer.authors(book.authors, words))
    counts = words.html(
        "stock-counts", on_hand=book.stock.on_hand, held=book.stock.held, free=book.stock.free
    )
    shelf = words.html("stock-shelf", shelf=shorten(book.shelf, _LABEL)) if book.shelf else None
    supply = words.html("stock-supply", supply=offer.availability(book, words))
    return Screen(
        paragraphs(
            said,
            lines(title, offer.joined(parts, words)),
            lines(counts, shelf, supply),
            words.html("stock-answer"),
        ),
        (_steps(book), (Button(words.plain("stock-look-again"), StaffStock(book.id)),)),
    )


def choice(books: tuple[Book, ...], words: Words) -> Screen:
    """Several books: which one?"""
    shown = books[:_LISTED]
    rows = tuple((Button(_label(book, shown, words), StaffStock(book.id)),) for book in shown)
    return Screen(words.html("stock-which", count=len(books)), rows)


def not_here(isbns: tuple[str, ...], words: Words) -> Screen:
    return Screen(words.html("stock-not-here", count=len(isbns), isbns=", ".join(isbns[:_LISTED])))


def nothing_found(asked: str, words: Words) -> Screen:
    return Screen(words.html("stock-nothing-found", words=shorten(asked, _LABEL)))


def no_isbn(why: NoIsbn, words: Words) -> Screen:
    return Screen(words.html(NO_ISBN[why]))


def how(words: Words) -> Screen:
    return Screen(words.html("stock-how"))


def _steps(book: Book) -> Row:
    have = book.stock.on_hand
    return tuple(
        Button(f"{'+' if step > 0 else '−'}{abs(step)}", StaffCount(book.id, have, have + step))
        for step in _STEPS
        if have + step >= book.stock.held
    )


def _label(book: Book, among: tuple[Book, ...], words: Words) -> str:
    """The title; of several with the same one also what tells them apart: form, language, year, else the ISBN."""
    namesakes = [other for other in among if other.title == book.title]
    ways: tuple[Callable[[Book], str], ...] = (
        lambda one: words.plain(f"staff-form-{one.form}"),
        lambda one: words.language_name(one.language) if one.language else "",
        lambda one: str(one.year or ""),
    )
    told = [way(book) for way in ways if len({way(one) for one in namesakes}) > 1]
    if len(namesakes) > 1 and not told:
        told = [book.isbn13 or ""]
    title = shorten(book.title, _LABEL if not told else _LABEL // 2)
    copies = words.plain("stock-copies", count=book.stock.on_hand)
    return " · ".join(filter(None, (title, ", ".join(told), copies)))
