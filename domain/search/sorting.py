"""How a message wants its books sorted: "the latest by ...", "cheap ...". By which words, ``sorting.txt`` says."""

from __future__ import annotations

import re
from functools import cache

from domain.ports.books import Sort
from domain.search.folding import fold
from domain.search.phrases import parts

_WORD = re.compile(r"[^\W_]+")


def sorted_as(text: str) -> tuple[Sort, str]:
    """How, and the message without the word for it; `Sort.BEST` and the message as it is if it does not say."""
    said = fold(text)
    for match in _WORD.finditer(said):
        if (sort := _words().get(match[0])) is not None:
            rest = f"{said[: match.start()]} {said[match.end() :]}"
            return sort, " ".join(rest.split())
    return Sort.BEST, text


@cache
def _words() -> dict[str, Sort]:
    return {
        word: Sort(order)
        for order, words in parts("sorting.txt").items()
        for word in _WORD.findall(fold(words))
    }
