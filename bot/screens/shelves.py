"""The shop's shelves, each with how many books stand there."""

from __future__ import annotations

from decimal import Decimal

from bot.actions import Browse, ShowHome, ShowShelves
from bot.screen import Button, Screen
from bot.screens.choices import choice
from bot.screens.lengths import capital, shorten
from bot.screens.numbers import packed
from bot.texts import Words
from domain.views import Facet, NamedShelf

_MOST = 60
_NAME = 24


def by_subject(shelves: tuple[Facet, ...], words: Words) -> Screen:
    buttons = [
        Button(
            f"{words.plain(f'subject-{one.key}')} · {words.number(Decimal(one.count))}",
            Browse("subject", one.key),
        )
        for one in shelves
        if words.has(f"subject-{one.key}")
    ]
    return _shelves("subject", buttons, words)


def by_language(shelves: tuple[Facet, ...], words: Words) -> Screen:
    buttons = [
        Button(
            f"{capital(words.language_name(one.key))} · {words.number(Decimal(one.count))}",
            Browse("language", one.key),
        )
        for one in shelves[:_MOST]
    ]
    return _shelves("language", buttons, words)


def by_price(shelves: tuple[Facet, ...], words: Words, currency: str) -> Screen:
    buttons = [
        Button(
            f"{capital(choice(('price', one.key), words, currency))} · {words.number(Decimal(one.count))}",
            Browse("price", one.key),
        )
        for one in shelves
    ]
    return _shelves("price", buttons, words)


def by_name(by: str, shelves: tuple[NamedShelf, ...], words: Words) -> Screen:
    """``by`` author or series: those that are asked for most."""
    buttons = [
        Button(
            f"{shorten(one.name, _NAME)} · {words.number(Decimal(one.count))}",
            Browse(f"shelf-{by}", str(one.book_id)),
        )
        for one in shelves
    ]
    return _shelves(by, buttons, words)


def _shelves(by: str, buttons: list[Button], words: Words) -> Screen:
    others = [
        Button(words.plain(f"shelves-by-{other}"), ShowShelves(other))
        for other in ("subject", "author", "series", "language", "price")
        if other != by
    ]
    home = Button(words.plain("home"), ShowHome())
    text = words.html(f"shelves-{by}-title" if buttons else "shelves-none")
    return Screen(text, (*packed(buttons), *packed([*others, home])))
