"""Lossless long polling.

Telegram forgets an update once getUpdates is called with a higher offset (Bot API, getUpdates). So the offset moves past an
update only when it is committed, and with it all before it; those that are under way come again with every poll meanwhile
and are known by their id.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog
import telegram
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.intake import ComeAgain, Intake

T = TypeVar("T")

log = structlog.get_logger("bot.polling")

ALLOWED_UPDATES = ["message", "callback_query", "inline_query", "pre_checkout_query", "my_chat_member"]

_METHOD = "getupdates"
"""Methods' names are case-insensitive (Bot API, "Making requests"); in its usual spelling python-telegram-bot would warn
that it has a method of its own for it, which is not the one that is wanted here: see `Poller._poll`."""

_LONG_POLL = 50
_AT_ONCE = 100
"""Updates under way at most; Telegram keeps the rest."""
_GLANCE = 0.1
"""While updates are under way, a poll answers at once with them; so this long is waited between two."""


class Poller:
    def __init__(self, bot: telegram.Bot, intake: Intake) -> None:
        self._bot = bot
        self._intake = intake
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._done: set[int] = set()
        self._next = 0
        self._told = 0
        """The highest offset that Telegram was told: what is below it is forgotten."""
        self._asked = -1
        """The offset of the last poll, as it was sent."""
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        self._stopping.set()

    async def run(self) -> None:
        """Poll until stopped, then acknowledge what was handled."""
        pause = 0.0
        while not self._stopping.is_set():
            try:
                updates = await self._unless_stopped(self._poll())
                pause = 0.0
            except InvalidToken:
                raise
            except RetryAfter as error:
                pause = float(error.retry_after) if isinstance(error.retry_after, int) else 5.0
            except TimedOut:
                pause = 0.0
            except Conflict:
                log.error("another program polls with this token")
                pause = 5.0
            except (NetworkError, TelegramError) as error:
                pause = min(max(pause * 2, 0.5), 15.0)
                log.warning("polling failed", error=type(error).__name__, pause=pause)
            else:
                for raw in updates or ():
                    self._begin(raw)
            await self._breathe(pause)
        await self._finish()

    def _offset(self) -> int:
        """The lowest update that is not committed, or the one after the last."""
        return min(self._under_way, default=self._next)

    async def _poll(self) -> list[dict[str, Any]]:
        """The updates as they came. python-telegram-bot's own get_updates would log them all when one does not parse, with
        whatever people typed, and none of them would be handled."""
        waits, offset = not self._under_way, self._offset()
        # Asked the same within half a second, Telegram answers with the oldest update alone (telegram-bot-api, Client.cpp):
        # those behind a slow one would wait for it. No offset asks for the same updates, and tells nothing.
        self._asked = 0 if offset == self._asked else offset
        if self._asked:
            self._told = offset
        try:
            updates = await self._bot.do_api_request(
                _METHOD,
                {
                    "offset": self._asked,
                    "limit": _AT_ONCE,
                    "timeout": _LONG_POLL if waits else 0,
                    "allowed_updates": ALLOWED_UPDATES,
                },
                read_timeout=_LONG_POLL + 15,
            )
        except TelegramError:
            self._told = 0
            raise
        return updates if isinstance(updates, list) else []

    def _begin(self, raw: dict[str, Any]) -> None:
        number = int(raw["update_id"])
        if number in self._under_way or number in self._done:
            return
        self._next = max(self._next, number + 1)
        update = parse(raw, self._bot)
        if update is not None:
            self._under_way[number] = asyncio.create_task(self._until_committed(update))

    async def _until_committed(self, update: telegram.Update) -> None:
        pause = 0.5
        while True:
            try:
                await self._intake.take(update)
            except ComeAgain:
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30.0)
            else:
                break
        del self._under_way[update.update_id]
        self._done.add(update.update_id)
        self._done = {number for number in self._done if number >= self._offset()}

    async def _breathe(self, pause: float) -> None:
        """Wait as long as an error wants, or for what is under way, but not so long that new updates wait behind it."""
        if pause:
            await self._unless_stopped(asyncio.sleep(pause))
        if self._under_way:
            await asyncio.wait(set(self._under_way.values()), timeout=_GLANCE)

    async def _unless_stopped(self, work: Coroutine[Any, Any, T]) -> T | None:
        """The work's result, or None if polling is stopped first."""
        task = asyncio.ensure_future(work)
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            for left in (task, stopping):
                if not left.done():
                    left.cancel()

    async def _finish(self) -> None:
        if self._under_way:
            await asyncio.wait(set(self._under_way.values()), timeout=5)
        for task in self._under_way.values():
            task.cancel()
        if self._offset() == self._told:
            # The same question once more would be held back for 3 seconds (telegram-bot-api, Client.cpp).
            return
        try:
            # Asking with the offset is what tells Telegram; nothing is waited for and nothing taken.
            await self._bot.do_api_request(_METHOD, {"offset": self._offset(), "limit": 1, "timeout": 0})
        except TelegramError as error:
            log.warning("not acknowledged; the last updates come again", error=type(error).__name__)


def parse(raw: dict[str, Any], bot: telegram.Bot) -> telegram.Update | None:
    """An update, or None for one that cannot be read: it is logged by its number and kinds, never with its content."""
    try:
        if type(raw["update_id"]) is not int:
            raise TypeError("update_id is no integer")
        return telegram.Update.de_json(_essence(raw), bot)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        kinds = [name for name in raw if name != "update_id"]
        log.error("unreadable update", update=raw.get("update_id"), kinds=kinds, error=type(error).__name__)
        return None


_OF_A_TAPPED_MESSAGE = ("message_id", "date", "chat", "message_thread_id", "is_topic_message")


def _essence(raw: dict[str, Any]) -> dict[str, Any]:
    """The update without what a tapped message says and shows: it is our own, we know, and to read it all into
    python-telegram-bot's objects would be most of what reading a tap costs."""
    query = raw.get("callback_query")
    if not isinstance(query, dict) or not isinstance(query.get("message"), dict):
        return raw
    message = {name: query["message"][name] for name in _OF_A_TAPPED_MESSAGE if name in query["message"]}
    return {**raw, "callback_query": {**query, "message": message}}
