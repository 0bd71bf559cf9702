"""SQLite's part in a turn, in the event loop's own thread.

A statement of a turn takes SQLite some 10 µs and Core 20; sent to a thread and awaited there it costs 140 (measured:
`benchmarks/turns.py`). So a turn's statements are run where the turn runs. What would hold up the others goes to a thread
after all: a commit, which waits for the disk, and the statements that are marked as `lengthy`. To wait for another
process's transaction costs nobody anything either: BEGIN is tried again after a moment's sleep.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from domain.errors import PassingFailure
from domain.series import volume
from storage.connection import LENGTHY, Parameters, Rows
from storage.failures import entering, translate, translated
from storage.statements import VOLUME

T = TypeVar("T")

_PAUSE = 0.01
"""Seconds between two tries to begin."""


class InlineConnection:
    """`storage.connection.Connection` over one of SQLAlchemy's own."""

    def __init__(self, connection: sa.Connection, threads: ThreadPoolExecutor) -> None:
        self._connection = connection
        self._threads = threads

    async def execute(self, statement: sa.Executable, parameters: Parameters | None = None) -> Rows:
        if statement.get_execution_options().get(LENGTHY):
            return await self._in_thread(lambda: self._connection.execute(statement, parameters))
        return self._connection.execute(statement, parameters)

    async def commit(self) -> None:
        await self._in_thread(self._connection.commit)

    async def with_driver(self, work: Callable[[sqlite3.Connection], T], *, in_thread: bool) -> T:
        """Do ``work`` with the driver's connection, inside of the transaction, here or in a thread."""
        if not self._connection.in_transaction():
            self._connection.begin()
        driver = cast("sqlite3.Connection", self._connection.connection.dbapi_connection)
        try:
            return await self._in_thread(lambda: work(driver)) if in_thread else work(driver)
        except sqlite3.Error as error:
            raise translated(error) from error

    async def _in_thread(self, work: Callable[[], T]) -> T:
        running = asyncio.get_running_loop().run_in_executor(self._threads, work)
        try:
            return await asyncio.shield(running)
        finally:
            # Cancelled or not: until the thread is done with it, the connection is nobody else's.
            while not running.done():
                with contextlib.suppress(asyncio.CancelledError):
                    await asyncio.wait({running})
            running.exception()


class InlineSqlite:
    """Connections to one file: one that writes, whose users take turns outside of this, and ``readers`` that read.

    ``wait`` seconds is how long BEGIN is tried, and a reader waited for, before it is a PassingFailure.
    """

    def __init__(
        self,
        url: sa.URL,
        *,
        readers: int,
        wait: float,
        patience: float,
        writer_pragmas: tuple[str, ...],
        reader_pragmas: tuple[str, ...],
    ) -> None:
        """``patience`` is for another process's transaction, in seconds."""
        url = url.set(drivername="sqlite+inline")
        self._wait, self._patience = wait, patience
        self._writers = _engine(url, "IMMEDIATE", writer_pragmas)
        self._readers = _engine(url, "DEFERRED", reader_pragmas)
        self._idle_writers: list[sa.Connection] = []
        self._idle_readers: list[sa.Connection] = []
        self._free = asyncio.Semaphore(readers)
        self._threads = ThreadPoolExecutor(readers + 1, "sqlite")

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[InlineConnection]:
        """A transaction that may write. One at a time: whoever calls sees to that."""
        with _taken(self._writers, self._idle_writers) as connection:
            await self._begin(connection)
            yield InlineConnection(connection, self._threads)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[InlineConnection]:
        """A transaction that sees one moment and cannot write."""
        if self._free.locked():
            try:
                async with asyncio.timeout(self._wait):
                    await self._free.acquire()
            except TimeoutError as error:
                raise PassingFailure("database: the readers before this one took too long") from error
        else:
            await self._free.acquire()
        try:
            with _taken(self._readers, self._idle_readers) as connection:
                yield InlineConnection(connection, self._threads)
        finally:
            self._free.release()

    async def _begin(self, connection: sa.Connection) -> None:
        deadline = asyncio.get_running_loop().time() + self._patience
        while True:
            try:
                connection.begin()
            except PassingFailure:
                if asyncio.get_running_loop().time() > deadline:
                    raise
                await asyncio.sleep(_PAUSE)
            else:
                return

    def close(self) -> None:
        for connection in (*self._idle_writers, *self._idle_readers):
            connection.close()
        self._writers.dispose()
        self._readers.dispose()
        self._threads.shutdown()


@contextlib.contextmanager
def _taken(engine: sa.Engine, idle: list[sa.Connection]) -> Iterator[sa.Connection]:
    """A connection, one that was used before if there is one. What was not committed is rolled back."""
    if idle:
        connection = idle.pop()
    else:
        with entering():
            connection = engine.connect()
    try:
        yield connection
    finally:
        try:
            connection.rollback()
        except BaseException:
            connection.close()
            raise
        idle.append(connection)


def _engine(url: sa.URL, begin: str, pragmas: tuple[str, ...]) -> sa.Engine:
    engine = sa.create_engine(
        url,
        poolclass=sa.NullPool,
        hide_parameters=True,  # an error's text must not hold an address or a hash
        query_cache_size=1000,
        begin=begin,
        connect_args={
            "cached_statements": 512,
            "check_same_thread": False,
            "factory": _WholeConnection,
            "isolation_level": None,  # the driver begins nothing by itself
        },
    )

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, record: Any) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()
        connection.create_function(VOLUME, 1, volume, deterministic=True)

    sa.event.listen(engine, "handle_error", translate)
    return engine


class _WholeCursor(sqlite3.Cursor):
    """Has all rows as soon as it has executed: nothing is open when the transaction ends, or in another thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._rows: deque[Any] = deque()

    def execute(self, sql: str, parameters: Any = ()) -> _WholeCursor:
        super().execute(sql, parameters)
        self._rows = deque(super().fetchall())
        return self

    def fetchone(self) -> Any:
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        count = min(self.arraysize if size is None else size, len(self._rows))
        return [self._rows.popleft() for _ in range(count)]

    def fetchall(self) -> list[Any]:
        rows = list(self._rows)
        self._rows.clear()
        return rows


class _WholeConnection(sqlite3.Connection):
    def cursor(self, factory: Any = _WholeCursor) -> Any:
        return super().cursor(factory)


class InlineDialect(SQLiteDialect_pysqlite):
    """``begin`` is how its transactions begin: ``IMMEDIATE`` for writing, ``DEFERRED`` for reading."""

    driver = "inline"
    supports_statement_cache = True

    def __init__(self, begin: str = "DEFERRED", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._begin = f"BEGIN {begin}"

    def do_begin(self, dbapi_connection: Any) -> None:
        dbapi_connection.execute(self._begin)

    def detect_autocommit_setting(self, dbapi_conn: Any) -> bool:
        """Never: the driver's own setting, which is off, says nothing here."""
        return False


registry.register("sqlite.inline", __name__, "InlineDialect")
