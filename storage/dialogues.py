"""Where each person is in the chat. A turn reads its dialogue once and writes it once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.errors import PassingFailure
from domain.ids import ChatId, UserId
from domain.ports.dialogues import Dialogue, DialogueKey, Live
from storage.connection import Connection
from storage.statements import insert, locked, unawaited
from storage.tables import Moment, dialogues

_KEY = sa.and_(
    dialogues.c.chat_id == bindparam("chat"),
    dialogues.c.thread_id == bindparam("thread"),
    dialogues.c.user_id == bindparam("person"),
)

READ = sa.select(
    dialogues.c.language,
    dialogues.c.step,
    dialogues.c.data,
    dialogues.c.token,
    dialogues.c.screen,
    dialogues.c.live_id,
    dialogues.c.live_kind,
    dialogues.c.live_digest,
    dialogues.c.version,
    dialogues.c.shown_version,
).where(_KEY)

LOCK = locked(READ)

# A first dialogue; nothing comes back if another replica was quicker.
MAKE = insert(dialogues).on_conflict_do_nothing().returning(dialogues.c.chat_id)

SAVE = unawaited(
    sa.update(dialogues)
    .where(_KEY)
    .values(
        language=bindparam("tongue"),
        step=bindparam("at_step"),
        data=bindparam("facts"),
        token=bindparam("login"),
        screen=bindparam("stored_screen"),
        version=bindparam("turn"),
        updated_at=bindparam("now"),
    )
)

# The live message of a version; an older one than was recorded changes nothing.
SHOWN = unawaited(
    sa.update(dialogues)
    .where(_KEY, dialogues.c.shown_version <= bindparam("turn"))
    .values(
        shown_version=bindparam("turn"),
        live_id=bindparam("message"),
        live_kind=bindparam("kind"),
        live_digest=bindparam("digest"),
    )
)

# Screens that were committed and never shown, the longest waiting first.
UNSHOWN = (
    sa.select(dialogues.c.chat_id, dialogues.c.thread_id, dialogues.c.user_id)
    .where(
        dialogues.c.version > dialogues.c.shown_version,
        dialogues.c.updated_at < bindparam("before", type_=Moment),
    )
    .order_by(dialogues.c.updated_at)
    .limit(bindparam("most"))
)
FORGET = unawaited(sa.delete(dialogues).where(dialogues.c.chat_id == bindparam("chat")))


class SqlDialogues:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def read(self, key: DialogueKey) -> Dialogue | None:
        row = (await self._connection.execute(READ, _names(key))).one_or_none()
        return None if row is None else _dialogue(key, row)

    async def locked(self, key: DialogueKey, now: datetime) -> Dialogue:
        # Three times: found; made by another replica meanwhile; forgotten again by a third.
        for _ in range(3):
            row = (await self._connection.execute(LOCK, _names(key))).one_or_none()
            if row is not None:
                return _dialogue(key, row)
            new = {
                "chat_id": key.chat_id,
                "thread_id": key.thread_id,
                "user_id": key.user_id,
                "updated_at": now,
            }
            if (await self._connection.execute(MAKE, new)).scalar_one_or_none() is not None:
                return Dialogue(key, new=True)
        raise PassingFailure("the dialogue came and went while it was to be locked")

    async def save(self, dialogue: Dialogue, now: datetime) -> None:
        await self._connection.execute(
            SAVE,
            {
                **_names(dialogue.key),
                "tongue": dialogue.language,
                "at_step": dialogue.step,
                "facts": json.dumps(dialogue.data, ensure_ascii=False, separators=(",", ":")),
                "login": dialogue.token,
                "stored_screen": dialogue.screen,
                "turn": dialogue.version,
                "now": now,
            },
        )

    async def shown(self, key: DialogueKey, version: int, live: Live | None) -> None:
        await self._connection.execute(
            SHOWN,
            {
                **_names(key),
                "turn": version,
                "message": None if live is None else live.message_id,
                "kind": "" if live is None else live.kind,
                "digest": "" if live is None else live.digest,
            },
        )

    async def unshown(self, before: datetime, limit: int) -> tuple[DialogueKey, ...]:
        rows = await self._connection.execute(UNSHOWN, {"before": before, "most": limit})
        return tuple(DialogueKey(ChatId(chat), thread, UserId(user)) for chat, thread, user in rows)

    async def forget(self, chat_id: ChatId) -> None:
        await self._connection.execute(FORGET, {"chat": chat_id})


def _names(key: DialogueKey) -> dict[str, Any]:
    return {"chat": key.chat_id, "thread": key.thread_id, "person": key.user_id}


def _dialogue(key: DialogueKey, row: Sequence[Any]) -> Dialogue:
    language, step, data, token, screen, live_id, kind, digest, version, shown_version = row
    return Dialogue(
        key=key,
        language=language,
        step=step,
        data=json.loads(data),
        token=token,
        screen=screen,
        live=None if live_id is None else Live(live_id, kind, digest),
        version=version,
        shown_version=shown_version,
    )
