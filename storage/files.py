"""Telegram's file ids of pictures that were uploaded before."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from storage.connection import Connection
from storage.statements import insert, unawaited
from storage.tables import files

_ONE = sa.and_(files.c.bot_id == bindparam("bot"), files.c.key == bindparam("name"))
_NEW = insert(files)

GET = sa.select(files.c.file_id).where(_ONE)
KEEP = unawaited(
    _NEW.on_conflict_do_update(index_elements=["bot_id", "key"], set_={"file_id": _NEW.excluded.file_id})
)
DROP = unawaited(sa.delete(files).where(_ONE))


class SqlFiles:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def file_id(self, bot_id: int, key: str) -> str | None:
        return (await self._connection.execute(GET, {"bot": bot_id, "name": key})).scalar_one_or_none()

    async def keep(self, bot_id: int, key: str, file_id: str) -> None:
        await self._connection.execute(KEEP, {"bot_id": bot_id, "key": key, "file_id": file_id})

    async def drop(self, bot_id: int, key: str) -> None:
        await self._connection.execute(DROP, {"bot": bot_id, "name": key})
