"""Choices that fall the same for the same seed, on every machine and in every version of Python."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """An endless row of numbers from a seed (SHA-256 in counter mode). For looks, not for secrets."""

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode()
        self._turn = 0

    def share(self) -> float:
        """A number from 0 up to but not including 1."""
        block = hashlib.sha256(self._seed + self._turn.to_bytes(4, "big")).digest()
        self._turn += 1
        return int.from_bytes(block[:6], "big") / 2**48

    def number(self, first: int, last: int) -> int:
        """A whole number from ``first`` to ``last``, both included."""
        return first + int(self.share() * (last - first + 1))

    def pick(self, things: Sequence[T]) -> T:
        """One of ``things``, which must not be empty."""
        return things[self.number(0, len(things) - 1)]
