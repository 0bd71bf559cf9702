"""What a listing can be narrowed by, and in which order it is shown."""

from __future__ import annotations

from decimal import Decimal

from bot.actions import SetFilter, SetSort, ShowFilters, ShowHome, ShowPage
from bot.screen import Button, Row, Screen, lines
from bot.screens import offer
from bot.screens.choices import choice
from bot.screens.lengths import capital, shorten
from bot.screens.numbers import packed
from bot.texts import Words
from domain.listing import Listing, Option

_CHOSEN = "✓ "
_MOST = 40
"""Options shown; Telegram takes 100 buttons, a thumb fewer."""


def menu(listing: Listing, total: int, words: Words, currency: str) -> Screen:
    """``total`` books are in the listing as it is narrowed now."""
    chosen = dict(listing.narrowed)
    told = offer.joined([choice(one, words, currency) for one in listing.narrowed], words)
    dimensions = [
        Button(words.plain(f"filter-{by}"), ShowFilters(listing.serial, by))
        for by in ("subject", "language", "price", "year", "form")
        if by != listing.kind.value
    ]
    here = "in_stock" in chosen
    in_stock = Button(
        (_CHOSEN if here else "") + capital(words.plain("choice-in-stock")),
        SetFilter(listing.serial, "in_stock", "" if here else "1"),
    )
    sort = Button(
        words.plain("filter-sort", order=words.plain(f"sort-{listing.sort.value}")),
        ShowFilters(listing.serial, "sort"),
    )
    return Screen(
        lines(words.html("filter-title", count=total), told or None),
        (
            *packed([*dimensions, in_stock]),
            (sort,),
            *_take_away(listing, words, currency),
            _leave(listing, words, ShowPage(listing.serial, listing.page), total),
        ),
    )


def options(listing: Listing, by: str, found: tuple[Option, ...], words: Words, currency: str) -> Screen:
    """The values of one filter, each with the books it would leave."""
    buttons = [
        Button(
            _option(one, by, words, currency),
            SetFilter(listing.serial, by, "" if one.chosen else one.value),
        )
        for one in found[:_MOST]
    ]
    text = words.html(f"filter-{by}-title") if buttons else words.html("filter-no-options")
    return Screen(text, (*packed(buttons), _back_to_menu(listing, words)))


def _option(one: Option, by: str, words: Words, currency: str) -> str:
    name = capital(shorten(choice((by, one.value), words, currency), 26))
    mark = _CHOSEN if one.chosen else ""
    return f"{mark}{name}" if one.count is None else f"{mark}{name} · {words.number(Decimal(one.count))}"


def sorting(listing: Listing, words: Words) -> Screen:
    buttons = [
        Button(
            (_CHOSEN if sort is listing.sort else "") + capital(words.plain(f"sort-{sort.value}")),
            SetSort(listing.serial, sort.value),
        )
        for sort in listing.orders
    ]
    return Screen(words.html("filter-sort-title"), (*packed(buttons), _back_to_menu(listing, words)))


def _take_away(listing: Listing, words: Words, currency: str) -> tuple[Row, ...]:
    buttons = [
        Button(f"× {choice(one, words, currency)}", SetFilter(listing.serial, one[0]))
        for one in listing.narrowed
        if one[0] != "in_stock"
    ]
    return packed(buttons)


def _back_to_menu(listing: Listing, words: Words) -> Row:
    return (Button(words.plain("back"), ShowFilters(listing.serial)),)


def _leave(listing: Listing, words: Words, page: ShowPage, total: int) -> Row:
    show = Button(words.plain("filter-show", count=total), page)
    return (show, Button(words.plain("home"), ShowHome()))
