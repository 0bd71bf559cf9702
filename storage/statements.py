"""What the repositories' statements are made with besides plain Core."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles

from storage.failures import translated

__all__ = [
    "ROWS_AT_ONCE",
    "VOLUME",
    "Insert",
    "insert",
    "insert_rows",
    "locked",
    "queued",
    "unawaited",
    "volume",
]

# INSERT with ON CONFLICT: SQLite took the clause over from PostgreSQL, and the construct for PostgreSQL compiles on both.

S = TypeVar("S", bound=sa.Executable)
Q = TypeVar("Q", bound=sa.Select[*tuple[Any, ...]])


def unawaited(statement: S) -> S:
    """A statement whose result nobody reads. On SQLite it goes to the database together with the next one or the commit."""
    return statement.execution_options(unawaited=True)


def locked(statement: Q) -> Q:
    """The same rows, locked until the end of the transaction and read as they are then.

    Not against rows that merely refer to them (a cart's line to its book). SQLite needs no such lock: a transaction that
    began IMMEDIATE is alone.
    """
    return statement.with_for_update(key_share=True)


class queued(sa.sql.functions.FunctionElement[Any]):
    """``queued(name)``: transactions that ask for the same name go on one after the other, whether or not there is a row of it.

    Two names may share a number: then these wait for each other, which does no harm. SQLite needs no such queue either.
    """

    inherit_cache = True


@compiles(queued)
def _named(element: queued, compiler: Any, **more: Any) -> str:
    return str(compiler.process(element.clauses, **more))


@compiles(queued, "postgresql")
def _queued(element: queued, compiler: Any, **more: Any) -> str:
    return f"pg_advisory_xact_lock(hashtextextended({compiler.process(element.clauses, **more)}, 0))"


VOLUME = "volume"
"""The function that every connection to SQLite is given: `domain.series.volume`."""


class volume(sa.sql.functions.FunctionElement[Any]):
    """`domain.series.volume` of a column."""

    inherit_cache = True
    type = sa.Float()


@compiles(volume)
def _volume(element: volume, compiler: Any, **more: Any) -> str:
    return f"{VOLUME}({compiler.process(element.clauses, **more)})"


@compiles(volume, "postgresql")
def _volume_there(element: volume, compiler: Any, **more: Any) -> str:
    number = f"replace({compiler.process(element.clauses, **more)}, ',', '.')"
    return f"CAST(substring({number} from '[0-9]{{1,9}}(?:[.][0-9]{{1,9}})?') AS double precision)"


ROWS_AT_ONCE = 100
"""Rows of one statement: SQLite takes 32,766 values in one at most (sqlite.org/limits.html#max_variable_number)."""


async def insert_rows(connection: AsyncConnection, into: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """On SQLite, at most `ROWS_AT_ONCE` rows with the same columns in one statement.

    With a statement for each row, Python's lock changes hands as often, and whatever else computes in the process (a feed
    that is being parsed) is waited for each time.
    """
    if not rows:
        return
    statement, processors = _many(into, tuple(rows[0]), len(rows))
    values = [
        row[name] if process is None else process(row[name]) for row in rows for name, process in processors
    ]
    try:
        await connection.exec_driver_sql(statement, tuple(values))
    except (OverflowError, UnicodeError) as error:
        # A value that SQLite cannot hold. SQLAlchemy wraps it only where the statement is its own.
        raise translated(error) from error


@lru_cache(maxsize=256)
def _many(
    into: sa.Table, names: tuple[str, ...], count: int
) -> tuple[str, tuple[tuple[str, Callable[[Any], Any] | None], ...]]:
    dialect = sqlite.dialect()
    one = sa.insert(into).values({name: bindparam(name) for name in names}).compile(dialect=dialect)
    row = str(one).rpartition(" VALUES ")[2]
    kinds = (
        (name, into.c[name].type.dialect_impl(dialect).bind_processor(dialect))
        for name in one.positiontup or ()
    )
    return f"{one}{f', {row}' * (count - 1)}", tuple(kinds)
