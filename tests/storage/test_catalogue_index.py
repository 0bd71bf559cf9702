"""The search index is told of what the catalogue changes, inside the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.ids import BookId
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.tables import books
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import Store
from tests.storage.samples import NOW, eur, loaded, row


class Index:
    """Writes down what it is told, and looks into the transaction it is told it in."""

    def __init__(self) -> None:
        self.told: list[list[str]] = []
        self.breaks_at = 0

    async def refresh(self, transaction: AsyncConnection, ids: Sequence[int]) -> None:
        found = await transaction.execute(sa.select(books.c.source_ref).where(books.c.id.in_(ids)))
        self.told.append(sorted(found.scalars()))
        if self.breaks_at == len(self.told):
            raise RuntimeError("the index is broken")


@pytest.fixture
def index() -> Index:
    return Index()


@pytest.fixture
def indexed(database: Database, index: Index) -> Store:
    return Store(SqlUnitOfWork(database), SqlCatalogue(database, index=index))


async def test_it_is_told_of_new_and_changed_books_and_of_no_others(indexed: Store, index: Index) -> None:
    await loaded(indexed, [row("one"), row("two")])
    await loaded(indexed, [row("one"), row("two", price=eur(1)), row("three")])
    await loaded(indexed, [row("one")])
    assert index.told == [["one", "two"], ["three", "two"]]


async def test_it_is_told_of_withdrawn_books(indexed: Store, index: Index) -> None:
    await loaded(indexed, [row("one"), row("two")])
    index.told.clear()
    await indexed.catalogue.withdraw_others("feed", {"one"}, NOW)
    await indexed.catalogue.withdraw([BookId(99)], NOW)
    assert index.told == [["two"]]


async def test_what_it_cannot_take_in_is_not_in_the_catalogue_either(indexed: Store, index: Index) -> None:
    index.breaks_at = 1
    with pytest.raises(RuntimeError):
        await loaded(indexed, [row("one")])
    assert await indexed.catalogue.count() == 0


async def test_batches_are_transactions_of_their_own(database: Database, index: Index) -> None:
    catalogue = SqlCatalogue(database, index=index)
    seen = [done.rows async for done in catalogue.load([row(name) for name in "abcde"], NOW, batch=2)]
    assert seen == [2, 4, 5]
    assert index.told == [["a", "b"], ["c", "d"], ["e"]]


async def test_a_load_that_broke_off_goes_on_when_it_is_begun_again(database: Database, index: Index) -> None:
    catalogue = SqlCatalogue(database, index=index)
    rows = [row(name) for name in "abcde"]
    index.breaks_at = 2
    with pytest.raises(RuntimeError):
        _ = [done async for done in catalogue.load(rows, NOW, batch=2)]
    assert await catalogue.count() == 2
    index.breaks_at = 0
    *_, last = [done async for done in catalogue.load(rows, NOW, batch=2)]
    assert (last.unchanged, last.added) == (2, 3)


async def test_it_can_be_told_of_everything_again(database: Database, indexed: Store, index: Index) -> None:
    await loaded(indexed, [row(name) for name in "abc"])
    index.told.clear()
    await SqlCatalogue(database, index=index).reindex()
    assert index.told == [["a", "b", "c"]]
