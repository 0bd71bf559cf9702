"""The catalogue as a feed's import sees it: what is there, and bringing in what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.catalogue import CatalogueRow, Loaded
from domain.ids import BookId


@dataclass(frozen=True, slots=True)
class Sought:
    """The names of a record's book. ``anywhere``: its reference may be another source's, as in the catalogue's own export."""

    reference: str
    isbn13: str | None
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class KnownBook:
    """A book that a record speaks of."""

    id: BookId
    popularity: int
    withdrawn: bool


class Unacceptable(Exception):
    """Something in these records the database does not take."""


class CatalogueIntake(Protocol):
    async def find(self, source: str, sought: Sequence[Sought]) -> list[KnownBook | None]:
        """The book of each: by reference among the source's, else by ISBN, else by reference among all. In the same order.

        Raises Unacceptable.
        """
        ...

    async def stored(self, ids: Sequence[BookId]) -> dict[BookId, CatalogueRow]:
        """What the catalogue says of these books."""
        ...

    async def bring(self, rows: Sequence[CatalogueRow], at: datetime) -> Loaded:
        """Bring the catalogue to what the rows say, in one short transaction; no book may come twice in one call.

        Raises Unacceptable; then nothing was changed.
        """
        ...

    async def finish(self, at: datetime) -> None:
        """After the last batch: count the shelves anew."""
        ...
