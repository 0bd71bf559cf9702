"""What was read out of a message, and the means to read it: patterns of phrases that take what they match out of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

from domain.ports.books import Filters


class Wish(StrEnum):
    """What is wanted of the book that is named."""

    ITSELF = "itself"
    LIKE = "like"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Understood:
    """``rest`` is the message without what was understood. ``filters`` name prices in minor units, rounded to what the
    currency has. ``quantity`` None: not said."""

    rest: str
    filters: Filters = field(default_factory=Filters)
    quantity: int | None = None
    wish: Wish = Wish.ITSELF

    @property
    def anything(self) -> bool:
        return self.filters.any or self.quantity is not None or self.wish is not Wish.ITSELF


Step = Callable[[Understood], Understood]
Use = Callable[[re.Match[str]], Filters | None]


@cache
def pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


@cache
def any_of(phrases: str) -> str:
    """A pattern of any of the phrases, the longest first. ``|`` stands between them."""
    found = sorted((part.strip() for part in phrases.split("|")), key=len, reverse=True)
    return r"(?<!\w)(?:" + "|".join(re.escape(part).replace(r"\ ", r"\s+") for part in found) + r")(?!\w)"


@cache
def beginnings(phrases: str) -> frozenset[str]:
    """The first words of phrases."""
    return frozenset(re.findall(r"\w+", phrase)[0] for phrase in phrases.split("|") if phrase)


def without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def take(found: Understood, source: str, use: Use) -> Understood:
    """Take the first place that matches, and of which ``use`` makes filters, out of the text."""
    for match in pattern(source).finditer(found.rest):
        filters = use(match)
        if filters is not None:
            return replace(found, rest=without(found.rest, match), filters=filters)
    return found


def first_of(found: Understood, steps: Iterable[tuple[str, Use]]) -> Understood:
    for source, use in steps:
        taken = take(found, source, use)
        if taken is not found:
            return taken
    return found
