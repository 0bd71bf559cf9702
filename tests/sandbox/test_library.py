"""python-telegram-bot at the other end: what the sandbox says is what the library understands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import telegram
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter

from sandbox.client import SandboxClient
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from tests.sandbox.test_files import picture
from tests.sandbox.test_payments import TOKEN


@asynccontextmanager
async def library(sandbox: Sandbox, token: str = "") -> AsyncIterator[telegram.Bot]:
    bot = telegram.Bot(
        token or sandbox.token, base_url=f"{sandbox.url}/bot", base_file_url=f"{sandbox.url}/file/bot"
    )
    async with bot:
        yield bot


async def test_the_library_reads_messages_and_keyboards(sandbox: Sandbox, ann: Person) -> None:
    """The library's own classes come out of every object, with nothing unknown left over."""
    async with library(sandbox) as bot:
        markup = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Go", callback_data="go")]])
        sent = await bot.send_message(ann.id, "<b>hello</b> 😀", parse_mode="HTML", reply_markup=markup)
        assert sent.text_html == "<b>hello</b> 😀"
        assert sent.reply_markup == markup
        assert not sent.api_kwargs
        photo = await bot.send_photo(ann.id, picture(), caption="cover")
        file = await bot.get_file(photo.photo[-1].file_id)
        assert bytes(await file.download_as_bytearray()) == picture()
        edited = await bot.edit_message_text("bye", ann.id, sent.message_id)
        assert isinstance(edited, telegram.Message)
        assert edited.edit_date is not None


async def test_the_library_reads_updates(sandbox: Sandbox, telegram_person: Person) -> None:
    """Messages, taps, invoices and memberships arrive as the library's updates."""
    ann = telegram_person
    async with library(sandbox) as bot:
        markup = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Go", callback_data="go")]])
        message = await bot.send_message(ann.id, "x", reply_markup=markup)
        path = f"/chats/{ann.id}/messages/{message.message_id}/tap"
        await ann.client.request("POST", path, {"user": ann.id, "label": "Go"})
        await ann.client.group("Staff", ann)
        await bot.send_invoice(
            ann.id, "Order", "Books", "p1", "EUR", [telegram.LabeledPrice("book", 1090)], TOKEN
        )
        await ann.looks()
        paying = asyncio.create_task(ann.pays())
        kinds, offset = [], 0
        while "pre_checkout_query" not in kinds:
            for update in await bot.get_updates(offset=offset, timeout=2):
                offset = update.update_id + 1
                kinds += [name for name in update.to_dict() if name != "update_id"]
                assert not update.api_kwargs
                if update.callback_query:
                    assert update.callback_query.data == "go"
                    await update.callback_query.answer("ok")
                if update.pre_checkout_query:
                    await update.pre_checkout_query.answer(ok=True)
        await paying
        (paid,) = await bot.get_updates(offset=offset, timeout=2)
        assert paid.message is not None
        assert paid.message.successful_payment is not None
        assert paid.message.successful_payment.total_amount == 1090
        assert kinds == ["message", "callback_query", "my_chat_member", "message", "pre_checkout_query"]


async def test_the_library_raises_its_own_errors(
    sandbox: Sandbox, telegram_person: Person, telegram_client: SandboxClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each refusal becomes the library's class for it."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    ann, client = telegram_person, telegram_client
    async with library(sandbox) as bot:
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(999, "x")
        staff = await client.group("Staff", ann)
        new = await client.migrate(staff)
        with pytest.raises(ChatMigrated) as migrated:
            await bot.send_message(staff, "x")
        assert migrated.value.new_chat_id == new
        await client.fault("429", "sendMessage", retry_after=7)
        with pytest.raises(RetryAfter) as later:
            await bot.send_message(ann.id, "x")
        assert later.value.retry_after == timedelta(seconds=7)
        await ann.blocks()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(ann.id, "x")
        await bot.set_webhook("http://127.0.0.1:9/")
        with pytest.raises(Conflict):
            await bot.get_updates()
    with pytest.raises(InvalidToken):
        async with library(sandbox, "7000000001:wrong"):
            pass


@pytest.fixture
def telegram_client(request: pytest.FixtureRequest) -> SandboxClient:
    """The person's side, under a name that leaves `telegram` to the library."""
    client: SandboxClient = request.getfixturevalue("telegram")
    return client


@pytest.fixture
def telegram_person(ann: Person) -> Person:
    return ann
