"""Attempts, counted in a window."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam

from storage.connection import Connection
from storage.statements import queued, unawaited
from storage.tables import limits

# One transaction at a time for a key. There is no row yet that could be locked.
LOCK = unawaited(sa.select(queued(bindparam("name", type_=sa.Text))))
HIT = unawaited(sa.insert(limits))
HITS = sa.select(sa.func.count(), sa.func.min(limits.c.at, type_=limits.c.at.type)).where(
    limits.c.key == bindparam("name"), limits.c.at >= bindparam("since", type_=limits.c.at.type)
)
CLEAR = unawaited(sa.delete(limits).where(limits.c.key == bindparam("name")))
FORGET = unawaited(sa.delete(limits).where(limits.c.at < bindparam("before", type_=limits.c.at.type)))


class SqlLimits:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def locked(self, *keys: str) -> None:
        for key in sorted(keys):
            await self._connection.execute(LOCK, {"name": key})

    async def hits(self, key: str, since: datetime) -> tuple[int, datetime | None]:
        count, oldest = (await self._connection.execute(HITS, {"name": key, "since": since})).one()
        return count, oldest

    async def hit(self, key: str, at: datetime) -> None:
        await self._connection.execute(HIT, {"key": key, "at": at})

    async def clear(self, key: str) -> None:
        await self._connection.execute(CLEAR, {"name": key})

    async def forget_before(self, at: datetime) -> None:
        await self._connection.execute(FORGET, {"before": at})
