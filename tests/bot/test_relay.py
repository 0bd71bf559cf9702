"""The outbox's loop: what waits for whom, and what a crash leaves."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from bot import relay as relaying
from bot.delivery import Delivery
from bot.relay import Relay
from domain.errors import PassingFailure
from domain.ids import ChatId
from domain.ports.outbox import Leased, Message, chat_lane
from domain.ports.unit_of_work import Work
from storage.memory import MemoryUnitOfWork

Send = Callable[[Leased], Awaitable[None]]


class Now:
    def now(self) -> datetime:
        return datetime.now(UTC)


class Post:
    """Sends at once, but for the chats that are told to wait."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.held: dict[str, asyncio.Event] = {}
        self._news = asyncio.Event()

    async def send(self, item: Leased) -> None:
        gate = self.held.get(item.message.lane)
        if gate is not None:
            await gate.wait()
        self.sent.append(item.message.key)
        self._news.set()

    async def has_sent(self, *keys: str) -> None:
        async with asyncio.timeout(5):
            while not set(keys) <= set(self.sent):
                self._news.clear()
                await self._news.wait()


async def put(store: MemoryUnitOfWork, *messages: tuple[str, int]) -> None:
    async with store.writing() as work:
        for key, chat in messages:
            await work.outbox.put(Message(key, chat_lane(ChatId(chat)), "note"), datetime.now(UTC))
        await work.commit()


@asynccontextmanager
async def running(store: MemoryUnitOfWork, post: Post, *, alone: bool = False) -> AsyncIterator[Relay]:
    relay = Relay(unit_of_work=store, delivery=cast("Delivery", post), clock=Now(), alone=alone)
    task = asyncio.create_task(relay.run())
    try:
        yield relay
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def test_a_chat_that_has_to_wait_holds_up_its_own_messages_alone() -> None:
    store, post = MemoryUnitOfWork(), Post()
    gate = post.held[chat_lane(ChatId(1))] = asyncio.Event()
    await put(store, ("a1", 1), ("a2", 1), ("b1", 2), ("b2", 2))
    async with running(store, post) as relay:
        await post.has_sent("b1", "b2")
        await put(store, ("b3", 2))
        relay.wake()
        await post.has_sent("b3")
        gate.set()
        await post.has_sent("a1", "a2")
    assert post.sent == ["b1", "b2", "b3", "a1", "a2"]


async def test_what_takes_longer_than_a_lease_stays_with_the_relay_that_is_at_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(relaying, "_LEASE", timedelta(seconds=0.2))
    monkeypatch.setattr(relaying, "_RENEWED_EVERY", 0.05)
    store, slow, other = MemoryUnitOfWork(), Post(), Post()
    gate = slow.held[chat_lane(ChatId(1))] = asyncio.Event()
    await put(store, ("a1", 1))
    async with running(store, slow):
        await asyncio.sleep(0.05)
        async with running(store, other):
            await asyncio.sleep(0.4)
            gate.set()
            await slow.has_sent("a1")
            await asyncio.sleep(0.3)
    assert (slow.sent, other.sent) == (["a1"], [])


@pytest.mark.parametrize(("alone", "sent"), [(True, ["a1"]), (False, [])])
async def test_whoever_is_alone_takes_up_at_once_what_a_crash_left(alone: bool, sent: list[str]) -> None:
    store, post = MemoryUnitOfWork(), Post()
    await put(store, ("a1", 1))
    async with store.writing() as work:
        now = datetime.now(UTC)
        assert await work.outbox.lease(now, now + timedelta(seconds=20), 5)
        await work.commit()
    async with running(store, post, alone=alone):
        await asyncio.sleep(0.1)
    assert post.sent == sent


async def test_what_was_sent_is_not_sent_again_because_the_database_was_busy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.delivery._UNMARKED", 0.01)
    store, post, failures = MemoryUnitOfWork(), Post(), 3

    class Busy:
        """Takes no mark of a message that was sent, the first few times."""

        reading = store.reading

        @asynccontextmanager
        async def writing(self) -> AsyncIterator[Work]:
            nonlocal failures
            if post.sent and failures:
                failures -= 1
                raise PassingFailure("busy")
            async with store.writing() as work:
                yield work

    await put(store, ("a1", 1), ("a2", 1))
    async with running(cast("MemoryUnitOfWork", Busy()), post) as relay:
        await post.has_sent("a1", "a2")
        await asyncio.sleep(0.1)
        assert not relay.busy
    assert post.sent == ["a1", "a2"]


async def test_the_relay_ends_when_it_is_told_to_while_a_message_waits() -> None:
    store, post = MemoryUnitOfWork(), Post()
    post.held[chat_lane(ChatId(1))] = asyncio.Event()
    await put(store, ("a1", 1))
    async with asyncio.timeout(1), running(store, post):
        await asyncio.sleep(0.05)
    assert post.sent == []
