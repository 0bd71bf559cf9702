"""Inline queries and answerInlineQuery."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from sandbox.client import SandboxClient, SandboxError
from sandbox.persons import Person
from tests.sandbox.conftest import Bot, Json

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def article(number: int = 1, **changes: Any) -> Json:
    return {
        "type": "article",
        "id": str(number),
        "title": f"Book {number}",
        "input_message_content": {"message_text": f"<b>Book {number}</b>", "parse_mode": "HTML"},
        **changes,
    }


async def asked(bot: Bot) -> Json:
    """The next inline query."""
    while True:
        for update in await bot.updates():
            if "inline_query" in update:
                found: Json = update["inline_query"]
                return found


async def test_a_query_is_answered_and_a_result_sent(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """core.telegram.org/bots/api#inline-mode: inline_query, answerInlineQuery, via_bot, chosen_inline_result."""
    asking = asyncio.create_task(ann.asks_inline("dune", offset="10"))
    query = await asked(bot)
    assert (query["query"], query["offset"], query["chat_type"], query["from"]["id"]) == (
        "dune",
        "10",
        "sender",
        ann.id,
    )
    keyboard = {"inline_keyboard": [[{"text": "Open", "callback_data": "o"}]]}
    results = [article(1), article(2, reply_markup=keyboard)]
    await bot("answerInlineQuery", inline_query_id=query["id"], results=results, next_offset="20")
    answer = await asking
    assert [one["title"] for one in answer["results"]] == ["Book 1", "Book 2"]
    assert answer["next_offset"] == "20"
    sent = await ann.chooses(answer, "2")
    assert (sent["text"], sent["mine"], sent["via_bot"]["is_bot"]) == ("Book 2", True, True)
    assert sent["entities"] == [{"offset": 0, "length": 6, "type": "bold"}]
    chosen = [
        update["chosen_inline_result"] for update in await bot.updates() if "chosen_inline_result" in update
    ]
    assert (chosen[0]["result_id"], chosen[0]["query"]) == ("2", "dune")
    await bot("editMessageText", inline_message_id=chosen[0]["inline_message_id"], text="Changed")
    await ann.looks()
    assert ann.messages[-1]["text"] == "Changed"


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"results": "{"}, "can't parse JSON encoded inline query results"),
        ({"results": {}}, "expected an Array of inline query results"),
        ({"results": [article(number) for number in range(51)]}, "too many inline query results specified"),
        ({"results": [article(1), article(1)]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article(1, id="x" * 65)]}, "RESULT_ID_INVALID"),
        ({"results": [article(1, title="")]}, "can't parse inline query result: Can't find field \"title\""),
        (
            {"results": [{"type": "article", "id": "1", "title": "x"}]},
            "can't parse inline query result: Input message content is not specified",
        ),
        (
            {"results": [article(1, input_message_content={"message_text": "<x>", "parse_mode": "HTML"})]},
            'can\'t parse entities: Unsupported start tag "x" at byte offset 0',
        ),
        ({"results": [], "next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        (
            {"results": [], "button": {"text": "Log in"}},
            "inlineQueryResultsButton must have exactly one optional field",
        ),
        (
            {"results": [], "button": {"text": "Log in", "start_parameter": "a b"}},
            "unallowed characters in start_parameter are used",
        ),
    ],
)
async def test_wrong_answers_are_refused(bot: Bot, params: Json, error: str) -> None:
    """telegram-bot-api Client.cpp get_inline_query_results; td InlineQueriesManager.cpp answer_inline_query; the server's
    RESULT_ID_…, NEXT_OFFSET_INVALID (core.telegram.org/method/messages.setInlineBotResults)."""
    assert await bot.refusal("answerInlineQuery", inline_query_id="1", **params) == f"Bad Request: {error}"


async def test_a_late_answer_is_too_old(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """QUERY_ID_INVALID in telegram-bot-api Client.cpp's words; Telegram documents no number, the sandbox takes 10 s."""
    body = {"user": ann.id, "query": "x"}
    first = await telegram.request("POST", "/inline", body)
    query = await asked(bot)
    await telegram.advance(11)
    assert await bot.refusal("answerInlineQuery", inline_query_id=query["id"], results=[]) == TOO_OLD
    assert (await telegram.request("GET", f"/inline/{first['id']}"))["state"] == "expired"
    await telegram.request("POST", "/inline", body)
    query = await asked(bot)
    await bot(
        "answerInlineQuery",
        inline_query_id=query["id"],
        results=[],
        button={"text": "Log in", "start_parameter": "in"},
    )
    assert await bot.refusal("answerInlineQuery", inline_query_id=query["id"], results=[]) == TOO_OLD


async def test_without_inline_mode_nobody_can_ask(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """core.telegram.org/bots/inline: inline mode is switched on with BotFather; getMe says supports_inline_queries."""
    await telegram.bot_settings(supports_inline_queries=False)
    assert (await bot("getMe"))["supports_inline_queries"] is False
    with pytest.raises(SandboxError, match="no inline mode"):
        await ann.asks_inline("x")


async def test_feedback_is_told_only_when_it_is_on(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """core.telegram.org/bots/inline#collecting-feedback."""
    await telegram.bot_settings(inline_feedback=False)
    asking = asyncio.create_task(ann.asks_inline("x"))
    query = await asked(bot)
    await bot("answerInlineQuery", inline_query_id=query["id"], results=[article()])
    await ann.chooses(await asking, "1")
    assert all("chosen_inline_result" not in update for update in await bot.updates())


async def test_a_result_can_be_a_photo_that_the_bot_has(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    """core.telegram.org/bots/api#inlinequeryresultcachedphoto."""
    from tests.sandbox.test_files import picture

    photo = await bot.form("sendPhoto", {"chat_id": ann.id, "photo": picture()})
    asking = asyncio.create_task(ann.asks_inline("x"))
    query = await asked(bot)
    result = {"type": "photo", "id": "p", "photo_file_id": photo["photo"][-1]["file_id"], "caption": "Cover"}
    await bot("answerInlineQuery", inline_query_id=query["id"], results=[result])
    sent = await ann.chooses(await asking, "p")
    assert (sent["caption"], sent["photo"][-1]["file_id"]) == ("Cover", photo["photo"][-1]["file_id"])
