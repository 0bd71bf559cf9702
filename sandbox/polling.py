"""getUpdates: one long poll at a time.

Rules: telegram-bot-api Client.cpp (process_get_updates_query, do_get_updates, abort_long_poll, fail_query_conflict).
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from sandbox.errors import ApiError
from sandbox.model import Json
from sandbox.params import Args, json_or_none, leading_integer
from sandbox.updates import UpdateQueue

MAX_TIMEOUT = 50
WEBHOOK_ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OTHER_POLL = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
BY_WEBHOOK = "Conflict: terminated by setWebhook request"


class Poller:
    """The bot's polling. A second poll ends the first one with 409; a webhook forbids it."""

    def __init__(self, queue: UpdateQueue) -> None:
        self._queue = queue
        self._waiting: asyncio.Future[str] | None = None
        self._last_offset = 0
        self._last_start = 0.0
        self._next_conflict = 0.0

    @property
    def polling(self) -> bool:
        """A long poll is waiting now."""
        return self._waiting is not None

    def abort(self, reason: str) -> None:
        """Ends the poll that waits with 409."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(reason)

    async def conflict(self, reason: str) -> ApiError:
        """The 409. Repeated ones within 3 s are held back for 3 s, as the server does."""
        now = time.monotonic()
        if now < self._next_conflict:
            await asyncio.sleep(3.0)
        else:
            self._next_conflict = now + 3.0
        return ApiError(409, reason)

    async def get_updates(self, args: Args, *, webhook: bool) -> list[Json]:
        """The updates from `offset` on; waits up to `timeout` seconds for the first."""
        if webhook:
            raise await self.conflict(WEBHOOK_ACTIVE)
        offset = leading_integer(args.text("offset"))
        limit = args.integer("limit", 100, 1, 100)
        timeout = args.integer("timeout", 0, 0, MAX_TIMEOUT)
        if "allowed_updates" in args:
            self._queue.allow(json_or_none(args.text("allowed_updates")))
        now = time.monotonic()
        if offset == self._last_offset and timeout < 3 and now < self._last_start + 3.0:
            timeout = 3
        if offset == self._last_offset and now < self._last_start + 0.5:
            limit = 1
        self._last_offset, self._last_start = offset, now
        if offset < 0:
            self._queue.keep_last(-offset)
        elif offset > 0:
            self._queue.confirm_before(offset)
        updates = self._take(limit)
        if updates or timeout == 0:
            return updates
        self.abort(OTHER_POLL)
        return await self._wait(limit, now + timeout)

    async def _wait(self, limit: int, deadline: float) -> list[Json]:
        waiting: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        try:
            while True:
                self._queue.arrived.clear()
                updates = self._take(limit)
                left = deadline - time.monotonic()
                if updates or left <= 0:
                    return updates
                await self._news(waiting, min(left, self._queue.seconds_to_next()))
                if waiting.done():
                    raise await self.conflict(waiting.result())
        finally:
            if self._waiting is waiting:
                self._waiting = None

    async def _news(self, waiting: asyncio.Future[str], timeout: float) -> None:
        """Returns when there may be updates, when the poll is ended, or after the time."""
        arrival: asyncio.Future[Any] = asyncio.ensure_future(self._queue.arrived.wait())
        futures: set[asyncio.Future[Any]] = {arrival, waiting}
        try:
            await asyncio.wait(futures, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        finally:
            arrival.cancel()

    def _take(self, limit: int) -> list[Json]:
        given = self._queue.due(limit)
        for one in [one for one in given if one.repeat]:
            self._queue.confirm(one)
        return [one.body for one in given]
