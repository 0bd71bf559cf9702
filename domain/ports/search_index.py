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


class BulkIndex(SearchIndex[Transaction], Protocol[Transaction]):
    """An index that takes a feed's many books without reading them back."""

    async def put(
        self,
        transaction: Transaction,
        books: Mapping[int, Indexed],
        *,
        known: Collection[int],
        later: bool = False,
    ) -> None:
        """The same for books that the caller has just written and knows to be so. ``known`` are those that are not new.

        ``later``: the misspellings of new words may be left for `spell`, which the caller sees to soon. As they are typed
        rightly, the books are found at once.
        """
        ...

    async def unspelled(self, transaction: Transaction) -> Sequence[tuple[int, str]]:
        """The words that were left for `spell`, and their numbers."""
        ...

    async def spell(
        self, transaction: Transaction, misspellings: Sequence[int], done: Sequence[int] = ()
    ) -> None:
        """Enter some of what `storage.search.index.misspellings` makes of them; ``done`` are the words that all is said of."""
        ...
