"""The staff's chat: its link, and the cards in it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.ids import ChatId, OrderId
from domain.staff import LinkCode, StaffCard, StaffChat
from storage.connection import Connection
from storage.statements import insert, unawaited
from storage.tables import Moment, staff_cards, staff_chat

_ROW = 1
"""The only row: it holds the link and the code that may make a new one."""

CHAT = sa.select(
    staff_chat.c.chat_id, staff_chat.c.title, staff_chat.c.linked_at, staff_chat.c.language
).where(staff_chat.c.id == _ROW, staff_chat.c.chat_id.is_not(None))

_NEW = insert(staff_chat).values(id=_ROW)
LINK = unawaited(
    _NEW.on_conflict_do_update(
        index_elements=["id"],
        set_={name: _NEW.excluded[name] for name in ("chat_id", "title", "linked_at", "language")},
    )
)
PUT_CODE = unawaited(
    _NEW.on_conflict_do_update(
        index_elements=["id"], set_={name: _NEW.excluded[name] for name in ("code_hash", "code_expires_at")}
    )
)
UNLINK = unawaited(sa.update(staff_chat).values(chat_id=None, title="", linked_at=None))
MOVE = unawaited(
    sa.update(staff_chat).where(staff_chat.c.chat_id == bindparam("old")).values(chat_id=bindparam("new"))
)

# The code is gone with its first use.
TAKE_CODE = (
    sa.update(staff_chat)
    .where(
        staff_chat.c.code_hash == bindparam("proof"),
        staff_chat.c.code_expires_at > bindparam("now", type_=Moment),
    )
    .values(code_hash=None, code_expires_at=None)
)

CARD = sa.select(staff_cards.c.order_id, staff_cards.c.chat_id, staff_cards.c.message_id).where(
    staff_cards.c.order_id == bindparam("order")
)
_CARD = insert(staff_cards)
PUT_CARD = unawaited(
    _CARD.on_conflict_do_update(
        index_elements=["order_id"],
        set_={"chat_id": _CARD.excluded.chat_id, "message_id": _CARD.excluded.message_id},
    )
)


class SqlStaff:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def chat(self) -> StaffChat | None:
        row = (await self._connection.execute(CHAT)).one_or_none()
        return None if row is None else StaffChat(*row)

    async def link(self, chat: StaffChat) -> None:
        await self._connection.execute(
            LINK,
            {
                "chat_id": chat.chat_id,
                "title": chat.title,
                "linked_at": chat.linked_at,
                "language": chat.language,
            },
        )

    async def unlink(self) -> None:
        await self._connection.execute(UNLINK)

    async def move(self, old: ChatId, new: ChatId) -> None:
        await self._connection.execute(MOVE, {"old": old, "new": new})

    async def put_code(self, code: LinkCode) -> None:
        await self._connection.execute(
            PUT_CODE, {"code_hash": code.code_hash, "code_expires_at": code.expires_at}
        )

    async def take_code(self, code_hash: str, now: datetime) -> bool:
        result = await self._connection.execute(TAKE_CODE, {"proof": code_hash, "now": now})
        return result.rowcount == 1

    async def card(self, order_id: OrderId) -> StaffCard | None:
        row = (await self._connection.execute(CARD, {"order": order_id})).one_or_none()
        return None if row is None else StaffCard(*row)

    async def put_card(self, card: StaffCard) -> None:
        await self._connection.execute(
            PUT_CARD,
            {"order_id": card.order_id, "chat_id": card.chat_id, "message_id": card.message_id},
        )
