"""Taps on callback buttons, from the tap to the bot's answer."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field

from sandbox.errors import bad_request
from sandbox.model import Json, Message
from sandbox.world import World

PERSON_WAITS = 15.0
"""Seconds for which a tap can be answered. Telegram documents no number; bots report refusals from some 10 s on."""
KEPT = 2000
MAX_ANSWER = 200
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass
class Callback:
    id: str
    user: int
    chat_id: int
    message_id: int
    at: float
    update_id: int = 0
    answer: Json | None = None
    expired: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)
    timer: asyncio.TimerHandle | None = None


class Callbacks:
    """All taps of this run; they do not outlive the process, as they would be too old anyway."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_id: dict[str, Callback] = {}

    def tap(self, user: int, message: Message, data: str) -> Callback:
        """A person presses a button: the bot gets `callback_query`."""
        world = self._world
        callback = Callback(
            str(secrets.randbits(62)), user, message.chat_id, message.message_id, world.clock.now()
        )
        self._by_id[callback.id] = callback
        while len(self._by_id) > KEPT:
            del self._by_id[next(iter(self._by_id))]
        world.meet(user)
        query: Json = {"id": callback.id, "from": world.users[user].view()}
        if message.inline_id and message.sender != world.bot.id:
            query["inline_message_id"] = message.inline_id
        elif message.deleted:
            query["message"] = world.views.inaccessible(message.chat_id, message.message_id)
        else:
            query["message"] = world.views.bot_message(message)
        query["chat_instance"] = str(-(abs(message.chat_id) * 2654435761 % 2**62))
        query["data"] = data
        callback.update_id = world.updates.add("callback_query", query)
        callback.timer = asyncio.get_running_loop().call_later(PERSON_WAITS, self._expire, callback)
        return callback

    def find(self, query_id: str) -> Callback | None:
        return self._by_id.get(query_id)

    def state(self, callback: Callback) -> Json:
        """What the person's app knows of the tap."""
        state = "answered"
        if callback.answer is None:
            late = callback.expired or self._world.clock.now() > callback.at + PERSON_WAITS
            state = "expired" if late else "waiting"
        return {
            "kind": "callback", "id": callback.id, "state": state, "answer": callback.answer, "update_id": callback.update_id,
        }  # fmt: skip

    def answer(self, query_id: str, text: str, show_alert: bool, url: str) -> None:
        """The bot's answer. A second one and a late one are refused."""
        callback = self._by_id.get(query_id)
        if (
            callback is None
            or callback.answer is not None
            or callback.expired
            or self._world.clock.now() > callback.at + PERSON_WAITS
        ):
            raise bad_request(TOO_OLD)
        if len(text) > MAX_ANSWER:
            raise bad_request("MESSAGE_TOO_LONG")
        if (
            url
            and not url.startswith(f"https://t.me/{self._world.bot.username}?start=")
            and not url.startswith(f"tg://resolve?domain={self._world.bot.username}&start=")
        ):
            raise bad_request("URL_INVALID")
        answer: Json = {}
        if text:
            answer["text"] = text
        if show_alert:
            answer["show_alert"] = True
        if url:
            answer["url"] = url
        callback.answer = answer
        self._tell(callback)

    def _tell(self, callback: Callback) -> None:
        if callback.timer is not None:
            callback.timer.cancel()
        callback.done.set()
        data = {"chat_id": callback.chat_id, "message_id": callback.message_id, "user": callback.user}
        self._world.events.tell("answer", {**self.state(callback), **data}, frozenset({callback.user}))

    def _expire(self, callback: Callback) -> None:
        if callback.answer is None:
            callback.expired = True
            self._tell(callback)

    def close(self) -> None:
        """Stops the timers."""
        for callback in self._by_id.values():
            if callback.timer is not None:
                callback.timer.cancel()
