"""What the repositories' statements are made with besides plain Core."""

from __future__ import annotations

from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Insert, insert

__all__ = ["Insert", "insert", "unawaited"]

# INSERT with ON CONFLICT: SQLite took the clause over from PostgreSQL, and the construct for PostgreSQL compiles on both.

S = TypeVar("S", bound=sa.Executable)


def unawaited(statement: S) -> S:
    """A statement whose result nobody reads. On SQLite it goes to the database together with the next one or the commit."""
    return statement.execution_options(unawaited=True)
