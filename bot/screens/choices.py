"""What narrows a listing down, in words: ``under €15``, ``German``, ``1980–1999``, ``by Ursula K. Le Guin``."""

from __future__ import annotations

from bot.screens.lengths import shorten
from bot.texts import Words
from domain.listing import Choice, limits
from domain.money import Money, exponent

_NAME = 26


def choice(one: Choice, words: Words, currency: str) -> str:
    name, value = one
    match name:
        case "subject":
            return words.plain(f"subject-{value}")
        case "readers":
            return words.plain("choice-readers", subject=value)
        case "language":
            return words.language_name(value)
        case "form":
            return words.plain(f"form-{value}")
        case "in_stock":
            return words.plain("choice-in-stock")
        case "author":
            return words.plain("choice-author", author=shorten(value, _NAME))
        case "copies":
            return words.plain("choice-copies", count=int(value))
        case "like" | "after":
            return words.plain(f"choice-{name}", title=shorten(value, _NAME))
        case "sort":
            return words.plain(f"sort-{value}")
        case "price":
            return _price(value, words, currency)
        case _:
            return _years(value, words)


def _price(value: str, words: Words, currency: str) -> str:
    low, high = limits(value)
    unit = 10 ** exponent(currency)
    below = high is not None and (high + 1) % unit == 0 and unit > 1
    top = "" if high is None else words.round_money(Money(high + below, currency))
    if low is None:
        return words.plain("choice-price-under" if below else "choice-price-up-to", top=top)
    bottom = words.round_money(Money(low, currency))
    if high is None:
        return words.plain("choice-price-from", bottom=bottom)
    return words.plain("choice-price-between", bottom=bottom, top=top)


def _years(value: str, words: Words) -> str:
    low, high = limits(value)
    if low is None:
        return words.plain("choice-year-before", year=str((high or 0) + 1))
    if high is None:
        return words.plain("choice-year-from", year=str(low))
    return str(low) if low == high else f"{low}–{high}"
