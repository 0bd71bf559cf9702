"""An order that a message asks for: "the latest by ...", "cheap ...". What words ask for one, ``orders.txt`` says."""

from __future__ import annotations

import re
from functools import cache

from domain.ports.books import Sort
from domain.search.folding import fold
from domain.search.phrases import parts

_WORD = re.compile(r"[^\W_]+")


def ordered(text: str) -> tuple[Sort, str]:
    """The order, and the message without the words for it; `Sort.BEST` and the message as it is if none is asked for."""
    said = fold(text)
    for match in _WORD.finditer(said):
        if (sort := _orders().get(match[0])) is not None:
            rest = f"{said[: match.start()]} {said[match.end() :]}"
            return sort, " ".join(rest.split())
    return Sort.BEST, text


@cache
def _orders() -> dict[str, Sort]:
    return {
        word: Sort(order)
        for order, words in parts("orders.txt").items()
        for word in _WORD.findall(fold(words))
    }
