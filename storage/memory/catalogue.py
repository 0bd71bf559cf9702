"""Books in bulk."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Sequence
from datetime import datetime

from domain.catalogue import CatalogueRow, Loaded, Refused
from domain.ids import BookId
from domain.stock import StockChange, StockReason
from storage.memory.state import KeptBook, State
from storage.memory.unit_of_work import MemoryUnitOfWork


class MemoryCatalogue:
    """As `storage.catalogue.SqlCatalogue`, in one transaction."""

    def __init__(self, unit_of_work: MemoryUnitOfWork) -> None:
        self._uow = unit_of_work

    async def load(self, rows: Iterable[CatalogueRow], at: datetime) -> AsyncIterator[Loaded]:
        done = Loaded()
        async with self._uow.writing() as work:
            for row in rows:
                done = _load(work.state, row, at, done)
            await work.commit()
        yield done

    async def withdraw(self, ids: Sequence[BookId], at: datetime) -> int:
        gone = 0
        async with self._uow.writing() as work:
            for number in ids:
                kept = work.state.books.get(number)
                if kept is not None and kept.withdrawn_at is None:
                    work.state.books[number] = dataclasses.replace(kept, withdrawn_at=at)
                    gone += 1
            await work.commit()
        return gone

    async def withdraw_others(self, source: str, keep: Collection[str], at: datetime) -> int:
        async with self._uow.reading() as look:
            others = [
                number
                for number, kept in look.state.books.items()
                if kept.row.source == source and kept.row.source_ref not in keep
            ]
        return await self.withdraw(others, at)

    async def count(self) -> int:
        async with self._uow.reading() as look:
            return sum(kept.withdrawn_at is None for kept in look.state.books.values())

    async def rows(self) -> AsyncIterator[CatalogueRow]:
        async with self._uow.reading() as look:
            for kept in list(look.state.books.values()):
                yield dataclasses.replace(
                    kept.row,
                    on_hand=kept.on_hand,
                    added_at=kept.added_at,
                    withdrawn=kept.withdrawn_at is not None,
                    digest="",
                )


def _load(state: State, row: CatalogueRow, at: datetime, done: Loaded) -> Loaded:
    named = _find(state, lambda kept: (kept.row.source, kept.row.source_ref) == (row.source, row.source_ref))
    same = _find(state, lambda kept: kept.row.isbn13 == row.isbn13) if row.isbn13 else None
    number = named or same
    if number is None:
        _add(state, row, at)
        return dataclasses.replace(done, added=done.added + 1)
    if same is not None and same != number:
        return dataclasses.replace(done, refused=(*done.refused, Refused(row.source_ref, "isbn-of-another")))
    kept = state.books[number]
    if (kept.row.source, kept.digest, kept.withdrawn_at is not None) == (
        row.source,
        row.fingerprint,
        row.withdrawn,
    ):
        return dataclasses.replace(done, unchanged=done.unchanged + 1)
    _change(state, number, row, at)
    return dataclasses.replace(done, changed=done.changed + 1)


def _find(state: State, fits: Callable[[KeptBook], bool]) -> BookId | None:
    return next((number for number, kept in state.books.items() if fits(kept)), None)


def _add(state: State, row: CatalogueRow, at: datetime) -> None:
    number = BookId(next(state.numbers))
    on_hand = row.on_hand or 0
    state.books[number] = KeptBook(
        row, on_hand, 0, row.added_at or at, at if row.withdrawn else None, row.on_hand, row.fingerprint
    )
    if on_hand:
        state.ledger.append(StockChange(number, on_hand, 0, StockReason.COUNTED, at))


def _change(state: State, number: BookId, row: CatalogueRow, at: datetime) -> None:
    kept = state.books[number]
    owned = {name: getattr(kept.row, name) for name in kept.row.own_fields - row.own_fields}
    counted, on_hand = kept.counted, kept.on_hand
    if "on_hand" not in owned and row.on_hand is not None and row.on_hand != kept.counted:
        counted, on_hand = row.on_hand, max(row.on_hand, kept.held)
    if "price" in owned:
        owned["currency"] = kept.row.currency
    digest = row.fingerprint
    merged = dataclasses.replace(row, **owned, own_fields=kept.row.own_fields | row.own_fields)
    withdrawn_at = (kept.withdrawn_at or at) if merged.withdrawn else None
    state.books[number] = KeptBook(merged, on_hand, kept.held, kept.added_at, withdrawn_at, counted, digest)
    if on_hand != kept.on_hand:
        state.ledger.append(StockChange(number, on_hand - kept.on_hand, 0, StockReason.COUNTED, at))
