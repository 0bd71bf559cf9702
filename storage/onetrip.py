"""SQLite through aiosqlite with one trip to its thread a statement.

SQLAlchemy's own adapter makes four (cursor, execute, fetch, close), each with two switches between threads; a bare turn
costs a third more that way. Here a trip does all of it, and BEGIN rides on the first statement of its transaction. A
statement with the option `unawaited` (whose result nobody reads) rides on the next trip, COMMIT's at the latest; should it
fail, that trip raises its error.

The dialect is registered as ``sqlite+onetrip``; `storage.engine` puts it in the place of ``sqlite+aiosqlite``.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
    SQLiteDialect_aiosqlite,
)
from sqlalchemy.engine import ExecutionContext
from sqlalchemy.util import EMPTY_DICT
from sqlalchemy.util.concurrency import await_

P = ParamSpec("P")
T = TypeVar("T")


class _Outcome(NamedTuple):
    rows: list[Any]
    description: Any
    rowcount: int
    lastrowid: int


async def _nothing() -> None:
    """Done at once."""


def _execute(db: sqlite3.Connection, operation: str, parameters: Any) -> _Outcome:
    cursor = db.execute(operation, parameters)
    description = cursor.description
    rows = cursor.fetchall() if description else []
    # Read last: a statement that returns rows has counted them all only now.
    return _Outcome(rows, description, cursor.rowcount, cursor.lastrowid or 0)


def _execute_many(db: sqlite3.Connection, operation: str, parameters: Any) -> _Outcome:
    cursor = db.executemany(operation, parameters)
    return _Outcome([], None, cursor.rowcount, cursor.lastrowid or 0)


class OneTripCursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor that has its rows, description, row count and last row id as soon as it has executed."""

    __slots__ = ("_outcome", "_size")

    _adapt_connection: OneTripConnection

    def __init__(self, adapt_connection: OneTripConnection) -> None:
        # Not the parent's: that opens a cursor in the thread, which is a trip.
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._soft_closed_memoized = EMPTY_DICT
        self._rows: deque[Any] = deque()
        self._outcome: _Outcome | None = None
        self._size = 1

    @property
    def description(self) -> Any:
        return self._outcome.description if self._outcome else None

    @property
    def rowcount(self) -> int:
        return self._outcome.rowcount if self._outcome else -1

    @property
    def lastrowid(self) -> int:
        return self._outcome.lastrowid if self._outcome else 0

    @property
    def arraysize(self) -> int:
        return self._size

    @arraysize.setter
    def arraysize(self, value: int) -> None:
        self._size = value

    def execute(self, operation: Any, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> Any:
        self._take(self._adapt_connection.trip(_execute, operation, parameters or ()))
        return self

    def executemany(self, operation: Any, seq_of_parameters: Any) -> Any:
        self._take(self._adapt_connection.trip(_execute_many, operation, seq_of_parameters))
        return self

    def ride_along(self, operation: str, parameters: Any) -> None:
        self._adapt_connection.ride_along(operation, parameters or ())

    def _take(self, outcome: _Outcome) -> None:
        self._outcome = outcome
        self._rows = deque(outcome.rows)

    def setinputsizes(self, *inputsizes: Any) -> None:
        """SQLite has no use for them."""

    async def _async_soft_close(self) -> None:
        """Nothing is open in the thread."""

    def close(self) -> None:
        self._rows.clear()


class OneTripConnection(AsyncAdapt_aiosqlite_connection):
    """A connection whose transactions are begun by us: with `begin`, at the next statement, never by the driver."""

    __slots__ = ("_ahead", "_begin")

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self._begin: str | None = None
        self._ahead: list[tuple[str, Any]] = []

    def trip(
        self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do ``work`` in the connection's thread, a pending BEGIN before it."""
        try:
            result: T = await_(self._connection._execute(self._run, work, *args, **kwargs))
        except Exception as error:
            self._handle_exception(error)
        return result

    def _run(
        self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        db: sqlite3.Connection = self._connection._conn
        if self._begin is not None:
            db.execute(self._begin)
            self._begin = None
        while self._ahead:
            db.execute(*self._ahead.pop(0))
        return work(db, *args, **kwargs)

    def cursor(self, server_side: bool = False) -> OneTripCursor:
        """Results are always whole; nothing is streamed."""
        return OneTripCursor(self)

    def begin(self, statement: str) -> None:
        self._begin = statement

    def ride_along(self, operation: str, parameters: Any) -> None:
        """Execute this on the next trip, before what that one is for."""
        self._ahead.append((operation, parameters))
        await_(_nothing())  # SQLAlchemy takes a statement that never awaits for a driver that blocks the loop

    def commit(self) -> None:
        if self._ahead or self._began():
            try:
                self.trip(sqlite3.Connection.commit)
            except Exception:
                # SQLite may leave the transaction open (a full disk, for one), while SQLAlchemy takes it to be over.
                self.rollback()
                raise
        self._begin = None

    def rollback(self) -> None:
        self._begin = None
        self._ahead.clear()
        if self._began():
            self.trip(sqlite3.Connection.rollback)

    def _began(self) -> bool:
        """Whether a transaction really did (and the connection still lives)."""
        db = self._connection._connection
        return db is not None and db.in_transaction


class _OneTripModule(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *args: Any, **kwargs: Any) -> OneTripConnection:
        # isolation_level None: the driver begins nothing by itself.
        connection = self.aiosqlite.connect(*args, **kwargs, isolation_level=None)
        connection._thread.daemon = True
        try:
            return OneTripConnection(self, await_(connection))
        except BaseException:
            # Its thread is ending; whoever closes the event loop next must not find it still at it.
            connection._thread.join()
            raise


class OneTripDialect(SQLiteDialect_aiosqlite):
    """``begin`` is how its transactions begin: ``IMMEDIATE`` for writing, ``DEFERRED`` for reading."""

    driver = "onetrip"
    supports_statement_cache = True
    supports_server_side_cursors = False

    def __init__(self, begin: str = "DEFERRED", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._begin = f"BEGIN {begin}"

    @classmethod
    def import_dbapi(cls) -> _OneTripModule:
        return _OneTripModule(__import__("aiosqlite"), sqlite3)

    def do_execute(
        self, cursor: Any, statement: str, parameters: Any, context: ExecutionContext | None = None
    ) -> None:
        if context is not None and context.execution_options.get("unawaited"):
            cursor.ride_along(statement, parameters)
        else:
            cursor.execute(statement, parameters)

    def do_begin(self, dbapi_connection: Any) -> None:
        dbapi_connection.begin(self._begin)

    def detect_autocommit_setting(self, dbapi_conn: Any) -> bool:
        """Never: the driver's own setting, which is off, says nothing here."""
        return False


registry.register("sqlite.onetrip", __name__, "OneTripDialect")
