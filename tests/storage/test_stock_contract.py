"""The stock ledger."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.book import Stock
from domain.ids import BookId
from domain.stock import StockChange, StockReason
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.memory import MemoryCatalogue, MemoryUnitOfWork
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import Store, opened
from tests.storage.samples import NOW, stocked


def change(book: BookId, on_hand: int, held: int) -> StockChange:
    return StockChange(book, on_hand, held, StockReason.HELD, NOW)


async def stock_of(store: Store, book: BookId) -> Stock:
    """The two numbers, which are what the ledger says they are."""
    async with store.uow.reading() as look:
        found = await look.books.get(book)
        assert found is not None
        assert found.stock == await look.stock.sums(book)
    return found.stock


async def test_changes_add_up_and_leave_rows_in_the_ledger(store: Store) -> None:
    one, two = await stocked(store, "one", "two", on_hand=3)
    async with store.uow.writing() as work:
        assert await work.stock.apply([change(two, 0, 2), change(one, 5, 0)]) is None
        assert await work.stock.apply([change(one, -1, 0), change(two, -2, -2)]) is None
        await work.commit()
    assert await stock_of(store, one) == Stock(7, 0)
    assert await stock_of(store, two) == Stock(1, 0)


@pytest.mark.parametrize(("on_hand", "held"), [(0, 4), (-4, 0), (0, -1), (-3, 1)])
async def test_no_change_takes_a_number_below_zero_or_promises_more_than_there_is(
    store: Store, on_hand: int, held: int
) -> None:
    [book] = await stocked(store, "one", on_hand=3)
    async with store.uow.writing() as work:
        assert await work.stock.apply([change(book, on_hand, held)]) == book
    assert await stock_of(store, book) == Stock(3, 0)


async def test_the_first_book_that_falls_short_is_named_in_the_order_of_ids(store: Store) -> None:
    ids = sorted(await stocked(store, "one", "two", "three", on_hand=1))
    async with store.uow.writing() as work:
        changes = [change(ids[2], 0, 2), change(ids[1], 0, 2), change(ids[0], 0, 1)]
        assert await work.stock.apply(changes) == ids[1]
    for book in ids:
        assert await stock_of(store, book) == Stock(1, 0)


async def test_a_book_that_is_not_there_is_named(store: Store) -> None:
    async with store.uow.writing() as work:
        assert await work.stock.apply([change(BookId(99), 1, 0)]) == BookId(99)


async def test_several_changes_of_one_book_go_through_one_after_the_other(store: Store) -> None:
    [book] = await stocked(store, "one", on_hand=1)
    async with store.uow.writing() as work:
        assert await work.stock.apply([change(book, 0, 1), change(book, -1, -1), change(book, 2, 0)]) is None
        await work.commit()
    assert await stock_of(store, book) == Stock(2, 0)


async def test_nothing_to_change_changes_nothing(store: Store) -> None:
    async with store.uow.writing() as work:
        assert await work.stock.apply([]) is None


async def test_a_book_without_copies_has_no_sums(store: Store) -> None:
    [book] = await stocked(store, "one", on_hand=None)
    assert await stock_of(store, book) == Stock(0, 0)


_examples = itertools.count()
_number = st.integers(-3, 3)
_turns = st.lists(
    st.lists(st.tuples(st.integers(0, 2), _number, _number), min_size=1, max_size=4), max_size=8
)
_Turns = list[list[tuple[int, int, int]]]


async def _follow(store: Store, turns: _Turns, books: list[BookId]) -> None:
    expected = dict.fromkeys(books, (2, 0))
    for turn in turns:
        then = dict(expected)
        refused = None
        for position, on_hand, held in sorted(turn, key=lambda one: books[one[0]]):
            book = books[position]
            now = (then[book][0] + on_hand, then[book][1] + held)
            if not 0 <= now[1] <= now[0]:
                refused = book
                break
            then[book] = now
        async with store.uow.writing() as work:
            changes = [change(books[position], on_hand, held) for position, on_hand, held in turn]
            assert await work.stock.apply(changes) == refused
            if refused is None:
                expected = then
                await work.commit()
    for book, (on_hand, held) in expected.items():
        assert await stock_of(store, book) == Stock(on_hand, held)


@settings(max_examples=60, deadline=None)
@given(_turns)
def test_in_memory_the_numbers_always_equal_the_ledgers_sums(turns: _Turns) -> None:
    async def check() -> None:
        memory = MemoryUnitOfWork()
        store = Store(memory, MemoryCatalogue(memory))
        await _follow(store, turns, await stocked(store, "one", "two", "three", on_hand=2))

    with asyncio.Runner() as runner:
        runner.run(check())


@pytest.fixture(scope="module")
def shop(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[asyncio.Runner, Store]]:
    """One database for all examples: each brings its own books."""
    path = tmp_path_factory.mktemp("stock") / "shop.db"
    path.write_bytes(sqlite_template.read_bytes())
    with asyncio.Runner() as runner:
        database = Database(f"sqlite+aiosqlite:///{path}")
        yield runner, Store(SqlUnitOfWork(database), SqlCatalogue(database))
        runner.run(database.close())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=_turns)
def test_on_sqlite_the_numbers_always_equal_the_ledgers_sums(
    shop: tuple[asyncio.Runner, Store], turns: _Turns
) -> None:
    runner, store = shop
    name = next(_examples)

    async def check() -> None:
        await _follow(store, turns, await stocked(store, *(f"{name}-{n}" for n in "abc"), on_hand=2))

    runner.run(check())


@pytest.mark.postgres
async def test_the_database_itself_refuses_what_the_statement_would_let_through(database_url: str) -> None:
    async with opened(database_url) as database:
        store = Store(SqlUnitOfWork(database), SqlCatalogue(database))
        await stocked(store, "one")
        with pytest.raises(Exception, match="ck_books_stock"):
            async with database.writing() as connection:
                await connection.exec_driver_sql("UPDATE books SET held = on_hand + 1")
