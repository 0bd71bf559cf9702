"""What the repositories' statements are made with besides plain Core."""

from __future__ import annotations

from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Insert, insert

__all__ = ["Insert", "insert", "unawaited"]

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
