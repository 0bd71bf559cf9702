"""Taps on callback buttons and answerCallbackQuery."""

from __future__ import annotations

import asyncio

import pytest

from sandbox.client import SandboxClient, SandboxError
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from tests.sandbox.conftest import Bot, Json

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def tap(client: SandboxClient, person: Person, message: Json, **place: object) -> Json:
    path = f"/chats/{person.chat}/messages/{message['message_id']}/tap"
    return await client.request("POST", path, {"user": person.id, **place})


async def query(bot: Bot) -> Json:
    """The next callback query; other updates are passed over."""
    while True:
        for update in await bot.updates():
            if "callback_query" in update:
                found: Json = update["callback_query"]
                return found


async def test_a_tap_brings_the_message_and_the_data(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """core.telegram.org/bots/api#callbackquery."""
    message = await bot.says(ann, "x", "Go", "Stop")
    await tap(telegram, ann, message, row=1, column=0)
    asked = await query(bot)
    assert (asked["data"], asked["from"]["id"]) == ("Stop", ann.id)
    assert asked["message"] == message
    assert asked["chat_instance"].lstrip("-").isdigit()


@pytest.mark.parametrize(
    ("params", "answer"),
    [
        ({}, {}),
        ({"text": "Done"}, {"text": "Done"}),
        ({"text": "Careful", "show_alert": True}, {"text": "Careful", "show_alert": True}),
        ({"url": "https://t.me/sandbox_bot?start=x"}, {"url": "https://t.me/sandbox_bot?start=x"}),
    ],
)
async def test_the_answer_reaches_the_person(
    bot: Bot, telegram: SandboxClient, ann: Person, params: Json, answer: Json
) -> None:
    """core.telegram.org/bots/api#answercallbackquery: a notification, an alert, or a link to the bot."""
    message = await bot.says(ann, "x", "Go")
    waiting = asyncio.create_task(tap(telegram, ann, message, label="Go", wait=5))
    asked = await query(bot)
    assert await bot("answerCallbackQuery", callback_query_id=asked["id"], **params) is True
    told = await waiting
    assert (told["state"], told["answer"]) == ("answered", answer)


async def test_an_unknown_or_answered_query_is_refused(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    """telegram-bot-api Client.cpp fail_query_with_error: QUERY_ID_INVALID in these words."""
    message = await bot.says(ann, "x", "Go")
    await tap(telegram, ann, message, label="Go")
    asked = await query(bot)
    assert await bot.refusal("answerCallbackQuery", callback_query_id="123") == TOO_OLD
    await bot("answerCallbackQuery", callback_query_id=asked["id"])
    assert await bot.refusal("answerCallbackQuery", callback_query_id=asked["id"]) == TOO_OLD


async def test_a_query_grows_too_old(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """The same words for a late answer; Telegram documents no number, the sandbox takes 15 s."""
    message = await bot.says(ann, "x", "Go")
    told = await tap(telegram, ann, message, label="Go")
    assert told["state"] == "waiting"
    asked = await query(bot)
    await telegram.advance(16)
    assert await bot.refusal("answerCallbackQuery", callback_query_id=asked["id"]) == TOO_OLD
    assert (await telegram.request("GET", f"/callbacks/{told['id']}"))["state"] == "expired"


async def test_an_answer_has_200_characters_and_no_foreign_link(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    """core.telegram.org/bots/api#answercallbackquery: text 0-200 characters; url only of a game or t.me/your_bot?start=."""
    message = await bot.says(ann, "x", "Go")
    await tap(telegram, ann, message, label="Go")
    asked = await query(bot)
    long = await bot.refusal("answerCallbackQuery", callback_query_id=asked["id"], text="x" * 201)
    assert long == "Bad Request: MESSAGE_TOO_LONG"
    foreign = await bot.refusal(
        "answerCallbackQuery", callback_query_id=asked["id"], url="https://example.org/"
    )
    assert foreign == "Bad Request: URL_INVALID"


async def test_a_button_of_a_message_that_is_gone_can_still_arrive(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    """core.telegram.org/bots/api#inaccessiblemessage: its date is always 0."""
    message = await bot.says(ann, "x", "Go")
    await bot("deleteMessage", chat_id=ann.id, message_id=message["message_id"])
    with pytest.raises(SandboxError):
        await tap(telegram, ann, message, label="Go")
    await tap(telegram, ann, message, data="Go", stale=True)
    assert (await query(bot))["message"] == {
        "chat": message["chat"],
        "message_id": message["message_id"],
        "date": 0,
    }


async def test_other_buttons_do_what_the_app_does(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """docs/sandbox.md: a tap answers by the button's kind; a link to the bot itself can be followed."""
    rows = [
        {"text": "Web", "url": "https://example.org/"},
        {"text": "Bot", "url": "https://t.me/sandbox_bot?start=abc"},
        {"text": "Here", "switch_inline_query_current_chat": "dune"},
        {"text": "Share", "switch_inline_query": "dune"},
        {"text": "Copy", "copy_text": {"text": "B-7K4Q"}},
    ]
    message = await bot.says(ann, "x", reply_markup={"inline_keyboard": [[row] for row in rows]})
    assert await tap(telegram, ann, message, label="Web") == {"kind": "url", "url": "https://example.org/"}
    assert await tap(telegram, ann, message, label="Here") == {
        "kind": "switch_inline",
        "query": "dune",
        "here": True,
    }
    assert await tap(telegram, ann, message, label="Share") == {
        "kind": "switch_inline",
        "query": "dune",
        "here": False,
    }
    assert await tap(telegram, ann, message, label="Copy") == {"kind": "copy_text", "text": "B-7K4Q"}
    followed = await tap(telegram, ann, message, label="Bot", follow=True)
    assert followed["message"]["text"] == "/start abc"


async def test_who_is_not_in_the_chat_cannot_tap(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """Nobody sees a chat's buttons from outside."""
    message = await bot.says(ann, "x", "Go")
    tom = await telegram.person("Tom")
    with pytest.raises(SandboxError, match="403"):
        await tap(telegram, tom.at(ann.id), message, label="Go")
    with pytest.raises(SandboxError, match="404"):
        await tap(telegram, ann, message, label="Stop")


async def test_the_page_hears_of_the_answer(
    bot: Bot, sandbox: Sandbox, telegram: SandboxClient, ann: Person
) -> None:
    """docs/sandbox.md: the event `answer` goes to who tapped."""
    message = await bot.says(ann, "x", "Go")
    await tap(telegram, ann, message, label="Go")
    asked = await query(bot)
    before = sandbox.world.events.last
    await bot("answerCallbackQuery", callback_query_id=asked["id"], text="Done")
    (event,) = sandbox.world.events.after(before) or []
    assert (event.name, event.data["answer"], event.audience) == (
        "answer",
        {"text": "Done"},
        frozenset({ann.id}),
    )
