"""Finding the words that a mistyped word may stand for, without comparing it with every word there is.

Symmetric deletion: two words at most two slips apart become equal when some letters are left out of both. So for every
known word the keys of what is left of it are kept, and a mistyped word is looked up by its own keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from zlib import crc32

PREFIX = 7
"""Only so many letters from the beginning are varied; a slip behind them leaves the beginning as it is."""


def slips(word: str) -> int:
    """How many slips are forgiven in a word: none in the shortest, where every change makes another word."""
    length = len(word)
    return 0 if length < 3 else 1 if length < 5 else 2


def correctable(word: str) -> bool:
    """Whether ``word`` is of letters alone: digits are right or wrong, but never misspelled."""
    return len(word) > 2 and word.isalpha() and len(word) <= 24


def keys(word: str) -> list[int]:
    """The signed 32-bit keys of ``word``: of its beginning, with up to `slips` letters left out."""
    start = word[:PREFIX]
    rests = {start}
    size = len(start)
    for count in range(1, slips(word) + 1):
        rests.update("".join(kept) for kept in combinations(start, size - count))
    return [crc32(rest.encode()) - 0x80000000 for rest in rests]


class Known:
    """Words that are known, to be found by others that are one slip away."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_key: dict[int, set[str]] = {}
        for word in filter(correctable, words):
            for key in keys(word):
                self._by_key.setdefault(key, set()).add(word)

    def near(self, word: str) -> list[str]:
        """Those one slip apart from ``word``, in alphabetical order."""
        found = set().union(*(self._by_key.get(key, ()) for key in keys(word)))
        return sorted(other for other in found if one_slip_apart(word, other))


def one_slip_apart(word: str, other: str) -> bool:
    """Whether one letter more, less, other, or two that changed places, make one word of the other."""
    if abs(len(word) - len(other)) > 1 or word == other:
        return False
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    rest, left = word[start:], other[start:]
    if len(rest) == len(left):
        return rest[1:] == left[1:] or (rest[:2] == left[1::-1] and rest[2:] == left[2:])
    return rest[1:] == left if len(rest) > len(left) else rest == left[1:]
