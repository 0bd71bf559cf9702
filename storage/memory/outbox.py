"""Messages that must arrive."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.ports.outbox import Leased, Message
from storage.memory.state import KeptMessage, State


class MemoryOutbox:
    def __init__(self, state: State) -> None:
        self._state = state

    async def put(self, message: Message, at: datetime) -> None:
        if all(kept.message.key != message.key for kept in self._state.messages.values()):
            number = next(self._state.numbers)
            self._state.messages[number] = KeptMessage(message, at, message.not_before or at)

    async def lease(self, now: datetime, until: datetime, limit: int) -> tuple[Leased, ...]:
        heads: list[Leased] = []
        lanes: set[str] = set()
        for number, kept in self._waiting():
            due = kept.due_at <= now or kept.written_at > now  # the clock was set back
            free = kept.leased_until is None or kept.leased_until <= now
            if due and free and kept.message.lane not in lanes and len(heads) < limit:
                heads.append(_leased(number, kept))
                written_at = min(kept.written_at, now)
                self._change(number, leased_until=until, tries=kept.tries + 1, written_at=written_at)
            if due or kept.tries:
                lanes.add(kept.message.lane)
        return tuple(heads)

    async def renew(self, message_ids: Sequence[int], until: datetime) -> None:
        for number, kept in self._waiting():
            if number in message_ids and kept.leased_until is not None:
                self._change(number, leased_until=until)

    async def release(self) -> None:
        for number, _ in self._waiting():
            self._change(number, leased_until=None)

    async def delivered(self, message_id: int, at: datetime) -> None:
        self._change(message_id, state="delivered", done_at=at, leased_until=None, error="")

    async def postpone(self, message_id: int, due: datetime, error: str) -> None:
        self._change(message_id, due_at=due, leased_until=None, error=error)

    async def give_up(self, message_id: int, at: datetime, error: str) -> None:
        self._change(message_id, state="given_up", done_at=at, leased_until=None, error=error)

    async def undelivered(self, limit: int) -> tuple[tuple[Leased, str], ...]:
        found = [
            (_leased(number, kept), kept.error)
            for number, kept in self._state.messages.items()
            if kept.state == "given_up" or (kept.state == "waiting" and kept.error)
        ]
        return tuple(found[::-1][:limit])

    async def next_due(self) -> datetime | None:
        return min(
            (max(kept.due_at, kept.leased_until or kept.due_at) for _, kept in self._waiting()), default=None
        )

    async def move_lane(self, old: str, new: str) -> None:
        for number, kept in self._waiting():
            if kept.message.lane == old:
                self._change(number, message=dataclasses.replace(kept.message, lane=new))

    async def forget_before(self, at: datetime) -> None:
        self._state.messages = {
            number: kept
            for number, kept in self._state.messages.items()
            if kept.state != "delivered" or kept.done_at is None or kept.done_at >= at
        }

    def _waiting(self) -> list[tuple[int, KeptMessage]]:
        return [(number, kept) for number, kept in self._state.messages.items() if kept.state == "waiting"]

    def _change(self, message_id: int, **changes: Any) -> None:
        kept = self._state.messages.get(message_id)
        if kept is not None and kept.state == "waiting":
            self._state.messages[message_id] = dataclasses.replace(kept, **changes)


def _leased(number: int, kept: KeptMessage) -> Leased:
    not_before = kept.due_at if kept.due_at > kept.written_at and not kept.tries else None
    message = dataclasses.replace(kept.message, not_before=not_before)
    return Leased(number, message, kept.tries, kept.written_at)
