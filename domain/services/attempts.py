"""Limits on attempts: keys that name no person, and windows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.ids import ChatId
from domain.ports.customers import Limits


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` attempts in any ``window``."""

    key: str
    count: int
    window: timedelta

    async def left(self, limits: Limits, now: datetime) -> int:
        used, _ = await limits.hits(self.key, self._since(now))
        return max(0, self.count - used)

    async def closed_until(self, limits: Limits, now: datetime) -> datetime | None:
        """When the next attempt may be made; None if it may be now."""
        used, oldest = await limits.hits(self.key, self._since(now))
        return None if used < self.count or oldest is None else oldest + self.window

    def _since(self, now: datetime) -> datetime:
        """An attempt that is exactly a window old counts no more."""
        return now - self.window + timedelta(microseconds=1)


def about(address: str) -> str:
    """An address as part of a key: the rows of a limit tell nobody which addresses were tried."""
    return hashlib.sha256(address.encode()).hexdigest()[:32]


_GUESSING = timedelta(minutes=15)
_HOUR = timedelta(hours=1)


def passwords_of_account(address: str) -> Limit:
    return Limit(f"login:account:{about(address)}", 5, _GUESSING)


def passwords_in_chat(chat_id: ChatId) -> Limit:
    return Limit(f"login:chat:{chat_id}", 10, _GUESSING)


def mails_in_a_row(purpose: str, address: str) -> Limit:
    return Limit(f"mail:{purpose}:{about(address)}", 1, timedelta(seconds=60))


def mails_to(address: str) -> Limit:
    return Limit(f"mail:address:{about(address)}", 5, _HOUR)


def mails_from_chat(chat_id: ChatId) -> Limit:
    return Limit(f"mail:chat:{chat_id}", 10, _HOUR)


async def latest_opening(limits: Limits, now: datetime, *of: Limit) -> datetime | None:
    """When all of them allow another attempt; None if they do now."""
    closed = [until for limit in of if (until := await limit.closed_until(limits, now)) is not None]
    return max(closed, default=None)
