"""People in their chats: what they type and tap, and how long they wait for the answer."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks.telegram_load import Account

_PATIENCE = 30.0


class NoAnswer(Exception):
    """The bot did not answer, or not with what it should: nothing was measured."""


@dataclass(slots=True)
class Chat:
    """One person's private chat with the bot."""

    account: Account
    number: int
    live: dict[str, Any] = field(default_factory=dict)
    since: float = 0.0
    """When the person began to wait; 0 while nobody does."""

    def types(self, text: str) -> None:
        message: dict[str, Any] = {
            "message_id": self.account.next_message(),
            "from": self._person,
            "chat": self._here,
            "date": int(time.time()),
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        self.account.push({"message": message})

    def taps(self, label: str) -> None:
        """Tap the first button with this label under the live message. Raises NoAnswer if there is none."""
        button = next((button for button in self.buttons() if button["text"] == label), None)
        if button is None:
            said = self.live.get("text") or self.live.get("caption")
            raise NoAnswer(f"no button {label!r} among {self.labels()}, beneath {said!r}")
        query = {
            "id": str(self.account.next_message()),
            "from": self._person,
            "message": self.live,
            "chat_instance": str(self.number),
            "data": button["callback_data"],
        }
        self.account.push({"callback_query": query})

    def buttons(self) -> list[dict[str, Any]]:
        """The live message's buttons, row by row."""
        return [
            button for row in self.live.get("reply_markup", {}).get("inline_keyboard", []) for button in row
        ]

    def labels(self) -> list[str]:
        return [str(button["text"]) for button in self.buttons()]

    @property
    def _person(self) -> dict[str, Any]:
        return self._here | {"is_bot": False, "last_name": "Lee", "language_code": "en"}

    @property
    def _here(self) -> dict[str, Any]:
        return {
            "id": self.number,
            "first_name": "Reader",
            "username": f"reader{self.number}",
            "type": "private",
        }


Doing = Callable[[Chat, int], None]
"""What a person does next: ``(chat, how many turns were begun before)``."""


class People:
    """The chats of one bot. ``answer`` are the methods that put an answer on the screen."""

    def __init__(self, account: Account, count: int) -> None:
        self.account = account
        self.chats = [Chat(account, 5_000_000_000 + number) for number in range(count)]
        self._by_number = {chat.number: chat for chat in self.chats}
        self._answered: Callable[[Chat], None] = lambda chat: None
        self.listen()

    def listen(self) -> None:
        """Hear what the bot puts on the screens."""
        self.account.listener = self._hear

    def _hear(self, method: str, number: int, message: dict[str, Any]) -> None:
        chat = self._by_number[number]
        if method == "editmessagereplymarkup":
            return
        chat.live = message
        if chat.since:
            self._answered(chat)

    async def each(self, doing: Doing) -> None:
        """All chats once, a few at a time."""
        await self.in_turn(doing, len(self.chats), at_once=8)

    async def in_turn(self, doing: Doing, turns: int, *, at_once: int = 0) -> tuple[float, list[float]]:
        """Everybody acts again as soon as they are answered. Returns the seconds it took and each turn's own.

        With ``at_once``, so many wait for an answer at any time, one chat after the other.
        """
        numbers = iter(range(turns))
        queue = itertools.cycle(self.chats)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waits: list[float] = []

        def act(chat: Chat) -> None:
            number = next(numbers, None)
            if number is None or done.done():
                return
            chat.since = time.perf_counter()
            try:
                doing(chat, number)
            except NoAnswer as error:
                done.set_exception(error)

        def answered(chat: Chat) -> None:
            waits.append(time.perf_counter() - chat.since)
            chat.since = 0.0
            if len(waits) == turns and not done.done():
                done.set_result(None)
            act(next(queue) if at_once else chat)

        self._answered = answered
        started = time.perf_counter()
        for _ in range(min(at_once or len(self.chats), turns)):
            act(next(queue))
        await self._finish(done, waits, turns)
        return time.perf_counter() - started, waits

    async def at_rate(self, doing: Doing, turns: int, rate: float, seed: int) -> list[float]:
        """Turns that come by chance, ``rate`` a second on average, whether or not others were answered."""
        queue = itertools.cycle(self.chats)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waits: list[float] = []

        def answered(chat: Chat) -> None:
            waits.append(time.perf_counter() - chat.since)
            chat.since = 0.0
            if len(waits) == turns and not done.done():
                done.set_result(None)

        self._answered = answered
        chance = random.Random(seed)
        due = time.perf_counter()
        for number in range(turns):
            due += chance.expovariate(rate)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            chat = await self._free(queue)
            chat.since = due
            doing(chat, number)
        await self._finish(done, waits, turns)
        return waits

    async def _free(self, queue: Iterator[Chat]) -> Chat:
        """Whoever is next and not waiting for an answer; if everybody is, the first who no longer is."""
        while True:
            for chat in itertools.islice(queue, len(self.chats)):
                if not chat.since:
                    return chat
            await asyncio.sleep(0.001)

    async def _finish(self, done: asyncio.Future[None], waits: list[float], turns: int) -> None:
        seen = -1
        while not done.done():
            if len(waits) == seen:
                raise NoAnswer(f"{len(waits)} of {turns} turns were answered, then none for {_PATIENCE:g} s")
            seen = len(waits)
            await asyncio.wait({done}, timeout=_PATIENCE)
        done.result()
