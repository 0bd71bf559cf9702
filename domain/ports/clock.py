"""Time and randomness, passed in."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class Ids(Protocol):
    """Unguessable names, from a cryptographic source."""

    def token(self) -> str:
        """22 URL-safe characters, 128 bits."""
        ...

    def order_number(self) -> str:
        """A number that people can read out: ``B-`` and four characters that cannot be mistaken for each other."""
        ...

    def digits(self, count: int) -> str:
        """A code of ``count`` decimal digits."""
        ...
