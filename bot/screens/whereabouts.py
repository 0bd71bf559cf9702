"""Where the shop is, and whether one could come by now. A shop need not say either: nothing is left dangling then."""

from __future__ import annotations

from datetime import datetime

from bot.screen import Html
from bot.texts import Words
from domain.shop import Shop


def place(shop: Shop, words: Words) -> str:
    """Its address, or words that stand for it in a sentence."""
    return shop.address or words.plain("place-unnamed")


def here(shop: Shop, words: Words, now: datetime) -> Html | None:
    """``12 Mill Lane · open till 18:30``; of the two what the shop says."""
    closes, opens = shop.hours.open_until(now), shop.hours.opens_next(now)
    if closes is not None:
        until = words.time(closes)
        if shop.address:
            return words.html("here-open", address=shop.address, until=until)
        return words.html("here-open-unnamed", until=until)
    if opens is not None:
        at = words.moment(opens, now)
        if shop.address:
            return words.html("here-closed", address=shop.address, opens=at)
        return words.html("here-closed-unnamed", opens=at)
    return words.escape(shop.address) if shop.address else None


def pick_up(shop: Shop, words: Words, now: datetime) -> Html:
    """``Pick up at 12 Mill Lane, open till 18:30``"""
    closes, opens = shop.hours.open_until(now), shop.hours.opens_next(now)
    if closes is not None:
        return words.html("pick-up-open", place=place(shop, words), until=words.time(closes))
    if opens is not None:
        return words.html("pick-up-closed", place=place(shop, words), opens=words.moment(opens, now))
    return words.html("pick-up", place=place(shop, words))


def counter(shop: Shop, words: Words, now: datetime) -> Html:
    """``At the counter: 12 Mill Lane, open till 18:30``"""
    closes, opens = shop.hours.open_until(now), shop.hours.opens_next(now)
    if closes is not None:
        return words.html("counter-open", place=place(shop, words), until=words.time(closes))
    if opens is not None:
        return words.html("counter-closed", place=place(shop, words), opens=words.moment(opens, now))
    return words.html("counter", place=place(shop, words))
