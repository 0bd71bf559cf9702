"""F10: deadlock from lock order; "database is locked"; a pragma on only one connection."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from domain.errors import PassingFailure
from domain.ids import BookId, OrderId
from domain.order import OrderLine
from storage import stock
from storage.connection import Connection, Parameters, Rows
from storage.failures import StorageFault
from storage.stock import SqlStockLedger
from storage.tables import files, staff_cards
from tests.databases import opened
from tests.domain.trade import Trade, eur
from tests.faults.guard import fault_if, prevented_by, replaced, rewritten
from tests.faults.replicas import WAITS, replicas

LOCK_ORDER = rewritten(
    "the order of books in which stock is locked",
    "storage.stock:SqlStockLedger.apply",
    "sorted(changes, key=lambda change: change.book_id)",
    "list(changes)",
)
BEGIN_IMMEDIATE = rewritten(
    "transactions that begin as writers",
    "storage.inline:InlineSqlite.__init__",
    "_engine(url, 'IMMEDIATE', writer_pragmas)",
    "_engine(url, 'DEFERRED', writer_pragmas)",
)
PATIENCE = rewritten(
    "patience with another process's transaction, in a turn",
    "storage.inline:InlineSqlite._begin",
    "asyncio.get_running_loop().time() > deadline",
    "True",
)
BUSY_TIMEOUT = rewritten(
    "patience with another process's transaction, in long work",
    "storage.engine:Database._sqlite",
    "f'busy_timeout={min(self._wait, _BUSY_TIMEOUT) * 1000:.0f}'",
    "'busy_timeout=0'",
)
WAITS_ASIDE = rewritten(
    "waiting for another process without holding up the others",
    "storage.engine:Database._brief",
    "('busy_timeout=0', *_PRAGMAS, *_WRITER_PRAGMAS)",
    "('busy_timeout=5000', *_PRAGMAS, *_WRITER_PRAGMAS)",
)
BOTH_WRITERS = rewritten(
    "pragmas on a turn's writer as on any other",
    "storage.engine:Database._brief",
    "('busy_timeout=0', *_PRAGMAS, *_WRITER_PRAGMAS)",
    "('busy_timeout=0', *_WRITER_PRAGMAS)",
)


def _first_only(engine_of: Any) -> Any:
    def made(url: sa.URL, begin: str, pragmas: tuple[str, ...]) -> sa.Engine:
        engine: sa.Engine = engine_of(url, begin, ())

        def prepare(connection: Any, record: Any) -> None:
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}").close()

        sa.event.listen(engine, "connect", prepare, once=True)
        return engine

    return made


EVERY_CONNECTION = replaced("pragmas on every connection of a pool", "storage.inline:_engine", _first_only)


class _Slow:
    """A connection that rests after each change of stock, so that two orders meet halfway."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def execute(self, statement: sa.Executable, parameters: Parameters | None = None) -> Rows:
        found = await self._connection.execute(statement, parameters)
        if statement is stock.CHANGE:
            await asyncio.sleep(WAITS)
        return found

    async def commit(self) -> None:
        await self._connection.commit()


async def _holds(trade: Trade, number: int, books: list[BookId]) -> BaseException | None:
    lines = tuple(OrderLine(book, "", (), "", "", eur(1000), 1, 1) for book in books)
    try:
        async with trade.turn() as work:
            await trade.lifecycle.holds.take(work, OrderId(number), lines)
    except PassingFailure as error:
        return error
    return None


