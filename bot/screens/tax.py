"""The tax that an amount includes, in words."""

from __future__ import annotations

from bot.screen import Html
from bot.texts import Words
from domain.money import Money
from domain.shop import Shop
from domain.tax import TaxRate


def named(rate: TaxRate, words: Words, name: str = "") -> str:
    """``7% VAT``; ``name`` is what the shop calls it, if it is not what the language does."""
    return words.plain("tax-rate", percent=words.number(rate.percent), name=name or words.plain("tax-name"))


def contained(rate: TaxRate | None, gross: Money, words: Words, shop: Shop) -> Html | None:
    """What an amount contains, with what is left; nothing if the rate is not known."""
    if rate is None or not gross:
        return None
    tax = named(rate, words, shop.tax_name)
    if not rate.points:
        return words.html("tax-none", tax=tax)
    return words.html("tax-contained", tax=tax, amount=rate.contained(gross), net=rate.net(gross))


def note(shop: Shop, words: Words) -> Html | None:
    """What the shop says about tax besides."""
    said = shop.tax_note_in(words.language)
    return words.html("as-it-is", text=said) if said else None
