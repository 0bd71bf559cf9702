"""The database: one engine that writes and one that reads, from a URL."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

import storage.onetrip  # registers sqlite+onetrip
from domain.errors import PassingFailure
from domain.series import volume
from storage.connection import Connection
from storage.failures import entering, translate
from storage.inline import InlineSqlite
from storage.statements import VOLUME

_PAUSE = 0.02
_BUSY_TIMEOUT = 5.0
"""Seconds that a SQLite connection waits at most for another process's transaction."""

# A commit is on the disk when it returns (FULL), readers go on while somebody writes (WAL).
_WRITER_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "journal_size_limit=67108864",
    "analysis_limit=1000",
    # A feed's transaction changes some thousand pages: they fit the cache (32 MB at most, used only then), instead of being
    # written and read again in the middle of it; and a page that every transaction changes is copied into the file once for
    # many of them, not each time.
    "cache_size=-32768",
    "wal_autocheckpoint=8000",
)
_READER_PRAGMAS = ("query_only=ON",)
_PRAGMAS = ("foreign_keys=ON", "temp_store=MEMORY")

_POSTGRES_SETTINGS = {
    "timezone": "UTC",
    "statement_timeout": "15s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "60s",
    "jit": "off",  # our statements are short; compiling one costs more than it saves
}
# A reading sees one moment throughout, and cannot write.
_POSTGRES_READING = {
    "default_transaction_isolation": "repeatable read",
    "default_transaction_read_only": "on",
}


def _set(db: sqlite3.Connection, pragma: str, seconds: float) -> None:
    """Set a pragma, patiently: of several that open a new file at once one makes the write-ahead log, and SQLite tells the others at
    once that it is busy, without waiting for its timeout (sqlite.org/c3ref/busy_handler.html)."""
    until = monotonic() + seconds
    while True:
        try:
            db.execute(pragma).close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(_PAUSE)
        else:
            return


class Database:
    """The shop's database. ``url`` is ``sqlite+aiosqlite:///PATH`` or ``postgresql+asyncpg://...``.

    SQLite has one writing connection, which turns take one after the other in the order they came; waiting longer than
    ``wait`` seconds is a PassingFailure. ``readers`` connections read beside it. PostgreSQL has ``writers`` and ``readers``.

    `work` and `look` are for turns: brief, few rows. `writing` and `reading` are for what takes its time: on SQLite these have
    connections of their own, in threads.
    """

    def __init__(self, url: str, *, readers: int = 3, writers: int = 10, wait: float = 20.0) -> None:
        self.url = url
        parsed = sa.make_url(url)
        self.sqlite = parsed.get_backend_name() == "sqlite"
        self._wait = wait
        self._queue = asyncio.Lock() if self.sqlite else None
        if self.sqlite:
            if not parsed.database or parsed.database == ":memory:":
                raise ValueError("a SQLite database has to be a file: readers and the writer share it")
            # The file has everybody's orders in it: nobody else looks into its folder.
            Path(parsed.database).absolute().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._inline: InlineSqlite | None = self._brief(parsed, readers)
            parsed = parsed.set(drivername="sqlite+onetrip")
            self.writer = self._sqlite(parsed, "IMMEDIATE", 1, _WRITER_PRAGMAS)
            self.reader = self._sqlite(parsed, "DEFERRED", readers, _READER_PRAGMAS)
        else:
            self._inline = None
            self.writer = self._postgres(parsed, writers, {})
            self.reader = self._postgres(parsed, readers, _POSTGRES_READING)

    def _brief(self, url: sa.URL, readers: int) -> InlineSqlite:
        patience = min(self._wait, _BUSY_TIMEOUT)
        return InlineSqlite(
            url,
            readers=readers,
            wait=self._wait,
            patience=patience,
            # The loop never waits for another process: see `storage.inline`. A reader only does while a file is recovered.
            writer_pragmas=("busy_timeout=0", *_PRAGMAS, *_WRITER_PRAGMAS),
            reader_pragmas=(f"busy_timeout={patience * 1000:.0f}", *_PRAGMAS, *_READER_PRAGMAS),
        )

    def _sqlite(self, url: sa.URL, begin: str, size: int, pragmas: tuple[str, ...]) -> AsyncEngine:
        engine = self._engine(url, size, begin=begin, connect_args={"cached_statements": 512})

        @sa.event.listens_for(engine.sync_engine, "connect")
        def _prepare(connection: storage.onetrip.OneTripConnection, record: Any) -> None:
            seconds = min(self._wait, _BUSY_TIMEOUT)
            patience = f"busy_timeout={min(self._wait, _BUSY_TIMEOUT) * 1000:.0f}"
            for pragma in (patience, *_PRAGMAS, *pragmas):
                connection.trip(_set, f"PRAGMA {pragma}", seconds)
            connection.trip(lambda db: db.create_function(VOLUME, 1, volume, deterministic=True))

        return engine

    def _postgres(self, url: sa.URL, size: int, settings: dict[str, str]) -> AsyncEngine:
        return self._engine(
            url,
            size,
            pool_recycle=1800,
            connect_args={"server_settings": _POSTGRES_SETTINGS | settings, "timeout": 10},
        )

    def _engine(self, url: sa.URL, size: int, **options: Any) -> AsyncEngine:
        engine = create_async_engine(
            url,
            pool_size=size,
            max_overflow=0,
            pool_timeout=self._wait,
            hide_parameters=True,  # an error's text must not hold an address or a hash
            query_cache_size=1000,
            **options,
        )
        sa.event.listen(engine.sync_engine, "handle_error", translate)
        return engine

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that may write; what was not committed when it is left is rolled back."""
        async with self._turn(), self._connected(self.writer) as connection:
            yield connection

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Connection]:
        """The same for a turn."""
        if self._inline is None:
            async with self._connected(self.writer) as connection:
                yield connection
        else:
            async with self._turn(), self._inline.writing() as inline:
                yield inline

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """On SQLite, writers take turns."""
        if self._queue is None:
            yield
            return
        try:
            async with asyncio.timeout(self._wait):
                await self._queue.acquire()
        except TimeoutError as error:
            raise PassingFailure("database: the writers before this one took too long") from error
        try:
            yield
        finally:
            self._queue.release()

    @asynccontextmanager
    async def migrating(self, lock: int) -> AsyncIterator[AsyncConnection]:
        """A writing transaction that may take its time, alone among all replicas (``lock`` names it on PostgreSQL)."""
        async with self.writing() as connection:
            if self.sqlite:
                await connection.exec_driver_sql(f"PRAGMA busy_timeout={self._wait * 1000:.0f}")
            else:
                await connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
                await connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{self._wait:.0f}s'")
                await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({lock})")
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that sees one moment and cannot write."""
        async with self._connected(self.reader) as connection:
            yield connection

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Connection]:
        """The same for a turn."""
        if self._inline is None:
            async with self._connected(self.reader) as connection:
                yield connection
        else:
            async with self._inline.reading() as inline:
                yield inline

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        with entering():
            connection = await engine.connect()
        try:
            yield connection
        finally:
            await connection.close()

    async def close(self) -> None:
        """Close all connections. No transaction may be open."""
        await self.reader.dispose()
        await self.writer.dispose()
        if self._inline is not None:
            self._inline.close()
