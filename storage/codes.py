"""Codes sent by mail."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.customer import normalise_email
from domain.ports.customers import MailedCode
from storage.connection import Connection
from storage.statements import insert, unawaited
from storage.tables import mailed_codes

_ONE = sa.and_(mailed_codes.c.email_key == bindparam("address"), mailed_codes.c.purpose == bindparam("aim"))
_NEW = insert(mailed_codes)

# A newer code takes the place of the one before.
PUT = unawaited(
    _NEW.on_conflict_do_update(
        index_elements=["email_key", "purpose"],
        set_={name: _NEW.excluded[name] for name in ("code_hash", "chat_id", "expires_at", "tries")},
    )
)
GET = sa.select(
    mailed_codes.c.email_key,
    mailed_codes.c.purpose,
    mailed_codes.c.code_hash,
    mailed_codes.c.chat_id,
    mailed_codes.c.expires_at,
    mailed_codes.c.tries,
).where(_ONE)
COUNT_TRY = (
    sa.update(mailed_codes).where(_ONE).values(tries=mailed_codes.c.tries + 1).returning(mailed_codes.c.tries)
)
REMOVE = unawaited(sa.delete(mailed_codes).where(_ONE))
FORGET = sa.delete(mailed_codes).where(
    mailed_codes.c.expires_at < bindparam("before", type_=mailed_codes.c.expires_at.type)
)


class SqlMailedCodes:
    """Addresses are kept in the form in which they are compared."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(self, code: MailedCode) -> None:
        await self._connection.execute(
            PUT,
            {
                "email_key": normalise_email(code.email),
                "purpose": code.purpose,
                "code_hash": code.code_hash,
                "chat_id": code.chat_id,
                "expires_at": code.expires_at,
                "tries": code.tries,
            },
        )

    async def get(self, email: str, purpose: str) -> MailedCode | None:
        row = (await self._connection.execute(GET, _names(email, purpose))).one_or_none()
        return None if row is None else MailedCode(*row)

    async def count_try(self, email: str, purpose: str) -> int:
        """0 if there is no such code."""
        result = await self._connection.execute(COUNT_TRY, _names(email, purpose))
        return result.scalar_one_or_none() or 0

    async def remove(self, email: str, purpose: str) -> None:
        await self._connection.execute(REMOVE, _names(email, purpose))

    async def forget_before(self, at: datetime) -> None:
        await self._connection.execute(FORGET, {"before": at})


def _names(email: str, purpose: str) -> dict[str, str]:
    return {"address": normalise_email(email), "aim": purpose}
