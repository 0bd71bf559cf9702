"""What happens, told live to the pages that are open, by server-sent events."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass

from sandbox.model import Json

KEPT = 10_000


@dataclass(frozen=True)
class Event:
    id: int
    name: str
    data: Json
    audience: frozenset[int] | None
    """The users who see it; everybody if None."""

    def seen_by(self, user: int) -> bool:
        return self.audience is None or user in self.audience


class EventLog:
    """The newest events, numbered from the start's microseconds so that numbers also grow over restarts: no run tells one in each,
    and JavaScript counts so far exactly."""

    def __init__(self) -> None:
        self.first = time.time_ns() // 1000
        self.last = self.first
        self._kept: deque[Event] = deque(maxlen=KEPT)
        self._waking = asyncio.Event()
        self.closed = False

    def tell(self, name: str, data: Json, audience: frozenset[int] | None = None) -> None:
        """Adds an event and wakes every stream."""
        self.last += 1
        self._kept.append(Event(self.last, name, data, audience))
        waking, self._waking = self._waking, asyncio.Event()
        waking.set()

    def after(self, last_id: int) -> list[Event] | None:
        """The events newer than that one; None if some of them are no longer known."""
        if last_id < self.first or last_id > self.last:
            return None
        if self._kept and last_id < self._kept[0].id - 1:
            return None
        newer: list[Event] = []
        for event in reversed(self._kept):
            if event.id <= last_id:
                break
            newer.append(event)
        newer.reverse()
        return newer

    async def news(self, timeout: float) -> bool:
        """Waits for the next event; False when none came in time."""
        try:
            async with asyncio.timeout(timeout):
                await self._waking.wait()
        except TimeoutError:
            return False
        return True

    def close(self) -> None:
        """Ends the streams."""
        self.closed = True
        self._waking.set()
