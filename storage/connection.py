"""What the repositories need of a connection: it is one of SQLAlchemy's on PostgreSQL, and `storage.inline`'s on SQLite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]

Rows = sa.CursorResult[*tuple[Any, ...]]

LENGTHY = "lengthy"

S = TypeVar("S", bound=sa.Executable)


def lengthy(statement: S) -> S:
    """A statement that may read more than some dozens of rows: on SQLite it runs in a thread, and nobody else waits for it."""
    return statement.execution_options(**{LENGTHY: True})


class Connection(Protocol):
    """One transaction's connection."""

    async def execute(self, statement: sa.Executable, parameters: Parameters | None = None) -> Rows:
        """The result has all its rows."""
        ...

    async def commit(self) -> None: ...
