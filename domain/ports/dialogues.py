"""What the chat side keeps: handled updates, dialogues, and the file ids of pictures that were sent before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.ids import ChatId, UserId

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]
Data = dict[str, Json]
"""A step's facts, as JSON. Never a password or a code."""


@dataclass(frozen=True, slots=True)
class DialogueKey:
    """``thread_id`` is 0 outside of topics."""

    chat_id: ChatId
    thread_id: int
    user_id: UserId


@dataclass(frozen=True, slots=True)
class Live:
    """The live message: its id, what it is (``text``, ``photo``, ``invoice``), and the digest of what it shows."""

    message_id: int
    kind: str
    digest: str


@dataclass(slots=True)
class Dialogue:
    """Where a person is in the chat. ``version`` goes up with each turn; ``shown_version`` follows when it was shown.

    ``step`` names what the next text is for (``login.email``); empty: a text is a search. ``token`` is the login, as a
    browser would carry it. ``screen`` is the present screen as stored, to be shown again after a crash.
    """

    key: DialogueKey
    language: str = ""
    step: str = ""
    data: Data = field(default_factory=dict)
    token: str = ""
    screen: str = ""
    live: Live | None = None
    version: int = 0
    shown_version: int = 0
    new: bool = False
    """Made by this turn."""


class Dialogues(Protocol):
    async def read(self, key: DialogueKey) -> Dialogue | None:
        """As it stands, for preparing a turn."""
        ...

    async def locked(self, key: DialogueKey, now: datetime) -> Dialogue:
        """Inserted first if new, locked until the end of the transaction."""
        ...

    async def save(self, dialogue: Dialogue, now: datetime) -> None:
        """Write all but ``live`` and ``shown_version``, with ``version`` as given."""
        ...

    async def shown(self, key: DialogueKey, version: int, live: Live | None) -> None:
        """Record that the screen of ``version`` is shown by this message; an older version changes nothing."""
        ...

    async def unshown(self, before: datetime, limit: int) -> tuple[DialogueKey, ...]:
        """Dialogues whose present screen was not shown although its turn was committed before then."""
        ...

    async def forget(self, chat_id: ChatId) -> None: ...


class Inbox(Protocol):
    """Which updates were handled: unique by bot and update id."""

    async def claim(self, bot_id: int, update_id: int, now: datetime) -> bool:
        """False if it was handled before. (Two at once: one waits, then gets False.)"""
        ...

    async def fail(self, bot_id: int, update_id: int, error: str, now: datetime) -> int:
        """Count a failure of an update (the error's kind, never content); returns how often it failed."""
        ...

    async def forget_before(self, at: datetime) -> None:
        """Drop old ids. Telegram keeps updates for 24 hours at most (Bot API, getUpdates)."""
        ...

    async def failures(self, limit: int) -> tuple[tuple[int, str, int, datetime], ...]:
        """Update id, error, count and time of the latest failures."""
        ...


class Files(Protocol):
    """Telegram's file ids of pictures that were uploaded before, by our own key."""

    async def file_id(self, bot_id: int, key: str) -> str | None: ...

    async def keep(self, bot_id: int, key: str, file_id: str) -> None: ...

    async def drop(self, bot_id: int, key: str) -> None: ...