@pytest.mark.postgres
@prevented_by(LOCK_ORDER)
async def test_f10_carts_with_the_same_books_in_opposite_order_do_not_deadlock(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = SqlStockLedger.__init__
    monkeypatch.setattr(SqlStockLedger, "__init__", lambda self, connection: begin(self, _Slow(connection)))
    async with replicas(postgres_url) as (one, two):
        books = [await one.book(9) for _ in range(2)]
        ends = await asyncio.gather(_holds(one, 1, books), _holds(two, 2, books[::-1]))
        fault_if(
            any("40P01" in str(end) for end in ends), "two orders of the same books locked each other out"
        )
        assert not any(ends)
        for book in books:
            async with one.uow.reading() as look:
                assert (await look.stock.sums(book)).held == 2


@prevented_by(BEGIN_IMMEDIATE)
async def test_f10_two_processes_that_read_and_then_write_do_not_find_the_database_locked(
    sqlite_url: str,
) -> None:
    async with replicas(sqlite_url) as both:
        book = await both[0].book(9)

        async def reads_and_writes(trade: Trade, number: int) -> bool:
            try:
                async with trade.turn() as work:
                    assert await work.books.get(book) is not None
                    await asyncio.sleep(WAITS)
                    line = OrderLine(book, "", (), "", "", eur(1000), 1, 1)
                    await trade.lifecycle.holds.take(work, OrderId(number), (line,))
            except PassingFailure:
                return False
            return True

        done = await asyncio.gather(
            *(reads_and_writes(trade, number) for number, trade in enumerate(both, 1))
        )
        fault_if(not all(done), '"database is locked", though both were quick')


_HOLDER = """
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
time.sleep(0.8)
db.execute("COMMIT")
db.close()
"""


@asynccontextmanager
async def _another_process_writes(url: str) -> AsyncIterator[None]:
    """A process of its own holds the write lock for most of a second from now on."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _HOLDER, url.partition("///")[2], stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"locked\n"
    try:
        yield
    finally:
        await process.wait()


@prevented_by(PATIENCE)
async def test_f10_a_turn_waits_while_another_process_writes(sqlite_url: str) -> None:
    async with replicas(sqlite_url) as (trade, _):
        async with _another_process_writes(sqlite_url):
            locked = False
            try:
                await trade.customer()
            except PassingFailure:
                locked = True
        fault_if(locked, '"database is locked": another process wrote for most of a second')


@prevented_by(BUSY_TIMEOUT)
async def test_f10_an_import_waits_while_another_process_writes(sqlite_url: str) -> None:
    async with opened(sqlite_url) as database:
        async with database.writing():
            pass  # connected, so that it is the transaction that has to wait
        async with _another_process_writes(sqlite_url):
            locked = False
            try:
                async with database.writing() as connection:
                    await connection.execute(sa.insert(files), {"bot_id": 1, "key": "a", "file_id": "x"})
                    await connection.commit()
            except PassingFailure:
                locked = True
        fault_if(locked, '"database is locked": another process wrote for most of a second')


@prevented_by(WAITS_ASIDE)
async def test_f10_others_are_served_while_a_turn_waits_for_another_process(sqlite_url: str) -> None:
    async with replicas(sqlite_url) as (trade, _):
        book = await trade.book(1)
        async with _another_process_writes(sqlite_url):
            began = time.monotonic()
            waiting = asyncio.create_task(trade.customer())
            await asyncio.sleep(0.02)
            async with trade.uow.reading() as look:
                assert await look.books.get(book) is not None
            took = time.monotonic() - began
            await waiting
        fault_if(took > 0.6, "everybody waited for a lock that one turn wanted")


async def _writes_by_reading(reading: Any) -> bool:
    try:
        await reading.execute(sa.insert(files), {"bot_id": 1, "key": "a", "file_id": "x"})
    except StorageFault:
        return False
    return True


@prevented_by(EVERY_CONNECTION)
async def test_f10_every_reader_has_its_pragmas(sqlite_url: str) -> None:
    """Readers cannot write: that is a pragma, and a pragma is a connection's own."""
    async with opened(sqlite_url, readers=3) as database, contextlib.AsyncExitStack() as stack:
        readers = [await stack.enter_async_context(database.look()) for _ in range(3)]
        for reader in readers:
            fault_if(
                await _writes_by_reading(reader),
                "a reading connection wrote: its pragmas were set on another one",
            )


@prevented_by(BOTH_WRITERS)
async def test_f10_both_writers_keep_references_whole(sqlite_url: str) -> None:
    async with opened(sqlite_url) as database:
        for writing in (database.writing, database.work):
            async with writing() as connection:
                kept = False
                try:
                    await connection.execute(
                        sa.insert(staff_cards), {"order_id": 404, "chat_id": 1, "message_id": 1}
                    )
                    await connection.commit()
                except StorageFault:
                    kept = True
            fault_if(not kept, "a card of an order that does not exist was written: no foreign keys here")
