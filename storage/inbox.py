"""Which updates were handled, and which failed."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam

from storage.connection import Connection
from storage.statements import insert, unawaited
from storage.tables import Moment, update_failures, updates

# Two at once on PostgreSQL: the second waits for the first to commit (then nothing is inserted) or to roll back.
CLAIM = insert(updates).on_conflict_do_nothing()

_FAILED = insert(update_failures)
FAIL = _FAILED.on_conflict_do_update(
    index_elements=["bot_id", "update_id"],
    set_={
        "error": _FAILED.excluded.error,
        "times": update_failures.c.times + 1,
        "at": _FAILED.excluded.at,
    },
).returning(update_failures.c.times)

FORGET = unawaited(sa.delete(updates).where(updates.c.at < bindparam("before", type_=Moment)))
FORGET_FAILURES = unawaited(
    sa.delete(update_failures).where(update_failures.c.at < bindparam("before", type_=Moment))
)
FAILURES = (
    sa.select(
        update_failures.c.update_id, update_failures.c.error, update_failures.c.times, update_failures.c.at
    )
    .order_by(update_failures.c.at.desc(), update_failures.c.update_id.desc())
    .limit(bindparam("most"))
)


class SqlInbox:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def claim(self, bot_id: int, update_id: int, now: datetime) -> bool:
        new = {"bot_id": bot_id, "update_id": update_id, "at": now}
        return (await self._connection.execute(CLAIM, new)).rowcount == 1

    async def fail(self, bot_id: int, update_id: int, error: str, now: datetime) -> int:
        new = {"bot_id": bot_id, "update_id": update_id, "error": error, "times": 1, "at": now}
        times: int = (await self._connection.execute(FAIL, new)).scalar_one()
        return times

    async def forget_before(self, at: datetime) -> None:
        await self._connection.execute(FORGET, {"before": at})
        await self._connection.execute(FORGET_FAILURES, {"before": at})

    async def failures(self, limit: int) -> tuple[tuple[int, str, int, datetime], ...]:
        rows = await self._connection.execute(FAILURES, {"most": limit})
        return tuple((number, error, times, at) for number, error, times, at in rows)
