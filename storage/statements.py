"""What the repositories' statements are made with besides plain Core."""

from __future__ import annotations

from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.compiler import compiles

__all__ = ["Insert", "insert", "locked", "queued", "unawaited"]

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
