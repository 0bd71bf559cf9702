"""Keeping what books are found by in step with the catalogue."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol, TypeVar

from domain.search.entry import Indexed

Transaction = TypeVar("Transaction", contravariant=True)


class SearchIndex(Protocol[Transaction]):
    async def refresh(self, transaction: Transaction, ids: Sequence[int]) -> None:
        """Make the index say of these books what the catalogue says now: added, changed and withdrawn ones alike.

        Inside the transaction that changed them (storage's own kind of one), so that neither is ever ahead.
        """
        ...

    async def put(
        self, transaction: Transaction, books: Mapping[int, Indexed], *, known: Collection[int]
    ) -> None:
        """The same for books that the caller has just written and knows to be so. ``known`` are those that are not new."""
        ...
