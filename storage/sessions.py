"""Logins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.ids import CustomerId, SessionId
from domain.session import Session
from storage.connection import Connection
from storage.statements import unawaited
from storage.tables import sessions

_COLUMNS = (
    sessions.c.id,
    sessions.c.customer_id,
    sessions.c.chat_id,
    sessions.c.issued_at,
    sessions.c.expires_at,
    sessions.c.revoked_at,
)
_LIVE = sa.and_(
    sessions.c.customer_id == bindparam("customer"),
    sessions.c.revoked_at.is_(None),
    sessions.c.expires_at > bindparam("now", type_=sessions.c.expires_at.type),
)

ADD = unawaited(sa.insert(sessions))
GET = sa.select(*_COLUMNS).where(sessions.c.id == bindparam("session"))

# A customer's logins that are good now, newest first.
LIVE = sa.select(*_COLUMNS).where(_LIVE).order_by(sessions.c.issued_at.desc(), sessions.c.id)

# The first revocation counts.
REVOKE = unawaited(
    sa.update(sessions)
    .where(sessions.c.id == bindparam("session"), sessions.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("at"))
)
REVOKE_ALL = sa.update(sessions).where(_LIVE).values(revoked_at=bindparam("at"))

FORGET = sa.delete(sessions).where(
    sessions.c.expires_at < bindparam("before", type_=sessions.c.expires_at.type)
)


class SqlSessions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, session: Session) -> None:
        await self._connection.execute(
            ADD,
            {
                "id": session.id,
                "customer_id": session.customer_id,
                "chat_id": session.chat_id,
                "issued_at": session.issued_at,
                "expires_at": session.expires_at,
                "revoked_at": session.revoked_at,
            },
        )

    async def get(self, session_id: SessionId) -> Session | None:
        row = (await self._connection.execute(GET, {"session": session_id})).one_or_none()
        return None if row is None else Session(*row)

    async def live(self, customer_id: CustomerId, now: datetime) -> Sequence[Session]:
        rows = await self._connection.execute(LIVE, {"customer": customer_id, "now": now})
        return [Session(*row) for row in rows]

    async def revoke(self, session_id: SessionId, at: datetime) -> None:
        await self._connection.execute(REVOKE, {"session": session_id, "at": at})

    async def revoke_all(self, customer_id: CustomerId, at: datetime) -> int:
        result = await self._connection.execute(REVOKE_ALL, {"customer": customer_id, "now": at, "at": at})
        return result.rowcount

    async def forget_before(self, at: datetime) -> None:
        await self._connection.execute(FORGET, {"before": at})
