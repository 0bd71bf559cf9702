"""What a book costs and whether it can be had, in a few words: the same words wherever a book stands in a list."""

from __future__ import annotations

from bot.screen import Html
from bot.screens.lengths import shorten
from bot.texts import Words
from domain.book import Book, Here, NotToBeHad, Preorder, ToOrder

_SPACE = "\u00a0"  # the one at which no line breaks
_SHORT = 20
_LIST_TITLE = 90
_LIST_AUTHORS = 40


def availability(book: Book, words: Words) -> str:
    """``3 here``, ``to order, 4 days``, ``pre-order, 3 March 2027``, ``not to be had``."""
    match book.availability:
        case Here(copies):
            return words.plain("offer-here", copies=copies)
        case ToOrder(None):
            return words.plain("offer-to-order")
        case ToOrder(days):
            return words.plain("offer-to-order-days", days=days or 0)
        case Preorder(None):
            return words.plain("offer-preorder")
        case Preorder(on):
            return words.plain("offer-preorder-on", day=words.date(on) if on is not None else "")
        case NotToBeHad(recalled=True):
            return words.plain("offer-recalled")
        case NotToBeHad():
            return words.plain("offer-not-to-be-had")


def price_and_availability(book: Book, words: Words) -> list[str]:
    """What a list says of buying a book. One without a price is never shown as free: it has to be asked for."""
    available = availability(book, words)
    if isinstance(book.availability, NotToBeHad):
        return [available]
    if book.price is not None:
        return [words.money(book.price), available]
    if isinstance(book.availability, Here | Preorder):
        return [available, words.plain("offer-ask-price")]
    return [words.plain("offer-to-order-ask-price")]


def form(book: Book, words: Words) -> str:
    """``paperback``; empty if it is none of the usual."""
    return words.plain(f"form-{book.form}") if words.has(f"form-{book.form}") else ""


def authors(names: tuple[str, ...], words: Words, most: int = 2, limit: int = _LIST_AUTHORS) -> str:
    """``Terry Pratchett and Neil Gaiman``; after ``most`` names, ``and others``."""
    if len(names) > most:
        return words.plain(
            "authors-and-others", names=", ".join(shorten(name, limit) for name in names[:most])
        )
    return words.listing([shorten(name, limit) for name in names])


def title(book: Book, limit: int = _LIST_TITLE) -> str:
    return shorten(book.title, limit)


def joined(parts: list[str], words: Words) -> Html:
    """The parts that are there, with a dot between. Short ones stay whole at the end of a line, and no line begins with
    a dot."""
    return Html(f"{_SPACE}· ".join(words.html("as-it-is", text=_whole(part)) for part in parts if part))


def _whole(part: str) -> str:
    return part.replace(" ", _SPACE) if len(part) <= _SHORT else part
