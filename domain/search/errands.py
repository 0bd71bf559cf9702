"""What people want of a shop besides a book: their cart, their orders, the way there, advice.

``errands.txt`` holds how they say it, as `domain.search.phrases` reads it. A message counts only if it says nothing else.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from domain.search.filler import core
from domain.search.folding import words
from domain.search.phrases import Phrases, all_words, parts

_LONGEST = 14
"""Words; whoever writes more says more than that."""
_POLITE = all_words(
    "hi hello hey please pls plz thanks ty ok okay so and um well sorry now then guys there hallo moin servus guten tag bitte"
    " danke und also ja sagen sagt mal denn eigentlich bonjour merci hola gracias ciao grazie"
)
_PARTICLES = frozenset({"denn", "eigentlich", "mal", "gerade", "please", "bitte", "actually", "just"})


class Errand(StrEnum):
    CART = "cart"
    CHECKOUT = "checkout"
    ORDERS = "orders"
    NEW = "new"
    PICKS = "picks"
    """Something to read: the staff's advice."""
    POPULAR = "popular"
    SHELVES = "shelves"
    SUPPORT = "support"
    """The shop itself: its hours, its address, a person."""
    TERMS = "terms"
    HELP = "help"
    LOG_IN = "log-in"
    LOG_OUT = "log-out"
    REGISTER = "register"
    ACCOUNT = "account"
    FORGOTTEN = "forgotten"
    LANGUAGE = "language"
    HOME = "home"


def errand(text: str) -> Errand | None:
    """What a message asks of the shop, if that is all it says."""
    said = words(text)
    if not 0 < len(said) <= _LONGEST or not _words().issuperset(said):
        return None
    start, end = core(said)
    plainly = [word for word in _politely(said) if word not in _PARTICLES]
    for asked in (said, plainly, said[start:end]):
        if not asked:
            continue
        for kind, phrases in _phrases().items():
            if phrases.longest(asked) == len(asked):
                return kind
    return None


def _politely(said: list[str]) -> list[str]:
    """``said`` without what is only polite."""
    start, end = 0, len(said)
    while start < end - 1 and said[start] in _POLITE:
        start += 1
    while end - 1 > start and said[end - 1] in _POLITE:
        end -= 1
    return said[start:end]


@cache
def _words() -> frozenset[str]:
    """All words of errands and of requests: a message with any other is no errand, and need not be looked at."""
    said = " ".join((*parts("errands.txt").values(), *parts("requests.txt").values()))
    return all_words(said) | _POLITE | _PARTICLES


@cache
def _phrases() -> dict[Errand, Phrases]:
    said = parts("errands.txt")
    return {kind: Phrases(said[kind.value]) for kind in Errand}
