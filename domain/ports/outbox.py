"""Messages that must arrive: written with the change that causes them, sent by whichever replica comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.ids import ChatId


@dataclass(frozen=True, slots=True)
class Message:
    """What to tell whom. ``data`` are plain facts (no secrets); the words are found when it is sent.

    ``lane`` is what is kept in order: one chat (``chat:5``) or one address (``mail:ann@example.org``).
    ``key`` is unique: the same message is written once however often its cause is tried. ``kind`` names the notice.
    """

    key: str
    lane: str
    kind: str
    data: dict[str, str | int | bool | None] = field(default_factory=dict)
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Leased:
    """A message that this replica is to deliver before the lease ends."""

    id: int
    message: Message
    tries: int
    written_at: datetime


class Outbox(Protocol):
    async def put(self, message: Message, at: datetime) -> None: ...

    async def lease(self, now: datetime, until: datetime, limit: int) -> tuple[Leased, ...]:
        """The head of each lane that is due and not leased by another: at most one message a lane, oldest first."""
        ...

    async def renew(self, message_ids: Sequence[int], until: datetime) -> None:
        """Keep leased what is still being delivered."""
        ...

    async def release(self) -> None:
        """End all leases. For whoever knows that nobody else is delivering: what is leased then was left by a crash."""
        ...

    async def delivered(self, message_id: int, at: datetime) -> None: ...

    async def postpone(self, message_id: int, due: datetime, error: str) -> None:
        """Try again at ``due``. ``error`` is for the shop's owner; it holds no content."""
        ...

    async def give_up(self, message_id: int, at: datetime, error: str) -> None:
        """Keep it as undeliverable; the lane goes on."""
        ...

    async def undelivered(self, limit: int) -> tuple[tuple[Leased, str], ...]:
        """What was given up, and what waits with an error, newest first, with the error."""
        ...

    async def next_due(self) -> datetime | None:
        """When the earliest waiting message is due."""
        ...

    async def move_lane(self, old: str, new: str) -> None: ...

    async def forget_before(self, at: datetime) -> None:
        """Drop messages delivered before then (housekeeping)."""
        ...


def chat_lane(chat_id: ChatId) -> str:
    return f"chat:{chat_id}"


def mail_lane(address: str) -> str:
    return f"mail:{address}"


STAFF_LANE = "staff"
"""The staff's chat, whichever it is when the message is sent."""
