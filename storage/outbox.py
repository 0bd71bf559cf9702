"""Messages that must arrive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.ports.outbox import Leased, Message
from storage.connection import Connection
from storage.statements import insert, unawaited
from storage.tables import Moment, outbox

WAITING = "waiting"
DELIVERED = "delivered"
GIVEN_UP = "given_up"

# Written out, not bound: the partial indexes of waiting messages serve only a query that says so itself.
_WAITING = outbox.c.state == sa.literal_column("'waiting'")
_NOW = bindparam("now", type_=Moment)
_ID = outbox.c.id == bindparam("message")
_ahead = outbox.alias("ahead")

# A new message; the same key a second time changes nothing.
PUT = unawaited(insert(outbox).on_conflict_do_nothing(index_elements=["key"]))


def _due(message: Any) -> sa.ColumnElement[bool]:
    """Its time has come, or it was written in what is the future now: the clock was set back, and it does not wait for that."""
    return sa.or_(message.c.due_at <= _NOW, message.c.written_at > _NOW)


# The heads of lanes that are due and free. A message holds up those behind it while it is due, leased or was tried before;
# one that was written for later and not tried yet does not. What another relay is looking at is skipped.
HEADS = (
    sa.select(outbox)
    .where(
        _WAITING,
        _due(outbox),
        sa.or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= _NOW),
        ~sa.exists().where(
            _ahead.c.lane == outbox.c.lane,
            _ahead.c.id < outbox.c.id,
            _ahead.c.state == sa.literal_column("'waiting'"),
            sa.or_(_due(_ahead), _ahead.c.tries > 0),
        ),
    )
    .order_by(outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, key_share=True)
)

# Taken by this relay, and counted as a try: a message that kills its relay must not look new for ever. What was written in
# what is the future now was written now at the latest, so that it can be put off as any other.
LEASE = unawaited(
    sa.update(outbox)
    .where(outbox.c.id.in_(bindparam("messages", expanding=True)))
    .values(
        leased_until=bindparam("until"),
        tries=outbox.c.tries + 1,
        written_at=sa.case((outbox.c.written_at > _NOW, _NOW), else_=outbox.c.written_at),
    )
)

RENEW = unawaited(
    sa.update(outbox)
    .where(
        outbox.c.id.in_(bindparam("messages", expanding=True)), _WAITING, outbox.c.leased_until.is_not(None)
    )
    .values(leased_until=bindparam("until"))
)
RELEASE = unawaited(
    sa.update(outbox).where(_WAITING, outbox.c.leased_until.is_not(None)).values(leased_until=None)
)

# It is over: delivered or given up.
FINISH = unawaited(
    sa.update(outbox)
    .where(_ID, _WAITING)
    .values(state=bindparam("end"), done_at=bindparam("at"), leased_until=None, error=bindparam("why"))
)
POSTPONE = unawaited(
    sa.update(outbox)
    .where(_ID, _WAITING)
    .values(due_at=bindparam("due"), leased_until=None, error=bindparam("why"))
)

# What was given up, and what waits after a failure.
UNDELIVERED = (
    sa.select(outbox)
    .where(sa.or_(outbox.c.state == GIVEN_UP, sa.and_(_WAITING, outbox.c.error != "")))
    .order_by(outbox.c.id.desc())
    .limit(bindparam("most"))
)

# When somebody has to look again: at the earliest due time, or at the end of a lease that is still running.
NEXT_DUE = sa.select(
    sa.func.min(
        sa.case((outbox.c.leased_until > outbox.c.due_at, outbox.c.leased_until), else_=outbox.c.due_at),
        type_=Moment,
    )
).where(_WAITING)

MOVE_LANE = unawaited(
    sa.update(outbox).where(_WAITING, outbox.c.lane == bindparam("old")).values(lane=bindparam("new"))
)
FORGET = unawaited(
    sa.delete(outbox).where(outbox.c.state == DELIVERED, outbox.c.done_at < bindparam("before", type_=Moment))
)


class SqlOutbox:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(self, message: Message, at: datetime) -> None:
        new = {
            "key": message.key,
            "lane": message.lane,
            "kind": message.kind,
            "data": json.dumps(message.data, ensure_ascii=False, separators=(",", ":")),
            "state": WAITING,
            "written_at": at,
            "due_at": message.not_before or at,
        }
        await self._connection.execute(PUT, new)

    async def lease(self, now: datetime, until: datetime, limit: int) -> tuple[Leased, ...]:
        rows = (await self._connection.execute(HEADS, {"now": now, "most": limit})).all()
        if rows:
            ids = [row.id for row in rows]
            await self._connection.execute(LEASE, {"messages": ids, "until": until, "now": now})
        return tuple(_leased(row) for row in rows)

    async def renew(self, message_ids: Sequence[int], until: datetime) -> None:
        await self._connection.execute(RENEW, {"messages": list(message_ids), "until": until})

    async def release(self) -> None:
        await self._connection.execute(RELEASE)

    async def delivered(self, message_id: int, at: datetime) -> None:
        await self._finish(message_id, DELIVERED, at, "")

    async def give_up(self, message_id: int, at: datetime, error: str) -> None:
        await self._finish(message_id, GIVEN_UP, at, error)

    async def _finish(self, message_id: int, end: str, at: datetime, error: str) -> None:
        values = {"message": message_id, "end": end, "at": at, "why": error}
        await self._connection.execute(FINISH, values)

    async def postpone(self, message_id: int, due: datetime, error: str) -> None:
        await self._connection.execute(POSTPONE, {"message": message_id, "due": due, "why": error})

    async def undelivered(self, limit: int) -> tuple[tuple[Leased, str], ...]:
        rows = await self._connection.execute(UNDELIVERED, {"most": limit})
        return tuple((_leased(row), row.error) for row in rows)

    async def next_due(self) -> datetime | None:
        found: datetime | None = (await self._connection.execute(NEXT_DUE)).scalar_one()
        return found

    async def move_lane(self, old: str, new: str) -> None:
        await self._connection.execute(MOVE_LANE, {"old": old, "new": new})

    async def forget_before(self, at: datetime) -> None:
        await self._connection.execute(FORGET, {"before": at})


def _leased(row: Any) -> Leased:
    not_before = row.due_at if row.due_at > row.written_at and not row.tries else None
    message = Message(row.key, row.lane, row.kind, json.loads(row.data), not_before)
    return Leased(row.id, message, row.tries, row.written_at)
