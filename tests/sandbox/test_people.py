"""The person's side and its client, with a small bot at the other end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from sandbox.client import SandboxClient
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from tests.sandbox.conftest import Bot, Json, Refusal


class CartBot:
    """Counts books in a cart, one live message a person."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.books: dict[int, int] = {}

    async def run(self) -> None:
        while True:
            for update in await self.bot.updates(timeout=20):
                await self.handle(update)

    async def handle(self, update: Json) -> None:
        if "callback_query" in update:
            query = update["callback_query"]
            chat, message = query["message"]["chat"]["id"], query["message"]["message_id"]
            self.books[chat] = self.books.get(chat, 0) + 1
            await self.bot("answerCallbackQuery", callback_query_id=query["id"], text="In your cart")
            changed = {
                "chat_id": chat,
                "message_id": message,
                "text": self.text(chat),
                "reply_markup": self.keyboard(),
            }
            with contextlib.suppress(Refusal):
                await self.bot("editMessageText", **changed)
        elif "text" in update.get("message", {}):
            chat = update["message"]["chat"]["id"]
            await self.bot("sendMessage", chat_id=chat, text=self.text(chat), reply_markup=self.keyboard())

    def text(self, chat: int) -> str:
        return f"Dune\nCart: {self.books.get(chat, 0)} book"

    def keyboard(self) -> Json:
        return {
            "inline_keyboard": [
                [{"text": "Add to cart", "callback_data": "add"}, {"text": "Home", "callback_data": "h"}]
            ]
        }


@asynccontextmanager
async def polling(bot: Bot) -> AsyncIterator[CartBot]:
    cart = CartBot(bot)
    task = asyncio.create_task(cart.run())
    try:
        yield cart
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def waiting(sandbox: Sandbox) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(sandbox.url) as client:
        yield client


async def test_a_test_of_a_bot_reads_like_a_chat(bot: Bot, waiting: SandboxClient) -> None:
    async with polling(bot):
        ann = await waiting.person("Ann")
        await ann.types("dune")
        await ann.taps("Add to cart")
        ann.sees("Cart: 1 book", "In your cart")
        ann.does_not_see("0 book")
        assert ann.buttons == [["Add to cart", "Home"]]
        assert len(ann.messages) == 2


async def test_a_failed_look_shows_the_chat(bot: Bot, waiting: SandboxClient) -> None:
    async with polling(bot):
        ann = await waiting.person("Ann")
        await ann.types("dune")
        with pytest.raises(AssertionError, match=r"(?s)Ann does not see 'Emma'.*> dune.*Add to cart"):
            ann.sees("Emma")
        with pytest.raises(AssertionError, match="finds no button 'Pay'"):
            await ann.taps("Pay")


async def test_two_taps_at_once_reach_the_bot_twice(bot: Bot, waiting: SandboxClient) -> None:
    async with polling(bot):
        ann = await waiting.person("Ann")
        await ann.types("dune")
        await ann.taps("Add to cart", times=2)
        ann.sees("2 book")


async def test_an_old_button_can_still_be_pressed(bot: Bot, waiting: SandboxClient) -> None:
    async with polling(bot):
        ann = await waiting.person("Ann")
        await ann.types("dune")
        old = ann.button("Add")
        await ann.deletes(old.message_id)
        await ann.presses(old)
        assert ann.toast == "In your cart"


async def test_a_tap_that_nobody_answers_fails_the_test(bot: Bot, sandbox: Sandbox) -> None:
    async with SandboxClient(sandbox.url, patience=0.2) as client:
        ann = await client.person("Ann", id=5)
        with pytest.raises(AssertionError, match="has not dealt with update"):
            await ann.types("hello")
        await bot.updates()
        await bot.says(ann, "Press", "Go")
        await ann.looks()
        with pytest.raises(AssertionError, match="has not dealt with update"):
            await ann.taps("Go")


async def test_somebody_else_s_message_can_be_waited_for(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    waiting = asyncio.create_task(ann.waits_for("ready"))
    await asyncio.sleep(0.01)
    await bot.says(ann, "Your order is ready")
    assert (await waiting)["text"] == "Your order is ready"
    ann.sees("ready")
    with pytest.raises(AssertionError, match="in vain"):
        await ann.waits_for("never", timeout=0.01)
