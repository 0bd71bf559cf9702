"""Telegram's documented rates, when they are asked for.

core.telegram.org/bots/faq: in one chat about one message a second (short bursts pass), in a group at most 20 a minute,
overall about 30 a second.
"""

from __future__ import annotations

import math
import time
from collections import deque

from sandbox.errors import too_many_requests
from sandbox.model import Chat

BURST = 5
"""How many messages one chat takes at once before the rate of one a second holds."""
CHAT_RATE = 1.0
GROUP_LIMIT = (20, 60.0)
OVERALL_LIMIT = (30, 1.0)


class Flood:
    """Counts what the bot sends, in real time; raises 429 with `retry_after` while `on`."""

    def __init__(self, *, on: bool) -> None:
        self.on = on
        self._tokens: dict[int, tuple[float, float]] = {}
        self._groups: dict[int, deque[float]] = {}
        self._all: deque[float] = deque()

    def check(self, chat: Chat, *, edit: bool = False) -> None:
        """Counts one message (edits count in groups and overall) or refuses it."""
        if not self.on:
            return
        now = time.monotonic()
        waits = [_wait(self._all, *OVERALL_LIMIT, now)]
        if chat.type != "private":
            waits.append(_wait(self._groups.setdefault(chat.id, deque()), *GROUP_LIMIT, now))
        tokens, at = self._tokens.get(chat.id, (float(BURST), now))
        tokens = min(float(BURST), tokens + (now - at) * CHAT_RATE)
        if not edit and tokens < 1.0:
            waits.append((1.0 - tokens) / CHAT_RATE)
        if (wait := max(waits)) > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        self._tokens[chat.id] = (tokens - (0.0 if edit else 1.0), now)
        self._all.append(now)
        if chat.type != "private":
            self._groups[chat.id].append(now)


def _wait(sent: deque[float], limit: int, window: float, now: float) -> float:
    while sent and sent[0] <= now - window:
        sent.popleft()
    return 0.0 if len(sent) < limit else sent[0] + window - now
